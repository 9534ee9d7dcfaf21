"""The summary is replaced whole or not at all; a register is made, never changed."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from automation.core.drawing import Column, Sheet, Table
from automation.core.edges import EdgeError, Published
from automation.core.register.reading import read_register
from automation.core.tabs.staff import staff_sheets
from automation.workbooks.excel.reader import read_tabs
from automation.workbooks.excel.writer import workbook_bytes, write_workbook
from tests.excel_office import SCHEMA, TITLES, excel, sheet
from tests.offices import NOW


def published(folder: Path) -> list[object]:
    """The column of the summary."""
    return [row[0] for row in read_tabs(folder / "ringkasan.xlsx", ["Ringkasan"])["Ringkasan"]]


def refuse(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Windows does not let a file be replaced that somebody has open."""
    replace = os.replace

    def replace_unless_open(source: Path, target: Path) -> None:
        if Path(target).name in names:
            raise PermissionError(errno.EACCES, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(
        Path, "replace", lambda self, target: (replace_unless_open(self, target), Path(target))[1]
    )


def test_the_summary_is_replaced(tmp_path: Path) -> None:
    for text in ("lama", "baru"):
        assert excel(tmp_path).publish([sheet(text)], NOW) == Published(complete=True)
    assert published(tmp_path) == ["Kolom", "baru"]
    assert [file.name for file in tmp_path.iterdir()] == ["ringkasan.xlsx"]


def test_a_summary_that_is_open_is_kept_and_the_new_one_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel(tmp_path).publish([sheet("lama")], NOW)
    with monkeypatch.context() as patched:
        refuse(patched, "ringkasan.xlsx")
        result = excel(tmp_path).publish([sheet("baru")], NOW)
    assert not result.complete
    assert "ringkasan (baru).xlsx" in result.note
    assert published(tmp_path) == ["Kolom", "lama"]
    assert read_tabs(tmp_path / "ringkasan (baru).xlsx", ["Ringkasan"])["Ringkasan"][1] == ["baru"]

    excel(tmp_path).publish([sheet("terbaru")], NOW)
    assert [file.name for file in tmp_path.iterdir()] == ["ringkasan.xlsx"]


def test_both_files_open_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = "ringkasan.xlsx", "ringkasan (baru).xlsx"
    content = workbook_bytes([sheet("lama")], NOW, "ringkasan")
    for name in names:
        (tmp_path / name).write_bytes(content)
    refuse(monkeypatch, *names)
    with pytest.raises(EdgeError, match="tutup kedua berkas"):
        excel(tmp_path).publish([sheet("baru")], NOW)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == dict.fromkeys(
        names, content
    )


def test_a_full_disk_leaves_the_old_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    excel(tmp_path).publish([sheet("lama")], NOW)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EdgeError, match="penuh"):
        excel(tmp_path).publish([sheet("baru")], NOW)
    assert published(tmp_path) == ["Kolom", "lama"]
    assert [file.name for file in tmp_path.iterdir()] == ["ringkasan.xlsx"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EdgeError, match=r"Folder .* tidak ada"):
        excel(tmp_path / "tiada").publish([sheet("baru")], NOW)


KILLED_WHILE_WRITING = """
import os, sys, time
from pathlib import Path

from tests.excel_office import excel, sheet
from tests.offices import NOW

def stall(_):
    print("menulis", flush=True)
    time.sleep(60)

os.fsync = stall
excel(Path(sys.argv[1])).publish([sheet("baru")], NOW)
"""


def test_a_killed_run_leaves_the_old_summary_and_the_next_one_clears_up(tmp_path: Path) -> None:
    excel(tmp_path).publish([sheet("lama")], NOW)
    command = [sys.executable, "-c", KILLED_WHILE_WRITING, str(tmp_path)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "menulis\n"
        child.kill()
    assert len(list(tmp_path.iterdir())) == 2
    assert published(tmp_path) == ["Kolom", "lama"]

    excel(tmp_path).publish([sheet("terbaru")], NOW)
    assert [file.name for file in tmp_path.iterdir()] == ["ringkasan.xlsx"]
    assert published(tmp_path) == ["Kolom", "terbaru"]


def test_the_own_tabs_are_read_from_whichever_summary_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel(tmp_path).setup(staff_sheets(SCHEMA))
    log = Sheet("Pengingat", [Table([Column("Waktu", ["lama"])])])
    excel(tmp_path).publish([log], NOW)
    assert excel(tmp_path).read()["Pengingat"] == [["Waktu"], ["lama"]]
    refuse(monkeypatch, "ringkasan.xlsx")
    excel(tmp_path).publish([Sheet("Pengingat", [Table([Column("Waktu", ["baru"])])])], NOW)
    assert excel(tmp_path).read()["Pengingat"] == [["Waktu"], ["baru"]]


def test_a_finding_leads_to_its_cell_in_the_register(tmp_path: Path) -> None:
    assert excel(tmp_path).cell_link("Register", "B7") == "external:register.xlsx#'Register'!B7"
    assert excel(tmp_path).cell_link("Register", "") is None


def test_setup_makes_a_register_that_is_complete_and_empty(tmp_path: Path) -> None:
    (told,) = excel(tmp_path).setup(staff_sheets(SCHEMA))
    assert "dibuat" in told
    grids = excel(tmp_path).read()
    assert {title: grids[title] for title in TITLES} == {
        tab.title: [[column.header for column in tab.columns]] for tab in SCHEMA.tabs.all()
    }
    assert "lengkap" in excel(tmp_path).setup(staff_sheets(SCHEMA))[-1]


def test_setup_tells_what_an_existing_register_lacks_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    headers = [column.header for column in SCHEMA.tabs.cases.columns if column.key != "decision"]
    columns = [Column("Buku Register", [header, "isian"]) for header in [*headers, " diterima"]]
    write_workbook(file, [Sheet("REGISTER", [Table(columns)]), *staff_sheets(SCHEMA)[1:3]], NOW)
    before = file.read_bytes(), file.stat().st_mtime_ns
    told = excel(tmp_path).setup(staff_sheets(SCHEMA))
    assert told[1:] == [
        "Tab Register: tajuk kolom Diterima berulang di kolom B dan Q; sisakan satu.",
        "Tab Register: tajuk kolom Keputusan tidak ada; tambahkan.",
        "Tab Jeda tidak ada; tambahkan tab itu dengan tajuk No. Register, Mulai, Selesai, Alasan.",
    ]
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert [each.name for each in tmp_path.iterdir()] == ["register.xlsx"]


def test_setup_works_on_a_file_system_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(_: Path, target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", unsupported)
    assert "dibuat" in excel(tmp_path).setup(staff_sheets(SCHEMA))[0]
    assert "sudah ada" in excel(tmp_path).setup(staff_sheets(SCHEMA))[0]


def test_setup_finds_the_headers_that_the_register_is_read_by(tmp_path: Path) -> None:
    book = excel(tmp_path)
    book.setup(staff_sheets(SCHEMA))
    register = openpyxl.load_workbook(tmp_path / "register.xlsx")
    for row in register["Register"].iter_rows(max_row=1):
        for cell in row:
            cell.value = f"\u00a0{str(cell.value).upper()}\u200b"
    register.save(tmp_path / "register.xlsx")
    assert read_register(book.read(), SCHEMA).header_faults == ()
    assert "Semua tab dan tajuk kolom lengkap." in book.setup(staff_sheets(SCHEMA))


def test_the_place_of_the_register_is_its_path(tmp_path: Path) -> None:
    """No link leads into a file, so that this is what mails say."""
    assert excel(tmp_path).case_link(2) is None
    assert excel(tmp_path).place() == str(tmp_path.resolve() / "register.xlsx")
