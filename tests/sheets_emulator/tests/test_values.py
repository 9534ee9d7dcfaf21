"""Values are written, appended, cleared and read as Google does it, or refused in its words."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.sheets_emulator.clients import Bare, message

Json = dict[str, Any]


def test_raw_text_stays_text(api: Bare) -> None:
    api.update("A1", [["=1+1", "1/2/2024", "'x", "TRUE", 1.5, True]])
    assert api.stored() == [["=1+1", "1/2/2024", "'x", "TRUE", 1.5, True]]
    assert api.stored(valueRenderOption="FORMULA") == api.stored()
    assert api.stored(valueRenderOption="FORMATTED_VALUE")[0][-2:] == ["1.5", "TRUE"]


def test_null_leaves_a_cell_and_empty_text_clears_it(api: Bare) -> None:
    api.update("A1", [[1, 2, 3]])
    _, answer = api.update("A1", [[None, "", 4]])
    assert api.stored() == [[1, "", 4]]
    assert answer["updatedRange"] == "Sheet1!A1:C1"


def test_columns_can_be_the_major_dimension(api: Bare) -> None:
    body = {"majorDimension": "COLUMNS", "values": [[1, 2], [3]]}
    api.call("PUT", "/values/A1", params={"valueInputOption": "RAW"}, json=body)
    assert api.stored() == [[1, 3], [2]]
    _, answer = api.values("A1:B3", majorDimension="COLUMNS")
    assert (answer["majorDimension"], answer["values"]) == ("COLUMNS", [["1", "2"], ["3"]])


def test_dates_come_as_serial_numbers_or_as_they_are_shown(api: Bare) -> None:
    api.update("A1", [["2/1/2024", "10:30"]], "USER_ENTERED")
    assert api.stored() == [[45323, 0.4375]]
    assert api.stored(dateTimeRenderOption="FORMATTED_STRING") == [["2/1/2024", "10:30"]]
    assert api.stored(valueRenderOption="FORMATTED_VALUE") == [["2/1/2024", "10:30"]]


def test_the_answer_to_a_write_may_include_its_values(api: Bare) -> None:
    _, answer = api.update(
        "B2",
        [["50%"]],
        "USER_ENTERED",
        includeValuesInResponse="true",
        responseValueRenderOption="UNFORMATTED_VALUE",
    )
    data = {"range": "Sheet1!B2", "majorDimension": "ROWS", "values": [[0.5]]}
    assert answer["updatedData"] == data


@pytest.mark.parametrize(
    ("range_", "values", "told"),
    [
        (
            "Sheet1!AA1",
            [[1]],
            "Range (Sheet1!AA1) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            "Sheet1!A1:B2000",
            [[1]],
            "Range (Sheet1!A1:B2000) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            "Sheet1!A1:B1",
            [[1, 2, 3]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]",
        ),
        (
            "Sheet1!A1:B1",
            [[1], [2]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]",
        ),
        (
            "'Sheet1'!A999",
            [[1], [2], [3]],
            "Requested writing within range ['Sheet1'!A999], but tried writing to row [1001]",
        ),
        (
            "A1",
            [["x" * 50_001]],
            "Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
    ],
)
def test_a_write_that_does_not_fit_is_refused(
    api: Bare, range_: str, values: list[list[Any]], told: str
) -> None:
    assert message(api.update(range_, values)) == told
    assert api.stored() == []


def test_an_input_option_is_required(api: Bare) -> None:
    told = "'valueInputOption' is required but not specified"
    assert message(api.call("PUT", "/values/A1", json={"values": [[1]]})) == told
    data = {"data": [{"range": "A1", "values": [[1]]}]}
    assert message(api.call("POST", "/values:batchUpdate", json=data)) == told
    assert message(api.call("POST", "/values/A1:append", json={"values": [[1]]})) == told


def test_several_ranges_are_written_together_or_not_at_all(api: Bare) -> None:
    data = [
        {"range": "A1:B1", "values": [[1, 2]]},
        {"range": "A3", "majorDimension": "COLUMNS", "values": [[3, 4]]},
    ]
    body: Json = {"valueInputOption": "RAW", "data": data}
    _, answer = api.call("POST", "/values:batchUpdate", json=body)
    totals = {name: answer[name] for name in answer if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 3,
        "totalUpdatedColumns": 2,
        "totalUpdatedCells": 4,
        "totalUpdatedSheets": 1,
    }
    assert [each["updatedRange"] for each in answer["responses"]] == [
        "Sheet1!A1:B1",
        "Sheet1!A3:A4",
    ]
    body["data"] = [{"range": "A1", "values": [[9]]}, {"range": "Nirgendwo!A1", "values": [[9]]}]
    refused = api.call("POST", "/values:batchUpdate", json=body)
    assert message(refused) == "Invalid data[1]: Unable to parse range: Nirgendwo!A1"
    assert api.stored()[0] == [1, 2]


def test_a_row_or_column_counts_once_in_the_totals(api: Bare) -> None:
    """WorksheetTest.test_batch_update among gspread's cassettes; the guide's `Write to multiple
    ranges`; and, with two tabs, an answer that a user of the API wrote down.
    """
    api.batch({"addSheet": {"properties": {"title": "second sheet"}}})
    totals = [
        (["'Sheet1'!A1:D1", "'Sheet1'!A4:D4"], [[["A1", "B1", "", "D1"]]] * 2, (2, 4, 8, 1)),
        (["Sheet1!A1:A4", "Sheet1!B1:D2"], [[["a"]] * 4, [["b", "c", "d"]] * 2], (4, 4, 10, 1)),
        (["Sheet1!A:B", "'second sheet'!A:B"], [[["x", "y"]] * 9] * 2, (18, 4, 36, 2)),
    ]
    for ranges, values, counts in totals:
        data = [{"range": each, "values": v} for each, v in zip(ranges, values, strict=True)]
        body = {"valueInputOption": "RAW", "data": data}
        _, answer = api.call("POST", "/values:batchUpdate", json=body)
        kinds = ("Rows", "Columns", "Cells", "Sheets")
        assert tuple(answer[f"totalUpdated{kind}"] for kind in kinds) == counts
    assert answer["responses"][1]["updatedRange"] == "'second sheet'!A1:B9"


def test_only_rows_and_columns_with_a_changed_cell_count(api: Bare) -> None:
    """`Write selectively to a range` on the API's page of writing samples."""
    values = [[None, "$1", "$2", ""], [], [None, "4/1/2016", "4/15/2016", ""]]
    _, answer = api.call(
        "PUT",
        "/values/Sheet1!B1",
        params={"valueInputOption": "USER_ENTERED"},
        json={"range": "Sheet1!B1", "majorDimension": "COLUMNS", "values": values},
    )
    assert answer == {
        "spreadsheetId": api.id,
        "updatedRange": "Sheet1!B1:D4",
        "updatedRows": 3,
        "updatedColumns": 2,
        "updatedCells": 6,
    }
    assert api.values("B1:D4")[1]["values"] == [[], ["$1", "", "4/1/2016"], ["$2", "", "4/15/2016"]]


def test_a_cell_keeps_the_format_it_has(api: Bare) -> None:
    """The same sample: `$1` typed where `$20.50` stood is shown as `$1.00`, `$2` over `$15` not."""
    api.update("B2", [["$20.50"], ["$15"]], "USER_ENTERED")
    assert api.values("B2:B3")[1]["values"] == [["$20.50"], ["$15"]]
    api.update("B2", [["$1"], ["$2"]], "USER_ENTERED")
    assert api.values("B2:B3")[1]["values"] == [["$1.00"], ["$2"]]


def test_values_in_the_answer_cover_the_range_asked_for(api: Bare) -> None:
    """The reference of values.update: "If the range to write was larger than the range actually
    written, the response includes all values in the requested range".
    """
    api.update("A1:C3", [[1, 2, 3], [4, 5, 6], [7, 8]])
    _, answer = api.update("A1:D9", [["new"]], includeValuesInResponse="true")
    assert answer["updatedRange"] == "Sheet1!A1"
    assert answer["updatedData"] == {
        "range": "Sheet1!A1:D9",
        "majorDimension": "ROWS",
        "values": [["new", "2", "3"], ["4", "5", "6"], ["7", "8"]],
    }


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (1 / 1024, "0.0009765625"),
        ("2,000,000.01", "2,000,000.01"),
        ("Non-numeric value", "Non-numeric value"),
        (42, "42"),
        ("0042", "42"),
        (42.01, "42.01"),
    ],
)
def test_what_is_typed_is_shown_again(api: Bare, typed: str | float, read: str) -> None:
    """gspread's cassettes CellTest.test_numeric_value and WorksheetTest.test_update_cell"""
    api.update("'Sheet1'!A1", [[typed]], "USER_ENTERED")
    assert api.values("'Sheet1'!A1")[1]["values"] == [[read]]


def test_clearing_keeps_formats_and_notes(api: Bare) -> None:
    cell = {"userEnteredValue": {"numberValue": 1}, "note": "n"}
    cell["userEnteredFormat"] = {"textFormat": {"bold": True}}
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "endColumnIndex": 1}
    api.batch({"updateCells": {"range": area, "rows": [{"values": [cell]}], "fields": "*"}})
    _, answer = api.call("POST", "/values:batchClear", json={"ranges": ["A1:B2", "'Sheet1'!C:C"]})
    assert answer["clearedRanges"] == ["Sheet1!A1:B2", "Sheet1!C1:C1000"]
    found = api.get(fields="sheets.data.rowData.values(userEnteredValue,note,userEnteredFormat)")
    assert found["sheets"][0]["data"][0]["rowData"][0]["values"] == [
        {"note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}
    ]
    refused = api.call("POST", "/values:batchClear", json={"ranges": ["A1001:ZZ"]})
    assert message(refused) == (
        "Invalid range[0]: Range (Sheet1!A1001:ZZ) exceeds grid limits. "
        "Max rows: 1000, max columns: 26"
    )


def test_a_row_must_be_a_list(api: Bare) -> None:
    assert message(api.update("A1", ["x"])).startswith(
        "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"x\""
    )


def test_structures_are_no_values(api: Bare) -> None:
    """As users quote it, in burnash/gspread#668 and texastribune/data-visuals-create#158; with the
    tab character in a collection of Google's texts that were "reproduced 2026-09-18".
    """
    told = "Invalid values[0][1]: list_value \t {\n  values {\n    number_value: 1.0\n  }\n}\n"
    assert message(api.update("A1", [["x", [1]]])) == told
    assert message(api.append("A1", [[{"name": "Jane Doe", "age": None}]])) == (
        "Invalid values[0][0]: struct_value \t {\n"
        '  fields {\n    key: "name"\n    value {\n      string_value: "Jane Doe"\n    }\n  }\n'
        '  fields {\n    key: "age"\n    value {\n      null_value: NULL_VALUE\n    }\n  }\n'
        "}\n"
    )
    assert api.stored() == []


@pytest.mark.parametrize(
    ("path", "body"),
    [("Sheet1!ZZ999", "Sheet1!ZZ998"), ("Sheet1", "Sheet1!A:Z"), ("'Sheet1'!A1", "Sheet1!A1")],
)
def test_a_range_in_the_body_is_the_path_s(api: Bare, path: str, body: str) -> None:
    """Google's words in public sources, one of which saw missing quotes refused by the live API."""
    told = f"Request range[{path}] does not match value's range[{body}]"
    for verb, suffix in (("PUT", ""), ("POST", ":append")):
        address = f"/values/{quote(path, safe='')}{suffix}"
        params, content = {"valueInputOption": "RAW"}, {"range": body, "values": [[1]]}
        assert message(api.call(verb, address, params=params, json=content)) == told
    assert api.stored() == []
