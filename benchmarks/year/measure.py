"""What became of the promises, by what the program could see and what it mailed.

Which step of a case is current, and whether it is overdue, is what the program measured in the
same run; since when it could see that, and what people were told, is counted here.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from automation.core.words.statuses import OPEN
from automation.cycle import Outcome
from benchmarks.year.lines import LATE, UNREAD, Line, lines_of, tells_morning_figures
from benchmarks.year.office import Sent
from benchmarks.year.world import PEOPLE, Book, address

QUIET = 60 * 60  # working seconds that a step may be late before its holder is told
TOLERANCE = 30 * 60  # working seconds: two runs


@dataclass
class Turn:
    """A step in somebody's hands, as long as both stay the same in the runs' eyes. Seconds are
    working seconds, not counting pauses."""

    step: int
    holders: frozenset[str]
    place: int  # of all the turns of the year
    step_seen: float = 0.0  # since a run first found this step current
    seen: float = 0.0  # since a run first found it in these hands
    overdue: float | None = None  # seen overdue for so long; None: it is not
    late: float | None = None  # the same, had its clock begun when it was first seen
    spells: int = 0  # times that it was overdue and then was not
    told: bool = False  # some holder has heard of it
    told_late: bool = False  # some holder has heard that it is late


@dataclass
class Tally:
    """Everything that is counted. `mails` by person and day, for the days they were there."""

    mails: dict[tuple[str, date], int] = field(default_factory=dict)
    mornings: dict[date, int] = field(default_factory=dict)
    overdue: set[tuple[str, int]] = field(default_factory=set)
    silent: list[str] = field(default_factory=list)  # long overdue, and the holder heard nothing
    untold: list[str] = field(default_factory=list)  # long late, and not told to be late
    told_late: list[str] = field(default_factory=list)  # told, but only after the quiet time
    past: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    on_leave: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # lines whose wording `lines` does not know


class Watch:
    """Looks on, run by run."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.tally = Tally()
        self._before: datetime | None = None
        self._turns: dict[str, Turn] = {}
        self._count = 0
        self._said: Counter[tuple[object, ...]] = Counter()

    def see(self, now: datetime, outcome: Outcome, mails: list[Sent]) -> None:
        """One run: what it saw, then what it mailed."""
        calendar = outcome.plan.calendar
        worked = 0.0
        if self._before is not None:
            worked = float(calendar.elapsed(self._before, now))
        self._before = now
        self._see_steps(outcome, worked)
        working = bool(calendar.is_working(now))
        if working:
            self._count_day(now.date())
        for mail in mails:
            if not working:
                self.tally.outside.append(f"{now} {mail.subject}")
            self._see_mail(mail)

    def end(self) -> Tally:
        for number in list(self._turns):
            self._close(number)
        return self.tally

    def _see_steps(self, outcome: Outcome, worked: float) -> None:
        assert outcome.plan.measures is not None
        progress = outcome.plan.measures.progress
        cases = progress.cases[progress.cases["status"].isin(OPEN)]
        for number in self._turns.keys() - set(cases["number"]):
            self._close(number)
        for case in cases.itertuples():
            holders = progress.holding(case.Index).holders
            people = frozenset(way.address for holder in holders for way in holder.ways)
            turn = self._turn(case.number, case.step, people, worked * (case.status != "paused"))
            if case.status != "paused":
                is_late = min(turn.seen, case.elapsed) > case.standard
                self._see_lateness(case.number, turn, case.status == "overdue", is_late, worked)

    def _turn(self, number: str, step: int, holders: frozenset[str], worked: float) -> Turn:
        """The case's turn now, grown by `worked` seconds or begun."""
        turn = self._turns.get(number)
        seen = turn.step_seen + worked if turn and turn.step == step else 0.0
        if turn is None or (turn.step, turn.holders) != (step, holders):
            self._close(number)
            self._count += 1
            turn = self._turns[number] = Turn(step, holders, self._count)
        else:
            turn.seen += worked
        turn.step_seen = seen
        return turn

    def _see_lateness(
        self, number: str, turn: Turn, overdue: bool, late: bool, worked: float
    ) -> None:
        if not overdue:
            self._end_spell(number, turn)
            return
        self.tally.overdue.add((number, turn.step))
        turn.overdue = 0.0 if turn.overdue is None else turn.overdue + worked
        if late:
            turn.late = 0.0 if turn.late is None else turn.late + worked

    def _close(self, number: str) -> None:
        turn = self._turns.pop(number, None)
        if turn:
            self._end_spell(number, turn)

    def _end_spell(self, number: str, turn: Turn) -> None:
        if turn.overdue is None:
            return
        what = f"{self._before} {number} langkah {turn.step}"
        if turn.overdue > QUIET and not turn.told:
            self.tally.silent.append(f"{what}: {turn.overdue / 60:.0f} min")
        if (turn.late or 0) > QUIET and not turn.told_late:
            self.tally.untold.append(f"{what}: {(turn.late or 0) / 60:.0f} min")
        turn.overdue = turn.late = None
        turn.told_late = False
        turn.spells += 1

    def _count_day(self, day: date) -> None:
        if day in self.tally.mornings:
            return
        self.tally.mornings[day] = 0
        away = self.book.away(day)
        for name, _, _ in PEOPLE:
            if address(name) not in away:
                self.tally.mails[address(name), day] = 0

    def _see_mail(self, mail: Sent) -> None:
        day = mail.at.date()
        away = self.book.away(day)
        if tells_morning_figures(mail) and day in self.tally.mornings:
            self.tally.mornings[day] += 1
        found = list(lines_of(mail))
        lines = [line for line in found if line.stage != UNREAD]
        self.tally.unread.extend(
            f"{mail.at} {line.number}" for line in found if line.stage == UNREAD
        )
        first_today = self.tally.mails.get((mail.to, day), 0) == 0
        if (mail.to, day) in self.tally.mails:
            self.tally.mails[mail.to, day] += 1
        if mail.to in away:
            self.tally.on_leave.append(f"{mail.at} {mail.to} {mail.subject}")
        for line in lines:
            self._see_line(mail, line, first_today)
        self.tally.past.extend(
            f"{mail.at} {line.number} langkah {line.step}: {line.over_seconds / 60:.0f} min"
            for line in lines
            if line.over_seconds > self._could_see(line) + TOLERANCE
        )

    def _could_see(self, line: Line) -> float:
        turn = self._turns.get(line.number)
        return turn.step_seen if turn and turn.step == line.step else 0.0

    def _see_line(self, mail: Sent, line: Line, first_today: bool) -> None:
        turn = self._turns.get(line.number)
        if turn is None or turn.step != line.step:
            return
        key = (mail.to, turn.place, turn.spells, line.stage, line.news)
        if self._said[key] and not first_today:
            self.tally.twice.append(f"{mail.at} {mail.to} {line.number} {line.stage}")
        self._said[key] += 1
        if mail.to not in turn.holders:
            return
        turn.told = True
        if line.stage in LATE and not turn.told_late:
            turn.told_late = True
            if (turn.late or 0) > QUIET:
                self.tally.told_late.append(f"{mail.at} {line.number} langkah {line.step}")
