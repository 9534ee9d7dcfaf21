"""Which hours hold on which day: regimes, national holidays, and the office's own tab `Libur`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from automation.core.office_time.slips import LONGEST_CLOSURE
from automation.core.office_time.working_time import DayHours, WorkCalendar
from automation.core.schema import Period, WorkingHours
from automation.core.schema.holiday_source import country
from automation.core.schema.hours import LATEST, Holidays

ONE_DAY = timedelta(days=1)
YEARS_BEFORE = 1  # somebody may ask for the working day before the first day
YEARS_AHEAD = 3  # due times and deadlines lie in the future


@dataclass(frozen=True)
class OfficeHours:
    """The work calendar, and why a day in it is not an ordinary one."""

    calendar: WorkCalendar
    occasions: Mapping[date, str]  # "Hari Raya Idul Fitri", or the remark in `Libur`
    estimated_years: tuple[int, ...]  # years whose cuti bersama is not announced yet


def office_hours(
    hours: WorkingHours, closures: pd.DataFrame, first_year: int, now_year: int
) -> OfficeHours:
    """The hours of every day from a year before `first_year` until some years after `now_year`.

    Any years will do: the calendar keeps to those that the program can speak of. `closures` is the
    frame of the tab `Libur`; its rows with hours outrank every other rule. Rows that contradict
    themselves or cannot be true are left out here and are findings elsewhere.
    """
    first, last = _reach(hours.earliest.year, first_year, now_year)
    national = national_holidays(hours.holidays, first.year, last.year)
    occasions: dict[date, str] = dict(national)
    own: dict[date, tuple[Period, ...]] = {}
    for day, periods, remark in _own_days(closures, first, last):
        own[day] = periods
        occasions[day] = remark or occasions.get(day, "")
    estimated = unannounced_years(hours.holidays, max(now_year, first.year), last.year)
    if not own:
        return OfficeHours(_usual_calendar(hours, first, last), occasions, estimated)
    days = list(_usual_days(hours, first, last))
    for day, periods in own.items():
        days[(day - first).days] = DayHours(periods)
    return OfficeHours(WorkCalendar(first, days), occasions, estimated)


def usual_calendar(hours: WorkingHours, year: int) -> WorkCalendar:
    """The hours around a year without the tab `Libur`, for who has not seen it."""
    return _usual_calendar(hours, *_reach(hours.earliest.year, year, year))


@lru_cache(maxsize=8)
def _usual_calendar(hours: WorkingHours, first: date, last: date) -> WorkCalendar:
    return WorkCalendar(first, _usual_days(hours, first, last))


@lru_cache(maxsize=8)  # the same at every look; only the tab `Libur` changes between two
def _usual_days(hours: WorkingHours, first: date, last: date) -> tuple[DayHours, ...]:
    """What holds without the tab `Libur`."""
    national = national_holidays(hours.holidays, first.year, last.year)
    return tuple(
        DayHours(() if day in national else _regular(hours, day)) for day in _days(first, last)
    )


def _reach(earliest_year: int, first_year: int, now_year: int) -> tuple[date, date]:
    """The first and the last day of the calendar."""
    first = min(max(first_year, earliest_year), LATEST.year)
    last = min(max(now_year, first), LATEST.year)
    return date(first - YEARS_BEFORE, 1, 1), date(last + YEARS_AHEAD, 12, 31)


@lru_cache(maxsize=8)
def national_holidays(source: Holidays | None, first: int, last: int) -> Mapping[date, str]:
    """Public holidays and cuti bersama with their names, by day."""
    if source is None:
        return {}
    found = country(source.country)(
        categories=source.categories,
        years=range(first, last + 1),
        language=source.language,
    )
    return dict(found)


@lru_cache(maxsize=8)
def unannounced_years(source: Holidays | None, first: int, last: int) -> tuple[int, ...]:
    """Years for which the calendar knows no cuti bersama, since its decree is not out yet."""
    if source is None or "government" not in source.categories:
        return ()
    return tuple(
        year
        for year in range(first, last + 1)
        if not country(source.country)(categories=("government",), years=year)
    )


def _regular(hours: WorkingHours, day: date) -> tuple[Period, ...]:
    for regime in reversed(hours.regimes):
        if regime.holds_on(day):
            return regime.periods(day.weekday())
    return ()


def _own_days(
    closures: pd.DataFrame, first: date, last: date
) -> Iterator[tuple[date, tuple[Period, ...], str]]:
    """Days of the tab `Libur`, those with hours last since they outrank closures."""
    usable = [row for row in closures.itertuples() if not pd.isna(row.start)]
    for row in sorted(usable, key=_has_hours):
        periods = _special_periods(row.opens, row.closes, row.break_start, row.break_end)
        start = row.start.date()
        end = start if pd.isna(row.end) else row.end.date()
        if periods is None or end - start >= LONGEST_CLOSURE:
            continue
        for day in _days(max(start, first), min(end, last)):
            yield day, periods, row.remarks


def _has_hours(row: Any) -> bool:
    return not (np.isnan(row.opens) and np.isnan(row.closes))


def _special_periods(
    opens: float, closes: float, break_start: float, break_end: float
) -> tuple[Period, ...] | None:
    """Periods in minutes from midnight; () = closed; None = the hours contradict themselves."""
    known = [not np.isnan(value) for value in (opens, closes, break_start, break_end)]
    if not any(known):
        return ()
    if known == [True, True, False, False] and opens < closes:
        return ((int(opens), int(closes)),)
    if all(known) and opens <= break_start < break_end <= closes:
        halves = (int(opens), int(break_start)), (int(break_end), int(closes))
        return tuple(half for half in halves if half[0] < half[1])
    return None


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + offset * ONE_DAY
