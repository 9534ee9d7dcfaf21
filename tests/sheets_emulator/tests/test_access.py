"""Who may not is refused in Google's words: tokens, sharing, protection, quotas."""

import datetime
import time

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials

from tests.sheets_emulator import OWNER, Emulator
from tests.sheets_emulator.access import GRANT
from tests.sheets_emulator.clients import Bare, gspread_client, message

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
    assert api.update("A1", [[1]])[0] == 401
    client = gspread_client(emulator.url, session(emulator, private_key))
    assert client.open_by_key(api.id).sheet1.title == "Sheet1"
    assert emulator.calls["token"] == 1
    emulator.access.expire_tokens()
    assert client.open_by_key(api.id).sheet1.title == "Sheet1"
    assert emulator.calls["token"] == 2


def test_a_token_is_for_its_scopes(emulator: Emulator, api: Bare, private_key: str) -> None:
    """The body is quoted by users of googleapis, the header by one of the Dart library."""
    api.session = session(emulator, private_key, "spreadsheets.readonly")
    assert api.values("A1")[0] == 200
    status, answer = api.update("A1", [[1]])
    assert (status, answer["error"]) == (
        403,
        {
            "code": 403,
            "message": "Request had insufficient authentication scopes.",
            "status": "PERMISSION_DENIED",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                    "domain": "googleapis.com",
                    "metadata": {
                        "service": "sheets.googleapis.com",
                        "method": "google.apps.sheets.v4.SpreadsheetsService.UpdateValues",
                    },
                }
            ],
        },
    )
    files = api.session.get(f"{emulator.url}/drive/v3/files", timeout=5)
    asked = files.headers["WWW-Authenticate"]
    assert 'error="insufficient_scope"' in asked
    assert "https://www.googleapis.com/auth/drive.file" in asked
    assert files.json()["error"]["errors"] == [
        {
            "message": "Insufficient Permission",
            "domain": "global",
            "reason": "insufficientPermissions",
        }
    ]


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


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"exp": 7201}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"iat": -4000, "exp": -400}, "invalid_grant", "Invalid JWT: Token must be a short-lived"),
        ({"iat": 400, "exp": 4000}, "invalid_grant", "Invalid JWT: Token must be a short-lived"),
        ({"aud": "https://example.com"}, "invalid_grant", "Invalid JWT: Failed audience check."),
        ({"scope": ""}, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"iss": ""}, "invalid_grant", "Invalid grant: account not found"),
    ],
)
def test_a_token_is_refused_in_the_words_of_the_endpoint(
    emulator: Emulator, private_key: str, change: dict[str, str | int], error: str, told: str
) -> None:
    """Words: issue threads of the google-auth libraries and of Vertex AI."""
    now = int(time.time())
    claims = {"iss": ROBOT, "scope": SCOPE + "spreadsheets", "aud": f"{emulator.url}/token"}
    moments = {name: now + int(change.get(name, at)) for name, at in (("iat", 0), ("exp", 3600))}
    signer = crypt.RSASigner.from_string(private_key)  # type: ignore[no-untyped-call]
    claimed = {**claims, **change, **moments}
    assertion = jwt.encode(signer, claimed).decode()  # type: ignore[no-untyped-call]
    form = {"grant_type": GRANT, "assertion": assertion}
    answer = requests.post(f"{emulator.url}/token", data=form, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.json()["error_description"].startswith(told)


def test_without_a_credential_reading_is_forbidden_and_writing_unauthenticated(
    emulator: Emulator, api: Bare
) -> None:
    """An API key would do for reading, so its lack is what is told, as users of gspread quote it;
    the words for writing are quoted by one of google-auth-library-nodejs."""
    emulator.access.require_token = True
    status, answer = api.values("A1")
    assert (status, answer["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert answer["error"]["message"].startswith("Method doesn't allow unregistered callers")
    status, answer = api.update("A1", [[1]])
    assert (status, answer["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert answer["error"]["message"].startswith(
        "Request is missing required authentication credential. Expected OAuth 2 access token,"
    )
    assert answer["error"]["details"][0]["reason"] == "CREDENTIALS_MISSING"
    drive = requests.delete(f"{emulator.url}/drive/v3/files/x", timeout=5)
    assert drive.headers["WWW-Authenticate"] == 'Bearer realm="https://accounts.google.com/"'
    assert drive.json()["error"]["errors"][0]["message"] == "Login Required."


def test_an_expired_token_says_so(emulator: Emulator, api: Bare, private_key: str) -> None:
    emulator.access.require_token = True
    robot = session(emulator, private_key)
    robot.credentials.refresh(Request())
    token = {"access_token": robot.credentials.token}
    assert api.values("A1", **token)[0] == 200
    emulator.access.expire_tokens()
    status, answer = api.values("A1", **token)
    assert (status, answer["error"]["details"][0]["reason"]) == (401, "ACCESS_TOKEN_EXPIRED")


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


def test_what_is_wrong_in_form_is_told_before_permission_is_asked_for(
    emulator: Emulator, api: Bare
) -> None:
    emulator.access.denied.add(api.id)
    assert api.call("GET", "", params={"foo": 1})[0] == 400


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


def test_a_quota_that_is_used_up_is_told_as_google_tells_it(emulator: Emulator, api: Bare) -> None:
    """The answer is one that gargle tests with."""
    emulator.script([{"kind": "spreadsheets.values.update", "status": 429}])
    _, answer = api.update("A1", [[1]])
    assert answer["error"]["message"] == (
        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per "
        "user' of service 'sheets.googleapis.com' for consumer 'project_number:123'."
    )
    info, help_ = answer["error"]["details"]
    assert (info["reason"], info["metadata"]) == (
        "RATE_LIMIT_EXCEEDED",
        {
            "quota_location": "global",
            "quota_metric": "sheets.googleapis.com/write_requests",
            "quota_limit": "WriteRequestsPerMinutePerUser",
            "quota_limit_value": "60",
            "consumer": "projects/123",
            "service": "sheets.googleapis.com",
        },
    )
    assert help_["links"][0]["description"] == "Request a higher quota limit."


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


def test_editors_are_told_to_those_who_may_edit(emulator: Emulator, api: Bare) -> None:
    """ProtectedRange.editors: "only visible to users with edit access to the protected range"."""
    protect = {"range": {"sheetId": 0}, "editors": {"users": [ROBOT]}}
    api.batch({"addProtectedRange": {"protectedRange": protect}})
    told = {}
    for emulator.access.caller in (ROBOT, "staf@kantor.go.id"):
        (found,) = api.get()["sheets"][0]["protectedRanges"]
        told[emulator.access.caller] = (
            found.get("requestingUserCanEdit", False),
            found.get("editors", {}).get("users"),
        )
    assert told == {ROBOT: (True, [OWNER, ROBOT]), "staf@kantor.go.id": (False, None)}


def test_a_warning_does_not_stop_the_api(emulator: Emulator, api: Bare) -> None:
    warning = {"range": CELL, "warningOnly": True}
    api.batch({"addProtectedRange": {"protectedRange": warning}})
    emulator.access.caller = "staf@kantor.go.id"
    assert api.update("A1", [[1]])[0] == 200
