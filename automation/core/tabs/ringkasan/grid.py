"""The grid on which the page is laid out: twelve columns of equal width, lines of cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from automation.core.drawing import Label, Value

COLUMNS = 12
WIDTHS = dict.fromkeys(range(COLUMNS), 10)  # characters
LINE, GAP, UNUSED = 18, 12, 2  # points: a line of text, a gap, a line that nothing stands in


@dataclass(frozen=True)
class Cell:
    """One cell of a line, `span` columns wide."""

    value: Value
    span: int
    look: str = "line"
    link: str | None = None


def line(row: int, cells: Iterable[Cell], column: int = 0) -> Iterator[Label]:
    """Cells beside each other from `column` on."""
    for cell in cells:
        yield Label(row, column, cell.value, cell.look, cell.span, cell.link)
        column += cell.span


def title(row: int, text: Value, column: int = 0, span: int = COLUMNS) -> Label:
    return Label(row, column, text, "part", span)
