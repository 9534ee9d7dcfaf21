"""What gspread asks of Drive is answered as Drive answers it."""

from typing import Any

import gspread
import pytest
import requests

from tests.sheets_emulator import OWNER, Emulator
from tests.sheets_emulator.clients import Bare, gspread_client

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


def test_files_are_found_by_gspread_s_queries(client: gspread.Client, emulator: Emulator) -> None:
    for name in ("Budi", "Budi and Ani"):
        emulator.new_spreadsheet(name)
    root = client.list_spreadsheet_files(title="Budi", folder_id="root")
    assert [file["name"] for file in root] == ["Budi"]
    assert client.list_spreadsheet_files(folder_id="elsewhere") == []


def test_what_changes_a_spreadsheet_changes_its_time(emulator: Emulator, api: Bare) -> None:
    fields = {"fields": "createdTime,modifiedTime"}
    _, before = drive(emulator, "GET", f"/{api.id}", params=fields)
    api.update("A1", [[1]])
    _, after = drive(emulator, "GET", f"/{api.id}", params=fields)
    assert before["createdTime"] == after["createdTime"] <= after["modifiedTime"]
    assert before["modifiedTime"] < after["modifiedTime"]


def test_a_file_that_is_not_there_is_refused_in_drive_s_own_form(emulator: Emulator) -> None:
    """Recorded by gargle."""
    told = "File not found: x."
    error = {"message": told, "domain": "global", "reason": "notFound"}
    error |= {"location": "fileId", "locationType": "parameter"}
    refused = {"error": {"code": 404, "message": told, "errors": [error]}}
    assert drive(emulator, "GET", "/x") == (404, refused)


@pytest.mark.parametrize(
    ("verb", "path", "query"),
    [
        ("GET", "", {"q": "starred = true"}),
        ("GET", "", {"orderBy": "name"}),
        ("POST", "/x/copy", {}),
        ("PATCH", "/x/permissions/1", {}),
    ],
)
def test_what_gspread_does_not_ask_of_drive_is_not_emulated(
    emulator: Emulator, verb: str, path: str, query: dict[str, str]
) -> None:
    assert drive(emulator, verb, path, params=query)[0] == 501


def test_a_spreadsheet_is_shared_and_unshared(
    client: gspread.Client, book: gspread.Spreadsheet
) -> None:
    book.share("staf@kantor.go.id", perm_type="user", role="reader", notify=False)
    book.share("", perm_type="anyone", role="reader")
    owner, staff, anyone = book.list_permissions()
    assert (owner["role"], owner["emailAddress"]) == ("owner", OWNER)
    assert (staff["role"], staff["emailAddress"]) == ("reader", "staf@kantor.go.id")
    assert anyone["id"] == "anyoneWithLink"
    book.remove_permissions("staf@kantor.go.id", role="any")
    assert book.list_permissions() == [owner, anyone]
    client.del_spreadsheet(book.id)
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        client.open_by_key(book.id)
