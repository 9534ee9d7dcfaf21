"""gspread's HTTP client, made to keep time, to tell errors apart, and to reach an emulator."""

import json as json_module
from collections.abc import Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from google.auth.credentials import AnonymousCredentials, Credentials
from google.auth.transport.requests import AuthorizedSession
from gspread.http_client import FileType, HTTPClient, ParamsType
from requests import Response

from automation.workbooks.google.wire.faults import RefusedError
from automation.workbooks.quota import Kind


class SheetsClient(HTTPClient):
    """One try of each call. Raises RefusedError, `requests` and `google.auth` exceptions.

    A token that has expired is renewed, and its call repeated, by AuthorizedSession.
    """

    def __init__(
        self,
        auth: Credentials,
        timeouts: tuple[float, float],
        host: str | None,
        turn: Callable[[Kind], None] | None = None,
    ) -> None:
        """`timeouts` are the longest waits for the answer to a read and to a write, in seconds;
        `turn` returns when a call of a kind may be made."""
        renewable = not isinstance(auth, AnonymousCredentials)
        session = AuthorizedSession(  # type: ignore[no-untyped-call]
            auth,
            refresh_status_codes=(401,) if renewable else (),
            refresh_timeout=timeouts[0],
            max_refresh_attempts=1,
        )
        super().__init__(auth, session)
        self.auth = auth
        self.timeouts = timeouts
        self.host = host  # of an emulator
        self._turn = turn
        self.clock_lead: float | None = None  # seconds our clock is ahead of Google's

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> Response:
        """As gspread's, with compact JSON, and RefusedError where the answer is an error."""
        if json is not None:
            data, headers = compact(json), {"Content-Type": "application/json", **(headers or {})}
        if self._turn:
            self._turn(_kind(method, endpoint))
        response = self.session.request(
            method,
            self._address(endpoint),
            params=params,
            data=data,
            files=files,
            headers=headers,
            timeout=self.timeouts[method == "post"],
        )
        self.clock_lead = _lead(response)
        if not response.ok:
            raise RefusedError.by(response)
        return response

    def _address(self, endpoint: str) -> str:
        if self.host is None:
            return endpoint
        return urlunsplit(urlsplit(endpoint)._replace(scheme="http", netloc=self.host))


def _kind(method: str, endpoint: str) -> Kind:
    """As Google counts: what only looks is a read, also where it is sent as a POST."""
    looks = method == "get" or endpoint.lower().endswith("getbydatafilter")
    return "read" if looks else "write"


def compact(body: Mapping[str, Any]) -> bytes:
    """A request's body as it is sent and measured: UTF-8 without blanks."""
    text = json_module.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", errors="replace")


def _lead(response: Response) -> float | None:
    try:
        theirs = parsedate_to_datetime(response.headers["Date"]).replace(tzinfo=UTC)
    except (KeyError, ValueError):
        return None
    return (datetime.now(UTC) - theirs).total_seconds()
