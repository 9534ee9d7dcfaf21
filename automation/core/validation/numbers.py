"""Rules about register numbers: present, well formed, used once, and given in order."""

from collections.abc import Iterator
from itertools import pairwise, starmap
from typing import NamedTuple

import numpy as np
import pandas as pd

from automation.core.arrays import Floats
from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.spans import days

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MONTHS_LATER = 1  # received on the 30th, registered on the 1st
TOO_HIGH = 10**9  # no serial number: another office's pattern may allow any number of digits


def number_missing(context: Context) -> Iterator[Hit]:
    """Every case has a register number."""
    cases = context.register.cases
    missing = (cases.frame["number"] == "") & ~cases.failed("number")
    return hits(cases, "number", missing)


def number_malformed(context: Context) -> Iterator[Hit]:
    """A register number is written in the office's form."""
    cases, form = context.register.cases, context.schema.sop.case_number
    numbers = cases.frame["number"]
    malformed = (numbers != "") & ~numbers.map(form.fits).astype(bool)
    return hits(cases, "number", malformed, example=form.example)


def number_doubled(context: Context) -> Iterator[Hit]:
    """A register number is used for one case only."""
    cases = context.register.cases
    numbers = cases.frame["number"]
    rows = cases.frame["row"].groupby(numbers)
    other_row = rows.transform("first").where(numbers.duplicated(), rows.shift(-1))
    doubled = (numbers != "") & numbers.duplicated(keep=False)
    return hits(cases, "number", doubled, other_row=other_row.astype("Int64"))


def number_of_other_kind(context: Context) -> Iterator[Hit]:
    """The kind of case in a register number is the one in the row."""
    cases = context.register.cases
    codes = {kind.name: kind.code for kind in context.schema.sop.kinds if kind.code}
    expected = np.array([codes.get(kind, "") for kind in cases.frame["kind"]])
    written = context.number_parts["kind"].fillna("").to_numpy(str)
    differs = (expected != "") & (written != "") & (written != expected)
    return hits(cases, "number", differs, written=written, expected=expected)


def number_before_receipt(context: Context) -> Iterator[Hit]:
    """A register number does not name a month before the one in which the case was received."""
    cases = context.register.cases
    received = cases.frame["received"]
    return hits(cases, "number", _months_after_receipt(context) < 0, received=received)


def number_after_receipt(context: Context) -> Iterator[Hit]:
    """A case gets its number in the month of its receipt, or early in the next."""
    cases = context.register.cases
    received = cases.frame["received"]
    late = _months_after_receipt(context) > MONTHS_LATER
    return hits(cases, "number", late, received=received)


def _months_after_receipt(context: Context) -> Floats:
    """From the month of the receipt to that of the number; NaN where either is unknown.

    Where a pattern names the year alone, the number's month is taken to be the nearest.
    """
    parts, received = context.number_parts, days(context.register.cases, "received")
    months = {name: place for place, name in enumerate(ROMAN)}
    year: Floats = _numeric(parts["year"]).to_numpy()
    month = np.array([months.get(name, np.nan) for name in parts["month"]])
    since = received.astype("datetime64[M]").astype(np.float64)  # months from 1970
    since[np.isnat(received)] = np.nan
    nearest = np.clip(since - _from_1970(year), 0, len(ROMAN) - 1)
    return _from_1970(year) + np.where(np.isnan(month), nearest, month) - since


def _from_1970(year: Floats) -> Floats:
    """Months until the first of each year."""
    return (year - 1970) * len(ROMAN)


def number_gap(context: Context) -> Iterator[Hit]:
    """The serial numbers of a year follow each other without a gap.

    Of a year that is over only what was open came along into this register.
    """
    cases, written = context.register.cases, context.number_parts["serial"].dropna()
    width = max(map(len, written), default=0)
    missing = np.full(len(cases.frame), "", dtype=object)
    for before, after in _in_order(context):
        first, last = (before.serial + 1, after.serial - 1)
        if first <= last and not _is_over(after.year, context):
            ends = dict.fromkeys(str(serial).zfill(width) for serial in (first, last))
            missing[after.place] = " s.d. ".join(ends)
    return hits(cases, "number", missing != "", missing=missing)


def number_out_of_sequence(context: Context) -> Iterator[Hit]:
    """Of two serial numbers of a year that follow each other, the higher is not the older case."""
    cases = context.register.cases
    day, rows = days(cases, "received"), cases.frame["row"].to_numpy()
    row_before = np.zeros(len(rows), dtype=np.int64)  # 0 = no older case
    for before, after in _in_order(context):
        if day[after.place] < day[before.place]:
            row_before[after.place] = rows[before.place]
    received = cases.frame["received"]
    return hits(cases, "number", row_before > 0, received=received, row_before=row_before)


def _is_over(year: str, context: Context) -> bool:
    return year.isdecimal() and int(year) < context.now.year


class _Numbered(NamedTuple):
    year: str
    serial: int
    place: int


def _in_order(context: Context) -> Iterator[tuple[_Numbered, _Numbered]]:
    """The numbered cases of each year by serial, each behind the one before it."""
    parts = context.number_parts
    serial = _numeric(parts["serial"])
    known = serial.between(0, TOO_HIGH)
    years = parts["year"][known].fillna("")
    numbered = zip(years, serial[known].astype(int), np.flatnonzero(known).tolist(), strict=True)
    for before, after in pairwise(sorted(starmap(_Numbered, numbered))):
        if before.year == after.year:
            yield before, after


def _numeric(texts: "pd.Series[object]") -> "pd.Series[float]":
    return pd.to_numeric(texts, errors="coerce").astype(np.float64)
