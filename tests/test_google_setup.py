"""`setup` makes the nine tabs, repairs them, and leaves alone what staff typed."""

from collections.abc import Iterator
from typing import Any

import pytest

from automation.core.drawing import column_letter
from automation.core.register.reading import read_register
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.drawing.protection import protection_id
from tests.google_office import STAFF_ROWS, GoogleOffice, register_rows
from tests.offices import standard_schema
from tests.sheets_emulator import Emulator

STAFF_TITLES = ("Register", "Petugas", "Libur", "Jeda")
LOOK_UPS = ["Status", "Langkah Saat Ini", "Pemegang", "Batas Waktu"]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """An empty spreadsheet."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        yield GoogleOffice(emulator)


def titles(office: GoogleOffice) -> list[str]:
    return [sheet.title for sheet in office.emulator.spreadsheets[office.id].sheets]


def headers(title: str) -> list[str]:
    tab = next(tab for tab in standard_schema().tabs.all() if tab.title == title)
    return [column.header for column in tab.columns]


def formulas(office: GoogleOffice) -> list[str]:
    """What stands in the Register's header row behind the schema's columns."""
    row = office.emulator.read(office.id, "Register!1:1", "FORMULA")[0]
    return [str(cell) for cell in row if str(cell).startswith("=")]


def test_an_empty_spreadsheet_gets_nine_tabs_zone_and_locale(office: GoogleOffice) -> None:
    said = office.set_up()
    assert titles(office) == [*STAFF_TITLES, *PROGRAM_TITLES]
    properties = office.emulator.spreadsheets[office.id].properties
    assert (properties["timeZone"], properties["locale"]) == ("Asia/Jakarta", "in_ID")
    assert properties["autoRecalc"] == "MINUTE"
    assert [line for line in said if line.startswith("Tab ") and line.endswith(" dibuat.")] == [
        f"Tab {title} dibuat." for title in (*STAFF_TITLES, *PROGRAM_TITLES)
    ]


@pytest.mark.parametrize("title", STAFF_TITLES)
def test_a_staff_tab_has_headers_notes_and_a_frozen_row(office: GoogleOffice, title: str) -> None:
    office.set_up()
    tab = office.tab(title)
    assert office.cells(title)[0][: len(headers(title))] == headers(title)
    assert all(tab.cell(0, place).get("note") for place in range(len(headers(title))))
    assert tab.properties["gridProperties"]["frozenRowCount"] == 1
    (warning,) = tab.protected_ranges  # of the header alone: no sort of rows is asked about
    assert warning["warningOnly"]
    assert (warning["range"]["startRowIndex"], warning["range"]["endRowIndex"]) == (0, 1)


def test_cells_take_the_words_and_dates_of_their_column(office: GoogleOffice) -> None:
    office.set_up()
    register = office.tab("Register")
    rules = {
        header: register.cell(5, place).get("dataValidation", {}).get("condition", {})
        for place, header in enumerate(headers("Register"))
    }
    assert rules["Saluran"]["type"] == "ONE_OF_LIST"
    assert rules["Disposisi Kepada"]["values"] == [{"userEnteredValue": "='Petugas'!$A$2:$A"}]
    assert rules["Diterima"]["type"] == rules["1. Unduh"]["type"] == "CUSTOM_FORMULA"
    assert register.cell(5, 0)["userEnteredFormat"]["numberFormat"]["type"] == "TEXT"


def test_a_second_setup_changes_nothing(office: GoogleOffice) -> None:
    office.set_up({"Register": register_rows(3)})
    before = office.snapshot()
    assert office.set_up({"Register": register_rows(3)}) == [
        "Semua tab sudah lengkap; tidak ada yang perlu ditambahkan."
    ]
    assert office.snapshot() == before


def test_a_setup_leaves_the_summary_in_place_and_has_its_looks_repaired(
    office: GoogleOffice,
) -> None:
    office.set_up({"Register": register_rows(3), "Petugas": STAFF_ROWS})
    office.cycle()
    before, summary = office.program_record(), office.cells("Pemantauan")
    office.staff({"repeatCell": {"range": {"sheetId": int(office.tab("Pemantauan").id)},
                                 "cell": {}, "fields": "userEnteredFormat"}})  # fmt: skip
    office.set_up()
    assert [row[:-1] for row in office.cells("Pemantauan")[1:]] == [row[:-1] for row in summary[1:]]
    office.cycle()
    assert office.program_record() == before


class TestUsedSheet:
    """Staff had a register of their own, with other columns between and a title above."""

    CELLS: tuple[tuple[Any, ...], ...] = (
        ("Buku Register 2026",),
        ("Diterima", "Catatan saya", "no.register", "Jenis", "Keterangan"),
        (46349.5, "=1+1", "0001/ADU/XI/2026", "Aduan"),
        ("", "", "0002/ADU/XI/2026", "Aduan", "sudah"),
    )

    @pytest.fixture
    def office(self, office: GoogleOffice) -> GoogleOffice:
        sheet = {"sheetId": 0, "title": "Register", "gridProperties": {"columnCount": 5}}
        fields = "title,gridProperties.columnCount"
        office.staff({"updateSheetProperties": {"properties": sheet, "fields": fields}})
        office.emulator.write(
            office.id, "Register!A1:E4", [list(row) for row in self.CELLS], option="RAW"
        )
        office.staff({"addNamedRange": {"namedRange": {
            "name": "milik_staf", "range": {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2}}}},
            {"updateCells": {"start": {"sheetId": 0, "rowIndex": 1},
             "rows": [{"values": [{"note": "catatan staf"}]}], "fields": "note"}},
            {"addConditionalFormatRule": {"index": 0, "rule": {
                "ranges": [{"sheetId": 0}],
                "booleanRule": {"condition": {"type": "BLANK"}, "format": {
                    "backgroundColor": {"red": 1}}}}}},
        )  # fmt: skip
        return office

    def test_nothing_typed_is_lost_or_moved(self, office: GoogleOffice) -> None:
        office.set_up({"Register": register_rows(3)})
        assert [tuple(row[:5]) for row in office.cells("Register")][2:] == [
            self.CELLS[2],
            self.CELLS[3],
        ]
        assert office.cells("Register")[1][:5] == list(self.CELLS[1])
        assert office.cells("Register")[0] == list(self.CELLS[0])
        assert office.tab("Register").cell(1, 0)["note"] == "catatan staf"
        assert office.emulator.spreadsheets[office.id].named_ranges
        assert any(
            rule["booleanRule"]["condition"]["type"] == "BLANK"
            for rule in office.tab("Register").conditional_formats
        )

    def test_missing_columns_are_added_at_the_right(self, office: GoogleOffice) -> None:
        (told,) = [line for line in office.set_up() if "ditambahkan" in line]
        row = office.cells("Register")[1]
        assert sorted(row[5:-4]) == sorted(
            set(headers("Register")) - {"Diterima", "No. Register", "Jenis", "Keterangan"}
        )
        assert row[-4:] == LOOK_UPS
        assert "Saluran" in told

    def test_zone_and_locale_are_left_and_spoken_of(self, office: GoogleOffice) -> None:
        before = office.emulator.spreadsheets[office.id].properties["locale"]
        said = " ".join(office.set_up())
        assert office.emulator.spreadsheets[office.id].properties["locale"] == before
        assert "File > Setelan" in said

    def test_rules_follow_the_columns_where_they_are(self, office: GoogleOffice) -> None:
        office.set_up()
        register = office.tab("Register")
        assert register.cell(3, 3)["dataValidation"]["condition"]["type"] == "ONE_OF_LIST"
        assert formulas(office) == []
        (status,) = [
            cell["userEnteredValue"]["formulaValue"]
            for _, _, cell in register.filled(register.whole)
            if ';"Status";IF(' in cell.get("userEnteredValue", {}).get("formulaValue", "")
        ]
        assert "ROW($C$2:$C)=ROW($C$2)" in status
        shown = [
            value["userEnteredValue"]
            for rule in register.conditional_formats
            for value in rule["booleanRule"]["condition"].get("values", [])
        ]
        assert any("LEN($C2)>0" in formula for formula in shown)

    def test_a_second_setup_changes_nothing(self, office: GoogleOffice) -> None:
        office.set_up()
        before = office.snapshot()
        office.set_up()
        assert office.snapshot() == before


SPELLINGS = [
    "3. Disposisi\u200b",
    "3.\u00a0 DISPOSISI",
    "\uff13\uff0e disposisi",  # full-width
    "\u0663. Dispo\u00adsisi",  # Arabic-Indic, a soft hyphen
    '="3. "&"Disposisi"',
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_header_that_the_register_reads_is_added_again(
    office: GoogleOffice, spelling: str
) -> None:
    """One header in another spelling: it is read; setup and doctor have nothing to say."""
    office.set_up()
    place = headers("Register").index("3. Disposisi")
    office.type(f"Register!{column_letter(place)}1", [[spelling]])
    assert read_register(office.book.read(), standard_schema()).header_faults == ()
    before = office.snapshot()
    assert [check.sentence for check in office.book.checks() if not check.healthy] == []
    assert office.set_up() == ["Semua tab sudah lengkap; tidak ada yang perlu ditambahkan."]
    assert office.snapshot() == before


def test_a_doubled_header_is_told_of(office: GoogleOffice) -> None:
    office.set_up()
    office.type("Petugas!F1", [["su rel"]])
    assert office.set_up() == [
        "Tab Petugas: tajuk kolom ditambahkan di kanan: Cuti Mulai.",
        "Tab Petugas: tajuk kolom Surel berulang di kolom C dan F; sisakan satu.",
    ]


def test_look_ups_survive_sorting_inserting_and_moving(office: GoogleOffice) -> None:
    office.set_up({"Register": register_rows(3)})
    before = formulas(office)
    register = {"sheetId": office.register_id}
    rows = {**register, "startRowIndex": 1}
    numbers = {**register, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    place = {**register, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    office.staff(
        {"sortRange": {"range": rows, "sortSpecs": [{"sortOrder": "DESCENDING"}]}},
        {"insertDimension": {"range": place}},
    )
    assert formulas(office) == before
    office.staff({"moveDimension": {"source": numbers, "destinationIndex": 4}})
    moved = [f.replace("$A$1:$A", "$D$1:$D").replace("$A$1", "$D$1") for f in before]
    assert formulas(office) == moved
    assert all("ROW($D$1:$D)=ROW($D$1)" in formula for formula in moved)
    office.set_up()
    assert len(formulas(office)) == len(LOOK_UPS)


def test_removed_parts_are_put_back(office: GoogleOffice) -> None:
    office.set_up()
    healthy = office.snapshot()
    register = {"sheetId": office.register_id}
    office.staff(
        {"deleteConditionalFormatRule": {**register, "index": 2}},
        {"setDataValidation": {"range": {**register, "startRowIndex": 1}}},
        {"repeatCell": {"range": {**register, "endRowIndex": 1}, "cell": {}, "fields": "note"}},
    )
    assert office.snapshot() != healthy
    office.set_up()
    assert office.snapshot() == healthy


def test_a_warning_at_every_sort_that_an_older_setup_left_is_taken_away(
    office: GoogleOffice,
) -> None:
    office.set_up()
    before = office.tab("Register").protected_ranges
    below = {"sheetId": office.register_id, "startRowIndex": 0, "startColumnIndex": 17}
    identity = protection_id("Register", "look-up")
    old = {"protectedRangeId": identity, "range": below, "warningOnly": True}
    office.staff({"addProtectedRange": {"protectedRange": old}})
    office.set_up()
    assert office.tab("Register").protected_ranges == before


def test_deleted_protection_and_tabs_come_back(office: GoogleOffice) -> None:
    office.set_up()
    protected = office.tab("Register").protected_ranges[0]["protectedRangeId"]
    office.staff(
        {"deleteProtectedRange": {"protectedRangeId": protected}},
        {"deleteSheet": {"sheetId": int(office.tab("Libur").id)}},
        {"deleteSheet": {"sheetId": int(office.tab("Temuan").id)}},
    )
    said = office.set_up()
    assert "Tab Libur dibuat." in said
    assert "Tab Temuan dibuat." in said
    assert protected in [p["protectedRangeId"] for p in office.tab("Register").protected_ranges]


def test_the_register_can_be_filtered_and_a_filter_of_staff_s_own_is_kept(
    office: GoogleOffice,
) -> None:
    office.set_up()
    area = office.tab("Register").basic_filter["range"]
    assert (area["startRowIndex"], area["startColumnIndex"]) == (0, 0)
    assert area["endColumnIndex"] == len(headers("Register")) + len(LOOK_UPS)
    own = {"range": {"sheetId": office.register_id, "startRowIndex": 0, "endColumnIndex": 3}}
    office.staff({"setBasicFilter": {"filter": own}})
    kept = office.tab("Register").basic_filter
    office.set_up()
    assert office.tab("Register").basic_filter == kept


def test_a_tab_of_staff_s_own_that_is_in_the_way_is_kept_and_told_of(office: GoogleOffice) -> None:
    office.staff({"addSheet": {"properties": {"sheetId": 5, "title": "temuan"}}})
    office.type("temuan!A1", [["milik staf"]])
    assert "Tab temuan yang sudah ada diberi nama temuan (lama 5)." in office.set_up()
    assert office.cells("temuan (lama 5)") == [["milik staf"]]


def test_rows_are_written_only_into_an_empty_tab(office: GoogleOffice) -> None:
    office.set_up()
    office.type("Petugas!A2", [["Sri Lestari"]])
    office.set_up({"Petugas": STAFF_ROWS, "Register": register_rows(2)})
    assert office.cells("Petugas")[1:] == [["Sri Lestari"]]
    assert len(office.cells("Register")) == 3


def test_an_old_name_of_the_locale_is_tried_where_the_new_one_is_refused(
    office: GoogleOffice,
) -> None:
    office.emulator.doubts.indonesian = "in_ID"
    office.set_up()
    assert office.emulator.spreadsheets[office.id].properties["locale"] == "in_ID"
    assert "lokal" not in " ".join(office.set_up())


def test_a_replaced_register_is_linked_to_after_setup(office: GoogleOffice) -> None:
    office.set_up()
    office.staff(
        {"deleteSheet": {"sheetId": office.register_id}},
        {"addSheet": {"properties": {"sheetId": 7, "title": "Register"}}},
    )
    office.set_up()
    office.book.read()
    assert "#gid=7&" in str(office.book.case_link(2))


def test_the_register_marks_each_case_of_a_line_of_several(office: GoogleOffice) -> None:
    """`Temuan` tells of one mistake in many rows once; the cases stand in its hidden column."""
    rows = register_rows(5)
    for row in rows[:4]:
        row[1] = "31/02/2026"  # no such day
    office.set_up({"Register": rows})
    office.cycle()
    (rule,) = [
        rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]
        for rule in office.tab("Register").conditional_formats
        if "COUNTIFS" in str(rule)
    ]
    for row in (2, 5, 6):
        office.type(f"Libur!D{row}", [[rule.replace("$A1", f"Register!$A{row}")]])
    marked = [row[3] for row in office.cells("Libur")[1:] if len(row) > 3]
    assert marked == [True, True, False]
    assert "baris 2–5" in [row[5] for row in office.cells("Temuan")]
