"""Tabs are drawn into a workbook as they are described; text stays text."""

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from automation.core.drawing import (
    BLUE,
    Area,
    Chart,
    Choice,
    Column,
    Condition,
    Formula,
    Label,
    Moment,
    Paper,
    Series,
    Sheet,
    Table,
    Value,
)
from automation.core.tabs.staff import staff_sheets
from automation.workbooks.excel.reader import read_tabs
from automation.workbooks.excel.writer import workbook_bytes, write_workbook
from tests.excel_office import SCHEMA, sheet
from tests.offices import NOW

VML = "xl/drawings/vmlDrawing1.vml"


def opened(folder: Path, drawn: Sheet) -> Any:
    """The tab as openpyxl sees it."""
    write_workbook(folder / "drawn.xlsx", [drawn], NOW)
    return openpyxl.load_workbook(folder / "drawn.xlsx")[drawn.title]


def read_back(folder: Path, *values: Value) -> list[object]:
    write_workbook(folder / "drawn.xlsx", [sheet(*values)], NOW)
    return [row[0] for row in read_tabs(folder / "drawn.xlsx", ["Ringkasan"])["Ringkasan"]][1:]


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
    assert tab.row_dimensions[3].height == 7 * 15
    assert tab["A1"].comment.text == "Nomor.\nWajib."
    assert (tab["A2"].number_format, tab["B3"].alignment.wrap_text) == ("@", True)


def test_empty_rows_for_staff_are_formatted_and_filterable(tmp_path: Path) -> None:
    table = Table([Column("Kontak", [], "plain"), Column("Mulai", [], "date")])
    tab = opened(tmp_path, Sheet("Ringkasan", [table], room=100, filtered=True))
    assert tab.auto_filter.ref == "A1:B102"
    assert tab.column_dimensions["B"].number_format == "dd/mm/yyyy"


def test_labels_span_columns(tmp_path: Path) -> None:
    labels = [Label(0, 0, "=Judul", "title", 3), Label(2, 1, 0.5, "percent")]
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
                Choice(area, ["Ya", "Tidak"]),
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
        ("list", "warning", '"Ya,Tidak"'),
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
    chart = Chart("column", "Berkas", table.area("Bulan"), series, 5, 0)
    write_workbook(tmp_path / "drawn.xlsx", [Sheet("Ringkasan", [table], charts=[chart])], NOW)
    drawn = zipfile.ZipFile(tmp_path / "drawn.xlsx").read("xl/charts/chart1.xml").decode()
    for part in ("Berkas", "Ringkasan!$A$2:$A$3", "Ringkasan!$B$2:$B$3", BLUE):
        assert part in drawn


def test_a_formula_is_one_and_shows_what_it_comes_to_before_anybody_reckons(tmp_path: Path) -> None:
    drawn = Sheet("Ringkasan", labels=[Label(0, 0, Formula('IF(B1=1,"satu","lain")', "satu"))])
    assert opened(tmp_path, drawn)["A1"].value == '=IF(B1=1,"satu","lain")'
    assert read_tabs(tmp_path / "drawn.xlsx", ["Ringkasan"])["Ringkasan"] == [["satu"]]


def test_only_its_paper_is_printed_and_on_one_page_if_it_says_so(tmp_path: Path) -> None:
    one_page = Paper(Area(0, 0, 40, 11), one_page=True)
    tab = opened(tmp_path, sheet("a", paper=one_page, landscape=False))
    assert tab.print_area == "'Ringkasan'!$A$1:$L$41"
    assert (tab.page_setup.fitToWidth, tab.page_setup.fitToHeight) in ((1, 1), (None, None))
    assert tab.page_setup.orientation == "portrait"
    many = opened(tmp_path, sheet("a", paper=Paper(Area(0, 0, 40, 11))))
    assert many.page_setup.fitToHeight == 0


def test_a_note_on_a_cell_can_be_read_as_a_whole(tmp_path: Path) -> None:
    """One line of 46 characters each, and none more than the box holds."""
    sums = "\n".join(["Sen 23/11 07.30–10.00: 150 mnt"] * 9 + ["x" * 100])
    column = Column("Sisa", ["lewat 5 menit", None], notes=[sums, None])
    tab = opened(tmp_path, Sheet("Pemantauan", [Table([column])]))
    assert (tab["A2"].comment.text, tab["A3"].comment) == (sums, None)
    with zipfile.ZipFile(tmp_path / "drawn.xlsx") as package:
        (box,) = re.findall(r"width:([\d.]+)pt;height:([\d.]+)pt", str(package.read(VML)))
    assert [round(float(points) * 4 / 3) for points in box] == [320, 13 * 17]
