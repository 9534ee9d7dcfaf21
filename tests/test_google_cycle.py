"""A cycle over a Google spreadsheet: one read, one write of what changed, and nothing of staff's."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import Any

import pytest

from automation.core.drawing import Column, Sheet, Table, Value
from automation.core.words.titles import PROGRAM_TITLES
from tests.google_office import STAFF_ROWS, GoogleOffice, ready_office, register_rows
from tests.offices import NOW
from tests.sheets_emulator import Emulator

STAFF_TITLES = ("Register", "Petugas", "Libur", "Jeda")


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """Set up, with ten cases, the last of them of a month ago, published once."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        *rows, last = register_rows(10)
        rows.append(withdrawn_a_month_ago(last))
        everything = {"Register": rows, "Petugas": STAFF_ROWS}
        yield ready_office(emulator, everything, published=True)


def withdrawn_a_month_ago(row: list[Value]) -> list[Value]:
    """So that `Ringkasan` has two months to draw."""
    number, received, *others = row
    assert isinstance(received, datetime)
    facts = others[:6]
    return [number, received - timedelta(days=31), *facts, *[None] * 7, "Dicabut", None]


def program_cells(office: GoogleOffice) -> dict[str, Any]:
    return {title: office.cells(title) for title in PROGRAM_TITLES}


def staff_record(office: GoogleOffice) -> str:
    return repr([office.tab(title) for title in STAFF_TITLES])


def insert_row(office: GoogleOffice, row: int) -> dict[str, Any]:
    place = {"dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    return {"insertDimension": {"range": {"sheetId": office.register_id, **place}}}


def test_when_only_the_clock_moved_only_the_time_stamp_is_written(
    office: GoogleOffice,
) -> None:
    before = program_cells(office)
    with office.counted() as made:
        office.cycle(NOW + timedelta(minutes=1))
    after = program_cells(office)
    assert after["Ringkasan"][2][0] == "Keadaan per Senin, 23 November 2026, pukul 10.01 WIB"
    after["Ringkasan"][1:3] = before["Ringkasan"][1:3]  # until when it is new, and of when it is
    assert after == before
    assert made == {"batchGet": 1, "batchUpdate": 1}


def test_a_new_process_needs_no_more_calls(office: GoogleOffice) -> None:
    office.book = office.workbook()
    with office.counted() as made:
        office.cycle()
    assert made == {"batchGet": 1}


def test_a_cycle_never_writes_into_staff_s_tabs(office: GoogleOffice) -> None:
    office.type("Register!A3", [["=1+1"]])
    before = staff_record(office)
    office.cycle(NOW + timedelta(hours=1))
    assert staff_record(office) == before


def test_text_that_looks_like_a_formula_stays_text(office: GoogleOffice) -> None:
    office.emulator.write(office.id, "Petugas!A2", [["=Adi+1"]], option="RAW")
    office.emulator.write(office.id, "Register!I2", [[""] * 7], option="RAW")
    office.cycle()
    cells = [
        office.tab("Pemantauan").cell(row, column).get("userEnteredValue", {})
        for row in range(1, 4)
        for column in range(9)
    ]
    assert {"stringValue": "=Adi+1"} in cells
    assert not any("formulaValue" in value for value in cells)


def test_links_follow_the_case_when_a_row_is_inserted_above_it(office: GoogleOffice) -> None:
    office.staff(insert_row(office, 1))
    office.cycle()
    first = 1 + [row[0] for row in office.cells("Pemantauan")[1:]].index("0001/ADU/XI/2026")
    link = office.tab("Pemantauan").cell(first, 0)["userEnteredFormat"]["textFormat"]["link"]
    assert link["uri"] == f"#gid={office.register_id}&range=A3"
    assert office.book.case_link(3) == (
        f"https://docs.google.com/spreadsheets/d/{office.id}/edit#gid={office.register_id}&range=A3"
    )


def test_cases_that_are_gone_leave_no_row_behind(office: GoogleOffice) -> None:
    office.type("Register!A4:P11", [[""] * 16 for _ in range(8)])
    office.cycle()
    assert len(office.cells("Pemantauan")) == 3
    assert office.tab("Pemantauan").row_count == 3


def test_a_row_has_no_height_left_from_what_stood_there_before(office: GoogleOffice) -> None:
    table = Table([Column("Uraian", ["a", "b", "c"])])
    for heights, shown in (({2: 45}, [21, 60, 21]), ({3: 30}, [21, 21, 40])):
        office.book.publish([Sheet("Temuan", [table], heights=heights)], NOW)
        assert [row["pixelSize"] for row in office.tab("Temuan").row_properties[1:]] == shown


def test_new_cases_make_the_tab_grow_with_its_formats(office: GoogleOffice) -> None:
    office.type("Register!A12:B12", [["0011/ADU/XI/2026", "23/11/2026 09.00"]])
    office.cycle()
    assert office.tab("Pemantauan").row_count == 12
    shown = office.tab("Pemantauan").cell(11, 9)["userEnteredFormat"]["numberFormat"]
    assert shown["type"] == "DATE_TIME"


def test_staff_may_work_between_any_two_calls(office: GoogleOffice) -> None:
    """Sorting, inserting, deleting and moving hit every call; the cases stay what they are."""
    register, turn = office.register_id, count()
    rows = {"sheetId": register, "startRowIndex": 1}
    newest_first = [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    remarks = {"sheetId": register, "dimension": "COLUMNS", "startIndex": 16, "endIndex": 17}
    works = [
        {"sortRange": {"range": rows, "sortSpecs": newest_first}},
        insert_row(office, 3),
        {"moveDimension": {"source": remarks, "destinationIndex": 3}},
        {"deleteDimension": {"range": {**remarks, "dimension": "ROWS", "startIndex": 5,
                                       "endIndex": 6}}},
    ]  # fmt: skip
    office.emulator.before_call(lambda kind: office.staff(works[next(turn) % len(works)]))
    numbers = []
    for minute in range(4):
        office.cycle(NOW + timedelta(minutes=minute))
        numbers.append({row[0] for row in office.cells("Pemantauan")[1:]})
    assert all(later <= earlier for earlier, later in pairwise(numbers))
    assert len(numbers[-1]) >= 5
    assert all(number.endswith("/ADU/XI/2026") for number in numbers[-1])


def by_title(office: GoogleOffice, title: str) -> dict[str, int]:
    return {"sheetId": int(office.tab(title).id)}


def dimension(office: GoogleOffice, title: str, kind: str, start: int, end: int) -> dict[str, Any]:
    return {**by_title(office, title), "dimension": kind, "startIndex": start, "endIndex": end}


def deface(office: GoogleOffice, how: str) -> None:
    tab = by_title(office, "Pemantauan")
    lists = dimension(office, "Pemantauan", "ROWS", 2, 5)
    columns = dimension(office, "Pemantauan", "COLUMNS", 1, 3)
    chart = office.tab("Ringkasan").charts[0]["chartId"]
    works: dict[str, list[dict[str, Any]]] = {
        "rows deleted": [{"deleteDimension": {"range": lists}}],
        "rows inserted": [{"insertDimension": {"range": lists}}],
        "columns deleted": [{"deleteDimension": {"range": columns}}],
        "columns added": [{"appendDimension": {**tab, "dimension": "COLUMNS", "length": 3}}],
        "sorted": [{"sortRange": {"range": {**tab, "startRowIndex": 1},
                                  "sortSpecs": [{"sortOrder": "DESCENDING"}]}}],
        "emptied": [{"updateCells": {"range": tab, "fields": "userEnteredValue"}}],
        "renamed": [{"updateSheetProperties": {"properties": {**tab, "title": "Lain"},
                                               "fields": "title"}}],
        "deleted": [{"deleteSheet": tab}],
        "summary deleted": [{"deleteSheet": by_title(office, "Ringkasan")}],
        "all deleted": [{"deleteSheet": by_title(office, title)} for title in PROGRAM_TITLES],
        "replaced": [{"deleteSheet": tab}, {"addSheet": {"properties": {"title": "Pemantauan"}}}],
        "swapped": [{"deleteSheet": by_title(office, "Temuan")},
                    {"updateSheetProperties": {"properties": {**tab, "title": "Temuan"},
                                               "fields": "title"}}],
        "chart deleted and summary emptied": [
            {"deleteEmbeddedObject": {"objectId": chart}},
            {"updateCells": {"range": by_title(office, "Ringkasan"), "fields": "*"}}],
        "frozen": [{"updateSheetProperties": {
            "properties": {**tab, "gridProperties": {"frozenRowCount": 5, "rowCount": 6}},
            "fields": "gridProperties(frozenRowCount,rowCount)"}}],
    }  # fmt: skip
    office.staff(*works[how])


@pytest.mark.parametrize(
    "how",
    [
        "rows deleted",
        "rows inserted",
        "columns deleted",
        "columns added",
        "sorted",
        "emptied",
        "renamed",
        "deleted",
        "summary deleted",
        "all deleted",
        "replaced",
        "swapped",
        "chart deleted and summary emptied",
        "frozen",
    ],
)
def test_a_defaced_tab_is_healed_by_the_next_cycle(office: GoogleOffice, how: str) -> None:
    healthy = office.program_record()
    deface(office, how)
    office.cycle()
    assert office.program_record() == healthy
    with office.counted() as made:
        office.cycle()
    assert made == {"batchGet": 1}


@pytest.mark.parametrize("what", ["chart", "rule", "widths", "formats", "frozen row"])
def test_looks_that_somebody_changed_are_put_back_at_the_first_run_of_the_next_day(
    office: GoogleOffice, what: str
) -> None:
    """No read of values tells of them, so every day begins with the whole layout."""
    summary, list_ = by_title(office, "Ringkasan"), by_title(office, "Pemantauan")
    chart = office.tab("Ringkasan").charts[0]["chartId"]
    wide = {**list_, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 3}
    works: dict[str, dict[str, Any]] = {
        "chart": {"deleteEmbeddedObject": {"objectId": chart}},
        "rule": {"deleteConditionalFormatRule": {**list_, "index": 0}},
        "widths": {"updateDimensionProperties": {
            "range": wide, "properties": {"pixelSize": 9}, "fields": "pixelSize"}},
        "formats": {"repeatCell": {"range": summary, "cell": {}, "fields": "userEnteredFormat"}},
        "frozen row": {"updateSheetProperties": {
            "properties": {**list_, "gridProperties": {"frozenRowCount": 0}},
            "fields": "gridProperties.frozenRowCount"}},
    }  # fmt: skip
    tomorrow = NOW + timedelta(days=1)
    office.cycle(tomorrow)
    healthy = office.program_record()
    office.staff(works[what])
    office.cycle(tomorrow)
    assert office.program_record() != healthy
    with office.counted() as made:
        office.cycle(tomorrow + timedelta(days=1))
    office.cycle(tomorrow)
    assert office.program_record() == healthy
    assert made["batchUpdate"] <= 2


def test_somebody_s_own_tab_of_our_name_is_kept_under_another(office: GoogleOffice) -> None:
    deface(office, "replaced")
    office.type("Pemantauan!A1", [["milik staf"]])
    own = int(office.tab("Pemantauan").id)
    office.cycle()
    assert office.cells(f"Pemantauan (lama {own})") == [["milik staf"]]
    assert office.cells("Pemantauan")[0][0] == "No. Register"


def test_a_typed_over_cell_is_put_back(office: GoogleOffice) -> None:
    before = program_cells(office)
    office.type("Ringkasan!A5", [[99]])
    office.type("Pemantauan!D2:D4", [["Ditutup"], [""], [True]])
    office.type("Temuan!B50", [["x"]]) if office.tab("Temuan").row_count >= 50 else None
    office.cycle()
    assert program_cells(office) == before


def test_a_missing_staff_tab_is_told_to_the_core_and_the_rest_is_read(office: GoogleOffice) -> None:
    office.staff({"deleteSheet": by_title(office, "Jeda")})
    grids = office.book.read()
    assert grids["Jeda"] is None
    assert grids["Register"] is not None
    assert len(grids["Register"]) == 11


def test_a_renamed_register_is_found_where_only_case_and_blanks_differ(
    office: GoogleOffice,
) -> None:
    title = {"properties": {**by_title(office, "Register"), "title": "REGISTER "}}
    office.staff({"updateSheetProperties": {**title, "fields": "title"}})
    assert office.book.read()["Register"] is not None


def test_a_tab_defaced_between_read_and_write_is_healed_in_the_same_cycle(
    office: GoogleOffice,
) -> None:
    def delete_it(kind: str) -> None:
        if kind.endswith("batchUpdate") and "Pemantauan" in titles():
            office.staff({"deleteSheet": by_title(office, "Pemantauan")})

    def titles() -> list[str]:
        return [sheet.title for sheet in office.emulator.spreadsheets[office.id].sheets]

    before = program_cells(office)
    hook = iter([delete_it])
    office.emulator.before_call(lambda kind: next(hook, lambda kind: None)(kind))
    office.book.read()  # uses the hook up without a write
    office.cycle()
    assert program_cells(office) == before


@pytest.mark.parametrize(
    ("title", "hidden"),
    [("Temuan", "Berkas"), ("Pengingat", "Kode"), ("Pemantauan", ("Ingatan", "Tanda"))],
)
def test_people_see_every_column_but_those_that_are_the_program_s(
    office: GoogleOffice, title: str, hidden: str | tuple[str, ...]
) -> None:
    header = [str(cell) for cell in next(row for row in office.cells(title) if len(row) > 2)]
    columns = zip(header, office.tab(title).column_properties, strict=False)
    shown = {name: not column.get("hiddenByUser") for name, column in columns if name}
    ours = {name for name in shown if name[0] in "[{" or name.startswith(hidden)}
    assert len(shown) > len(ours) + 3
    assert {name for name, is_shown in shown.items() if not is_shown} == ours


def test_what_is_remembered_is_json_in_a_hidden_column(office: GoogleOffice) -> None:
    tab = office.tab("Ringkasan")
    assert tab.column_properties[-1]["hiddenByUser"]
    note = json.loads(office.cells("Ringkasan")[0][-1])
    assert note["staff_ids"]["Register"] == office.register_id


def test_a_reader_sees_the_month_that_they_choose_without_the_program_running(
    office: GoogleOffice,
) -> None:
    """The ten cases are of November but for the last, which came and went in October."""
    assert figures_shown(office) == ["1 s.d. 23 November 2026, dibandingkan dengan "
                                     "1 s.d. 23 Oktober 2026", 9, 9, "100,0%"]  # fmt: skip
    office.type("Ringkasan!D18", [["Oktober 2026"]])
    assert figures_shown(office) == ["Oktober 2026, belum ada pembanding", 1, 1, "–"]
    with office.counted() as made:
        office.cycle(NOW)
    assert made == {"batchGet": 1}
    assert figures_shown(office)[0] == "Oktober 2026, belum ada pembanding"
    office.cycle(NOW + timedelta(days=1))
    assert office.cells("Ringkasan")[17][3] == "Bulan ini"


def figures_shown(office: GoogleOffice) -> list[Any]:
    """What is compared, then what came in, what left, and the share."""
    compared, figures = (office.cells("Ringkasan")[row] for row in (17, 19))
    return [compared[5], *(figures[column] for column in (4, 6, 8))]


def test_the_month_can_be_chosen_by_everybody_and_nothing_else_be_changed(
    office: GoogleOffice,
) -> None:
    (protected,) = office.tab("Ringkasan").protected_ranges
    (free,) = protected["unprotectedRanges"]
    assert (free["startRowIndex"], free["endRowIndex"]) == (17, 18)
    assert (free["startColumnIndex"], free["endColumnIndex"]) == (3, 5)
    office.staff({"deleteProtectedRange": {"protectedRangeId": protected["protectedRangeId"]}})
    office.cycle(NOW + timedelta(days=1))
    assert len(office.tab("Ringkasan").protected_ranges) == 1


def links_of(office: GoogleOffice) -> dict[tuple[str, int, int], str]:
    """Every link on the program's tabs, by tab, row and column."""
    return {
        (title, row, column): cell["userEnteredFormat"]["textFormat"]["link"]["uri"]
        for title in PROGRAM_TITLES
        for row, cells in enumerate(office.tab(title).rows)
        for column, cell in cells.items()
        if "link" in cell.get("userEnteredFormat", {}).get("textFormat", {})
    }


def test_every_link_is_there_on_the_second_day_and_none_too_many(office: GoogleOffice) -> None:
    """The day's first run lays formats out anew, and the links go with them."""
    first = links_of(office)
    assert len([tab for tab, _, _ in first if tab == "Pemantauan"]) == 10
    office.cycle(NOW + timedelta(days=1))
    assert links_of(office) == first
    office.type("Register!A12:B12", [["", ""]])
    office.type("Register!A2:P2", [[""] * 16])
    office.cycle(NOW + timedelta(days=1, minutes=5))
    left = links_of(office)
    assert len([tab for tab, _, _ in left if tab == "Pemantauan"]) == 9
    assert {row for tab, row, _ in left if tab == "Pemantauan"} == {*range(1, 10)}
