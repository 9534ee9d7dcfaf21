"""The Register, or some of its rows, as staff typed it: for the files."""

from collections.abc import Sequence
from datetime import date, datetime, time

import pandas as pd

from automation.core.drawing import Column, Sheet, Table, Value, column_letter
from automation.core.register.headers import Grid, find_headers
from automation.core.register.register import Entries, shown
from automation.core.schema import ColumnFact
from automation.core.tabs.staff import LOOKS, TAB_COLOR, WIDE
from automation.core.words.texts import tidy

UNKNOWN_WIDTH = 16  # characters


def register_copy(table: Entries, grid: Grid) -> Sheet:
    """The rows of `table` with all their columns, those that the office added too.

    `grid` has the tab's cells. What was read as a moment is one; every other cell is as it was.
    """
    fields = {table.letters[c.key]: c for c in table.tab.columns if c.key in table.letters}
    top = find_headers([column.header for column in table.tab.columns], grid).row
    rows = [grid[row - 1] for row in table.frame["row"].tolist()]
    headers = [tidy(cell) if isinstance(cell, str) else "" for cell in (grid or [[]])[top]]
    columns = [
        _column(header, place, fields.get(column_letter(place)), rows, table.frame)
        for place, header in enumerate(headers)
    ]
    return Sheet(
        title=table.tab.title,
        tables=[Table([column for column in columns if column.header or any(column.values)])],
        frozen_rows=1,
        frozen_columns=1,
        filtered=True,
        color=TAB_COLOR,
    )


def _column(
    header: str,
    place: int,
    field: ColumnFact | None,
    rows: Sequence[Sequence[object]],
    frame: pd.DataFrame,
) -> Column:
    values = [_value(row[place]) if place < len(row) else None for row in rows]
    if field is None:
        return Column(header, values, "plain", UNKNOWN_WIDTH)
    read = frame[field.key]
    if read.dtype.kind == "M":
        moments = read.to_numpy("datetime64[s]").tolist()
        values = [
            moment if moment else value for moment, value in zip(moments, values, strict=True)
        ]
    look = LOOKS[field.type]
    return Column(
        header, values, "plain_wrap" if look == "plain" and field.width >= WIDE else look,
        field.width,
    )  # fmt: skip


def _value(cell: object) -> Value:
    if cell is None or isinstance(cell, str | int | float | datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    return shown(cell)
