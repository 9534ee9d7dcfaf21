"""Who may call: tokens, switched-off APIs, spreadsheets that are not shared, quotas.

Sources: https://developers.google.com/identity/protocols/oauth2/service-account#httprest (the token
endpoint), https://developers.google.com/workspace/sheets/api/limits (quotas). By default everybody
may do everything, without a token, as `OWNER`.
"""

import base64
import json
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.sheets_emulator.errors import (
    ApiError,
    permission_denied,
    quota_exceeded,
    service_disabled,
    unauthenticated,
)

Json = dict[str, Any]

OWNER = "owner@example.com"
LIFETIME = 3599  # seconds
SCOPE = "https://www.googleapis.com/auth/"
SCOPES = {
    "drive": {"drive", "drive.file", "drive.readonly"},
    "read": {"spreadsheets", "spreadsheets.readonly", "drive", "drive.file", "drive.readonly"},
    "write": {"spreadsheets", "drive", "drive.file"},
}


@dataclass
class Token:
    """An access token: whose, for what, until when."""

    email: str
    scopes: set[str]
    expires: float


@dataclass
class Access:
    """The rules; a test sets the fields it needs."""

    caller: str = OWNER  # who calls without a token that is known
    require_token: bool = False
    disabled_project: str | None = None  # the API is off in the project of this number
    denied: set[str] = field(default_factory=set)  # ids of spreadsheets not shared: 403
    read_only: set[str] = field(default_factory=set)  # ids shared for reading only
    unknown_accounts: set[str] = field(default_factory=set)  # get no token
    reads_per_minute: int | None = None
    writes_per_minute: int | None = None
    clock: Callable[[], float] = time.time
    tokens: dict[str, Token] = field(default_factory=dict)
    recent: dict[str, deque[float]] = field(default_factory=dict)

    def issue(self, body: bytes) -> tuple[int, Json]:
        """The token endpoint: (status, answer) to a service account's signed assertion."""
        form = parse_qs(body.decode())
        claims = claims_of(form.get("assertion", [""])[0])
        if claims is None:
            return refused("invalid_grant", "Invalid JWT: Failed audience check.")
        now = self.clock()
        if not claims.get("iat", 0) - 300 <= now <= claims.get("exp", 0):
            return refused(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
                "timeframe. Check your iat and exp values in the JWT claim.",
            )
        email = claims.get("iss", "")
        if email in self.unknown_accounts:
            return refused("invalid_grant", "Invalid grant: account not found")
        name = f"ya29.emulated.{secrets.token_urlsafe(16)}"
        self.tokens[name] = Token(email, set(claims.get("scope", "").split()), now + LIFETIME)
        return 200, {"access_token": name, "expires_in": LIFETIME, "token_type": "Bearer"}

    def expire_tokens(self) -> None:
        """Makes all tokens given out so far invalid."""
        self.tokens.clear()

    def identify(self, authorization: str | None) -> tuple[str, set[str] | None]:
        """(e-mail, scopes) of the caller; scopes are None for a caller without a known token."""
        name = (authorization or "").removeprefix("Bearer ").strip()
        token = self.tokens.get(name)
        if token and token.expires > self.clock():
            return token.email, token.scopes
        if self.require_token:
            raise unauthenticated()
        return self.caller, None

    def admit(self, kind: str, spreadsheet_id: str | None, scopes: set[str] | None) -> None:
        """Refuses a call that its caller may not make."""
        writes = not kind.rpartition(".")[2].lower().endswith("get")
        need = SCOPES["drive" if kind.startswith("drive.") else "write" if writes else "read"]
        if scopes is not None and not scopes & {SCOPE + name for name in need}:
            raise ApiError(403, "Request had insufficient authentication scopes.")
        if kind.startswith("drive."):
            return
        if self.disabled_project:
            raise service_disabled(self.disabled_project)
        self.count("Write" if writes else "Read")
        if spreadsheet_id in self.denied or (writes and spreadsheet_id in self.read_only):
            raise permission_denied()

    def count(self, kind: str) -> None:
        """Refuses a call above the quota of the last sixty seconds."""
        limit = self.writes_per_minute if kind == "Write" else self.reads_per_minute
        if limit is None:
            return
        now, recent = self.clock(), self.recent.setdefault(kind, deque())
        while recent and recent[0] <= now - 60:
            recent.popleft()
        if len(recent) >= limit:
            raise quota_exceeded(kind, self.disabled_project or "123", limit)
        recent.append(now)


def claims_of(assertion: str) -> Json | None:
    """What a JWT claims; its signature is not looked at."""
    parts = assertion.split(".")
    if len(parts) != 3:
        return None
    try:
        claims: Json = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return None
    return claims


def refused(error: str, description: str) -> tuple[int, Json]:
    """The token endpoint's refusal (RFC 6749, 5.2)."""
    return 400, {"error": error, "error_description": description}
