"""What happens to the program's columns in the Register when staff type, paste, sort and move."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from automation.workbooks.google.staff_tabs.marks import KEY
from tests.google_office import STAFF_ROWS, GoogleOffice, ready_office, register_rows
from tests.sheets_emulator import Emulator

LOOK_UPS = ["Status", "Langkah Saat Ini", "Pemegang", "Batas Waktu"]
LEFT = 17  # R, the first of them
FINISHED = "Selesai Tepat Waktu"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """Set up, with five cases, published once."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        rows = {"Register": register_rows(5), "Petugas": STAFF_ROWS}
        yield ready_office(emulator, rows, published=True)


def shown(office: GoogleOffice, header: str = "Status") -> list[Any]:
    """What a column of the Register shows, header first."""
    first, *rows = office.cells("Register")
    place = first.index(header)
    return [header, *(row[place] if place < len(row) else "" for row in rows if row)]


def told(office: GoogleOffice) -> list[tuple[str, str]]:
    """The cells and messages of `Temuan` about the program's columns."""
    header, *rows = office.cells("Temuan")
    at = {name: header.index(name) for name in ("Aturan", "Sel", "Temuan")}
    ours = ("Kolom program", "Tajuk program")
    return [
        (row[at["Sel"]], row[at["Temuan"]]) for row in rows if row[at["Aturan"]].startswith(ours)
    ]


def staff_cells(office: GoogleOffice) -> list[list[Any]]:
    """What is staff's in the Register: everything but the look-ups."""
    first, *rows = office.emulator.read(office.id, "Register", "FORMULA")
    own = [at for at, cell in enumerate(first) if not str(cell).startswith("=")]
    cells = [[row[at] if at < len(row) else "" for at in own] for row in [first, *rows]]
    return [row for row in cells if any(row)]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ("R4", [["x"]]),
        ("S2", [[0]]),
        ("U6", [[False]]),
        ("R5:U5", [["Berjalan", "1. Unduh", "Tari", 46349.5]]),
        ("R4:R5", [["x"], ["y"]]),
        ("T10", [[" "]]),
        ("R2", [['=HYPERLINK("https://example.org")']]),
    ],
    ids=["one", "zero at the top", "false", "a pasted row", "two below each other", "far below",
         "a formula"],
)  # fmt: skip
def test_a_cell_typed_into_a_look_up_is_told_and_cleared_by_the_next_cycle(
    office: GoogleOffice, cells: str, values: list[list[Any]]
) -> None:
    office.type(f"Register!{cells}", values)
    before = staff_cells(office)
    assert "#REF!" in office.cells("Register")[0]
    published = office.cycle()
    ((cell, message),) = told(office)
    assert cell == cells.partition(":")[0]
    assert message.startswith(f"Sel {cells} terisi")
    assert f"({cells})" in published.note
    assert shown(office) == ["Status", *[FINISHED] * 5]
    assert office.cells("Register")[0][LEFT:] == LOOK_UPS
    assert staff_cells(office) == before
    office.cycle()
    assert told(office) == []


def test_what_was_typed_is_not_repeated(office: GoogleOffice) -> None:
    office.type("Register!R4:R6", [["Budi 3401010101010001"]] * 3)
    office.cycle()
    ((cell, message),) = told(office)
    assert cell == "R4"
    assert message.startswith("Sel R4:R6 terisi, padahal kolom Status diisi program")
    assert "Budi" not in json.dumps(office.cells("Temuan"))


def test_a_look_without_a_run_tells_and_changes_nothing(office: GoogleOffice) -> None:
    office.type("Register!R4", [["x"]])
    before = office.snapshot()
    rules = [finding.rule for finding in office.seen().findings]
    assert rules.count("look_up_filled") == 1
    (wrong,) = [check.sentence for check in office.book.checks() if not check.healthy]
    assert wrong == (
        "Tab Register: kolom Status, yang ditulis program, terganggu isian di R4; putaran "
        "berikutnya mengosongkannya."
    )
    assert office.snapshot() == before


def test_it_costs_one_more_read_and_write_and_only_where_something_is_wrong(
    office: GoogleOffice,
) -> None:
    office.type("Register!R4", [["x"]])
    with office.counted() as ill:
        office.cycle()
    assert ill == {
        "batchGet": 1,
        "batchGetByDataFilter": 1,
        "batchUpdate": 1,
        "batchUpdateByDataFilter": 1,
    }
    office.cycle()
    with office.counted() as well:
        office.cycle()
    assert well == {"batchGet": 1}


def column(office: GoogleOffice, start: int) -> dict[str, Any]:
    place = {"dimension": "COLUMNS", "startIndex": start, "endIndex": start + 1}
    return {"sheetId": office.register_id, **place}


def work(office: GoogleOffice, how: str) -> None:
    """What staff do while a cycle is under way."""
    register = {"sheetId": office.register_id}
    place = {**register, "dimension": "ROWS", "startIndex": 3, "endIndex": 5}
    newest = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    works: dict[str, dict[str, Any]] = {
        "rows sorted": {"sortRange": {"range": {**register, "startRowIndex": 1},
                                      "sortSpecs": newest}},
        "rows inserted": {"insertDimension": {"range": place}},
        "rows added": {"appendDimension": {**register, "dimension": "ROWS", "length": 9}},
        "rows deleted": {"deleteDimension": {"range": place}},
        "look-up moved": {"moveDimension": {"source": column(office, LEFT),
                                            "destinationIndex": 3}},
        "remarks moved behind": {"moveDimension": {"source": column(office, 16),
                                                   "destinationIndex": 21}},
        "column inserted": {"insertDimension": {"range": column(office, 4)}},
        "title above": {"insertDimension": {"range": {**place, "startIndex": 0, "endIndex": 1}}},
    }  # fmt: skip
    office.staff(works[how])


WORKS = ["rows sorted", "rows inserted", "rows added", "rows deleted", "look-up moved",
         "remarks moved behind", "column inserted", "title above"]  # fmt: skip


@pytest.mark.parametrize("how", WORKS)
@pytest.mark.parametrize("call", ["batchGetByDataFilter", "batchUpdateByDataFilter"])
def test_nothing_of_staff_s_is_hit_whatever_they_do_between_read_and_write(
    office: GoogleOffice, how: str, call: str
) -> None:
    """Their own column stands right beside, with entries of theirs in every row."""
    office.staff({"appendDimension": {"sheetId": office.register_id, "dimension": "COLUMNS",
                                      "length": 1}})  # fmt: skip
    office.type("Register!V1:V6", [["Catatan"], *[[f"milik staf {row}"] for row in range(5)]])
    office.type("Register!Q2:Q6", [[f"Keterangan {row}"] for row in range(5)])
    office.type("Register!R4", [["x"]])
    done: list[str] = []
    seen: list[list[list[Any]]] = []

    def between(kind: str) -> None:
        if kind.endswith(call) and not done:
            done.append(how)
            work(office, how)
            seen.append(staff_cells(office))

    office.emulator.before_call(between)
    office.cycle()
    assert done == [how]
    for _ in range(2):
        office.cycle()
    first = seen[0]
    assert [[cell for cell in row if cell] for row in staff_cells(office)] == [
        [cell for cell in row if cell and cell != "x"] for row in first
    ]
    header = next(row for row in office.cells("Register") if "No. Register" in row)
    assert [cell for cell in LOOK_UPS if cell in header] == LOOK_UPS
    assert told(office) == []


@pytest.mark.parametrize("typed", ["", "Keadaan", "Status", "#REF!", "=1+1"])
def test_a_header_typed_over_is_put_back_by_the_next_cycle(
    office: GoogleOffice, typed: str
) -> None:
    office.type("Register!R1", [[typed]])
    before = staff_cells(office)
    office.cycle()
    assert [at for at, _ in told(office)] == ["R1"]
    assert shown(office) == ["Status", *[FINISHED] * 5]
    assert [row[:17] for row in staff_cells(office)] == [row[:17] for row in before]
    office.cycle()
    assert told(office) == []


def test_a_register_pasted_as_values_lives_again(office: GoogleOffice) -> None:
    """Staff copied the whole tab and pasted values only, so that the formulas are gone."""
    cells = [row[LEFT:] for row in office.cells("Register")]
    office.emulator.write(office.id, "Register!R1:U6", cells, option="RAW")
    office.type("Register!P2", [["Dicabut"]])
    office.cycle()
    office.cycle()
    assert shown(office)[1:].count("Ditutup") + shown(office)[1:].count(FINISHED) == 5
    formulas = office.emulator.read(office.id, "Register!R1:U1", "FORMULA")[0]
    assert all(cell.startswith("=ARRAYFORMULA") for cell in formulas)


def test_a_column_that_staff_made_their_own_is_left_to_them(office: GoogleOffice) -> None:
    """Another header, and entries below it: told, and nothing is cleared or written."""
    office.type("Register!R1:R3", [["Catatan saya"], ["satu"], ["dua"]])
    before = office.emulator.read(office.id, "Register", "FORMULA")
    office.cycle()
    office.cycle()
    assert office.emulator.read(office.id, "Register", "FORMULA") == before
    ((cell, message),) = told(office)
    assert cell == "R1"
    assert "R1:R3" in message
    assert "Catatan saya" not in message
    office.set_up()
    office.cycle()
    assert told(office) == []
    assert office.cells("Register")[0][LEFT:] == ["Catatan saya", *LOOK_UPS[1:], "Status"]
    assert shown(office, "Catatan saya")[1:3] == ["satu", "dua"]


def test_a_column_of_staff_s_own_with_the_same_header_is_left_to_them(
    office: GoogleOffice,
) -> None:
    office.staff({"appendDimension": {"sheetId": office.register_id, "dimension": "COLUMNS",
                                      "length": 1}})  # fmt: skip
    office.type("Register!V1:V3", [["Status"], ["milik"], ["staf"]])
    office.type("Register!R4", [["x"]])
    office.cycle()
    office.cycle()
    assert [row[21] for row in office.cells("Register")[:3]] == ["Status", "milik", "staf"]
    assert shown(office) == ["Status", *[FINISHED] * 5]


def test_deleted_look_ups_stay_deleted_and_cost_nothing(office: GoogleOffice) -> None:
    office.staff({"deleteDimension": {"range": {**column(office, LEFT), "endIndex": 21}}})
    office.cycle()
    office.cycle()
    with office.counted() as made:
        office.cycle()
    assert made == {"batchGet": 1}
    assert told(office) == []
    assert len(office.cells("Register")[0]) == LEFT


def test_a_failed_formula_in_a_header_of_staff_s_own_is_theirs(office: GoogleOffice) -> None:
    office.staff({"appendDimension": {"sheetId": office.register_id, "dimension": "COLUMNS",
                                      "length": 1}})  # fmt: skip
    office.type("Register!V1:V3", [["=ARRAYFORMULA(A1:A9)"], [""], ["x"]])
    before = office.emulator.read(office.id, "Register", "FORMULA")
    office.cycle()
    assert office.emulator.read(office.id, "Register", "FORMULA") == before
    assert told(office) == []


def test_columns_that_were_never_marked_are_told_and_setup_marks_them(
    office: GoogleOffice,
) -> None:
    every = {"developerMetadataLookup": {"metadataKey": KEY}}
    office.staff({"deleteDeveloperMetadata": {"dataFilter": every}})
    office.type("Register!R4", [["x"]])
    before = office.emulator.read(office.id, "Register", "FORMULA")
    office.cycle()
    assert office.emulator.read(office.id, "Register", "FORMULA") == before
    ((cell, _),) = told(office)
    assert cell == "R4"
    office.set_up()
    office.cycle()
    assert shown(office) == ["Status", *[FINISHED] * 5]


def test_a_mark_that_came_to_lie_on_a_column_of_staff_s_is_taken_away(
    office: GoogleOffice,
) -> None:
    """Staff moved a column while setup was reading; the next setup marks the right one."""
    every = {"developerMetadataLookup": {"metadataKey": KEY}}
    office.staff({"deleteDeveloperMetadata": {"dataFilter": every}})
    moved: list[str] = []

    def between(kind: str) -> None:
        if kind == "spreadsheets.batchUpdate" and not moved:
            moved.append(kind)
            work(office, "remarks moved behind")

    office.emulator.before_call(between)
    office.set_up()
    marked = office.emulator.spreadsheets[office.id].developer_metadata
    places = [each["location"]["dimensionRange"]["startIndex"] for each in marked]
    headers = [office.cells("Register")[0][place] for place in places]
    assert moved
    assert "Keterangan" not in headers
    assert set(headers) <= {*LOOK_UPS}
    office.set_up()
    assert len(office.emulator.spreadsheets[office.id].developer_metadata) == len(LOOK_UPS)


def test_a_formula_that_follows_another_column_is_mended(office: GoogleOffice) -> None:
    """As it is after somebody copied the Register's header from an older tab."""
    formula = office.emulator.read(office.id, "Register!R1", "FORMULA")[0][0]
    office.type("Register!R1", [[formula.replace("$A", "$G")]])
    assert FINISHED not in shown(office)
    office.cycle()
    assert shown(office) == ["Status", *[FINISHED] * 5]
    assert told(office) == []


def test_a_replaced_register_is_looked_at_anew(office: GoogleOffice) -> None:
    rows = office.cells("Register")
    office.staff(
        {"deleteSheet": {"sheetId": office.register_id}},
        {"addSheet": {"properties": {"sheetId": 7, "title": "Register"}}},
    )
    office.emulator.write(office.id, "Register!A1", [row[:17] for row in rows], option="RAW")
    office.cycle()
    assert len(office.cells("Pemantauan")) == 6
    assert told(office) == []


@pytest.mark.parametrize("typed", ["R2", "R5"])
def test_what_stands_above_the_headers_is_left_as_it_is(office: GoogleOffice, typed: str) -> None:
    """A title, also above the program's columns; the header or a cell below it is typed over."""
    work(office, "title above")
    office.type("Register!A1:S1", [["Buku Register 2026", *[""] * 16, "Keadaan", "hari ini"]])
    office.cycle()
    assert told(office) == []
    office.type(f"Register!{typed}", [["x"]])
    office.cycle()
    assert [cell for cell, _ in told(office)] == [typed]
    title, header, *rows = office.cells("Register")
    assert [cell for cell in title if cell] == ["Buku Register 2026", "Keadaan", "hari ini"]
    assert header[LEFT:] == LOOK_UPS
    assert [row[LEFT] for row in rows if row] == [FINISHED] * 5
