"""Legal deadlines of whole cases, counted from the day after receipt."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from automation.core.measures.progress import Progress
from automation.core.office_time.working_time import WorkCalendar
from automation.core.once import cached_property
from automation.core.schema import Deadline
from automation.core.snapshot import Snapshot
from automation.core.tables import checked, empty


class MeasuredDeadline(NamedTuple):
    """A row of `Deadlines.rows`: a case and one of its deadlines."""

    Index: int
    case: int  # its place in `Progress.cases`
    name: str
    source: str
    unit: str  # "working" or "calendar"
    due: pd.Timestamp  # last day, inclusive; NaT beyond the calendar
    extended: pd.Timestamp  # the same with its extension; equals due where there is none
    done: (
        pd.Timestamp
    )  # day of its step's stamp or, where that was skipped, of the end; NaT: not met
    left: float  # days until due in its unit, negative when passed; NaN where due is unknown
    late: bool  # met after its extended end, or not met and past it


@dataclass(frozen=True)
class Deadlines:
    """Every legal deadline of every case, one `MeasuredDeadline` each."""

    rows: pd.DataFrame

    @cached_property
    def nearest(self) -> pd.DataFrame:
        """The unmet deadline that ends first, by case index."""
        unmet = self.rows[self.rows["done"].isna()].sort_values("extended", kind="stable")
        return unmet.drop_duplicates("case").set_index("case", drop=False)


def measure_deadlines(snapshot: Snapshot, progress: Progress) -> Deadlines:
    """Every legal deadline of every case that was received and not closed."""
    parts = [
        _measured(snapshot, progress, kind.name, deadline)
        for kind in snapshot.schema.sop.kinds
        for deadline in kind.deadlines
    ]
    filled = [part for part in parts if len(part)] or [empty(MeasuredDeadline)]
    return Deadlines(checked(pd.concat(filled, ignore_index=True), MeasuredDeadline))


def _measured(
    snapshot: Snapshot, progress: Progress, kind: str, deadline: Deadline
) -> pd.DataFrame:
    cases, calendar = progress.cases, snapshot.calendar
    today = np.datetime64(snapshot.now.date(), "D")
    received_day = cases["received"].to_numpy("datetime64[D]")
    counted = (cases["kind"] == kind) & (cases["status"] != "closed") & (received_day <= today)
    index = np.flatnonzero(counted)
    received = received_day[index]
    step = snapshot.schema.sop.step_named(deadline.until_step)
    done = snapshot.register.cases.frame[step.key].to_numpy("datetime64[D]")[index]
    finished = progress.cases["finished_at"].to_numpy("datetime64[D]")[index]
    done = np.where(np.isnat(done), finished, done)
    due = last_day(received, deadline.days, deadline.unit, calendar)
    extended = last_day(received, deadline.days + deadline.extension_days, deadline.unit, calendar)
    reached = np.where(np.isnat(done), today, done)
    return pd.DataFrame(
        {
            "case": index,
            "name": deadline.name,
            "source": deadline.source,
            "unit": deadline.unit,
            "due": due.astype("datetime64[s]"),
            "extended": extended.astype("datetime64[s]"),
            "done": done.astype("datetime64[s]"),
            "left": _days_left(today, due, deadline.unit, calendar),
            "late": reached > extended,
        }
    )


def last_day(received: np.ndarray, days: int, unit: str, calendar: WorkCalendar) -> np.ndarray:
    """The last day of a deadline, counted from the day after receipt; NaT beyond the calendar."""
    if unit == "working":
        return np.asarray(calendar.add_working_days(received, days), dtype="datetime64[D]")
    return received + np.timedelta64(days, "D")


def _days_left(
    today: np.datetime64, due: np.ndarray, unit: str, calendar: WorkCalendar
) -> np.ndarray:
    left, known = np.full(len(due), np.nan), ~np.isnat(due)
    if unit == "calendar":
        left[known] = (due[known] - today).astype(np.int64)
    else:
        left[known] = calendar.working_days(today, due[known])
    return left
