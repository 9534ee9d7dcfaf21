"""Cell values as people see them: number formats in the spreadsheet's locale.

Source: https://developers.google.com/workspace/sheets/api/guides/formats
"""

import re
from functools import cache
from typing import Any

from tests.sheets_emulator.date_formats import date_shown
from tests.sheets_emulator.locales import LOCALES, Locale
from tests.sheets_emulator.number_formats import TOKEN, general, literals, number_shown

Json = dict[str, Any]
Scalar = str | float | bool

DATE_KINDS = ("DATE", "TIME", "DATE_TIME")


def shown(value: Scalar | None, number_format: Json | None, locale_name: str) -> str:
    """A value as FORMATTED_VALUE gives it."""
    locale = LOCALES[locale_name]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    kind = (number_format or {}).get("type", "NUMBER_FORMAT_TYPE_UNSPECIFIED")
    pattern = (number_format or {}).get("pattern") or default_pattern(kind, locale)
    numbers, text = sections(pattern)
    if isinstance(value, str):
        return value if text is None else literals(text, value)
    if not (pattern and numbers) or pattern.lower() == "general":
        return general(value, locale)
    section, sign = chosen(numbers, value)
    if kind in DATE_KINDS or is_date_pattern(section):
        return date_shown(value, section, locale)
    return sign + number_shown(abs(value), section, locale)


@cache
def sections(pattern: str) -> tuple[list[str], str | None]:
    """The sections of a pattern for numbers, and the one for text (the last, if it has an `@`)."""
    found = [""]
    for token in TOKEN.findall(pattern):
        if token == ";":
            found.append("")
        else:
            found[-1] += token
    is_text = "@" in TOKEN.findall(found[-1]) or len(found) > 3
    return (found[:-1], found[-1]) if is_text else (found, None)


def chosen(numbers: list[str], value: float) -> tuple[str, str]:
    """The section that a number is shown by (positive; negative; zero), and the sign before it."""
    if value < 0 and len(numbers) > 1:
        return numbers[1], ""
    if value == 0 and len(numbers) > 2:
        return numbers[2], ""
    return numbers[0], "-" if value < 0 else ""


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


@cache
def is_date_pattern(pattern: str) -> bool:
    """Does an untyped pattern speak of dates or times?"""
    bare = re.sub(r'"[^"]*"|\\.|[eE][+-]0+|\[(?!(?:h+|m+|s+)\])[^\]]*\]', "", pattern)
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and not re.search(r"[#?]", bare)


def is_date(number_format: Json | None) -> bool:
    """Is a number with this format a date, a time or both?"""
    kind = (number_format or {}).get("type", "")
    return kind in DATE_KINDS or (
        kind != "TEXT" and is_date_pattern((number_format or {}).get("pattern", ""))
    )
