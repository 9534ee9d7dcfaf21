"""Serial numbers by the patterns of dates, times and durations.

Source: https://developers.google.com/workspace/sheets/api/guides/formats
"""

import re
from datetime import datetime, timedelta

from tests.sheets_emulator.locales import Locale

EPOCH = datetime(1899, 12, 30)  # the day 0 of serial numbers
DATE_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[[hH]+\]|\[[mM]+\]|\[[sS]+\]|(?i:am/pm|a/p|am|pm)'
    r"|y+|Y+|m+|M+|d+|D+|h+|H+|s+|S+|\.0+|.",
)
DAY = 86400  # seconds
UNITS = {"h": 3600, "m": 60, "s": 1}
HALVES = ("AM/PM", "A/P", "AM", "PM")


def date_shown(value: float, pattern: str, locale: Locale) -> str:
    """A serial number by a date or time pattern."""
    tokens = DATE_TOKEN.findall(pattern)
    places = max((len(token) - 1 for token in tokens if token.startswith(".0")), default=0)
    seconds = round(value * DAY, places)
    moment = EPOCH + timedelta(seconds=seconds)
    half_day = any(token.upper() in HALVES for token in tokens)
    text = ""
    for index, token in enumerate(tokens):
        if token in ("m", "mm") and is_minutes(tokens, index):
            text += str(moment.minute).zfill(len(token))
        elif token[0] == "[":
            text += str(elapsed(seconds, token, tokens[:index])).zfill(len(token) - 2)
        else:
            text += date_part(token, moment, half_day, locale)
    return text


def is_minutes(tokens: list[str], index: int) -> bool:
    """An `m` behind hours or before seconds is minutes, else months."""
    before = [token for token in tokens[:index] if token[0] in "hHsSdDyY["]
    after = [token for token in tokens[index + 1 :] if token[0] in "hHsSdDyYmM["]
    behind_hours = bool(before) and before[-1].lower().strip("[]").startswith("h")
    return behind_hours or (bool(after) and after[0].lower().strip("[]").startswith("s"))


def date_part(token: str, moment: datetime, half_day: bool, locale: Locale) -> str:
    """One token of a date pattern."""
    letter, size = token[0].lower(), len(token)
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    if token.upper() == "A/P":
        return token[0 if moment.hour < 12 else 2]
    if token.upper() in HALVES:
        return "AM" if moment.hour < 12 else "PM"
    if letter == '"':
        return token[1:-1]
    if letter == "\\":
        return token[1]
    if letter == "." and size > 1:
        return f".{moment.microsecond:06d}"[:size]
    names = {
        "y": lambda: f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}",
        "m": lambda: named(locale.months[moment.month - 1], moment.month, size),
        "d": lambda: named(locale.days[moment.weekday()], moment.day, size),
        "h": lambda: str(hour).zfill(min(size, 2)),
        "s": lambda: str(moment.second).zfill(min(size, 2)),
    }
    return names[letter]() if letter in names else token


def named(name: str, number: int, size: int) -> str:
    """`1`, `01`, `Jan`, `January`, `J`."""
    if size <= 2:
        return str(number).zfill(size)
    return {3: name[:3], 5: name[:1]}.get(size, name)


def elapsed(seconds: float, token: str, before: list[str]) -> int:
    """Hours, minutes or seconds since the start, or since the last full `[h]` or `[m]` before."""
    larger = [UNITS[each[1].lower()] for each in before if each[0] == "["]
    return int(seconds % min(larger) if larger else seconds) // UNITS[token[1].lower()]
