"""The program is right whichever way Google falls where only Google can tell."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any

import pytest

from automation.core.words.titles import PROGRAM_TITLES
from tests.google_office import STAFF_ROWS, GoogleOffice, ready_office
from tests.sheets_emulator import Doubts, Emulator
from tests.sheets_emulator.doubts import ways
from tests.test_google_colours import color

NOW = datetime(2026, 11, 23, 10, 0)
LOOK_UPS = ["Status", "Langkah Saat Ini", "Pemegang", "Batas Waktu"]
ONE, TWO, THREE = "0001/ADU/XI/2026", "0002/ADU/XI/2026", "0003/ADU/XI/2026"
OTHER_WAYS = [
    {each.name: way} for each in fields(Doubts) for way in ways(each.name)[1:]
]  # of each doubt by itself
OF_TABLES = [doubt for doubt in OTHER_WAYS if "table" in min(doubt)]
OF_INDIRECT = [doubt for doubt in OTHER_WAYS if "indirect" in min(doubt)]
ALL_OTHER = {name: way for doubt in OTHER_WAYS for name, way in doubt.items()}


def named(doubt: dict[str, str]) -> str:
    return ", ".join(f"{name}={way}" for name, way in doubt.items()) if len(doubt) < 3 else "all"


@pytest.fixture
def office(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GoogleOffice]:
    """Set up in an empty spreadsheet; staff have typed what they did."""
    with Emulator(doubts=Doubts(**request.param)) as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        office = ready_office(emulator, {"Petugas": STAFF_ROWS})
        type_cases(office)
        yield office


def type_cases(office: GoogleOffice) -> None:
    """As the input message of each cell has it: one waits, one is done, one is out of order."""
    facts = ["Surat", "Aduan", "Pemohon", "", "KTP-el", ""]
    received = "23/11/2026 09.50"
    done = [f"23/11/2026 09.{minute}" for minute in range(51, 58)]
    rows = [
        [ONE, received, *facts],
        [TWO, received, *facts, *done, "Dikabulkan"],
        [THREE, "23/11/2026 9.50", *facts, "23/11/2026 09.58", "23/11/2026 9.52"],
    ]
    for row, cells in enumerate(rows, start=2):
        office.type(f"Register!A{row}", [cells])
    office.type("Libur!A2:E2", [["24/11/2026", "24/11/2026", "Rapat kerja", "08.00", "12.00"]])


def shown(office: GoogleOffice, header: str) -> dict[str, Any]:
    """What a column of the Register shows for each case."""
    first, *rows = padded(office)
    place = len(first) - 1 - first[::-1].index(header)
    return {row[0]: row[place] for row in rows if row[0]}


def padded(office: GoogleOffice) -> list[list[Any]]:
    """The cells of the Register in rows of one length."""
    rows = office.cells("Register")
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def staff_s(office: GoogleOffice) -> list[list[Any]]:
    """What staff typed there."""
    return [row[:17] for row in padded(office) if any(row[:17])]


def links(office: GoogleOffice) -> int:
    """The cells of `Pemantauan` that lead to the Register."""
    cells = [cell for cells in office.tab("Pemantauan").rows for cell in cells.values()]
    return sum("#gid=" in str(cell) and "link" in str(cell) for cell in cells)


def rules(office: GoogleOffice) -> list[str]:
    return [finding.rule for finding in office.seen(NOW).findings]


STATUSES = {ONE: "Berjalan", TWO: "Selesai Tepat Waktu", THREE: "Perlu Diperbaiki"}


@pytest.mark.parametrize("office", [{}, *OTHER_WAYS, ALL_OTHER], ids=named, indirect=True)
def test_a_whole_day(office: GoogleOffice) -> None:
    properties = office.emulator.spreadsheets[office.id].properties
    assert properties["locale"] == office.emulator.doubts.indonesian
    assert "unreadable" not in rules(office)
    assert "unreadable_time" not in rules(office)
    office.cycle(NOW)
    office.cycle(NOW)
    assert shown(office, "Status") == STATUSES
    assert [color(office, THREE, step, NOW) for step in "123"] == [None, "bad", "turn"]
    with office.counted() as made:
        office.cycle(NOW)
    assert made == {"batchGet": 1}

    newest = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    office.staff({"sortRange": {"range": {"sheetId": office.register_id, "startRowIndex": 1},
                                "sortSpecs": newest}})  # fmt: skip
    paste_row(office, 2, 6)
    office.cycle(NOW + timedelta(minutes=5))
    office.cycle(NOW + timedelta(minutes=10))
    assert shown(office, "Status")[TWO] == STATUSES[TWO]
    assert "look_up_filled" not in rules(office)

    before = links(office)
    office.cycle(NOW + timedelta(days=1))
    assert links(office) == before > 0


def paste_row(office: GoogleOffice, source: int, target: int) -> None:
    """Somebody copies a whole row and gives the copy a number of its own."""
    register = {"sheetId": office.register_id}
    office.staff(
        {"copyPaste": {"source": {**register, "startRowIndex": source - 1, "endRowIndex": source},
                       "destination": {**register, "startRowIndex": target - 1,
                                       "endRowIndex": target}}}
    )  # fmt: skip
    office.type(f"Register!A{target}", [["0004/ADU/XI/2026"]])


@pytest.mark.parametrize("office", [{}, *OF_TABLES, ALL_OTHER], ids=named, indirect=True)
def test_a_register_that_became_a_table_goes_on_and_setup_does_what_is_possible(
    office: GoogleOffice,
) -> None:
    office.cycle(NOW)
    office.emulator.convert_to_table(office.id, "Register")
    typed = staff_s(office)
    published = office.cycle(NOW)
    assert published.complete
    assert rules(office).count("look_up_tabled") == 1
    assert staff_s(office) == typed
    said = office.set_up()
    assert sum("tabel Google" in sentence for sentence in said) == 1
    office.cycle(NOW)
    office.cycle(NOW)
    assert staff_s(office) == typed
    assert office.cells("Register")[0][21:] == LOOK_UPS
    assert shown(office, "Status") == STATUSES
    assert "look_up_tabled" not in rules(office)
    with office.counted() as made:
        office.cycle(NOW)
    assert made == {"batchGet": 1}


@pytest.mark.parametrize("office", [{}, *OF_INDIRECT, ALL_OTHER], ids=named, indirect=True)
def test_a_tab_that_was_deleted_and_made_anew_is_seen_by_the_look_ups(
    office: GoogleOffice,
) -> None:
    office.cycle(NOW)
    office.staff(*({"deleteSheet": {"sheetId": int(office.tab(title).id)}}
                   for title in PROGRAM_TITLES))  # fmt: skip
    office.cycle(NOW)
    office.cycle(NOW)
    office.cycle(NOW)
    assert shown(office, "Status") == STATUSES


@pytest.mark.parametrize("office", [{}], ids=named, indirect=True)
@pytest.mark.parametrize("title", ["Pemantauan", "Temuan", "Pengingat"])
def test_a_program_list_that_became_a_table_is_made_anew_and_forgets_nothing(
    office: GoogleOffice, title: str
) -> None:
    """The owner of the spreadsheet can convert it; a table takes no filter of the program's."""
    office.cycle(NOW)
    office.cycle(NOW + timedelta(minutes=1))
    memory = [row[:-1] for row in office.cells("Pemantauan")]
    office.emulator.convert_to_table(office.id, title)
    said = office.set_up()
    assert not any("dibuat" in sentence for sentence in said)
    office.cycle(NOW + timedelta(minutes=1))
    assert [row[:-1] for row in office.cells("Pemantauan")] == memory
    office.cycle(NOW + timedelta(days=1))
    office.cycle(NOW + timedelta(days=1))
    assert office.tab(title).tables == []
    assert office.tab(title).basic_filter
    with office.counted() as made:
        office.cycle(NOW + timedelta(days=1))
    assert made == {"batchGet": 1}


def test_every_doubt_is_tried_here_both_ways() -> None:
    """Ways that are the default are those of the first office."""
    tried = {(name, way) for doubt in OTHER_WAYS for name, way in doubt.items()}
    assert tried | {*asdict(Doubts()).items()} == {
        (each.name, way) for each in fields(Doubts) for way in ways(each.name)
    }


def test_what_a_table_refuses_beyond_what_is_known_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if Google refused every conditional format on a tab with a table."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        office = ready_office(emulator, {"Petugas": STAFF_ROWS})
        type_cases(office)
        emulator.convert_to_table(office.id, "Register")
        office.staff({"deleteConditionalFormatRule": {"sheetId": office.register_id, "index": 0}})
        emulator.script([REFUSED])
        assert any("tabel Google" in sentence for sentence in office.set_up())
        office.cycle(NOW)
        assert shown(office, "Status") == STATUSES


REFUSED: dict[str, Any] = {
    "kind": "spreadsheets.batchUpdate",
    "status": 400,
    "message": "Invalid requests[9].addConditionalFormatRule: This operation is not allowed.",
}
