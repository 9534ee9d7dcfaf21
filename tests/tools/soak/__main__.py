"""Months of `watch` on the emulator and the mail server, with faults, staff at work, and sudden deaths.

    python -m tests.tools.soak [--ticks N] [--quiet N] [--seed S]

In the first part the program is killed again and again, in the second only the servers fail: there its
memory is measured. Then everything is in order again, and it is held against what it promises. Exit
code 1 if a promise is not kept. Ctrl-C ends a part early.
"""

import os
import signal
import sqlite3
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import time_machine

from automation.core.tabs import program_sheets
from automation.core.tabs.staff import staff_sheets
from automation.core.words.titles import PROGRAM_TITLES
from automation.cycle import look
from automation.installation import Installation
from automation.settings import load_settings
from automation.workbooks.google import GoogleSettings, GoogleWorkbook
from tests.mail_server import Answer, Post, hang_up, mail_server
from tests.offices import standard_schema
from tests.sheets_emulator import Emulator
from tests.sheets_emulator.faults import Fault
from tests.tools.soak.process import Program
from tests.tools.soak.staff import MOST_CASES, Staff
from tests.watched_office import JAKARTA

START = datetime(2026, 11, 23, 7, 0)
LATEST_DEATH = 0.4  # seconds behind the beginning of a tick
CONTACT = "it@kantor.example.id"
MAIL_FAULTS: list[Answer] = ["451 4.3.0 Sibuk", "421 4.7.0 Nanti", hang_up]
GOOGLE_FAULTS: list[dict[str, Any]] = [
    {"status": 503}, {"status": 429}, {"status": 500}, {"effect": "reset"},
    {"effect": "html"}, {"effect": "cut"}, {"effect": "drop"},
]  # fmt: skip
SETTINGS = """
[workbook]
kind = "google"
spreadsheet = "{spreadsheet}"
timeout_seconds = 5.0
[mail]
kind = "smtp"
sender = "pengingat@kantor.example.id"
allowed_domains = ["kantor.example.id"]
host = "localhost"
port = {port}
security = "none"
timeout_seconds = 5.0
[watch]
it_contact = "{contact}"
"""


@dataclass
class Tally:
    """What was done to the program, and what came of it."""

    ticks: int = 0
    killed: int = 0
    stopped: int = 0
    lost: int = 0  # connections that broke behind a mail
    slowest_end: float = 0.0  # seconds from SIGTERM to the end
    memory: list[int] = field(default_factory=list)  # kilobytes, where nobody died


class Soak:
    """An office, its servers, and its program."""

    def __init__(self, emulator: Emulator, post: Post, folder: Path, port: int, seed: int) -> None:
        self.random, self.tally, self.now = Random(seed), Tally(), START
        self._emulator, self._post = emulator, post
        self.spreadsheet = emulator.new_spreadsheet("Buku Register").id
        self.file = folder / "pengaturan.toml"
        self.file.write_text(
            SETTINGS.format(spreadsheet=self.spreadsheet, port=port, contact=CONTACT)
        )
        self._errors = folder / "stderr.txt"
        sheets = [replace(each, room=MOST_CASES + 2) for each in staff_sheets(standard_schema())]
        self.installation().workbook.setup(sheets)
        self.staff = Staff(emulator, self.spreadsheet, self.random)
        self.staff.move_in(self.spreadsheet)

    def installation(self) -> Installation:
        return Installation.of(load_settings(self.file), None)

    def go(self, ticks: int, clock: Any, deaths: float, faults: float) -> None:
        """`deaths` and `faults` are the shares of ticks that meet one."""
        program, self._left = Program(self.file, self._errors), ticks
        while self._left:
            self._left -= 1
            clock.move_to(self.now.replace(tzinfo=JAKARTA))
            if self.random.random() < faults:
                self._disturb()
            if self.random.random() < 0.5:
                self.staff.edit(self.now)
            rest = self._tick(program, deaths)
            self.now += timedelta(seconds=self.random.choice([rest] * 30 + [7200.0, 36000.0]))
            self.tally.ticks += 1
            if self.tally.ticks % 100 == 0:
                print(f"{self.tally.ticks:,} ticks, {self.now:%d/%m/%Y}", flush=True)
        program.close()

    def end_part(self) -> None:
        """This tick is the last of `go`."""
        self._left = 0

    def _tick(self, program: Program, deaths: float) -> float:
        """How long nothing is due behind it."""
        program.begin(self.now)
        if self.random.random() < deaths:
            time.sleep(self.random.uniform(0, LATEST_DEATH))
            self._end(program)
            return 60.0
        done = program.end()
        if done is None:
            raise SystemExit(f"the program has ended by itself: {self._errors.read_text()}")
        memory, rest = done
        if not deaths:
            self.tally.memory.append(memory)
        return max(rest, 1.0)

    def _end(self, program: Program) -> None:
        gently = self.random.random() < 0.3
        began = time.monotonic()
        program.strike(signal.SIGTERM if gently else signal.SIGKILL)
        if gently:
            self.tally.stopped += 1
            self.tally.slowest_end = max(self.tally.slowest_end, time.monotonic() - began)
        else:
            self.tally.killed += 1

    def _disturb(self) -> None:
        if self.random.random() < 0.5:
            answer = self.random.choice(MAIL_FAULTS)
            self.tally.lost += answer is hang_up
            self._post.mails.append(answer)
            return
        fault = self.random.choice(GOOGLE_FAULTS)
        self._emulator.script([Fault(times=self.random.choice([1, 2, 7]), **fault)])

    def calm(self, clock: Any) -> None:
        """Nothing fails and nobody edits, until no mail waits and nothing is left to be said: who was
        told of lateness in one run has it escalated in the next. At most for a week."""
        self._emulator.script([])
        self._emulator._script.waiting.clear()
        self._post.mails.clear()
        end, program = self.now + timedelta(days=7), Program(self.file, self._errors)
        while self.now < end:
            clock.move_to(self.now.replace(tzinfo=JAKARTA))
            program.tick(self.now)
            at_work = self.now.weekday() < 5 and self.now.hour in (9, 10)
            if at_work and not self._waiting() and not self._unsaid():
                break
            self.now += timedelta(minutes=30)
        program.close()

    def _waiting(self) -> bool:
        return bool(self.rows("SELECT 1 FROM mail WHERE message IS NOT NULL"))

    def _unsaid(self) -> list[str]:
        """What a run would mail now."""
        office = self.installation().office
        letters = look(office, self.now).letters(office.mailbox.told())
        return [f"{each.stage} {each.key}" for letter in letters for each in letter.notices]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Of the outbox."""
        with closing(sqlite3.connect(self.file.parent / "state" / "outbox.sqlite3")) as database:
            return database.execute(query).fetchall()

    def faults(self) -> Iterator[str]:
        """Each promise that was not kept."""
        yield from self._mail()
        yield from self._tabs()
        said = self._errors.read_text() + (self.file.parent / "state" / "catatan.log").read_text()
        if "Traceback" in said or "Kesalahan di dalam program" in said:
            yield "the program had a fault of its own"
        if list((self.file.parent / "state").glob("outbox-*")):
            yield "the outbox was damaged"
        memory = self.tally.memory
        settled, last = memory[len(memory) // 4], memory[-1]
        if last > settled * 1.05:
            yield f"memory grew from {settled:,} to {last:,} kB"
        if self.tally.slowest_end > 10:
            yield f"an end took {self.tally.slowest_end:.1f} s"

    def _mail(self) -> Iterator[str]:
        arrived = [m for m in self._post.messages() if CONTACT not in m["To"]]
        counts = Counter(message["Message-ID"] for message in arrived)
        sent = {identity for (identity,) in self.rows(
            "SELECT message_id FROM mail JOIN recipient ON mail_id = id"
            " WHERE recipient.state = 'sent'"
        )}  # fmt: skip
        known = {identity for (identity,) in self.rows("SELECT message_id FROM mail")}
        if lost := sent - counts.keys():
            yield f"{len(lost)} mails are lost"
        if strange := counts.keys() - known:
            yield f"{len(strange)} mails arrived that the outbox does not know"
        if self._waiting():
            yield "mails still wait"
        doubled = sum(counts.values()) - len(counts)
        in_flight = self.tally.killed + self.tally.stopped + self.tally.lost
        if doubled > in_flight:
            yield f"{doubled} mails are doubled, where {in_flight} can have been in flight"
        contents = {each.content for each in self._post.received if CONTACT not in each.rcpt_tos}
        if len(contents) != len(counts):
            yield "what arrived twice is not the same mail"
        if unsaid := self._unsaid():
            yield f"never said: {', '.join(unsaid)}"

    def _tabs(self) -> Iterator[str]:
        """Against what is published into a spreadsheet in which the program's tabs are new."""
        office = self.installation().office
        seen = look(office, self.now)
        other = self._emulator.new_spreadsheet("Baru").id
        book = GoogleWorkbook(GoogleSettings(other, standard_schema()))
        book.setup([replace(each, room=MOST_CASES + 2) for each in staff_sheets(standard_schema())])
        self.staff.move_in(other)
        book.read()
        mails = office.mailbox.pengingat()
        sheets = program_sheets(seen, office.schema, mails, book.cell_link, office.zone)
        book.publish(sheets, self.now)
        for title in PROGRAM_TITLES:
            worn, new = (
                self._emulator.read(each, f"'{title}'") for each in (self.spreadsheet, other)
            )
            if worn != new:
                places = [
                    n for n, rows in enumerate(zip(worn, new, strict=False)) if rows[0] != rows[1]
                ]
                yield f"{title} differs from a new one in rows {places[:9]} ({len(worn)}, {len(new)})"


@contextmanager
def _office(seed: int) -> Iterator[tuple[Soak, Any]]:
    """The clock of this process, which is that of both servers, goes with the program's."""
    with (
        TemporaryDirectory() as folder,
        Emulator() as emulator,
        mail_server(post := Post()) as port,
        time_machine.travel(START.replace(tzinfo=JAKARTA), tick=False) as clock,
    ):
        os.environ["SHEETS_EMULATOR_HOST"] = emulator.url
        yield Soak(emulator, post, Path(folder), port, seed), clock


def main() -> int:
    options = _options()
    with _office(options.seed) as (soak, clock):
        signal.signal(signal.SIGINT, lambda *_: soak.end_part())
        soak.go(options.ticks, clock, deaths=0.05, faults=0.1)
        soak.go(options.quiet, clock, deaths=0.0, faults=0.1)
        soak.calm(clock)
        faults = list(soak.faults())
        tally = soak.tally
        print(
            f"{tally.ticks:,} ticks to {soak.now:%d/%m/%Y}: {tally.killed} times killed, "
            f"{tally.stopped} times stopped (slowest {tally.slowest_end:.1f} s), "
            f"{len(soak.rows('SELECT 1 FROM mail')):,} mails, memory {tally.memory[-1]:,} kB"
        )
    for fault in faults:
        print(f"NOT KEPT: {fault}")
    return int(bool(faults))


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.tools.soak")
    parser.add_argument("--ticks", type=int, default=2000, help="with deaths")
    parser.add_argument("--quiet", type=int, default=1000, help="without, to measure memory")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
