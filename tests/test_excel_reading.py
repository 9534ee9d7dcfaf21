"""A register is read as staff left it; one that cannot be read is told of in one sentence."""

import threading
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from automation.core.edges import EdgeError
from automation.core.tabs.staff import staff_sheets
from automation.workbooks.excel.reader import read_tabs
from automation.workbooks.excel.writer import workbook_bytes
from tests.excel_office import SCHEMA, TITLES, excel, sheet
from tests.offices import NOW


def staff_file(folder: Path) -> Path:
    """What people really leave: blanks in a title, a hidden row, merged cells, a failed formula."""
    file = folder / "register.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        tab = book.add_worksheet(" re GISTER ")
        tab.write_row(1, 1, ["No. Register", "Diterima"])
        tab.write_number(2, 2, 46349, date)
        tab.write_number(2, 3, 46349)
        tab.write_formula(3, 2, "=NA()", None, "#N/A")
        tab.write_string(4, 1, "tersembunyi")
        tab.set_row(4, None, None, {"hidden": True})
        tab.merge_range(5, 1, 5, 2, "gabung")
        book.add_worksheet("Jeda")
    return file


def test_cells_are_read_as_they_are(tmp_path: Path) -> None:
    grids = read_tabs(staff_file(tmp_path), TITLES)
    assert grids["Jeda"] == []
    assert grids["Register"] == [
        ["", "", "", ""],
        ["", "No. Register", "Diterima", ""],
        ["", "", datetime(2026, 11, 23).date(), 46349.0],
        ["", "", "#N/A", ""],
        ["", "tersembunyi", "", ""],
        ["", "gabung", "", ""],
    ]


def test_a_tab_that_is_missing_is_absent(tmp_path: Path) -> None:
    assert read_tabs(staff_file(tmp_path), TITLES).keys() == {"Register", "Jeda"}
    assert excel(tmp_path).read()["Petugas"] is None


def test_a_cell_at_the_end_of_the_tab_is_refused_and_not_read_into_memory(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "far.xlsx")) as book:
        book.add_worksheet("Register").write_string(1_048_575, 16_383, "x")
    with pytest.raises(EdgeError, match="jauh di luar isian"):
        read_tabs(tmp_path / "far.xlsx", ["Register"])


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "bukan buku kerja Excel"),
        (b"nomor,tanggal\n1,2\n", "bukan buku kerja Excel"),
        (half(workbook_bytes([sheet("a")], NOW)), "bukan buku kerja Excel"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000), "kata sandi"),
    ],
    ids=["empty", "text", "cut off", "encrypted"],
)
def test_a_file_that_is_no_workbook_is_told_in_one_sentence(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "register.xlsx").write_bytes(content)
    with pytest.raises(EdgeError, match=sentence):
        excel(tmp_path).read()


def test_a_missing_register_says_to_run_setup(tmp_path: Path) -> None:
    with pytest.raises(EdgeError, match="setup"):
        excel(tmp_path).read()


def test_a_register_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").mkdir()
    with pytest.raises(EdgeError, match="tidak dapat dibuka"):
        excel(tmp_path).read()


def test_a_register_that_is_being_saved_is_tried_again(tmp_path: Path) -> None:
    file, content = tmp_path / "register.xlsx", workbook_bytes(staff_sheets(SCHEMA), NOW)
    file.write_bytes(half(content))
    saved = threading.Timer(0.1, file.write_bytes, [content])
    saved.start()
    assert excel(tmp_path).read()["Register"]
    saved.join()


def test_a_damaged_register_is_given_up_after_a_moment(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_bytes(b"PK rusak")
    with pytest.raises(EdgeError):
        excel(tmp_path).read()
