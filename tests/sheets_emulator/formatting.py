"""Cell values as people see them: number formats in the spreadsheet's locale.

Source: https://developers.google.com/workspace/sheets/api/guides/formats
"""

import re
from datetime import datetime, timedelta
from typing import Any

from tests.sheets_emulator.locales import LOCALES, Locale

Json = dict[str, Any]
Scalar = str | float | bool

EPOCH = datetime(1899, 12, 30)  # the day 0 of serial numbers
DATE_KINDS = ("DATE", "TIME", "DATE_TIME")
SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
DATE_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[[hH]+\]|\[[mM]+\]|\[[sS]+\]|AM/PM|am/pm|A/P|a/p'
    r"|y+|Y+|[mM]+|d+|D+|h+|H+|s+|S+|\.0+|.",
)
NUMBER_TOKEN = re.compile(r'"[^"]*"|\\.|[#0?,.]+(?:[eE][+-]0+)?|%|_.|\*.|\[[^\]]*\]|.')
LARGE, SMALL = 1e15, 1e-4
DIGITS = 15  # of a number, all told


def shown(value: Scalar | None, number_format: Json | None, locale_name: str) -> str:
    """A value as FORMATTED_VALUE gives it."""
    locale = LOCALES[locale_name]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    kind = (number_format or {}).get("type", "NUMBER_FORMAT_TYPE_UNSPECIFIED")
    pattern = (number_format or {}).get("pattern") or default_pattern(kind, locale)
    if not pattern or pattern == "@" or pattern.lower() == "general":
        return general(value, locale)
    if kind in DATE_KINDS or is_date_pattern(pattern):
        return date_shown(value, pattern, locale)
    return number_shown(value, pattern, locale)


def default_pattern(kind: str, locale: Locale) -> str:
    """What a format without a pattern looks like."""
    return {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": locale.currency,
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": locale.date_time,
        "SCIENTIFIC": "0.00E+00",
    }.get(kind, "")


def is_date_pattern(pattern: str) -> bool:
    """Does an untyped pattern speak of dates or times?"""
    bare = re.sub(r'"[^"]*"|\\.|[eE][+-]0+|\[[^hms\]]*\]', "", pattern)
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and not re.search(r"[#?]", bare)


def is_date(number_format: Json | None) -> bool:
    """Is a number with this format a date, a time or both?"""
    kind = (number_format or {}).get("type", "")
    return kind in DATE_KINDS or (
        kind != "TEXT" and is_date_pattern((number_format or {}).get("pattern", ""))
    )


def general(value: float, locale: Locale) -> str:
    """A number without a format: at most ten digits behind the point, no trailing zeros."""
    if value and not SMALL <= abs(value) < LARGE:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        text = f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"
    elif float(value).is_integer():
        text = str(int(value))
    elif abs(value) < 1:
        text = f"{value:.10g}"
    else:
        decimals = min(10, DIGITS - len(str(int(abs(value)))))
        text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return text.replace(".", locale.decimal)


def number_shown(value: float, pattern: str, locale: Locale) -> str:
    """A number by a pattern of up to three sections: positive; negative; zero."""
    sections = [part for part in SECTION.findall(pattern) if part] or [pattern]
    if value < 0 and len(sections) > 1:
        return by_section(-value, sections[1], locale)
    if value == 0 and len(sections) > 2:
        return by_section(0, sections[2], locale)
    sign = "-" if value < 0 else ""
    return sign + by_section(abs(value), sections[0], locale)


def by_section(value: float, section: str, locale: Locale) -> str:
    """An unsigned number by one section of a pattern."""
    tokens = NUMBER_TOKEN.findall(section)
    value *= 100 ** tokens.count("%")
    text = ""
    for token in tokens:
        if token[0] in "#0?.,":
            text += digits(value, token, locale)
        elif token[0] == '"':
            text += token[1:-1]
        elif token[0] in "\\_":
            text += token[1] if token[0] == "\\" else " "
        elif token[0] not in "*[":
            text += token
    return text


def digits(value: float, block: str, locale: Locale) -> str:
    """The digits of a number by a block such as `#,##0.00` or `0.00E+00`."""
    block, exponent, _ = (
        re.split(r"([eE][+-]0+)", block) if "E" in block.upper() else (block, "", "")
    )
    whole, _, fraction = block.partition(".")
    if exponent:
        mantissa, _, power = f"{value:.{len(fraction)}E}".partition("E")
        return f"{mantissa.replace('.', locale.decimal)}E{power[0]}{power[1:].zfill(2)}"
    text = f"{value:.{len(fraction)}f}"
    integer, _, decimals = text.partition(".")
    needed = whole.count("0")
    integer = integer.lstrip("0").zfill(needed) if needed else integer.lstrip("0")
    if "," in whole:
        integer = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", locale.group, integer)
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        decimals = decimals.removesuffix("0") if decimals.endswith("0") else decimals
    return integer + (locale.decimal + decimals if decimals else "")


def date_shown(value: float, pattern: str, locale: Locale) -> str:
    """A serial number by a date or time pattern."""
    tokens = DATE_TOKEN.findall(pattern)
    moment = EPOCH + timedelta(days=value)
    if not any(token.startswith(".0") for token in tokens):
        moment = EPOCH + timedelta(seconds=round(value * 86400))
    half_day = any(token.upper() in ("AM/PM", "A/P") for token in tokens)
    text = ""
    for index, token in enumerate(tokens):
        if token[0] in "mM" and is_minutes(tokens, index):
            text += str(moment.minute).zfill(min(len(token), 2))
        else:
            text += date_part(token, moment, value, half_day, locale)
    return text


def is_minutes(tokens: list[str], index: int) -> bool:
    """An `m` behind hours or before seconds is minutes, else months."""
    before = [token for token in tokens[:index] if token[0] in "hHsSdDyY["]
    after = [token for token in tokens[index + 1 :] if token[0] in "hHsSdDyYmM["]
    behind_hours = bool(before) and before[-1].lower().strip("[]").startswith("h")
    return behind_hours or (bool(after) and after[0].lower().strip("[]").startswith("s"))


def date_part(token: str, moment: datetime, value: float, half_day: bool, locale: Locale) -> str:
    """One token of a date pattern."""
    letter, size = token[0].lower(), len(token)
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    if token.upper() in ("AM/PM", "A/P"):
        return ("AM" if moment.hour < 12 else "PM")[: 2 if "/P" in token and size > 3 else 1]
    if letter == "[" and size > 2:
        return str(int(elapsed(value, token[1].lower()))).zfill(size - 2)
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


def elapsed(value: float, unit: str) -> float:
    """Hours, minutes or seconds since the start, as `[h]` counts them."""
    return round(value * 86400) / {"h": 3600, "m": 60, "s": 1}[unit]
