"""What gspread asks of Drive is answered as Drive answers it."""

from typing import Any

import gspread
import pytest
import requests

from tests.sheets_emulator import OWNER, Emulator
from tests.sheets_emulator.clients import Bare, gspread_client

pytest_plugins = "tests.sheets_emulator.fixtures"

Json = dict[str, Any]

SPREADSHEET = "application/vnd.google-apps.spreadsheet"


@pytest.fixture
def client(emulator: Emulator) -> gspread.Client:
    """gspread without a spreadsheet."""
    return gspread_client(emulator.url)


def drive(emulator: Emulator, verb: str, path: str = "", **named: Any) -> tuple[int, Json]:
    """A call by its path behind `files`."""
    answer = requests.request(verb, f"{emulator.url}/drive/v3/files{path}", timeout=5, **named)
    return answer.status_code, answer.json()


def test_answers_are_short_unless_more_is_asked_for(emulator: Emulator) -> None:
    """As recorded in gspread's cassettes (`ClientTest.test_list_spreadsheet_files`)."""
    body = {"name": "A", "mimeType": SPREADSHEET}
    _, made = drive(emulator, "POST", json=body)
    assert made == {"kind": "drive#file", "id": made["id"], "name": "A", "mimeType": SPREADSHEET}
    assert drive(emulator, "GET")[1]["files"] == [made]
    assert drive(emulator, "GET", f"/{made['id']}")[1] == made
    wanted = "kind,nextPageToken,files(id,name,createdTime,modifiedTime)"
    _, found = drive(emulator, "GET", params={"fields": wanted})
    assert found.keys() == {"kind", "files"}
    assert found["files"][0].keys() == {"id", "name", "createdTime", "modifiedTime"}
    _, found = drive(emulator, "GET", f"/{made['id']}/permissions")
    assert found["kind"] == "drive#permissionList"
    assert found["permissions"][0].keys() == {"kind", "id", "type", "role"}
    assert "parents" in drive(emulator, "GET", f"/{made['id']}", params={"fields": "*"})[1]


def test_files_come_in_pages(emulator: Emulator) -> None:
    for name in "ABC":
        emulator.new_spreadsheet(name)
    found, token = [], ""
    while token is not None:
        query = {"pageSize": 2, "pageToken": token, "orderBy": "name desc"}
        _, page = drive(emulator, "GET", params=query)
        found.append([file["name"] for file in page["files"]])
        token = page.get("nextPageToken")
    assert found == [["C", "B"], ["A"]]


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("name = 'Budi and Ani'", ["Budi and Ani"]),
        ('name contains "bud" and trashed = false', ["Budi and Ani"]),
        ("name contains 'udi'", []),
        (f"mimeType='{SPREADSHEET}' and name != 'Budi and Ani'", ["It's"]),
        (r"name = 'It\'s'", ["It's"]),
        ("mimeType = 'text/csv'", []),
        ("'root' in parents", ["It's", "Budi and Ani"]),
        ('parents in "elsewhere"', []),
    ],
)
def test_files_are_found_by_a_query(emulator: Emulator, q: str, names: list[str]) -> None:
    """https://developers.google.com/workspace/drive/api/guides/ref-search-terms"""
    for name in ("Budi and Ani", "It's"):
        emulator.new_spreadsheet(name)
    _, found = drive(emulator, "GET", params={"q": q})
    assert [file["name"] for file in found["files"]] == names


def test_what_changes_a_spreadsheet_changes_its_time(emulator: Emulator, api: Bare) -> None:
    fields = {"fields": "createdTime,modifiedTime"}
    _, before = drive(emulator, "GET", f"/{api.id}", params=fields)
    api.update("A1", [[1]])
    _, after = drive(emulator, "GET", f"/{api.id}", params=fields)
    assert before["createdTime"] == after["createdTime"] <= after["modifiedTime"]
    assert before["modifiedTime"] < after["modifiedTime"]


@pytest.mark.parametrize(
    ("path", "query", "status", "message", "reason", "parameter"),
    [
        ("/x", {}, 404, "File not found: x.", "notFound", "fileId"),
        ("", {"q": "name is x"}, 400, "Invalid Value", "invalid", "q"),
        ("", {"q": "trashed = false and"}, 400, "Invalid Value", "invalid", "q"),
        ("", {"orderBy": "colour"}, 400, "Invalid Value", "invalid", "orderBy"),
        ("", {"pageToken": "x"}, 400, "Invalid Value", "invalid", "pageToken"),
        (
            *("", {"fields": "items(id)"}, 400, "Invalid field selection items"),
            *("invalidParameter", "fields"),
        ),
        (
            *("/x/permissions", {"fields": "permissions/owner"}, 400),
            *("Invalid field selection owner", "invalidParameter", "fields"),
        ),
    ],
)
def test_drive_refuses_in_its_own_form(
    emulator: Emulator,
    path: str,
    query: dict[str, str],
    status: int,
    message: str,
    reason: str,
    parameter: str,
) -> None:
    """Recorded by gargle (file not found); quoted by users (field selection)."""
    error = {"message": message, "domain": "global", "reason": reason}
    error |= {"location": parameter, "locationType": "parameter"}
    assert drive(emulator, "GET", path, params=query) == (
        status,
        {"error": {"code": status, "message": message, "errors": [error]}},
    )


@pytest.mark.parametrize("body", ["{", "[]"])
def test_drive_cannot_parse_what_is_no_object(emulator: Emulator, body: str) -> None:
    status, answer = drive(emulator, "POST", data=body)
    error = {"message": "Parse Error", "domain": "global", "reason": "parseError"}
    assert (status, answer["error"]["errors"]) == (400, [error])


def test_a_query_that_is_not_emulated_says_so(emulator: Emulator) -> None:
    assert drive(emulator, "GET", params={"q": "starred = true"})[0] == 501


def test_a_spreadsheet_is_shared_and_unshared(
    emulator: Emulator, client: gspread.Client, book: gspread.Spreadsheet
) -> None:
    book.share("staf@kantor.go.id", perm_type="user", role="reader", notify=False)
    book.share("", perm_type="anyone", role="reader")
    owner, staff, anyone = book.list_permissions()
    assert (owner["role"], owner["emailAddress"]) == ("owner", OWNER)
    assert (staff["role"], staff["emailAddress"]) == ("reader", "staf@kantor.go.id")
    assert anyone["id"] == "anyoneWithLink"
    path = f"/{book.id}/permissions/{staff['id']}"
    assert drive(emulator, "PATCH", path, json={"role": "writer"})[1]["role"] == "writer"
    book.remove_permissions("staf@kantor.go.id", role="any")
    assert drive(emulator, "GET", path)[0] == 404
    client.del_spreadsheet(book.id)
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        client.open_by_key(book.id)


def test_the_first_tab_is_exported_as_text(api: Bare, book: gspread.Spreadsheet) -> None:
    api.update("A1", [["a,b", 1.5], ["", True, "c"]], "USER_ENTERED")
    assert book.export(gspread.utils.ExportFormat.CSV) == b'"a,b",1.5,\r\n,TRUE,c'
    assert book.export(gspread.utils.ExportFormat.TSV) == b"a,b\t1.5\t\r\n\tTRUE\tc"
    with pytest.raises(gspread.exceptions.APIError, match="501"):
        book.export(gspread.utils.ExportFormat.PDF)
