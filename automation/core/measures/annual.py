"""The figures of a year that a yearly report of information services tells, kind by kind.

    received Fri 02/01, answered Mon 05/01      1 working day: counted from the day after receipt
    received and answered on the same day       0 working days

A case is answered with the stamp of the step that its kind's first legal deadline runs to; where
the SOP names no deadline, or that step was skipped, when it is finished. All counts are of cases
that were received in the year, as they stand at `now`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from automation.core.arrays import Bools, Ints, Texts
from automation.core.measures.deadlines import last_day
from automation.core.measures.progress import Progress
from automation.core.office_time.working_time import WorkCalendar
from automation.core.register.register import Register
from automation.core.schema import Deadline, Kind, Schema, Sop

OTHER = ""  # a word that the SOP does not have, or none

Days = Any  # datetime64[D], one or an array of them


@dataclass(frozen=True)
class Times:
    """Working days until answered; None where nothing was answered."""

    answered: int
    mean: float | None
    median: float | None
    longest: int | None


@dataclass(frozen=True)
class DeadlineKept:
    """How a legal deadline was kept: counts of cases. Those closed without an answer, and those
    that cannot be measured, are in none of them."""

    deadline: Deadline
    within: int  # answered by its last day
    extended: int  # answered later, within the extension that the law allows
    late: int  # answered after that, or still not answered then
    waiting: int  # not answered, and not late

    @property
    def share(self) -> float | None:
        """Of those whose outcome is known; None where there are none."""
        known = self.within + self.extended + self.late
        return self.within / known if known else None


@dataclass(frozen=True)
class KindOfYear:
    """`answered`, closed, waiting and unmeasurable are all that were received."""

    name: str  # OTHER: none of the SOP's kinds
    received: int
    channels: Mapping[str, int]  # in the SOP's order; OTHER last
    decisions: Mapping[str, int]  # likewise; OTHER: not decided
    times: Times
    closed: int  # without an answer: withdrawn
    waiting: int
    unmeasurable: int  # the answer is dated before the receipt, in the future, or unreadably
    deadlines: tuple[DeadlineKept, ...]


@dataclass(frozen=True)
class Year:
    """`together` sums up all kinds, without deadlines: they differ. The months are January to
    December: how many were received in each, and of the year's cases answered in it."""

    kinds: tuple[KindOfYear, ...]
    together: KindOfYear
    received: tuple[int, ...]
    answered: tuple[int, ...]


class _Answers:
    """When each case was answered, held against one step a case; all arrays have a place a case."""

    def __init__(
        self, days: Days, given: Bools, closed: Bools, received: Days, today: Days
    ) -> None:
        sound = given & (received <= days) & (days <= today)  # NaT compares false
        self.days = np.where(sound, days, np.datetime64("NaT"))
        self.answered = sound
        self.unmeasurable = given & ~sound
        self.closed = closed & ~given
        self.waiting = ~given & ~closed


@dataclass(frozen=True)
class _Cases:
    """What is counted, one place (or row) a case; days are local."""

    kind: Texts
    channel: Texts
    decision: Texts
    received: Days
    done: Days  # the day of each step's stamp; that of the end, where an ended case skipped it
    given: Bools  # whether that is there, readable or not
    closed: Bools
    answered_by: Ints  # place of the step that answers

    def of(self, where: Bools) -> "_Cases":
        return _Cases(*(getattr(self, name)[where] for name in self.__dataclass_fields__))

    def answers(self, today: Days, place: int | None = None) -> _Answers:
        """By the step at `place`; without it, by the one that answers."""
        rows = np.arange(len(self.kind))
        column = self.answered_by if place is None else np.full(len(rows), place)
        days, given = self.done[rows, column], self.given[rows, column]
        return _Answers(days, given, self.closed, self.received, today)


def annual(
    register: Register, progress: Progress, schema: Schema, calendar: WorkCalendar, now: datetime
) -> Year:
    """The figures of a Register that holds the cases of one year only, at `now` (local)."""
    today = np.datetime64(now.date(), "D")
    cases = _cases(register, progress, schema)
    others = cases.of(cases.kind == OTHER)
    kinds = [
        _counted(kind, cases.of(cases.kind == kind.name), schema, calendar, today)
        for kind in schema.sop.kinds
    ]
    other = _counted(None, others, schema, calendar, today)
    answers = cases.answers(today)
    year = cases.received.astype("datetime64[Y]")
    same = answers.answered & (answers.days.astype("datetime64[Y]") == year)
    return Year(
        kinds=tuple(kinds if kinds and not other.received else [*kinds, other]),
        together=_counted(None, cases, schema, calendar, today),
        received=_by_month(cases.received),
        answered=_by_month(answers.days[same]),
    )


def _cases(register: Register, progress: Progress, schema: Schema) -> _Cases:
    table, measured, steps = register.cases, progress.cases, schema.sop.steps
    keys = [step.key for step in steps]
    filled = table.filled[keys].to_numpy(bool)
    finished = measured["finished_at"].to_numpy("datetime64[D]")[:, None]
    return _Cases(
        kind=measured["kind"].to_numpy(object),
        channel=_known(table.frame["channel"], schema.sop.channels),
        decision=_known(table.frame["decision"], [each.name for each in schema.sop.decisions]),
        received=measured["received"].to_numpy("datetime64[D]"),
        done=np.where(filled, table.frame[keys].to_numpy("datetime64[D]"), finished),
        given=filled | ~np.isnat(finished),
        closed=(measured["status"] == "closed").to_numpy(bool),
        answered_by=np.array([_answering(name, schema.sop) for name in measured["kind"]], np.int64),
    )


def _answering(kind: str, sop: Sop) -> int:
    """The place of the step that answers cases of a kind: without deadlines the last needed one."""
    found = next((each.deadlines for each in sop.kinds if each.name == kind), ())
    step = sop.step_named(found[0].until_step) if found else sop.required[-1]
    return step.number - 1


def _known(words: "pd.Series[str]", known: Sequence[str]) -> Texts:
    found: Texts = words.where(words.isin(known), OTHER).to_numpy(object)
    return found


def _counted(
    kind: Kind | None, cases: _Cases, schema: Schema, calendar: WorkCalendar, today: Days
) -> KindOfYear:
    answers = cases.answers(today)
    return KindOfYear(
        name=kind.name if kind else OTHER,
        received=len(cases.kind),
        channels=_tally(cases.channel, schema.sop.channels),
        decisions=_tally(cases.decision, [each.name for each in schema.sop.decisions]),
        times=_times(cases.received, answers, calendar),
        closed=int(answers.closed.sum()),
        waiting=int(answers.waiting.sum()),
        unmeasurable=int(answers.unmeasurable.sum()),
        deadlines=tuple(
            _kept(each, cases, schema.sop, calendar, today)
            for each in (kind.deadlines if kind else ())
        ),
    )


def _tally(words: Texts, known: Sequence[str]) -> dict[str, int]:
    return {word: int((words == word).sum()) for word in (*known, OTHER)}


def _times(received: Days, answers: _Answers, calendar: WorkCalendar) -> Times:
    here = answers.answered
    days = np.asarray(calendar.working_days(received[here], answers.days[here]))
    if not len(days):
        return Times(0, None, None, None)
    return Times(len(days), float(days.mean()), float(np.median(days)), int(days.max()))


def _kept(
    deadline: Deadline, cases: _Cases, sop: Sop, calendar: WorkCalendar, today: Days
) -> DeadlineKept:
    answers = cases.answers(today, sop.step_named(deadline.until_step).number - 1)
    counted = answers.answered | answers.waiting
    done = np.where(answers.answered, answers.days, today)[counted]
    answered, received = answers.answered[counted], cases.received[counted]
    due = last_day(received, deadline.days, deadline.unit, calendar)
    extended = last_day(received, deadline.days + deadline.extension_days, deadline.unit, calendar)
    within, late = answered & ~(done > due), done > extended  # NaT: beyond the calendar
    return DeadlineKept(
        deadline,
        within=int(within.sum()),
        extended=int((answered & ~within & ~late).sum()),
        late=int(late.sum()),
        waiting=int((~answered & ~late).sum()),
    )


def _by_month(days: Days) -> tuple[int, ...]:
    months = days.astype("datetime64[M]").astype(np.int64) % 12
    return tuple(np.bincount(months, minlength=12).tolist())
