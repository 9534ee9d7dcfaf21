"""Pauses of the tab `Jeda`: the time in which a case's clock stands still.

typed               09.00–09.30, 09.15–10.00, 11.00 with no end yet
united              09.00–10.00, 11.00–
from 08.30 to 10.30 60 of the 120 minutes are paused
from 08.30 on       60 minutes are used up at 10.30, 90 at 11.00, 91 nobody knows when
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from automation.core.arrays import Bools, Floats, Instants, Ints
from automation.core.office_time.slips import LONGEST_PAUSE, lasts_longer
from automation.core.office_time.working_time import WorkCalendar
from automation.core.once import cached_property
from automation.core.register.register import Register


@dataclass(frozen=True)
class Pauses:
    """Pauses that do not overlap, sorted by case and start.

    `index` is the case's position in the Register's table; a case number that stands in two rows
    pauses both. A pause without an end lasts as long as the calendar (`lasting`).
    """

    index: Ints
    starts: Instants
    ends: Instants
    lasting: Bools
    calendar: WorkCalendar

    @classmethod
    def of(cls, register: Register, calendar: WorkCalendar) -> "Pauses":
        """The usable rows of `Jeda`: readable, running forward, for a case of the Register."""
        united = list(_united(sorted(_usable(register, calendar))))
        first, last = calendar.first, calendar.last
        return cls(
            index=np.array([span.case for span in united], dtype=np.int64),
            starts=np.array([span.start for span in united], "M8[s]").clip(first, last),
            ends=np.array([span.end for span in united], "M8[s]").clip(first, last),
            lasting=np.array([span.lasting for span in united], dtype=bool),
            calendar=calendar,
        )

    def spans(self, index: int) -> list[tuple[datetime, datetime]]:
        """The pauses of the case at `index`, in time order."""
        return self._spans.get(index, [])

    @cached_property
    def _spans(self) -> Mapping[int, list[tuple[datetime, datetime]]]:
        found: dict[int, list[tuple[datetime, datetime]]] = {}
        columns = (self.index.tolist(), self.starts.tolist(), self.ends.tolist())
        for index, start, end in zip(*columns, strict=True):
            found.setdefault(index, []).append((start, end))
        return found

    def within(self, starts: Instants, ends: Instants, where: Bools) -> Floats:
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

    def covers(self, at: np.datetime64, cases: int) -> Bools:
        """For each case whether it is paused at that instant."""
        paused = np.zeros(cases, dtype=bool)
        paused[self.index[(self.starts <= at) & (at < self.ends)]] = True
        return paused

    def due(self, index: Ints, since: Instants, seconds: Ints) -> Instants:
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


class _Span(NamedTuple):
    case: int
    start: np.datetime64
    end: np.datetime64
    lasting: bool


def _usable(register: Register, calendar: WorkCalendar) -> Iterator[_Span]:
    """For each usable pause and each case of its number."""
    table = register.pauses
    start, end = table.frame["start"].to_numpy(), table.frame["end"].to_numpy()
    lasting = ~table.filled["end"].to_numpy(bool)
    too_long = lasts_longer(start, end, LONGEST_PAUSE)
    end = np.where(lasting, calendar.last, end)
    places = np.flatnonzero((start < end) & ~too_long).tolist()
    cases = _places(register.cases.frame["number"], table.frame["number"])
    for place in places:
        for index in cases[table.frame["number"].iat[place]]:
            yield _Span(index, start[place], end[place], bool(lasting[place]))


def _places(numbers: Iterable[str], wanted: Iterable[str]) -> Mapping[str, list[int]]:
    """Where each of the wanted numbers stands; an empty one stands nowhere."""
    found: dict[str, list[int]] = {number: [] for number in wanted}
    for index, number in enumerate(numbers if found else ()):
        if number and number in found:
            found[number].append(index)
    return found


def _united(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Overlapping or touching pauses of a case, in order, as one."""
    before: _Span | None = None
    for span in spans:
        if before and before.case == span.case and span.start <= before.end:
            end, lasting = max(before.end, span.end), before.lasting or span.lasting
            before = before._replace(end=end, lasting=lasting)
            continue
        if before:
            yield before
        before = span
    if before:
        yield before
