"""Working time: how much lies between two instants, and when a given amount is used up.

Instants are local wall-clock times without a zone, in whole seconds. This file knows *when* the
office works, day by day; *why* a day has its hours (regimes, holidays, closures) is not its
business.

Hours start and end on whole minutes. So the calendar falls into equal slots, each worked from end
to end or not at all: half hours if every period starts and ends on the half hour, minutes at
worst. One table holds the seconds worked before each slot, another the idle seconds before each
worked slot; either question is a division and a look-up, however many periods lie between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, pairwise
from math import gcd

import numpy as np

from automation.core.arrays import Bools, Instants, Ints

At = Instants | np.datetime64 | datetime
Days = Instants | np.datetime64 | date  # datetime64[D]
Amounts = Ints | int

DAY_MINUTES = 24 * 60
DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class DayHours:
    """One day's working periods as (start, end) in minutes from midnight; none = closed.

    Periods are in order, do not overlap, and lie within 0 to 1440 (24.00); work through the night
    is a period up to 1440 and another from 0 on the next day. Raises ValueError otherwise.
    """

    periods: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        edges = [0, *chain.from_iterable(self.periods), DAY_MINUTES]
        in_order = all(earlier <= later for earlier, later in pairwise(edges))
        if not in_order or any(start == end for start, end in self.periods):
            raise ValueError(f"not the working periods of a day, in order: {self.periods}")


class WorkCalendar:
    """When the office works, on each of a run of consecutive days.

    Instants and days may be numpy arrays of any shape, broadcast together, or single values; for
    single values the results are numpy scalars or 0-d arrays. Arrays of datetime64[s] are not
    copied; finer units lose their fraction of a second. Amounts of time are whole seconds.

    The calendar reaches from `first`, the midnight before its first day, to `last`, the midnight
    after its last day. Outside it no work is known, so none is counted, and a due time or a day
    that lies beyond its end is NaT. Every method raises ValueError for a question about NaT.
    """

    def __init__(self, first_day: date, days: Sequence[DayHours]) -> None:
        """The calendar of `first_day` and the days after it, one `DayHours` each, at least one."""
        if not days:
            raise ValueError("a calendar needs at least one day")
        self.first = np.datetime64(first_day, "s")
        self.last = self.first + len(days) * DAY_SECONDS
        self._first_day = first_day
        self._days = tuple(days)
        self._periods: dict[date, list[tuple[datetime, datetime]]] = {}
        self.first_instant = datetime.combine(first_day, time())
        self.last_instant = self.first_instant + timedelta(days=len(days))

        slot_minutes, working = _slots(days)
        self._slot = 60 * slot_minutes
        narrowest = np.min_scalar_type(-len(days) * DAY_SECONDS)  # 32 bits for up to 68 years
        # An idle slot after the end lets `last` be looked up like any other instant.
        self._worked = np.pad(working, 1).cumsum(dtype=narrowest) * self._slot
        worked_slots = np.flatnonzero(working)
        idle_slots = worked_slots - np.arange(worked_slots.size)
        self._idle = (np.pad(idle_slots, (1, 0)) * self._slot).astype(narrowest)

        is_open = np.array([bool(hours.periods) for hours in days])
        open_days = np.datetime64(first_day, "D") + np.flatnonzero(is_open)
        self._working_days: Instants = np.append(open_days, np.datetime64("NaT", "D"))
        self._working_days_up_to: Ints = np.append(0, is_open.cumsum())

    def worked(self, at: At) -> Ints:
        """Working seconds from the calendar's start to each instant."""
        seconds = self._seconds(at)
        slot = seconds // self._slot
        into_slot = seconds - slot * self._slot
        worked: Ints = np.minimum(self._worked.take(slot) + into_slot, self._worked[1:].take(slot))
        return worked

    def elapsed(self, start: At, end: At) -> Ints:
        """Working seconds from `start` to `end`; negative where `end` is the earlier one."""
        return self.worked(end) - self.worked(start)

    def instant(self, worked: Amounts) -> Instants:
        """The earliest instant with so many seconds worked: the inverse of `worked`.

        It falls on the end of a working period, never on the start of the next. Negative amounts
        raise ValueError; more than the whole calendar's work is NaT.
        """
        amount = _amount(worked)
        worked_slots = -(-amount // self._slot)
        found = self.first + amount + self._idle.take(worked_slots, mode="clip")
        return np.where(amount > self._worked[-1], np.datetime64("NaT"), found)

    def due(self, start: At, seconds: Amounts) -> Instants:
        """The earliest instant from `start` on at which `seconds` of working time are used up.

        No seconds are used up at once, at `start` itself, even while the office is closed.
        Negative seconds raise ValueError; an instant past the calendar's end is NaT.
        """
        found = self.instant(self.worked(start) + _amount(seconds))
        due: Instants = np.maximum(found, np.asarray(start, "M8[s]"))
        return due

    def is_working(self, at: At) -> Bools:
        """Whether each instant is in a working period; its start is, its end is not."""
        slot = self._seconds(at) // self._slot
        known = np.asarray(at, "M8[s]") >= self.first
        working: Bools = self._worked.take(slot) < self._worked[1:].take(slot)
        return working & known

    def working_days(self, start: Days, end: Days) -> Ints:
        """Number of days with working hours after the day `start`, up to and with `end`.

        Negative where `end` is the earlier one.
        """
        return self._working_days_to(end) - self._working_days_to(start)

    def add_working_days(self, day: Days, count: Amounts) -> Instants:
        """The `count`-th working day after `day`, which itself does not count; datetime64[D].

        A count below 1 raises ValueError; a day past the calendar's end is NaT.
        """
        if np.any(np.less(count, 1)):
            raise ValueError("working days are counted from 1")
        place = self._working_days_to(day) + np.asarray(count) - 1
        return np.asarray(self._working_days.take(place, mode="clip"))

    def working_day_before(self, day: Days) -> Instants:
        """The last working day before `day`; NaT where the calendar knows none. datetime64[D]."""
        count = self._working_days_to(np.asarray(day, "M8[D]") - 1)
        return np.asarray(self._working_days[count - 1])  # none: the NaT at the end

    def periods(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The working periods between two instants, clipped to them, each within one day."""
        whole = chain.from_iterable(map(self.periods_of, self._days_between(start, end)))
        clipped = ((max(start, opens), min(end, closes)) for opens, closes in whole)
        return [(opens, closes) for opens, closes in clipped if opens < closes]

    def periods_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working periods of a day; none outside the calendar."""
        if day not in self._periods:
            self._periods[day] = self._reckoned(day)
        return self._periods[day]

    def _reckoned(self, day: date) -> list[tuple[datetime, datetime]]:
        place = (day - self._first_day).days
        if not 0 <= place < len(self._days):
            return []
        midnight = datetime.combine(day, time())
        return [
            (midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes))
            for opens, closes in self._days[place].periods
        ]

    def _days_between(self, start: datetime, end: datetime) -> Iterator[date]:
        day = max(start, self.first_instant).date()
        end = min(end, self.last_instant)
        while datetime.combine(day, time()) < end:
            yield day
            day += timedelta(days=1)

    def _seconds(self, at: At) -> Ints:
        return _steps(self.first, self.last, np.asarray(at, "M8[s]"))

    def _working_days_to(self, day: Days) -> Ints:
        first, last = self.first.astype("M8[D]"), self.last.astype("M8[D]")
        return self._working_days_up_to[_steps(first - 1, last - 1, np.asarray(day, "M8[D]"))]


def _slots(days: Sequence[DayHours]) -> tuple[int, Bools]:
    """The length of a slot in minutes, and whether each slot of all the days is worked."""
    rows = {hours: row for row, hours in enumerate(dict.fromkeys(days))}
    edges = {edge for hours in rows for period in hours.periods for edge in period}
    length = gcd(DAY_MINUTES, *edges)
    minutes = np.zeros((len(rows), DAY_MINUTES), dtype=bool)
    for hours, row in rows.items():
        for start, end in hours.periods:
            minutes[row, start:end] = True
    return length, minutes[[rows[hours] for hours in days], ::length].ravel()


def _steps(first: np.datetime64, last: np.datetime64, at: Instants) -> Ints:
    """Units of time from `first` to each of `at`, or to the nearer end; all of the same unit."""
    if np.isnat(at).any():
        raise ValueError("NaT is no instant of a calendar")
    steps: Ints = np.clip(at, first, last).view(np.int64) - first.astype(np.int64)
    return steps


def _amount(seconds: Amounts) -> Ints:
    amount = np.asarray(seconds, dtype=np.int64)
    if (amount < 0).any():
        raise ValueError(f"an amount of working time is not negative: {amount.min()}")
    return amount
