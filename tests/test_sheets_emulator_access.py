"""Who may not is refused in Google's words: tokens, sharing, protection, quotas."""

import datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials

from tests.sheets_emulator import Emulator
from tests.sheets_emulator.clients import Bare, gspread_client, message

pytest_plugins = "tests.sheets_emulator.fixtures"

ROBOT = "robot@proyek.iam.gserviceaccount.com"
SCOPE = "https://www.googleapis.com/auth/"
CELL = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "endColumnIndex": 1}
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)


@pytest.fixture(scope="module")
def private_key() -> str:
    """A service account's key, made for this run."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(*pem, serialization.NoEncryption()).decode()


def session(emulator: Emulator, key: str, scope: str = "spreadsheets") -> AuthorizedSession:
    """google-auth with a key whose tokens come from the emulator."""
    info = {"client_email": ROBOT, "private_key": key, "token_uri": f"{emulator.url}/token"}
    return AuthorizedSession(
        Credentials.from_service_account_info(info, scopes=[SCOPE + scope])  # type: ignore
    )


def test_a_service_account_gets_its_token_here(
    emulator: Emulator, api: Bare, private_key: str
) -> None:
    emulator.access.require_token = True
    assert api.call("GET", "")[0] == 401
    client = gspread_client(emulator.url, session(emulator, private_key))
    assert client.open_by_key(api.id).sheet1.title == "Sheet1"
    assert emulator.calls["token"] == 1
    emulator.access.expire_tokens()
    assert client.open_by_key(api.id).sheet1.title == "Sheet1"
    assert emulator.calls["token"] == 2


def test_a_token_is_for_its_scopes(emulator: Emulator, api: Bare, private_key: str) -> None:
    api.session = session(emulator, private_key, "spreadsheets.readonly")
    assert api.values("A1")[0] == 200
    assert api.update("A1", [[1]])[0] == 403


@pytest.mark.parametrize("trouble", ["clock", "account"])
def test_no_token_for_a_wrong_clock_or_an_unknown_account(
    emulator: Emulator, api: Bare, private_key: str, trouble: str
) -> None:
    if trouble == "clock":
        day = datetime.timedelta(days=1).total_seconds()
        now = datetime.datetime.now().timestamp()
        emulator.access.clock = lambda: now + day
    else:
        emulator.access.unknown_accounts.add(ROBOT)
    api.session = session(emulator, private_key)
    with pytest.raises(RefreshError, match="invalid_grant"):
        api.values("A1")


def test_an_invalid_token_is_unauthenticated(emulator: Emulator, api: Bare) -> None:
    emulator.access.require_token = True
    status, answer = api.call("GET", "", headers={"Authorization": "Bearer x"})
    assert (status, answer["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert answer["error"]["message"].startswith("Request had invalid authentication credentials.")


def test_a_spreadsheet_that_is_not_shared(emulator: Emulator, api: Bare) -> None:
    emulator.access.denied.add(api.id)
    status, answer = api.call("GET", "")
    assert (status, answer["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert answer["error"]["message"] == "The caller does not have permission"


def test_a_spreadsheet_that_may_only_be_read(emulator: Emulator, api: Bare) -> None:
    emulator.access.read_only.add(api.id)
    assert api.values("A1")[0] == 200
    assert message(api.update("A1", [[1]])) == "The caller does not have permission"


def test_an_api_that_is_not_switched_on(emulator: Emulator, api: Bare) -> None:
    emulator.access.disabled_project = "123"
    status, answer = api.call("GET", "")
    assert status == 403
    assert answer["error"]["message"].startswith(
        "Google Sheets API has not been used in project 123 before or it is disabled. Enable it by "
        "visiting https://console.developers.google.com/apis/api/sheets.googleapis.com/overview"
        "?project=123 then retry."
    )
    assert answer["error"]["details"][1]["reason"] == "SERVICE_DISABLED"


def test_a_quota_is_for_a_minute(emulator: Emulator, api: Bare) -> None:
    now = [0.0]
    emulator.access.clock = lambda: now[0]
    emulator.access.writes_per_minute = 2
    assert [api.update("A1", [[1]])[0] for _ in range(3)] == [200, 200, 429]
    assert api.values("A1")[0] == 200
    assert message(api.update("A1", [[1]])).startswith(
        "Quota exceeded for quota metric 'Write requests'"
    )
    now[0] = 61
    assert api.update("A1", [[1]])[0] == 200


def test_protected_cells_are_for_their_editors(emulator: Emulator, api: Bare) -> None:
    free = {**CELL, "startRowIndex": 4, "endRowIndex": 6}
    staff = {"range": {"sheetId": 0}, "unprotectedRanges": [free], "editors": {"users": [ROBOT]}}
    api.batch({"addProtectedRange": {"protectedRange": {**staff, "protectedRangeId": 1}}})
    emulator.access.caller = "staf@kantor.go.id"
    assert message(api.update("A1", [[1]])) == PROTECTED
    repeat = {"repeatCell": {"range": CELL, "cell": {"note": "x"}, "fields": "note"}}
    assert message(api.batch(repeat)) == f"Invalid requests[0].repeatCell: {PROTECTED}"
    assert message(api.call("POST", "/values/A1:clear")) == PROTECTED
    remove = {"deleteProtectedRange": {"protectedRangeId": 1}}
    assert message(api.batch(remove)) == f"Invalid requests[0].deleteProtectedRange: {PROTECTED}"
    assert not api.get()["sheets"][0]["protectedRanges"][0].get("requestingUserCanEdit")
    assert api.update("A5", [[1]])[0] == 200
    emulator.access.caller = ROBOT
    assert api.update("A1", [[1]])[0] == 200


def test_a_warning_does_not_stop_the_api(emulator: Emulator, api: Bare) -> None:
    warning = {"range": CELL, "warningOnly": True}
    api.batch({"addProtectedRange": {"protectedRange": warning}})
    emulator.access.caller = "staf@kantor.go.id"
    assert api.update("A1", [[1]])[0] == 200
