"""The cells of a workbook's tabs, as staff left them."""

import zlib
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_fixed

from automation.core.edges import EdgeError
from automation.core.register.headers import Grid
from automation.core.words.texts import header_name
from automation.files import regular_bytes
from automation.workbooks.excel.package import Package, TooLargeError

MOST_CELLS = 8_000_000  # of the rectangles of all tabs that are read; more take a gigabyte
MOST_PACKED = 200_000_000  # bytes of a file
COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")  # an encrypted .xlsx, or an old .xls
BROKEN = (CalamineError, BadZipFile, ParseError, zlib.error, EOFError, NotImplementedError)


def read_tabs(file: Path, titles: Collection[str]) -> dict[str, Grid]:
    """The grid of each tab in `titles` that is there; titles are compared as headers are.

    Hidden rows are read like others; of merged cells the first has the value. A file that is being
    saved is tried again for a moment. Raises EdgeError.
    """
    try:
        return _read(file, titles)
    except FileNotFoundError:
        raise EdgeError(
            f"Buku register tidak ditemukan di {file}; jalankan `python -m automation setup` untuk "
            "membuatnya, atau perbaiki letaknya pada pengaturan."
        ) from None
    except OSError as error:
        raise EdgeError(
            f"{file} tidak dapat dibuka ({error.strerror}); tutup berkas itu bila sedang dibuka, "
            "dan periksa apakah akun ini boleh membacanya."
        ) from None
    except PasswordError:
        raise _encrypted(file) from None
    except TooLargeError:
        raise EdgeError(
            f"{file} terlalu besar untuk sebuah buku register; hapus tab, gambar, dan baris yang "
            "tidak dipakai, lalu simpan."
        ) from None
    except BROKEN:
        raise EdgeError(
            f"{file} rusak atau bukan buku kerja Excel; buka di Excel dan simpan ulang sebagai "
            ".xlsx, atau ambil dari salinan cadangan."
        ) from None


@retry(
    retry=retry_if_exception_type((*BROKEN, PermissionError)),
    stop=stop_after_attempt(3),
    wait=wait_fixed(0.3),
    reraise=True,
)
def _read(file: Path, titles: Collection[str]) -> dict[str, Grid]:
    content = regular_bytes(file, MOST_PACKED)
    if content.startswith(COMPOUND_FILE):
        raise _encrypted(file)
    package = Package(content)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    tabs = _tabs(book, titles)
    left = MOST_CELLS
    for tab in tabs.values():
        left -= package.cells(tab)
        if left < 0:
            raise _far(file, tab)
    return {title: _grid(book, package, tab) for title, tab in tabs.items()}


def _encrypted(file: Path) -> EdgeError:
    return EdgeError(
        f"{file} dilindungi kata sandi atau berformat lama (.xls); simpan sebagai .xlsx tanpa "
        "kata sandi."
    )


def _tabs(book: CalamineWorkbook, titles: Collection[str]) -> dict[str, str]:
    """The first tab that answers to each title."""
    found: dict[str, str] = {}
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            found.setdefault(header_name(sheet.name), sheet.name)
    return {title: found[header_name(title)] for title in titles if header_name(title) in found}


def _far(file: Path, tab: str) -> EdgeError:
    return EdgeError(
        f"Tab {tab} pada {file} memuat sel yang sangat jauh di luar isian; hapus semua baris "
        "di bawah dan semua kolom di kanan isian, lalu simpan."
    )


def _grid(book: CalamineWorkbook, package: Package, tab: str) -> Grid:
    grid = book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
    for row, column, error in package.errors(tab):
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = error
    return grid
