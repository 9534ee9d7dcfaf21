"""One look at the register: everything that follows from its cells, and nothing done about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from automation.core.edges import EdgeError
from automation.core.measures.deadlines import Deadlines, measure_deadlines
from automation.core.measures.figures import morning_figures
from automation.core.measures.progress import Progress, measure
from automation.core.measures.summary import Summary, summarise
from automation.core.office_time.office_hours import OfficeHours, office_hours
from automation.core.office_time.periods import Period
from automation.core.people.holders import Roster
from automation.core.register.chosen_month import PRESENT, read_chosen_month
from automation.core.register.headers import Grid
from automation.core.register.made_at import read_made_at
from automation.core.register.memory import Memory, read_memory
from automation.core.register.observations import Watch, observe
from automation.core.register.register import Register, read_register
from automation.core.reminders.candidates import Candidate, Situation, candidates, late_cases
from automation.core.reminders.letters import decide, morning_key
from automation.core.reminders.notices import Letter, Told
from automation.core.reminders.recipients import Reach
from automation.core.reminders.turns import take_turns
from automation.core.schema import Schema
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
class Figures:
    """What can be said only of a Register that was understood."""

    progress: Progress
    deadlines: Deadlines
    summary: Summary


@dataclass(frozen=True)
class Plan:
    """What holds at `now` (local wall-clock time), and whom to tell."""

    now: datetime
    register: Register
    hours: OfficeHours
    findings: tuple[Finding, ...]
    figures: Figures | None  # None: the Register could not be made sense of
    situation: Situation | None  # None: nobody is told anything
    memory: Memory  # for the next run
    last_run: datetime | None
    notes: tuple[str, ...]  # remarks for `Ringkasan`
    doubt: str = ""  # why `now` cannot be true, in one sentence: then nobody is to be told anything
    chosen_month: str = PRESENT  # that `Ringkasan` shows
    is_played: bool = False  # `now` is not the present: then no page ages
    unreached: tuple[str, ...] = ()  # that nobody can be written to: for `Ringkasan` and the log

    @property
    def may_write(self) -> bool:
        """Whether the office works now."""
        return bool(self.hours.calendar.is_working(self.now))

    @property
    def fresh_until(self) -> datetime:
        """How long the program's tabs are new enough."""
        until = self.hours.calendar.due(self.now, FRESH_FOR).item()
        return until if isinstance(until, datetime) and not self.is_played else FOR_EVER

    def understood(self) -> Figures:
        """The figures. Raises EdgeError where the Register could not be made sense of."""
        if self.figures is None:
            first = next(found for found in self.findings if found.severity == "error")
            raise EdgeError(f"Buku Register tidak dapat dibaca: {first.message} {first.suggestion}")
        return self.figures

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

    def letters(self, schema: Schema, told: Told) -> tuple[Letter, ...]:
        """What is to be mailed now, given what was sent before; nothing outside working hours."""
        if self.doubt or not self.may_write:
            return ()
        midnight = datetime.combine(self.now, datetime.min.time())
        opened, _ = self.hours.calendar.periods(midnight, self.now + timedelta(seconds=1))[0]
        found = self.candidates(told)
        return decide(found, schema, told, self.last_run, opened, self.now)


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
    calendar = hours.calendar
    roster = Roster(register.staff, schema.sop, now.date(), ways)
    progress, memory = None, past.memory or {}
    if register.understood:
        progress = measure(register, schema, now, calendar, roster)
        last_run = past.last_run if past.last_run and past.last_run <= now else None
        watched = None if past.memory is None else last_run
        watch = Watch(calendar, schema.reminders.memory.afterwards_minutes * 60, watched, now)
        memory = observe(register, progress.cases["identity"], schema, memory, watch)
    findings = check(register, schema, now, calendar, roster, ways, memory)
    seen = Plan(
        now, register, hours, findings, None, None, memory, past.last_run, _notes(hours, now)
    )
    if progress is None:
        return seen
    deadlines = measure_deadlines(register, progress, schema, now.date(), calendar)
    summary = summarise(
        register, progress, deadlines, findings, memory, schema, calendar, roster, now
    )
    figures = Figures(progress, deadlines, summary)
    seen = replace(seen, figures=figures, chosen_month=_chosen_month(past, now))
    return _addressed(seen, figures, roster, schema, past) if register.trusted else seen


def _addressed(seen: Plan, figures: Figures, roster: Roster, schema: Schema, past: Past) -> Plan:
    """With all that can be said, and to whom."""
    progress, calendar, now = figures.progress, seen.hours.calendar, seen.now
    reach = Reach(progress, roster, schema.sop)
    turns = take_turns(progress, reach, seen.memory, past.told, calendar, now)
    late = late_cases(progress, turns, schema)
    errors = counted(seen.findings, "error")
    morning = morning_figures(progress, late, errors, schema.sop, calendar, now)
    situation = Situation(
        schema,
        progress,
        figures.deadlines,
        seen.findings,
        reach,
        turns,
        morning,
        past.told,
        past.report,
    )
    unreached = reach.unreached(schema.reminders)
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
