"""What the head of office is told on working mornings: the last working day, or the last week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from automation.core.notices import Person
from automation.core.progress import FINISHED, OPEN, Progress
from automation.core.schema import Sop
from automation.core.validation import Finding, counted
from automation.core.working_time import WorkCalendar

OLDEST_TOLD = 5
LONGEST_REST = 30  # days; an office that was closed for longer gets no digest of before
ONE_DAY = timedelta(days=1)

Digest = tuple[Person, "Figures"]


@dataclass(frozen=True)
class DayFigures:
    """One working day of the period."""

    day: date
    received: int  # cases
    finished: int


@dataclass(frozen=True)
class StepFigures:
    """One step of the SOP."""

    header: str  # "5. Jawaban"
    waiting: int  # open cases that stand at this step
    overdue: int  # of these
    compliance: float | None  # share of the period's finished steps within their standard


@dataclass(frozen=True)
class OldCase:
    """An open case. By its number only: no applicant, no subject."""

    number: str  # or its row: "baris 41"
    kind: str
    step: str  # header of the step it stands at
    holders: tuple[str, ...]
    received: datetime
    row: int  # where it stands in the Register now, for the link


@dataclass(frozen=True)
class Figures:
    """What a digest tells. `start` to `end`, both included, is the period that is looked back on:
    the last working day, or the last week. Counts are cases unless they say otherwise."""

    period: Literal["day", "week"]
    start: date
    end: date
    open: int
    overdue: int
    due_today: int
    received: int  # in the period
    finished: int  # in the period
    compliance: float | None  # share of finished cases within the standard; None: none finished
    findings: int  # errors in the register
    steps: Sequence[StepFigures] = ()
    days: Sequence[DayFigures] = ()
    oldest: Sequence[OldCase] = ()

    @property
    def key(self) -> str:
        """Names the digest in the outbox, so that it goes out once."""
        return f"digest|{self.period}|{self.end.isoformat()}"


def figures_of_the_morning(
    progress: Progress,
    findings: Sequence[Finding],
    sop: Sop,
    calendar: WorkCalendar,
    now: datetime,
) -> Figures | None:
    """The figures for this morning (`now` is local wall-clock time); None after a long rest.

    They look back on the last working day; on the first working day of a week, on the week before.
    """
    before = calendar.working_day_before(now.date())
    if not before >= np.datetime64(now, "D") - LONGEST_REST:  # NaT compares false
        return None
    last: date = before.tolist()
    monday = now.date() - timedelta(days=now.weekday())
    is_week = last < monday
    start, end = (monday - 7 * ONE_DAY, monday - ONE_DAY) if is_week else (last, last)
    cases = progress.cases
    is_open = cases["status"].isin(OPEN)
    finished = _within(cases["finished_at"], start, end) & cases["status"].isin(FINISHED)
    on_time = int((finished & (cases["status"] == "on_time")).sum())
    return Figures(
        period="week" if is_week else "day",
        start=start,
        end=end,
        open=int(is_open.sum()),
        overdue=int((cases["status"] == "overdue").sum()),
        due_today=int((is_open & _within(cases["due"], now.date(), now.date())).sum()),
        received=int(_within(cases["received"], start, end).sum()),
        finished=int(finished.sum()),
        compliance=on_time / int(finished.sum()) if finished.any() else None,
        findings=counted(findings, "error"),
        steps=_steps(progress, sop, start, end),
        days=_days(cases, calendar, start, end),
        oldest=_oldest(progress, sop),
    )


def _within(instants: pd.Series, start: date, end: date) -> pd.Series:
    """Which instants lie on the days from `start` to `end`, both included."""
    return (instants >= pd.Timestamp(start)) & (instants < pd.Timestamp(end + ONE_DAY))


def _steps(progress: Progress, sop: Sop, start: date, end: date) -> list[StepFigures]:
    cases, intervals = progress.cases, progress.intervals
    ends = intervals.ends
    inside = (ends >= np.datetime64(start)) & (ends < np.datetime64(end + ONE_DAY))
    measured = inside & ~np.isnan(intervals.elapsed)
    kept = measured & ~intervals.late
    return [
        StepFigures(
            header=step.header,
            waiting=int(((cases["step"] == step.number) & cases["status"].isin(OPEN)).sum()),
            overdue=int(((cases["step"] == step.number) & (cases["status"] == "overdue")).sum()),
            compliance=(
                float(kept[:, place].sum() / measured[:, place].sum())
                if measured[:, place].any()
                else None
            ),
        )
        for place, step in enumerate(sop.steps)
    ]


def _days(cases: pd.DataFrame, calendar: WorkCalendar, start: date, end: date) -> list[DayFigures]:
    days = [start + n * ONE_DAY for n in range((end - start).days + 1)]
    finished = cases["finished_at"].where(cases["status"].isin(FINISHED))
    return [
        DayFigures(
            day=day,
            received=int(_within(cases["received"], day, day).sum()),
            finished=int(_within(finished, day, day).sum()),
        )
        for day in days
        if calendar.working_days(day - ONE_DAY, day)
    ]


def _oldest(progress: Progress, sop: Sop) -> list[OldCase]:
    cases = progress.cases
    oldest = cases[cases["status"].isin(OPEN)].sort_values("received", kind="stable")
    return [
        OldCase(
            number=case.reference,
            kind=case.kind,
            step=sop.steps[case.step - 1].header,
            holders=tuple(holder.name for holder in progress.holding(case.Index).holders),
            received=case.received.to_pydatetime(),
            row=case.row,
        )
        for case in oldest[oldest["received"].notna()].head(OLDEST_TOLD).itertuples()
    ]
