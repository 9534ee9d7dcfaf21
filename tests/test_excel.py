"""Excel workbooks: read as staff left them, drawn as described, replaced whole or not at all."""

import errno
import os
import subprocess
import sys
import threading
import time
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from automation.core.drawing import (
    BLUE,
    Area,
    Chart,
    Choice,
    Column,
    Condition,
    Label,
    Moment,
    Series,
    Sheet,
    Table,
    Value,
)
from automation.core.edges import EdgeError, Published
from automation.core.staff_tabs import staff_sheets
from automation.settings import Settings, load_schema
from automation.workbooks.excel import ExcelWorkbook
from automation.workbooks.excel_reader import read_tabs
from automation.workbooks.excel_writer import workbook_bytes, write_workbook

NOW = datetime(2026, 11, 23, 10, 0)
SCHEMA = load_schema(Settings())
TITLES = [tab.title for tab in SCHEMA.tabs.all()]


def excel(folder: Path) -> ExcelWorkbook:
    return ExcelWorkbook(folder / "register.xlsx", folder / "ringkasan.xlsx", TITLES)


def sheet(*values: Value, **more: Any) -> Sheet:
    """A tab with one column."""
    return Sheet("Ringkasan", [Table([Column("Kolom", values)])], **more)


def opened(folder: Path, drawn: Sheet) -> Any:
    """The tab as openpyxl sees it."""
    write_workbook(folder / "drawn.xlsx", [drawn], NOW)
    return openpyxl.load_workbook(folder / "drawn.xlsx")[drawn.title]


def read_back(folder: Path, *values: Value) -> list[object]:
    write_workbook(folder / "drawn.xlsx", [sheet(*values)], NOW)
    return [row[0] for row in read_tabs(folder / "drawn.xlsx", ["Ringkasan"])["Ringkasan"]][1:]


# Writing


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62812345", "@x", "-5", "http://contoh.example.id", "{=A1}", "0812", "_x0041_", "Å…"],
)
def test_text_stays_the_text_it_was(text: str, tmp_path: Path) -> None:
    assert read_back(tmp_path, text) == [text]
    cell = opened(tmp_path, sheet(text))["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 23, 8, 15, 30)
    assert read_back(tmp_path, 3, 2.5, True, moment) == [3.0, 2.5, True, moment]


def test_a_value_that_is_none_is_an_empty_cell(tmp_path: Path) -> None:
    nan, infinite = float("nan"), float("inf")
    assert read_back(tmp_path, None, nan, infinite, "", "akhir") == ["", "", "", "", "akhir"]


def test_text_that_a_cell_cannot_hold_is_cut_or_cleaned(tmp_path: Path) -> None:
    cleaned, cut = read_back(tmp_path, "a\x00b\x1b\ud800c\nd", "x" * 40_000)
    assert cleaned == "abc\nd"
    assert len(str(cut)) == 32_767
    assert str(cut).endswith("…")


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="list"):
        workbook_bytes([sheet([1])], NOW)  # type: ignore[arg-type]


def test_a_date_among_text_is_shown_as_a_date(tmp_path: Path) -> None:
    assert opened(tmp_path, sheet("teks", NOW))["A3"].number_format == 'dd/mm/yyyy hh"."mm'


def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = staff_sheets(SCHEMA)
    assert workbook_bytes(sheets, NOW) == workbook_bytes(sheets, NOW)


def test_page_and_grid_are_as_drawn(tmp_path: Path) -> None:
    columns = [
        Column("No.", ["1", "2"], "plain", 9, note="Nomor.\nWajib."),
        Column("Uraian", ["pendek", "panjang " * 20], "wrap", 30),
        Column("Kode", ["a", "b"], hidden=True),
    ]
    tab = opened(
        tmp_path,
        Sheet(
            "Ringkasan",
            [Table(columns)],
            frozen_rows=1,
            frozen_columns=1,
            filtered=True,
            color="2E7D32",
            heights={5: 45},
            widths={4: 50},
        ),
    )
    assert (tab.freeze_panes, tab.auto_filter.ref) == ("B2", "A1:C3")
    assert tab.print_title_rows == "$1:$1"
    assert (tab.page_setup.orientation, tab.page_setup.fitToHeight) == ("landscape", 0)
    assert tab.sheet_properties.tabColor.rgb == "FF2E7D32"
    assert round(tab.column_dimensions["B"].width) == 31
    assert tab.column_dimensions["C"].hidden
    assert round(tab.column_dimensions["E"].width) == 51
    assert tab.row_dimensions[6].height == 45
    assert tab.row_dimensions[3].height == 6 * 15
    assert tab["A1"].comment.text == "Nomor.\nWajib."
    assert (tab["A2"].number_format, tab["B3"].alignment.wrap_text) == ("@", True)


def test_empty_rows_for_staff_are_formatted_and_filterable(tmp_path: Path) -> None:
    table = Table([Column("Kontak", [], "plain"), Column("Mulai", [], "date")])
    tab = opened(tmp_path, Sheet("Ringkasan", [table], room=100, filtered=True))
    assert tab.auto_filter.ref == "A1:B102"
    assert tab.column_dimensions["B"].number_format == "dd/mm/yyyy"


def test_labels_span_columns(tmp_path: Path) -> None:
    labels = [Label(0, 0, "=Judul", "title", 3), Label(2, 1, 0.5, "figure_percent")]
    tab = opened(tmp_path, Sheet("Ringkasan", labels=labels))
    assert [str(merged) for merged in tab.merged_cells.ranges] == ["A1:C1"]
    assert (tab["A1"].value, tab["A1"].data_type, tab["A1"].font.size) == ("=Judul", "s", 18)
    assert (tab["B3"].value, tab["B3"].number_format) == (0.5, "0.0%")


def test_links_lead_to_tabs_files_and_https_only(tmp_path: Path) -> None:
    links = ["#Tab Lain!B7", "external:register.xlsx#'Register'!A2", "https://a.example.id", None]
    links += ["javascript:x", "file:///etc/passwd"]
    column = Column("Sel", list("abcdef"), links=links)
    tab = opened(tmp_path, Sheet("Ringkasan", [Table([column])]))
    found = [tab.cell(row, 1).hyperlink for row in range(2, 8)]
    assert found[0].location == "'Tab Lain'!B7"
    assert (found[1].target, found[1].location) == ("register.xlsx", "'Register'!A2")
    assert found[2].target == "https://a.example.id"
    assert found[3:] == [None, None, None]
    assert [tab.cell(row, 1).value for row in range(2, 8)] == list("abcdef")


def test_rules_are_as_drawn(tmp_path: Path) -> None:
    area = Area(1, 0, 9, 0)
    tab = opened(
        tmp_path,
        sheet(
            "a",
            conditions=[Condition(area, "$A2>1", "bad")],
            choices=[
                Choice(area, ["Ya", "Tidak"], strict=True),
                Choice(area, source="Petugas!$A$2:$A$9", hint="Pilih."),
            ],
            moments=[Moment(area, "datetime", "Tanggal."), Moment(area, "time")],
        ),
    )
    (ranges, rules), *_ = tab.conditional_formatting._cf_rules.items()
    assert (str(ranges.sqref), rules[0].formula) == ("A2:A10", ["$A2>1"])
    assert rules[0].dxf.font.color.rgb == "FFC0392B"
    told = [
        (rule.type, rule.errorStyle, rule.formula1) for rule in tab.data_validations.dataValidation
    ]
    assert told == [
        ("list", None, '"Ya,Tidak"'),
        ("list", "warning", "Petugas!$A$2:$A$9"),
        ("date", "warning", "36526"),
        ("time", "warning", "0"),
    ]
    assert tab.data_validations.dataValidation[2].prompt == "Tanggal."


def test_a_list_that_a_rule_cannot_hold_is_kept_on_a_hidden_tab(tmp_path: Path) -> None:
    area, words = Area(1, 0, 9, 0), ["Kepala, Dinas", "Staf"]
    file = tmp_path / "drawn.xlsx"
    write_workbook(file, [sheet(choices=[Choice(area, words), Choice(area, words)])], NOW)
    book = openpyxl.load_workbook(file)
    kept = book["Daftar Pilihan"]
    assert kept.sheet_state == "hidden"
    assert [cell.value for cell in kept["A"]] == words
    assert kept.max_column == 1
    rules = book["Ringkasan"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {"'Daftar Pilihan'!$A$1:$A$2"}


def test_charts_are_fed_from_their_own_tab(tmp_path: Path) -> None:
    table = Table([Column("Bulan", ["Okt", "Nov"]), Column("Masuk", [3, 5], "integer")])
    series = [Series("Masuk", table.area("Masuk"), BLUE)]
    chart = Chart("column", "Berkas", table.area("Bulan"), series, 5, 0, stacked=True)
    write_workbook(tmp_path / "drawn.xlsx", [Sheet("Ringkasan", [table], charts=[chart])], NOW)
    drawn = zipfile.ZipFile(tmp_path / "drawn.xlsx").read("xl/charts/chart1.xml").decode()
    for part in ("Berkas", "Ringkasan!$A$2:$A$3", "Ringkasan!$B$2:$B$3", BLUE, '"stacked"'):
        assert part in drawn


# Reading


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
    start = time.monotonic()
    with pytest.raises(EdgeError):
        excel(tmp_path).read()
    assert time.monotonic() - start < 2


# Publishing


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
    refuse(monkeypatch, "ringkasan.xlsx", "ringkasan (baru).xlsx")
    with pytest.raises(EdgeError, match="tutup kedua berkas"):
        excel(tmp_path).publish([sheet("baru")], NOW)
    assert not list(tmp_path.iterdir())


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
from tests.test_excel import NOW, Path, excel, sheet

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


# Setting up


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
