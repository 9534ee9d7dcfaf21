"""Dates and times as people leave them in cells: real ones, serial numbers, Indonesian text.

Nothing is guessed: a date is read day first, and what does not fit a known form is not read.
Instants are local
wall-clock time in whole seconds. A text that names a zone is read in the office's own: `zone` is
its name as written behind a time ("WIB", or "+08" where a zone has no name).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isnan, nan

import numpy as np

from automation.core.arrays import Bools, Floats, Instants, Ints
from automation.core.office_time.serials import DAY_ZERO
from automation.core.schema.hours import LATEST
from automation.core.words.indonesian import MONTHS
from automation.core.words.texts import plain

EPOCH = np.datetime64(DAY_ZERO, "s")
NAT = np.datetime64("NaT", "s")
DAY = 86_400

LARGEST_OFFSET = 14  # hours
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0, "Z": 0}  # hours east of Greenwich

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTH_WORDS = {
    **{name.casefold(): place for place, name in enumerate(MONTHS, start=1)},
    **{name.casefold()[:3]: place for place, name in enumerate(MONTHS, start=1)},
    **{"pebruari": 2, "peb": 2, "agt": 8, "ags": 8, "agust": 8, "sept": 9, "nopember": 11},
    **{"mrt": 3, "ag": 8, "agus": 8, "agst": 8, "febr": 2, "pebr": 2},
    **{word: place for place, word in enumerate(_ROMAN, start=1)},
    **{"nop": 11, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7},
    **{"august": 8, "aug": 8, "october": 10, "oct": 10, "december": 12, "dec": 12},
}
_WEEKDAY = r"(?:(?:senin|selasa|rabu|kamis|jum[^a-z0-9]{0,2}at|sabtu|minggu|ahad)\s*[,/]?\s*)?"
# No "-07:00": "08:15-09:00" is a span of hours.
_ZONE = r"(?:\s*(?P<zone>wib|wita|wit|utc|gmt|z|\+\d{2}(?::?\d{2})?))?"
_CLOCK = (
    r"(?:(?:\s*,\s*|\s+|t)(?:(?:pukul|pkl\.?|jam)\s*)?(?P<hour>\d{1,2})[.:,](?P<minute>\d{2})"
    rf"(?:[.:,](?P<second>\d{{2}})(?:\.0+)?)?{_ZONE})?"
)
_WRITTEN = (
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})\s*[/.-]\s*(?P<month>\d{{1,2}})\s*[/.-]\s*"
    rf"(?P<year>\d{{4}}|\d{{2}}){_CLOCK}",
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s./-]*(?P<month>[a-z]+)\.?[\s./,-]*"
    rf"(?P<year>\d{{4}}|\d{{2}}){_CLOCK}",
    rf"{_WEEKDAY}(?P<year>\d{{4}})[/.-](?P<month>\d{{1,2}})[/.-](?P<day>\d{{1,2}}){_CLOCK}",
)
_FORMS = tuple(map(re.compile, _WRITTEN))
_TIME = re.compile(
    r"(?:(?:pukul|pkl\.?|jam)\s*)?(?P<hour>\d{1,2})[.:,](?P<minute>\d{2})(?:[.:,]00)?" + _ZONE
)


@dataclass(frozen=True)
class Moments:
    """A column of cells, read. Arrays of one length; NaT where a cell is empty or unreadable."""

    instants: Instants  # datetime64[s]; a date alone is its midnight
    timed: Bools  # whether the cell gave a time of day
    filled: Bools  # whether the cell holds anything


def read_moments(cells: Sequence[object], zone: str) -> Moments:
    """Dates with or without a time of day."""
    instants = np.full(len(cells), NAT)
    timed = np.zeros(len(cells), dtype=bool)
    filled = np.ones(len(cells), dtype=bool)
    for kind, places in _by_type(cells):
        chosen = [cells[place] for place in places]
        if issubclass(kind, datetime):
            found = np.array(chosen, dtype="datetime64[s]")
            instants[places], timed[places] = found, found != found.astype("datetime64[D]")
        elif issubclass(kind, date):
            instants[places] = np.array(chosen, dtype="datetime64[D]")
        elif issubclass(kind, (int, float)) and not issubclass(kind, bool):
            instants[places], timed[places] = _of_serials(np.array(chosen, dtype=float))
        elif issubclass(kind, str):
            texts = [plain(str(cell)) for cell in chosen]
            read = {text: _of_text(text, zone) for text in set(texts)}
            instants[places] = np.array([read[text][0] for text in texts])
            timed[places] = [read[text][1] for text in texts]
            filled[places] = [text != "" for text in texts]
        elif kind is type(None):
            filled[places] = False
    return Moments(instants, timed, filled)


def read_times(cells: Sequence[object], zone: str) -> tuple[Floats, Bools]:
    """Times of day as minutes from midnight, NaN where empty or unreadable; and what is filled.

    A number that is not a fraction of a day is not read: 8.5 could be half past eight or 08.50.
    """
    minutes = np.full(len(cells), np.nan)
    filled = np.ones(len(cells), dtype=bool)
    for kind, places in _by_type(cells):
        chosen = [cells[place] for place in places]
        if issubclass(kind, time):
            minutes[places] = [_minutes(each) for each in chosen if isinstance(each, time)]
        elif issubclass(kind, (int, float)) and not issubclass(kind, bool):
            fractions = np.array(chosen, dtype=float)
            within = (fractions >= 0) & (fractions < 1)
            seconds = np.round(np.where(within, fractions, 0) * DAY)
            whole = within & (seconds % 60 == 0)
            minutes[places] = np.where(whole, seconds / 60, np.nan)
        elif issubclass(kind, str):
            texts = [plain(str(cell)) for cell in chosen]
            minutes[places] = [_minutes_of_text(text, zone) for text in texts]
            filled[places] = [text != "" for text in texts]
        elif kind is type(None):
            filled[places] = False
    return minutes, filled


def _by_type(cells: Sequence[object]) -> list[tuple[type, Ints]]:
    """The places of the cells of each type; usually there are one or two types in a column."""
    found: dict[type, list[int]] = {}
    for place, cell in enumerate(cells):
        found.setdefault(type(cell), []).append(place)
    return [(kind, np.array(places)) for kind, places in found.items()]


def _of_serials(
    days: Floats,
) -> tuple[Instants, Bools]:
    plausible = (days >= 1) & (
        days < (np.datetime64(LATEST, "D") + 1 - EPOCH) / np.timedelta64(DAY, "s")
    )
    seconds = np.round(np.where(plausible, days, 0) * DAY).astype(np.int64)
    return np.where(plausible, EPOCH + seconds, NAT), seconds % DAY != 0


def _of_text(text: str, zone: str) -> tuple[np.datetime64, bool]:
    """The instant, NaT where the calendar has no such; and whether a time of day is given."""
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if found is None:
        return NAT, False
    word, timed, shift = found["month"], found["hour"] is not None, _shift(zone, found["zone"])
    year = int(found["year"]) + 2000 * (int(found["year"]) < 100)
    month = _MONTH_WORDS.get(word) or (int(word) if word.isdecimal() else 0)
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    try:
        at = datetime(year, month, int(found["day"]), hour, minute, second)
    except ValueError:
        return NAT, timed
    if year > LATEST.year or isnan(shift):
        return NAT, timed
    return np.datetime64(at, "s") + np.timedelta64(int(shift * 60), "s"), timed


def _minutes_of_text(text: str, zone: str) -> float:
    """Minutes from midnight; NaN for what is no time of this day."""
    found = _TIME.fullmatch(text)
    if found is None or int(found["hour"]) >= 24 or int(found["minute"]) >= 60:
        return nan
    local = int(found["hour"]) * 60 + int(found["minute"]) + _shift(zone, found["zone"])
    return local if 0 <= local < 24 * 60 else nan


def _shift(zone: str, written: str | None) -> float:
    """Minutes to add to a time of the written zone for the office's own; NaN if nobody can know."""
    if written is None or written == zone.casefold():
        return 0.0
    return _offset(zone) - _offset(written)


def _offset(zone: str) -> float:
    """Minutes east of Greenwich; NaN for a zone that is not known."""
    if zone.upper() in ZONES:
        return ZONES[zone.upper()] * 60.0
    match = re.fullmatch(r"([+-])(\d{2}):?([0-5]\d)?", zone)
    if not match or int(match[2]) > LARGEST_OFFSET:
        return float("nan")
    minutes = int(match[2]) * 60.0 + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes


def part_of_day(at: time) -> float:
    """A time of day as a workbook's cell holds it: 0.5 is noon."""
    return (datetime.combine(date.min, at) - datetime.min) / timedelta(days=1)


def _minutes(at: time) -> float:
    return float("nan") if at.second else at.hour * 60 + at.minute
