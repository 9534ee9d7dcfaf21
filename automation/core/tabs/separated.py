"""A table as text with separators, for whoever reckons on with it: CSV.

Made for spreadsheets set to Indonesia, where the comma stands in numbers: so fields are separated
by semicolons. Moments are ISO 8601, which no locale reads as another day. Text is quoted and on one
line, and gets an apostrophe wherever a spreadsheet would take it for a formula: at its start and,
since one that separates by commas is not held by these quotes, behind each separator.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from automation.core.drawing import Column, Formula, Table, Value

SEPARATOR, END = ";", "\r\n"
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as another encoding
# The full-width ones, too: Excel in some languages takes them for the plain ones.
FORMULA = re.compile(r"(^|[,;])( *)(?=[=+\-@＝＋－＠])")  # noqa: RUF001
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")  # lines, tabs, what no eye sees


def separated(table: Table) -> bytes:
    """The columns that are not hidden, headers first, in UTF-8."""
    shown = [column for column in table.columns if not column.hidden]
    headers = [_field(column.header) for column in shown]
    rows = zip(*map(_fields, shown), strict=True)
    lines = map(SEPARATOR.join, (headers, *rows))
    return (BYTE_ORDER_MARK + "".join(f"{line}{END}" for line in lines)).encode("utf-8", "replace")


def _fields(column: Column) -> Iterator[str]:
    """In a column of days no time of day stands."""
    fields = map(_field, column.values)
    return (field.partition(" ")[0] for field in fields) if column.look == "date" else fields


def _field(value: Value) -> str:
    if isinstance(value, Formula):
        value = value.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, int | float):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
    harmless = FORMULA.sub(r"\1'\2", BREAKS.sub(" ", value))
    return '"' + harmless.replace('"', '""') + '"'
