"""A1 and R1C1 notation: text to rectangle and back.

Source: https://developers.google.com/workspace/sheets/api/guides/concepts#cell. How Google quotes
titles in its answers was seen in recorded ones: letters, digits, `_` and `.` stay bare unless the
title starts with a digit or could be taken for a cell.
"""

import re
from dataclasses import dataclass

from tests.sheets_emulator.geometry import Rect

CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?(0*[1-9]\d*)?")
R1C1 = re.compile(r"[Rr](\d+)?[Cc](\d+)?")
BARE_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
QUOTED = re.compile(r"'(.*)'(?:!([^']*))?", re.DOTALL)


@dataclass(frozen=True)
class Reference:
    """Cells by their edges; an edge that the text left open is None."""

    top: int | None = None
    left: int | None = None
    bottom: int | None = None
    right: int | None = None

    @property
    def single(self) -> bool:
        """Does it name one cell, as `B3` does (and `B3:B3` too)?"""
        return (
            self.top is not None
            and self.left is not None
            and self.bottom == self.top + 1
            and self.right == self.left + 1
        )

    def within(self, rows: int, columns: int) -> Rect:
        """The rectangle in a grid of that size, an open edge being the grid's."""
        return Rect(
            self.top or 0,
            self.left or 0,
            rows if self.bottom is None else self.bottom,
            columns if self.right is None else self.right,
        )


WHOLE = Reference()


def column_number(letters: str) -> int:
    """`A` is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """0 is `A`."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def split(text: str) -> tuple[str | None, str | None]:
    """(sheet title, cells) of a range's text; what is not there is None.

    A bare word comes back as cells: what it names depends on the spreadsheet. Apostrophes inside
    quotes are doubled or, as in Google's own example `'Jon's_Data'!A1:D5`, not.
    """
    quoted = QUOTED.fullmatch(text)
    if quoted:
        return quoted[1].replace("''", "'"), quoted[2]
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def parse(cells: str) -> Reference | None:
    """`B3`, `A1:B2`, `A:B`, `1:2`, `A2:B`, `$A$1`, `R1C1:R2C2`; None if it is none of these."""
    corners = [corner(part) for part in cells.split(":")]
    if any(part is None for part in corners) or not 1 <= len(corners) <= 2:
        return None
    (row, column), *others = [part for part in corners if part is not None]
    if not others:
        if row is None or column is None:
            return None
        return Reference(row, column, row + 1, column + 1)
    return spanned((row, column), others[0])


def corner(text: str) -> tuple[int | None, int | None] | None:
    """(row, column), either of which may be open."""
    absolute = R1C1.fullmatch(text)
    if absolute and (absolute[1] or absolute[2]):
        return tuple(int(part) - 1 if part else None for part in absolute.groups())  # type: ignore
    match = CELL.fullmatch(text)
    if not match or not (match[1] or match[2]):
        return None
    row = int(match[2]) - 1 if match[2] else None
    return row, column_number(match[1]) if match[1] else None


def spanned(
    first: tuple[int | None, int | None], second: tuple[int | None, int | None]
) -> Reference | None:
    """The range between two corners, in whichever order they stand; `A2:B` is open below."""
    (top, bottom), (left, right) = [ordered(a, b) for a, b in zip(first, second, strict=True)]
    if (top, bottom, left, right) == (None,) * 4:
        return None
    return Reference(top, left, bottom, right)


def ordered(a: int | None, b: int | None) -> tuple[int | None, int | None]:
    """(start, end) of one axis; one corner alone opens the other end."""
    if a is None or b is None:
        return (b if a is None else a), None
    return min(a, b), max(a, b) + 1


def quoted(title: str) -> str:
    """A sheet's title as Google writes it before the `!`."""
    if BARE_TITLE.fullmatch(title) and not LOOKS_LIKE_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def cell_name(row: int, column: int) -> str:
    """`B3` of (2, 1)."""
    return f"{column_letters(column)}{row + 1}"


def written(title: str, rect: Rect) -> str:
    """A rectangle as Google echoes it: `Sheet1!A1:Z1000`, one cell as `Sheet1!B3`."""
    return named(title, Reference(rect.top, rect.left, rect.bottom, rect.right))


def named(title: str, reference: Reference) -> str:
    """A reference as Google writes it, its open ends left open: `Sheet1!A221:ZZ`, `T!AA1:2`."""
    rows = (reference.top, reference.bottom) != (None, None)
    columns = (reference.left, reference.right) != (None, None)
    first = last = ""
    if columns or not rows:
        first += column_letters(reference.left or 0)
        last += "" if reference.right is None else column_letters(reference.right - 1)
    if rows or not columns:
        first += str((reference.top or 0) + 1)
        last += "" if reference.bottom is None else str(reference.bottom)
    ends = f":{last}" if last and not reference.single else ""
    return f"{quoted(title)}!{first}{ends}"
