"""The cell references inside formulas, as Sheets rewrites them when cells move.

Source: observed in the Sheets UI: inserting and deleting rows or columns follows every reference,
copying and sorting shift the relative ones, and a reference to deleted cells becomes #REF!. How a
formula that is entered is written down was observed of the API, and is published as such.
"""

import re
from collections.abc import Callable, Iterable

from tests.sheets_emulator.a1 import column_letters, column_number, quoted

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
        if (title_of(match) or here).lower() != sheet.lower():
            return match[0]
        return (match["sheet"] or "") + changed(match["cells"], dimension, change)

    return TOKEN.sub(rewritten, formula)


def title_of(match: re.Match[str]) -> str:
    """The title before a reference's `!`; empty if it has none."""
    return (match["sheet"] or "")[:-1].strip("'").replace("''", "'")


def retitled(formula: str, old: str, new: str | None) -> str:
    """A formula after a tab got another title, or was deleted."""

    def rewritten(match: re.Match[str]) -> str:
        if match["text"] or title_of(match).lower() != old.lower():
            return match[0]
        return GONE if new is None else f"{quoted(new)}!{match['cells']}"

    return TOKEN.sub(rewritten, formula)


def titles_in(formula: str) -> set[str]:
    """The titles of the tabs that a formula names, in lower case."""
    return {title_of(match).lower() for match in TOKEN.finditer(formula)} - {""}


def canonical(formula: str, titles: Iterable[str]) -> str:
    """A formula as it is written down: `sum(sheet1!b3:a2)` becomes `sum(Sheet1!A2:B3)`."""
    known = {title.lower(): title for title in titles}

    def rewritten(match: re.Match[str]) -> str:
        if match["text"]:
            return match[0]
        title = title_of(match)
        prefix = f"{quoted(known.get(title.lower(), title))}!" if title else ""
        return prefix + tidy(match["cells"])

    return TOKEN.sub(rewritten, formula)


def fixed(formula: str) -> str:
    """A formula with a `$` before every row and column, as the source of a list of values has it."""

    def rewritten(match: re.Match[str]) -> str:
        corners = [corner(part) for part in match["cells"].split(":")]
        marked = [
            text(("$" if column is not None else "", column, "$" if row is not None else "", row))
            for _, column, _, row in corners
        ]
        return (match["sheet"] or "") + ":".join(marked)

    return TOKEN.sub(lambda match: match[0] if match["text"] else rewritten(match), formula)


def tidy(cells: str) -> str:
    """A reference with its corners in order; the range of one cell as the cell."""
    corners = [corner(part) for part in cells.split(":")]
    columns = in_order([(number, mark) for mark, number, _, _ in corners])
    rows = in_order([(number, mark) for _, _, mark, number in corners])
    whole = [
        text((column[1], column[0], row[1], row[0]))
        for column, row in zip(columns, rows, strict=True)
    ]
    alike = len(whole) == 2 and whole[0] == whole[1] and None not in (columns[0][0], rows[0][0])
    return whole[0] if alike else ":".join(whole)


Edge = tuple[int | None, str]  # a row or column, and the `$` before it


def in_order(edges: list[Edge]) -> list[Edge]:
    """The edges of one axis, the lesser first; open ones stay where they are."""
    if any(number is None for number, _ in edges):
        return edges
    return sorted(edges, key=lambda edge: edge[0] or 0)


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
