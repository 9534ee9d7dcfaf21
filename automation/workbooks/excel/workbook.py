"""The register as an Excel workbook of the staff, the program's tabs as a second one.

The staff's workbook is only read. The program's is replaced as a whole: readers see the old one or
the new one, never a part.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from automation.core.drawing import Sheet, column_letter
from automation.core.edges import Check, EdgeError, Published, Successor
from automation.core.once import cached_property
from automation.core.register.clock import Signs
from automation.core.register.headers import Grid, find_headers
from automation.core.register.strays import Stray
from automation.core.words.titles import REMEMBERING
from automation.files import create, is_ours, remove, replace, resolved, writable
from automation.workbooks.excel.closing import is_closed
from automation.workbooks.excel.fingerprint import fingerprint
from automation.workbooks.excel.mark import holds, is_summary
from automation.workbooks.excel.reader import read_tabs


def beside(summary: Path) -> Path:
    """Where the new summary is kept while the old one cannot be replaced."""
    return summary.with_stem(f"{summary.stem} (baru)") if summary.name else summary


class ExcelWorkbook:
    """The promise `core.edges.Workbook` with two files."""

    def __init__(
        self,
        register: Path,
        summary: Path,
        staff_titles: Sequence[str],
        own_titles: Sequence[str] = REMEMBERING,
        following: Callable[[], str] = str,
    ) -> None:
        """`following` tells the name of the register into which this one was closed; "" = none."""
        self._register = resolved(register)
        self._summary = resolved(summary)
        self._beside = beside(self._summary)
        self._staff_titles = tuple(staff_titles)
        self._own_titles = tuple(own_titles)
        self._following = following

    def read(self) -> dict[str, Grid | None]:
        """The staff's tabs, None for one that is missing, and what is left of the own ones."""
        found = read_tabs(self._register, self._staff_titles)
        return {**self._own_grids(), **{title: found.get(title) for title in self._staff_titles}}

    def time_signs(self) -> Signs:
        """When the register was saved."""
        try:
            return Signs(saved=datetime.fromtimestamp(self._register.stat().st_mtime, UTC))
        except (OSError, OverflowError, ValueError):  # gone by now, or dated beyond all calendars
            return Signs()

    def successor(self) -> Successor | None:
        """A file that is read-only, and in the archive was closed into another."""
        following = self._following() if is_closed(self._register) else ""
        return Successor(following, f'register = "{following}"') if following else None

    def strays(self) -> tuple[Stray, ...]:
        """None: the program's columns are in a workbook of its own."""
        return ()

    def _own_grids(self) -> dict[str, Grid]:
        """From the newer of the two files that can be read."""
        dated = []
        for file in (self._summary, self._beside):
            with suppress(OSError):  # it is not there, or in a folder that is closed to us
                dated.append((file.stat().st_mtime, file))
        for _, file in sorted(dated, reverse=True):
            with suppress(EdgeError):
                return read_tabs(file, self._own_titles)
        return {}

    def publish(self, sheets: Sequence[Sheet], now: datetime) -> Published:
        """Replaces the summary, unless it says the same; where it is open and cannot be replaced,
        keeps the new one beside it."""
        drawn = fingerprint(sheets)
        if holds(self._summary, drawn):
            self._clear_beside()
            return Published(complete=True)
        from automation.workbooks.excel.writer import workbook_bytes  # loaded only to write

        content = workbook_bytes(sheets, now, "ringkasan", drawn)
        try:
            replace(self._summary, content, is_summary)
        except PermissionError:
            return self._publish_beside(content)
        self._clear_beside()
        return Published(complete=True)

    def _clear_beside(self) -> None:
        """What cannot be read now may be somebody's, and stays."""
        with suppress(OSError):
            if is_ours(self._beside, is_summary):
                remove(self._beside)

    def _publish_beside(self, content: bytes) -> Published:
        name, beside = self._summary.name, self._beside.name
        try:
            replace(self._beside, content, is_summary)
        except PermissionError:
            raise EdgeError(
                f"Ringkasan baru tidak dapat disimpan karena {self._summary} dan {beside} sedang "
                "dibuka; tutup kedua berkas itu."
            ) from None
        return Published(
            complete=False,
            note=f"{name} tidak dapat diganti, mungkin sedang dibuka; keadaan terbaru ada pada "
            f"{beside} di {self._summary.parent}. Tutup {name} agar diperbarui pada putaran "
            "berikutnya.",
        )

    def cell_link(self, tab: str, cell: str) -> str | None:
        """A link from the summary to a cell of the register; both may be moved together."""
        if not cell:
            return None
        quoted = tab.replace("'", "''")
        return f"external:{self._address}#'{quoted}'!{cell}"

    @cached_property
    def _address(self) -> str:
        """The register, seen from the summary's folder."""
        try:
            path = os.path.relpath(self._register, self._summary.parent)
        except ValueError:  # on another drive
            path = str(self._register)
        return Path(path).as_posix().replace("%", "%25").replace("#", "%23")

    def case_link(self, row: int) -> None:
        """A mail cannot lead into a file of the office."""

    def place(self) -> str:
        """The path of the register."""
        return str(self._register)

    def checks(self) -> list[Check]:
        closed = self.successor()
        told = [Check("Buku Register", False, closed.sentence)] if closed else []
        return [*told, writable("Folder ringkasan", self._summary.parent)]

    def setup(self, sheets: Sequence[Sheet]) -> list[str]:
        """Makes the register where there is none; says what an existing one lacks."""
        from automation.workbooks.excel.writer import workbook_bytes

        if create(self._register, workbook_bytes(sheets, datetime.now())):
            titles = ", ".join(sheet.title for sheet in sheets)
            return [f"Buku register dibuat: {self._register} (tab {titles})."]
        grids = read_tabs(self._register, [sheet.title for sheet in sheets])
        faults = [line for sheet in sheets for line in _faults(sheet, grids.get(sheet.title))]
        lines = [f"Buku register sudah ada dan tidak diubah: {self._register}."]
        return lines + (faults or ["Semua tab dan tajuk kolom lengkap."])


def _faults(sheet: Sheet, grid: Grid | None) -> Iterator[str]:
    """What a tab lacks, one sentence each."""
    headers = [column.header for column in sheet.tables[0].columns]
    if grid is None:
        yield f"Tab {sheet.title} tidak ada; tambahkan tab itu dengan tajuk {', '.join(headers)}."
        return
    for header, places in zip(headers, find_headers(headers, grid).places, strict=True):
        if not places:
            yield f"Tab {sheet.title}: tajuk kolom {header} tidak ada; tambahkan."
        elif len(places) > 1:
            yield (
                f"Tab {sheet.title}: tajuk kolom {header} berulang di kolom "
                f"{' dan '.join(map(column_letter, places))}; sisakan satu."
            )
