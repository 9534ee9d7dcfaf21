"""Every kind of request that the emulator knows does what it is for, and can be read back."""

from typing import Any

import pytest

from tests.sheets_emulator.batch.apply import HANDLERS
from tests.sheets_emulator.clients import Bare

Json = dict[str, Any]

TOP = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2}
AREA = {**TOP, "startColumnIndex": 0, "endColumnIndex": 2}
ROWS = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
RULE = {
    "ranges": [AREA],
    "booleanRule": {
        "condition": {"type": "NOT_BLANK"},
        "format": {"backgroundColor": {"red": 1}},
    },
}
LIST = {
    "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "ya"}]},
    "strict": True,
}
SOURCE = {"sourceRange": {"sources": [{**AREA, "endColumnIndex": 1}]}}
CHART = {
    "chartId": 5,
    "spec": {
        "title": "Kasus",
        "basicChart": {
            "chartType": "COLUMN",
            "domains": [{"domain": SOURCE}],
            "series": [{"series": SOURCE}],
        },
    },
    "position": {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 3}}},
}
NAMED = {"namedRangeId": "n1", "name": "Daftar", "range": AREA}
PROTECTED = {"protectedRangeId": 7, "range": AREA}
METADATA = {
    "metadataId": 8,
    "metadataKey": "k",
    "metadataValue": "v",
    "visibility": "DOCUMENT",
    "location": {"spreadsheet": True},
}
LOOKUP = {"developerMetadataLookup": {"metadataId": 8}}

# kind -> (requests that go before it, the request itself)
KINDS: dict[str, tuple[list[Json], Json]] = {
    "addDimensionGroup": ([], {"range": ROWS}),
    "deleteDimensionGroup": ([{"addDimensionGroup": {"range": ROWS}}], {"range": ROWS}),
    "addSheet": ([], {"properties": {"title": "Baru"}}),
    "deleteSheet": ([{"addSheet": {"properties": {"sheetId": 3}}}], {"sheetId": 3}),
    "duplicateSheet": ([], {"sourceSheetId": 0, "newSheetId": 4, "newSheetName": "Salinan"}),
    "updateSheetProperties": (
        [],
        {
            "properties": {"gridProperties": {"frozenRowCount": 1}},
            "fields": "gridProperties.frozenRowCount",
        },
    ),
    "updateSpreadsheetProperties": (
        [],
        {
            "properties": {"locale": "in_ID", "timeZone": "Asia/Jakarta"},
            "fields": "locale,timeZone",
        },
    ),
    "updateCells": (
        [],
        {"start": {}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"},
    ),
    "repeatCell": (
        [],
        {"range": AREA, "cell": {"note": "n"}, "fields": "note"},
    ),
    "setDataValidation": ([], {"range": AREA, "rule": LIST}),
    "insertDimension": ([], {"range": ROWS}),
    "deleteDimension": ([], {"range": ROWS}),
    "moveDimension": ([], {"source": ROWS, "destinationIndex": 3}),
    "appendDimension": ([], {"dimension": "ROWS", "length": 5}),
    "updateDimensionProperties": (
        [],
        {"range": ROWS, "properties": {"pixelSize": 40}, "fields": "pixelSize"},
    ),
    "autoResizeDimensions": ([], {"dimensions": {"dimension": "COLUMNS"}}),
    "mergeCells": ([], {"range": AREA, "mergeType": "MERGE_ALL"}),
    "unmergeCells": ([{"mergeCells": {"range": AREA}}], {"range": AREA}),
    "copyPaste": (
        [],
        {"source": AREA, "destination": {**AREA, "startRowIndex": 4, "endRowIndex": 6}},
    ),
    "cutPaste": ([], {"source": AREA, "destination": {"rowIndex": 7}}),
    "sortRange": ([], {"range": TOP, "sortSpecs": [{"sortOrder": "ASCENDING"}]}),
    "setBasicFilter": ([], {"filter": {"range": AREA}}),
    "clearBasicFilter": ([{"setBasicFilter": {"filter": {"range": AREA}}}], {"sheetId": 0}),
    "addFilterView": ([], {"filter": {"filterViewId": 9, "range": AREA}}),
    "deleteFilterView": (
        [{"addFilterView": {"filter": {"filterViewId": 9, "range": AREA}}}],
        {"filterId": 9},
    ),
    "addNamedRange": ([], {"namedRange": NAMED}),
    "deleteNamedRange": ([{"addNamedRange": {"namedRange": NAMED}}], {"namedRangeId": "n1"}),
    "addProtectedRange": ([], {"protectedRange": PROTECTED}),
    "updateProtectedRange": (
        [{"addProtectedRange": {"protectedRange": PROTECTED}}],
        {"protectedRange": {"protectedRangeId": 7, "description": "d"}, "fields": "description"},
    ),
    "deleteProtectedRange": (
        [{"addProtectedRange": {"protectedRange": PROTECTED}}],
        {"protectedRangeId": 7},
    ),
    "addConditionalFormatRule": ([], {"rule": RULE, "index": 0}),
    "updateConditionalFormatRule": (
        [{"addConditionalFormatRule": {"rule": RULE}}],
        {"rule": RULE, "index": 0},
    ),
    "deleteConditionalFormatRule": ([{"addConditionalFormatRule": {"rule": RULE}}], {"index": 0}),
    "addTable": ([], {"table": {"name": "Kasus", "range": AREA}}),
    "addChart": ([], {"chart": CHART}),
    "updateChartSpec": ([{"addChart": {"chart": CHART}}], {"chartId": 5, "spec": CHART["spec"]}),
    "updateEmbeddedObjectPosition": (
        [{"addChart": {"chart": CHART}}],
        {
            "objectId": 5,
            "newPosition": {"overlayPosition": {"widthPixels": 300}},
            "fields": "widthPixels",
        },
    ),
    "deleteEmbeddedObject": ([{"addChart": {"chart": CHART}}], {"objectId": 5}),
    "createDeveloperMetadata": ([], {"developerMetadata": METADATA}),
    "deleteDeveloperMetadata": (
        [{"createDeveloperMetadata": {"developerMetadata": METADATA}}],
        {"dataFilter": LOOKUP},
    ),
}


def test_all_kinds_are_tried_here() -> None:
    assert KINDS.keys() == HANDLERS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_of_each_kind_is_carried_out(api: Bare, kind: str) -> None:
    """The answer, held to the official description, comes in the order of the requests."""
    before, request = KINDS[kind]
    api.update("A1", [["b", 1], ["a", 2]])
    status, answer = api.batch(*before, {kind: request})
    assert status == 200, answer
    assert len(answer["replies"]) == len(before) + 1
    assert answer["replies"][-1].keys() <= {kind}
    assert api.get(includeGridData="true")["spreadsheetId"] == api.id


def test_requests_apply_all_or_none_and_replies_keep_their_order(api: Bare) -> None:
    add = {"addSheet": {"properties": {"sheetId": 9, "title": "Temuan"}}}
    note = {"repeatCell": {"range": {"sheetId": 9}, "cell": {"note": "n"}, "fields": "note"}}
    status, answer = api.batch(add, note, {"deleteSheet": {"sheetId": 77}})
    assert status == 400
    assert answer["error"]["message"] == "Invalid requests[2].deleteSheet: No sheet with id: 77"
    assert len(api.get()["sheets"]) == 1
    _, answer = api.batch(note | {"repeatCell": {**note["repeatCell"], "range": AREA}}, add)
    assert [list(reply) for reply in answer["replies"]] == [[], ["addSheet"]]


def test_the_answer_may_include_the_spreadsheet(api: Bare) -> None:
    rename = {"properties": {"title": "Register"}, "fields": "title"}
    _, answer = api.batch(
        {"updateSheetProperties": rename},
        includeSpreadsheetInResponse=True,
        responseRanges=["A1:B2"],
        responseIncludeGridData=True,
    )
    sheet = answer["updatedSpreadsheet"]["sheets"][0]
    assert sheet["properties"]["title"] == "Register"
    assert len(sheet["data"][0]["rowMetadata"]) == 2


def test_only_masked_fields_change_and_masked_absent_ones_are_cleared(api: Bare) -> None:
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}, "wrapStrategy": "WRAP"}}
    one = {**AREA, "endRowIndex": 1, "endColumnIndex": 1}
    api.batch({"repeatCell": {"range": one, "cell": cell, "fields": "userEnteredFormat"}})
    mask = "userEnteredFormat(backgroundColor,wrapStrategy)"
    new = {"userEnteredFormat": {"backgroundColor": {"blue": 1}, "textFormat": {"italic": True}}}
    api.batch({"repeatCell": {"range": one, "cell": new, "fields": mask}})
    found = api.get(fields="sheets.data.rowData.values.userEnteredFormat")
    assert found["sheets"][0]["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"] == {
        "textFormat": {"bold": True},
        "backgroundColor": {"blue": 1},
        "backgroundColorStyle": {"rgbColor": {"blue": 1}},
    }


def test_a_cell_shows_what_it_holds_and_how(api: Bare) -> None:
    api.update("B2", [["50%"]], "USER_ENTERED")
    data = api.get(ranges="Sheet1!B2:C3", includeGridData="true")["sheets"][0]["data"][0]
    assert (data["startRow"], data["startColumn"]) == (1, 1)
    assert data["rowMetadata"] == [{"pixelSize": 21}] * 2
    assert data["columnMetadata"] == [{"pixelSize": 100}] * 2
    cell = data["rowData"][0]["values"][0]
    assert cell["userEnteredValue"] == cell["effectiveValue"] == {"numberValue": 0.5}
    assert cell["formattedValue"] == "50%"
    assert cell["effectiveFormat"]["horizontalAlignment"] == "RIGHT"
    assert cell["effectiveFormat"]["textFormat"]["fontFamily"] == "Arial"  # brekkylab/backlot


def test_a_chart_is_kept_with_googles_size_and_anchor(api: Bare) -> None:
    _, answer = api.batch({"addChart": {"chart": CHART}})
    chart = answer["replies"][0]["addChart"]["chart"]
    assert chart["position"]["overlayPosition"] == {
        "anchorCell": {"rowIndex": 3},
        "widthPixels": 600,
        "heightPixels": 371,
    }
    assert api.get()["sheets"][0]["charts"] == [chart]


def test_sorting_puts_numbers_before_text_and_blanks_last(api: Bare) -> None:
    """Formats, notes and the formulas beside them move along; hidden rows stay."""
    api.update("A1", [["b"], [2], [""], [True], [1], ["A"]])
    api.update("B1", [["=A1"], ["=A2"]], "USER_ENTERED")
    six = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 6}
    specs = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    api.batch({"sortRange": {"range": six, "sortSpecs": specs}})
    _, found = api.values("A1:B6", valueRenderOption="FORMULA")
    assert found["values"] == [[1], [2, "=A2"], ["A"], ["b", "=A4"], [True]]
    specs[0]["sortOrder"] = "DESCENDING"
    hide = {"range": ROWS, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    api.batch({"updateDimensionProperties": hide})
    api.batch({"sortRange": {"range": six, "sortSpecs": specs}})
    _, found = api.values("A1:A6", valueRenderOption="UNFORMATTED_VALUE")
    assert found["values"] == [[1], [True], ["b"], ["A"], [2]]


def test_a_basic_filter_hides_the_values_it_is_told_to(api: Bare) -> None:
    api.update("A1", [["Status"], ["buka"], ["tutup"], ["buka"]])
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4}
    criteria = {"0": {"hiddenValues": ["tutup"]}}
    api.batch({"setBasicFilter": {"filter": {"range": area, "criteria": criteria}}})
    fields = "sheets.data.rowMetadata.hiddenByFilter"
    rows = api.get(fields=fields)["sheets"][0]["data"][0]["rowMetadata"]
    assert [row.get("hiddenByFilter", False) for row in rows[:4]] == [False, False, True, False]
    spec = {"filterCriteria": criteria["0"]}
    filter_ = api.get()["sheets"][0]["basicFilter"]
    assert filter_["criteria"] == criteria  # the API answers with both forms
    assert [each | spec for each in filter_["filterSpecs"]] == filter_["filterSpecs"]
    api.batch({"clearBasicFilter": {"sheetId": 0}})
    rows = api.get(fields=fields)["sheets"][0]["data"][0]["rowMetadata"]
    assert not any(rows)


def test_a_tab_without_an_index_goes_to_the_end(api: Bare) -> None:
    """SheetProperties.index: "if this field is excluded then the sheet is … moved to the end"."""
    api.batch({"addSheet": {"properties": {"title": "Dua"}}})
    change = {"properties": {"sheetId": 0, "title": "Sheet1"}, "fields": "title,index"}
    api.batch({"updateSheetProperties": change})
    assert [each["properties"]["title"] for each in api.get()["sheets"]] == ["Dua", "Sheet1"]


def test_of_what_repeats_no_part_is_written_alone(api: Bare) -> None:
    runs = [{"startIndex": 0, "format": {"bold": True}}]
    cell = {"userEnteredValue": {"stringValue": "tebal"}, "textFormatRuns": runs}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    update = {"start": start, "rows": [{"values": [cell]}]}
    mask = "userEnteredValue,textFormatRuns.format.bold"
    status, _ = api.batch({"updateCells": {**update, "fields": mask}})
    assert status == 200


def test_lists_within_the_list_of_requests_are_its_items(api: Bare) -> None:
    """google-api-python-client sends what it is given, and authors give lists of lists."""
    add = [{"addSheet": {"properties": {"title": title}}} for title in ("Satu", "Dua")]
    status, answer = api.call("POST", ":batchUpdate", json={"requests": [add]})
    assert (status, len(answer["replies"])) == (200, 2)


def test_a_spreadsheet_may_be_french(api: Bare) -> None:
    french = {"properties": {"locale": "fr_FR"}, "fields": "locale"}
    status, _ = api.batch({"updateSpreadsheetProperties": french})
    assert status == 200
    assert api.get()["properties"]["locale"] == "fr_FR"
