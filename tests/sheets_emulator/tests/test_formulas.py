"""What formulas come to, and that the emulator never guesses."""

from typing import Any

import pytest

from tests.sheets_emulator.clients import Bare


def value(api: Bare, formula: str) -> Any:
    """What `formula` shows in A9, beside cells that it can refer to."""
    api.update("A1:C3", [["k", 1, "x y"], ["L", 2, True], ["3", 3, ""]])
    assert api.update("A9", [[formula]], "USER_ENTERED")[0] == 200
    _, answer = api.values("A9", valueRenderOption="UNFORMATTED_VALUE")
    return answer.get("values", [[None]])[0][0]


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("=1+2*3^2", 19),
        ("=-(4-6)/4%", 50),
        ('="a""b"&1.5&TRUE', 'a"b1.5TRUE'),
        ('=HYPERLINK("https://x.test","Buka")', "Buka"),
        ("=B1+$B$2", 3),
        ('=A1="K"', True),
        ("=C3", None),
        ("=IF(B1>1,2,B2<=2)", True),
        ("=IF(FALSE,1,)", None),
        ("=1/0", "#DIV/0!"),
        ('=1+"x"', "#VALUE!"),
        ("=1+", "#ERROR!"),
        ("=IFERROR(1/0)", None),
        ('=IFERROR(1/0,"-")', "-"),
        ('=VLOOKUP("l",A1:B3,2,FALSE)', 2),
        ('=VLOOKUP("?",A1:B3,2,FALSE)', 1),
        ("=VLOOKUP(3,A1:B3,2,FALSE)", "#N/A"),
        ('=VLOOKUP("3",INDIRECT("Sheet1!A:B"),2,FALSE)', 3),
        ('=INDIRECT("Tiada!A1")', "#REF!"),
        ("=MATCH(2,B1:B3,0)", 2),
        ("=INDEX(A1:B3,2,2)", 2),
        ("=MAX(A1:C3)", 3),
        ('=COUNTIFS(A1:A3,"k",B1:B3,1)', 1),
        ('=COUNTIFS(INDEX(A1:C3,0,1),"L")', 1),
        ("=AND(ISNUMBER(B1),LEN(A1)=1,NOT(FALSE))", True),
        ('=SUBSTITUTE(C1," ","")', "xy"),
        ('=TRIM(" a  b ")', "a b"),
        ("=ROW(A3)", 3),
        ("=A9", "#REF!"),
        ("=IF(A1=Tiada!A1,1,2)", "#REF!"),
    ],
)
def test_a_formula_comes_to_what_sheets_reckons(api: Bare, formula: str, told: Any) -> None:
    """https://support.google.com/docs/table/25273"""
    assert value(api, formula) == told


def test_one_formula_fills_a_column_and_its_blanks_are_trimmed(api: Bare) -> None:
    """https://support.google.com/docs/answer/3093275"""
    api.update("A1", [["a"], ["b"], [""], ["c"]])
    api.update("B1", [['=ARRAYFORMULA(IF(A1:A="",,A1:A&ROW(A1:A)))']], "USER_ENTERED")
    assert api.values("B1:B")[1]["values"] == [["a1"], ["b2"], [], ["c4"]]
    assert api.values("A2:B2")[1]["values"] == [["b", "b2"]]
    assert api.values("B1:B", valueRenderOption="FORMULA")[1]["values"] == [
        ['=ARRAYFORMULA(IF(A1:A="",,A1:A&ROW(A1:A)))']
    ]
    cells = api.get(ranges="B2", includeGridData="true")["sheets"][0]["data"][0]["rowData"]
    assert cells[0]["values"][0]["effectiveValue"] == {"stringValue": "b2"}


def test_a_formula_that_has_no_room_fills_nothing(api: Bare) -> None:
    """Sheets: "Array result was not expanded because it would overwrite data in B2." """
    api.update("A1", [["a", ""], ["b", "mine"]])
    api.update("B1", [["=ARRAYFORMULA(A1:A&A1:A)"]], "USER_ENTERED")
    assert api.values("B1:B")[1]["values"] == [["#REF!"], ["mine"]]


@pytest.mark.parametrize("function", ["SUM", "MAX", "MIN", "AND", "OR"])
def test_an_error_among_the_cells_is_the_answer(api: Bare, function: str) -> None:
    api.update("A1", [[1, "=1/0", 3, f"={function}(A1:C1)"]], "USER_ENTERED")
    assert api.stored("D1") == [["#DIV/0!"]]


def test_a_locale_with_the_decimal_comma_parts_arguments_with_semicolons(api: Bare) -> None:
    """Such as in_ID; elsewhere both are understood."""
    assert value(api, "=IF(TRUE;1;2)") == 1
    change = {"properties": {"locale": "in_ID"}, "fields": "locale"}
    api.batch({"updateSpreadsheetProperties": change})
    assert value(api, "=IF(TRUE;1;2)") == 1
    assert value(api, "=IF(TRUE,1,2)") == "#ERROR!"


def test_what_cannot_be_reckoned_is_returned_but_never_guessed(api: Bare) -> None:
    formula = "=SPARKLINE(A1:A3)"
    api.update("A1", [[formula, "k"]], "USER_ENTERED")
    assert api.values("A1:B1", valueRenderOption="FORMULA")[1]["values"] == [[formula, "k"]]
    assert api.values("B1")[1]["values"] == [["k"]]
    status, answer = api.values("A1:B1")
    assert (status, answer["error"]["status"]) == (501, "UNIMPLEMENTED")
    assert "SPARKLINE, wanted for Sheet1!A1" in answer["error"]["message"]


def test_a_colour_s_formula_and_a_drop_down_follow_the_cells_that_they_look_at(api: Bare) -> None:
    """Sheets rewrites them as it rewrites the formulas in cells."""
    below = {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$B2>1"}]}
    rule = {"ranges": [below], "booleanRule": {"condition": condition, "format": {}}}
    words = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=$B$2:$B"}]}
    start = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    api.batch(
        {"addConditionalFormatRule": {"index": 0, "rule": rule}},
        {"setDataValidation": {"range": below, "rule": {"condition": words}}},
        {"insertDimension": {"range": start}},
    )
    sheet = api.get(ranges="D2", includeGridData="true")["sheets"][0]
    (shown,) = sheet["conditionalFormats"][0]["booleanRule"]["condition"]["values"]
    assert shown == {"userEnteredValue": "=$C2>1"}
    (cell,) = sheet["data"][0]["rowData"][0]["values"]
    assert cell["dataValidation"]["condition"]["values"] == [{"userEnteredValue": "=$C$2:$C"}]


def test_a_formula_is_kept_in_its_canonical_form(api: Bare) -> None:
    """Sheets writes tabs as they are titled, and the corners of a range in their order."""
    api.update("D1", [["=sum('sheet1'!b3:$a2)"]], "USER_ENTERED")
    assert api.values("D1", valueRenderOption="FORMULA")[1]["values"] == [["=sum(Sheet1!$A2:B3)"]]
