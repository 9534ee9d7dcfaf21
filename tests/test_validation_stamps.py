"""Stamps and decisions: each rule on the row that it is about.

Hours: Monday-Thursday 07.30-12.00 and 13.00-16.00. 23/11/2026 is a Monday, now is 10.00. A case is
received at 08.00 unless its row says otherwise.
"""

from datetime import datetime
from typing import Any

import pytest

from automation.core.plan import plan
from automation.core.schema import parse_schema
from automation.core.validation import filled_in_afterwards
from tests.offices import NOW, at, case, documents, grids, standard_schema
from tests.registers import cells, checked, found, read


def stamped(*times: str | None, **more: Any) -> dict[str, Any]:
    """A case with its first steps stamped at these times of 23/11, or of the day they name."""
    steps = {
        f"step_{number}": text and at(text if " " in text else f"23/11 {text}")
        for number, text in enumerate(times, start=1)
    }
    return case(**steps, **more)


def test_the_first_step_is_not_before_the_receipt() -> None:
    (finding,) = found("stamp_before_receipt", stamped("07.50", "07.55"))
    assert finding.cell == "I2"
    assert finding.message == "1. Unduh (23/11/2026 07.50) mendahului Diterima (23/11/2026 08.00)."
    assert cells(found("stamp_before_receipt", stamped(None, "07.55"))) == ["J2"]


def test_a_step_is_not_before_the_one_stamped_before_it() -> None:
    """Step 3 is empty: step 4 is held against step 2."""
    (finding,) = found("stamp_before_predecessor", stamped("08.10", "08.30", None, "08.20"))
    assert finding.cell == "L2"
    assert finding.message == (
        "4. Koordinasi (23/11/2026 08.20) mendahului 2. Register (23/11/2026 08.30)."
    )


def test_steps_at_the_same_instant_are_in_order() -> None:
    assert not found("stamp_before_predecessor", stamped("08.10", "08.10"))
    assert not found("stamp_before_receipt", stamped("08.00"))


def test_nothing_is_said_of_the_order_after_a_stamp_that_cannot_be_read() -> None:
    row = case(step_1=at("23/11 08.30"), step_2="31/02/2026", step_3=at("23/11 08.10"))
    assert not found("stamp_before_predecessor", row)


def test_a_stamp_is_not_in_the_future() -> None:
    assert not found("stamp_in_future", stamped("10.00"))
    assert cells(found("stamp_in_future", stamped("08.10", "10.01"))) == ["J2"]


def test_the_moment_of_the_check_is_told_only_by_an_office_that_wants_it() -> None:
    """A finding that names it differs at each check, and is written anew each time."""
    rows = grids([stamped("08.10", "10.01")])
    facts = documents()
    own = facts | {"findings": {**facts["findings"]}}
    own["findings"]["stamp_in_future"] |= {"message": "{column}: belum terjadi pada {now}."}
    (plain,), (named,) = (
        [each for each in plan(rows, schema, NOW).findings if each.rule == "stamp_in_future"]
        for schema in (standard_schema(), parse_schema(own))
    )
    assert plain.message.endswith("(23/11/2026 10.01) lebih lambat daripada saat pemeriksaan.")
    assert named.message == "2. Register: belum terjadi pada 23/11/2026 10.00."


def test_a_step_is_not_left_empty_before_a_stamped_one() -> None:
    """Step 4 is stamped, step 3 is not; what comes after step 4 may be empty."""
    (finding,) = found("step_skipped", stamped("08.10", "08.20", None, "08.40"))
    assert finding.cell == "K2"
    assert finding.message == ("Langkah 4 sudah terisi, tetapi Langkah 3 (Disposisi) masih kosong.")


def test_a_stamp_that_cannot_be_read_is_not_a_skipped_step() -> None:
    assert not found("step_skipped", case(step_1="31/02/2026", step_2=at("23/11 08.10")))


@pytest.mark.parametrize(
    ("stamp", "inside"),
    [
        ("20/11 07.30", True),
        ("20/11 11.30", True),
        ("20/11 11.31", False),
        ("20/11 16.30", True),
        ("20/11 16.31", False),
        ("21/11 09.00", False),
    ],
    ids=["opening", "start of the break", "break", "closing", "evening", "Saturday"],
)
def test_a_stamp_lies_in_working_hours_their_end_included(stamp: str, inside: bool) -> None:
    row = stamped(stamp, Diterima=at("19/11 08.00"))
    assert bool(found("stamp_outside_hours", row)) != inside


def test_steps_are_not_stamped_within_a_minute_of_each_other() -> None:
    """Row 2: steps 1 and 2, and 4 and 5. Row 3: more than a minute apart. Row 4: step 2 empty."""
    rows = [
        stamped("08.10", "08.11", "08.30", "08.50", "08.50"),
        stamped("08.10", "08.12"),
        stamped("08.10", None, "08.10"),
    ]
    findings = found("stamped_afterwards", *rows)
    assert cells(findings) == ["M2", "K4"]
    assert "Langkah 1, 2, 4, 5 " in findings[0].message
    assert "Langkah 1, 3 " in findings[1].message
    assert filled_in_afterwards(read(grids(rows)), standard_schema()) == {2, 4}


def test_a_decision_waits_for_the_step_that_it_needs() -> None:
    (finding,) = found("decision_too_early", stamped("08.10", "08.20", Keputusan="Dikabulkan"))
    assert finding.cell == "P2" and "Langkah 4 (Koordinasi)" in finding.message
    done = stamped("08.10", "08.20", "08.30", "08.40", Keputusan="Dikabulkan")
    assert not found("decision_too_early", done)
    assert not found("decision_too_early", stamped("08.10", Keputusan="Dicabut"))


def test_a_case_that_is_archived_cannot_have_been_withdrawn() -> None:
    times = ("08.10", "08.20", "08.30", "08.40", "08.50", "09.00", "09.10")
    row = stamped(*times, Keputusan="Dicabut")
    assert cells(found("decision_after_end", row)) == ["P2"]


def test_nothing_is_said_of_a_step_whose_column_is_missing() -> None:
    tabs: dict[str, Any] = dict(grids([stamped("08.10", None, "08.30", Keputusan="Ditolak")]))
    tabs["Register"] = [
        [cell for place, cell in enumerate(row) if place not in (9, 11)] for row in tabs["Register"]
    ]
    assert {finding.rule for finding in checked(tabs)} == {"header_missing"}


def test_dates_at_the_calendar_s_edge_are_harmless() -> None:
    row = case(Diterima=datetime(2024, 1, 1), step_1=datetime(2024, 1, 1, 0, 0, 1))
    assert found("stamp_outside_hours", row)
    assert not found("stamp_outside_hours", case(step_1=datetime(2099, 1, 1, 8)))
