"""Values found by data filters: `spreadsheets.values.batchGetByDataFilter`, `batchUpdateByDataFilter`.

Source: https://developers.google.com/workspace/sheets/api/guides/metadata and the description of
DataFilter: a range, or the row, column or tab that developer metadata lies on wherever it is now.
"""

from collections.abc import Iterator
from typing import Any

from tests.sheets_emulator import a1
from tests.sheets_emulator.batch.metadata import matching
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused, invalid
from tests.sheets_emulator.values_read import Rendering, value_range
from tests.sheets_emulator.values_write import Written, change, totals

Json = dict[str, Any]


def batch_get(call: Call) -> Json:
    """`spreadsheets.values.batchGetByDataFilter`: a range that several filters find comes once."""
    rendering = Rendering.asked(call.body)
    found: dict[str, list[Json]] = {}
    try:
        for given in call.body.get("dataFilters", []):
            for text in ranges(call, given):
                found.setdefault(text, []).append(given)
        matched = [
            {"valueRange": value_range(call, text, rendering), "dataFilters": given}
            for text, given in found.items()
        ]
    except Refused as refused:
        raise invalid(str(refused)) from refused
    return {"spreadsheetId": call.book.id, "valueRanges": matched}


def batch_update(call: Call) -> Json:
    """`spreadsheets.values.batchUpdateByDataFilter`: all of the ranges or none."""
    option = call.body.get("valueInputOption", "RAW")
    changes: list[tuple[Json, Written]] = []
    for index, data in enumerate(call.body.get("data", [])):
        given = data.get("dataFilter", {})
        try:
            changes += [(given, change(call, text, data, option)) for text in ranges(call, given)]
        except Refused as refused:
            raise invalid(f"Invalid data[{index}]: {refused}") from refused
    return {
        "spreadsheetId": call.book.id,
        **totals([each for _, each in changes]),
        "responses": [response(call, given, each) for given, each in changes],
    }


def response(call: Call, given: Json, each: Written) -> Json:
    """Its UpdateValuesByDataFilterResponse."""
    told = each.response(call, call.body)
    del told["spreadsheetId"]
    return {**told, "dataFilter": given}


def ranges(call: Call, given: Json) -> Iterator[str]:
    """What a filter finds, as texts of ranges."""
    if "a1Range" in given:
        yield given["a1Range"]
    elif "gridRange" in given:
        sheet, rect = call.area(given["gridRange"], writing=False)
        yield a1.written(sheet.title, rect)
    else:
        for each in matching(call, [given]):
            yield place(call, each["location"])


def place(call: Call, location: Json) -> str:
    """Where metadata lies."""
    range_ = location.get("dimensionRange", location)
    if "sheetId" not in range_:
        raise Refused("Developer metadata of a spreadsheet is at no range.")
    sheet = call.book.sheet(range_["sheetId"])
    start, end = range_.get("startIndex"), range_.get("endIndex")
    if range_.get("dimension") == "COLUMNS":
        return a1.named(sheet.title, a1.Reference(left=start, right=end))
    return a1.named(sheet.title, a1.Reference(top=start, bottom=end))
