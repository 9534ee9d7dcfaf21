"""The register as an Excel workbook of the staff, the program's tabs as a second one.

The staff's workbook is only read. The program's is replaced as a whole: readers see the old one or
the new one, never a part.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
from xlsxwriter.exceptions import XlsxWriterException

from automation.core.drawing import Sheet
from automation.core.edges import EdgeError, Published
from automation.core.register import HEADER_ROWS, Grid
from automation.core.schema import header_name
from automation.workbooks.excel_writer import write_workbook


class ExcelWorkbook:
    """The promise `core.edges.Workbook` with two files."""

    def __init__(
        self,
        register: Path,
        summary: Path,
        staff_titles: Sequence[str],
        own_titles: Sequence[str] = ("Pengingat",),
    ) -> None:
        self._register = register.resolve()
        self._summary = summary.resolve()
        self._beside = self._summary.with_stem(f"{self._summary.stem} (baru)")
        self._staff_titles = tuple(staff_titles)
        self._own_titles = tuple(own_titles)

    def read(self) -> dict[str, Grid | None]:
        """The staff's tabs, None for one that is missing, and what is left of the own ones."""
        found = _grids(self._register, self._staff_titles)
        grids = {title: found.get(title) for title in self._staff_titles}
        return {**self._own_grids(), **grids}

    def _own_grids(self) -> dict[str, Grid]:
        """From the newer of the two files that can be read."""
        files = [file for file in (self._summary, self._beside) if file.is_file()]
        for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True):
            try:
                return _grids(file, self._own_titles)
            except EdgeError:
                continue
        return {}

    def publish(self, sheets: Sequence[Sheet], now: datetime) -> Published:
        _remove_stale(self._summary)
        made = _written(self._summary, sheets, now)
        try:
            made.replace(self._summary)
        except OSError:
            return self._keep_beside(made)
        _remove(self._beside)
        return Published(complete=True)

    def _keep_beside(self, made: Path) -> Published:
        """Somebody has the summary open, which Windows does not let us replace."""
        try:
            made.replace(self._beside)
        except OSError as error:
            _remove(made)
            raise EdgeError(
                f"Ringkasan baru tidak dapat disimpan karena {self._summary} dan "
                f"{self._beside.name} tidak dapat diganti; tutuplah kedua berkas itu."
            ) from error
        return Published(
            complete=False,
            note=f"{self._summary.name} tidak dapat diganti, mungkin sedang dibuka, sehingga "
            f"keadaan terbaru disimpan sebagai {self._beside.name} di {self._summary.parent}; "
            f"tutuplah {self._summary.name} agar diperbarui pada putaran berikutnya.",
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

    def setup(self, sheets: Sequence[Sheet]) -> list[str]:
        """Makes the register where there is none; says what an existing one lacks."""
        if not self._register.exists():
            _remove_stale(self._register)
            made = _written(self._register, sheets, datetime.now())
            try:
                _move_to_free(made, self._register)
            except FileExistsError:
                pass
            except OSError as error:
                raise _unwritable(self._register) from error
            else:
                return [f"Buku register dibuat: {self._register}."]
            finally:
                _remove(made)
        return self._told(sheets)

    def _told(self, sheets: Sequence[Sheet]) -> list[str]:
        grids = _grids(self._register, [sheet.title for sheet in sheets])
        faults = [line for sheet in sheets for line in _faults(sheet, grids.get(sheet.title))]
        lines = [f"Buku register sudah ada dan tidak diubah: {self._register}."]
        return lines + (faults or ["Semua tab dan tajuk kolom lengkap."])


def _grids(file: Path, titles: Sequence[str]) -> dict[str, Grid]:
    """The cells of the tabs that are there. Raises EdgeError."""
    wanted = {header_name(title): title for title in titles}
    grids: dict[str, Grid] = {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(file.read_bytes()))
        for sheet in book.sheets_metadata:
            title = wanted.get(header_name(sheet.name))
            if title and sheet.typ == SheetTypeEnum.WorkSheet and title not in grids:
                cells = book.get_sheet_by_name(sheet.name)
                grids[title] = cells.to_python(skip_empty_area=False)
    except FileNotFoundError as error:
        raise EdgeError(
            f"Buku register tidak ditemukan di {file}; jalankan `python -m automation setup` "
            "untuk membuatnya atau perbaiki letaknya pada berkas setelan."
        ) from error
    except OSError as error:
        raise EdgeError(
            f"{file} tidak dapat dibuka; tutuplah berkas itu bila sedang dibuka dan periksa "
            "apakah akun ini boleh membacanya."
        ) from error
    except PasswordError as error:
        raise EdgeError(
            f"{file} terkunci dengan kata sandi; simpanlah berkas itu tanpa kata sandi."
        ) from error
    except CalamineError as error:
        raise EdgeError(
            f"{file} rusak atau bukan buku kerja Excel; bukalah di Excel dan simpan ulang sebagai "
            ".xlsx, atau kembalikan dari salinan cadangan."
        ) from error
    return grids


def _faults(sheet: Sheet, grid: Grid | None) -> Iterator[str]:
    """What a tab lacks, one sentence each."""
    headers = [column.header for table in sheet.tables[:1] for column in table.columns]
    if grid is None:
        yield f"Tab {sheet.title} tidak ada; tambahkan tab itu dengan tajuk {', '.join(headers)}."
        return
    rows = [Counter(header_name(str(cell)) for cell in row) for row in grid[:HEADER_ROWS]]
    names = list(map(header_name, headers))
    best = max(rows, key=lambda row: sum(name in row for name in names), default=Counter[str]())
    missing = [header for header in headers if not best[header_name(header)]]
    doubled = [header for header in headers if best[header_name(header)] > 1]
    if missing:
        yield f"Tab {sheet.title}: tambahkan tajuk kolom yang tidak ada: {', '.join(missing)}."
    if doubled:
        yield f"Tab {sheet.title}: hapus tajuk kolom yang berulang: {', '.join(doubled)}."


def _written(target: Path, sheets: Sequence[Sheet], now: datetime) -> Path:
    """The sheets in a new file in the target's folder, safe on disk."""
    made = target.with_name(f".{target.stem}-{os.getpid()}.tmp")
    try:
        write_workbook(made, sheets, now)
        with made.open("rb+") as file:
            os.fsync(file.fileno())
    except (OSError, XlsxWriterException) as error:
        _remove(made)
        raise _unwritable(target) from error
    return made


def _unwritable(target: Path) -> EdgeError:
    return EdgeError(
        f"{target.name} tidak dapat ditulis di {target.parent}; periksa apakah folder itu ada, "
        "boleh ditulisi, dan masih memiliki ruang."
    )


def _move_to_free(made: Path, target: Path) -> None:
    """Puts the file where there is none. Raises FileExistsError."""
    try:
        target.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        content = made.read_bytes()
        with target.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except OSError:
                _remove(target)
                raise


def _remove_stale(target: Path) -> None:
    """What a killed run left."""
    for file in target.parent.glob(f".{target.stem}-*.tmp"):
        _remove(file)


def _remove(file: Path) -> None:
    """Another attempt follows at the next run where it cannot be removed now."""
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return
