"""What Google answered, as gspread's own test suite recorded it, is what the emulator answers.

Source: the cassettes in gspread's public repository (`tests/cassettes/`, 2021 to 2024), by the name
of the test that was recorded. Ids that Google makes up are left out of the comparison.
"""

from typing import Any

from tests.sheets_emulator import Emulator
from tests.sheets_emulator.clients import Bare, gspread_client

Json = dict[str, Any]

A1_TO_B2 = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
GRID = [["A1", "B1", "", "D1"], ["", "b2", "", ""], ["", "", "", ""], ["A4", "B4", "", "D4"]]


def without_id(answer: Json) -> Json:
    """An answer to a values call without the id of the spreadsheet."""
    return {
        name: without_id(part) if isinstance(part, dict) else part
        for name, part in answer.items()
        if name != "spreadsheetId"
    }


def test_a_new_spreadsheet(emulator: Emulator) -> None:
    """ClientTest.test_create, WorksheetTest.test_delete_protected_range"""
    book = gspread_client(emulator.url).create("Test")
    found = Bare(emulator.url, book.id).get(includeGridData="false")
    assert found["spreadsheetUrl"] == f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    assert found["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]
    properties = found["properties"]
    assert {name: properties[name] for name in ("title", "locale", "autoRecalc", "timeZone")} == {
        "title": "Test",
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
    }
    assert properties["defaultFormat"]["textFormat"] == {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    }
    colors = {
        each["colorType"]: each["color"] for each in properties["spreadsheetTheme"]["themeColors"]
    }
    assert colors["TEXT"] == {"rgbColor": {}}
    assert colors["ACCENT1"] == {
        "rgbColor": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}
    }


def test_no_such_spreadsheet(emulator: Emulator) -> None:
    """ClientTest.test_access_non_existing_spreadsheet"""
    answer = Bare(emulator.url, "test").call("GET", "", params={"includeGridData": "false"})
    assert answer == (
        404,
        {
            "error": {
                "code": 404,
                "message": "Requested entity was not found.",
                "status": "NOT_FOUND",
            }
        },
    )


def test_adding_and_deleting_a_tab(api: Bare) -> None:
    """SpreadsheetTest.test_values_get: a title that needs quotes, the whole tab as a range"""
    properties = {
        "title": "🌵 test_values_get 1",
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 10, "columnCount": 10},
    }
    _, answer = api.batch({"addSheet": {"properties": properties}})
    added = answer["replies"][0]["addSheet"]["properties"]
    number = added.pop("sheetId")
    assert added == {**properties, "index": 1}
    fruit = [["🍇", "🍉", "🍋"], ["🍐", "🍎", "🍓"]]
    _, answer = api.update("🌵 test_values_get 1!A1", fruit)
    assert without_id(answer) == {
        "updatedRange": "'🌵 test_values_get 1'!A1:C2",
        "updatedRows": 2,
        "updatedColumns": 3,
        "updatedCells": 6,
    }
    assert api.values("🌵 test_values_get 1")[1] == {
        "range": "'🌵 test_values_get 1'!A1:J10",
        "majorDimension": "ROWS",
        "values": fruit,
    }
    answer = api.batch({"deleteSheet": {"sheetId": number}})[1]
    assert answer == {"spreadsheetId": api.id, "replies": [{}]}


def test_trailing_blanks_are_trimmed(api: Bare) -> None:
    """WorksheetTest.test_update_and_get"""
    _, answer = api.update("'Sheet1'!A1", GRID)
    assert without_id(answer) == {
        "updatedRange": "Sheet1!A1:D4",
        "updatedRows": 4,
        "updatedColumns": 4,
        "updatedCells": 16,
    }
    assert api.values("'Sheet1'!A1:D4")[1] == {
        "range": "Sheet1!A1:D4",
        "majorDimension": "ROWS",
        "values": [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "B4", "", "D4"]],
    }


def test_several_ranges_in_one_read(api: Bare) -> None:
    """WorksheetTest.test_batch_get"""
    api.update("'Sheet1'!A1", GRID)
    _, answer = api.call(
        "GET", "/values:batchGet", params={"ranges": ["'Sheet1'!A1:B1", "'Sheet1'!B4:D4"]}
    )
    assert answer == {
        "spreadsheetId": api.id,
        "valueRanges": [
            {"range": "Sheet1!A1:B1", "majorDimension": "ROWS", "values": [["A1", "B1"]]},
            {"range": "Sheet1!B4:D4", "majorDimension": "ROWS", "values": [["B4", "", "D4"]]},
        ],
    }


def test_values_as_they_are_typed_and_rendered(api: Bare) -> None:
    """WorksheetTest.test_get_all_records_value_render_options"""
    size = {"rowCount": 2, "columnCount": 4}
    change = {
        "properties": {"sheetId": 0, "gridProperties": size},
        "fields": "gridProperties/rowCount,gridProperties/columnCount",
    }
    assert api.batch({"updateSheetProperties": change})[1]["replies"] == [{}]
    assert api.values("'Sheet1'!A1:D2")[1] == {"range": "Sheet1!A1:D2", "majorDimension": "ROWS"}
    typed = [["=4/2", "2020-01-01", "string", 53], ["=3/2", 0.12, "1999-01-02", ""]]
    _, answer = api.update("'Sheet1'!A1:D2", typed, "USER_ENTERED")
    assert answer["updatedCells"] == 8
    read = api.values("'Sheet1'")[1]
    assert read["range"] == "Sheet1!A1:D2"
    assert read["values"] == [["2", "2020-01-01", "string", "53"], ["1.5", "0.12", "1999-01-02"]]
    read = api.values("'Sheet1'", valueRenderOption="UNFORMATTED_VALUE")[1]
    assert read["values"] == [[2, 43831, "string", 53], [1.5, 0.12, 36162]]
    read = api.values("'Sheet1'", valueRenderOption="FORMULA")[1]
    assert read["values"] == [["=4/2", 43831, "string", 53], ["=3/2", 0.12, 36162]]


def test_appending_to_the_table_at_a_cell(api: Bare) -> None:
    """WorksheetTest.test_append_row_with_empty_value_and_table_range"""
    row = ["1", "", "3"]
    params = {"includeValuesInResponse": "False"}
    _, answer = api.append("'Sheet1'", [row], **params)
    update = {"updatedRows": 1, "updatedColumns": 3, "updatedCells": 3}
    assert without_id(answer) == {"updates": {"updatedRange": "Sheet1!A1:C1", **update}}
    _, answer = api.append("'Sheet1'!A1", [row], **params)
    assert without_id(answer) == {
        "tableRange": "Sheet1!A1",
        "updates": {"updatedRange": "Sheet1!A2:C2", **update},
    }
    assert api.values("'Sheet1'!A2:2")[1] == {
        "range": "Sheet1!A2:Z2",
        "majorDimension": "ROWS",
        "values": [row],
    }


def test_clearing_a_whole_tab(api: Bare) -> None:
    """WorksheetTest.test_basic_filters"""
    answer = api.call("POST", "/values/%27Sheet1%27:clear")
    assert answer == (200, {"spreadsheetId": api.id, "clearedRange": "Sheet1!A1:Z1000"})


def test_ranges_on_the_tab_with_id_zero_carry_no_id(api: Bare) -> None:
    """CellTest.test_merge_cells, WorksheetTest.test_basic_filters"""
    area = {"sheetId": 0, **A1_TO_B2}
    api.batch({"mergeCells": {"mergeType": "MERGE_ROWS", "range": area}})
    assert api.get()["sheets"][0]["merges"] == [
        {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2},
        {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2},
    ]
    api.batch({"setBasicFilter": {"filter": {"range": area}}})
    assert api.get()["sheets"][0]["basicFilter"] == {"range": A1_TO_B2}


def test_a_named_range(api: Bare) -> None:
    """CellTest.test_define_named_range"""
    named = {"name": "TestDefineNamedRange", "range": {"sheetId": 0, **A1_TO_B2}}
    _, answer = api.batch({"addNamedRange": {"namedRange": named}})
    reply = answer["replies"][0]["addNamedRange"]["namedRange"]
    assert reply == {"namedRangeId": reply["namedRangeId"], **named, "range": A1_TO_B2}
    assert api.get(fields="namedRanges") == {"namedRanges": [reply]}


def test_a_protected_range(api: Bare, emulator: Emulator) -> None:
    """WorksheetTest.test_delete_protected_range: the reply as asked, the owner added when read"""
    asked: Json = {
        "range": {"sheetId": 0, **A1_TO_B2},
        "description": None,
        "warningOnly": False,
        "requestingUserCanEdit": False,
        "editors": {"users": [], "groups": []},
    }
    _, answer = api.batch({"addProtectedRange": {"protectedRange": asked}})
    reply = answer["replies"][0]["addProtectedRange"]["protectedRange"]
    number = reply.pop("protectedRangeId")
    assert reply == {"range": A1_TO_B2, "requestingUserCanEdit": True, "editors": {}}
    assert api.get()["sheets"][0]["protectedRanges"] == [
        {
            "protectedRangeId": number,
            "range": A1_TO_B2,
            "requestingUserCanEdit": True,
            "editors": {"users": [emulator.access.caller]},
        }
    ]
    change = {"deleteProtectedRange": {"protectedRangeId": number}}
    assert api.batch(change)[1]["replies"] == [{}]


def test_a_mask_that_finds_nothing_leaves_the_frame(api: Bare) -> None:
    """WorksheetTest.test_worksheet_notes"""
    assert api.get(fields="sheets.data.rowData.values.note") == {"sheets": [{"data": [{}]}]}


def test_sorting(api: Bare) -> None:
    """WorksheetTest.test_sort"""
    rows = [["Canada", 2007, 1], ["Elephant", 2019, 2], ["Banana", 2013, 3]]
    rows += [["Apple", 2012, 4], ["Fox", 2077, 5], ["Dinosaur", 2013, 6]]
    api.update("A1", rows)
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 6}
    area |= {"startColumnIndex": 0, "endColumnIndex": 3}
    spec = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    assert api.batch({"sortRange": {"range": area, "sortSpecs": spec}})[1]["replies"] == [{}]
    names = [row[0] for row in api.values("A1:A6")[1]["values"]]
    assert names == ["Fox", "Elephant", "Dinosaur", "Canada", "Banana", "Apple"]


def test_grouping_rows(api: Bare) -> None:
    """WorksheetTest.test_group_rows: the toggle's place stays when the group is gone"""
    rows = {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    group = {"range": rows, "depth": 1}
    _, answer = api.batch({"addDimensionGroup": {"range": {"sheetId": 0, **rows}}})
    assert answer["replies"] == [{"addDimensionGroup": {"dimensionGroups": [group]}}]
    sheet = api.get(includeGridData="false")["sheets"][0]
    assert sheet["rowGroups"] == [group]
    grid = {"rowCount": 1000, "columnCount": 26, "rowGroupControlAfter": True}
    assert sheet["properties"]["gridProperties"] == grid
    _, answer = api.batch({"deleteDimensionGroup": {"range": {"sheetId": 0, **rows}}})
    assert answer["replies"] == [{"deleteDimensionGroup": {}}]
    (sheet,) = api.get(includeGridData="false")["sheets"]
    assert sheet.keys() == {"properties"}
    assert sheet["properties"]["gridProperties"] == grid


def test_all_tabs_are_not_hidden(api: Bare) -> None:
    """WorksheetTest.test_hide_show_worksheet"""
    hide = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}
    assert api.batch({"updateSheetProperties": hide})[1]["error"]["message"] == (
        "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document."
    )


def test_masks_are_read_as_they_were_measured(api: Bare) -> None:
    """brekkylab/backlot, measured of the Sheets API: spaces, brackets, commas, and `*`"""
    for fields in (" spreadsheetId", "sheets(properties", "sheets.properties)"):
        status, answer = api.call("GET", "", params={"fields": fields})
        assert (status, answer["error"]["message"]) == (
            400,
            "Request contains an invalid argument.",
        )
    assert api.get(fields="spreadsheetId,") == {"spreadsheetId": api.id}
    assert "data" not in api.get(fields="*")["sheets"][0]
    assert "data" in api.get(fields="sheets")["sheets"][0]
    assert "data" not in api.get(ranges="A1:B2")["sheets"][0]


def test_rows_of_cells_end_with_their_last_cell(api: Bare) -> None:
    """WorksheetTest.test_get_notes (2024)"""
    for place, note in ((0, "read my note"), (1, "Or don't")):
        change = {"start": {"rowIndex": place, "columnIndex": place}, "fields": "note"}
        api.batch({"updateCells": {**change, "rows": [{"values": [{"note": note}]}]}})
    rows = [{"values": [{"note": "read my note"}]}, {"values": [{}, {"note": "Or don't"}]}]
    found = api.get(fields="sheets.data.rowData.values.note")
    assert found == {"sheets": [{"data": [{"rowData": rows}]}]}
