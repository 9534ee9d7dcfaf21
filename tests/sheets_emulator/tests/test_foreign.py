"""Clients that nobody here wrote work against the emulator, unmodified, as their own guides have it.

google-api-python-client: the samples of https://developers.google.com/workspace/sheets/api/guides.
gspread-formatting: the examples of its README.
"""

from collections.abc import Iterator
from typing import Any

import gspread
import gspread_formatting as formatting
import httplib2
import pandas as pd
import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from gspread_formatting.dataframe import format_with_dataframe

from tests.sheets_emulator import Emulator

Json = dict[str, Any]


@pytest.fixture(scope="module")
def google() -> Iterator[Emulator]:
    """One emulator for all sessions of Google's client, which takes long to be built."""
    with Emulator() as running:
        yield running


@pytest.fixture(scope="module")
def service(google: Emulator) -> Iterator[Any]:
    """google-api-python-client's spreadsheets, with Google's address replaced by the emulator's."""
    options = {"api_endpoint": google.url}
    with build("sheets", "v4", http=httplib2.Http(), client_options=options) as sheets:
        yield sheets.spreadsheets()


@pytest.fixture
def number(service: Any) -> str:
    """The id of a spreadsheet that the client made."""
    body = {"properties": {"title": "Sales"}}
    made = service.create(body=body, fields="spreadsheetId").execute()
    assert made.keys() == {"spreadsheetId"}
    return str(made["spreadsheetId"])


def test_google_s_client_writes_and_reads_values(service: Any, number: str) -> None:
    values = service.values()
    rows = [["Item", "Cost", "Ship Date"], ["Wheel", "$20.50", "3/1/2016"], ["Door", "$15.00", ""]]
    written = values.update(
        spreadsheetId=number, range="Sheet1!A1:C3", valueInputOption="USER_ENTERED",
        body={"values": rows},
    ).execute()  # fmt: skip
    assert (written["updatedCells"], written["updatedRange"]) == (9, "Sheet1!A1:C3")
    added = values.append(
        spreadsheetId=number, range="Sheet1!A1:C1", valueInputOption="USER_ENTERED",
        insertDataOption="INSERT_ROWS", body={"values": [["Totals", "=SUM(B2:B3)"]]},
    ).execute()  # fmt: skip
    assert added["updates"]["updatedRange"] == "Sheet1!A4:B4"
    found = values.batchGet(
        spreadsheetId=number, ranges=["Sheet1!A2:C2", "Sheet1!B4"],
        valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING",
    ).execute()  # fmt: skip
    assert [each["values"] for each in found["valueRanges"]] == [
        [["Wheel", 20.5, "3/1/2016"]],
        [[35.5]],
    ]
    data = [{"range": "Sheet1!A5", "values": [["x"]]}, {"range": "Sheet1!B5", "values": [[1]]}]
    body = {"valueInputOption": "RAW", "data": data}
    told = values.batchUpdate(spreadsheetId=number, body=body).execute()
    assert (told["totalUpdatedCells"], told["totalUpdatedRows"]) == (2, 1)
    values.clear(spreadsheetId=number, range="Sheet1!A5:B5").execute()
    values.batchClear(spreadsheetId=number, body={"ranges": ["Sheet1!C1:C5"]}).execute()
    left = values.get(spreadsheetId=number, range="Sheet1").execute()
    assert left["values"] == [
        ["Item", "Cost"],
        ["Wheel", "$20.50"],
        ["Door", "$15.00"],
        ["Totals", "$35.50"],
    ]


def test_google_s_client_changes_tabs_and_what_lies_on_them(service: Any, number: str) -> None:
    area = {"sheetId": 5, "startRowIndex": 0, "endRowIndex": 3}
    area |= {"startColumnIndex": 0, "endColumnIndex": 2}
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "ya"}]}
    source = {"sourceRange": {"sources": [{**area, "endColumnIndex": 1}]}}
    chart = {"basicChart": {"chartType": "COLUMN", "series": [{"series": source}]}}
    place = {"overlayPosition": {"anchorCell": {"sheetId": 5, "rowIndex": 4, "columnIndex": 0}}}
    requests = [
        {"addSheet": {"properties": {"sheetId": 5, "title": "Dua"}}},
        {"repeatCell": {"range": area, "cell": bold, "fields": "userEnteredFormat.textFormat"}},
        {"mergeCells": {"range": {**area, "endRowIndex": 1}, "mergeType": "MERGE_ALL"}},
        {"setDataValidation": {"range": area, "rule": {"condition": condition, "strict": True}}},
        {"addNamedRange": {"namedRange": {"name": "Daftar", "range": area}}},
        {"addProtectedRange": {"protectedRange": {"range": area, "warningOnly": True}}},
        {"addChart": {"chart": {"spec": chart, "position": place}}},
        {"addTable": {"table": {"name": "Kasus", "range": {**area, "startColumnIndex": 4, "endColumnIndex": 6}}}},
    ]  # fmt: skip
    body = {"requests": requests, "includeSpreadsheetInResponse": True}
    answer = service.batchUpdate(spreadsheetId=number, body=body).execute()
    assert len(answer["replies"]) == len(requests)
    tab = answer["updatedSpreadsheet"]["sheets"][1]
    assert tab.keys() == {"properties", "merges", "protectedRanges", "charts", "tables"}
    found = service.get(spreadsheetId=number, ranges=["Dua!A1:B2"], includeGridData=True).execute()
    (data,) = found["sheets"][0]["data"]
    assert data["rowData"][1]["values"][0]["userEnteredFormat"]["textFormat"]["bold"] is True
    other = service.create(body={"sheets": [{"properties": {"title": "Lain"}}]}).execute()
    copied = service.sheets().copyTo(
        spreadsheetId=number, sheetId=5, body={"destinationSpreadsheetId": other["spreadsheetId"]}
    )
    assert copied.execute()["title"] == "Copy of Dua"


def test_google_s_client_is_refused_in_google_s_words(
    google: Emulator, service: Any, number: str
) -> None:
    with pytest.raises(HttpError) as caught:
        service.values().get(spreadsheetId=number, range="Tiada!A1").execute()
    assert (caught.value.status_code, caught.value.reason) == (
        400,
        "Unable to parse range: Tiada!A1",
    )
    with pytest.raises(HttpError, match="Requested entity was not found"):
        service.get(spreadsheetId="tiada").execute()
    google.script([{"kind": "spreadsheets.get", "status": 503}])
    again = service.get(spreadsheetId=number)
    again._sleep = lambda seconds: None
    assert again.execute(num_retries=1)["spreadsheetId"] == number


def test_google_s_client_sends_a_long_address_as_a_form(service: Any, number: str) -> None:
    ranges = [f"Sheet1!A{row}:B{row}" for row in range(1, 200)]
    found = service.values().batchGet(spreadsheetId=number, ranges=ranges).execute()
    assert len(found["valueRanges"]) == 199


@pytest.fixture
def sheet(book: gspread.Spreadsheet) -> gspread.Worksheet:
    book.sheet1.update([["Nama", "Jumlah"], ["Ani", 1], ["Budi", 2]], "A1")
    return book.sheet1


def test_formats_are_set_and_read_back(sheet: gspread.Worksheet) -> None:
    look = formatting.CellFormat(
        backgroundColor=formatting.Color(1, 0.9, 0.9),
        textFormat=formatting.TextFormat(bold=True, foregroundColor=formatting.Color(1, 0, 1)),
        horizontalAlignment="CENTER",
        borders=formatting.Borders(bottom=formatting.Border("SOLID")),
        numberFormat=formatting.NumberFormat("NUMBER", "#,##0"),
    )
    formatting.format_cell_range(sheet, "A1:B1", look)
    formatting.format_cell_ranges(sheet, [("A2:A3", formatting.CellFormat(wrapStrategy="WRAP"))])
    kept = formatting.get_user_entered_format(sheet, "B1")
    assert (kept.textFormat.bold, kept.horizontalAlignment) == (True, "CENTER")
    assert kept.numberFormat.pattern == "#,##0"
    assert kept.borders.bottom.style == "SOLID"
    assert kept.backgroundColor.green == 0.8980392
    shown = formatting.get_effective_format(sheet, "A2")
    assert (shown.wrapStrategy, shown.textFormat.fontFamily) == ("WRAP", "Arial")
    assert formatting.get_default_format(sheet.spreadsheet).textFormat.fontSize == 10
    assert formatting.get_user_entered_format(sheet, "C9") is None
    more = formatting.CellFormat(textFormat=formatting.TextFormat(italic=True))
    formatting.format_cell_range(sheet, "B1", more)
    kept = formatting.get_user_entered_format(sheet, "B1")
    assert (kept.textFormat.bold, kept.textFormat.italic) == (True, True)


def test_sizes_and_frozen_parts_are_set_in_one_batch(sheet: gspread.Worksheet) -> None:
    with formatting.batch_updater(sheet.spreadsheet) as batch:
        batch.set_frozen(sheet, rows=1, cols=1)
        batch.set_row_heights(sheet, [("1", 40), ("2:3", 30)])
        batch.set_column_width(sheet, "A", 190)
        batch.set_right_to_left(sheet, True)
    assert formatting.get_frozen_row_count(sheet) == 1
    assert formatting.get_frozen_column_count(sheet) == 1
    assert formatting.get_right_to_left(sheet) is True
    fields = "sheets.data(rowMetadata.pixelSize,columnMetadata.pixelSize)"
    found = sheet.spreadsheet.fetch_sheet_metadata({"ranges": "A1:B3", "fields": fields})
    (data,) = found["sheets"][0]["data"]
    assert [each["pixelSize"] for each in data["rowMetadata"]] == [40, 30, 30]
    assert [each["pixelSize"] for each in data["columnMetadata"]] == [190, 100]


def test_drop_downs_are_set_read_and_taken_away(sheet: gspread.Worksheet) -> None:
    rule = formatting.DataValidationRule(
        formatting.BooleanCondition("ONE_OF_LIST", ["1", "2", "3"]), showCustomUi=True
    )
    formatting.set_data_validation_for_cell_range(sheet, "B2:B3", rule)
    kept = formatting.get_data_validation_rule(sheet, "B3")
    assert [value.userEnteredValue for value in kept.condition.values] == ["1", "2", "3"]
    assert kept.showCustomUi is True
    formatting.set_data_validation_for_cell_range(sheet, "B2:B3", None)
    assert formatting.get_data_validation_rule(sheet, "B3") is None


def test_conditional_rules_are_a_list_that_is_saved(sheet: gspread.Worksheet) -> None:
    area = formatting.GridRange.from_a1_range("B2:B3", sheet)
    condition = formatting.BooleanCondition("NUMBER_GREATER", ["1"])
    red = formatting.CellFormat(backgroundColor=formatting.Color(1, 0.5, 0.5))
    scale = formatting.GradientRule(
        minpoint=formatting.InterpolationPoint(color=formatting.Color(1, 1, 1), type="MIN"),
        maxpoint=formatting.InterpolationPoint(color=formatting.Color(0, 1, 0), type="MAX"),
    )
    rules = formatting.get_conditional_format_rules(sheet)
    rules.append(
        formatting.ConditionalFormatRule(
            ranges=[area], booleanRule=formatting.BooleanRule(condition=condition, format=red)
        )
    )
    rules.append(formatting.ConditionalFormatRule(ranges=[area], gradientRule=scale))
    rules.save()
    first, second = formatting.get_conditional_format_rules(sheet)
    assert first.booleanRule.format.backgroundColor.green == 0.49803922
    assert second.gradientRule.maxpoint.type == "MAX"
    rules = formatting.get_conditional_format_rules(sheet)
    del rules[0]
    rules.save()
    (left,) = formatting.get_conditional_format_rules(sheet)
    assert left.booleanRule is None


def test_parts_of_a_text_have_formats_of_their_own(sheet: gspread.Worksheet) -> None:
    runs = [
        formatting.TextFormatRun(startIndex=0, format=formatting.TextFormat(bold=True)),
        formatting.TextFormatRun(startIndex=2, format=formatting.TextFormat(italic=True)),
    ]
    formatting.set_text_format_runs(sheet, "A2", runs)
    first, second = formatting.get_text_format_runs(sheet, "A2")
    assert (first.format.bold, second.startIndex, second.format.italic) == (True, 2, True)


def test_a_data_frame_is_formatted(sheet: gspread.Worksheet) -> None:
    frame = pd.DataFrame(sheet.get_all_records())
    format_with_dataframe(sheet, frame, include_column_header=True)
    assert formatting.get_user_entered_format(sheet, "A1").textFormat.bold is True
    assert formatting.get_user_entered_format(sheet, "B2").horizontalAlignment == "RIGHT"
