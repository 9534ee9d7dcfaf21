"""The cell references inside formulas, as Sheets rewrites them when cells move.

Source: observed in the Sheets UI: inserting and deleting rows or columns follows every reference,
copying and sorting shift the relative ones, and a reference to deleted cells becomes #REF!.
"""

import re
from collections.abc import Callable

from tests.sheets_emulator.a1 import column_letters, column_number

Span = tuple[int, int]  # start and end, half open
Change = Callable[[Span], Span | None]  # None: gone

TOKEN = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?<![\w.$])(?P<sheet>(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?"
    r"(?P<cells>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d*)?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:\$?\d+)(?![\w(.!])"
)
CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d+)?")
GONE = "#REF!"


def follow(formula: str, here: str, sheet: str, dimension: str, change: Change) -> str:
    """A formula on tab `here` after rows or columns of `sheet` were inserted, deleted or moved."""

    def rewritten(match: re.Match[str]) -> str:
        if match["text"]:
            return match[0]
        prefix = match["sheet"] or ""
        named = prefix[:-1].strip("'").replace("''", "'") or here
        if named.lower() != sheet.lower():
            return match[0]
        cells = changed(match["cells"], dimension, change)
        return prefix + cells

    return TOKEN.sub(rewritten, formula)


def changed(cells: str, dimension: str, change: Change) -> str:
    """A reference with its rows or columns changed."""
    corners = [corner(part) for part in cells.split(":")]
    axis = 3 if dimension == "ROWS" else 1
    indexes = [part[axis] for part in corners]
    if None in indexes:
        return cells
    span = change((int(indexes[0] or 0), int(indexes[-1] or 0) + 1))
    if span is None:
        return GONE
    ends = (span[0], span[1] - 1)
    return ":".join(
        text((*part[:3], end) if axis == 3 else (part[0], end, part[2], part[3]))
        for part, end in zip(corners, ends, strict=False)
    )


def relocated(formula: str, rows: int, columns: int) -> str:
    """A formula copied that many rows down and columns to the right."""

    def shifted(match: re.Match[str]) -> str:
        if match["text"]:
            return match[0]
        parts = [moved(corner(part), rows, columns) for part in match["cells"].split(":")]
        if GONE in parts:
            return GONE
        return (match["sheet"] or "") + ":".join(parts)

    return TOKEN.sub(shifted, formula)


Corner = tuple[str, int | None, str, int | None]  # `$`, column, `$`, row


def corner(cell: str) -> Corner:
    """The parts of `$A$1`, counted from zero."""
    match = CORNER.fullmatch(cell)
    assert match, cell
    column = column_number(match[2]) if match[2] else None
    fixed_row = match[3] or (match[1] if column is None else "")
    return match[1], column, fixed_row, int(match[4]) - 1 if match[4] else None


def moved(part: Corner, rows: int, columns: int) -> str:
    """A corner shifted where it is not fixed by a `$`."""
    fixed_column, column, fixed_row, row = part
    if column is not None and not fixed_column:
        column += columns
    if row is not None and not fixed_row:
        row += rows
    if (column or 0) < 0 or (row or 0) < 0:
        return GONE
    return text((fixed_column, column, fixed_row, row))


def text(part: Corner) -> str:
    """A corner as it is written."""
    fixed_column, column, fixed_row, row = part
    letters = "" if column is None else fixed_column + column_letters(column)
    return letters + ("" if row is None else f"{fixed_row}{row + 1}")
