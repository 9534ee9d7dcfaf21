"""What needs the head of office now: one line a case, most urgent first.

Legal deadlines that have passed or are near come first, then what waits for the head's own hand,
then the steps that are furthest over their standard. A case stands there once, for the first of
these reasons. Everything comes from the cells, as in `status`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from automation.core.measures.deadlines import Deadlines, MeasuredDeadline
from automation.core.measures.progress import MeasuredCase, Progress
from automation.core.people.holders import Holder
from automation.core.schema import Schema
from automation.core.tables import rows
from automation.core.words.statuses import OPEN

Reason = Literal["legal", "own", "late"]
DAYS_NEAR = 3  # of a legal deadline, where the policy names none


@dataclass(frozen=True)
class Attention:
    """A case that the head should know of. By its number only: no applicant, no subject."""

    reason: Reason
    reference: str
    row: int  # of the Register
    step: str  # header of the step it stands at; "" where that cannot be told
    holders: tuple[Holder, ...]
    since: datetime | None
    elapsed: float  # working seconds of the step; NaN where they cannot be told
    standard: float  # likewise
    days_left: int | None = None  # of the legal deadline, negative when passed
    unit: str = ""  # of those: "working" or "calendar"

    @property
    def over(self) -> float:
        """Working seconds over the standard; 0 within it or where that cannot be told."""
        return self.elapsed - self.standard if self.elapsed > self.standard else 0


def needing_attention(
    progress: Progress, near: pd.DataFrame, schema: Schema
) -> tuple[Attention, ...]:
    """All that need the head now, most urgent first; `near` are the `near_deadlines`."""
    found: dict[int, Attention] = {}
    for index, line in (
        *_legal(progress, near, schema),
        *_own(progress, schema),
        *_late(progress, schema),
    ):
        found.setdefault(index, line)
    return tuple(found.values())


def legal_window(schema: Schema) -> int:
    """How many days before its end a legal deadline is near."""
    policy = schema.reminders.legal
    return max(policy.days_before, default=DAYS_NEAR) if policy else DAYS_NEAR


def near_deadlines(deadlines: Deadlines, schema: Schema) -> pd.DataFrame:
    """The unmet legal deadlines that have passed or are near, the first to end first."""
    nearest = deadlines.nearest
    near = nearest[nearest["left"].astype(float) <= legal_window(schema)]
    return near.sort_values(["left", "due"], kind="stable")


Lines = Iterator[tuple[int, Attention]]


def _legal(progress: Progress, near: pd.DataFrame, schema: Schema) -> Lines:
    for deadline, case in zip(
        rows(near, MeasuredDeadline), _rows(progress, near.index), strict=True
    ):
        left, unit = int(deadline.left), deadline.unit
        yield case.Index, _line(progress, schema, case, "legal", left, unit)


def _own(progress: Progress, schema: Schema) -> Lines:
    """What waits at a step of the head's own role, the latest first."""
    head = schema.reminders.head_role
    own = [step.number for step in schema.sop.steps if step.role == head]
    cases = progress.cases[progress.cases["status"].isin(OPEN) & progress.cases["step"].isin(own)]
    order = _over(cases).sort_values(ascending=False, kind="stable")
    for case in _rows(progress, order.index):
        yield case.Index, _line(progress, schema, case, "own")


def _late(progress: Progress, schema: Schema) -> Lines:
    """What is over its standard, the most first."""
    cases = progress.cases[progress.cases["status"] == "overdue"]
    order = _over(cases).sort_values(ascending=False, kind="stable")
    for case in _rows(progress, order.index):
        yield case.Index, _line(progress, schema, case, "late")


def _over(cases: pd.DataFrame) -> "pd.Series[float]":
    return (cases["elapsed"] - cases["standard"]).fillna(0)


def _rows(progress: Progress, index: "pd.Index[Any]") -> Iterator[MeasuredCase]:
    return rows(progress.cases.loc[index], MeasuredCase)


def _line(
    progress: Progress,
    schema: Schema,
    case: MeasuredCase,
    reason: Reason,
    days_left: int | None = None,
    unit: str = "",
) -> Attention:
    return Attention(
        reason=reason,
        reference=case.reference,
        row=case.row,
        step=schema.sop.steps[case.step - 1].header if case.step else "",
        holders=progress.holding(case.Index).holders,
        since=None if pd.isna(case.since) else case.since.to_pydatetime(),
        elapsed=case.elapsed,
        standard=case.standard,
        days_left=days_left,
        unit=unit,
    )
