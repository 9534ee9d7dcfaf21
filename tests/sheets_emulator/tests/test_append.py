"""Appending finds the table, writes below it, and lets the grid grow, as Google does it."""

from typing import Any

import pytest

from tests.sheets_emulator.clients import Bare

Json = dict[str, Any]


# https://developers.google.com/workspace/sheets/api/guides/values#append_values
@pytest.mark.parametrize(
    ("asked", "table", "written"),
    [
        ("Sheet1", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("C5:D5", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B2:D4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A3:G10", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A1", "Sheet1!A1:C2", "Sheet1!A3"),
        ("E4", None, "Sheet1!E4"),
    ],
)
def test_appending_finds_the_table_as_the_guide_says(
    api: Bare, asked: str, table: str | None, written: str
) -> None:
    api.update("A1:C2", [["x", "y", "z"]] * 2)
    api.update("B4:D6", [["x", "y", "z"]] * 3)
    _, answer = api.append(asked, [["new"]])
    assert answer.get("tableRange") == table
    assert answer["updates"]["updatedRange"] == written


def test_a_blank_cell_parts_two_tables(api: Bare) -> None:
    """gspread's cassette WorksheetTest.test_append_row_with_empty_value"""
    api.append("'Sheet1'", [["1", "", "3"]])
    _, answer = api.append("'Sheet1'", [["1", "", "3"]])
    assert answer["tableRange"] == "Sheet1!C1"
    assert answer["updates"]["updatedRange"] == "Sheet1!C2:E2"
    assert api.stored("'Sheet1'!A2:2") == [["", "", "1", "", "3"]]


def test_appending_at_a_blank_cell_finds_no_table_around_it(api: Bare) -> None:
    """gspread's cassette WorksheetTest.test_insert_row: a row inserted into a table, then filled"""
    api.update("'Sheet1'!A1:D6", [["x"] * 4] * 6)
    place = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    api.batch({"insertDimension": {"range": place}})
    _, answer = api.append("'Sheet1'!A2", [["new"] * 8])
    assert "tableRange" not in answer
    assert answer["updates"] == {
        "spreadsheetId": api.id,
        "updatedRange": "Sheet1!A2:H2",
        "updatedRows": 1,
        "updatedColumns": 8,
        "updatedCells": 8,
    }


def test_appending_grows_the_grid(api: Bare) -> None:
    api.update("A1000", [["last"]])
    _, answer = api.append("A1000", [list(range(30)), [1]])
    assert answer["updates"]["updatedRange"] == "Sheet1!A1001:AD1002"
    grid = api.get()["sheets"][0]["properties"]["gridProperties"]
    assert grid == {"rowCount": 1002, "columnCount": 30}


def test_appending_overwrites_or_inserts(api: Bare) -> None:
    api.update("A1", [["head"], ["one"], [""], ["other"]])
    api.append("A1", [["two"], ["three"]], insertDataOption="INSERT_ROWS")
    assert api.stored() == [["head"], ["one"], ["two"], ["three"], [], ["other"]]
    api.append("A1", [["four"], ["five"]], insertDataOption="OVERWRITE")
    assert api.stored()[4:] == [["four"], ["five"]]
