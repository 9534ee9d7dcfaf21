"""Writing cell values: `spreadsheets.values.update`, `batchUpdate`, `append`, `clear`, `batchClear`.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values and
https://developers.google.com/workspace/sheets/api/guides/values
"""

from typing import Any

from tests.sheets_emulator import a1
from tests.sheets_emulator.a1 import Reference, written
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused, invalid
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet
from tests.sheets_emulator.parsing import Entered, entered
from tests.sheets_emulator.proto_json import required
from tests.sheets_emulator.references import canonical
from tests.sheets_emulator.values_read import Rendering, of_rect

Json = dict[str, Any]

MAX_CHARACTERS = 50_000
TOO_LONG = (
    f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single cell."
)


def update(call: Call) -> Json:
    """`spreadsheets.values.update`"""
    option = required(call.params, "valueInputOption")
    text: str = call.params["range"]
    try:
        same_range(call, text, call.body.get("range", text))
        return written_range(call, text, call.body, option, call.params)
    except Refused as refused:
        raise invalid(str(refused)) from refused


def same_range(call: Call, text: str, named: str) -> None:
    """Refuses a body that names other cells than the path."""
    if call.resolve(named) != call.resolve(text):
        raise Refused(f"Range [{named}] in the body must match range [{text}] in the path.")


def batch_update(call: Call) -> Json:
    """`spreadsheets.values.batchUpdate`: all of the ranges or none."""
    option = required(call.body, "valueInputOption")
    responses = []
    for index, data in enumerate(call.body.get("data", [])):
        try:
            responses.append(written_range(call, data.get("range", ""), data, option, call.body))
        except Refused as refused:
            raise invalid(f"Invalid data[{index}]: {refused}") from refused
    return {
        "spreadsheetId": call.book.id,
        "totalUpdatedRows": sum(each.get("updatedRows", 0) for each in responses),
        "totalUpdatedColumns": sum(each.get("updatedColumns", 0) for each in responses),
        "totalUpdatedCells": sum(each.get("updatedCells", 0) for each in responses),
        "totalUpdatedSheets": len({each["updatedRange"].rpartition("!")[0] for each in responses}),
        "responses": responses,
    }


def written_range(call: Call, text: str, data: Json, option: str, params: Json) -> Json:
    """Writes one ValueRange and answers with its UpdateValuesResponse."""
    sheet, reference = call.resolve(text)
    rows = by_rows(data)
    rect = target(sheet, reference, text, rows)
    return put(call, sheet, rect, rows, option, params)


def by_rows(data: Json) -> list[list[Any]]:
    """The values of a ValueRange as rows, whatever its major dimension."""
    values: list[list[Any]] = data.get("values", [])
    if data.get("majorDimension") != "COLUMNS":
        return values
    height = max((len(column) for column in values), default=0)
    return [
        [column[row] if row < len(column) else None for column in values] for row in range(height)
    ]


def target(sheet: Sheet, reference: Reference, text: str, rows: list[list[Any]]) -> Rect:
    """Where the values come to lie: they may be fewer than the range, one cell spreads."""
    sheet.clipped(reference)
    area = reference.within(sheet.row_count, sheet.column_count)
    if not sheet.whole.holds(area):
        raise Refused(sheet.beyond(reference))
    if reference.single:
        area = Rect(area.top, area.left, sheet.row_count, sheet.column_count)
    height, width = max(len(rows), 1), max([1, *(len(row) for row in rows)])
    if height > area.height:
        raise Refused(f"{overflow(text)} row [{area.bottom + 1}]")
    if width > area.width:
        raise Refused(f"{overflow(text)} column [{a1.column_letters(area.right)}]")
    return Rect(area.top, area.left, area.top + height, area.left + width)


def overflow(text: str) -> str:
    """How Google begins to say that the values do not fit."""
    return f"Requested writing within range [{text}], but tried writing to"


def put(
    call: Call, sheet: Sheet, rect: Rect, rows: list[list[Any]], option: str, params: Json
) -> Json:
    """Writes rows of values into cells; null leaves a cell as it is."""
    call.touch(sheet, rect)
    count = 0
    for y, row in enumerate(rows):
        for x, item in enumerate(row):
            if item is not None:
                place = f"values[{y}][{x}]"
                enter(call, sheet, rect.top + y, rect.left + x, checked(item, place), option)
                count += 1
    answer: Json = {
        "spreadsheetId": call.book.id,
        "updatedRange": written(sheet.title, rect),
        "updatedRows": rect.height if count else 0,
        "updatedColumns": rect.width if count else 0,
        "updatedCells": count,
    }
    if params.get("includeValuesInResponse"):
        answer["updatedData"] = of_rect(call, sheet, rect, Rendering.of_response(params))
    return answer


def checked(item: Any, place: str) -> str | float | bool:
    """A cell's new value: text, number or truth value."""
    if isinstance(item, dict | list):
        kind = "struct_value" if isinstance(item, dict) else "list_value"
        raise Refused(f"Invalid {place}: {kind} {{\n}}\n")
    if isinstance(item, str) and len(item) > MAX_CHARACTERS:
        raise Refused(TOO_LONG)
    return item  # type: ignore[no-any-return]


def enter(
    call: Call, sheet: Sheet, row: int, column: int, item: str | float | bool, option: str
) -> None:
    """Puts one value into a cell, RAW or as if typed."""
    cell = dict(sheet.cell(row, column))
    style = cell.get("userEnteredFormat", {})
    if isinstance(item, bool):
        new = Entered({"boolValue": item})
    elif isinstance(item, int | float):
        new = Entered({"numberValue": item})
    elif option == "USER_ENTERED":
        new = entered(item, call.book.locale, style.get("numberFormat"))
        if "formulaValue" in new.value:
            new = Entered({"formulaValue": canonical(item, call.book.titles)})
    else:
        new = Entered({"stringValue": item})
    cell.pop("textFormatRuns", None)
    cell.pop("userEnteredValue", None)
    if item != "":
        cell["userEnteredValue"] = new.value
    if new.number_format and "numberFormat" not in style:
        cell["userEnteredFormat"] = {**style, "numberFormat": new.number_format}
    sheet.put(row, column, cell)


def clear(call: Call) -> Json:
    """`spreadsheets.values.clear`: values only; formats, notes and validation stay."""
    try:
        return {
            "spreadsheetId": call.book.id,
            "clearedRange": cleared(call, call.params["range"]),
        }
    except Refused as refused:
        raise invalid(str(refused)) from refused


def batch_clear(call: Call) -> Json:
    """`spreadsheets.values.batchClear`"""
    names = []
    for index, text in enumerate(call.body.get("ranges", [])):
        try:
            names.append(cleared(call, text))
        except Refused as refused:
            raise invalid(f"Invalid range[{index}]: {refused}") from refused
    return {"spreadsheetId": call.book.id, "clearedRanges": names}


def cleared(call: Call, text: str) -> str:
    """Clears a range's values; its name as Google writes it."""
    sheet, reference = call.resolve(text)
    rect = sheet.clipped(reference)
    call.touch(sheet, rect)
    for row, column, cell in list(sheet.filled(rect)):
        kept = {
            name: part
            for name, part in cell.items()
            if name not in ("userEnteredValue", "textFormatRuns")
        }
        sheet.put(row, column, kept)
    return written(sheet.title, rect)
