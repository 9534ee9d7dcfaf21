"""Dates, times, durations and numbers as they are written in Bahasa Indonesia.

Nineteen names, a decimal comma, and durations in working time, which no locale knows. (The package
Babel would bring the data of every locale for the names and the comma.)
"""

from datetime import date, datetime

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


_SEPARATORS = str.maketrans(",.", ".,")


def short_day(day: date) -> str:
    """ "Jum 20/11"."""
    return f"{DAYS[day.weekday()][:3]} {day.day:02}/{day.month:02}"


def long_date(day: date) -> str:
    """ "Senin, 23 November 2026"."""
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def month_name(year: int, month: int) -> str:
    """ "November 2026"."""
    return f"{MONTHS[month - 1]} {year}"


def clock(at: datetime) -> str:
    """ "08.15", with seconds only where there are any."""
    return f"{at.hour:02}.{at.minute:02}" + (f".{at.second:02}" if at.second else "")


def moment(at: datetime) -> str:
    """ "23/11/2026 08.15"."""
    return f"{at:%d/%m/%Y} {clock(at)}"


def number(value: float, decimals: int = 0) -> str:
    """ "1.350" or "12,5"."""
    return f"{value:,.{decimals}f}".translate(_SEPARATORS)


def percent(share: float) -> str:
    """0.714 as "71,4%"."""
    return f"{number(share * 100, 1)}%"


def minutes(seconds: float) -> str:
    """4500 as "75 mnt", 4530 as "75 mnt 30 dtk"."""
    whole, rest = divmod(round(seconds), 60)
    return f"{number(whole)} mnt {rest} dtk" if rest else f"{number(whole)} mnt"


def duration(seconds: float) -> str:
    """4800 as "1 jam 20 menit"; less than a minute as "kurang dari 1 menit"."""
    hours, rest = divmod(int(seconds) // 60, 60)
    parts = [f"{number(hours)} jam"] * bool(hours) + [f"{rest} menit"] * bool(rest)
    return " ".join(parts) or "kurang dari 1 menit"
