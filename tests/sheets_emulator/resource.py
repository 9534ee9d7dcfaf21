"""The Spreadsheet resource: what `spreadsheets.get` answers with.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets. Cells are
only worked out where the mask asks for them, so that a formula without a value does no harm to a
reader of titles.
"""

from typing import Any

from tests.sheets_emulator import effective
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.defaults import DEFAULT_FORMAT
from tests.sheets_emulator.effective import LOST
from tests.sheets_emulator.errors import Refused, invalid
from tests.sheets_emulator.fields import Mask, for_reading
from tests.sheets_emulator.formatting import shown
from tests.sheets_emulator.formula_values import Error, Value
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet

Json = dict[str, Any]

ROW_PIXELS, COLUMN_PIXELS = 21, 100
CELL_FONT = "Arial"  # of a cell; the spreadsheet's default is told as a list of families
ERROR_TYPES = {
    "#N/A": "N_A",
    "#REF!": "REF",
    "#VALUE!": "VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#ERROR!": "ERROR",
}
ERROR_MESSAGES = {  # of the others Sheets speaks in more detail than is known here
    "#REF!": "Reference does not exist.",
    "#DIV/0!": "Function DIVIDE parameter 2 cannot be zero.",
    "#ERROR!": "Formula parse error.",
}
CALCULATED = ("effectiveValue", "formattedValue", "effectiveFormat")


def get(call: Call) -> Json:
    """`spreadsheets.get`; a mask says itself whether it reaches the cells, save `*`."""
    mask = for_reading(call.params.get("fields"), "Spreadsheet")
    grid = bool(call.params.get("includeGridData"))
    if mask:
        grid = wants(mask, "sheets", "data")
    return spreadsheet(call, call.params.get("ranges", []), grid, mask)


def wants(mask: Mask, *path: str) -> bool:
    """Does a mask name this path, or all of something above it?"""
    for name in path:
        if not mask or "*" in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def spreadsheet(call: Call, ranges: list[str], grid: bool, mask: Mask | None = None) -> Json:
    """The spreadsheet; with ranges only the tabs that they are on."""
    areas = areas_of(call, ranges)
    chosen = {sheet.id for sheet, _ in areas}
    sheets = [sheet for sheet in call.book.sheets if not ranges or sheet.id in chosen]
    found: Json = {
        "spreadsheetId": call.book.id,
        "properties": call.book.properties,
        "sheets": [tab(call, sheet) for sheet in sheets],
        "spreadsheetUrl": call.book.url,
    }
    if grid:
        for sheet, answer in zip(sheets, found["sheets"], strict=True):
            rects = [rect for other, rect in areas if other.id == sheet.id] or [sheet.whole]
            answer["data"] = [grid_data(call, sheet, rect, mask or {}) for rect in rects]
    if call.book.named_ranges:
        found["namedRanges"] = call.book.named_ranges
    metadata = metadata_at(call, {"spreadsheet": True})
    return {**found, "developerMetadata": metadata} if metadata else found


def metadata_at(call: Call, place: Json) -> list[Json]:
    """The developer metadata of the spreadsheet, of a tab, or of a row or column."""
    return [
        each for each in call.book.developer_metadata if place.items() <= each["location"].items()
    ]


def areas_of(call: Call, ranges: list[str]) -> list[tuple[Sheet, Rect]]:
    """The tabs and cells that the ranges name."""
    try:
        resolved = [call.resolve(text) for text in ranges]
        return [(sheet, sheet.clipped(reference)) for sheet, reference in resolved]
    except Refused as refused:
        raise invalid(str(refused)) from refused


def tab(call: Call, sheet: Sheet) -> Json:
    """A Sheet without its cells."""
    found: Json = {"properties": sheet.properties}
    objects = {
        "merges": sheet.merges,
        "conditionalFormats": sheet.conditional_formats,
        "filterViews": sheet.filter_views,
        "protectedRanges": [protection(call, each) for each in sheet.protected_ranges],
        "basicFilter": sheet.basic_filter,
        "charts": sheet.charts,
        "developerMetadata": metadata_at(call, {"sheetId": sheet.id}),
        "rowGroups": sheet.row_groups,
        "columnGroups": sheet.column_groups,
        "tables": sheet.tables,
    }
    return found | {name: value for name, value in objects.items() if value}


def protection(call: Call, kept: Json) -> Json:
    """A protected range; its editors are "only visible to users with edit access" to it."""
    may_edit = bool(kept.get("warningOnly") or call.may_edit(kept))
    hidden = set() if may_edit else {"editors"}
    told = {name: part for name, part in kept.items() if name not in hidden}
    return {**told, "requestingUserCanEdit": may_edit}


def grid_data(call: Call, sheet: Sheet, rect: Rect, mask: Mask) -> Json:
    """The cells of a rectangle, without blank ones at the ends, and all its rows and columns."""
    asked = {
        name for name in CALCULATED if wants(mask, "sheets", "data", "rowData", "values", name)
    }
    rows: list[list[Json]] = [[] for _ in range(rect.height)]
    if wants(mask, "sheets", "data", "rowData"):
        results = call.results()
        places = {(row, column) for row, column, _ in sheet.filled(rect)}
        for row, column in sorted(
            places | results.spilled(sheet, rect).keys() if asked else places
        ):
            line = rows[row - rect.top]
            line.extend({} for _ in range(column - rect.left - len(line)))
            value = results.of(sheet, row, column) if asked else None
            line.append(cell_data(call, sheet.cell(row, column), value, asked))
    while rows and not rows[-1]:
        rows.pop()
    return {
        "startRow": rect.top,
        "startColumn": rect.left,
        "rowData": [{"values": row} if row else {} for row in rows],
        "rowMetadata": dimension_metadata(call, sheet, "ROWS")[rect.top : rect.bottom],
        "columnMetadata": dimension_metadata(call, sheet, "COLUMNS")[rect.left : rect.right],
    }


def dimension_metadata(call: Call, sheet: Sheet, dimension: str) -> list[Json]:
    """All rows or columns of a tab, with their sizes and their developer metadata."""
    rows = dimension == "ROWS"
    size = {"pixelSize": ROW_PIXELS if rows else COLUMN_PIXELS}
    found = [
        {**size, **each} for each in (sheet.row_properties if rows else sheet.column_properties)
    ]
    for each in call.book.developer_metadata:
        place = each["location"].get("dimensionRange", {})
        if (place.get("sheetId"), place.get("dimension")) == (sheet.id, dimension):
            found[place["startIndex"]].setdefault("developerMetadata", []).append(each)
    return found


def cell_data(call: Call, cell: Json, value: Value, asked: set[str]) -> Json:
    """A cell as entered, with what it comes to where that is asked for."""
    found = dict(cell)
    if "userEnteredValue" in cell:
        entered = cell["userEnteredValue"].items()
        found["userEnteredValue"] = {name: part for name, part in entered if name != LOST}
    style = cell.get("userEnteredFormat", {})
    if value is not None and "effectiveValue" in asked:
        found["effectiveValue"] = effective_value(value)
    if value is not None and "formattedValue" in asked:
        text = shown(effective.scalar(value), style.get("numberFormat"), call.book.locale)
        found["formattedValue"] = text
    if "effectiveFormat" in asked:
        found["effectiveFormat"] = effective_format(style, value)
    address = effective.link(cell.get("userEnteredValue", {}).get("formulaValue", ""))
    return {**found, "hyperlink": address} if address else found


def effective_value(value: Value) -> Json:
    """A value as an ExtendedValue."""
    if isinstance(value, Error):
        told = ERROR_MESSAGES.get(value.code, value.code)
        return {"errorValue": {"type": ERROR_TYPES[value.code], "message": told}}
    return {{bool: "boolValue", str: "stringValue"}.get(type(value), "numberValue"): value}


def effective_format(style: Json, value: Value) -> Json:
    """The format that shows: the spreadsheet's, with the cell's own on top."""
    found = {**DEFAULT_FORMAT, "hyperlinkDisplayType": "PLAIN_TEXT", **style}
    plain = {**DEFAULT_FORMAT["textFormat"], "fontFamily": CELL_FONT}
    found["textFormat"] = {**plain, **style.get("textFormat", {})}
    if value is not None and "horizontalAlignment" not in style:
        sides: dict[type, str] = {bool: "CENTER", str: "LEFT"}
        found["horizontalAlignment"] = sides.get(type(value), "RIGHT")
    return found
