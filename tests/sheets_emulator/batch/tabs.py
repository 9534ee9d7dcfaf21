"""Requests about the spreadsheet and its tabs."""

from typing import Any

from tests.sheets_emulator.batch import grid
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.defaults import check_grid, check_title, is_taken, new_sheet
from tests.sheets_emulator.errors import Refused, unimplemented
from tests.sheets_emulator.fields import for_writing, merge, with_styles
from tests.sheets_emulator.model import Sheet, Spreadsheet, fresh_id
from tests.sheets_emulator.references import retitled

Json = dict[str, Any]


def add_sheet(call: Call, request: Json) -> Json:
    """addSheet"""
    sheet = place_new(call.book, request.get("properties", {}))
    return {"properties": sheet.properties}


def place_new(book: Spreadsheet, properties: Json) -> Sheet:
    """A new tab, at the index asked for or at the end."""
    if properties.get("sheetType", "GRID") not in ("GRID", "SHEET_TYPE_UNSPECIFIED"):
        raise unimplemented("only tabs of sheetType GRID")
    sheet = new_sheet(book, properties, sheet_id(book, properties.get("sheetId")))
    index = properties.get("index", len(book.sheets))
    if not 0 <= index <= len(book.sheets):
        raise Refused(f"Sheet index {index} is out of bounds.")
    book.sheets.insert(index, sheet)
    book.reindex()
    book.check_size()
    return sheet


def sheet_id(book: Spreadsheet, given: int | None) -> int:
    """The id asked for, or one that Google would make up."""
    taken = {sheet.id for sheet in book.sheets}
    if given is None:
        return fresh_id(taken)
    if given < 0:
        raise Refused("Sheet id must be non-negative.")
    if given in taken:
        raise Refused(f"Sheet with id {given} already exists.")
    return given


def delete_sheet(call: Call, request: Json) -> Json:
    """deleteSheet"""
    sheet = call.book.sheet(request.get("sheetId", 0), "sheet")
    if len(call.book.sheets) == 1:
        raise Refused("You can't remove all the sheets in a document.")
    if all(each.hidden for each in call.book.sheets if each is not sheet):
        raise Refused("You can't remove all the visible sheets in a document.")
    call.touch(sheet, sheet.whole)
    call.book.sheets.remove(sheet)
    call.book.named_ranges = [
        each for each in call.book.named_ranges if each.get("range", {}).get("sheetId") != sheet.id
    ]
    call.book.developer_metadata = [
        each for each in call.book.developer_metadata if home(each["location"]) != sheet.id
    ]
    call.book.reindex()
    grid.rewrite(call.book, lambda text, _: retitled(text, sheet.title, None))
    return {}


def home(location: Json) -> int | None:
    """The tab that metadata lies on; None if it is the spreadsheet's."""
    number: int | None = location.get("dimensionRange", location).get("sheetId")
    return number


def duplicate_sheet(call: Call, request: Json) -> Json:
    """duplicateSheet: cells, formats and objects; protection stays behind."""
    source = call.book.sheet(request.get("sourceSheetId", 0), "sheet")
    title = request.get("newSheetName") or copy_title(call.book, source.title)
    check_title(call.book, title)
    new_id = sheet_id(call.book, request.get("newSheetId"))
    copy = rehomed(source, new_id)
    copy.properties = {**copy.properties, "title": title, "hidden": False}
    call.book.sheets.insert(request.get("insertSheetIndex", 0), copy)
    call.book.reindex()
    call.book.check_size()
    return {"properties": copy.properties}


def copy_title(book: Spreadsheet, title: str) -> str:
    """`Copy of X`, `Copy of X 2`."""
    name, number = f"Copy of {title}", 1
    while book.titled(name):
        number += 1
        name = f"Copy of {title} {number}"
    return name


def rehomed(source: Sheet, new_id: int) -> Sheet:
    """A copy of a tab whose objects point at itself and have ids of their own."""
    copy = source.copy()
    copy.properties = {**copy.properties, "sheetId": new_id}
    copy.protected_ranges = []
    for name in set(grid.OBJECTS) - {"protected_ranges"}:
        setattr(copy, name, pointing(getattr(copy, name), source.id, new_id))
    for objects, key in (
        (copy.charts, "chartId"),
        (copy.filter_views, "filterViewId"),
    ):
        objects[:] = [{**each, key: fresh_id(set())} for each in objects]
    copy.tables = [{**each, "tableId": str(fresh_id(set()))} for each in copy.tables]
    return copy


def pointing(value: Any, old_id: int, new_id: int) -> Any:
    """A message whose ranges of one tab are those of another."""
    if isinstance(value, list):
        return [pointing(item, old_id, new_id) for item in value]
    if isinstance(value, dict):
        found = {name: pointing(item, old_id, new_id) for name, item in value.items()}
        return {**found, "sheetId": new_id} if found.get("sheetId") == old_id else found
    return value


def update_sheet_properties(call: Call, request: Json) -> Json:
    """updateSheetProperties"""
    given = request.get("properties", {})
    mask = for_writing(request.get("fields"), "SheetProperties", "properties")
    sheet = call.book.sheet(given.get("sheetId", 0), "sheet")
    old = sheet.properties
    new = merge(old, with_styles(given), mask)
    new |= {"sheetId": sheet.id, "sheetType": old["sheetType"], "index": old["index"]}
    if not mask or "title" in mask:
        check_title(call.book, new.get("title", ""), sheet)
    if new.get("hidden") and all(each.hidden for each in call.book.sheets if each is not sheet):
        raise Refused("You can't hide all the sheets in a document.")
    new["gridProperties"] = {"rowCount": 0, "columnCount": 0, **new.get("gridProperties", {})}
    check_grid(new["gridProperties"])
    resize(call, sheet, new["gridProperties"])
    check_frozen(sheet, new["gridProperties"])
    sheet.properties = new
    if sheet.title != old["title"]:
        grid.rewrite(call.book, lambda text, _: retitled(text, old["title"], sheet.title))
    if not mask or "index" in mask:
        reorder(call.book, sheet, given.get("index", len(call.book.sheets)))
    return {}


def check_frozen(sheet: Sheet, size: Json) -> None:
    """Refuses to freeze a part of a merged cell."""
    for axis in ("Row", "Column"):
        count, name = size.get(f"frozen{axis}Count", 0), axis.lower()
        edges = [(each[f"start{axis}Index"], each[f"end{axis}Index"]) for each in sheet.merges]
        if any(start < count < end for start, end in edges):
            raise Refused(
                f"Sorry, you can't freeze {name}s which contain only part of a merged cell. Try to "
                f"break apart merged cells or freeze more {name}s to include the complete merged "
                "cells."
            )


def resize(call: Call, sheet: Sheet, size: Json) -> None:
    """Cuts rows and columns off the end, or adds some."""
    for dimension, count in (("ROWS", size["rowCount"]), ("COLUMNS", size["columnCount"])):
        present = sheet.row_count if dimension == "ROWS" else sheet.column_count
        if count < present:
            grid.delete(call.book, sheet, dimension, count, present)
    sheet.resize(size["rowCount"], size["columnCount"])
    call.book.check_size()


def reorder(book: Spreadsheet, sheet: Sheet, index: int) -> None:
    """Moves a tab before the one that has the index now."""
    if not 0 <= index <= len(book.sheets):
        raise Refused(f"Sheet index {index} is out of bounds.")
    current = book.sheets.index(sheet)
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > current else index, sheet)
    book.reindex()


def update_spreadsheet_properties(call: Call, request: Json) -> Json:
    """updateSpreadsheetProperties"""
    mask = for_writing(request.get("fields"), "SpreadsheetProperties", "properties")
    given = request.get("properties", {})
    new = merge(call.book.properties, given, mask) if mask else {**call.book.properties, **given}
    if "defaultFormat" in mask:
        raise Refused("defaultFormat is read-only.")
    if not new.get("title"):
        raise Refused("Spreadsheet title cannot be empty.")
    if not is_taken(new.get("locale", ""), call.book.doubts):
        raise Refused(f"Unsupported locale: {new.get('locale')}")
    call.book.properties = new
    return {}


HANDLERS = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
