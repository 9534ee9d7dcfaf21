"""The tabs `Libur` and `Jeda`: each rule on the rows that it is about. Now is 23/11/2026 10.00."""

from datetime import date
from typing import Any

import pytest

from automation.core.validation import Finding
from tests.offices import Row, at, case, seen
from tests.registers import cells, found

HOURS = {"Jam Masuk": "08.00", "Jam Pulang": "14.00"}


def november(first: int, last: int | None = None, **more: Any) -> Row:
    end = last and date(2026, 11, last)
    return {"Mulai": date(2026, 11, first), "Selesai": end, "Keterangan": "Libur"} | more


def in_closures(rule: str, *rows: Row) -> list[Finding]:
    return found(rule, closures=rows)


def test_a_closure_does_not_end_before_it_starts() -> None:
    (finding,) = in_closures("closure_reversed", november(5, 4), november(6, 6), november(7))
    assert (finding.tab, finding.cell) == ("Libur", "B2") and "05/11/2026" in finding.message


def test_no_day_is_closed_twice() -> None:
    """Row 3 lies within row 2; row 4 begins on the last day of row 2; row 5 the day after."""
    rows = [november(2, 9), november(4, 5), november(9), november(10)]
    findings = in_closures("closure_overlaps", *rows)
    assert cells(findings) == ["A3", "A4"]
    assert all("baris 2" in finding.message for finding in findings)


def test_special_hours_may_lie_in_a_closure_but_not_in_other_special_hours() -> None:
    rows = [november(2, 9), november(4, **HOURS), november(4, **HOURS)]
    assert cells(in_closures("closure_overlaps", *rows)) == ["A4"]


@pytest.mark.parametrize("cell", [*HOURS, "Istirahat Mulai"])
def test_special_hours_have_an_opening_and_a_closing_time(cell: str) -> None:
    assert in_closures("hours_incomplete", november(2, **{cell: "11.00"}))
    assert not in_closures("hours_incomplete", november(2, **HOURS), november(3))


@pytest.mark.parametrize("closes", ["07.00", "08.00"])
def test_the_office_closes_after_it_opens(closes: str) -> None:
    row = november(2, **HOURS | {"Jam Pulang": closes})
    assert cells(in_closures("hours_reversed", row)) == ["E2"]


def test_a_break_has_a_start_and_an_end() -> None:
    row = november(2, **HOURS, **{"Istirahat Mulai": "12.00"})
    assert cells(in_closures("break_incomplete", row)) == ["F2"]


@pytest.mark.parametrize(
    ("start", "end", "sound"),
    [
        ("11.30", "12.30", True),
        ("08.00", "14.00", True),
        ("07.30", "08.30", False),
        ("13.30", "14.30", False),
        ("12.30", "11.30", False),
        ("12.00", "12.00", False),
    ],
)
def test_a_break_lies_within_the_hours(start: str, end: str, sound: bool) -> None:
    row = november(2, **HOURS, **{"Istirahat Mulai": start, "Istirahat Selesai": end})
    assert bool(in_closures("break_outside_hours", row)) != sound


def pause(start: Any, end: Any = None, number: str = "0001/ADU/XI/2026") -> Row:
    return {"No. Register": number, "Mulai": start, "Selesai": end, "Alasan": "Menunggu berkas"}


def in_pauses(rule: str, *rows: Row) -> list[Finding]:
    """What the rule finds in `Jeda`, for two cases that were received on 23/11 at 08.00."""
    return found(rule, case(), case("0002/ADU/XI/2026"), pauses=rows)


def test_a_pause_ends_after_it_starts() -> None:
    nine = at("23/11 09.00")
    (finding,) = in_pauses("pause_reversed", pause(nine, nine))
    assert (finding.tab, finding.cell) == ("Jeda", "C2")
    assert finding.number == "0001/ADU/XI/2026"


def test_a_pause_of_one_day_is_not_reversed() -> None:
    """An end without a time is the end of that day."""
    assert not in_pauses("pause_reversed", pause(date(2026, 11, 23), date(2026, 11, 23)))


def test_the_pauses_of_a_case_do_not_overlap() -> None:
    """Row 2 has no end; row 4 is another case's; row 5 cannot be compared."""
    rows = [
        pause(at("23/11 09.00")),
        pause(at("23/11 09.30"), at("23/11 09.40")),
        pause(at("23/11 09.30"), number="0002/ADU/XI/2026"),
        pause("31/02/2026", at("23/11 09.40")),
    ]
    (finding,) = in_pauses("pause_overlaps", *rows)
    assert finding.cell == "B3" and "baris 2" in finding.message


def test_pauses_that_touch_do_not_overlap() -> None:
    rows = [
        pause(at("23/11 08.10"), at("23/11 09.00")),
        pause(at("23/11 09.00"), at("23/11 09.40")),
    ]
    assert not in_pauses("pause_overlaps", *rows)


def test_a_pause_belongs_to_a_case_of_the_register() -> None:
    rows = [pause(at("23/11 09.00")), pause(at("23/11 09.00"), number="0009/ADU/XI/2026")]
    assert cells(in_pauses("pause_of_unknown_case", *rows)) == ["A3"]


def test_a_pause_does_not_start_on_a_day_before_the_receipt() -> None:
    """A day without a time begins at midnight: it may be the day of the receipt."""
    rows = [pause(date(2026, 11, 23)), pause(at("22/11 09.00"), at("22/11 10.00"))]
    (finding,) = in_pauses("pause_before_receipt", *rows)
    assert finding.cell == "B3" and "23/11/2026" in finding.message


def test_a_pause_has_begun() -> None:
    (finding,) = in_pauses("pause_in_future", pause(at("23/11 10.01")))
    assert (finding.cell, finding.severity) == ("B2", "info")


@pytest.mark.parametrize(
    ("selesai", "places"), [(date(2027, 7, 2), []), (date(2027, 7, 3), ["B2"])]
)
def test_a_closure_that_lasts_over_half_a_year_is_a_slip(selesai: date, places: list[str]) -> None:
    row = {"Mulai": date(2027, 1, 1), "Selesai": selesai}
    assert cells(in_closures("closure_too_long", row)) == places


@pytest.mark.parametrize(
    ("selesai", "places"),
    [(at("23/11 09.00").replace(year=2027), []), (date(2062, 11, 25), ["C2"]), (None, [])],
)
def test_a_pause_that_lasts_over_a_year_is_a_slip_and_counts_for_nothing(
    selesai: Any, places: list[str]
) -> None:
    row = pause(at("23/11 08.10"), selesai)
    assert cells(in_pauses("pause_too_long", row)) == places
    figures = seen([case()], pauses=[row]).measures
    assert figures is not None
    status = figures.progress.cases["status"].tolist()
    assert status == (["overdue"] if places else ["paused"])
