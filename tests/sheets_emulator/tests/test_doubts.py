"""Where only Google can tell which way it falls, the emulator falls either way."""

import subprocess
import sys
from typing import Any

import pytest

from tests.sheets_emulator import Doubts, Emulator
from tests.sheets_emulator.clients import Bare, message

Json = dict[str, Any]

HEADERS = ["No", "Diterima", "Jenis", '=ARRAYFORMULA("Status " & A1:A2)']
TABLE = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 3}
BELOW = {**TABLE, "startRowIndex": 1}
LIST = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Aduan"}]}
DATES = {"userEnteredFormat": {"numberFormat": {"type": "DATE_TIME", "pattern": "d/m/yyyy"}}}
TYPED = "This operation is not allowed on cells in typed columns."
FILTERED = "You can't apply a filter to a range that partially intersects a table."


def indonesian(api: Bare, locale: str) -> tuple[int, Json]:
    change = {"properties": {"locale": locale}, "fields": "locale"}
    return api.batch({"updateSpreadsheetProperties": change})


def header(api: Bare, place: str) -> Any:
    """What a cell holds: its formula, where it has one."""
    (row,) = api.stored(place, valueRenderOption="FORMULA")
    return row[0]


@pytest.mark.parametrize(("taken", "other"), [("id_ID", "in_ID"), ("in_ID", "id_ID")])
def test_one_name_of_the_indonesian_locale_is_taken(
    emulator: Emulator, api: Bare, taken: Any, other: str
) -> None:
    emulator.doubts.indonesian = taken
    assert indonesian(api, taken)[0] == 200
    assert message(indonesian(api, other)) == (
        f"Invalid requests[0].updateSpreadsheetProperties: Unsupported locale: {other}"
    )
    create = {"properties": {"locale": other}}
    refused = api.session.post(f"{emulator.url}/v4/spreadsheets", json=create, timeout=10)
    assert refused.status_code == 400


@pytest.mark.parametrize(
    ("way", "typed", "kept"),
    [
        ("dates", "23/11/2026 08.15", 46349.34375),
        ("text", "23/11/2026 08.15", "23/11/2026 08.15"),
        ("dates", "08.15", 0.34375),
        ("text", "08.15", "08.15"),
        ("text", "08:15", 0.34375),
        ("text", "23/11/2026", 46349),
    ],
)
def test_an_indonesian_time_with_a_dot_becomes_one_or_stays_text(
    emulator: Emulator, api: Bare, way: Any, typed: str, kept: Any
) -> None:
    emulator.doubts.dotted_times = way
    indonesian(api, "in_ID")
    api.update("A1", [[typed]], "USER_ENTERED")
    assert api.stored("A1") == [[kept]]


@pytest.mark.parametrize(("way", "shown"), [("clipped", 7), ("error", "#REF!")])
def test_indirect_beyond_the_last_column(
    emulator: Emulator, api: Bare, way: Any, shown: Any
) -> None:
    emulator.doubts.far_indirect = way
    api.batch({"addSheet": {"properties": {"title": "Dua", "gridProperties": {"columnCount": 3}}}})
    api.update("Dua!A1", [[7]])
    within, beyond = '=SUM(INDIRECT("Dua!$A:$C"))', '=SUM(INDIRECT("Dua!$A:$Z"))'
    api.update("Sheet1!A1", [[within, beyond, "=SUM(Dua!A:Z)"]], "USER_ENTERED")
    assert api.stored("Sheet1!A1:C1") == [[7, shown, 7]]


@pytest.mark.parametrize(("way", "shown"), [("followed", 7), ("stale", "#REF!")])
def test_indirect_before_its_tab_is_there(
    emulator: Emulator, api: Bare, way: Any, shown: Any
) -> None:
    emulator.doubts.early_indirect = way
    formula = [['=INDIRECT("Dua!A1")']]
    api.update("Sheet1!A1", formula, "USER_ENTERED")
    assert api.stored("Sheet1!A1") == [["#REF!"]]
    api.batch({"addSheet": {"properties": {"title": "Dua"}}})
    api.update("Dua!A1", [[7]])
    assert api.stored("Sheet1!A1") == [[shown]]
    cell = api.get(ranges="Sheet1!A1", includeGridData="true")["sheets"][0]["data"][0]
    entered = cell["rowData"][0]["values"][0]["userEnteredValue"]
    assert entered == {"formulaValue": formula[0][0]}
    api.update("Sheet1!A1", formula, "USER_ENTERED")
    assert api.stored("Sheet1!A1") == [[7]], "written anew, it looks again"


@pytest.mark.parametrize("way", ["format", "runs"])
def test_a_link_over_all_of_a_text(emulator: Emulator, api: Bare, way: Any) -> None:
    emulator.doubts.whole_links = way
    runs = [{"startIndex": 0, "format": {"link": {"uri": "https://example.com/"}}}]
    cell = {"userEnteredValue": {"stringValue": "tautan"}, "textFormatRuns": runs}
    write = {"rows": [{"values": [cell]}], "start": {"sheetId": 0}, "fields": "*"}
    api.batch({"updateCells": write})
    rows = api.get(includeGridData="true")["sheets"][0]["data"][0]["rowData"]
    kept = rows[0]["values"][0]
    link = kept.get("userEnteredFormat", {}).get("textFormat", {}).get("link")
    assert ("textFormatRuns" in kept, link is not None) == (way == "runs", way == "format")


@pytest.mark.parametrize(
    ("way", "pasted"),
    [("values", ["dua", "DUA"]), ("nothing", ["dua"])],
)
def test_a_pasted_row_brings_along_what_an_array_formula_shows_in_it(
    emulator: Emulator, api: Bare, way: Any, pasted: list[str]
) -> None:
    emulator.doubts.pasted_arrays = way
    formula = '=ARRAYFORMULA(SUBSTITUTE(A1:A3,"dua","DUA"))'
    api.update("A1", [["satu", formula], ["dua"]], "USER_ENTERED")
    row = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2}
    below = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3}
    api.batch({"copyPaste": {"source": row, "destination": below}})
    assert api.stored("A3:C3", valueRenderOption="FORMULA") == [pasted]
    spread = api.stored("B1:B3")
    assert spread == (
        [["satu"], ["DUA"], ["DUA"]] if way == "nothing" else [["#REF!"], [], ["DUA"]]
    )


@pytest.mark.parametrize("way", ["refused", "taken"])
def test_a_filter_on_a_tab_that_is_protected_from_who_sets_it(
    emulator: Emulator, api: Bare, way: Any
) -> None:
    emulator.doubts.protected_filters = way
    api.batch({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}}}})
    emulator.access.caller = "staf@kantor.go.id"
    status, _ = api.batch({"setBasicFilter": {"filter": {"range": TABLE}}})
    assert status == (400 if way == "refused" else 200)
    assert api.batch({"addFilterView": {"filter": {"range": TABLE}}})[0] == 200


@pytest.fixture
def table(emulator: Emulator, api: Bare) -> Bare:
    """A tab that somebody converted: numbers, dates, a drop-down, and a formula in a header."""
    api.update("A1", [HEADERS, [1, 46349, "Aduan"], [2, 46350, "Aduan"]], "USER_ENTERED")
    dates = {**BELOW, "startColumnIndex": 1, "endColumnIndex": 2}
    api.batch(
        {"repeatCell": {"range": dates, "cell": DATES, "fields": "userEnteredFormat"}},
        {
            "setDataValidation": {
                "range": {**BELOW, "startColumnIndex": 2},
                "rule": {"condition": LIST},
            }
        },
        {"setBasicFilter": {"filter": {"range": TABLE}}},
    )
    emulator.convert_to_table(api.id, "Sheet1")
    return api


def test_a_converted_tab_is_a_table_with_its_columns(table: Bare) -> None:
    (sheet,) = table.get()["sheets"]
    (found,) = sheet["tables"]
    assert found.pop("tableId")
    assert found == {
        "name": "Table1",
        "range": {**TABLE, "endColumnIndex": 4},
        "columnProperties": [
            {"columnName": "No"},
            {"columnIndex": 1, "columnName": "Diterima", "columnType": "DATE_TIME"},
            {
                "columnIndex": 2,
                "columnName": "Jenis",
                "columnType": "DROPDOWN",
                "dataValidationRule": {"condition": LIST},
            },
            {"columnIndex": 3, "columnName": "Status No"},
        ],
    }
    assert "basicFilter" not in sheet
    assert header(table, "D1") == "Status No"


def test_a_table_takes_values_and_columns_move_with_it(table: Bare) -> None:
    assert table.update("A2", [["satu", 46351, "Lain"]])[0] == 200
    left = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    table.batch({"insertDimension": {"range": left}})
    (found,) = table.get()["sheets"][0]["tables"]
    assert (found["range"]["startColumnIndex"], found["range"]["endColumnIndex"]) == (1, 5)


@pytest.mark.parametrize("how", ["values", "cells"])
def test_a_formula_in_a_header_becomes_text_or_is_refused(
    emulator: Emulator, table: Bare, how: str
) -> None:
    """Measured: "a formula there is replaced by "Column" and the column's place in the table"."""

    def write() -> tuple[int, Json]:
        if how == "values":
            return table.update("D1", [["=1+2"]], "USER_ENTERED")
        cell = {"userEnteredValue": {"formulaValue": "=1+2"}}
        start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 3}
        rows = [{"values": [cell]}]
        return table.batch({"updateCells": {"start": start, "rows": rows, "fields": "*"}})

    emulator.doubts.table_headers = "refused"
    assert write()[0] == 400
    assert header(table, "D1") == "Status No"
    emulator.doubts.table_headers = "replaced"
    assert write()[0] == 200
    assert header(table, "D1") == "Column 4"
    (found,) = table.get()["sheets"][0]["tables"]
    assert found["columnProperties"][3]["columnName"] == "Column 4"


def test_filters_upon_a_table_are_refused(table: Bare) -> None:
    for kind in ("setBasicFilter", "addFilterView"):
        refused = table.batch({kind: {"filter": {"range": {**TABLE, "endRowIndex": 9}}}})
        assert message(refused) == f"Invalid requests[0].{kind}: {FILTERED}"
    beside = {**TABLE, "startColumnIndex": 6, "endColumnIndex": 8}
    assert table.batch({"setBasicFilter": {"filter": {"range": beside}}})[0] == 200


def test_drop_downs_are_refused_in_columns_with_a_type(table: Bare) -> None:
    def rule(column: int) -> tuple[int, Json]:
        area = {**BELOW, "startColumnIndex": column, "endColumnIndex": column + 1}
        return table.batch({"setDataValidation": {"range": area, "rule": {"condition": LIST}}})

    assert message(rule(2)) == f"Invalid requests[0].setDataValidation: {TYPED}"
    assert [rule(column)[0] for column in (0, 1, 3)] == [200, 400, 200]


@pytest.mark.parametrize(("way", "status"), [("refused", 400), ("taken", 200)])
def test_number_formats_and_protections_in_a_table(
    emulator: Emulator, table: Bare, way: Any, status: int
) -> None:
    emulator.doubts.table_formats = emulator.doubts.table_protections = way
    fields = "userEnteredFormat.numberFormat"
    for mask in (fields, "userEnteredFormat", "*"):
        change = {"repeatCell": {"range": BELOW, "cell": DATES, "fields": mask}}
        assert table.batch(change)[0] == status
    header_row = {**TABLE, "endRowIndex": 1}
    assert (
        table.batch({"repeatCell": {"range": header_row, "cell": DATES, "fields": fields}})[0]
        == 200
    )
    assert table.batch({"repeatCell": {"range": BELOW, "cell": DATES, "fields": "note"}})[0] == 200
    protect = {"addProtectedRange": {"protectedRange": {"range": header_row}}}
    assert table.batch(protect)[0] == status


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ({"columnType": "DROPDOWN"}, "Condition must be set for dropdown column type."),
        (
            {"columnType": "DOUBLE", "dataValidationRule": {"condition": LIST}},
            "Cannot set condition for non-dropdown column type.",
        ),
    ],
)
def test_a_list_belongs_to_a_drop_down(api: Bare, column: Json, told: str) -> None:
    refused = api.batch({"addTable": {"table": {"range": TABLE, "columnProperties": [column]}}})
    assert message(refused) == f"Invalid requests[0].addTable: {told}"


def test_a_table_names_its_columns_and_lies_on_no_other(api: Bare) -> None:
    """Measured: a column that is sent with a name has it in its header cell."""
    api.update("A1", [["No"]])
    asked = {"range": TABLE, "columnProperties": [{"columnIndex": 1, "columnName": "Tanggal"}]}
    _, answer = api.batch({"addTable": {"table": asked}})
    columns = answer["replies"][0]["addTable"]["table"]["columnProperties"]
    assert [each["columnName"] for each in columns] == ["No", "Tanggal", "Column 3"]
    assert api.stored("A1:C1") == [["No", "Tanggal", "Column 3"]]
    assert api.batch({"addTable": {"table": {"range": TABLE}}})[0] == 400


def test_doubts_are_set_by_name() -> None:
    with Emulator(doubts=Doubts(indonesian="id_ID")) as emulator:
        book = emulator.new_spreadsheet(locale="id_ID")
        assert book.properties["locale"] == "id_ID"
    with pytest.raises(ValueError, match="far_indirect is clipped or error, not nearby"):
        Doubts(far_indirect="nearby")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("table_headers=maybe", "table_headers is replaced or refused, not maybe."),
        ("weather=fine", "There is no doubt weather; there are indonesian, dotted_times,"),
    ],
)
def test_a_doubt_on_the_command_line_that_cannot_be(asked: str, told: str) -> None:
    command = [sys.executable, "-m", "tests.sheets_emulator", "--doubt", asked]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert told in ended.stderr
