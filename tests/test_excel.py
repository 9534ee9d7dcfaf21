"""The Excel workbooks, with real files."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from automation.core.drawing import (
    BLUE,
    Area,
    Chart,
    Column,
    Condition,
    Label,
    Series,
    Sheet,
    Table,
    Value,
)
from automation.core.edges import EdgeError
from automation.workbooks.excel import ExcelWorkbook
from automation.workbooks.excel_writer import write_workbook

Patch = pytest.MonkeyPatch
NOW = datetime(2026, 11, 23, 8, 15)
TITLES = ("Register", "Petugas")
ROOT = Path(__file__).parent.parent


def sheet(title: str, *columns: Column, **more: Any) -> Sheet:
    return Sheet(title, [Table(columns)], **more)


def staff() -> list[Sheet]:
    return [
        sheet("Register", Column("No. Register", ["0001"], "plain"), Column("Diterima", [NOW])),
        sheet("Petugas", Column("Nama", ["Sri"]), Column("Surel", [])),
    ]


@pytest.fixture
def workbook(tmp_path: Path) -> ExcelWorkbook:
    return ExcelWorkbook(tmp_path / "register.xlsx", tmp_path / "ringkasan.xlsx", TITLES)


def written(tmp_path: Path, *sheets: Sheet) -> Any:
    write_workbook(tmp_path / "book.xlsx", sheets, NOW)
    return openpyxl.load_workbook(tmp_path / "book.xlsx")


def refuse(*_: object) -> Any:
    raise PermissionError


def file_names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("text", ["=1+1", "+62812", "@x", "-3", "0812", "http://a.id", "{=A1}"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    cell = written(tmp_path, sheet("A", Column("K", [text])))["A"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("value", [None, "", float("nan"), float("inf")])
def test_nothing_leaves_a_cell_blank(tmp_path: Path, value: Value) -> None:
    assert written(tmp_path, sheet("A", Column("K", [value, 1])))["A"]["A2"].value is None


@pytest.mark.parametrize("value", [3, 2.5, True, NOW, "teks"])
def test_values_keep_their_kind_in_a_mixed_column(tmp_path: Path, value: Value) -> None:
    column = Column("K", [value, "lain", 7])
    assert written(tmp_path, sheet("A", column))["A"]["A2"].value == value


def test_what_a_cell_cannot_hold_is_left_out(tmp_path: Path) -> None:
    page = written(tmp_path, sheet("A", Column("K", ["a\x00b\x1bc\nd\ud800", "x" * 40_000])))["A"]
    assert page["A2"].value == "abc\nd"
    assert len(page["A3"].value) == 32_767


def test_links_lead_into_the_book_and_out_of_it(tmp_path: Path) -> None:
    links = ["#B!A1", "external:register.xlsx#'Register'!A42", "https://a.id/x", None]
    page = written(
        tmp_path, sheet("A", Column("K", ["satu", 2, "tiga", "empat"], links=links)), Sheet("B")
    )["A"]
    places = [page.cell(row, 1).hyperlink for row in range(2, 6)]
    assert places[0].location == "B!A1"
    assert (places[1].target, places[1].location) == ("register.xlsx", "'Register'!A42")
    assert places[2].target == "https://a.id/x"
    assert places[3] is None
    assert [page.cell(row, 1).value for row in range(2, 6)] == ["satu", 2, "tiga", "empat"]


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(tmp_path / name, staff(), NOW)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_sheet_is_drawn_with_all_that_it_says(tmp_path: Path) -> None:
    page = written(
        tmp_path,
        sheet(
            "A",
            Column("Nama", ["Sri", "Ani"], width=30, note="Nama lengkap."),
            Column("Kode", [1, 2], "plain", hidden=True),
            room=10,
            frozen_rows=1,
            frozen_columns=1,
            filtered=True,
            color="C0392B",
            conditions=[Condition(Area(1, 0, 2, 0), '$A2="Sri"', "bad")],
        ),
    )["A"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:B13"
    assert page["A1"].comment.text == "Nama lengkap."
    assert page.column_dimensions["A"].width == pytest.approx(30, abs=1)
    assert page.column_dimensions["B"].hidden
    assert page.column_dimensions["B"].number_format == "@"
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.tabColor.rgb == "FFC0392B"
    [(area, [rule])] = page.conditional_formatting._cf_rules.items()
    assert (str(area.sqref), rule.formula) == ("A2:A3", ['$A2="Sri"'])


def test_labels_span_and_keep_their_link(tmp_path: Path) -> None:
    label = Label(1, 1, 0.5, "figure_percent", span=3, link="#A!A1")
    page = written(tmp_path, Sheet("A", labels=[label], widths={1: 22}, heights={1: 36}))["A"]
    assert page["B2"].value == 0.5
    assert [str(area) for area in page.merged_cells.ranges] == ["B2:D2"]
    assert page["B2"].hyperlink.location == "A!A1"
    assert page.row_dimensions[2].height == 36


def test_charts_are_drawn(tmp_path: Path) -> None:
    columns = Column("Langkah", ["a", "b"]), Column("Nilai", [1, 2])
    charts = [
        Chart(kind, "Judul", Area(1, 0, 2, 0), [Series("N", Area(1, 1, 2, 1), BLUE)], 5, 0)
        for kind in ("column", "bar", "line")
    ]
    page = written(tmp_path, sheet("A", *columns, charts=charts))["A"]
    assert len(page._charts) == 3


def test_the_register_is_read(workbook: ExcelWorkbook) -> None:
    workbook.setup(staff())
    grids = workbook.read()
    assert list(grids) == ["Register", "Petugas"]
    assert grids["Register"] == [["No. Register", "Diterima"], ["0001", NOW]]


def test_a_tab_is_found_whatever_its_case(tmp_path: Path, workbook: ExcelWorkbook) -> None:
    write_workbook(tmp_path / "register.xlsx", [Sheet("REGIS ter", staff()[0].tables)], NOW)
    grids = workbook.read()
    assert grids["Register"] is not None
    assert grids["Petugas"] is None


def test_the_own_tab_is_read_back(tmp_path: Path, workbook: ExcelWorkbook) -> None:
    workbook.setup(staff())
    workbook.publish([sheet("Pengingat", Column("Kode", ["k1"]))], NOW)
    assert workbook.read()["Pengingat"] == [["Kode"], ["k1"]]
    (tmp_path / "ringkasan.xlsx").write_bytes(b"rusak")
    assert "Pengingat" not in workbook.read()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_register_is_told(
    tmp_path: Path, workbook: ExcelWorkbook, share: float
) -> None:
    workbook.setup(staff())
    whole = (tmp_path / "register.xlsx").read_bytes()
    (tmp_path / "register.xlsx").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(EdgeError, match="rusak atau bukan buku kerja Excel"):
        workbook.read()


def test_a_register_that_is_missing_or_closed_to_us_is_told(
    workbook: ExcelWorkbook, monkeypatch: Patch
) -> None:
    with pytest.raises(EdgeError, match="python -m automation setup"):
        workbook.read()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(EdgeError, match="tidak dapat dibuka"):
        workbook.read()


def test_publishing_replaces_and_clears_up(tmp_path: Path, workbook: ExcelWorkbook) -> None:
    (tmp_path / ".ringkasan-99.tmp").touch()
    (tmp_path / "ringkasan (baru).xlsx").touch()
    assert workbook.publish(staff(), NOW).complete
    assert file_names(tmp_path) == ["ringkasan.xlsx"]


def test_an_open_summary_gets_the_new_one_beside_it(
    tmp_path: Path, workbook: ExcelWorkbook, monkeypatch: Patch
) -> None:
    (tmp_path / "ringkasan.xlsx").write_bytes(b"lama")
    move = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda a, b: (refuse if b.name == "ringkasan.xlsx" else move)(a, b)
    )
    published = workbook.publish(staff(), NOW)
    assert not published.complete
    assert "ringkasan (baru).xlsx" in published.note
    assert file_names(tmp_path) == ["ringkasan (baru).xlsx", "ringkasan.xlsx"]
    assert (tmp_path / "ringkasan.xlsx").read_bytes() == b"lama"


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    workbook = ExcelWorkbook(tmp_path / "r.xlsx", tmp_path / "tiada" / "s.xlsx", TITLES)
    with pytest.raises(EdgeError, match="tidak dapat ditulis"):
        workbook.publish(staff(), NOW)


def test_a_full_disk_leaves_the_old_summary(
    tmp_path: Path, workbook: ExcelWorkbook, monkeypatch: Patch
) -> None:
    (tmp_path / "ringkasan.xlsx").write_bytes(b"lama")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EdgeError, match="ruang"):
        workbook.publish(staff(), NOW)
    assert file_names(tmp_path) == ["ringkasan.xlsx"]
    assert (tmp_path / "ringkasan.xlsx").read_bytes() == b"lama"


KILLED = """
import os, sys, time
from datetime import datetime
from pathlib import Path
from automation.core.drawing import Column, Sheet, Table
from automation.workbooks.excel import ExcelWorkbook
def wait(_):
    print("writing", flush=True)
    time.sleep(60)
os.fsync = wait
folder = Path(sys.argv[1])
book = ExcelWorkbook(folder / "register.xlsx", folder / "ringkasan.xlsx", ())
book.publish([Sheet("A", [Table([Column("K", ["x"])])])], datetime(2026, 11, 23))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process")
def test_a_killed_run_leaves_the_old_summary(tmp_path: Path, workbook: ExcelWorkbook) -> None:
    (tmp_path / "ringkasan.xlsx").write_bytes(b"lama")
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "writing\n"
        run.kill()
    assert (tmp_path / "ringkasan.xlsx").read_bytes() == b"lama"
    assert len(file_names(tmp_path)) == 2
    workbook.publish(staff(), NOW)
    assert file_names(tmp_path) == ["ringkasan.xlsx"]


def test_links_lead_from_the_summary_to_the_register(tmp_path: Path) -> None:
    workbook = ExcelWorkbook(tmp_path / "buku" / "register.xlsx", tmp_path / "hasil" / "s.xlsx", ())
    assert workbook.cell_link("Register", "A42") == "external:../buku/register.xlsx#'Register'!A42"
    assert workbook.cell_link("Register", "") is None


def test_setup_twice_changes_no_byte(tmp_path: Path, workbook: ExcelWorkbook) -> None:
    assert "dibuat" in workbook.setup(staff())[0]
    before = (tmp_path / "register.xlsx").read_bytes()
    lines = workbook.setup([sheet("Register", Column("Lain", []))])
    assert (tmp_path / "register.xlsx").read_bytes() == before
    assert lines[1:] == ["Tab Register: tambahkan tajuk kolom yang tidak ada: Lain."]
    assert "lengkap" in workbook.setup(staff())[1]
    assert file_names(tmp_path) == ["register.xlsx"]


def test_setup_tells_missing_tabs_and_doubled_headers(
    tmp_path: Path, workbook: ExcelWorkbook
) -> None:
    doubled = sheet("Register", *(Column(h, []) for h in ("No. Register", "Diterima", "diterima")))
    write_workbook(tmp_path / "register.xlsx", [doubled], NOW)
    assert workbook.setup(staff())[1:] == [
        "Tab Register: hapus tajuk kolom yang berulang: Diterima.",
        "Tab Petugas tidak ada; tambahkan tab itu dengan tajuk Nama, Surel.",
    ]


def test_setup_works_without_hard_links(
    tmp_path: Path, workbook: ExcelWorkbook, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    workbook.setup(staff())
    assert workbook.read()["Register"] is not None
