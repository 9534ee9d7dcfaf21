"""What of a program tab differs from what was read: cells and heights, in few requests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from automation.workbooks.google.drawing.shapes import cell_data, dimension, formula_data
from automation.workbooks.google.drawing.unseen import USUAL_HEIGHT, Unseen
from automation.workbooks.google.program_tabs.page import Page, Row, padded, same
from automation.workbooks.google.wire.connection import Request, Scalar

GAP = 2  # unchanged cells between changed ones that cost less than a request of their own
MOST_CELLS = 500  # in one request, so that requests can be divided evenly among calls
# A link over the whole of a text is kept in the cell's format: there it is taken off, too.
FIELDS = "userEnteredValue,textFormatRuns,userEnteredFormat.textFormat.link,note"


@dataclass
class Block:
    """Changed rows of the columns from `left` to `right` (included), top row `top`."""

    top: int
    left: int
    right: int
    rows: list[int] = field(default_factory=list)

    def takes(self, row: int) -> bool:
        """Whether `row` lies right below, and there is room for it."""
        follows = row == self.top + len(self.rows)
        return follows and (len(self.rows) + 1) * (self.right - self.left + 1) <= MOST_CELLS


def cell_requests(
    page: Page, before: Sequence[Sequence[Scalar] | None], *, unlinked: bool = False
) -> list[Request]:
    """updateCells requests that make a tab read as `before` read as `page`.

    `unlinked`: formats were laid out anew, and all links with them were lost.
    """
    return [_request(page, block) for block in _blocks(page, before, unlinked)]


def height_requests(page: Page, before: Sequence[Sequence[Scalar] | None]) -> Iterator[Request]:
    """The heights that differ, alike neighbours in one request; the layout sets the first row's.

    `before` has None for a row whose height is not known.
    """
    there = {row: Unseen.of(cells[-1]).height for row, cells in enumerate(before) if cells}
    wanted = {row: page.heights.get(row, USUAL_HEIGHT) for row in range(1, len(page.rows))}
    changed = [row for row, height in wanted.items() if there.get(row) != height]
    numbered = enumerate(changed)
    for _, run in groupby(numbered, key=lambda each: (each[1] - each[0], wanted[each[1]])):
        rows = [row for _, row in run]
        height = {"pixelSize": wanted[rows[0]]}
        yield dimension(page.sheet_id, "ROWS", rows[0], rows[-1], height)


def _blocks(page: Page, before: Sequence[Sequence[Scalar] | None], unlinked: bool) -> list[Block]:
    blocks: list[Block] = []
    last: dict[tuple[int, int], Block] = {}  # the last block of these columns
    for row, cells in enumerate(page.rows):
        there = before[row] if row < len(before) else None
        old = padded(there or (), len(cells))
        lost = page.links.get(row, {}).keys() if unlinked else set()
        if cells == old and not lost:
            continue
        for span in _spans(sorted({*_changed(page, row, old), *lost})):
            block = last.get(span)
            if block is None or not block.takes(row):
                block = last[span] = Block(row, *span)
                blocks.append(block)
            block.rows.append(row)
    return blocks


def _changed(page: Page, row: int, old: Row) -> list[int]:
    """The columns that differ; with the text of links and notes, the cells that carry them."""
    cells, formulas = enumerate(zip(page.rows[row], old, strict=True)), page.formulas.get(row, {})
    changed = {place for place, (new, was) in cells if not same(new, was)}
    changed -= {place for place, formula in formulas.items() if formula.moves}
    if page.hidden_column in changed:
        here, there = Unseen.of(page.rows[row][-1]), Unseen.of(old[-1])
        changed |= here.noted_elsewise(there) & set(range(page.hidden_column))
        changed |= page.linked if here.links != there.links else set()
    return sorted(changed)


def _spans(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring columns as (left, right)."""
    if not columns:
        return
    left = right = columns[0]
    for column in columns[1:]:
        if column > right + 1 + GAP:
            yield left, right
            left = column
        right = column
    yield left, right


def _request(page: Page, block: Block) -> Request:
    places = range(block.left, block.right + 1)
    return {
        "updateCells": {
            "start": {
                "sheetId": page.sheet_id,
                "rowIndex": block.top,
                "columnIndex": block.left,
            },
            "rows": [{"values": _values(page, row, places)} for row in block.rows],
            "fields": FIELDS,
        }
    }


def _values(page: Page, row: int, places: range) -> list[dict[str, object]]:
    links, formulas, cells = page.links.get(row, {}), page.formulas.get(row, {}), page.rows[row]
    notes = page.notes.get(row, {})
    return [
        formula_data(formulas[place].text)
        if place in formulas
        else cell_data(cells[place], links.get(place), notes.get(place))
        for place in places
    ]
