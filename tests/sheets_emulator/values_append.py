"""`spreadsheets.values.append`: finds the table, writes below it, and lets the grid grow.

Source: https://developers.google.com/workspace/sheets/api/guides/values#append_values. A table is a
block of cells with blank rows and columns around it; of several in the range, the last.
"""

from typing import Any

from tests.sheets_emulator.a1 import written
from tests.sheets_emulator.batch.grid import insert
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused, invalid
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet
from tests.sheets_emulator.proto_json import required
from tests.sheets_emulator.values_write import Written, by_rows, put, same_range

Json = dict[str, Any]


def append(call: Call) -> Json:
    """`spreadsheets.values.append`"""
    option = required(call.params, "valueInputOption")
    try:
        same_range(call)
        return appended(call, option)
    except Refused as refused:
        raise invalid(str(refused)) from refused


def appended(call: Call, option: str) -> Json:
    """Writes the values below the table that the range leads to."""
    sheet, reference = call.resolve(call.params["range"])
    searched = sheet.clipped(reference)
    rows = by_rows(call.body)
    found = table(sheet, searched)
    top, left = (found.bottom, found.left) if found else (searched.top, searched.left)
    height, width = max(len(rows), 1), max([1, *(len(row) for row in rows)])
    rect = Rect(top, left, top + height, left + width)
    if call.params.get("insertDataOption") == "INSERT_ROWS" and top < sheet.row_count:
        insert(call.book, sheet, "ROWS", top, height)
    grow(call, sheet, rect)
    answer: Json = {"spreadsheetId": call.book.id}
    if found:
        answer["tableRange"] = written(sheet.title, found)
    change = Written(sheet, rect, rect, put(call, sheet, rect, rows, option))
    return {**answer, "updates": change.response(call, call.params)}


def grow(call: Call, sheet: Sheet, rect: Rect) -> None:
    """Makes the grid large enough for a rectangle."""
    rows, columns = max(sheet.row_count, rect.bottom), max(sheet.column_count, rect.right)
    if (rows, columns) != (sheet.row_count, sheet.column_count):
        sheet.resize(rows, columns)
        call.book.check_size()


def table(sheet: Sheet, searched: Rect) -> Rect | None:
    """The last table that has a cell in the searched range."""
    found = last_value(sheet, searched)
    while found:
        wider = grown(sheet, found)
        if wider == found:
            break
        found = wider
    return found


def last_value(sheet: Sheet, searched: Rect) -> Rect | None:
    """The last cell with a value, row by row."""
    for row in range(searched.bottom - 1, searched.top - 1, -1):
        columns = [
            column
            for column, cell in sheet.rows[row].items()
            if searched.left <= column < searched.right and "userEnteredValue" in cell
        ]
        if columns:
            return Rect(row, max(columns), row + 1, max(columns) + 1)
    return None


def grown(sheet: Sheet, rect: Rect) -> Rect:
    """A rectangle widened to each side as long as a cell with a value touches that side."""
    top, left, bottom, right = rect.top, rect.left, rect.bottom, rect.right
    while occupied(sheet, top - 1, left - 1, top, right + 1):
        top -= 1
    while occupied(sheet, bottom, left - 1, bottom + 1, right + 1):
        bottom += 1
    while occupied(sheet, top - 1, left - 1, bottom + 1, left):
        left -= 1
    while occupied(sheet, top - 1, right, bottom + 1, right + 1):
        right += 1
    return Rect(top, left, bottom, right)


def occupied(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> bool:
    """Is there a value in this strip, as far as it lies in the grid?"""
    strip = Rect(max(top, 0), max(left, 0), bottom, right)
    strip = strip.clipped(sheet.row_count, sheet.column_count)
    return any("userEnteredValue" in cell for _, _, cell in sheet.filled(strip))
