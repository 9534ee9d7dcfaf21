"""What the program remembers of each case, and what it tells of stamps that changed."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.core.register.made_at import made_at, read_made_at
from automation.core.register.memory import Change, Remembered, Turn, read_memory
from tests.offices import Row, at, case
from tests.runs import Runs

NUMBER = "0001/ADU/XI/2026"
FULL = Remembered(
    step=3,
    turns=2,
    began=1,
    held={"5f0c12ab01": Turn(2, datetime(2026, 11, 23, 10))},
    lates=1,
    late_since=datetime(2026, 11, 23, 10, 30),
    stamps="6b03f280,?,",
    afterwards=frozenset({1, 2}),
    changes=(
        Change(1, datetime(2026, 11, 20, 9), None, datetime(2026, 11, 20, 10), datetime(2026, 11, 23)),
    ),
)  # fmt: skip


def remembered(note: object) -> Remembered:
    found = read_memory([["No. Register", "Ingatan"], [NUMBER, note]], "No. Register")
    assert found is not None
    return found[NUMBER]


def test_a_note_says_again_what_was_remembered() -> None:
    assert remembered(FULL.note(NUMBER)) == FULL
    assert remembered(Remembered().note(NUMBER)) == Remembered()


@given(st.one_of(st.none(), st.text(), st.floats(), st.booleans(), st.integers()))
def test_whatever_stands_in_its_cell_is_no_fault(cell: object) -> None:
    assert isinstance(remembered(cell), Remembered)


@pytest.mark.parametrize(
    "note",
    [
        "[" * 100_000,
        FULL.note(NUMBER).replace("[1,", "[2,", 1),
        FULL.note(NUMBER).replace("6b03f280", "fffffffff"),
        FULL.note(NUMBER).replace("3,2,1,", "1e400,2,1,"),
        FULL.note(NUMBER).replace(",3,2,", ",3" + "0" * 30 + ",2,"),
        FULL.note(NUMBER)[:-1],
        "[1,\"x\",0,0,0,{},0,\"\",\"\\ud800\",[],[]]",
        "x" * 40_000,
    ],
)  # fmt: skip
def test_a_damaged_note_is_no_memory(note: str) -> None:
    found = remembered(note)
    assert found == Remembered() or found.held == FULL.held


def test_a_case_that_was_listed_without_a_note_is_known_and_nothing_more() -> None:
    assert read_memory([["No. Register"], [NUMBER]], "No. Register") == {NUMBER: Remembered()}
    assert read_memory(None, "No. Register") is None
    assert read_memory([["?"], [NUMBER]], "No. Register") is None


@pytest.mark.parametrize("zone", ["WIB", "WITA", "WIT"])
@pytest.mark.parametrize("now", [datetime(2026, 11, 23, 10), datetime(2028, 2, 29, 23, 59, 59)])
def test_the_time_of_the_last_run_is_read_as_it_was_written(now: datetime, zone: str) -> None:
    assert read_made_at([["Judul"], ["", made_at(now, zone)]]) == now


@pytest.mark.parametrize("cell", ["Keadaan per kemarin", "Keadaan per ", 5, None])
def test_a_time_that_cannot_be_read_is_none(cell: object) -> None:
    assert read_made_at([[cell]]) is None
    assert read_made_at(None) is None


def stamped(step: int, when: str | None, **cells: str) -> Row:
    stamps = {f"step_{each}": at("23/11 09.00") for each in range(1, step)}
    return case(**stamps | ({f"step_{step}": at(when)} if when else {}) | cells)


def entered_late(runs: Runs) -> int:
    assert runs.plan is not None
    assert runs.plan.measures is not None
    return runs.plan.measures.summary.quality.entered_late


@pytest.mark.parametrize(("last_run", "count"), [("23/11 13.44", 0), ("23/11 13.45", 1)])
def test_a_stamp_that_was_still_missing_half_a_working_day_later_was_entered_afterwards(
    last_run: str, count: int
) -> None:
    """Claimed 09.00; at 13.45, 225 working minutes later, the cell was still empty."""
    runs = Runs()
    runs.run(stamped(1, None), now="23/11 07.30")
    runs.run(stamped(1, None), now=last_run)
    runs.run(stamped(1, "23/11 09.00"), now="23/11 15.00")
    assert entered_late(runs) == count


def test_a_new_case_whose_stamps_are_old_was_entered_afterwards() -> None:
    runs = Runs()
    runs.run(now="23/11 15.30")
    runs.run(stamped(2, "23/11 09.00"), now="23/11 15.45")
    assert entered_late(runs) == 2


def test_a_first_run_and_a_lost_note_say_nothing_of_when_stamps_were_entered() -> None:
    runs = Runs()
    runs.run(stamped(2, "23/11 09.00"), now="23/11 15.45")
    assert entered_late(runs) == 0
    runs.tabs = {
        title: [row[:-1] for row in rows] if title == "Pemantauan" else rows
        for title, rows in runs.tabs.items()
    }
    runs.run(stamped(2, "23/11 09.00"), now="24/11 15.45")
    assert entered_late(runs) == 0


def test_what_was_entered_afterwards_stays_so_until_it_is_cleared() -> None:
    runs = Runs()
    runs.run(stamped(1, None), now="23/11 15.00")
    for now in ("23/11 15.15", "24/11 09.00"):
        runs.run(stamped(1, "23/11 09.00"), now=now)
        assert entered_late(runs) == 1
    runs.run(stamped(1, None), now="24/11 09.15")
    assert entered_late(runs) == 0


def test_a_lost_memory_makes_nothing_entered_afterwards() -> None:
    runs = Runs()
    case_ = stamped(1, "23/11 09.00")
    runs.run(case_, now="23/11 09.05")
    del runs.tabs["Pemantauan"]
    runs.run(case_, now="24/11 15.00")
    assert entered_late(runs) == 0
    runs.run(case_, stamped(1, "23/11 09.00", number="0002/ADU/XI/2026"), now="24/11 15.15")
    assert entered_late(runs) == 1


def sentences(runs: Runs) -> list[str]:
    said = (str(cell) for row in runs.tabs["Ringkasan"] for cell in row)
    return [text for text in said if "isian" in text and "sekaligus" not in text]


def test_the_summary_counts_what_was_entered_afterwards_and_changed_later() -> None:
    runs = Runs()
    runs.run(stamped(1, None), now="23/11 15.00")
    assert sentences(runs) == [
        "0 isian dicatat lama sesudah waktunya",
        "0 isian diubah atau dihapus kemudian",
    ]
    runs.run(stamped(1, "23/11 09.00"), now="23/11 15.15")
    runs.run(stamped(1, "23/11 09.10"), now="23/11 15.30")
    assert sentences(runs) == [
        "1 isian dicatat lama sesudah waktunya",
        "1 isian diubah atau dihapus kemudian",
    ]
