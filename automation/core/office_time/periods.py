"""What a report is about: a month, or a year."""

from dataclasses import dataclass
from datetime import date

from automation.core.office_time.months import month_of
from automation.core.words.indonesian import month_name


@dataclass(frozen=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date
    end: date
    name: str  # "2026-11" or "2026": plain enough for the name of a file on every system
    words: str  # "November 2026" or "tahun 2026"

    @property
    def is_year(self) -> bool:
        return self.start.month != self.end.month

    @property
    def opening(self) -> str:
        """Its words as a sentence begins with them."""
        return f"{self.words[0].upper()}{self.words[1:]}"

    @property
    def noun(self) -> str:
        return "tahun" if self.is_year else "bulan"

    def is_over(self, today: date) -> bool:
        return self.end < today


def whole_month(day: date) -> Period:
    """The month of a day."""
    days = month_of(day)
    name = month_name(day.year, day.month)
    return Period(days.start, days.end, f"{day.year:04}-{day.month:02}", name)


def whole_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}", f"tahun {year}")
