"""What a way out must know, whatever it is: its addresses, how a letter is written, how it is sent.

E-mail is one (`email.py`). Another is one class like `WayOut` in a file beside it, one line in
`WAYS` of `installation.py`, and for each office that uses it one column of `Petugas` in its
`tabs.toml` that names it by `way`.
"""

from datetime import datetime
from typing import NamedTuple, Protocol

from automation.core.reminders.notices import Letter
from automation.core.words.ways import Unfit
from automation.mail.correspondent import Correspondent
from automation.mail.transport import Transport


class Written(NamedTuple):
    """A letter as it goes out."""

    identity: str  # the same for the same letter, and for no other (`message.identity`)
    sender: str  # who it is from, as `Transport.send` is told
    content: bytes


class WayOut(Protocol):
    @property
    def transport(self) -> Transport:
        """Opened once a run, where something waits; sends one letter at a time, to the addresses
        that staff typed, in lower case."""

    def fault(self, address: str) -> Unfit | None:
        """Why an address as typed cannot be used; None where it can."""

    def write(self, letter: Letter, office: Correspondent, now: datetime) -> Written:
        """The letter for `letter.to`. `now` is naive and local to the office."""
