"""The Register, or some of its rows, as staff typed it: for the files."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import pandas as pd

from automation.core.drawing import Column, Sheet, Table, Value, column_letter
from automation.core.register.headers import Grid, find_headers
from automation.core.register.reading import shown
from automation.core.register.register import Entries
from automation.core.schema import ColumnFact
from automation.core.tabs.staff import LOOKS, TAB_COLOR, WIDE
from automation.core.words.texts import tidy

UNKNOWN_WIDTH = 16  # characters


def register_copy(table: Entries, grid: Grid, shown: Grid) -> Sheet:
    """The rows of `table` with all their columns, those that the office added too, but for those
    in which the program itself shows what stands in `Pemantauan`.

    `grid` has the tab's cells, `shown` those of `Pemantauan`. What was read as a moment is one;
    every other cell is as it was.
    """
    fields = {table.letters[c.key]: c for c in table.tab.columns if c.key in table.letters}
    top = find_headers([column.header for column in table.tab.columns], grid).row
    rows = [grid[row - 1] for row in table.frame["row"].tolist()]
    headers = [tidy(cell) if isinstance(cell, str) else "" for cell in (grid or [[]])[top]]
    letters = list(map(column_letter, range(len(headers))))
    number = letters.index(table.letters["number"])
    columns = [
        _column(header, place, fields.get(letter), rows, table.frame)
        for place, (letter, header) in enumerate(zip(letters, headers, strict=True))
        if letter in fields or not _repeats(rows, place, number, _told(header, shown))
    ]
    return Sheet(
        title=table.tab.title,
        tables=[Table([column for column in columns if column.header or any(column.values)])],
        frozen_rows=1,
        frozen_columns=1,
        filtered=True,
        color=TAB_COLOR,
    )


def _told(header: str, shown: Grid) -> Mapping[str, object]:
    """What a column of `Pemantauan` tells of each case, by number; nothing where it has none."""
    headers = [str(cell) for cell in shown[0]] if shown else []
    if not header or header not in headers:
        return {}
    place = headers.index(header)
    return {str(row[0]): row[place] for row in shown[1:] if place < len(row)}


def _repeats(
    rows: Sequence[Sequence[object]], place: int, number: int, told: Mapping[str, object]
) -> bool:
    """Whether a column of the Register shows in each row what is told of its case."""
    return bool(told) and all(
        (_cell(row, place) or "") == (told.get(str(_cell(row, number))) or "") for row in rows
    )


def _cell(row: Sequence[object], place: int) -> object:
    return row[place] if place < len(row) else None


def _column(
    header: str,
    place: int,
    field: ColumnFact | None,
    rows: Sequence[Sequence[object]],
    frame: pd.DataFrame,
) -> Column:
    values = [_value(_cell(row, place)) for row in rows]
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
