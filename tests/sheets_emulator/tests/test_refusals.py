"""What a client can do wrong is refused as Google refuses it: code, status, words and details."""

from typing import Any

import pytest

from tests.sheets_emulator.clients import Bare, message

Json = dict[str, Any]

ONE = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0}
CELL = {**ONE, "endColumnIndex": 1}
NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
WHOLE = {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}}}}


def wide(count: int) -> list[Json]:
    """A row of that many cells."""
    return [{"values": [{"note": "x"}] * count}]


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (
            {"addSheet": {"properties": {"title": "sheet1"}}},
            'addSheet: A sheet with the name "sheet1" already exists. Please enter another name.',
        ),
        (
            {"addSheet": {"properties": {"sheetId": 0}}},
            "addSheet: Sheet with id 0 already exists.",
        ),
        (
            {"addSheet": {"properties": {"sheetId": -1}}},
            "addSheet: Sheet id must be non-negative.",
        ),
        (
            {"addSheet": {"properties": {"title": "x" * 101}}},
            "addSheet: The sheet name cannot be greater than 100 characters.",
        ),
        (
            {"addSheet": {"properties": {"gridProperties": {"rowCount": 400_000}}}},
            "addSheet: This action would increase the number of cells in the workbook above the "
            "limit of 10000000 cells.",
        ),
        (
            {"deleteSheet": {"sheetId": 0}},
            "deleteSheet: You can't remove all the sheets in a document.",
        ),
        (
            {"updateSheetProperties": {"properties": {"title": "y"}}},
            f"updateSheetProperties: {NO_FIELDS}",
        ),
        (
            {"updateSheetProperties": {"properties": {"sheetId": 5}, "fields": "title"}},
            "updateSheetProperties: No sheet with id: 5",
        ),
        (
            {"updateSheetProperties": {"properties": {}, "fields": "title"}},
            "updateSheetProperties: The sheet name cannot be empty.",
        ),
        (
            {
                "updateSheetProperties": {
                    "properties": {"gridProperties": {"rowCount": 1, "frozenRowCount": 1}},
                    "fields": "gridProperties(rowCount,frozenRowCount)",
                }
            },
            "updateSheetProperties: You can't freeze all visible rows on the sheet.",
        ),
        (
            {"repeatCell": {"range": {"sheetId": 9}, "cell": {}, "fields": "note"}},
            "repeatCell: No grid with id: 9",
        ),
        (
            {"updateCells": {"start": {}, "rows": wide(27), "fields": "note"}},
            "updateCells: Attempting to write column: 26, beyond the last requested column of: 25",
        ),
        (
            {"updateCells": {"range": CELL, "rows": wide(1) * 2, "fields": "note"}},
            "updateCells: Attempting to write row: 1, beyond the last requested row of: 0",
        ),
        (
            {"deleteDimension": {"range": {"dimension": "ROWS"}}},
            "deleteDimension: You can't delete all the rows on the sheet.",
        ),
        (
            {
                "deleteDimension": {
                    "range": {"dimension": "ROWS", "startIndex": 1000, "endIndex": 1001}
                }
            },
            "deleteDimension: Cannot delete a row that doesn't exist. Tried to delete row index "
            "1000 but there are only 1000 rows.",
        ),
        (
            {
                "insertDimension": {
                    "range": {"dimension": "COLUMNS", "startIndex": 26, "endIndex": 27}
                }
            },
            "insertDimension: range.startIndex must be less than the grid size (26) if "
            "inheritFromBefore is false.",
        ),
        (
            {
                "insertDimension": {
                    "range": {"dimension": "ROWS", "startIndex": 1001, "endIndex": 1002}
                }
            },
            "insertDimension: range.startIndex is larger than current grid size (1000)",
        ),
        (
            {"deleteConditionalFormatRule": {"index": 2}},
            "deleteConditionalFormatRule: No conditional format on sheet: 0 at index: 2",
        ),
        (
            {"deleteProtectedRange": {"protectedRangeId": 3}},
            "deleteProtectedRange: No protected range with id: 3",
        ),
        (
            {"updateChartSpec": {"chartId": 3, "spec": {"pieChart": {}}}},
            "updateChartSpec: No chart with id: 3",
        ),
        (
            {"deleteEmbeddedObject": {"objectId": 3}},
            "deleteEmbeddedObject: No embedded object with id: 3",
        ),
        (
            {"addChart": {"chart": {"spec": {"pieChart": {}}}}},
            "addChart: One of EmbeddedObjectPosition.overlayPosition or "
            "EmbeddedObjectPosition.sheetId must be set",
        ),
        (
            {
                "addProtectedRange": {
                    "protectedRange": {"range": CELL, "warningOnly": True, "editors": {}}
                }
            },
            "addProtectedRange: ProtectedRange is warningOnly. Editors cannot be set on it.",
        ),
    ],
)
def test_a_request_that_cannot_be_is_refused(api: Bare, request_: Json, told: str) -> None:
    status, answer = api.batch(request_)
    assert (status, answer["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert answer["error"]["message"] == f"Invalid requests[0].{told}"


def test_frozen_rows_may_not_be_all_that_is_left(api: Bare) -> None:
    grid = {"rowCount": 10, "frozenRowCount": 1}
    change = {"properties": {"gridProperties": grid}}
    change["fields"] = "gridProperties.rowCount,gridProperties.frozenRowCount"  # type: ignore
    rest = {"dimension": "ROWS", "startIndex": 1, "endIndex": 10}
    answer = api.batch({"updateSheetProperties": change}, {"deleteDimension": {"range": rest}})
    assert message(answer) == (
        "Invalid requests[1].deleteDimension: Sorry, it is not possible to delete all non-frozen "
        "rows."
    )


def test_what_exists_is_not_added_again(api: Bare) -> None:
    name = {"addNamedRange": {"namedRange": {"name": "Daftar", "range": CELL}}}
    assert message(api.batch(name, name)).endswith(
        "Cannot add named range with name Daftar, a named range with that name already exists."
    )
    assert message(api.batch(WHOLE, WHOLE)).endswith(
        'addProtectedRange: Sheet "Sheet1" already has sheet protection.'
    )


def test_the_last_visible_tab_stays(api: Bare) -> None:
    hidden = {"addSheet": {"properties": {"hidden": True}}}
    assert message(api.batch(hidden, {"deleteSheet": {"sheetId": 0}})) == (
        "Invalid requests[1].deleteSheet: You can't remove all the visible sheets in a document."
    )


def test_merges_are_neither_cut_nor_sorted(api: Bare) -> None:
    two = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "endColumnIndex": 1}
    api.batch({"mergeCells": {"range": {**two, "startColumnIndex": 0}}})
    assert message(api.batch({"unmergeCells": {"range": CELL}})).endswith(
        "You must select all cells in a merged range to merge or unmerge them."
    )
    sort = {"range": two, "sortSpecs": [{"sortOrder": "ASCENDING"}]}
    assert message(api.batch({"sortRange": sort})).endswith(
        "You can't sort a range containing vertical merges. There is a vertical merge at A1:A2"
    )


def test_a_conditional_rule_gives_no_other_format(api: Bare) -> None:
    rule = {"condition": {"type": "BLANK"}, "format": {"wrapStrategy": "WRAP"}}
    request = {"rule": {"ranges": [CELL], "booleanRule": rule}}
    assert message(api.batch({"addConditionalFormatRule": request})) == (
        "Invalid requests[0].addConditionalFormatRule: ConditionalFormatRule.format only supports "
        "bold, italic, strikethrough, foreground color and background color."
    )


def test_what_is_not_emulated_says_so(api: Bare) -> None:
    status, answer = api.batch({"addSlicer": {"slicer": {}}})
    assert (status, answer["error"]["status"]) == (501, "UNIMPLEMENTED")
    assert "addSlicer" in answer["error"]["message"]
