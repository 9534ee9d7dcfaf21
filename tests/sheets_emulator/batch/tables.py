"""Tables: a range whose columns have names, and perhaps types, and which forbids some things.

Sources: https://developers.google.com/workspace/sheets/api/guides/tables; for refusals and headers
what was measured of the API and published with mmedum/google-sheets-mcp (docs/architecture.md,
sheetstest), and the words that users quote. What becomes of a filter below a new table, and the
words about headers and protections, are not known.
"""

from collections.abc import Iterator
from typing import Any

from tests.sheets_emulator.call import Call
from tests.sheets_emulator.effective import scalar
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.fields import Mask, with_styles
from tests.sheets_emulator.formatting import shown
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet, Spreadsheet, fresh_id

Json = dict[str, Any]

FILTERED = "You can't apply a filter to a range that partially intersects a table."
TYPED = "This operation is not allowed on cells in typed columns."
PROTECTED = "You can't protect a range that intersects a table."
FORMULA = "Table header row cell must not have a formula."
NO_LIST = "Condition must be set for dropdown column type."
OTHER_LIST = "Cannot set condition for non-dropdown column type."
FORMAT_TYPES = {"DATE", "TIME", "DATE_TIME", "CURRENCY", "PERCENT"}


def add(call: Call, request: Json) -> Json:
    """addTable"""
    given = with_styles(request.get("table", {}))
    sheet, rect = call.area(given.get("range"))
    for column in given.get("columnProperties", []):
        is_list, rule = column.get("columnType") == "DROPDOWN", "dataValidationRule" in column
        if is_list != rule:
            raise Refused(NO_LIST if is_list else OTHER_LIST)
    return {"table": placed(call, sheet, rect, given)}


def convert(call: Call, sheet: Sheet) -> Json:
    """What "Convert to table" makes of all that stands on a tab, below the headers in row 1."""
    filled = list(sheet.filled(sheet.whole))
    valued = [(row, column) for row, column, cell in filled if "userEnteredValue" in cell]
    bottom, right = (max(each) + 1 for each in zip(*valued, strict=True))
    columns = [
        {"columnIndex": column, **column_type(sheet.cell(1, column))} for column in range(right)
    ]
    return placed(call, sheet, Rect(0, 0, bottom, right), {"columnProperties": columns})


def column_type(cell: Json) -> Json:
    """The type that a column gets by its first cell: by its drop-down, or else its format."""
    kind = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type", "")
    condition = cell.get("dataValidation", {}).get("condition", {})
    if condition.get("type") in ("ONE_OF_LIST", "ONE_OF_RANGE"):
        return {"columnType": "DROPDOWN", "dataValidationRule": {"condition": condition}}
    if condition.get("type") == "BOOLEAN":
        return {"columnType": "BOOLEAN"}
    return {"columnType": kind} if kind in FORMAT_TYPES else {}


def placed(call: Call, sheet: Sheet, rect: Rect, given: Json) -> Json:
    """A new table; formulas in its headers become what they show, a filter there becomes its own."""
    if any(meeting(sheet, rect)):
        raise Refused("A table cannot overlap another table.")
    if sheet.basic_filter and rect.meets(sheet.rect(sheet.basic_filter["range"])):
        sheet.basic_filter = None
    number = sum(len(each.tables) for each in call.book.sheets) + 1
    keep_headers(call, sheet, rect)
    made = {"tableId": str(fresh_id(set())), "name": f"Table{number}", **given}
    sheet.tables.append({**made, "range": rect.grid_range(sheet.id)})
    for column in given.get("columnProperties", []):
        if "columnName" in column:
            at = rect.left + column.get("columnIndex", 0)
            entitle(sheet, rect.top, at, column["columnName"])
    settle(call.book)
    return sheet.tables[-1]


def keep_headers(call: Call, sheet: Sheet, rect: Rect) -> None:
    results = call.results()
    told = {column: results.of(sheet, rect.top, column) for column in range(rect.left, rect.right)}
    for column, value in told.items():
        if "formulaValue" in sheet.cell(rect.top, column).get("userEnteredValue", {}):
            entitle(sheet, rect.top, column, str(scalar(value)))


def entitle(sheet: Sheet, row: int, column: int, text: str) -> None:
    """Writes a header, which is always text and has no runs."""
    kept = {k: part for k, part in sheet.cell(row, column).items() if k != "textFormatRuns"}
    sheet.put(row, column, {**kept, "userEnteredValue": {"stringValue": text}})


def meeting(sheet: Sheet, rect: Rect) -> Iterator[Json]:
    """The tables that lie in a rectangle, be it in part."""
    return (each for each in sheet.tables if rect.meets(sheet.rect(each["range"])))


def settle(book: Spreadsheet) -> None:
    """Names the columns of every table by its headers as they are now."""
    for sheet in book.sheets:
        sheet.tables = [settled(book, sheet, table) for table in sheet.tables]


def settled(book: Spreadsheet, sheet: Sheet, table: Json) -> Json:
    """A table with an entry for each of its columns; a header must be text."""
    rect = sheet.rect(table["range"])
    known = {each.get("columnIndex", 0): each for each in table.get("columnProperties", [])}
    columns = []
    for index in range(rect.width):
        at = rect.top, rect.left + index
        value = sheet.cell(*at).get("userEnteredValue", {})
        if "formulaValue" in value and book.doubts.table_headers == "refused":
            raise Refused(FORMULA)
        if "formulaValue" in value or not value:
            entitle(sheet, *at, f"Column {index + 1}")
        style = sheet.cell(*at).get("userEnteredFormat", {}).get("numberFormat")
        (text,) = sheet.cell(*at)["userEnteredValue"].values()
        name = {"columnIndex": index, "columnName": shown(text, style, book.locale)}
        columns.append({**known.get(index, {}), **name})
    return {**table, "columnProperties": columns}


def check_filter(sheet: Sheet, rect: Rect) -> None:
    """Refuses a filter, or a view of one, upon a table."""
    if any(meeting(sheet, rect)):
        raise Refused(FILTERED)


def check_protection(book: Spreadsheet, sheet: Sheet, rect: Rect) -> None:
    """Refuses the protection of a table or a part of it."""
    if book.doubts.table_protections == "refused" and any(meeting(sheet, rect)):
        raise Refused(PROTECTED)


def check_types(sheet: Sheet, rect: Rect) -> None:
    """Refuses what a column's type settles: below the headers, where the columns have any."""
    for table in meeting(sheet, rect):
        area = sheet.rect(table["range"])
        for column in table["columnProperties"]:
            left = area.left + column["columnIndex"]
            if "columnType" in column and rect.meets(
                Rect(area.top + 1, left, area.bottom, left + 1)
            ):
                raise Refused(TYPED)


def check_format(book: Spreadsheet, sheet: Sheet, rect: Rect, mask: Mask) -> None:
    """Refuses another number format than that of a column's type."""
    formats = mask.get("userEnteredFormat", {}) if mask else {}
    touched = not mask or ("userEnteredFormat" in mask and not formats) or "numberFormat" in formats
    if touched and book.doubts.table_formats == "refused":
        check_types(sheet, rect)


HANDLERS = {"addTable": add}
