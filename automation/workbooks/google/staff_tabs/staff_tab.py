"""A staff tab as it stands, and what it lacks of its drawing.

Columns are found by their header wherever staff moved them, and the drawing's rules follow them.
Only what is missing is added, at the right end; drop-downs, number formats and rules are put back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from automation.core.drawing import (
    LOOKS,
    Area,
    Column,
    Sheet,
    cell_name,
    column_letter,
    header_height,
)
from automation.core.register.headers import find_headers
from automation.workbooks.google.drawing.heights import tall
from automation.workbooks.google.drawing.rules import choice_rule, format_rule, moment_rule
from automation.workbooks.google.drawing.shapes import (
    cell_data,
    cell_format,
    color,
    columns_below,
    dimension,
    number_format,
    object_id,
    pixels,
    scalar,
)
from automation.workbooks.google.program_tabs.difference import MOST_CELLS
from automation.workbooks.google.settings import Answers
from automation.workbooks.google.wire.connection import Cells, Request
from automation.workbooks.google.wire.structure import ExistingTab

REFERENCE = re.compile(r"\$([A-Z]{1,3})(\$?)(\d+)")  # $J2, $A$2: the column always held fast
LAST_ROW = re.compile(r"\$\d+$")


@dataclass(frozen=True)
class StaffTab:
    """`places` has the sheet's column (from 0) of each column of the drawing."""

    sheet: Sheet
    tab: ExistingTab | None  # None: it is still to be made
    cells: Cells
    header_row: int
    places: tuple[int, ...]
    missing: frozenset[int]  # places of columns that are still to be made
    doubled: Mapping[str, Sequence[int]]  # the places of headers that stand there more than once
    used: int  # columns that hold anything
    extra: int = 0  # columns wanted to the right of all
    # Look-up columns whose header is gone and may be written again, by header.
    put_back: Mapping[str, int] = field(default_factory=dict)

    @property
    def sheet_id(self) -> int:
        return self.tab.sheet_id if self.tab else object_id(self.sheet.title)

    @property
    def columns(self) -> Sequence[Column]:
        return self.sheet.tables[0].columns

    @property
    def width(self) -> int:
        """Columns in use once the missing ones are made; formulas stand to the right of tables."""
        tables = [table.right for table in self.tab.tables] if self.tab else []
        return max(self.used, *tables, *(place + 1 for place in self.places))

    @property
    def is_table(self) -> bool:
        """Whether somebody converted it, or a part of it, to a table."""
        return self.tab is not None and bool(self.tab.tables)

    def is_typed(self, place: int) -> bool:
        """Whether a table decides what a column takes and how it is shown."""
        return self.tab is not None and self.tab.is_typed(place)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands below the header."""
        below = self.cells.values[self.header_row + 1 :]
        return not any(cell != "" for row in below for cell in row)

    def place(self, header: str) -> int:
        return self.places[[column.header for column in self.columns].index(header)]


def staff_tab(sheet: Sheet, tab: ExistingTab | None, cells: Cells, values: Cells) -> StaffTab:
    """Finds the header row and the columns; `cells` and `values` are none where `tab` is None.

    `cells` show formulas, `values` what comes of them: by these a register is read.
    """
    headers = [column.header for column in sheet.tables[0].columns]
    found = find_headers(headers, values.values)
    used = max(_used(cells), _used(values))
    absent = count(used)
    places = tuple(each[0] if each else next(absent) for each in found.places)
    return StaffTab(
        sheet=sheet,
        tab=tab,
        cells=cells,
        header_row=found.row,
        places=places,
        missing=frozenset(place for place in places if place >= used),
        doubled={
            header: each
            for header, each in zip(headers, found.places, strict=True)
            if len(each) > 1
        },
        used=used,
    )


def _used(cells: Cells) -> int:
    return max(map(len, cells.values), default=0)


def grid_requests(state: StaffTab) -> Iterator[Request]:
    """The tab itself, large enough, its header frozen."""
    sheet, tab = state.sheet, state.tab
    grid = {
        "rowCount": state.header_row + 1 + sheet.tables[0].height + sheet.room,
        "columnCount": state.width + state.extra,
        "frozenRowCount": state.header_row + sheet.frozen_rows,
    }
    properties: dict[str, Any] = {"sheetId": state.sheet_id, "gridProperties": grid}
    if tab is None:
        grid["frozenColumnCount"] = sheet.frozen_columns
        properties |= {"title": sheet.title, "tabColorStyle": color(sheet.color or "FFFFFF")}
        yield {"addSheet": {"properties": properties}}
        return
    grid["rowCount"] = max(grid["rowCount"], tab.rows)
    grid["columnCount"] = max(grid["columnCount"], tab.columns)
    fields = ",".join(f"gridProperties.{name}" for name in grid)
    yield {"updateSheetProperties": {"properties": properties, "fields": fields}}


def filter_requests(state: StaffTab) -> Iterator[Request]:
    """Filter buttons on the header, where nobody has set any; a table has its own."""
    if state.sheet.filtered and not state.is_table and not (state.tab and state.tab.filtered):
        right = state.width + state.extra - 1
        area = columns_below(state.sheet_id, state.header_row, 0, right)
        yield {"setBasicFilter": {"filter": {"range": area}}}


def column_requests(state: StaffTab, notes: Sequence[str]) -> Iterator[Request]:
    """Missing headers, notes where a header has none, and how the cells below are shown.

    `notes` are those of the header row, by place.
    """
    if state.missing:
        height = {"pixelSize": tall(header_height(state.columns, state.sheet.widths))}
        yield dimension(state.sheet_id, "ROWS", state.header_row, state.header_row, height)
    for place, column in zip(state.places, state.columns, strict=True):
        if place in state.missing:
            header = {"userEnteredValue": {"stringValue": column.header}}
            yield from new_column(state, place, header, column)
        pattern = LOOKS[column.look].number_format
        if pattern and not state.is_typed(place):
            yield _below(state, place, {"numberFormat": number_format(pattern)}, "numberFormat")
        if column.note and not (place < len(notes) and notes[place]):
            yield _header_cell(state, place, {"note": column.note}, "note")


def new_column(
    state: StaffTab, place: int, header: dict[str, Any], column: Column
) -> Iterator[Request]:
    """A column that the tab does not have yet; `header` is the CellData of its header's value."""
    look = cell_format(LOOKS["header"], "MIDDLE")
    yield _header_cell(
        state, place, header | {"userEnteredFormat": look}, "userEnteredValue,userEnteredFormat"
    )
    width = {"pixelSize": pixels(column.width)}
    yield dimension(state.sheet_id, "COLUMNS", place, place, width)
    yield _below(state, place, cell_format(LOOKS[column.look]), "")


def _header_cell(state: StaffTab, place: int, cell: dict[str, Any], fields: str) -> Request:
    start = {"sheetId": state.sheet_id, "rowIndex": state.header_row, "columnIndex": place}
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}}


def _below(state: StaffTab, place: int, shown: dict[str, Any], part: str) -> Request:
    """A format for all cells below a header; `part` of it only, where one is named."""
    area = columns_below(state.sheet_id, state.header_row + 1, place, place)
    fields = f"userEnteredFormat.{part}".rstrip(".")
    return {"repeatCell": {"range": area, "cell": {"userEnteredFormat": shown}, "fields": fields}}


def validation_requests(
    state: StaffTab, staff: Sequence[StaffTab], answers: Answers
) -> Iterator[Request]:
    """Drop-downs and dates; `staff` are all of staff's tabs, from which words may be taken."""
    for choice in state.sheet.choices:
        source = _moved_source(choice.source, staff)
        rule = choice_rule(replace(choice, source=source))
        for place in _untyped(state, choice.area):
            yield _validation(state, place, rule)
    for moment in state.sheet.moments:
        for place in _untyped(state, moment.area):
            first = cell_name(state.header_row + 1, place)
            yield _validation(state, place, moment_rule(moment, first, answers))


def _untyped(state: StaffTab, area: Area) -> list[int]:
    return [place for place in _places(state, area) if not state.is_typed(place)]


def _validation(state: StaffTab, place: int, rule: dict[str, Any]) -> Request:
    below = columns_below(state.sheet_id, state.header_row + 1, place, place)
    return {"setDataValidation": {"range": below, "rule": rule, "filteredRowsIncluded": True}}


def drawn_rules(state: StaffTab) -> list[dict[str, Any]]:
    """The drawing's conditional formats, where its columns are now, seen from their headers."""
    return [
        format_rule(
            [whole_column(state, place) for place in _places(state, condition.area)],
            moved(state, condition.formula, state.header_row - 1),
            condition.look,
        )
        for condition in state.sheet.conditions
    ]


def whole_column(state: StaffTab, place: int) -> dict[str, int]:
    """GridRange with the header, so that a row inserted right below it gets the same colours."""
    return columns_below(state.sheet_id, state.header_row, place, place)


def _places(state: StaffTab, area: Area) -> Sequence[int]:
    return state.places[area.left : area.right + 1]


def moved(state: StaffTab, formula: str, rows: int) -> str:
    """A formula of the drawing, led to where the columns are now, and `rows` further down."""
    letters = {column_letter(at): place for at, place in enumerate(state.places)}

    def reference(match: re.Match[str]) -> str:
        letter, held, row = match.groups()
        place = letters.get(letter)
        column = letter if place is None else column_letter(place)
        return f"${column}{held}{int(row) + rows}"

    return REFERENCE.sub(reference, formula)


def _moved_source(source: str, staff: Sequence[StaffTab]) -> str:
    """ "Petugas!$A$2:$A$3001", led to where that column is now, and down to the end of its tab."""
    title, mark, cells = source.partition("!")
    named = title.strip("'").replace("''", "'")
    state = next((each for each in staff if each.sheet.title == named), None)
    if not mark or state is None:
        return source
    return f"{title}!{LAST_ROW.sub('', moved(state, cells, state.header_row))}"


def row_requests(state: StaffTab) -> Iterator[Request]:
    """The drawing's rows, into a tab that has none."""
    if state.is_empty:
        yield from written_rows(state)


def written_rows(state: StaffTab) -> Iterator[Request]:
    """The drawing's rows, over what stands there."""
    for first in range(0, state.sheet.tables[0].height, MOST_CELLS):
        for place, column in zip(state.places, state.columns, strict=True):
            values = column.values[first : first + MOST_CELLS]
            start = {
                "sheetId": state.sheet_id,
                "rowIndex": state.header_row + 1 + first,
                "columnIndex": place,
            }
            rows = [{"values": [cell_data(scalar(value))]} for value in values]
            yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
