"""Stamps that were changed or removed after a run had seen them."""

from tests.offices import Row, at, case
from tests.runs import Runs


def stamped(step: int, when: str | None, **cells: str) -> Row:
    stamps = {f"step_{each}": at("23/11 09.00") for each in range(1, step)}
    return case(**stamps | ({f"step_{step}": at(when)} if when else {}) | cells)


def told(runs: Runs, *rules: str) -> list[tuple[str, str]]:
    assert runs.plan is not None
    return [(each.cell, each.message) for each in runs.plan.findings if each.rule in rules]


def test_a_stamp_that_was_changed_is_told_from_what_to_what_and_between_which_runs() -> None:
    runs = Runs()
    runs.run(stamped(3, "23/11 09.40"), now="23/11 10.00")
    runs.run(stamped(3, "23/11 09.10"), now="23/11 10.15")
    changed = (
        "K2",
        "Isian 3. Disposisi diubah dari 23/11/2026 09.40 menjadi 23/11/2026 09.10, "
        "antara 23/11/2026 10.00 dan 23/11/2026 10.15.",
    )
    assert told(runs, "stamp_changed", "stamp_removed") == [changed]
    runs.run(stamped(3, "23/11 09.10"), now="24/11 10.00")
    assert told(runs, "stamp_changed") == [changed], "for some days"
    runs.run(stamped(3, "23/11 09.10"), now="23/12 10.15")
    assert told(runs, "stamp_changed") == [changed], "the thirtieth day"
    runs.run(stamped(3, "23/11 09.10"), now="23/12 10.16")
    assert told(runs, "stamp_changed") == []


def test_a_stamp_that_was_removed_is_told_and_is_information() -> None:
    runs = Runs()
    runs.run(stamped(3, "23/11 09.40"), now="23/11 10.00")
    runs.run(stamped(3, None), now="23/11 10.15")
    ((cell, message),) = told(runs, "stamp_removed")
    assert cell == "K2"
    assert (
        "semula 23/11/2026 09.40, dihapus antara 23/11/2026 10.00 dan 23/11/2026 10.15" in message
    )
    assert runs.plan is not None
    assert {each.severity for each in runs.plan.findings if each.rule == "stamp_removed"} == {
        "info"
    }


def test_a_stamp_that_is_filled_in_is_no_change() -> None:
    runs = Runs()
    runs.run(stamped(3, None), now="23/11 10.00")
    runs.run(stamped(3, "23/11 10.05"), now="23/11 10.15")
    assert told(runs, "stamp_changed", "stamp_removed") == []


def test_a_receipt_that_was_changed_is_told_too() -> None:
    runs = Runs()
    runs.run(case(), now="23/11 10.00")
    runs.run(case(Diterima=at("23/11 07.45")), now="23/11 10.15")
    assert [cell for cell, _ in told(runs, "stamp_changed")] == ["B2"]
