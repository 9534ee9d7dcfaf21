"""`report`: one month's cases as a workbook of their own, for the files."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from automation.core.edges import EdgeError
from automation.core.plan import follow
from automation.core.register.register import Register
from automation.core.tabs import program_sheets
from automation.core.words.titles import PENGINGAT
from automation.cycle import look
from automation.installation import Installation
from automation.workbooks.excel.workbook import ExcelWorkbook


def archive(installation: Installation, month: date, folder: Path) -> tuple[Path, int]:
    """Writes the cases received in `month` as they stand now; the file, and how many they are.

    Raises EdgeError.
    """
    office, now = installation.office, installation.now
    whole = look(office, now)
    if whole.doubt:
        raise EdgeError(whole.doubt)
    register = of_month(whole.register, month)
    seen = follow(register, office.schema, now, office.ways)
    sheets = program_sheets(seen, office.schema, (), _no_link, office.zone)
    file = folder / f"laporan-{month:%Y-%m}.xlsx"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EdgeError(f"Folder {folder} tidak dapat dibuat ({error.strerror}).") from None
    register_file = installation.settings.path(installation.settings.workbook.register_file)
    published = ExcelWorkbook(register_file, file, ()).publish(
        [sheet for sheet in sheets if sheet.title != PENGINGAT], now
    )
    if not published.complete:
        raise EdgeError(published.note)
    return file, len(register.cases.frame)


def _no_link(tab: str, cell: str) -> None:
    """An archive leads nowhere: by the time it is opened, the register's rows have moved."""


def of_month(register: Register, month: date) -> Register:
    """The register with the cases received in that month only."""
    received = register.cases.frame["received"]
    kept = (received.dt.year == month.year) & (received.dt.month == month.month)
    places = {old: new for new, old in enumerate(received.index[kept])}
    cases = replace(
        register.cases,
        frame=register.cases.frame[kept].reset_index(drop=True),
        filled=register.cases.filled[kept].reset_index(drop=True),
        faults=tuple(
            replace(fault, index=places[fault.index])
            for fault in register.cases.faults
            if fault.index in places
        ),
    )
    return replace(register, cases=cases)
