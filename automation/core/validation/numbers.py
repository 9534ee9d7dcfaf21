"""Rules about register numbers: present, well formed, used once, and given in order."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from automation.core.validation.findings import Context, Hit, hits

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
    expected, written = cases.frame["kind"].map(codes), context.number_parts["kind"]
    differs = expected.notna() & written.notna() & (written != expected)
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


def _months_after_receipt(context: Context) -> "pd.Series[float]":
    """From the month of the receipt to that of the number; NaN where either is unknown.

    Where a pattern names the year alone, the number's month is taken to be the nearest.
    """
    parts, received = context.number_parts, context.register.cases.frame["received"]
    months = {name: place for place, name in enumerate(ROMAN, start=1)}
    year, month = _numeric(parts["year"]), parts["month"].map(months).astype(float)
    year_alone = received.dt.month.where(year == received.dt.year)
    year_alone = year_alone.fillna((year < received.dt.year) * (len(ROMAN) - 1) + 1)
    month = month.fillna(year_alone)
    return (year - received.dt.year) * len(ROMAN) + month - received.dt.month


def number_gap(context: Context) -> Iterator[Hit]:
    """The serial numbers of a year follow each other without a gap."""
    cases, numbered = context.register.cases, _in_order(context)
    after = numbered["serial"] - numbered["serial_before"] > 1
    gaps, written = numbered[after], context.number_parts["serial"].dropna()
    width = max(written.str.len(), default=0)
    first, last = (
        serial.astype(int).astype(str).str.zfill(width)
        for serial in (gaps["serial_before"] + 1, gaps["serial"] - 1)
    )
    missing = first.where(first == last, first + " s.d. " + last)
    where = after.reindex(cases.frame.index, fill_value=False)
    return hits(cases, "number", where, missing=missing.reindex(cases.frame.index))


def number_out_of_sequence(context: Context) -> Iterator[Hit]:
    """Of two serial numbers of a year that follow each other, the higher is not the older case."""
    cases, numbered = context.register.cases, _in_order(context)
    older = numbered["day"] < numbered["day_before"]
    where = older.reindex(cases.frame.index, fill_value=False)
    row_before = numbered["row_before"].astype("Int64").reindex(cases.frame.index)
    received = cases.frame["received"]
    return hits(cases, "number", where, received=received, row_before=row_before)


def _in_order(context: Context) -> pd.DataFrame:
    """The numbered cases by year and serial, each beside the one before it in its year."""
    frame, parts = context.register.cases.frame, context.number_parts
    serial = _numeric(parts["serial"])
    numbered = pd.DataFrame(
        {
            "year": parts["year"].fillna(""),
            "serial": serial.where(serial.between(0, TOO_HIGH)),
            "day": frame["received"].dt.normalize(),
            "row": frame["row"],
        }
    )
    numbered = numbered.dropna(subset="serial").sort_values(["year", "serial"], kind="stable")
    before = numbered.groupby("year")[["serial", "day", "row"]].shift()
    return numbered.join(before.add_suffix("_before"))


def _numeric(texts: "pd.Series[object]") -> "pd.Series[float]":
    return pd.to_numeric(texts, errors="coerce").astype(np.float64)
