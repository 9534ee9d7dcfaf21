"""Rectangles of cells: zero-based and half open, as the API's GridRange, but with every edge known.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other
"""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Rect:
    """Rows `top` to `bottom` and columns `left` to `right`, the ends not included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def meets(self, other: "Rect") -> bool:
        """Do they share a cell?"""
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def holds(self, other: "Rect") -> bool:
        """Is `other` wholly inside?"""
        return (
            self.top <= other.top
            and self.left <= other.left
            and self.bottom >= other.bottom
            and self.right >= other.right
        )

    def clipped(self, rows: int, columns: int) -> "Rect":
        """What is left of it in a grid of that size."""
        return Rect(
            min(self.top, rows),
            min(self.left, columns),
            min(self.bottom, rows),
            min(self.right, columns),
        )

    def at(self, row: int, column: int) -> "Rect":
        """The same size, elsewhere."""
        return Rect(row, column, row + self.height, column + self.width)

    def grid_range(self, sheet_id: int) -> Json:
        """The API's form."""
        return {
            "sheetId": sheet_id,
            "startRowIndex": self.top,
            "endRowIndex": self.bottom,
            "startColumnIndex": self.left,
            "endColumnIndex": self.right,
        }


def rect_of(grid_range: Json, rows: int, columns: int) -> Rect:
    """A GridRange in a grid of that size: a missing edge is the grid's."""
    return Rect(
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        grid_range.get("endRowIndex", rows),
        grid_range.get("endColumnIndex", columns),
    )
