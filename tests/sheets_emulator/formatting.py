"""Cell values as people see them: number formats in the spreadsheet's locale.

Source: https://developers.google.com/workspace/sheets/api/guides/formats
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from tests.sheets_emulator.locales import LOCALES, Locale

Json = dict[str, Any]
Scalar = str | float | bool

EPOCH = datetime(1899, 12, 30)  # the day 0 of serial numbers
DATE_KINDS = ("DATE", "TIME", "DATE_TIME")
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
DATE_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[[hH]+\]|\[[mM]+\]|\[[sS]+\]|(?i:am/pm|a/p|am|pm)'
    r"|y+|Y+|m+|M+|d+|D+|h+|H+|s+|S+|\.0+|.",
)
NUMBER_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[eE][+-]|.')
FRACTION = re.compile(r"(?:([#0?]+) )?([#0?]+)/(\d*[1-9]\d*|[#0?]+)")
LARGE, SMALL = 1e15, 1e-4
DIGITS = 15  # of a number, all told
DAY = 86400  # seconds
UNITS = {"h": 3600, "m": 60, "s": 1}
HALVES = ("AM/PM", "A/P", "AM", "PM")


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
        return value if text is None else literals(NUMBER_TOKEN.findall(text), value)
    if not (pattern and numbers) or pattern.lower() == "general":
        return general(value, locale)
    section, sign = chosen(numbers, value)
    if kind in DATE_KINDS or is_date_pattern(section):
        return date_shown(value, section, locale)
    return sign + number_shown(abs(value), section, locale)


@cache
def sections(pattern: str) -> tuple[list[str], str | None]:
    """The sections of a pattern for numbers, and the one for text (the last, if it has an `@`)."""
    found, at = [""], False
    for token in NUMBER_TOKEN.findall(pattern):
        if token == ";":
            found.append("")
            at = False
        else:
            found[-1] += token
            at = at or token == "@"
    return (found[:-1], found[-1]) if at or len(found) > 3 else (found, None)


def chosen(numbers: list[str], value: float) -> tuple[str, str]:
    """The section that a number is shown by, and the sign before it."""
    usual = [">=0", "<0"] if len(numbers) == 2 else [">0", "<0"]
    for index, section in enumerate(numbers[:-1] if len(numbers) != 2 else numbers):
        own = CONDITION.search(section)
        rule = own or CONDITION.search(f"[{usual[index]}]")
        if rule and COMPARE[rule[1]](value, float(rule[2])):
            return section, "-" if value < 0 and (own or index == 0) else ""
    return numbers[-1], "-" if value < 0 else ""


def literals(tokens: list[str], text: str = "") -> str:
    """What tokens show that stand for themselves; `@` is the cell's text."""
    parts = []
    for token in tokens:
        if token == "@":
            parts.append(text)
        elif token[0] == '"':
            parts.append(token[1:-1])
        elif token[0] == "_" and len(token) > 1:
            parts.append(" ")
        elif token[0] not in "*[":
            parts.append(token[-1])
    return "".join(parts)


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


def number_shown(value: float, section: str, locale: Locale) -> str:
    """An unsigned number by one section of a pattern."""
    fraction = FRACTION.search(section)
    if fraction:
        around = section[: fraction.start()], section[fraction.end() :]
        before, after = (literals(NUMBER_TOKEN.findall(part)) for part in around)
        return before + as_fraction(value, fraction) + after
    tokens = NUMBER_TOKEN.findall(section)
    exact = Decimal(f"{value:.{DIGITS}g}").scaleb(2 * tokens.count("%"))
    power = next((i for i, token in enumerate(tokens) if token in ("E+", "E-", "e+", "e-")), None)
    if power is None:
        return filled(exact, tokens, locale)
    mantissa, mark, rest = tokens[:power], tokens[power], tokens[power + 1 :]
    exponent = exponent_of(exact, mantissa)
    sign = "-" if exponent < 0 else mark[1].replace("-", "")
    told = filled(exact.scaleb(-exponent), mantissa, locale)
    return f"{told}{mark[0]}{sign}{filled(Decimal(abs(exponent)), rest, locale)}"


def exponent_of(value: Decimal, mantissa: list[str]) -> int:
    """The power of ten beside a mantissa: a multiple of its digits before the point."""
    step, decimals = (len(part) for part in split_digits(mantissa))
    exponent = value.adjusted() // max(step, 1) * max(step, 1) if value else 0
    rounded = half_up(value.scaleb(-exponent), decimals)
    return exponent + max(step, 1) if rounded.adjusted() >= max(step, 1) else exponent


def split_digits(tokens: list[str]) -> tuple[list[int], list[int]]:
    """Where the digits before and behind the point stand."""
    point = tokens.index(".") if "." in tokens else len(tokens)
    places = [i for i, token in enumerate(tokens) if token in "0#?"]
    return [i for i in places if i < point], [i for i in places if i > point]


def half_up(value: Decimal, decimals: int) -> Decimal:
    """Rounded as spreadsheets round."""
    with localcontext(prec=400):
        return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def filled(value: Decimal, tokens: list[str], locale: Locale) -> str:
    """Tokens with the digits of a number in the places that `0`, `#` and `?` keep for them."""
    whole_places, places = split_digits(tokens)
    last = max(whole_places + places, default=-1)
    commas = [i for i, token in enumerate(tokens) if token == ","]
    grouped = any(i < last for i in commas)
    scale = 3 * sum(i > last for i in commas) if last >= 0 else 0
    whole, _, decimals = f"{half_up(value.scaleb(-scale), len(places)):f}".partition(".")
    shown_at = whole_digits(whole.lstrip("0"), [(i, tokens[i]) for i in whole_places])
    if grouped:
        shown_at = with_groups(shown_at, locale.group)
    for index, place in enumerate(places):
        needed = decimals[index:].strip("0")
        shown_at[place] = decimals[index] if needed else blank(tokens[place])
    point = tokens.index(".") if "." in tokens else None
    texts = (
        shown_at.get(i, locale.decimal if i == point else "" if i in commas else literals([token]))
        for i, token in enumerate(tokens)
    )
    return "".join(texts)


def blank(token: str) -> str:
    """An insignificant zero."""
    return {"0": "0", "?": " "}.get(token, "")


def whole_digits(digits: str, places: list[tuple[int, str]]) -> dict[int, str]:
    """Digits from the right into their places; the first place takes all that are left."""
    shown_at = {}
    for place, token in reversed(places):
        shown_at[place], digits = (digits[-1], digits[:-1]) if digits else (blank(token), "")
    if places:
        shown_at[places[0][0]] = digits + shown_at[places[0][0]]
    return shown_at


def with_groups(shown_at: dict[int, str], mark: str) -> dict[int, str]:
    """With a mark after every third digit, counted from the right."""
    count, marked = 0, {}
    for place, text in sorted(shown_at.items(), reverse=True):
        marked[place] = ""
        for digit in reversed(text):
            between = mark if digit.isdigit() and count and count % 3 == 0 else ""
            marked[place] = digit + between + marked[place]
            count += 1
    return marked


def as_fraction(value: float, pattern: re.Match[str]) -> str:
    """`3 1/7` by a pattern such as `# ?/?` or `0 #/8`; no fraction if it comes to nothing."""
    whole = int(value) if pattern[1] else 0
    if pattern[3].isdigit() and pattern[3].strip("0"):
        below = int(pattern[3])
        above = round((value - whole) * below)
    else:
        nearest = Fraction(value - whole).limit_denominator(10 ** len(pattern[3]) - 1)
        above, below = nearest.numerator, nearest.denominator
    if pattern[1] and above == below:
        whole, above = whole + 1, 0
    lead = "" if not pattern[1] else str(whole) if whole or "0" in pattern[1] else ""
    if pattern[1] and not above:
        return lead
    wide = len(pattern[2]) if "?" in pattern[2] else 0
    deep = len(pattern[3]) if "?" in pattern[3] else 0
    return f"{lead} {above:>{wide}}/{below:<{deep}}" if lead else f"{above:>{wide}}/{below:<{deep}}"


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
