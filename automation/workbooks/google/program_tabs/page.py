"""A program tab as the rectangle of cells that values:batchGet will return.

What such a read cannot tell stands beside the drawing in one more, hidden column, as text: in each
row its height, links and notes (`unseen`), and in the first row a note of the layout (`memory`). So
one read shows all that has changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from automation.core.drawing import Formula, Sheet, Value
from automation.workbooks.google.drawing.heights import row_heights
from automation.workbooks.google.drawing.shapes import object_id, scalar
from automation.workbooks.google.drawing.unseen import unseen_text
from automation.workbooks.google.wire.connection import Scalar

Row = list[Scalar]


@dataclass(frozen=True)
class Page:
    """Cells of a tab: `rows` are all of the same length, the hidden column at their end."""

    sheet: Sheet
    sheet_id: int
    rows: list[Row]
    links: Mapping[int, Mapping[int, str]]  # row -> column -> address
    linked: frozenset[int]  # columns that may carry links
    notes: Mapping[int, Mapping[int, str]]  # row -> column -> note on the cell
    heights: Mapping[int, int]  # row -> pixels, where they are not the usual ones
    formulas: Mapping[int, Mapping[int, Formula]]  # row -> column -> what the workbook reckons

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def hidden_column(self) -> int:
        return self.width - 1

    @property
    def is_list(self) -> bool:
        """Whether the tab is one table and nothing else."""
        return len(self.sheet.tables) == 1 and not self.sheet.labels and not self.sheet.charts

    @property
    def key_column(self) -> int | None:
        """The column of a list by which its rows are known again; None: by all of them."""
        table = self.sheet.tables[0]
        headers = [column.header for column in table.columns]
        return headers.index(table.key) if table.key else None

    def noting(self, note: str) -> "Page":
        """The same with `note` in the first cell of the hidden column."""
        first, *others = self.rows
        return replace(self, rows=[[*first[:-1], note], *others])


def page(sheet: Sheet, staff_ids: Mapping[str, int]) -> Page:
    """The cells of `sheet`; `staff_ids` are the sheetIds of staff's tabs, which links lead to."""
    height, width = _size(sheet)
    rows: list[Row] = [[""] * (width + 1) for _ in range(height)]
    formulas: dict[int, dict[int, Formula]] = {}
    for row, column, value in _cells(sheet):
        rows[row][column] = scalar(value)
        if isinstance(value, Formula):
            formulas.setdefault(row, {})[column] = value
    links: dict[int, dict[int, str]] = {}
    for row, column, link in _links(sheet):
        address = _address(link, staff_ids)
        if address:
            links.setdefault(row, {})[column] = address
    heights, notes = row_heights(sheet), _notes(sheet)
    for row in {*heights, *links, *notes}:
        addresses = links.get(row, {}).values()
        rows[row][width] = unseen_text(heights.get(row), addresses, notes.get(row, {}))
    linked = frozenset(column for found in links.values() for column in found)
    linked |= _link_columns(sheet)
    return Page(sheet, object_id(sheet.title), rows, links, linked, notes, heights, formulas)


def _link_columns(sheet: Sheet) -> frozenset[int]:
    return frozenset(
        place
        for table in sheet.tables
        for place, column in enumerate(table.columns, start=table.column)
        if column.links is not None
    )


def _size(sheet: Sheet) -> tuple[int, int]:
    """Rows and columns that the drawing takes; at least one of either is not frozen."""
    bottoms = [table.row + table.height + 1 for table in sheet.tables]
    rights = [table.column + len(table.columns) for table in sheet.tables]
    bottoms += [label.row + 1 for label in sheet.labels]
    bottoms += [row + 1 for row in sheet.heights]
    rights += [label.column + label.span for label in sheet.labels]
    return max(sheet.frozen_rows + 1, *bottoms, 1), max(sheet.frozen_columns + 1, *rights, 1)


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, Value]]:
    for table in sheet.tables:
        for place, column in enumerate(table.columns, start=table.column):
            yield table.row, place, column.header
            for row, value in enumerate(column.values, start=table.row + 1):
                yield row, place, value
    for label in sheet.labels:
        yield label.row, label.column, label.value


def _links(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for table in sheet.tables:
        for place, column in enumerate(table.columns, start=table.column):
            for row, link in enumerate(column.links or (), start=table.row + 1):
                if link:
                    yield row, place, link
    for label in sheet.labels:
        if label.link:
            yield label.row, label.column, label.link


def _notes(sheet: Sheet) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for table in sheet.tables:
        for place, column in enumerate(table.columns, start=table.column):
            written = [column.note, *(column.notes or ())]
            for row, note in enumerate(written, start=table.row):
                if note:
                    found.setdefault(row, {})[place] = note
    return found


def _address(link: str, staff_ids: Mapping[str, int]) -> str | None:
    """A link as Sheets takes it; none but https and cells of this spreadsheet."""
    if link.startswith("https://") or link.startswith("#gid="):
        return link
    tab, mark, cell = link.removeprefix("#").partition("!")
    if not link.startswith("#") or not mark:
        return None
    return f"#gid={staff_ids.get(tab, object_id(tab))}&range={cell}"


def same(one: Scalar, other: Scalar) -> bool:
    """Whether two cells hold the same; a millisecond, or the last digits, make no difference."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-8
    return one == other


def padded(row: Sequence[Scalar], width: int) -> Row:
    """A row as it was read, which ends at its last filled cell, at its full length."""
    return [*row[:width], *[""] * (width - len(row))]
