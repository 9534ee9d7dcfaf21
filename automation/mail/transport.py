"""What sends (`smtp.py`, `folder.py`) and what it can answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Protocol, Self

from automation.core.edges import EdgeError

# Whose fault a refusal is, and so what becomes of the mail:
# recipient  the address or its mailbox, for good: given up at once
# full       the mailbox, for the moment: given up behind the last pause
# doubtful   this recipient was refused, nobody knows why: given up once others are taken
# office     the sender, the login, the message or the server: waits until the server is content
# limit      the office sent too much: waits, and nothing more is offered now
# moment     greylisting, a disk that is full, a lost connection: waits
Fault = Literal["recipient", "full", "doubtful", "office", "limit", "moment"]


@dataclass(frozen=True)
class Refusal:
    """The answer for a recipient whose mail was not taken."""

    reason: str  # a few Indonesian words, with the server's own
    fault: Fault = "moment"
    advice: str = ""  # an Indonesian sentence for whoever runs the program


@dataclass(frozen=True)
class Answered:
    """The mail was taken for every recipient but those in `refused` (by address).

    `stop` is why no more is to be sent over this connection, in a few Indonesian words, else "".
    `said` is what the server said when it took the mail.
    """

    refused: Mapping[str, Refusal] = field(default_factory=dict)
    stop: str = ""
    said: str = ""


@dataclass(frozen=True)
class Lost:
    """The connection broke: whether the mail arrived is unknown."""

    reason: str


Outcome = Answered | Lost


class TransportError(EdgeError):
    """No mail can be sent now. The message is one Indonesian sentence that says what to do."""


class Transport(Protocol):
    """One connection, open inside `with`. Opening raises TransportError."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome: ...
