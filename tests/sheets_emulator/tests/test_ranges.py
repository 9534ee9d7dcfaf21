"""A1 notation in all its forms, how Google echoes it, and what it refuses."""

import pytest

from tests.sheets_emulator.clients import Bare, message


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        ("A1", "Sheet1!A1"),
        ("a1:b2", "Sheet1!A1:B2"),
        ("B3:A2", "Sheet1!A2:B3"),
        ("$B$3", "Sheet1!B3"),
        ("A:B", "Sheet1!A1:B1000"),
        ("2:3", "Sheet1!A2:Z3"),
        ("A2:B", "Sheet1!A2:B1000"),
        ("Y999:AB2000", "Sheet1!Y999:Z1000"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("sheet1!a10:b10", "Sheet1!A10:B10"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("'It''s'!B2", "'It''s'!B2"),
        ("'It's'!B2:C3", "'It''s'!B2:C3"),
        ("'It's'", "'It''s'!A1:Z1000"),
        ("Sheet1!Pemohon", "Sheet1!C2:D4"),
        ("D003", "Sheet1!D3"),
        ("R1C1:R2C2", "Sheet1!A1:B2"),
        ("Sheet1!R2C3", "Sheet1!C2"),
        ("Pemohon", "Sheet1!C2:D4"),
        ("D3", "Sheet1!D3"),
        ("'D3'", "'D3'!A1:Z1000"),
        ("Status", "Sheet1!A1"),
        ("'Status'", "Status!A1:Z1000"),
    ],
)
def test_every_form_of_range_is_read_and_echoed(api: Bare, asked: str, echoed: str) -> None:
    """A bare word is a cell before a named range before a tab; quoted, it is a tab.

    A lone apostrophe inside quotes: the API's guide has `'Jon's_Data'!A1:D5`, and its echo is in
    googleapis/google-api-python-client#2702. A tab before a named range: gspread's cassette
    WorksheetTest.test_get_values_merge_cells_with_named_range. Zeros before the row's number:
    urbancups/node-sheets#5.
    """
    two_by_two = {"sheetId": 0, "startColumnIndex": 2, "endColumnIndex": 4}
    three_rows = {**two_by_two, "startRowIndex": 1, "endRowIndex": 4}
    first = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    first |= {"startColumnIndex": 0, "endColumnIndex": 1}
    api.batch(
        *({"addSheet": {"properties": {"title": title}}} for title in ("It's", "D3", "Status")),
        {"addNamedRange": {"namedRange": {"name": "Pemohon", "range": three_rows}}},
        {"addNamedRange": {"namedRange": {"name": "Status", "range": first}}},
    )
    status, answer = api.values(asked)
    assert (status, answer.get("range")) == (200, echoed)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Sales", "Sales"),
        ("Sheet_1", "Sheet_1"),
        ("TRUE", "TRUE"),
        ("x.y", "x.y"),
        ("Sales2", "Sales2"),
        ("Probe Tab", "'Probe Tab'"),
        ("A1", "'A1'"),
        ("ABC1234", "'ABC1234'"),
        ("R1C1", "'R1C1'"),
        ("2026", "'2026'"),
        ("Ünï", "'Ünï'"),
        ("a-b", "'a-b'"),
        ("It's", "'It''s'"),
    ],
)
def test_titles_are_quoted_where_google_quotes_them(api: Bare, title: str, written: str) -> None:
    api.batch({"addSheet": {"properties": {"title": title}}})
    inside = title.replace("'", "''")
    assert api.values(f"'{inside}'!A1")[1]["range"] == f"{written}!A1"


@pytest.mark.parametrize("text", ["Foo!A1", "Foo", "A0", "'all prompts'!A1:[5", "'Funnel'!'x'!A1"])
def test_a_range_that_is_none_is_refused(api: Bare, text: str) -> None:
    assert message(api.values(text)) == f"Unable to parse range: {text}"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Sheet1!A1001", "Sheet1!A1001"),
        ("Sheet1!AA1:AB2", "Sheet1!AA1:AB2"),
        ("Sheet1!A1001:ZZ", "Sheet1!A1001:ZZ"),
        ("Sheet1!A1001:B1002", "Sheet1!A1001:B1002"),
    ],
)
def test_a_read_that_begins_outside_the_grid_is_refused(api: Bare, asked: str, named: str) -> None:
    limits = "exceeds grid limits. Max rows: 1000, max columns: 26"
    assert message(api.values(asked)) == f"Range ({named}) {limits}"


@pytest.mark.parametrize(
    ("area", "named"),
    [
        ({"startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2}, "A1001:B"),
        (
            {
                "startRowIndex": 1000,
                "endRowIndex": 1001,
                "startColumnIndex": 0,
                "endColumnIndex": 2,
            },
            "A1001:B1001",
        ),
        (
            {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 26, "endColumnIndex": 27},
            "AA1:AA2",
        ),
        ({"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 26}, "AA1:2"),
    ],
)
def test_a_request_that_begins_outside_the_grid_is_refused(
    api: Bare, area: dict[str, int], named: str
) -> None:
    """As probed on the live API; one that only ends outside is taken."""
    cell = {"cell": {"note": "x"}, "fields": "note"}
    refused = api.batch({"repeatCell": {"range": {"sheetId": 0, **area}, **cell}})
    limits = "exceeds grid limits. Max rows: 1000, max columns: 26"
    assert message(refused) == f"Invalid requests[0].repeatCell: Range (Sheet1!{named}) {limits}"
    inside = {"sheetId": 0, "startRowIndex": 999, "endRowIndex": 1003}
    assert api.batch({"repeatCell": {"range": inside, **cell}})[0] == 200
