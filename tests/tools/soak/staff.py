"""What people do to a spreadsheet while the program works on it."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from automation.workbooks.google.drawing.shapes import scalar
from tests.offices import STAFF, grid, standard_schema
from tests.sheets_emulator import Emulator

MOST_CASES = 40
STEPS = [step.header for step in standard_schema().sop.steps]


class Staff:
    """The rows of the Register as people have them, by header."""

    def __init__(self, emulator: Emulator, spreadsheet: str, random: Random) -> None:
        self._emulator, self._spreadsheet, self._random = emulator, spreadsheet, random
        self._rows: list[dict[str, Any]] = []
        self._serial = 0

    def move_in(self, spreadsheet: str) -> None:
        """Writes all tabs of staff."""
        self._write("Petugas", list(STAFF), spreadsheet)
        self._write("Register", self._rows, spreadsheet)

    def edit(self, now: datetime) -> None:
        """One thing that somebody does."""
        deeds: list[Callable[[datetime], None]] = [
            self._receive, self._receive, self._receive, self._stamp, self._stamp, self._stamp, self._stamp, self._sort,
            self._mistype, self._withdraw, self._file_away,
        ]  # fmt: skip
        self._random.choice(deeds)(now)
        self._write("Register", self._rows, self._spreadsheet)

    def _receive(self, now: datetime) -> None:
        if len(self._rows) >= MOST_CASES:
            return
        self._serial += 1
        roman = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
        self._rows.append(
            {
                "No. Register": f"{self._serial:04d}/ADU/{roman[now.month]}/{now.year}",
                "Diterima": now,
                "Saluran": "Surat",
                "Jenis": "Aduan",
                "Nama Pemohon": f"Pemohon {self._serial}",
                "Perihal": f"KTP-el {self._serial}",
            }
        )

    def _stamp(self, now: datetime) -> None:
        open_rows = [row for row in self._rows if row.get(STEPS[-1]) is None]
        if open_rows:
            row = self._random.choice(open_rows)
            row[next(step for step in STEPS if row.get(step) is None)] = now

    def _sort(self, now: datetime) -> None:
        self._random.shuffle(self._rows)

    def _mistype(self, now: datetime) -> None:
        """What is there comes back with the next stamp of the same case."""
        if self._rows:
            self._random.choice(self._rows)[self._random.choice(STEPS)] = None

    def _withdraw(self, now: datetime) -> None:
        if self._rows:
            self._random.choice(self._rows)["Keputusan"] = "Dicabut"

    def _file_away(self, now: datetime) -> None:
        self._rows[:] = [
            row for row in self._rows if not row.get(STEPS[-1]) and not row.get("Keputusan")
        ]

    def _write(self, title: str, rows: list[Any], spreadsheet: str) -> None:
        cells: list[list[Any]] = [list(row) for row in grid(title, rows)]
        blank = [[""] * len(cells[0])] * (MOST_CASES + 1 - len(rows))
        values = [[scalar(cell) for cell in row] for row in cells] + blank
        self._emulator.write(spreadsheet, f"'{title}'!A1", values, option="RAW")
