"""A damaged or hostile workbook is refused in one sentence, before it takes a gigabyte."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.core.edges import EdgeError
from automation.core.tabs.staff import staff_sheets
from automation.mail.login import _from_file
from automation.mail.transport import TransportError
from automation.settings import SettingsError, load_settings
from automation.workbooks.excel.reader import read_tabs
from automation.workbooks.excel.writer import workbook_bytes
from tests.excel_office import SCHEMA, excel
from tests.offices import NOW

ROOT = Path(__file__).parent.parent
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BLANKS = b" " * 1_000_000


def repacked(file: Path, part: str, change: Callable[[bytes], list[bytes]]) -> None:
    """A register of which one part is written anew, in pieces."""
    file.write_bytes(workbook_bytes(staff_sheets(SCHEMA), NOW))
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            with new.open(name, "w") as target:
                for piece in change(content) if name == part else [content]:
                    target.write(piece)


def with_cell(cell: str) -> Callable[[bytes], list[bytes]]:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    added = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    return lambda content: [content.replace(b"</sheetData>", added)]


def with_blanks(content: bytes) -> list[bytes]:
    end = content.rfind(b"</")
    return [content[:end], *[BLANKS] * 400, content[end:]]


def without_references(content: bytes) -> list[bytes]:
    """Cells that say nothing of their place: one very long row and very many short ones."""
    long = b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"
    return [content.replace(b"</sheetData>", long + b"<row/>" * 1_000_000 + b"</sheetData>")]


READ_WITH_A_GIGABYTE = """
import resource, sys
from pathlib import Path

from automation.core.edges import EdgeError
from tests.excel_office import TITLES
from automation.workbooks.excel.reader import read_tabs

used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 10**9, used + 10**9))
try:
    read_tabs(Path(sys.argv[1]), TITLES)
except EdgeError as error:
    print(error)
"""


def told_with_a_gigabyte(file: Path) -> str:
    command = [sys.executable, "-c", READ_WITH_A_GIGABYTE, str(file)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("part", "change", "sentence"),
    [
        (SHEET, with_cell("XFD1048576"), "jauh di luar isian"),
        (SHEET, with_cell("ZZZZ9999999999"), "jauh di luar isian"),
        (SHEET, with_cell("xfd1048576"), "jauh di luar isian"),
        (SHEET, with_cell("A99999999999999999999"), "jauh di luar isian"),
        (SHEET, without_references, "jauh di luar isian"),
        (SHEET, with_blanks, "terlalu besar"),
        (STRINGS, with_blanks, "terlalu besar"),
        ("xl/styles.xml", with_blanks, "terlalu besar"),
    ],
    ids=["last cell", "beyond", "small", "digits", "no references", "sheet", "texts", "styles"],
)
def test_a_hostile_workbook_is_refused_before_it_takes_a_gigabyte(
    part: str, change: Callable[[bytes], list[bytes]], sentence: str, tmp_path: Path
) -> None:
    repacked(tmp_path / "register.xlsx", part, change)
    told = told_with_a_gigabyte(tmp_path / "register.xlsx")
    assert sentence in told
    assert told.count("\n") == 1


def test_a_part_that_says_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    repacked(file, SHEET, with_blanks)
    with zipfile.ZipFile(file) as package:
        stated = package.getinfo(SHEET).file_size
    size = stated.to_bytes(4, "little")
    file.write_bytes(file.read_bytes().replace(size, (900).to_bytes(4, "little")))
    assert "terlalu besar" in told_with_a_gigabyte(file)


def test_a_package_with_two_parts_of_one_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    file.write_bytes(workbook_bytes(staff_sheets(SCHEMA), NOW))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(SHEET.upper(), b"<worksheet/>")
    with pytest.raises(EdgeError, match="rusak"):
        read_tabs(file, ["Register"])


def test_a_package_of_very_many_parts_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    with zipfile.ZipFile(file, "w") as package:
        for number in range(10_001):
            package.writestr(f"xl/media/{number}", b"")
    with pytest.raises(EdgeError, match="terlalu besar"):
        read_tabs(file, ["Register"])


def test_a_far_cell_on_a_tab_of_staffs_own_is_in_nobodys_way(tmp_path: Path) -> None:
    repacked(tmp_path / "register.xlsx", SHEET, with_cell("XFD1048576"))
    assert read_tabs(tmp_path / "register.xlsx", ["Petugas"])["Petugas"]


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "fifo", "folder"])
def test_what_is_no_file_is_refused_at_once(device: str, tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    if device == "fifo":
        os.mkfifo(file)
    elif device == "folder":
        file.mkdir()
    else:
        file.symlink_to(device)
    with pytest.raises(EdgeError, match="tidak dapat dibuka"):
        excel(tmp_path).read()
    with pytest.raises(SettingsError, match="bukan berkas"):
        load_settings(file)
    with pytest.raises(TransportError, match="tidak dapat dibaca"):
        _from_file(file)
