"""When the office is open: regimes of weekly hours with dates, and the holidays' source."""

import re
from datetime import date
from itertools import chain, pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from automation.core.schema.fact import Fact, FactError, Tuple, known, nearest, refuse
from automation.core.schema.holiday_source import CODES, country

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

EARLIEST = date(1900, 1, 1)  # before the spreadsheets' own calendars begin
LATEST = date(2100, 12, 31)  # a later date is a typing mistake, or a wrong clock

Minutes = Annotated[int, Field(ge=0, le=1440)]
Period = tuple[Minutes, Minutes]  # from, to: minutes from midnight


def _period(text: object) -> Period:
    """'07.30-12.00' as minutes from midnight: (450, 720)."""
    match = re.fullmatch(r"(\d{2})\.(\d{2})-(\d{2})\.(\d{2})", str(text))
    if not match:
        raise ValueError(f"{text!r} bukan rentang jam seperti '07.30-12.00'")
    h1, m1, h2, m2 = map(int, match.groups())
    if not (h1 <= 24 and h2 <= 24 and m1 < 60 and m2 < 60 and h1 * 60 + m1 < h2 * 60 + m2 <= 1440):
        raise ValueError(f"{text!r} tidak maju dalam satu hari")
    return h1 * 60 + m1, h2 * 60 + m2


def _day(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    if any(end > start for (_, end), (start, _) in pairwise(periods)):
        raise ValueError("rentang jam sehari harus berurutan dan tidak bertumpang-tindih")
    return periods


Day = Annotated[tuple[Annotated[Period, BeforeValidator(_period)], ...], AfterValidator(_day)]


class Holidays(Fact):
    country: str
    categories: tuple[str, ...] = Tuple
    language: str | None = None

    @model_validator(mode="after")
    def _known_to_the_package(self) -> Self:
        if self.country not in CODES:
            raise FactError([("country", f"tidak dikenal; {nearest(self.country, CODES)}")])
        source = country(self.country)
        refuse(
            chain(
                *(known("categories", one, source.supported_categories) for one in self.categories),
                known("language", self.language, source.supported_languages),
            )
        )
        return self


class Regime(Fact):
    """Weekly hours that hold from `start` to `end`, both included; None = no limit."""

    name: str
    source: str
    confirmed: bool
    start: date | None = None
    end: date | None = None
    monday: Day = Tuple
    tuesday: Day = Tuple
    wednesday: Day = Tuple
    thursday: Day = Tuple
    friday: Day = Tuple
    saturday: Day = Tuple
    sunday: Day = Tuple

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"{self.name}: end lebih awal daripada start")
        return self

    def periods(self, weekday: int) -> tuple[Period, ...]:
        """Working periods on a weekday (0 = Monday), minutes from midnight."""
        periods: tuple[Period, ...] = getattr(self, WEEKDAYS[weekday])
        return periods

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class WorkingHours(Fact):
    earliest: date = Field(ge=EARLIEST, le=LATEST)  # no date of the register can lie before it
    holidays: Holidays | None = None
    regimes: tuple[Regime, ...] = Field(min_length=1, strict=False)

    def can_be(self, day: date) -> bool:
        """Whether the program can be asked for such a day: its clock is not wrong beyond doubt."""
        return self.earliest <= day <= LATEST
