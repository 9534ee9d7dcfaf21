"""What the Register itself shows in colours: staff see where a case stands without another tab."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from automation.core.drawing import LOOKS, cell_name
from automation.workbooks.google.drawing.shapes import cell_format
from tests.google_office import STAFF_ROWS, GoogleOffice, ready_office
from tests.offices import NOW
from tests.sheets_emulator import Emulator
from tests.sheets_emulator.effective import Results
from tests.sheets_emulator.fields import with_styles
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.references import relocated

WAITING, MESSY = "0001/ADU/XI/2026", "0002/ADU/XI/2026"
RECEIVED = datetime(2026, 11, 23, 9, 50)
DUE = datetime(2026, 11, 23, 10, 5)  # of the first step, 15 minutes later
HEADERS = {"number": "No. Register", "due": "Batas Waktu", "1": "1. Unduh", "2": "2. Register",
           "3": "3. Disposisi"}  # fmt: skip
NAMES = {
    str(with_styles(cell_format(look)).get("backgroundColorStyle")): name
    for name, look in LOOKS.items()
    if name in ("bad", "warn", "turn")
}


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """With two cases: the first waits for its first step, the second is a mess."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        waiting = [WAITING, RECEIVED, "Surat", "Aduan", "A", None, "KTP-el", None]
        messy = [MESSY, RECEIVED, "Surat", "Aduan", "B", None, "Akta", None]
        stamps = [None, RECEIVED + timedelta(minutes=8), RECEIVED + timedelta(minutes=2)]
        rows = {"Petugas": STAFF_ROWS, "Register": [waiting, [*messy, *stamps]]}
        yield ready_office(emulator, rows, published=True)


def color(office: GoogleOffice, number: str, column: str, now: datetime = NOW) -> str | None:
    """The look of a case's cell, by the first conditional format that holds there at `now`."""
    results = Results(office.emulator.spreadsheets[office.id], now)
    sheet = office.tab("Register")
    headers = [results.of(sheet, 0, place) for place in range(sheet.column_count)]
    numbers = [
        results.of(sheet, row, headers.index(HEADERS["number"])) for row in range(sheet.row_count)
    ]
    cell = numbers.index(number), headers.index(HEADERS[column])
    rules = (rule for rule in sheet.conditional_formats if holds(results, sheet, rule, cell))
    shown = [rule["booleanRule"]["format"].get("backgroundColorStyle") for rule in rules]
    return NAMES[str(shown[0])] if shown else None


def holds(results: Results, sheet: Any, rule: dict[str, Any], cell: tuple[int, int]) -> bool:
    """Whether a conditional format counts for a cell: its formula is seen from its first range."""
    row, column = cell
    areas = [sheet.rect(area) for area in rule["ranges"]]
    if not any(area.holds(Rect(row, column, row + 1, column + 1)) for area in areas):
        return False
    (condition,) = rule["booleanRule"]["condition"]["values"]
    formula = condition["userEnteredValue"]
    seen = relocated(formula, row - areas[0].top, column - areas[0].left)
    told = results.worked_out(sheet, seen)
    assert isinstance(told, bool), f"{seen} comes to {told}"
    return told


def test_lateness_shows_by_itself_between_two_runs(office: GoogleOffice) -> None:
    for column in ("number", "due"):
        assert color(office, WAITING, column, DUE) is None
        assert color(office, WAITING, column, DUE + timedelta(seconds=1)) == "bad"


def test_a_late_case_stays_late_in_the_eyes_of_a_later_run(office: GoogleOffice) -> None:
    office.cycle(DUE + timedelta(minutes=1))
    assert color(office, WAITING, "number", DUE) == "bad"


def test_a_paused_case_is_not_late(office: GoogleOffice) -> None:
    office.type("Jeda!A2:D2", [[WAITING, "23/11/2026 09.55", "", "Menunggu KK."]])
    office.cycle()
    assert color(office, WAITING, "number", DUE + timedelta(days=1)) is None


def test_a_finished_case_is_not_late(office: GoogleOffice) -> None:
    stamps = [f"23/11/2026 09.{minute}" for minute in range(51, 58)]
    office.type("Register!I2:P2", [[*stamps, "Dikabulkan"]])
    office.cycle()
    assert color(office, WAITING, "number", DUE + timedelta(days=1)) is None


def test_a_case_with_errors_is_marked_by_its_number(office: GoogleOffice) -> None:
    assert color(office, MESSY, "number") == "warn"
    assert color(office, WAITING, "number") is None


def test_a_number_that_was_typed_with_blanks_is_marked_too(office: GoogleOffice) -> None:
    typed = "0002 / ADU/XI/2026"
    office.type("Register!A3", [[typed]])
    office.cycle()
    assert color(office, typed, "number") == "warn"


def test_a_number_with_a_blank_that_holds_words_together_is_marked_too(
    office: GoogleOffice,
) -> None:
    """As it comes with text from a web page or a document."""
    typed = "0002\u00a0/ADU/XI/2026\u00a0"
    office.type("Register!A3", [[typed]])
    office.cycle()
    assert color(office, typed, "number") == "warn"


def test_the_next_step_a_gap_and_a_wrong_order_show_while_staff_type(office: GoogleOffice) -> None:
    assert [color(office, WAITING, step) for step in "123"] == ["turn", None, None]
    assert [color(office, MESSY, step) for step in "123"] == ["warn", None, "bad"]


def test_the_colours_go_with_the_case_and_with_the_columns(office: GoogleOffice) -> None:
    register = {"sheetId": office.register_id}
    numbers = {**register, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    row = {**register, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    rows = {**register, "startRowIndex": 1}
    office.staff(
        {"insertDimension": {"range": row}},
        {"sortRange": {"range": rows, "sortSpecs": [{"sortOrder": "DESCENDING"}]}},
        {"moveDimension": {"source": numbers, "destinationIndex": 4}},
    )
    assert color(office, WAITING, "number", DUE + timedelta(seconds=1)) == "bad"
    assert color(office, MESSY, "number") == "warn"
    assert [color(office, MESSY, step) for step in "123"] == ["warn", None, "bad"]


@pytest.mark.parametrize(
    ("early", "late", "marked"),
    [
        ("23/11/2026 09.58", "23/11/2026 09.52", "bad"),
        ("23/11/2026 09.52", "23/11/2026 09.58", None),
        ("23/11/2026 9.58", "23/11/2026 9.52", "bad"),
        ("1/12/2026 8.05", "23/11/2026 10.00", "bad"),
        ("23-11-2026 09:58", "23.11.2026 09:52", "bad"),
        ("23/11/2026 09.58", 46349.4, "bad"),
        (46349.42, "23/11/2026 09.52", "bad"),
        ("23/11/2026", "23/11/2026 09.52", None),
        ("besok 09.58", "23/11/2026 09.52", None),
        ("23/11/2026 09.58", "", None),
    ],
)
def test_a_wrong_order_shows_also_where_what_was_typed_stayed_text(
    office: GoogleOffice, early: Any, late: Any, marked: str | None
) -> None:
    """The second and the third step; the case was received at 09.50."""
    office.emulator.write(office.id, "Register!I3:K3", [["", early, late]], option="RAW")
    expected = marked or ("turn" if late == "" else None)
    assert color(office, MESSY, "3") == expected


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (46349.4, True),
        ("23/11/2026 08.15", True),
        ("3/11/2026 8.15", True),
        ("23/11/2026", True),
        ("23-11-2026 08:15", True),
        ("23/11/2026 08.15 WIB", False),
        ("besok", False),
        ("31/02", False),
    ],
)
def test_no_entry_that_the_program_reads_is_warned_of(
    office: GoogleOffice, typed: Any, taken: bool
) -> None:
    assert is_taken(office, "Register", 1, "Diterima", typed) == taken


@pytest.mark.parametrize(
    ("typed", "taken"),
    [(0.34375, True), ("08.15", True), ("8:15", True), (8.15, False), ("pagi", False)],
)
def test_no_hour_that_the_program_reads_is_warned_of(
    office: GoogleOffice, typed: Any, taken: bool
) -> None:
    assert is_taken(office, "Libur", 1, "Jam Masuk", typed) == taken


def is_taken(office: GoogleOffice, title: str, row: int, header: str, typed: Any) -> bool:
    """Whether the validation of a cell takes an entry without a warning."""
    sheet = office.tab(title)
    place = office.cells(title)[0].index(header)
    condition = sheet.cell(row, place)["dataValidation"]["condition"]
    assert condition["type"] == "CUSTOM_FORMULA"
    office.emulator.write(office.id, f"{title}!{cell_name(row, place)}", [[typed]], option="RAW")
    results = Results(office.emulator.spreadsheets[office.id], NOW)
    return results.worked_out(office.tab(title), condition["values"][0]["userEnteredValue"]) is True
