"""One office, two kinds of workbook: what a test of whole runs asks of either."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from automation.core.tabs.staff import staff_sheets
from automation.cycle import Outcome, run
from automation.installation import Installation
from automation.setting_sections import WorkbookSection
from automation.settings import Settings
from automation.workbooks.excel.writer import write_workbook
from automation.workbooks.google.drawing.shapes import scalar
from tests.offices import NOW, STAFF, Row, grids, standard_schema
from tests.sheets_emulator import Emulator

ROOM = 20  # empty rows: fewer than an office has, since every formatted cell costs a test time
PROGRAM_TABS = ["Ringkasan", "Pemantauan", "Temuan", "Pengingat", "SOP"]


class CycleOffice:
    """An office in a folder of its own, as a restarted program finds it each time."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings.in_folder(folder)

    def installation(self, now: Any = NOW) -> Installation:
        return Installation(self.settings, standard_schema(), now)

    def run(self, now: Any = NOW) -> Outcome:
        installation = self.installation(now)
        with installation.alone():
            return run(installation.office, installation.now)

    @property
    def mails(self) -> list[str]:
        return sorted(file.name for file in (self.folder / "outbox").glob("*.eml"))

    def write(self, cases: Sequence[Row], staff: Sequence[Row] = STAFF, **tabs: Any) -> None:
        """What staff have written by now: `cases`, and `closures` and `pauses` among `tabs`."""
        self.write_grids(grids(cases, staff, **tabs))

    def write_grids(self, found: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """The same by tab, header first."""
        raise NotImplementedError

    def tab(self, title: str) -> list[list[Any]]:
        """The cells of one of the program's tabs."""
        raise NotImplementedError


class DeskOffice(CycleOffice):
    """Two Excel workbooks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Settings())

    def write_grids(self, found: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        sheets = staff_sheets(standard_schema(), {title: g[1:] for title, g in found.items()})
        for sheet in sheets:
            for column, header in zip(sheet.tables[0].columns, found[sheet.title][0], strict=True):
                object.__setattr__(column, "header", header)
        write_workbook(self.folder / "register.xlsx", sheets, NOW)

    def tab(self, title: str, file: str = "ringkasan.xlsx") -> list[list[Any]]:
        book = CalamineWorkbook.from_path(str(self.folder / file))
        return book.get_sheet_by_name(title).to_python()


class SheetOffice(CycleOffice):
    """A spreadsheet in the emulator, set up by the first that is written into it."""

    def __init__(self, folder: Path, emulator: Emulator) -> None:
        self.emulator = emulator
        self.id = emulator.new_spreadsheet("Buku Register").id
        super().__init__(
            folder, Settings(workbook=WorkbookSection(kind="google", spreadsheet=self.id))
        )

    def write_grids(self, found: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        if not self.emulator.spreadsheets[self.id].titled("Register"):
            sheets = [replace(each, room=ROOM) for each in staff_sheets(standard_schema())]
            self.installation().workbook.setup(sheets)
        for title, grid in found.items():
            width = len(grid[0])
            blank = [[""] * width] * 9
            values = [[scalar(cell) for cell in row] for row in grid] + blank
            self.emulator.write(self.id, f"{title}!A1", values, option="RAW")

    def tab(self, title: str) -> list[list[Any]]:
        """Rows are of the same length, as those of a workbook are."""
        rows = self.emulator.read(self.id, f"'{title}'")
        width = max(map(len, rows), default=0)
        return [[*row, *[""] * (width - len(row))] for row in rows]


@contextmanager
def cycle_office(kind: str, folder: Path, environment: Any) -> Iterator[CycleOffice]:
    """An office of that kind; `environment` is pytest's monkeypatch."""
    if kind == "excel":
        yield DeskOffice(folder)
        return
    with Emulator() as emulator:
        environment.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        yield SheetOffice(folder, emulator)
