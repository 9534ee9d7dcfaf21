"""Requests about whole rows and columns."""

from typing import Any

from tests.sheets_emulator.batch import grid
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.effective import entered_value
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.fields import for_writing, merge
from tests.sheets_emulator.formatting import shown
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet

Json = dict[str, Any]

CHARACTER_PIXELS, PADDING_PIXELS, LEAST_PIXELS = 7, 10, 21


def insert_dimension(call: Call, request: Json) -> Json:
    """insertDimension: "Both the start and end indexes must be bounded." """
    if "endIndex" not in request.get("range", {}):
        raise Refused("DimensionRange must specify both a startIndex and an endIndex.")
    sheet, dimension, start, end = span(call, request.get("range", {}))
    size = length(sheet, dimension)
    before = request.get("inheritFromBefore", False)
    if start > size:
        raise Refused(f"range.startIndex is larger than current grid size ({size})")
    if start == size and not before:
        raise Refused(
            f"range.startIndex must be less than the grid size ({size}) if inheritFromBefore is "
            "false."
        )
    if start == 0 and before:
        raise Refused("inheritFromBefore cannot be true if range.startIndex is 0.")
    grid.insert(call.book, sheet, dimension, start, end - start, before)
    return {}


def delete_dimension(call: Call, request: Json) -> Json:
    """deleteDimension"""
    sheet, dimension, start, end = span(call, request.get("range", {}))
    size, name = length(sheet, dimension), singular(dimension)
    if end > size:
        raise Refused(
            f"Cannot delete a {name} that doesn't exist. Tried to delete {name} index "
            f"{max(start, size)} but there are only {size} {name}s."
        )
    frozen = sheet.grid.get(f"frozen{name.title()}Count", 0)
    if end - start == size:
        raise Refused(f"You can't delete all the {name}s on the sheet.")
    if frozen and start <= frozen and end == size:
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {name}s.")
    call.touch(sheet, band(sheet, dimension, start, end))
    grid.delete(call.book, sheet, dimension, start, end)
    unfreeze(sheet, name, max(0, min(frozen, end) - start))
    return {}


def unfreeze(sheet: Sheet, name: str, count: int) -> None:
    """Frozen rows that were deleted are no longer frozen."""
    key = f"frozen{name.title()}Count"
    if count:
        sheet.properties = {
            **sheet.properties,
            "gridProperties": {**sheet.grid, key: sheet.grid[key] - count},
        }


def move_dimension(call: Call, request: Json) -> Json:
    """moveDimension"""
    sheet, dimension, start, end = span(call, request.get("source", {}))
    to, size = request.get("destinationIndex", 0), length(sheet, dimension)
    if end > size or to > size:
        raise Refused(f"source or destinationIndex is larger than current grid size ({size})")
    for merge_ in sheet.merges:
        first = merge_[f"start{grid.AXIS[dimension]}Index"]
        last = merge_[f"end{grid.AXIS[dimension]}Index"]
        cut = first < start < last or first < end < last
        if last - first > 1 and (cut or first < to < last):
            name = singular(dimension)
            raise Refused(
                f"Sorry, it is not possible to move a {name} to a position that crosses a merged "
                "cell. Please unmerge and try again."
            )
    call.touch(sheet, band(sheet, dimension, start, end))
    grid.move(call.book, sheet, dimension, (start, end), to)
    return {}


def append_dimension(call: Call, request: Json) -> Json:
    """appendDimension"""
    sheet = call.book.sheet(request.get("sheetId", 0))
    count = request.get("length", 0)
    if count < 1:
        raise Refused("length must be at least 1.")
    if checked(request.get("dimension")) == "ROWS":
        sheet.resize(sheet.row_count + count, sheet.column_count)
    else:
        sheet.resize(sheet.row_count, sheet.column_count + count)
    call.book.check_size()
    return {}


def update_dimension_properties(call: Call, request: Json) -> Json:
    """updateDimensionProperties"""
    sheet, dimension, start, end = span(call, request.get("range", {}))
    if end > length(sheet, dimension):
        raise Refused(
            f"range.endIndex is larger than current grid size ({length(sheet, dimension)})"
        )
    mask = for_writing(request.get("fields"), "DimensionProperties", "properties")
    new = request.get("properties", {})
    if "pixelSize" in mask and new.get("pixelSize", 0) < 0:
        raise Refused("pixelSize must be non-negative.")
    properties = sheet.row_properties if dimension == "ROWS" else sheet.column_properties
    for index in range(start, end):
        properties[index] = merge(properties[index], new, mask)
    return {}


def auto_resize_dimensions(call: Call, request: Json) -> Json:
    """autoResizeDimensions: about as wide as the longest text; rows as high as one line."""
    sheet, dimension, start, end = span(call, request.get("dimensions", {}))
    if dimension == "ROWS":
        for row in range(start, min(end, sheet.row_count)):
            sheet.row_properties[row] = {**sheet.row_properties[row], "pixelSize": LEAST_PIXELS}
        return {}
    widest = dict.fromkeys(range(start, min(end, sheet.column_count)), 0)
    for _, column, cell in sheet.filled(sheet.whole):
        if column in widest:
            style = cell.get("userEnteredFormat", {}).get("numberFormat")
            text = shown(entered_value(cell), style, call.book.locale)
            widest[column] = max(widest[column], len(text))
    for column, size in widest.items():
        pixels = max(LEAST_PIXELS, size * CHARACTER_PIXELS + PADDING_PIXELS)
        sheet.column_properties[column] = {
            **sheet.column_properties[column],
            "pixelSize": pixels,
        }
    return {}


def span(call: Call, range_: Json) -> tuple[Sheet, str, int, int]:
    """(tab, dimension, start, end) of a DimensionRange; an open end is the grid's."""
    sheet = call.book.sheet(range_.get("sheetId", 0))
    dimension = checked(range_.get("dimension"))
    start = range_.get("startIndex", 0)
    end = range_.get("endIndex", length(sheet, dimension))
    if min(start, end) < 0:
        raise Refused("DimensionRange indexes must be >= 0")
    if end <= start:
        raise Refused(f"range.startIndex[{start}] must be less than range.endIndex[{end}]")
    return sheet, dimension, start, end


def checked(dimension: str | None) -> str:
    """ROWS or COLUMNS."""
    if dimension not in grid.AXIS:
        raise Refused("No dimension specified.")
    return str(dimension)


def length(sheet: Sheet, dimension: str) -> int:
    """How many rows or columns a tab has."""
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def singular(dimension: str) -> str:
    """`row` or `column`."""
    return grid.AXIS[dimension].lower()


def band(sheet: Sheet, dimension: str, start: int, end: int) -> Rect:
    """The cells of rows or columns."""
    if dimension == "ROWS":
        return Rect(start, 0, end, sheet.column_count)
    return Rect(0, start, sheet.row_count, end)


HANDLERS = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
}
