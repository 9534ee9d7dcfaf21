"""What the head of office is told on working mornings: how things stand, and what has been.

Counts are cases unless they say otherwise. The last working day is compared with the same days a
week before; the first working day of a week adds the week, that of a month the month.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from automation.core.arrays import Bools
from automation.core.measures.progress import Progress
from automation.core.office_time.working_time import WorkCalendar
from automation.core.schema import Sop
from automation.core.snapshot import Snapshot
from automation.core.words.statuses import FINISHED, OPEN

WORST_TOLD = 5
LONGEST_REST = 30  # days; what was before a longer one is no news
ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)

Period = Literal["day", "week", "month"]


@dataclass(frozen=True)
class Counts:
    """What came in and went out in some days."""

    received: int
    finished: int
    on_time: int  # of those finished

    @property
    def compliance(self) -> float | None:
        """Share of the finished cases within the standard; None where none was finished."""
        return self.on_time / self.finished if self.finished else None


@dataclass(frozen=True)
class PeriodFigures:
    """The days from `start` to `end`, both included, beside those that they are compared with."""

    period: Period
    start: date
    end: date
    counts: Counts
    before: Counts


@dataclass(frozen=True)
class StepFigures:
    """One step of the SOP."""

    header: str  # "5. Jawaban"
    waiting: int  # open cases that stand at this step
    overdue: int  # of these


@dataclass(frozen=True)
class LateCase:
    """A case that is over its standard. By its number only: no applicant, no subject."""

    number: str
    kind: str
    step: str  # header of the step it stands at
    holders: tuple[str, ...]
    over_seconds: int  # working time over the standard
    row: int  # where it stands in the Register now, for the link


@dataclass(frozen=True)
class Figures:
    """How the office stands on the morning of `day`."""

    day: date
    open: int
    overdue: int
    due_today: int
    findings: int  # errors in the register
    steps: tuple[StepFigures, ...]
    worst: tuple[LateCase, ...]  # the latest first
    periods: tuple[PeriodFigures, ...]  # the day, the week, the month, as far as they are over

    @property
    def key(self) -> str:
        return f"figures|{self.day.isoformat()}"

    @property
    def bottleneck(self) -> StepFigures | None:
        """The step at which most cases are late; of several the one where most wait."""
        late = [step for step in self.steps if step.overdue]
        return max(late, key=lambda step: (step.overdue, step.waiting), default=None)


def morning_figures(
    snapshot: Snapshot, progress: Progress, late: Sequence[LateCase], errors: int
) -> Figures:
    """The figures on the morning of that day."""
    cases, today = progress.cases, snapshot.now.date()
    is_open = cases["status"].isin(OPEN)
    return Figures(
        day=today,
        open=int(is_open.sum()),
        overdue=int((cases["status"] == "overdue").sum()),
        due_today=int((is_open & _within(cases["due"], today, today)).sum()),
        findings=errors,
        steps=tuple(_steps(cases, snapshot.schema.sop)),
        worst=tuple(sorted(late, key=lambda case: -case.over_seconds)[:WORST_TOLD]),
        periods=tuple(_periods(cases, snapshot.calendar, today)),
    )


def _steps(cases: pd.DataFrame, sop: Sop) -> Iterator[StepFigures]:
    found = Counter(zip(cases["step"], cases["status"], strict=True))
    for step in sop.steps:
        waiting = sum(found[step.number, status] for status in OPEN)
        yield StepFigures(step.header, waiting, found[step.number, "overdue"])


def _periods(cases: pd.DataFrame, calendar: WorkCalendar, today: date) -> Iterator[PeriodFigures]:
    last = _last_working_day(calendar, today)
    if last is None:
        return
    yield _period(cases, "day", (last, last), (last - ONE_WEEK, last - ONE_WEEK))
    monday = today - timedelta(days=today.weekday())
    if last < monday:
        week = monday - ONE_WEEK, monday - ONE_DAY
        yield _period(cases, "week", week, (week[0] - ONE_WEEK, week[1] - ONE_WEEK))
    if (last.year, last.month) != (today.year, today.month):
        month = _month_to(today.replace(day=1) - ONE_DAY)
        yield _period(cases, "month", month, _month_to(month[0] - ONE_DAY))


def _month_to(end: date) -> tuple[date, date]:
    return end.replace(day=1), end


def _period(
    cases: pd.DataFrame, period: Period, days: tuple[date, date], before: tuple[date, date]
) -> PeriodFigures:
    return PeriodFigures(period, *days, _counts(cases, *days), _counts(cases, *before))


def _counts(cases: pd.DataFrame, start: date, end: date) -> Counts:
    ended = cases["status"][_within(cases["finished_at"], start, end)]
    return Counts(
        received=int(_within(cases["received"], start, end).sum()),
        finished=int(ended.isin(FINISHED).sum()),
        on_time=int((ended == "on_time").sum()),
    )


def _within(instants: "pd.Series[pd.Timestamp]", start: date, end: date) -> Bools:
    """Which instants lie on the days from `start` to `end`, both included."""
    days = instants.to_numpy("datetime64[D]")
    within: Bools = (days >= np.datetime64(start)) & (days <= np.datetime64(end))
    return within


def _last_working_day(calendar: WorkCalendar, today: date) -> date | None:
    """The last day before today on which the office worked; None after a long rest."""
    last = calendar.working_day_before(today).tolist()  # None for NaT
    return last if isinstance(last, date) and (today - last).days <= LONGEST_REST else None
