"""Writing cell values: `spreadsheets.values.update`, `batchUpdate`, `append`, `clear`, `batchClear`.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values and
https://developers.google.com/workspace/sheets/api/guides/values
"""

from dataclasses import dataclass
from json import dumps
from textwrap import indent
from typing import Any

from tests.sheets_emulator import a1
from tests.sheets_emulator.a1 import Reference, written
from tests.sheets_emulator.batch import tables
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


@dataclass(frozen=True)
class Written:
    """What one ValueRange changed: the range asked for, the part it covered, the cells it set."""

    sheet: Sheet
    asked: Rect
    rect: Rect
    cells: list[tuple[int, int]]

    def response(self, call: Call, params: Json) -> Json:
        """Its UpdateValuesResponse; only rows and columns with a cell that was set count."""
        answer: Json = {
            "spreadsheetId": call.book.id,
            "updatedRange": written(self.sheet.title, self.rect),
            "updatedRows": len({row for row, _ in self.cells}),
            "updatedColumns": len({column for _, column in self.cells}),
            "updatedCells": len(self.cells),
        }
        if params.get("includeValuesInResponse"):
            rendering = Rendering.of_response(params)
            answer["updatedData"] = of_rect(call, self.sheet, self.asked, rendering)
        return answer


def update(call: Call) -> Json:
    """`spreadsheets.values.update`"""
    option = required(call.params, "valueInputOption")
    text: str = call.params["range"]
    try:
        same_range(call)
        return written_range(call, text, call.body, option, call.params)
    except Refused as refused:
        raise invalid(str(refused)) from refused


def same_range(call: Call) -> None:
    """Refuses a body whose range is written otherwise than the path's, be it only in its quotes."""
    asked = call.params["range"]
    given = call.body.get("range", asked)
    if given != asked:
        raise Refused(f"Request range[{asked}] does not match value's range[{given}]")


def batch_update(call: Call) -> Json:
    """`spreadsheets.values.batchUpdate`: all of the ranges or none."""
    option = required(call.body, "valueInputOption")
    changes = []
    for index, data in enumerate(call.body.get("data", [])):
        try:
            changes.append(change(call, data.get("range", ""), data, option))
        except Refused as refused:
            raise invalid(f"Invalid data[{index}]: {refused}") from refused
    return {
        "spreadsheetId": call.book.id,
        **totals(changes),
        "responses": [each.response(call, call.body) for each in changes],
    }


def totals(changes: list[Written]) -> Json:
    """What a batch came to; a row or column that several ranges changed counts once."""
    cells = [(each.sheet.id, *cell) for each in changes for cell in each.cells]
    return {
        "totalUpdatedRows": len({(sheet, row) for sheet, row, _ in cells}),
        "totalUpdatedColumns": len({(sheet, column) for sheet, _, column in cells}),
        "totalUpdatedCells": len(cells),
        "totalUpdatedSheets": len({sheet for sheet, _, _ in cells}),
    }


def written_range(call: Call, text: str, data: Json, option: str, params: Json) -> Json:
    """Writes one ValueRange and answers with its UpdateValuesResponse."""
    return change(call, text, data, option).response(call, params)


def change(call: Call, text: str, data: Json, option: str) -> Written:
    """Writes one ValueRange."""
    sheet, reference = call.resolve(text)
    rows = by_rows(data)
    rect = target(sheet, reference, text, rows)
    asked = rect if reference.single else reference.within(sheet.row_count, sheet.column_count)
    cells = put(call, sheet, rect, rows, option)
    tables.settle(call.book)
    return Written(sheet, asked, rect, cells)


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
    call: Call, sheet: Sheet, rect: Rect, rows: list[list[Any]], option: str
) -> list[tuple[int, int]]:
    """Writes rows of values and says into which cells; null leaves a cell as it is."""
    call.touch(sheet, rect)
    cells = []
    for y, row in enumerate(rows):
        for x, item in enumerate(row):
            if item is not None:
                cell = rect.top + y, rect.left + x
                enter(call, sheet, *cell, checked(item, f"values[{y}][{x}]"), option)
                cells.append(cell)
    return cells


def checked(item: Any, place: str) -> str | float | bool:
    """A cell's new value: text, number or truth value."""
    if isinstance(item, dict | list):
        told = value_text(item).replace(" {", " \t {", 1)  # Google marks what nobody should parse
        raise Refused(f"Invalid {place}: {told}")
    if isinstance(item, str) and len(item) > MAX_CHARACTERS:
        raise Refused(TOO_LONG)
    return item  # type: ignore[no-any-return]


def value_text(item: Any) -> str:
    """A google.protobuf.Value in the text form of protocol buffers, as Google's messages have it."""
    if isinstance(item, dict):
        fields = [
            block("fields", f"key: {dumps(key)}\n" + block("value", value_text(each)))
            for key, each in item.items()
        ]
        return block("struct_value", "".join(fields))
    if isinstance(item, list):
        return block("list_value", "".join(block("values", value_text(each)) for each in item))
    if item is None:
        return "null_value: NULL_VALUE\n"
    kinds = {bool: "bool_value", str: "string_value"}
    told = item if isinstance(item, bool | str) else float(item)
    return f"{kinds.get(type(item), 'number_value')}: {dumps(told, ensure_ascii=False)}\n"


def block(name: str, inside: str) -> str:
    """A message in text form, what is inside indented."""
    return f"{name} {{\n{indent(inside, '  ')}}}\n"


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
        dotted = call.book.doubts.dotted_times == "dates"
        new = entered(item, call.book.locale, style.get("numberFormat"), dotted)
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
