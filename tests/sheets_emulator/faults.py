"""Faults on order: what a test, or a JSON file, wants to go wrong with which call.

A fault in JSON is an object with the fields of `Fault`, all of them optional:
`[{"kind": "spreadsheets.batchUpdate", "nth": 2, "status": 503}]`.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from tests.sheets_emulator.errors import STATUS

Json = dict[str, Any]

Effect = Literal["", "reset", "cut", "html", "drop"]

MESSAGES = {
    400: "Request contains an invalid argument.",
    401: "Request had invalid authentication credentials.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    408: "The request timed out.",
    429: "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per "
    "user' of service 'sheets.googleapis.com' for consumer 'project_number:123'.",
    500: "Internal error encountered.",
    502: "Bad gateway.",
    503: "The service is currently unavailable.",
    504: "Deadline exceeded.",
}


@dataclass(frozen=True)
class Fault:
    """One fault.

    `kind`: the method it is for (`spreadsheets.values.batchGet`, `drive.files.list`, `token`), any
    if empty. `nth`: the how manieth call of that kind from now, the next being 1; `times`: how many
    in a row. `status`: answer this without doing anything, with `message` and `retry_after` seconds.
    `delay`: seconds before anything happens. `effect`, instead of a status:
    `reset` does nothing and resets the connection, `html` does nothing and answers 200 with a page,
    `cut` does it and breaks off in the middle of the answer, `drop` does it and answers nothing.
    """

    kind: str = ""
    nth: int = 1
    times: int = 1
    status: int | None = None
    message: str = ""
    retry_after: int | None = None
    delay: float = 0
    effect: Effect = ""

    def __post_init__(self) -> None:
        if self.effect not in get_args(Effect):
            raise ValueError(f"no such effect: {self.effect}")
        if self.status is not None and self.status not in STATUS:
            raise ValueError(f"no such status: {self.status}")

    @property
    def body(self) -> Json:
        """The error that Google would answer with."""
        code = self.status or 500
        message = self.message or MESSAGES.get(code, STATUS[code])
        return {"error": {"code": code, "message": message, "status": STATUS[code]}}


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
    """The faults of a JSON file."""
    return [Fault(**each) for each in json.loads(path.read_text(encoding="utf-8"))]
