"""Values found by the developer metadata on a column, wherever the column is by then."""

import pytest

from tests.sheets_emulator.clients import Bare, message

COLUMN_B = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
METADATA = {"metadataId": 8, "metadataKey": "k", "visibility": "DOCUMENT"}
ON_IT = {"developerMetadataLookup": {"metadataId": 8}}


@pytest.fixture
def marked(api: Bare) -> Bare:
    """a, b, c in the first row, metadata on the column of b, which then goes to the front."""
    api.update("A1:C2", [["a", "b", "c"], ["x", "=1+1", "z"]], "USER_ENTERED")
    location = {"dimensionRange": {"sheetId": 0, **COLUMN_B}}
    status, _ = api.batch(
        {"createDeveloperMetadata": {"developerMetadata": {**METADATA, "location": location}}},
        {"moveDimension": {"source": {"sheetId": 0, **COLUMN_B}, "destinationIndex": 0}},
    )
    assert status == 200
    return api


def test_a_column_is_read_where_it_went(marked: Bare) -> None:
    body = {"dataFilters": [ON_IT, {"a1Range": "Sheet1!1:1"}], "valueRenderOption": "FORMULA"}
    _, answer = marked.call("POST", "/values:batchGetByDataFilter", json=body)
    column, row = answer["valueRanges"]
    assert column["dataFilters"] == [ON_IT]
    assert column["valueRange"]["range"] == "Sheet1!A1:A1000"
    assert column["valueRange"]["values"] == [["b"], ["=1+1"]]
    assert row["valueRange"]["values"] == [["b", "a", "c"]]


def test_a_column_is_written_where_it_went_and_null_leaves_a_cell(marked: Bare) -> None:
    data = [{"dataFilter": ON_IT, "values": [[None], [""], ["neu"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    status, answer = marked.call("POST", "/values:batchUpdateByDataFilter", json=body)
    assert status == 200
    assert answer["responses"][0]["dataFilter"] == ON_IT
    assert marked.stored() == [["b", "a", "c"], ["", "x", "z"], ["neu"]]


def test_more_values_than_the_column_has_rows_are_refused(marked: Bare) -> None:
    data = [{"dataFilter": ON_IT, "values": [[""]] * 1001}]
    body = {"valueInputOption": "RAW", "data": data}
    answer = marked.call("POST", "/values:batchUpdateByDataFilter", json=body)
    assert message(answer).startswith("Invalid data[0]: Requested writing within range")
    assert marked.stored()[0] == ["b", "a", "c"]


def test_metadata_that_is_not_there_finds_nothing(marked: Bare) -> None:
    gone = {"developerMetadataLookup": {"metadataId": 9}}
    body = {"dataFilters": [gone], "valueRenderOption": "FORMULA"}
    assert marked.call("POST", "/values:batchGetByDataFilter", json=body) == (
        200,
        {"spreadsheetId": marked.id},
    )
