"""What the core expects of the two ends: the workbook with the register, and the mail.

`workbooks/` and `mail/` keep these promises; `cycle.py` relies on them and on nothing else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from automation.core.drawing import Sheet
from automation.core.office_time.periods import Period
from automation.core.register.clock import Signs
from automation.core.register.headers import Grid
from automation.core.register.register import Register
from automation.core.register.strays import Stray
from automation.core.reminders.notices import Letter, Told


class EdgeError(Exception):
    """What a workbook or mailbox could not do: one Indonesian sentence that says what to do."""


@dataclass(frozen=True)
class Published:
    """What became of the program's tabs."""

    complete: bool
    note: str = ""  # one Indonesian sentence where not all went as usual


@dataclass(frozen=True)
class Check:
    """What `doctor` looked at, whether it is well, and one sentence, in Indonesian."""

    subject: str
    healthy: bool
    sentence: str  # what to do where it is not well


@dataclass(frozen=True)
class Delivery:
    """What became of the letters of a run, and of those that waited."""

    sent: int
    waiting: int
    failed: tuple[str, ...] = ()  # Indonesian sentences


@dataclass(frozen=True)
class Successor:
    """The register in which one that was closed at a year's end goes on."""

    place: str  # a path or an address
    setting: str  # the line of the settings that names it

    @property
    def link(self) -> str:
        """Where it can be clicked; "" where no address leads there."""
        return self.place if self.place.startswith("https://") else ""

    @property
    def sentence(self) -> str:
        """For operators, in Indonesian."""
        return (
            f"Buku Register ini sudah ditutup dan dilanjutkan pada {self.place}; tulis "
            f"{self.setting} pada settings.toml, di bawah [workbook]."
        )


class Workbook(Protocol):
    """Where the register is kept. Raises EdgeError."""

    def read(self) -> Mapping[str, Grid | None]: ...

    def time_signs(self) -> Signs:
        """What the last `read` tells of the time. Raises nothing."""

    def successor(self) -> Successor | None:
        """Where the register goes on that the last `read` found closed; None: it is open. Raises
        nothing."""

    def strays(self) -> Sequence[Stray]:
        """What the last `read` found typed into the program's columns in staff's tabs. Raises
        nothing."""

    def publish(self, sheets: Sequence[Sheet], now: datetime) -> Published: ...

    def setup(self, sheets: Sequence[Sheet]) -> list[str]:
        """Creates the staff's tabs, or says what they lack; changes nothing that staff typed."""

    def checks(self) -> Sequence[Check]:
        """What `doctor` asks of the way to the tabs. Raises nothing."""

    def cell_link(self, tab: str, cell: str) -> str | None:
        """A link from the program's tabs to a cell of a staff tab."""

    def case_link(self, row: int) -> str | None:
        """A link that a mail can carry to a row of the Register; None where there is none."""

    def place(self) -> str:
        """Where the register lies, for people whom no link leads there; "" where links do."""


@dataclass(frozen=True)
class SentMail:
    """A mail to one person, as the tab `Pengingat` tells of it."""

    at: datetime  # when it was sent or last tried
    name: str
    address: str  # `Way` as text
    stages: str  # in Indonesian
    numbers: str  # of the cases
    steps: str
    state: str  # in Indonesian
    keys: str  # what it said, for rebuilding the memory


class Mailbox(Protocol):
    """What was sent, and the way out. Raises EdgeError.

    `is_new` tells, after `restore`, whether there was no memory before: it may be gone again before
    the next run, and then only the workbook knows what this one sent.
    """

    is_new: bool

    def restore(self, grid: Grid | None, now: datetime) -> None:
        """Rebuilds what is lost of the memory from the cells of `Pengingat`."""

    def settle(self, live: Collection[tuple[str, str]], now: datetime) -> None:
        """Puts in order what the last run left; what is not `live` any more is not sent."""

    def told(self) -> Told:
        """What `plan` must know of earlier runs."""

    def deliver(self, letters: Sequence[Letter], now: datetime) -> Delivery:
        """Sends what is new and what waited."""

    def pengingat(self) -> Sequence[SentMail]:
        """Every mail, newest first, for the tab of that name."""


class Reports(Protocol):
    """The reports that lie in the archive."""

    def ready(self, now: datetime) -> Period | None:
        """The month before that of `now`, if its report can be sent. Raises nothing."""


class Clock(Protocol):
    """What is known of the time beside the machine's clock. Raises EdgeError."""

    def doubt(self, register: Register, pengingat: Grid | None, now: datetime) -> str:
        """Why `now` cannot be true, in one Indonesian sentence; "" where it can be.

        `pengingat` has the cells of that tab.
        """

    def believe(self, now: datetime) -> None:
        """Remembers that a run was made at `now`."""
