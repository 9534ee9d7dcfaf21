"""What a spreadsheet is made of, in the API's own messages.

A cell is its CellData (only what somebody entered), a tab's objects (merges, charts, protected
ranges …) are lists of their messages. All of these are replaced, never changed in place, so that
a copy of the lists is a copy of the spreadsheet, and a batch that fails is undone by dropping it.
Stored ranges always carry their sheetId; `answers` leaves out the zero that Google leaves out.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.sheets_emulator.a1 import Reference, named
from tests.sheets_emulator.doubts import Doubts
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.geometry import Rect, rect_of

Json = dict[str, Any]
Row = dict[int, Json]  # column -> CellData; blank cells are absent

MAX_CELLS = 10_000_000
TOO_MANY_CELLS = (
    "This action would increase the number of cells in the workbook above the limit of "
    f"{MAX_CELLS} cells."
)
MAX_COLUMNS = 18_278  # ZZZ
TOO_MANY_COLUMNS = (
    "This action would increase the number of columns in the sheet above the limit of "
    f"{MAX_COLUMNS} columns."
)
ROWS, COLUMNS = 1000, 26


@dataclass
class Sheet:
    """A tab: its properties, its cells, and the objects that lie on it."""

    properties: Json
    rows: list[Row] = field(default_factory=list)
    row_properties: list[Json] = field(default_factory=list)
    column_properties: list[Json] = field(default_factory=list)
    merges: list[Json] = field(default_factory=list)
    conditional_formats: list[Json] = field(default_factory=list)
    protected_ranges: list[Json] = field(default_factory=list)
    filter_views: list[Json] = field(default_factory=list)
    charts: list[Json] = field(default_factory=list)
    row_groups: list[Json] = field(default_factory=list)
    column_groups: list[Json] = field(default_factory=list)
    tables: list[Json] = field(default_factory=list)
    basic_filter: Json | None = None

    def __post_init__(self) -> None:
        self.resize(self.row_count, self.column_count)

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def hidden(self) -> bool:
        return bool(self.properties.get("hidden"))

    @property
    def grid(self) -> Json:
        return dict(self.properties["gridProperties"])

    @property
    def row_count(self) -> int:
        return int(self.grid["rowCount"])

    @property
    def column_count(self) -> int:
        return int(self.grid["columnCount"])

    @property
    def whole(self) -> Rect:
        """All its cells."""
        return Rect(0, 0, self.row_count, self.column_count)

    def rect(self, grid_range: Json) -> Rect:
        """A GridRange as a rectangle of this grid."""
        return rect_of(grid_range, self.row_count, self.column_count)

    def within_grid(self, rect: Rect) -> Rect:
        """The rectangle, refused if any of it lies outside the grid."""
        if rect.bottom > self.row_count or rect.right > self.column_count:
            raise Refused(self.beyond(Reference(rect.top, rect.left, rect.bottom, rect.right)))
        return rect

    def clipped(self, reference: Reference) -> Rect:
        """The part of a reference that lies in the grid, refused if it begins outside."""
        rect = reference.within(self.row_count, self.column_count)
        if rect.top >= self.row_count or rect.left >= self.column_count:
            raise Refused(self.beyond(reference))
        return rect.clipped(self.row_count, self.column_count)

    def beyond(self, reference: Reference) -> str:
        """Google's words for a range outside the grid."""
        return (
            f"Range ({named(self.title, reference)}) exceeds grid limits. "
            f"Max rows: {self.row_count}, max columns: {self.column_count}"
        )

    def place(self, coordinate: Json) -> tuple[int, int]:
        """Row and column of a GridCoordinate, refused outside the grid."""
        row, column = coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)
        for name, index, count in (
            ("row", row, self.row_count),
            ("column", column, self.column_count),
        ):
            if not 0 <= index < count:
                raise Refused(
                    f"GridCoordinate.{name}Index[{index}] is after last {name} in grid[{count - 1}]"
                )
        return row, column

    def cell(self, row: int, column: int) -> Json:
        """A cell's CellData; empty for a blank one."""
        return self.rows[row].get(column, {})

    def put(self, row: int, column: int, cell: Json) -> None:
        """Replaces a cell; an empty one is dropped."""
        if cell:
            self.rows[row][column] = cell
        else:
            self.rows[row].pop(column, None)

    def filled(self, rect: Rect) -> Iterator[tuple[int, int, Json]]:
        """(row, column, cell) of every cell of a rectangle that holds anything."""
        for row in range(rect.top, rect.bottom):
            for column, cell in sorted(self.rows[row].items()):
                if rect.left <= column < rect.right:
                    yield row, column, cell

    def resize(self, rows: int, columns: int) -> None:
        """Sets the grid's size: grows with blank cells at the end, or cuts off the end."""
        grid = {**self.grid, "rowCount": rows, "columnCount": columns}
        self.properties = {**self.properties, "gridProperties": grid}
        fewer_columns = columns < len(self.column_properties)
        fit(self.rows, rows, dict)
        fit(self.row_properties, rows, dict)
        fit(self.column_properties, columns, dict)
        if fewer_columns:
            for row in self.rows:
                for column in [each for each in row if each >= columns]:
                    del row[column]

    def copy(self) -> "Sheet":
        """An independent tab with the same content."""
        return replace(
            self,
            rows=[dict(row) for row in self.rows],
            row_properties=list(self.row_properties),
            column_properties=list(self.column_properties),
            merges=list(self.merges),
            conditional_formats=list(self.conditional_formats),
            protected_ranges=list(self.protected_ranges),
            filter_views=list(self.filter_views),
            charts=list(self.charts),
            row_groups=list(self.row_groups),
            column_groups=list(self.column_groups),
            tables=list(self.tables),
        )


def fit(items: list[Any], size: int, blank: type) -> None:
    """Cuts a list to a size or fills it up."""
    del items[size:]
    items.extend(blank() for _ in range(size - len(items)))


@dataclass
class Spreadsheet:
    """A spreadsheet: its properties, its tabs, and what belongs to no single tab."""

    id: str
    properties: Json
    owner: str
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    developer_metadata: list[Json] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)

    @property
    def url(self) -> str:
        return f"https://docs.google.com/spreadsheets/d/{self.id}/edit"

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    def sheet(self, sheet_id: int, called: str = "grid") -> Sheet:
        """The tab with an id, or Google's refusal, which speaks of cells as a grid."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise Refused(f"No {called} with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        """The tab with a title, whatever its case."""
        return next((s for s in self.sheets if s.title.lower() == title.lower()), None)

    @property
    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.sheets]

    def reindex(self) -> None:
        """Writes each tab's place into its properties."""
        for index, sheet in enumerate(self.sheets):
            sheet.properties = {**sheet.properties, "index": index}

    def check_size(self) -> None:
        """Refuses more cells than a workbook may have, and more columns than have a name."""
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MAX_CELLS:
            raise Refused(TOO_MANY_CELLS)
        if any(sheet.column_count > MAX_COLUMNS for sheet in self.sheets):
            raise Refused(TOO_MANY_COLUMNS)

    def copy(self) -> "Spreadsheet":
        """An independent spreadsheet with the same content."""
        return replace(
            self,
            sheets=[sheet.copy() for sheet in self.sheets],
            named_ranges=list(self.named_ranges),
            developer_metadata=list(self.developer_metadata),
        )


def fresh_id(taken: set[int]) -> int:
    """An id that Google would make up: random, positive, 31 bits."""
    while True:
        number = random.randrange(1, 2**31)
        if number not in taken:
            return number
