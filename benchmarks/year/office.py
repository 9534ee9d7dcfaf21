"""The program's own cycle on an office that lives in memory, from the outside: what it mails."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from automation.core.drawing import Sheet
from automation.core.register.headers import Grid
from automation.core.schema import Schema
from automation.core.words.addresses import EMAIL_ONLY
from automation.core.words.ways import EMAIL
from automation.cycle import Office, Outcome, run
from automation.mail.correspondent import Correspondent
from automation.mail.email import Email
from automation.mail.mailbox import OutboxMailbox
from automation.mail.transport import Answered
from benchmarks.year.world import Book
from tests.in_memory import InMemory


@dataclass(frozen=True)
class Sent:
    """A mail as it left: `to` an address, `text` its plain part."""

    at: datetime
    to: str
    subject: str
    text: str


class Tabs(Mapping[str, Grid | None]):
    """The staff's tabs, and the program's as they were published last; drawn cells are made into
    a grid when they are asked for."""

    def __init__(self, staff: Mapping[str, Grid], own: Mapping[str, Sheet]) -> None:
        self.staff, self.own = staff, own

    def __getitem__(self, title: str) -> Grid | None:
        return self.staff[title] if title in self.staff else _cells(self.own[title])

    def __iter__(self) -> Iterator[str]:
        return iter([*self.staff, *self.own])

    def __len__(self) -> int:
        return len(self.staff) + len(self.own)


def _cells(sheet: Sheet) -> Grid:
    """The tables and labels of a sheet, where they stand."""
    cells = {(label.row, label.column): label.value for label in sheet.labels}
    for table in sheet.tables:
        for place, column in enumerate(table.columns, table.column):
            for row, value in enumerate([column.header, *column.values], table.row):
                cells[row, place] = value
    height = max((row for row, _ in cells), default=-1) + 1
    width = max((column for _, column in cells), default=-1) + 1
    return [[cells.get((row, column)) for column in range(width)] for row in range(height)]


class Memory(InMemory):
    """Of a register that staff edit between two runs."""

    def __init__(self, book: Book) -> None:
        super().__init__({})
        self.book = book

    def read(self) -> Mapping[str, Grid | None]:
        return Tabs(self.book.grids(), {sheet.title: sheet for sheet in self.published})


class Recorder:
    """A way out that keeps what it is given, with the time of the run."""

    def __init__(self) -> None:
        self.now = datetime.min
        self.mails: list[Sent] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Answered:
        mail = message_from_bytes(message, policy=default)
        (to,) = recipients
        part = mail.get_body(("plain",))
        text = part.get_content() if part else ""
        self.mails.append(Sent(self.now, to, str(mail["Subject"]), text))
        return Answered()


class Simulated:
    """An installation: `book` is what staff have typed."""

    def __init__(self, schema: Schema, book: Book, state: Path) -> None:
        self.recorder = Recorder()
        zone = ZoneInfo("Asia/Jakarta")
        sender = "pengingat@kantor.example.id"
        correspondent = Correspondent(schema.sop.office, sender, sender, zone)
        mailbox = OutboxMailbox(state, {EMAIL: Email(self.recorder)}, correspondent)
        self.office = Office(
            schema, Memory(book), mailbox, EMAIL_ONLY, "WIB", keep=lambda version, grids: None
        )

    def run(self, now: datetime) -> tuple[Outcome, list[Sent]]:
        """One run, and what was mailed in it. A run that fails ends the simulation."""
        self.recorder.now, self.recorder.mails = now, []
        outcome = run(self.office, now)
        if not outcome.complete:
            raise RuntimeError(f"{now}: {outcome.delivery.failed} {outcome.published.note}")
        return outcome, self.recorder.mails
