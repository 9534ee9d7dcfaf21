"""Who may call: tokens, switched-off APIs, spreadsheets that are not shared.

Sources: https://developers.google.com/identity/protocols/oauth2/service-account#httprest (the token
endpoint), and for its words the issue threads of the google-auth libraries. By default everybody
may do everything, without a token, as `OWNER`; signatures are trusted.
"""

import base64
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.sheets_emulator.errors import (
    insufficient_scopes,
    permission_denied,
    service_disabled,
    unauthenticated,
    unregistered,
)

Json = dict[str, Any]

OWNER = "owner@example.com"
LIFETIME = 3599  # seconds
LONGEST, SKEW = 3600, 300  # of an assertion; how far the clocks may differ
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
SCOPE = "https://www.googleapis.com/auth/"
DRIVE, SHEETS = (SCOPE + "drive", SCOPE + "drive.file"), (SCOPE + "spreadsheets",)
SCOPES = {
    "drive": [*DRIVE, SCOPE + "drive.readonly"],
    "read": [*DRIVE, SCOPE + "drive.readonly", *SHEETS, SCOPE + "spreadsheets.readonly"],
    "write": [*DRIVE, *SHEETS],
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
    clock: Callable[[], float] = time.time
    tokens: dict[str, Token] = field(default_factory=dict)

    def issue(self, body: bytes) -> tuple[int, Json]:
        """The token endpoint: (status, answer) to a service account's signed assertion."""
        form = parse_qs(body.decode())
        grant, assertion = (form.get(name, [""])[0] for name in ("grant_type", "assertion"))
        if grant != GRANT:
            return refused("unsupported_grant_type", f"Invalid grant_type: {grant}")
        claims = claims_of(assertion)
        trouble = "Bad Request" if claims is None else self.trouble(claims, assertion)
        if claims is None or trouble:
            return refused("invalid_grant", trouble)
        if not claims.get("scope"):
            told = "Invalid OAuth scope or ID token audience provided."
            return refused("invalid_scope", told)
        name = f"ya29.emulated.{secrets.token_urlsafe(16)}"
        scopes, expires = set(claims["scope"].split()), self.clock() + LIFETIME
        self.tokens[name] = Token(claims["iss"], scopes, expires)
        return 200, {"access_token": name, "expires_in": LIFETIME, "token_type": "Bearer"}

    def trouble(self, claims: Json, assertion: str) -> str:
        """What is wrong with an assertion."""
        email, now = str(claims.get("iss", "")), self.clock()
        issued, expires = claims.get("iat", 0), claims.get("exp", 0)
        if not email or email in self.unknown_accounts:
            return "Invalid grant: account not found"
        if not str(claims.get("aud", "")).endswith("/token"):
            return "Invalid JWT: Failed audience check."
        timely = issued - SKEW <= now <= expires and expires <= now + LONGEST + SKEW
        return "" if timely and expires - issued <= LONGEST else SHORT_LIVED

    def expire_tokens(self) -> None:
        """Makes all tokens given out so far invalid."""
        for token in self.tokens.values():
            token.expires = 0

    def identify(self, authorization: str | None, kind: str) -> tuple[str, set[str] | None]:
        """(e-mail, scopes) of the caller of a method; no scopes without a known token."""
        name = (authorization or "").removeprefix("Bearer ").strip()
        token = self.tokens.get(name)
        if token and token.expires > self.clock():
            return token.email, token.scopes
        if not self.require_token:
            return self.caller, None
        if token:
            raise unauthenticated(kind, "ACCESS_TOKEN_EXPIRED")
        if name:
            raise unauthenticated(kind, "ACCESS_TOKEN_TYPE_UNSUPPORTED")
        if writes(kind):
            raise unauthenticated(kind, "CREDENTIALS_MISSING")
        raise unregistered()

    def admit(self, kind: str, scopes: set[str] | None) -> None:
        """Refuses a call at the front end, which has not read it yet."""
        drive = kind.startswith("drive.")
        need = SCOPES["drive" if drive else "write" if writes(kind) else "read"]
        if scopes is not None and not scopes & set(need):
            raise insufficient_scopes(kind, need)
        if drive:
            return
        if self.disabled_project:
            raise service_disabled(self.disabled_project)

    def allow(self, kind: str, spreadsheet_id: str | None) -> None:
        """Refuses what the caller may not do with a spreadsheet."""
        if spreadsheet_id in self.denied or (writes(kind) and spreadsheet_id in self.read_only):
            raise permission_denied()


def writes(kind: str) -> bool:
    """Does a method change anything?"""
    return kind.rpartition(".")[2].lower() not in ("get", "batchget", "list")


def claims_of(assertion: str) -> Json | None:
    """What a JWT claims."""
    parts = assertion.split(".")
    if len(parts) != 3:
        return None
    try:
        claims: Json = json.loads(decoded(parts[1]))
    except ValueError:
        return None
    return claims


def decoded(text: str) -> bytes:
    """URL-safe base64 without its padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def refused(error: str, description: str) -> tuple[int, Json]:
    """The token endpoint's refusal (RFC 6749, 5.2)."""
    return 400, {"error": error, "error_description": description}
