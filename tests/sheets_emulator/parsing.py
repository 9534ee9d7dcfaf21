"""USER_ENTERED: what Sheets makes of text typed into a cell.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueInputOption
("as if the user typed them into the UI") and what the UI does in each locale. A value that is
recognised brings a number format along, which a cell takes if it has none of its own.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tests.sheets_emulator.date_formats import EPOCH
from tests.sheets_emulator.locales import ENGLISH_MONTHS, LOCALES, Locale

Json = dict[str, Any]

TIME = re.compile(
    r"(?P<hour>\d{1,2})(?P<mark>[:.])(?P<minute>[0-5]\d)(?:(?P=mark)(?P<second>[0-5]\d(?:\.\d+)?))?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
NUMERIC_DATE = re.compile(r"(\d{1,4})([/.-])(\d{1,2})(?:\2(\d{1,4}))?")
NAMED_DATE = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)\.?(?:,?[ -](\d{2,4}))?")
NAMED_DATE_US = re.compile(r"([A-Za-z]+)\.? (\d{1,2})(?:,? (\d{4}))?")
CENTURY_TURN = 30  # two-digit years below it are of this century


@dataclass(frozen=True)
class Entered:
    """A cell's new ExtendedValue, and the number format that comes with it."""

    value: Json
    number_format: Json | None = None


def entered(
    text: str, locale_name: str, number_format: Json | None = None, dotted_times: bool = True
) -> Entered:
    """What typing `text` into a cell with that number format gives."""
    locale = LOCALES[locale_name]
    if not dotted_times:
        locale = replace(locale, time_mark=":")
    if text.startswith("'"):
        return Entered({"stringValue": text[1:]})
    if text.startswith("=") and len(text) > 1:
        return Entered({"formulaValue": text})
    if (number_format or {}).get("type") == "TEXT":
        return Entered({"stringValue": text})
    bare = text.strip()
    if bare.upper() in ("TRUE", "FALSE"):
        return Entered({"boolValue": bare.upper() == "TRUE"})
    return number(bare, locale) or moment(bare, locale) or words(text)


def words(text: str) -> Entered:
    """Text; with a plus sign in front it begins a formula, as `+62 812` and `+abc` do."""
    if text.startswith("+") and len(text) > 1:
        return Entered({"formulaValue": f"={text}"})
    return Entered({"stringValue": text})


def number(text: str, locale: Locale) -> Entered | None:
    """`1234`, `1,234.5`, `50%`, `$3`, `(7)`, `1e3` with the locale's marks."""
    symbol = re.escape(locale.currency.split('"')[1])
    point, group = re.escape(locale.decimal), re.escape(locale.group)
    match = re.fullmatch(
        rf"(?P<open>\()?(?P<sign>[+-])?\s*(?P<money>{symbol}\s*)?(?P<sign2>-)?"
        rf"(?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d+|(?={point}\d))(?:{point}(?P<fraction>\d*))?"
        rf"(?P<power>[eE][+-]?\d+)?\s*(?P<percent>%)?(?P<money2>\s*{symbol})?(?P<close>\))?",
        text,
    )
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    whole = match["whole"].replace(locale.group, "") or "0"
    value = float(f"{whole}.{match['fraction'] or 0}{match['power'] or ''}")
    if "-" in (match["sign"], match["sign2"]) or match["open"]:
        value = -value
    if match["percent"]:
        value = float(f"{value / 100:.15g}")
    return Entered({"numberValue": value}, number_format(match, locale))


def number_format(match: re.Match[str], locale: Locale) -> Json | None:
    """The format a typed number brings along; none if it is a plain one."""
    decimals = ".00" if match["fraction"] else ""
    if match["money"] or match["money2"]:
        pattern = locale.currency if decimals else locale.currency.replace(".00", "")
        return {"type": "CURRENCY", "pattern": pattern}
    if match["percent"]:
        return {"type": "PERCENT", "pattern": f"0{decimals}%"}
    if match["power"]:
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if locale.group in match["whole"]:
        return {"type": "NUMBER", "pattern": f"#,##0{decimals}"}
    return None


def moment(text: str, locale: Locale) -> Entered | None:
    """A date, a time, or both with a space between."""
    clock = time_of(text, locale)
    if clock:
        return Entered({"numberValue": clock[0]}, {"type": "TIME", "pattern": clock[1]})
    day = date_of(text, locale)
    if day:
        return Entered({"numberValue": day[0]}, {"type": "DATE", "pattern": day[1]})
    for gap in re.finditer(r"\s+", text):
        day = date_of(text[: gap.start()].rstrip(","), locale)
        clock = time_of(text[gap.end() :], locale)
        if day and clock:
            pattern = f"{day[1]} {clock[1]}"
            value = {"numberValue": day[0] + clock[0]}
            return Entered(value, {"type": "DATE_TIME", "pattern": pattern})
    return None


def time_of(text: str, locale: Locale) -> tuple[float, str] | None:
    """(fraction of a day, pattern) of `10:30`, `10:30:15`, `1:30 PM`, or `10.30` where it is so."""
    match = TIME.fullmatch(text)
    if not match or match["mark"] not in (":", locale.time_mark):
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    seconds = hour * 3600 + int(match["minute"]) * 60 + float(match["second"] or 0)
    mark = match["mark"]
    hours = "h" if match["half"] else "H" if hour < 24 else "[h]"
    pattern = f"{hours}{mark}mm" + (f"{mark}ss" if match["second"] else "")
    return seconds / 86400, pattern + (" AM/PM" if match["half"] else "")


def date_of(text: str, locale: Locale) -> tuple[float, str] | None:
    """(serial number, pattern) of a date in the locale's order, or year first."""
    match = NUMERIC_DATE.fullmatch(text)
    if match:
        return numeric_date(match, locale)
    match = NAMED_DATE.fullmatch(text)
    if match:
        return named_date(match[1], match[2], match[3], "d mmm yyyy", locale)
    match = NAMED_DATE_US.fullmatch(text)
    if match:
        return named_date(match[2], match[1], match[3], "mmm d, yyyy", locale)
    return None


def numeric_date(match: re.Match[str], locale: Locale) -> tuple[float, str] | None:
    """`31/12/2024`, `12/31/2024`, `2024-12-31`."""
    first, mark, second, third = match.groups()
    if len(first) == 4:
        found = serial(first, second, third or "1") if third else None
        return (found, f"yyyy{mark}mm{mark}dd") if found is not None else None
    if mark == "." and locale.date.count(".") != 2:
        return None
    if len(first) > 2 or (third and len(third) == 3):
        return None
    day, month = (first, second) if locale.day_first else (second, first)
    found = serial(third or str(date.today().year), month, day)
    return (found, locale.date) if found is not None else None


def named_date(
    day: str, name: str, year: str | None, pattern: str, locale: Locale
) -> tuple[float, str] | None:
    """`31 Dec 2024`, `31 Desember 2024`, `Dec 31, 2024`."""
    for months in (locale.months, ENGLISH_MONTHS):
        for number_, month in enumerate(months, start=1):
            if name.lower() in (month.lower(), month[:3].lower()):
                found = serial(year or str(date.today().year), str(number_), day)
                return (found, pattern) if found is not None else None
    return None


def serial(year: str, month: str, day: str) -> float | None:
    """Days since the epoch, None if there is no such date."""
    number_ = int(year)
    if len(year) <= 2:
        number_ += 2000 if number_ < CENTURY_TURN else 1900
    try:
        return float((datetime(number_, int(month), int(day)) - EPOCH).days)
    except ValueError:
        return None
