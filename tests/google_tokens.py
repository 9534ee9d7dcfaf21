"""Whatever gives tokens to programs, on the local host: tokens that the Sheets emulator takes.

Google's token endpoint (own logins, and the keys of service accounts), its Security Token Service,
IAM's generateAccessToken, a machine's metadata server, and the page on which somebody allows a
program to use his account. Sources: https://developers.google.com/identity/protocols/oauth2,
https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token,
https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken,
https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.google_office import GoogleOffice
from tests.sheets_emulator import Emulator
from tests.sheets_emulator.access import LIFETIME, Token

Answer = tuple[int, dict[str, Any]]

SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"
PERSON = "kepala@kantor.go.id"
MACHINE = "mesin@buku-register.iam.gserviceaccount.com"
SUBJECT_TOKEN = "a token of the office's own identity provider"
CLIENT = {"client_id": "1-a.apps.googleusercontent.com", "client_secret": "GOCSPX-rahasia"}
BASIC = "Basic " + base64.b64encode(":".join(CLIENT.values()).encode()).decode()
REVOKED = (400, {"error": "invalid_grant", "error_description": "Token has been expired."})


class TokenServer:
    """`with TokenServer(emulator) as server: … server.url`.

    `refused` answers a path in place of what the server would; `calls` counts paths.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._access = emulator.access
        self.logins: dict[str, str] = {}  # e-mail by refresh token
        self.rotates = False  # gives a new refresh token with every access token
        self.refused: dict[str, tuple[int, Any]] = {}
        self.calls: Counter[str] = Counter()
        self.asked: list[str] = []  # scopes
        self._codes: dict[str, str] = {}  # code challenge by code
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *rest: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def login(self, email: str = PERSON) -> str:
        """A refresh token of somebody who has logged in."""
        token = f"1//{secrets.token_urlsafe(8)}"
        self.logins[token] = email
        return token

    def issue(self, email: str, scopes: str) -> str:
        token = f"ya29.{secrets.token_urlsafe(8)}"
        self.asked.append(scopes)
        expires = self._access.clock() + LIFETIME
        self._access.tokens[token] = Token(email, set(scopes.split()), expires)
        return token

    def answer(self, path: str, form: dict[str, str], bearer: str) -> Answer:
        """To a POST with a form, or with JSON whose lists are words."""
        if path == "/sts":
            return self._exchanged(form)
        if path.endswith(":generateAccessToken"):
            return self._impersonated(path, form, bearer)
        if form.get("grant_type") == "authorization_code":
            return self._redeemed(form, bearer)
        return self._refreshed(form)

    def _refreshed(self, form: dict[str, str]) -> Answer:
        email = self.logins.get(form.get("refresh_token", ""))
        if email is None:
            return REVOKED
        more = {"refresh_token": self.login(email)} if self.rotates else {}
        return 200, {**self._granted(email, form.get("scope", "")), **more}

    def _redeemed(self, form: dict[str, str], bearer: str) -> Answer:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        wanted = self._codes.pop(form["code"], "")
        if challenge != wanted:
            return REVOKED
        if bearer != BASIC:
            return 401, {"error": "invalid_client"}
        granted = self._granted(PERSON, SPREADSHEETS)
        return 200, {**granted, "scope": SPREADSHEETS, "refresh_token": self.login()}

    def _granted(self, email: str, scopes: str) -> dict[str, Any]:
        token = self.issue(email, scopes or SPREADSHEETS)
        return {"access_token": token, "expires_in": LIFETIME, "token_type": "Bearer"}

    def _exchanged(self, form: dict[str, str]) -> Answer:
        if form["subject_token"] != SUBJECT_TOKEN:
            return 400, {"error": "invalid_grant", "error_description": "ID Token is stale."}
        return 200, self._granted("principal://pool/subject", form["scope"])

    def _impersonated(self, path: str, body: dict[str, str], bearer: str) -> Answer:
        if bearer not in self._access.tokens:
            return 401, {"error": {"code": 401, "status": "UNAUTHENTICATED"}}
        email = path.rpartition("/")[2].partition(":")[0]
        token = self.issue(email, body["scope"])
        return 200, {"accessToken": token, "expireTime": "2099-01-01T00:00:00Z"}

    def metadata(self, path: str) -> Answer:
        """What a machine of Google's can ask about itself."""
        if path.endswith("/token"):
            return 200, self._granted(MACHINE, SPREADSHEETS)
        if path.endswith("/default/"):
            return 200, {"email": MACHINE, "scopes": [SPREADSHEETS], "aliases": ["default"]}
        return (200, {}) if path == "/" else (404, {})

    def allowed(self, query: dict[str, str]) -> str:
        """Where Google's page sends the browser once somebody has clicked *Allow*."""
        code = secrets.token_urlsafe(8)
        self._codes[code] = query["code_challenge"]
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"


def _handler(server: TokenServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, _flat(urlsplit(self.path).query)
            if path != "/auth":
                self._send(*server.refused.get(path, server.metadata(path)))
                return
            self.send_response(302)
            self.send_header("Location", server.allowed(query))
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            path = urlsplit(self.path).path
            server.calls[path] += 1
            form = _flat(body) if not body.startswith("{") else _words(json.loads(body))
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._send(*(server.refused.get(path) or server.answer(path, form, bearer)))

        def _send(self, status: int, answer: Any) -> None:
            is_text = isinstance(answer, str)
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if is_text else "application/json")
            self.send_header("Metadata-Flavor", "Google")
            self.end_headers()
            self.wfile.write((answer if is_text else json.dumps(answer)).encode())

        def log_message(self, *words: Any) -> None:
            """Says nothing."""

    return Handler


def _flat(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


def _words(body: dict[str, Any]) -> dict[str, str]:
    return {name: " ".join(v) if isinstance(v, list) else str(v) for name, v in body.items()}


@contextmanager
def guarded_office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """An office at an emulator that asks everybody for a token."""
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        office = GoogleOffice(emulator)
        emulator.access.require_token = True
        yield office
