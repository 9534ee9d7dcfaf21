"""Turns: what people are told of. A turn begins when a step becomes somebody's.

    run 10.00   step 3 is Kepala's              turn 1, seen 10.00
    run 10.15   stamped: step 4 is Joko's       turn 2, seen 10.15
    run 10.30   the stamp is corrected          turn 2 goes on
    run 11.00   the stamp is cleared            turn 3: step 3 is Kepala's again

A turn's clock, for reminders, starts when the step did, but no earlier than the program could
first see it: nobody is told to be late for a time in which nobody could know. What `status`
measures comes from the cells alone and does not change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from automation.core.measures.progress import MeasuredCase, Progress
from automation.core.office_time.working_time import WorkCalendar
from automation.core.register.memory import Memory, Remembered, Turn
from automation.core.reminders.notices import Recipient, Told, ToldTurn, turn_key
from automation.core.reminders.recipients import Reach
from automation.core.reminders.stages import Stage
from automation.core.snapshot import Snapshot
from automation.core.tables import rows
from automation.core.words.statuses import OPEN


@dataclass(frozen=True)
class Held:
    """A turn that lasts: one person's, of one case."""

    index: int  # of the case in `Progress.cases`
    recipient: Recipient
    turn: Turn
    began: int  # the first turn of anybody at this step, since it was reached or came back
    lates: int  # how often the step became late, the present time included
    elapsed: float  # working seconds on the turn's clock; NaN while the case is paused
    is_late: bool
    late_since: datetime | None

    def key(self, identity: str, step: int, stage: Stage) -> str:
        """Of a notice. An escalation is about the step, whoever holds it meanwhile."""
        turn = self.began if stage == "escalation" else self.turn.number
        return f"{turn_key(identity, step, turn)}|{stage}|{self.lates}"


@dataclass(frozen=True)
class Turns:
    """All turns that last, in the order of the Register, and the memory with them."""

    held: tuple[Held, ...]
    memory: Memory

    @property
    def running(self) -> tuple[Held, ...]:
        """Those whose clock does not stand still."""
        return tuple(held for held in self.held if held.elapsed == held.elapsed)  # not NaN

    @property
    def longest(self) -> tuple[Held, ...]:
        """Of each case the running one that lasts longest; of several equals the first."""
        found: dict[int, Held] = {}
        for held in self.running:
            known = found.setdefault(held.index, held)
            found[held.index] = max(known, held, key=lambda each: each.elapsed)
        return tuple(found.values())


def take_turns(snapshot: Snapshot, progress: Progress, reach: Reach, told: Told) -> Turns:
    """Whose the current steps are now.

    While a case cannot be measured its turn stays as it was: nobody is told of it, so none begins.
    """
    memory, now = snapshot.memory, snapshot.now
    of_turns = told.turns()
    cases = progress.cases[~progress.cases["identity"].duplicated(keep=False)]
    after, held = dict(memory), []
    for case in rows(cases, MeasuredCase):
        known = memory[case.identity]
        if case.status != "invalid" and (case.step or known.step):
            people = reach.holders(case.Index)
            known = _recalled(known, case, people, of_turns.get(case.identity, ()))
            turned = _turned(known, case, people, now)
            lasting = [_Lasting(case, each, turned.held[each.mark]) for each in people]
            turned, found = _lateness(turned, case, lasting, progress, snapshot.calendar, now)
            after[case.identity] = turned
            held += found
    return Turns(tuple(held), after)


@dataclass(frozen=True)
class _Lasting:
    case: MeasuredCase
    recipient: Recipient
    turn: Turn


def _recalled(
    known: Remembered, case: MeasuredCase, people: Sequence[Recipient], said: Sequence[ToldTurn]
) -> Remembered:
    """What mail that was sent tells of a case whose note was lost, or could not be written since.

    Where nobody of the last turn holds the step any more, the turns before it are over as well.
    """
    last = max((each.turn for each in said), default=0)
    if last <= known.turns:
        return known
    before = max((each.turn for each in said if each.step != case.step), default=0)
    of_step = [each for each in said if each.turn > before]
    marks = {each.mark for each in people}
    if not any(each.turn == last and each.mark in marks for each in of_step):
        return replace(known, step=0, turns=last, held={}, lates=0, late_since=None)
    held = dict(known.held) if known.step == case.step else {}
    for each in sorted(of_step, key=lambda each: (each.turn, datetime.max - each.at)):
        held[each.mark] = Turn(each.turn, each.at)
    lates = max(each.late for each in of_step)
    late_since = min(each.at for each in of_step if each.late == lates) if lates else None
    return replace(
        known,
        step=case.step,
        turns=last,
        began=min(each.turn for each in of_step),
        held=held,
        lates=lates,
        late_since=late_since,
    )


def _turned(
    known: Remembered, case: MeasuredCase, people: Sequence[Recipient], now: datetime
) -> Remembered:
    """The case with a turn for each of those who hold its step now."""
    same_step = known.step == case.step
    before = known.held if same_step else {}
    number = known.turns + 1
    held = {
        each.mark: before.get(each.mark) or Turn(number, now, own=_follows_own(known, case, each))
        for each in people
    }
    begun = any(turn.number == number for turn in held.values())
    if same_step and held.keys() == known.held.keys():
        return known
    return replace(
        known,
        step=case.step,
        turns=known.turns + begun,
        began=known.began if same_step else number,
        held=held,
        lates=known.lates if same_step else 0,
        late_since=known.late_since if same_step else None,
    )


def _follows_own(known: Remembered, case: MeasuredCase, recipient: Recipient) -> bool:
    """Whether they held the step before this one: who has done it knows what comes next."""
    return 0 < known.step < case.step and recipient.mark in known.held


def _lateness(
    known: Remembered,
    case: MeasuredCase,
    lasting: Sequence[_Lasting],
    progress: Progress,
    calendar: WorkCalendar,
    now: datetime,
) -> tuple[Remembered, list[Held]]:
    """Which turns are late. Lateness that was told lasts until the cells take it away."""
    if case.status not in OPEN or not lasting:
        return known, []
    elapsed = [_elapsed(each, progress, calendar, now) for each in lasting]
    over = [used > case.standard for used in elapsed]
    known = _in_time_or_late(known, any(over), case.elapsed > case.standard, now)
    late_since = known.late_since
    runs = case.status != "paused"
    return known, [
        Held(
            index=case.Index,
            recipient=each.recipient,
            turn=each.turn,
            began=known.began,
            lates=known.lates,
            elapsed=used if runs else float("nan"),
            is_late=is_over or (late_since is not None and each.turn.seen <= late_since < now),
            late_since=late_since,
        )
        for each, used, is_over in zip(lasting, elapsed, over, strict=True)
    ]


def _in_time_or_late(
    known: Remembered, over: bool, over_by_cells: bool, now: datetime
) -> Remembered:
    """Lateness begins on the clock of a turn, and ends when the cells take it away: not by a clock
    that was set back behind its beginning."""
    if known.late_since is None:
        return replace(known, lates=known.lates + 1, late_since=now) if over else known
    ended = not (over or over_by_cells) and now >= known.late_since
    return replace(known, late_since=None) if ended else known


def _elapsed(each: _Lasting, progress: Progress, calendar: WorkCalendar, now: datetime) -> float:
    start = max(each.case.since.to_pydatetime(), each.turn.seen)
    if start >= now:
        return 0.0
    worked = float(calendar.elapsed(start, now))
    for pause_start, pause_end in progress.pauses.spans(each.case.Index):
        low, high = max(start, pause_start), min(now, pause_end)
        if low < high:
            worked -= float(calendar.elapsed(low, high))
    return worked
