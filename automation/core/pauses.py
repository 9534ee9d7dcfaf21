"""Pauses of the tab `Jeda`: the time in which a case's clock stands still."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from automation.core.register import Register
from automation.core.slips import LONGEST_PAUSE, lasts_longer
from automation.core.working_time import WorkCalendar

Instants = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Pauses:
    """Pauses that do not overlap, sorted by case and start.

    `index` is the case's position in the Register's table; a case number that stands in two rows
    pauses both. A pause without an end lasts as long as the calendar (`lasting`).
    """

    index: npt.NDArray[np.int64]
    starts: Instants
    ends: Instants
    lasting: npt.NDArray[np.bool_]
    calendar: WorkCalendar

    @classmethod
    def of(cls, register: Register, calendar: WorkCalendar) -> "Pauses":
        """The usable rows of `Jeda`: readable, running forward, for a case of the Register."""
        table = register.pauses
        frame = table.frame[["number", "start", "end"]].copy()
        frame["lasting"] = ~table.filled["end"]
        start, end = frame["start"].to_numpy(), frame["end"].to_numpy()
        frame = frame[~lasts_longer(start, end, LONGEST_PAUSE)]
        frame["end"] = frame["end"].where(~frame["lasting"], pd.Timestamp(calendar.last))
        frame = frame[(frame["start"] < frame["end"]) & (frame["number"] != "")]
        cases = register.cases.frame["number"].reset_index(name="number")
        frame = cases.merge(frame, on="number").sort_values(["index", "start"])
        united = _united(frame)
        bounds = calendar.first, calendar.last
        return cls(
            index=united["index"].to_numpy(np.int64),
            starts=np.clip(united["start"].to_numpy("datetime64[s]"), *bounds),
            ends=np.clip(united["end"].to_numpy("datetime64[s]"), *bounds),
            lasting=united["lasting"].to_numpy(bool),
            calendar=calendar,
        )

    def spans(self, index: int) -> list[tuple[datetime, datetime]]:
        """The pauses of the case at `index`, in time order."""
        first, last = np.searchsorted(self.index, [index, index + 1])
        return list(
            zip(self.starts[first:last].tolist(), self.ends[first:last].tolist(), strict=True)
        )

    def within(
        self, starts: Instants, ends: Instants, where: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.float64]:
        """Working seconds paused within each interval; arrays of shape (cases, intervals).

        Intervals outside `where` count 0.
        """
        paused = np.zeros(starts.shape)
        used = where[self.index]
        low = np.maximum(starts[self.index], self.starts[:, None])
        high = np.minimum(ends[self.index], self.ends[:, None])
        meets = used & (low < high)
        seconds = np.zeros(low.shape)
        seconds[meets] = self.calendar.elapsed(low[meets], high[meets])
        np.add.at(paused, self.index, seconds)
        return paused

    def covers(self, at: np.datetime64, cases: int) -> npt.NDArray[np.bool_]:
        """For each case whether it is paused at that instant."""
        paused = np.zeros(cases, dtype=bool)
        paused[self.index[(self.starts <= at) & (at < self.ends)]] = True
        return paused

    def due(
        self, index: npt.NDArray[np.int64], since: Instants, seconds: npt.NDArray[np.int64]
    ) -> Instants:
        """When `seconds` of working time are used up, pauses not counted.

        NaT for a case whose pause has no end yet: nobody can know its due time.
        """
        needed = seconds.astype(np.int64)
        endless = np.zeros(len(index), dtype=bool)
        place = {case: i for i, case in enumerate(index.tolist())}
        for case, start, end, lasting in zip(
            self.index.tolist(), self.starts, self.ends, self.lasting, strict=True
        ):
            i = place.get(case)
            if i is None or end <= since[i]:
                continue
            start = max(start, since[i])
            if self.calendar.elapsed(since[i], start) < needed[i]:
                needed[i] += self.calendar.elapsed(start, end)
                endless[i] |= lasting
        due = self.calendar.due(since, needed)
        due[endless] = np.datetime64("NaT", "s")
        return due


def _united(frame: pd.DataFrame) -> pd.DataFrame:
    """Overlapping or touching pauses of a case as one."""
    latest = frame.groupby("index")["end"].cummax()
    before = latest.groupby(frame["index"]).shift()
    group = (before.isna() | (frame["start"] > before)).cumsum().rename("group")
    return frame.groupby(["index", group], as_index=False).agg(
        start=("start", "min"), end=("end", "max"), lasting=("lasting", "max")
    )
