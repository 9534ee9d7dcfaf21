"""One look at the register: everything that follows from its cells, and nothing done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from automation.core.deadlines import Deadlines, measure_deadlines
from automation.core.digest import Digest, figures_of_the_morning
from automation.core.headers import Grid
from automation.core.holders import Roster
from automation.core.notices import History, Letter, Person
from automation.core.office_hours import OfficeHours, office_hours
from automation.core.progress import Progress, measure
from automation.core.register import Register, read_register
from automation.core.reminders import (
    Candidate,
    Situation,
    candidates,
    decide,
    is_quiet,
    keepers_of,
    person_of,
    undeliverable,
    unreached,
)
from automation.core.schema import Schema
from automation.core.summary import Summary, summarise
from automation.core.validation import Finding, check
from automation.core.working_time import WorkCalendar


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
    candidates: tuple[Candidate, ...]  # all that could be said now, said before or not
    digests: tuple[Digest, ...]  # this morning's, told before or not
    keepers: tuple[Person, ...]  # of the register; hear of mail that was given up
    may_write: bool  # within working hours
    notes: tuple[str, ...]  # remarks for `Ringkasan`
    doubt: str = ""  # why `now` cannot be true, in one sentence: then nobody is to be told anything
    unreached: tuple[str, ...] = ()  # that nobody can be written to: for `Ringkasan` and the log

    def live(self, history: History) -> frozenset[tuple[str, str]]:
        """Pairs (address, notice key) that make sense now: what else waits to be sent does not."""
        found = (*self.candidates, *undeliverable(self.keepers, history))
        notices = ((person.email, notice.key) for person, notice in found)
        digests = ((person.email, figures.key) for person, figures in self.digests)
        return frozenset((*notices, *digests))

    def letters(self, schema: Schema, history: History) -> tuple[Letter, ...]:
        """What is to be mailed now, given what was sent before; nothing outside working hours."""
        if self.doubt or not self.may_write:
            return ()
        found = (*self.candidates, *undeliverable(self.keepers, history))
        return decide(found, schema, history, self.now)

    def untold_digests(self, schema: Schema, history: History) -> tuple[Digest, ...]:
        """The digests that are to be mailed now: one mail a person a run, so letters go first."""
        if self.doubt or not self.may_write:
            return ()
        written_to = {letter.to.email for letter in self.letters(schema, history)}
        return tuple(
            (person, figures)
            for person, figures in self.digests
            if person.email not in written_to
            and not history.was_told(person.email, figures.key)
            and not is_quiet(history.mailed.get(person.email, ()), schema, self.now)
        )


def plan(
    grids: Mapping[str, Grid | None],
    schema: Schema,
    now: datetime,
    allowed_domains: tuple[str, ...] = (),
    zone: str = "WIB",
) -> Plan:
    """Everything that follows from the staff's tabs, by title; `zone` as in `read_register`."""
    return follow(read_register(grids, schema, zone), schema, now, allowed_domains)


def follow(
    register: Register, schema: Schema, now: datetime, allowed_domains: tuple[str, ...] = ()
) -> Plan:
    """Everything that follows from a register; of one that was misread nobody is told anything."""
    now = now.replace(microsecond=0)
    hours = office_hours(
        schema.working_hours, register.closures.sound, _first_year(register, now), now.year
    )
    roster = Roster(register.staff, schema.sop, now.date(), allowed_domains)
    findings = check(register, schema, now, hours.calendar, roster, allowed_domains)
    notes = _notes(hours, now)
    if not register.understood:
        return Plan(now, register, hours, findings, None, (), (), (), False, notes)
    progress = measure(register, schema, now, hours.calendar, roster)
    deadlines = measure_deadlines(register, progress, schema, now.date(), hours.calendar)
    summary = summarise(register, progress, deadlines, findings, schema, now)
    situation = Situation(schema, progress, deadlines, findings, roster, now)
    found = candidates(situation) if register.trusted else ()
    digests = morning_digests(situation, hours.calendar) if register.trusted else ()
    may_write = bool(hours.calendar.is_working(now))
    figures = Figures(progress, deadlines, summary)
    keepers = keepers_of(situation) if register.trusted else ()
    out_of_reach = unreached(situation) if register.trusted else ()
    return Plan(
        now=now,
        register=register,
        hours=hours,
        findings=findings,
        figures=figures,
        candidates=found,
        digests=digests,
        keepers=keepers,
        may_write=may_write,
        notes=notes,
        unreached=out_of_reach,
    )


def morning_digests(situation: Situation, calendar: WorkCalendar) -> tuple[Digest, ...]:
    """The digest of a working morning, to whoever is head of office today."""
    policy, now = situation.schema.reminders, situation.now
    if policy.digest is None or now.hour >= policy.digest.until_hour:
        return ()
    figures = figures_of_the_morning(
        situation.progress, situation.findings, situation.schema.sop, calendar, now
    )
    roster = situation.roster
    heads = roster.reached(roster.of_role(policy.head_role), policy.head_role)
    return tuple((person_of(head), figures) for head in heads if figures is not None)


def _first_year(register: Register, now: datetime) -> int:
    """The year of the earliest date in the Register, so that the calendar reaches back to it."""
    instants = register.cases.frame.select_dtypes("datetime")
    earliest = instants.min().min()
    return now.year if pd.isna(earliest) else min(earliest.year, now.year)


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
