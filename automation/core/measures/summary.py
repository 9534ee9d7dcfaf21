"""The figures for the head of office: what needs a hand now, and how the months went."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from automation.core.measures.attention import Attention, near_deadlines, needing_attention
from automation.core.measures.back_then import late_then, legal_passed_then
from automation.core.measures.deadlines import Deadlines
from automation.core.measures.performance import History, Performance, lost_now
from automation.core.measures.progress import Progress
from automation.core.measures.workload import Load, StepLoad, loads_of_people, loads_of_steps
from automation.core.office_time.months import Days, a_month_ago, month_before, months_until
from automation.core.snapshot import Snapshot
from automation.core.validation import Finding, counted, filled_in_afterwards
from automation.core.words.statuses import FINISHED, OPEN

MONTHS_TOLD = 24


@dataclass(frozen=True)
class Totals:
    """Counts of cases: open, finished, closed and invalid are all. `compliance` is on_time of
    finished, None where nothing is finished."""

    cases: int
    open: int
    overdue: int  # of the open ones
    paused: int  # likewise
    finished: int
    on_time: int  # of the finished ones
    closed: int
    invalid: int

    @property
    def compliance(self) -> float | None:
        return self.on_time / self.finished if self.finished else None


@dataclass(frozen=True)
class Quality:
    """How far the figures can be trusted."""

    errors: int
    warnings: int
    unmeasurable: int  # intervals without a figure
    afterwards: int  # cases whose steps were stamped within a minute of each other
    entered_late: int  # stamps that appeared long after the time they claim
    changed: int  # stamps that were changed or removed lately


@dataclass(frozen=True)
class Legal:
    """Unmet legal deadlines, in cases."""

    passed: int
    near: int


@dataclass(frozen=True)
class Before:
    """How things stood a month ago, `at` the same time of the same day."""

    at: datetime
    overdue: int
    legal_passed: int


@dataclass(frozen=True)
class Summary:
    """All figures at `now` (local wall-clock time)."""

    now: datetime
    totals: Totals
    quality: Quality
    attention: tuple[Attention, ...]
    legal: Legal
    before: Before | None  # None where the register does not reach back so far
    people: tuple[Load, ...]
    steps: tuple[StepLoad, ...]
    lost: tuple[float, ...]  # seconds over the standard of what is late now, for each step
    months: tuple[Performance, ...]  # the present one, as far as it went, then those before it
    same_days: Performance  # of the month before the present one

    def beside(self, place: int) -> Performance | None:
        """What a month is compared with; None where there is nothing."""
        others = (self.same_days, *self.months[2:])
        other = others[place] if place < len(others) else None
        return None if other is None or other.is_empty else other


def summarise(
    snapshot: Snapshot, progress: Progress, deadlines: Deadlines, findings: Sequence[Finding]
) -> Summary:
    """The figures of that moment."""
    schema, now = snapshot.schema, snapshot.now
    history = History(progress, now)
    first, then = history.first_day or now.date(), a_month_ago(now)
    months = months_until(first, now.date(), MONTHS_TOLD)
    before = None
    if first <= then.date():
        late = late_then(snapshot, progress, then)
        before = Before(then, late, legal_passed_then(deadlines, then))
    near = near_deadlines(deadlines, schema)
    passed = int((near["left"] < 0).sum())
    return Summary(
        now=now,
        totals=totals(progress),
        quality=_quality(snapshot, progress, findings),
        attention=needing_attention(progress, near, schema),
        legal=Legal(passed, len(near) - passed),
        before=before,
        people=loads_of_people(progress),
        steps=loads_of_steps(progress, schema.sop),
        lost=tuple(lost_now(progress.cases, len(schema.sop.steps))),
        months=tuple(history.performance(days) for days in months),
        same_days=history.performance(month_before(months[0])),
    )


def told_of(summary: Summary, progress: Progress, days: Days) -> Summary:
    """The same figures, with the month of `days` in the place of the present one. What waits at
    `summary.now` counts as lost time of these days only if they reach to it."""
    history = History(progress, summary.now)
    months = months_until(history.first_day or days.start, days.end, MONTHS_TOLD)[1:]
    return replace(
        summary,
        months=tuple(history.performance(each) for each in (days, *months)),
        same_days=history.performance(month_before(days)),
        lost=summary.lost if days.end == summary.now.date() else (),
    )


def totals(progress: Progress) -> Totals:
    """The counts of `status --json`."""
    count = progress.cases["status"].value_counts().to_dict()
    return Totals(
        cases=len(progress.cases),
        open=sum(count.get(status, 0) for status in OPEN),
        overdue=count.get("overdue", 0),
        paused=count.get("paused", 0),
        finished=sum(count.get(status, 0) for status in FINISHED),
        on_time=count.get("on_time", 0),
        closed=count.get("closed", 0),
        invalid=count.get("invalid", 0),
    )


def _quality(snapshot: Snapshot, progress: Progress, findings: Sequence[Finding]) -> Quality:
    return Quality(
        errors=counted(findings, "error"),
        warnings=counted(findings, "warning"),
        unmeasurable=int(progress.intervals.unmeasurable.sum()),
        afterwards=len(filled_in_afterwards(snapshot.register, snapshot.schema)),
        entered_late=sum(len(case.afterwards) for case in snapshot.memory.values()),
        changed=sum(finding.rule in ("stamp_changed", "stamp_removed") for finding in findings),
    )
