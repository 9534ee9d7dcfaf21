"""How a month went: what came in and went out, and how each step kept its standard.

A step's interval belongs to the month in which it ended, a case to the month in which it came in
and to that in which it left. Days are local; time is working time in seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from automation.core.arrays import Floats, Instants, Ints
from automation.core.measures.progress import Progress
from automation.core.office_time.months import Days
from automation.core.words.statuses import FINISHED

FEWEST = 5  # measurements that a verdict needs

Dates = Instants  # datetime64[D]


@dataclass(frozen=True)
class Kept:
    """How many intervals were measured, and how many of them kept their standard."""

    measured: int
    kept: int

    @property
    def share(self) -> float | None:
        """None where too few were measured to judge."""
        return self.kept / self.measured if self.measured >= FEWEST else None


@dataclass(frozen=True)
class StepPerformance:
    kept: Kept
    median: float | None  # seconds; None where nothing was measured
    ninety: float | None  # within which nine of ten were done; None where too few were measured
    excess: float  # seconds over the standard, summed


@dataclass(frozen=True)
class Performance:
    """Some days of one month. `start + received - left` is what is left over at their end."""

    days: Days
    start: int  # cases that had come and not left before
    received: int
    finished: int  # left with their last step, measurable throughout
    closed: int  # left otherwise: withdrawn, refused
    unsound: int  # left with a step that cannot be measured
    median: float | None  # working seconds of the finished cases, over all steps
    steps: tuple[StepPerformance, ...]

    @property
    def left(self) -> int:
        return self.finished + self.closed + self.unsound

    @property
    def end(self) -> int:
        return self.start + self.received - self.left

    @property
    def kept(self) -> Kept:
        """Of all steps together."""
        return Kept(
            sum(step.kept.measured for step in self.steps),
            sum(step.kept.kept for step in self.steps),
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that other days could be compared with."""
        return not (self.start or self.received or self.left or self.kept.measured)

    def bottleneck(self, running: Sequence[float] = ()) -> int | None:
        """The place of the step that lost most time over its standard, among those measured often
        enough. `running` are seconds over the standard of what waits at each step now."""
        lost = [
            step.excess + late if step.kept.measured >= FEWEST else 0.0
            for step, late in zip(self.steps, running or [0.0] * len(self.steps), strict=True)
        ]
        return lost.index(max(lost)) if max(lost, default=0) > 0 else None


class History:
    """What a register tells of days gone by."""

    def __init__(self, progress: Progress, now: datetime) -> None:
        cases = progress.cases
        today = np.datetime64(now.date(), "D")
        received = cases["received"].to_numpy("datetime64[s]")
        known = received <= np.datetime64(now, "s")  # NaT compares false
        ended = left_at(progress)
        ended[~(ended <= np.datetime64(now, "s"))] = np.datetime64("NaT")
        self._status = cases["status"].to_numpy(object)[known]
        self._total = cases["total"].to_numpy(float)[known]
        self._received = received[known].astype("datetime64[D]")
        self._ended = ended[known].astype("datetime64[D]")
        self._intervals = _Intervals.of(progress, today)

    @property
    def first_day(self) -> date | None:
        """The day of the earliest receipt or stamp; None for an empty register."""
        days = np.concatenate([self._received, self._intervals.days])
        return days.min().item() if len(days) else None

    def performance(self, days: Days) -> Performance:
        """What happened on these days."""
        start, end = (np.datetime64(day, "D") for day in (days.start, days.end))
        here = (start <= self._ended) & (self._ended <= end)
        status = self._status[here]
        finished = np.isin(status, FINISHED)
        return Performance(
            days=days,
            start=int(((self._received < start) & ~(self._ended < start)).sum()),
            received=int(((start <= self._received) & (self._received <= end)).sum()),
            finished=int(finished.sum()),
            closed=int((status == "closed").sum()),
            unsound=int((status == "invalid").sum()),
            median=_median(self._total[here][finished]),
            steps=self._intervals.steps(start, end),
        )


def left_at(progress: Progress) -> Dates:
    """When each case left the office; NaT for one that has not. A case that was closed without its
    last step left with the last stamp that it has, or as soon as it came."""
    cases = progress.cases
    received = cases["received"].to_numpy("datetime64[s]")
    finished = cases["finished_at"].to_numpy("datetime64[s]")
    stamps = (
        progress.intervals.ends.astype("datetime64[s]").astype(np.int64).max(axis=1)
    )  # NaT: least
    last = np.where(np.isnat(finished), stamps.astype("datetime64[s]"), finished)
    last = np.where(np.isnat(last), received, last)
    closed = (cases["status"] == "closed").to_numpy(bool)
    left: Dates = np.where(closed, last, finished)
    left[left < received] = received[left < received]
    return left


@dataclass(frozen=True)
class _Intervals:
    """All measured intervals in the order of the days on which they ended."""

    days: Dates
    place: Ints  # of the step in the SOP
    elapsed: Floats
    standard: Floats
    count: int  # of steps

    @classmethod
    def of(cls, progress: Progress, today: np.datetime64) -> "_Intervals":
        intervals = progress.intervals
        cases, places = np.nonzero(~np.isnan(intervals.elapsed))
        days = intervals.ends[cases, places].astype("datetime64[D]")
        order = np.argsort(days, kind="stable")
        return cls(
            days=days[order],
            place=places[order],
            elapsed=intervals.elapsed[cases, places][order],
            standard=intervals.standard[cases, places][order],
            count=intervals.elapsed.shape[1],
        )

    def steps(self, start: np.datetime64, end: np.datetime64) -> tuple[StepPerformance, ...]:
        first = np.searchsorted(self.days, start, "left")
        last = np.searchsorted(self.days, end, "right")
        place, elapsed = self.place[first:last], self.elapsed[first:last]
        over = elapsed - self.standard[first:last]
        return tuple(
            _step(elapsed[place == step], over[place == step]) for step in range(self.count)
        )


def _step(elapsed: Floats, over: Floats) -> StepPerformance:
    enough = len(elapsed) >= FEWEST
    return StepPerformance(
        kept=Kept(len(elapsed), int((over <= 0).sum())),
        median=_median(elapsed),
        ninety=float(np.percentile(elapsed, 90, method="inverted_cdf")) if enough else None,
        excess=float(over[over > 0].sum()),
    )


def _median(seconds: Floats) -> float | None:
    return float(np.median(seconds)) if len(seconds) else None


def lost_now(cases: pd.DataFrame, steps: int) -> list[float]:
    """For each step the working seconds over the standard of what is late there now."""
    late = cases[cases["status"] == "overdue"]
    over = (late["elapsed"] - late["standard"]).groupby(late["step"]).sum()
    return [float(over.get(number, 0.0)) for number in range(1, steps + 1)]
