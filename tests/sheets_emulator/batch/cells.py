"""Requests that write cells: their values, formats, notes, validation and borders."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.sheets_emulator.batch import conditions, tables
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.fields import Mask, for_writing, merge, with_styles
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet, Spreadsheet
from tests.sheets_emulator.references import canonical, relocated
from tests.sheets_emulator.values_write import MAX_CHARACTERS, TOO_LONG

Json = dict[str, Any]

# What somebody can enter into a cell; the rest of CellData is worked out.
WRITABLE = {
    "userEnteredValue",
    "userEnteredFormat",
    "note",
    "dataValidation",
    "textFormatRuns",
    "pivotTable",
    "chipRuns",
}
COLORED = {"userEnteredFormat", "textFormatRuns"}
BLANK = {"stringValue": ""}  # clears a cell


def update_cells(call: Call, request: Json) -> Json:
    """updateCells: with `range` what the rows leave out is cleared, with `start` it is kept."""
    mask = cell_mask(request)
    rows = [row.get("values", []) for row in request.get("rows", [])]
    if "range" in request:
        sheet, rect = call.area(request["range"])
        fits(rows, rect)
        rows += [[] for _ in range(rect.height - len(rows))]
        for row, cells in enumerate(rows, start=rect.top):
            cells = cells + [{}] * (rect.width - len(cells))
            write_row(call.book, sheet, row, rect.left, cells, mask)
        return {}
    if "start" not in request:
        raise Refused("Must specify either a range or a start.")
    start = request["start"]
    sheet = call.book.sheet(start.get("sheetId", 0))
    top, left = sheet.place(start)
    fits(rows, Rect(top, left, sheet.row_count, sheet.column_count))
    width = max([1, *(len(cells) for cells in rows)])
    call.touch(sheet, Rect(top, left, top + len(rows), left + width))
    for row, cells in enumerate(rows, start=top):
        write_row(call.book, sheet, row, left, cells, mask)
    return {}


def fits(rows: list[list[Json]], rect: Rect) -> None:
    """Refuses rows that are taller or wider than where they go."""
    if len(rows) > rect.height:
        raise Refused(
            f"Attempting to write row: {max(rect.bottom, rect.top)}, "
            f"beyond the last requested row of: {rect.bottom - 1}"
        )
    if max([0, *(len(cells) for cells in rows)]) > rect.width:
        raise Refused(
            f"Attempting to write column: {max(rect.right, rect.left)}, "
            f"beyond the last requested column of: {rect.right - 1}"
        )


def write_row(
    book: Spreadsheet, sheet: Sheet, row: int, left: int, cells: list[Json], mask: Mask
) -> None:
    """Writes the masked fields of cells side by side."""
    for column, cell in enumerate(cells, start=left):
        sheet.put(row, column, written(book, sheet.cell(row, column), cell, mask))


def written(book: Spreadsheet, old: Json, new: Json, mask: Mask) -> Json:
    """A cell with the masked fields of another."""
    entered = {name: part for name, part in new.items() if name in WRITABLE}
    if "userEnteredValue" in entered:
        entered["userEnteredValue"] = value_kept(book, entered["userEnteredValue"])
    for name in entered.keys() & COLORED:
        entered[name] = with_styles(entered[name])
    if "dataValidation" in entered:
        entered["dataValidation"] = rule_kept(book, entered["dataValidation"])
    cell = merge(old, entered, mask) if mask else entered
    if book.doubts.whole_links == "format":
        cell = with_link_in_format(cell)
    if cell.get("userEnteredValue", BLANK) in (BLANK, {}):
        cell.pop("userEnteredValue", None)
    return {name: part for name, part in cell.items() if part not in ({}, "")}


def with_link_in_format(cell: Json) -> Json:
    """A link that covers the whole of a text is kept in the cell's format, and is no run of it."""
    match cell.get("textFormatRuns"):
        case [{"format": {"link": link, **others}, **place}] if not place.get("startIndex"):
            shown = cell.get("userEnteredFormat", {})
            text = {**shown.get("textFormat", {}), **others, "link": link}
            return {
                **without(cell, "textFormatRuns"),
                "userEnteredFormat": {**shown, "textFormat": text},
            }
    return cell


def value_kept(book: Spreadsheet, value: Json) -> Json:
    """A value as a cell holds it; refused if it cannot be made to."""
    if "errorValue" in value:
        raise Refused("Cannot set an error value.")
    text = str(value.get("stringValue", value.get("formulaValue", "")))
    if len(text) > MAX_CHARACTERS:
        raise Refused(TOO_LONG)
    if "formulaValue" in value:
        return {"formulaValue": canonical(value["formulaValue"], book.titles)}
    return value


def rule_kept(book: Spreadsheet, rule: Json) -> Json:
    """A validation rule as a cell keeps it."""
    if "condition" not in rule:
        raise Refused("rule.condition is required.")
    return {**rule, "condition": conditions.kept(rule["condition"], "data validation", book)}


def cell_mask(request: Json) -> Mask:
    """The mask of a request that writes CellData."""
    return for_writing(request.get("fields"), "CellData", "cell")


def repeat_cell(call: Call, request: Json) -> Json:
    """repeatCell: one cell in all of a range; a formula is shifted as when it is filled down."""
    mask = cell_mask(request)
    sheet, rect = call.area(request.get("range"))
    tables.check_format(call.book, sheet, rect, mask)
    cell = request.get("cell", {})
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if not formula:
        replace_alike(sheet, rect, lambda old: written(call.book, old, cell, mask))
        return {}
    for row, column in places(rect):
        here = relocated(formula, row - rect.top, column - rect.left)
        cell = {**cell, "userEnteredValue": {"formulaValue": here}}
        sheet.put(row, column, written(call.book, sheet.cell(row, column), cell, mask))
    return {}


def replace_alike(sheet: Sheet, rect: Rect, change: Callable[[Json], Json]) -> None:
    """Changes every cell of a rectangle; cells that are one object stay one, and are changed once.
    So a column that is formatted again and again costs little."""
    changed: dict[int, Json] = {}
    for row, column in places(rect):
        old = sheet.cell(row, column)
        mark = id(old) if old else 0
        if mark not in changed:
            changed[mark] = change(old)
        sheet.put(row, column, changed[mark])


def places(rect: Rect) -> Iterator[tuple[int, int]]:
    """(row, column) of every cell of a rectangle."""
    for row in range(rect.top, rect.bottom):
        for column in range(rect.left, rect.right):
            yield row, column


def set_data_validation(call: Call, request: Json) -> Json:
    """setDataValidation: without a rule it is taken away."""
    sheet, rect = call.area(request.get("range"))
    tables.check_types(sheet, rect)
    rule = rule_kept(call.book, request["rule"]) if "rule" in request else None
    given = {"dataValidation": rule} if rule else {}
    replace_alike(sheet, rect, lambda old: {**without(old, "dataValidation"), **given})
    return {}


def without(cell: Json, name: str) -> Json:
    """The cell's other fields."""
    return {field: part for field, part in cell.items() if field != name}


HANDLERS = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_data_validation,
}
