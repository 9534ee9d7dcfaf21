"""Faults on order: what a test, or a JSON file, wants to go wrong with which call.

A file holds a list of faults. Each is an object whose fields may all be left out:

  kind         the method it is for, e.g. "spreadsheets.values.batchGet"; any if left out
  nth          which call of that kind, counted from now, the next being 1; 1 if left out
  times        how many calls in a row, from that one on; 1 if left out
  status       answer this HTTP status and do nothing: 400, 401, 403, 404, 408, 409, 429, 500, …
  message      the words of that answer, in place of Google's
  retry_after  seconds in that answer's Retry-After header
  delay        seconds to wait before anything else
  effect       "reset"  do nothing, and reset the connection
               "html"   do nothing, and answer a page (with `status`, or else 200)
               "cut"    do it, and break off in the middle of the answer
               "drop"   do it, and answer nothing

For example, to fail the second write, and the first three requests for a token:

  [{"kind": "spreadsheets.values.batchUpdate", "nth": 2, "status": 503},
   {"kind": "token", "times": 3, "effect": "reset"}]
"""

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from tests.sheets_emulator import discovery
from tests.sheets_emulator.drive import KINDS as DRIVE_KINDS
from tests.sheets_emulator.errors import (
    STATUS,
    ApiError,
    is_drive,
    not_found,
    permission_denied,
    quota_exceeded,
    unauthenticated,
)

Json = dict[str, Any]

Effect = Literal["", "reset", "cut", "html", "drop"]

MESSAGES = {
    400: "Request contains an invalid argument.",
    408: "The request timed out.",
    409: "The operation was aborted.",
    500: "Internal error encountered.",
    502: "Bad gateway.",
    503: "The service is currently unavailable.",
    504: "Deadline exceeded.",
}
OAUTH = {400: "invalid_grant", 401: "invalid_client", 403: "access_denied"}
REASONS = {  # of Drive's errors
    400: "badRequest",
    401: "authError",
    403: "forbidden",
    404: "notFound",
    429: "rateLimitExceeded",
}
KINDS = sorted({each.kind for each in discovery.methods()} | DRIVE_KINDS | {"token"})
QUOTA = 60  # requests a minute, as Google grants them to a user
TYPES: dict[str, Any] = {
    "kind": str,
    "nth": int,
    "times": int,
    "message": str,
    "delay": (int, float),
    "retry_after": (int, type(None)),
}


@dataclass(frozen=True)
class Fault:
    """One fault; the module says what its fields mean."""

    kind: str = ""
    nth: int = 1
    times: int = 1
    status: int | None = None
    message: str = ""
    retry_after: int | None = None
    delay: float = 0
    effect: Effect = ""

    def __post_init__(self) -> None:
        for name, kind in TYPES.items():
            if not isinstance(getattr(self, name), kind):
                raise ValueError(f"{name} cannot be {getattr(self, name)!r}")
        if self.kind not in ("", *KINDS):
            raise ValueError(f"no such kind: {self.kind}")
        if self.effect not in get_args(Effect):
            raise ValueError(f"no such effect: {self.effect}")
        if self.status is not None and self.status not in STATUS:
            raise ValueError(f"no such status: {self.status}")
        if self.nth < 1 or self.times < 1:
            raise ValueError("nth and times count from 1")
        if self.delay < 0:
            raise ValueError("delay cannot be negative")

    def error(self, kind: str) -> ApiError:
        """What Google would say to a call of this kind."""
        code = self.status or 500
        usual = usual_error(code, kind)
        headers = dict(usual.headers)
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return ApiError(code, self.message or usual.message, usual.details, usual.errors, headers)

    def body(self, kind: str) -> Json:
        """The JSON in which it is said: the token endpoint has a form of its own (RFC 6749, 5.2)."""
        error = self.error(kind)
        if kind != "token":
            return error.body
        name = OAUTH.get(error.code, "internal_failure")
        return {"error": name, "error_description": error.message}


def usual_error(code: int, kind: str) -> ApiError:
    """An error with everything that Google would put into it."""
    if code == 401:
        return unauthenticated(kind, "ACCESS_TOKEN_EXPIRED")
    usual = {
        403: permission_denied(),
        404: not_found(),
        429: quota_exceeded("Read" if "get" in kind.lower() else "Write", "123", QUOTA),
    }.get(code, ApiError(code, MESSAGES.get(code, STATUS[code])))
    if is_drive(kind):
        reason = REASONS.get(code, "backendError")
        usual.errors = [{"message": usual.message, "domain": "global", "reason": reason}]
    return usual


@dataclass
class Script:
    """The faults still to come."""

    waiting: list[tuple[Fault, list[int]]] = field(default_factory=list)  # with calls seen so far

    def add(self, faults: list[Fault]) -> None:
        """Orders faults, counting from the next call."""
        self.waiting += [(fault, [0]) for fault in faults]

    def next(self, kind: str) -> Fault | None:
        """The fault that a call of this kind meets; of several the one ordered first."""
        met = None
        for fault, seen in list(self.waiting):
            if fault.kind in ("", kind):
                seen[0] += 1
                if seen[0] >= fault.nth + fault.times - 1:
                    self.waiting.remove((fault, seen))
                if seen[0] >= fault.nth:
                    met = met or fault
        return met


def load(path: Path) -> list[Fault]:
    """The faults of a JSON file; a ValueError says in a sentence what is wrong with it."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ValueError(f"{path} is not JSON: {error}.") from error
    if not isinstance(given, list):
        raise ValueError(f"{path} must hold a list of faults.")
    return [from_json(each, f"{path}, fault {index}") for index, each in enumerate(given, 1)]


def from_json(given: Any, place: str) -> Fault:
    """One fault of a file."""
    if not isinstance(given, dict):
        raise ValueError(f"{place}: a fault is an object.")
    unknown = given.keys() - {each.name for each in fields(Fault)}
    if unknown:
        raise ValueError(f"{place}: no such field: {min(unknown)}.")
    try:
        return Fault(**given)
    except ValueError as error:
        raise ValueError(f"{place}: {error}.") from error
