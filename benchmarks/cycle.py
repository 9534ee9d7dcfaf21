"""A whole cycle over 10,000 cases against merely reading that register and writing as many cells.

The peer reads the register with python-calamine and writes as many cells and notes with XlsxWriter.
Exit code 1 if the cycle takes more than three times as long, or more than 500 MB.
"""

import resource
import shutil
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from automation.core.drawing import Sheet
from automation.core.office_time.office_hours import office_hours
from automation.core.register.reading import read_register
from automation.core.tabs import program_sheets
from automation.core.tabs.staff import staff_sheets
from automation.cycle import look, run
from automation.demo import sample_rows
from automation.installation import Installation
from automation.settings import Settings, load_schema
from automation.workbooks.excel.writer import write_workbook

CASES = 10_000
NOW = datetime(2026, 11, 23, 10, 0)
ROUNDS = 5
MOST_TIMES = 3.0
MOST_MEGABYTES = 500


def main() -> int:
    with TemporaryDirectory() as folder:
        settings = Settings().in_folder(Path(folder))
        schema = load_schema(settings)
        write_register(Installation(settings, schema, NOW))
        cells, notes = count_written(Installation(settings, schema, NOW))
        register = settings.path(Path("register.xlsx"))
        ours, theirs = [], []
        for _ in range(ROUNDS):  # side by side, so that a busy machine slows both
            shutil.rmtree(settings.path(settings.office.state), ignore_errors=True)
            ours.append(whole_cycle(Installation(settings, schema, NOW)))
            theirs.append(merely_read_and_write(register, cells, notes))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = min(ours) / min(theirs)
    print(f"cycle over {CASES:,} cases      {min(ours):6.2f} s, at most {megabytes:.0f} MB")
    print(f"read it, write {cells:,} cells, {notes:,} notes {min(theirs):6.2f} s")
    print(f"ratio {times:.2f} (at most {MOST_TIMES}), best of {ROUNDS} rounds")
    return int(times > MOST_TIMES or megabytes > MOST_MEGABYTES)


def whole_cycle(installation: Installation) -> float:
    began = perf_counter()
    run(installation.office, NOW)
    return perf_counter() - began


def write_register(installation: Installation) -> None:
    schema = installation.schema
    nothing = read_register({}, schema).closures.frame
    calendar = office_hours(schema.working_hours, nothing, NOW.year - 3, NOW.year).calendar
    rows = sample_rows(schema, cases=CASES, seed=1, now=NOW, calendar=calendar)
    write_workbook(
        installation.settings.path(Path("register.xlsx")), staff_sheets(schema, rows), NOW
    )


def count_written(installation: Installation) -> tuple[int, int]:
    """The filled cells of the program's tabs, and the notes on them."""
    office = installation.office
    sheets = program_sheets(
        look(office, NOW),
        office.schema,
        office.mailbox.pengingat(),
        office.workbook.cell_link,
        "WIB",
    )
    return sum(map(cells_of, sheets)), sum(map(notes_of, sheets))


def cells_of(sheet: Sheet) -> int:
    columns = [column for table in sheet.tables for column in table.columns]
    filled = (value not in (None, "") for column in columns for value in column.values)
    return sum(filled) + len(columns) + len(sheet.labels)


def notes_of(sheet: Sheet) -> int:
    columns = [column for table in sheet.tables for column in table.columns]
    return sum(bool(note) for column in columns for note in (column.note, *(column.notes or ())))


def merely_read_and_write(register: Path, cells: int, notes: int) -> float:
    began = perf_counter()
    book = CalamineWorkbook.from_path(str(register))
    for title in ("Register", "Petugas", "Libur", "Jeda"):
        book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    with Workbook(str(register.with_name("peer.xlsx"))) as peer:
        page = peer.add_worksheet()
        width = cells // CASES
        for row in range(CASES):
            for column in range(width):
                if column % 2:
                    page.write_number(row, column, row + column)
                else:
                    page.write_string(row, column, f"Berkas {row}-{column}")
        for note in range(notes):
            page.write_comment(note % CASES, note // CASES, f"Catatan {note}\nbaris kedua")
    return perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
