"""Rows and columns that are inserted, deleted, moved or pasted take along all that lies on them."""

from typing import Any

import pytest

from tests.sheets_emulator.clients import Bare, message
from tests.sheets_emulator.references import canonical, relocated

Json = dict[str, Any]

AREA = {"startRowIndex": 2, "endRowIndex": 5, "startColumnIndex": 1, "endColumnIndex": 3}
HERE = {"sheetId": 0, **AREA}


def dimension(start: int, end: int, name: str = "ROWS") -> Json:
    """A DimensionRange on the first tab."""
    return {"sheetId": 0, "dimension": name, "startIndex": start, "endIndex": end}


def furnish(api: Bare) -> None:
    """Puts every kind of object on B3:C5, and formulas that look there."""
    condition = {"condition": {"type": "BLANK"}, "format": {"textFormat": {"bold": True}}}
    source = {"sourceRange": {"sources": [HERE]}}
    chart = {
        "spec": {"basicChart": {"series": [{"series": source}]}},
        "position": {
            "overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 4, "columnIndex": 2}}
        },
    }
    status, answer = api.batch(
        {"mergeCells": {"range": HERE}},
        {"addNamedRange": {"namedRange": {"name": "Daftar", "range": HERE}}},
        {"addProtectedRange": {"protectedRange": {"range": HERE}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [HERE], "booleanRule": condition}}},
        {"setBasicFilter": {"filter": {"range": HERE}}},
        {"addChart": {"chart": chart}},
        {"setDataValidation": {"range": HERE, "rule": {"condition": {"type": "BOOLEAN"}}}},
        {"addSheet": {"properties": {"title": "Lain"}}},
    )
    assert status == 200, answer
    api.update("A1", [["=SUM(B3:C5)"]], "USER_ENTERED")
    api.update("Lain!A1", [["=Sheet1!$B$4&B4"]], "USER_ENTERED")


def places(api: Bare) -> list[Json]:
    """The ranges of all objects."""
    found = api.get()
    sheet = found["sheets"][0]
    series = sheet["charts"][0]["spec"]["basicChart"]["series"][0]["series"]
    return [
        *sheet.get("merges", []),
        found["namedRanges"][0]["range"],
        sheet["protectedRanges"][0]["range"],
        sheet["conditionalFormats"][0]["ranges"][0],
        sheet["basicFilter"]["range"],
        series["sourceRange"]["sources"][0],
    ]


def formulas(api: Bare) -> list[str]:
    """The two formulas, wherever they are now."""
    found = []
    for range_ in ("Sheet1", "Lain"):
        _, answer = api.values(range_, valueRenderOption="FORMULA")
        found.append(next(cell for row in answer["values"] for cell in row if cell))
    return found


@pytest.mark.parametrize(
    ("change", "edges", "rewritten"),
    [
        (
            {"insertDimension": {"range": dimension(2, 4)}},
            {"startRowIndex": 4, "endRowIndex": 7},
            ["=SUM(B5:C7)", "=Sheet1!$B$6&B4"],
        ),
        (
            {"insertDimension": {"range": dimension(3, 4)}},
            {"startRowIndex": 2, "endRowIndex": 6},
            ["=SUM(B3:C6)", "=Sheet1!$B$5&B4"],
        ),
        (
            {"insertDimension": {"range": dimension(0, 1, "COLUMNS")}},
            {"startColumnIndex": 2, "endColumnIndex": 4},
            ["=SUM(C3:D5)", "=Sheet1!$C$4&B4"],
        ),
        (
            {"deleteDimension": {"range": dimension(1, 3)}},
            {"startRowIndex": 1, "endRowIndex": 3},
            ["=SUM(B2:C3)", "=Sheet1!$B$2&B4"],
        ),
        (
            {"deleteDimension": {"range": dimension(3, 4)}},
            {"startRowIndex": 2, "endRowIndex": 4},
            ["=SUM(B3:C4)", "=Sheet1!#REF!&B4"],
        ),
        (
            {"moveDimension": {"source": dimension(1, 2), "destinationIndex": 10}},
            {"startRowIndex": 1, "endRowIndex": 4},
            ["=SUM(B2:C4)", "=Sheet1!$B$3&B4"],
        ),
        (
            {"moveDimension": {"source": dimension(2, 5), "destinationIndex": 9}},
            {"startRowIndex": 6, "endRowIndex": 9},
            ["=SUM(B7:C9)", "=Sheet1!$B$8&B4"],
        ),
    ],
)
def test_objects_and_references_follow_rows_and_columns(
    api: Bare, change: Json, edges: Json, rewritten: list[str]
) -> None:
    furnish(api)
    status, answer = api.batch(change)
    assert status == 200, answer
    found = places(api)
    assert len(found) == 6
    assert found == [{**AREA, **edges}] * 6
    assert formulas(api) == rewritten


def test_objects_go_with_the_last_of_their_cells(api: Bare) -> None:
    furnish(api)
    api.batch({"deleteDimension": {"range": dimension(2, 5)}})
    found = api.get()
    kept = found["sheets"][0].keys()
    assert kept == {"properties", "charts"}
    assert found.get("namedRanges", []) == []
    assert formulas(api) == ["=SUM(#REF!)", "=Sheet1!#REF!&B4"]


def test_cells_and_sizes_move_with_their_rows(api: Bare) -> None:
    api.update("A1", [["a"], ["b"], ["c"]])
    tall = {"range": dimension(1, 2), "properties": {"pixelSize": 50}, "fields": "pixelSize"}
    api.batch(
        {"updateDimensionProperties": tall},
        {"insertDimension": {"range": dimension(1, 2), "inheritFromBefore": True}},
        {"moveDimension": {"source": dimension(2, 3), "destinationIndex": 0}},
    )
    assert api.values("A1:A4")[1]["values"] == [["b"], ["a"], [], ["c"]]
    data = api.get(ranges="A1:A4", fields="sheets.data.rowMetadata")["sheets"][0]["data"][0]
    assert [row["pixelSize"] for row in data["rowMetadata"]] == [50, 21, 21, 21]
    assert api.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 1001


def test_inserted_rows_look_like_their_neighbour(api: Bare) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    one = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "endColumnIndex": 1}
    api.batch(
        {"repeatCell": {"range": one, "cell": bold, "fields": "userEnteredFormat"}},
        {"insertDimension": {"range": dimension(1, 3), "inheritFromBefore": True}},
        {"insertDimension": {"range": dimension(0, 1)}},
    )
    found = api.get(ranges="A1:A5", fields="sheets.data.rowData.values.userEnteredFormat")
    assert found["sheets"][0]["data"][0]["rowData"] == [{"values": [bold]}] * 4


def test_pasting_shifts_relative_references_and_cutting_does_not(api: Bare) -> None:
    api.update("A1", [["=C1+$C$1", "x"]], "USER_ENTERED")
    source = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "endColumnIndex": 2}
    below = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "endColumnIndex": 2}
    api.batch(
        {"copyPaste": {"source": source, "destination": below}},
        {"cutPaste": {"source": source, "destination": {"rowIndex": 5, "columnIndex": 1}}},
    )
    _, found = api.values("A1:C6", valueRenderOption="FORMULA")
    assert found["values"] == [
        [],
        ["=C2+$C$1", "x"],
        ["=C3+$C$1", "x"],
        [],
        [],
        ["", "=C1+$C$1", "x"],
    ]


def test_a_smaller_grid_loses_its_end(api: Bare) -> None:
    api.update("Y999", [[1, 2], [3, 4]])
    size = {"rowCount": 999, "columnCount": 25}
    change = {
        "properties": {"gridProperties": size},
        "fields": "gridProperties(rowCount,columnCount)",
    }
    api.batch({"updateSheetProperties": change})
    assert api.values("Y999:Y999")[1]["values"] == [["1"]]
    assert api.get()["sheets"][0]["properties"]["gridProperties"] == size


@pytest.mark.parametrize(
    ("formula", "shifted"),
    [
        ("=A1+$A1+A$1+$A$1", "=B3+$A3+B$1+$A$1"),
        ("=IF(A1=\"A1\";Sheet2!A1:B2;'It''s'!A:A)", "=IF(B3=\"A1\";Sheet2!B3:C4;'It''s'!B:B)"),
        ("=LOG10(A1)+TRUE", "=LOG10(B3)+TRUE"),
        ('=INDIRECT("Pemantauan!A:C")&1:2', '=INDIRECT("Pemantauan!A:C")&3:4'),
    ],
)
def test_references_inside_formulas_are_told_from_text_and_names(
    formula: str, shifted: str
) -> None:
    assert relocated(formula, 2, 1) == shifted


@pytest.mark.parametrize(
    ("entered", "stored"),
    [
        ("=sum( sales!a3:a3 )", "=sum( Sales!A3 )"),
        ("='Sales'!B3:a2", "=Sales!A2:B3"),
        ("=sales!$d$3 + 1", "=Sales!$D$3 + 1"),
        ("=SUM(  A1 ,  'It''s'!a1:a1  )", "=SUM(  A1 ,  'It''s'!A1  )"),
        ("=if(true,\"a3:a3\",'It''s'!A1)", "=if(true,\"a3:a3\",'It''s'!A1)"),
        ("=Sales!3:3", "=Sales!3:3"),
        ("=SUM(Rw!$A3:$A3)", "=SUM(Rw!$A3)"),
    ],
)
def test_formulas_are_written_down_as_the_api_was_seen_to(entered: str, stored: str) -> None:
    """A public probe of formulaValue: "formulas as entered, and as Google stored them"."""
    assert canonical(entered, ["Sales", "Rw", "It's"]) == stored


def test_references_follow_the_title_of_their_tab(api: Bare) -> None:
    rule = {"condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Lain!A2:A5"}]}}
    one = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "endColumnIndex": 1}
    api.batch(
        {"addSheet": {"properties": {"sheetId": 5, "title": "Lain"}}},
        {"setDataValidation": {"range": one, "rule": rule}},
    )
    api.update("B1", [['=Lain!A1&"Lain!A1"']], "USER_ENTERED")
    rename = {"properties": {"sheetId": 5, "title": "Lain lagi"}, "fields": "title"}
    api.batch({"updateSheetProperties": rename})
    _, found = api.values("B1", valueRenderOption="FORMULA")
    assert found["values"] == [["='Lain lagi'!A1&\"Lain!A1\""]]
    found = api.get(fields="sheets.data.rowData.values.dataValidation", ranges="A1")
    kept = found["sheets"][0]["data"][0]["rowData"][0]["values"][0]["dataValidation"]
    assert kept["condition"]["values"] == [{"userEnteredValue": "='Lain lagi'!$A$2:$A$5"}]
    api.batch({"deleteSheet": {"sheetId": 5}})
    _, found = api.values("B1", valueRenderOption="FORMULA")
    assert found["values"] == [['=#REF!&"Lain!A1"']]


def test_a_chart_loses_the_series_whose_column_is_deleted(api: Bare) -> None:
    """mmedum/google-sheets-mcp, spike L: "alive with one domain and zero series"."""
    column = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 9}
    sources = [{**column, "startColumnIndex": at, "endColumnIndex": at + 1} for at in (0, 1)]
    domain, series = ({"sourceRange": {"sources": [each]}} for each in sources)
    basic = {"domains": [{"domain": domain}], "series": [{"series": series}]}
    position = {"overlayPosition": {"anchorCell": {"sheetId": 0}}}
    chart = {"spec": {"basicChart": {"chartType": "LINE", **basic}}, "position": position}
    gone = {"deleteDimension": {"range": dimension(1, 2, "COLUMNS")}}
    assert api.batch({"addChart": {"chart": chart}}, gone)[1]["replies"][1] == {}
    left = api.get()["sheets"][0]["charts"][0]["spec"]["basicChart"]
    assert (len(left["domains"]), left.get("series", [])) == (1, [])


def test_pasting_brings_merges_along_and_never_cuts_one(api: Bare) -> None:
    """PASTE_NORMAL: "values, formulas, formats, and merges"; the words are as users quote them."""
    pair = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "endColumnIndex": 2}
    below = {**pair, "startRowIndex": 2, "endRowIndex": 4}
    paste = {"copyPaste": {"source": pair, "destination": below}}
    api.batch({"mergeCells": {"range": pair}}, paste)
    assert [each["startRowIndex"] for each in api.get()["sheets"][0]["merges"]] == [0, 2, 3]
    one = {**pair, "endColumnIndex": 1, "startRowIndex": 8, "endRowIndex": 9}
    answer = api.batch({"copyPaste": {"source": one, "destination": {**one, **pair}}})
    assert answer[0] == 200  # it covers the merge
    answer = api.batch({"cutPaste": {"source": one, "destination": {"rowIndex": 2}}})
    assert message(answer).endswith("You can't perform a paste that partially intersects a merge.")


def test_a_source_is_repeated_only_in_multiples_of_it(api: Bare) -> None:
    """CopyPasteRequest.destination"""
    api.update("A1", [["a"], ["b"]])
    source = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "endColumnIndex": 1}
    below = {**source, "startRowIndex": 2, "endRowIndex": 7}
    api.batch({"copyPaste": {"source": source, "destination": below}})
    assert api.values("A1:A9")[1]["values"] == [["a"], ["b"], ["a"], ["b"]]
