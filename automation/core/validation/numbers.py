"""Rules about register numbers."""

from collections.abc import Iterator

import pandas as pd

from automation.core.validation.hits import Context, Hit, has, hits

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def number_missing(context: Context) -> Iterator[Hit]:
    """Every case has a register number."""
    if has(context.cases, "number"):
        empty = context.cases.frame["number"] == ""
        yield from hits("number_missing", context.cases, empty, "number")


def number_malformed(context: Context) -> Iterator[Hit]:
    """A register number has the office's form."""
    numbers = context.cases.frame["number"]
    wrong = (numbers != "") & ~numbers.str.fullmatch(context.schema.sop.case_number.pattern)
    example = context.schema.sop.case_number.example
    yield from hits("number_malformed", context.cases, wrong, "number", example=example)


def number_doubled(context: Context) -> Iterator[Hit]:
    """A register number is used once."""
    frame, title = context.cases.frame, context.cases.tab.title
    doubled = frame[(frame["number"] != "") & frame["number"].duplicated(keep=False)]
    for _, rows in doubled.groupby("number")["row"]:
        for index, row in rows.items():
            others = ", ".join(str(other) for other in rows if other != row)
            yield Hit("number_doubled", title, int(index), "number", {"rows": others})


def number_against_row(context: Context) -> Iterator[Hit]:
    """Kind, month and year in a register number agree with its row."""
    table, parts = context.cases, _parts(context)
    kinds = {kind.code: kind.name for kind in context.schema.sop.kinds if kind.code}
    if "kind" in parts and has(table, "kind"):
        named = parts["kind"].map(kinds)
        kind = table.frame["kind"]
        wrong = named.notna() & kind.isin(kinds.values()) & (named != kind)
        yield from hits("number_of_other_kind", table, wrong, "number")
    if {"month", "year"} <= set(parts.columns):
        months = parts["month"].map({name: place for place, name in enumerate(ROMAN, start=1)})
        received = table.frame["received"].dt
        early = parts["year"].astype(float) * 12 + months < received.year * 12 + received.month
        yield from hits("number_before_receipt", table, early, "number")


def number_sequence(context: Context) -> Iterator[Hit]:
    """The serial numbers of a year have no gap and follow the days of receipt."""
    parts = _parts(context)
    if "serial" not in parts or "year" not in parts:
        return
    frame = context.cases.frame.assign(serial=parts["serial"], year=parts["year"])
    frame = frame.dropna(subset=["serial"]).drop_duplicates(["year", "serial"])
    frame = frame.assign(serial=frame["serial"].astype(int)).sort_values(["year", "serial"])
    title = context.cases.tab.title
    for _, year in frame.groupby("year"):
        before = year["serial"].shift()
        for index in year.index[year["serial"] - before > 1]:
            first, last = int(before[index]) + 1, int(year.at[index, "serial"]) - 1
            missing = f"{first:04d}" if first == last else f"{first:04d}-{last:04d}"
            yield Hit("number_gap", title, int(index), "number", {"missing": missing})
        day = year["received"].dt.normalize()
        earlier = day < day.cummax().shift()
        for index in year.index[earlier]:
            yield Hit("number_out_of_sequence", title, int(index), "number")


def _parts(context: Context) -> pd.DataFrame:
    """The named groups of the pattern, for each case; missing where the number is malformed."""
    pattern = context.schema.sop.case_number.pattern
    return context.cases.frame["number"].str.extract(f"^(?:{pattern})$")
