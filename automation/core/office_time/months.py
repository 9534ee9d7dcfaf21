"""Months, and the days that they are compared with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from automation.core.words.indonesian import MONTHS, month_name


@dataclass(frozen=True)
class Days:
    """The days from `start` to `end`, both included, within one month."""

    start: date
    end: date

    @property
    def are_whole(self) -> bool:
        """Whether they are all of their month."""
        return self.start.day == 1 and self.end == month_of(self.start).end

    @property
    def words(self) -> str:
        """ "November 2026" or "1 s.d. 23 November 2026"."""
        if self.are_whole:
            return month_name(self.start.year, self.start.month)
        return f"{self.short_words} {self.end.year}"

    @property
    def short_words(self) -> str:
        """ "November" or "1 s.d. 23 November"."""
        name = MONTHS[self.start.month - 1]
        if self.are_whole:
            return name
        first = f"{self.start.day} s.d. " if self.start != self.end else ""
        return f"{first}{self.end.day} {name}"


def month_of(day: date) -> Days:
    """The whole month of a day."""
    return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def previous_month(day: date) -> Days:
    """The whole month before that of a day; before the first of all months there is itself."""
    first = day.replace(day=1)
    return month_of(first - timedelta(days=1) if first > date.min else first)


def month_before(days: Days) -> Days:
    """The month before: whole beside a whole one, else to the same day, or to its last."""
    whole = previous_month(days.start)
    if days.are_whole:
        return whole
    return Days(whole.start, min(whole.end, whole.start + (days.end - days.start)))


def months_until(first: date, today: date, most: int) -> list[Days]:
    """The present month to today, then those before it down to that of `first`."""
    found = [Days(today.replace(day=1), today)]
    while found[-1].start > first and len(found) < most:
        found.append(previous_month(found[-1].start))
    return found


def a_month_ago(now: datetime) -> datetime:
    """The same time of the same day of the month before, or of its last day."""
    last = previous_month(now.date()).end
    return datetime.combine(last.replace(day=min(now.day, last.day)), now.time())
