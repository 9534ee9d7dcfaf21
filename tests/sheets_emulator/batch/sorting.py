"""Requests that order and filter the data of a tab."""

from typing import Any

from tests.sheets_emulator import a1
from tests.sheets_emulator.batch.moving import shifted
from tests.sheets_emulator.batch.tables import check_filter
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.effective import scalar
from tests.sheets_emulator.errors import Refused, unimplemented
from tests.sheets_emulator.formatting import Scalar, shown
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet, Spreadsheet, fresh_id

Json = dict[str, Any]

BLANK_RANK = 3


def sort_range(call: Call, request: Json) -> Json:
    """sortRange"""
    given = request.get("range", {})
    sheet = call.book.sheet(given.get("sheetId", 0))
    if given.get("startRowIndex", 0) >= sheet.row_count:
        size = sheet.row_count
        raise Refused(f"range.startRowIndex is larger than current grid size ({size})")
    if not request.get("sortSpecs"):
        raise Refused("No sort specs specified.")
    sort(call, *call.area(given), request["sortSpecs"])
    return {}


def sort(call: Call, sheet: Sheet, rect: Rect, specs: list[Json]) -> None:
    """Orders the rows of a range by its columns; rows that are hidden stay where they are.

    Numbers come before text and text before truth values, the other way round when descending;
    blank cells are last either way. Formats and notes move with their cells.
    """
    for merge in sheet.merges:
        block = sheet.rect(merge)
        if block.height > 1 and block.meets(rect):
            name = a1.written(sheet.title, block).rpartition("!")[2]
            raise Refused(
                "You can't sort a range containing vertical merges. There is a vertical merge at "
                f"{name}"
            )
    rows = [row for row in range(rect.top, rect.bottom) if not hidden(sheet, row)]
    order = list(rows)
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        if not rect.left <= column < rect.right:
            raise Refused(f"sortSpecs.dimensionIndex {column} must be within the range.")
        order = ordered(call, sheet, order, column, spec.get("sortOrder") == "DESCENDING")
    lines = [strip(sheet, row, rect) for row in order]
    carry_metadata(call.book, sheet, dict(zip(order, rows, strict=True)))
    for row, origin, line in zip(rows, order, lines, strict=True):
        for column in range(rect.left, rect.right):
            sheet.put(row, column, shifted(line.get(column, {}), row - origin, 0))


def carry_metadata(book: Spreadsheet, sheet: Sheet, to: dict[int, int]) -> None:
    """Moves the metadata of rows along with them."""

    def carried(metadata: Json) -> Json:
        where = metadata["location"].get("dimensionRange", {})
        row = to.get(where.get("startIndex"))
        if row is None or (where["sheetId"], where["dimension"]) != (sheet.id, "ROWS"):
            return metadata
        place = {**where, "startIndex": row, "endIndex": row + 1}
        return {**metadata, "location": {**metadata["location"], "dimensionRange": place}}

    book.developer_metadata = [carried(each) for each in book.developer_metadata]


def hidden(sheet: Sheet, row: int) -> bool:
    """Is a row out of sight, by hand or by a filter?"""
    properties = sheet.row_properties[row]
    return bool(properties.get("hiddenByUser") or properties.get("hiddenByFilter"))


def strip(sheet: Sheet, row: int, rect: Rect) -> dict[int, Json]:
    """The cells of one row of a range."""
    return {c: cell for c, cell in sheet.rows[row].items() if rect.left <= c < rect.right}


def ordered(call: Call, sheet: Sheet, rows: list[int], column: int, down: bool) -> list[int]:
    """Rows by one column, in a stable order."""
    results = call.results()
    keys = {row: rank(scalar(results.of(sheet, row, column))) for row in rows}
    full = [row for row in rows if keys[row][0] != BLANK_RANK]
    blank = [row for row in rows if keys[row][0] == BLANK_RANK]
    return sorted(full, key=keys.__getitem__, reverse=down) + blank


def rank(value: Scalar | None) -> tuple[int, Any]:
    """What a value is sorted by."""
    if value is None or value == "":
        return BLANK_RANK, 0
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def set_basic_filter(call: Call, request: Json) -> Json:
    """setBasicFilter: one for each tab; a new one takes the old one's place."""
    given = request.get("filter", {})
    strict = call.book.doubts.protected_filters == "refused"
    sheet, rect = call.area(given.get("range", {}), writing=strict)
    check_filter(sheet, rect)
    apply_sorting(call, sheet, rect, given)
    reveal(sheet)
    sheet.basic_filter = {**both_forms(given), "range": rect.grid_range(sheet.id)}
    for column, criteria in criteria_of(given).items():
        conceal(call, sheet, rect, column, criteria)
    return {}


def apply_sorting(call: Call, sheet: Sheet, rect: Rect, given: Json) -> None:
    """Sorts the rows below a filter's header."""
    if given.get("sortSpecs") and rect.height > 1:
        call.touch(sheet, rect)
        body = Rect(rect.top + 1, rect.left, rect.bottom, rect.right)
        sort(call, sheet, body, given["sortSpecs"])


def criteria_of(given: Json) -> dict[int, Json]:
    """The filter's criteria by column; the new form comes before the old."""
    if "filterSpecs" in given:
        return {
            spec.get("columnIndex", 0): spec.get("filterCriteria", {})
            for spec in given["filterSpecs"]
        }
    return {int(column): each for column, each in given.get("criteria", {}).items()}


def both_forms(given: Json) -> Json:
    """A filter as it is answered: "Both criteria and filter_specs are populated in responses"."""
    found = criteria_of(given)
    if not found:
        return given
    return {
        **given,
        "criteria": {str(column): each for column, each in found.items()},
        "filterSpecs": [
            {"columnIndex": column, "filterCriteria": each} for column, each in found.items()
        ],
    }


def conceal(call: Call, sheet: Sheet, rect: Rect, column: int, criteria: Json) -> None:
    """Hides the rows that a filter's criteria leave out."""
    if criteria.keys() - {"hiddenValues"}:
        raise unimplemented("filters by other criteria than hiddenValues")
    gone, results = set(criteria.get("hiddenValues", [])), call.results()
    for row in range(rect.top + 1, rect.bottom):
        style = sheet.cell(row, column).get("userEnteredFormat", {}).get("numberFormat")
        value = scalar(results.of(sheet, row, column))
        if shown(value, style, call.book.locale) in gone:
            sheet.row_properties[row] = {**sheet.row_properties[row], "hiddenByFilter": True}


def reveal(sheet: Sheet) -> None:
    """Shows the rows that a filter hid."""
    sheet.row_properties = [
        {name: part for name, part in each.items() if name != "hiddenByFilter"}
        for each in sheet.row_properties
    ]


def clear_basic_filter(call: Call, request: Json) -> Json:
    """clearBasicFilter"""
    sheet = call.book.sheet(request.get("sheetId", 0))
    sheet.basic_filter = None
    reveal(sheet)
    return {}


def add_filter_view(call: Call, request: Json) -> Json:
    """addFilterView: it is kept, and hides nothing by itself."""
    given = request.get("filter", {})
    sheet, rect = call.area(given.get("range", {}), writing=False)
    check_filter(sheet, rect)
    taken = {each["filterViewId"] for tab in call.book.sheets for each in tab.filter_views}
    number = given.get("filterViewId", fresh_id(taken))
    if number in taken:
        raise Refused(f"Filter view with id {number} already exists.")
    title = given.get("title", f"Filter {len(sheet.filter_views) + 1}")
    named = {"filterViewId": number, "title": title, "range": rect.grid_range(sheet.id)}
    view = {**both_forms(given), **named}
    sheet.filter_views.append(view)
    return {"filter": view}


def delete_filter_view(call: Call, request: Json) -> Json:
    """deleteFilterView"""
    number = request.get("filterId", 0)
    for sheet in call.book.sheets:
        for view in sheet.filter_views:
            if view["filterViewId"] == number:
                sheet.filter_views.remove(view)
                return {}
    raise Refused(f"No filter view with id: {number}")


HANDLERS = {
    "sortRange": sort_range,
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "deleteFilterView": delete_filter_view,
}
