"""How tall the rows of a tab are to be."""

from collections.abc import Sequence
from textwrap import wrap

from automation.core.drawing import Column, Sheet

LINE_HEIGHT = 20  # pixels
FILTER_BUTTON = 3  # characters that it hides


def row_heights(sheet: Sheet) -> dict[int, int]:
    """Row -> pixels, where the drawing says so."""
    heights = {table.row: header_height(table.columns, sheet) for table in sheet.tables}
    return heights | {row: points * 4 // 3 for row, points in sheet.heights.items()}


def header_height(columns: Sequence[Column], sheet: Sheet) -> int:
    """Pixels that the longest header needs in its column, beside its filter button."""
    lines = 1
    for place, column in enumerate(columns):
        width = sheet.widths.get(place, column.width) - FILTER_BUTTON
        lines = max(lines, len(wrap(column.header, max(width, 1))))
    return (lines + 1) * LINE_HEIGHT
