"""A folder of offices with Excel registers, for tests: `credentials/NAME.toml`, files in `kantor/`."""

import os
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path

from automation.installation import Installation
from automation.offices.folder import roll
from automation.unattended.heartbeat import keep_archived
from automation.upgrade import carry_over
from tests.cycle_offices import DeskOffice
from tests.google_office import STAFF_ROWS, GoogleOffice, register_rows
from tests.offices import NOW, Row, case
from tests.sheets_emulator import Emulator
from tests.watched_office import JAKARTA

LAST_MONTH = date(2026, 10, 1)


class Offices:
    """Each name in `registers` has a register with these cases, saved at NOW; the last month has
    its archive."""

    def __init__(self, folder: Path, registers: Mapping[str, Sequence[Row]]) -> None:
        self.folder = folder
        self.settings = folder / "credentials"
        self.settings.mkdir()
        for name, cases in registers.items():
            self.configure(name)
            self.remember(name)
            DeskOffice(self.home(name)).write(list(cases))
            saved = NOW.replace(tzinfo=JAKARTA).timestamp()  # no clock of a test lies far from it
            os.utime(self.home(name) / "register.xlsx", (saved, saved))

    def configure(self, name: str, settings: str = "") -> Path:
        file = self.settings / f"{name}.toml"
        file.write_text(settings, encoding="utf-8")
        return file

    def on_google(self, name: str, spreadsheet: str, more: str = "") -> None:
        """An office whose register is a spreadsheet; the last month has its archive."""
        self.configure(name, f'[workbook]\nkind = "google"\nspreadsheet = "{spreadsheet}"\n{more}')
        self.remember(name)

    def remember(self, name: str) -> None:
        """A state folder of this version, in which the last month has its archive."""
        state = self.home(name) / "state"
        state.mkdir(parents=True)
        carry_over(state)
        keep_archived(state, LAST_MONTH)

    def home(self, name: str) -> Path:
        return self.folder / "kantor" / name

    def log(self, name: str) -> str:
        """ "" as long as nothing was said."""
        file = self.home(name) / "state/catatan.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def installation(self, name: str) -> Installation:
        return roll(self.settings, NOW).served[name]


def ordinary(*names: str) -> dict[str, list[Row]]:
    """Offices with one open case each."""
    return {name: [case()] for name in names}


def filled_office(emulator: Emulator, key_file: Path | None = None, cases: int = 2) -> GoogleOffice:
    """A spreadsheet that is set up, with finished cases, by whoever `key_file` is."""
    office = GoogleOffice(emulator)
    office.book = office.workbook(key_file=key_file)
    office.set_up({"Register": register_rows(cases), "Petugas": STAFF_ROWS})
    office.cycle()
    return office


def copies(office: GoogleOffice, count: int) -> list[str]:
    """The ids of so many spreadsheets like the one of `office`."""
    books, found = office.emulator.spreadsheets, []
    for place in range(count):
        found.append(f"{place:04d}".rjust(44, "k"))
        books[found[-1]] = deepcopy(books[office.id])
        books[found[-1]].id = found[-1]
    return found
