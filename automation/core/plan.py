"""One look at the register: everything that follows from its cells, and nothing done about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from automation.core.edges import EdgeError, Successor
from automation.core.measures.deadlines import Deadlines, measure_deadlines
from automation.core.measures.figures import morning_figures
from automation.core.measures.progress import Progress, measure
from automation.core.measures.summary import Summary, summarise
from automation.core.office_time.office_hours import OfficeHours, office_hours
from automation.core.office_time.periods import Period
from automation.core.office_time.working_time import WorkCalendar
from automation.core.people.holders import Roster
from automation.core.register.chosen_month import PRESENT, read_chosen_month
from automation.core.register.headers import Grid
from automation.core.register.made_at import read_made_at
from automation.core.register.memory import Memory, read_memory
from automation.core.register.observations import BetweenRuns, observe
from automation.core.register.reading import read_register
from automation.core.register.register import Register
from automation.core.reminders.candidates import candidates, late_cases
from automation.core.reminders.letters import decide, morning_key
from automation.core.reminders.notices import Letter, Told
from automation.core.reminders.recipients import Reach
from automation.core.reminders.situation import Candidate, Situation
from automation.core.reminders.turns import take_turns
from automation.core.schema import Schema
from automation.core.snapshot import Snapshot
from automation.core.validation import Finding, check, counted
from automation.core.words.addresses import EMAIL_ONLY
from automation.core.words.titles import PEMANTAUAN, RINGKASAN
from automation.core.words.ways import Ways

FRESH_FOR = 60 * 60  # working seconds after which the program's tabs are old
FOR_EVER = datetime(2100, 1, 1)


@dataclass(frozen=True)
class Past:
    """What is known of before: the last run, what it saw of each case, what was mailed."""

    last_run: datetime | None = None  # local wall-clock time; None: the first run
    memory: Memory | None = None  # None: there is none, or it was lost
    chosen_month: str = PRESENT  # by a reader of `Ringkasan`
    told: Told = field(default_factory=Told)
    report: Period | None = None  # that is to be sent to the head, told before or not


@dataclass(frozen=True)
class Measures:
    """What can be said only of a Register that was understood."""

    progress: Progress
    deadlines: Deadlines
    summary: Summary


@dataclass(frozen=True)
class Plan:
    """What holds at the moment of a snapshot, and whom to tell."""

    snapshot: Snapshot
    findings: tuple[Finding, ...]
    measures: Measures | None  # None: the Register could not be made sense of
    situation: Situation | None  # None: nobody is told anything
    memory: Memory  # for the next run
    last_run: datetime | None
    notes: tuple[str, ...]  # remarks for `Ringkasan`
    doubt: str = ""  # why `now` cannot be true, in one sentence: then nobody is to be told anything
    successor: Successor | None = None  # in which a closed register goes on: likewise
    chosen_month: str = PRESENT  # that `Ringkasan` shows
    is_played: bool = False  # `now` is not the present: then no page ages
    unreached: tuple[str, ...] = ()  # that nobody can be written to: for `Ringkasan` and the log

    @property
    def now(self) -> datetime:
        return self.snapshot.now

    @property
    def calendar(self) -> WorkCalendar:
        return self.snapshot.calendar

    @property
    def may_write(self) -> bool:
        """Whether the office works now."""
        return bool(self.calendar.is_working(self.now))

    @property
    def fresh_until(self) -> datetime:
        """How long the program's tabs are new enough."""
        until = self.calendar.due(self.now, FRESH_FOR).item()
        return until if isinstance(until, datetime) and not self.is_played else FOR_EVER

    def understood(self) -> Measures:
        """What was measured. Raises EdgeError where the Register could not be made sense of."""
        if self.measures is None:
            first = next(found for found in self.findings if found.severity == "error")
            raise EdgeError(f"Buku Register tidak dapat dibaca: {first.message} {first.suggestion}")
        return self.measures

    def candidates(self, told: Told) -> tuple[Candidate, ...]:
        """All that could be said now, said before or not."""
        if self.situation is None:
            return ()
        return candidates(replace(self.situation, told=told))

    def live(self, told: Told) -> frozenset[tuple[str, str]]:
        """Pairs (mailbox, notice key) that make sense now: what else waits to be sent does not."""
        found = self.candidates(told)
        pairs = {(person.mailbox, notice.key) for person, notice in found}
        return frozenset(pairs | {(person.mailbox, morning_key(self.now)) for person, _ in found})

    def letters(self, told: Told) -> tuple[Letter, ...]:
        """What is to be mailed now, given what was sent before; nothing outside working hours."""
        if self.doubt or self.successor or not self.may_write:
            return ()
        midnight = datetime.combine(self.now, datetime.min.time())
        opened, _ = self.calendar.periods(midnight, self.now + timedelta(seconds=1))[0]
        found = self.candidates(told)
        policy = self.snapshot.schema.reminders
        return decide(found, policy, told, self.last_run, opened, self.now)


def plan(
    grids: Mapping[str, Grid | None],
    schema: Schema,
    now: datetime,
    ways: Ways = EMAIL_ONLY,
    zone: str = "WIB",
    told: Told | None = None,
) -> Plan:
    """Everything that follows from the cells of all tabs, by title, and from what was mailed.

    `ways` are those that can be sent by; `zone` as in `read_register`.
    """
    past = past_of(grids, schema, told or Told())
    return follow(read_register(grids, schema, zone), schema, now, ways, past)


def past_of(grids: Mapping[str, Grid | None], schema: Schema, told: Told) -> Past:
    """What the program's own tabs, by title, remember."""
    number = schema.tabs.cases.column("number").header
    last_run, memory = read_made_at(grids.get(RINGKASAN)), grids.get(PEMANTAUAN)
    chosen = read_chosen_month(grids.get(RINGKASAN))
    return Past(last_run, read_memory(memory, number), chosen, told)


def follow(
    register: Register,
    schema: Schema,
    now: datetime,
    ways: Ways = EMAIL_ONLY,
    past: Past | None = None,
) -> Plan:
    """Everything that follows from a register; of one that was misread nobody is told anything."""
    past, now = past or Past(), now.replace(microsecond=0)
    hours = office_hours(
        schema.working_hours, register.closures.sound, _first_year(register, now), now.year
    )
    roster = Roster(register.staff, schema.sop, now.date(), ways)
    snapshot = Snapshot(register, schema, now, hours, roster, ways, past.memory or {})
    progress = None
    if register.understood:
        progress = measure(snapshot)
        identities, watch = progress.cases["identity"], _between_runs(past, snapshot)
        memory = observe(register, identities, schema, snapshot.memory, watch)
        snapshot = replace(snapshot, memory=memory)
    findings = check(snapshot)
    seen = Plan(snapshot, findings, None, None, snapshot.memory, past.last_run, _notes(hours, now))
    if progress is None:
        return seen
    deadlines = measure_deadlines(snapshot, progress)
    measures = Measures(progress, deadlines, summarise(snapshot, progress, deadlines, findings))
    seen = replace(seen, measures=measures, chosen_month=_chosen_month(past, now))
    return _addressed(seen, measures, past) if register.trusted else seen


def _between_runs(past: Past, snapshot: Snapshot) -> BetweenRuns:
    """Since the last run that left a memory; none is known where the clock was set back."""
    known = past.memory is not None and past.last_run and past.last_run <= snapshot.now
    afterwards = snapshot.schema.reminders.memory.afterwards_minutes * 60
    last_run = past.last_run if known else None
    return BetweenRuns(snapshot.calendar, afterwards, last_run, snapshot.now)


def _addressed(seen: Plan, measures: Measures, past: Past) -> Plan:
    """With all that can be said, and to whom."""
    snapshot, progress = seen.snapshot, measures.progress
    reach = Reach(progress, snapshot.roster, snapshot.schema.sop)
    turns = take_turns(snapshot, progress, reach, past.told)
    late = late_cases(progress, turns, snapshot.schema)
    errors = counted(seen.findings, "error")
    morning = morning_figures(snapshot, progress, late, errors)
    situation = Situation(
        snapshot,
        progress,
        measures.deadlines,
        seen.findings,
        reach,
        turns,
        morning,
        past.told,
        past.report,
    )
    unreached = reach.unreached(snapshot.schema.reminders)
    return replace(seen, situation=situation, memory=turns.memory, unreached=unreached)


def _chosen_month(past: Past, now: datetime) -> str:
    """What the reader chose, until the day is over."""
    today = past.last_run is not None and past.last_run.date() == now.date()
    return past.chosen_month if today else PRESENT


def _first_year(register: Register, now: datetime) -> int:
    """The year of the earliest date in the Register, so that the calendar reaches back to it."""
    instants = register.cases.frame.select_dtypes("datetime").to_numpy("datetime64[s]")
    known = instants[~np.isnat(instants)]
    return min(known.min().item().year, now.year) if known.size else now.year


def _notes(hours: OfficeHours, now: datetime) -> tuple[str, ...]:
    """What the calendar does not know yet, said while it matters: this year and, late, the next."""
    matters = {now.year, now.year + (now.month == 12)}
    unknown = sorted(matters & set(hours.estimated_years))
    if not unknown:
        return ()
    years = " dan ".join(map(str, unknown))
    return (
        f"Kalender: cuti bersama {years} belum ditetapkan; catat pada tab Libur sampai program "
        "diperbarui.",
    )
