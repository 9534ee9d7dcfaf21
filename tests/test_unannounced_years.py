"""Years of which the calendar knows no joint leave yet (cuti bersama, by a decree a year)."""

from datetime import datetime

import pytest

from automation.core.office_time.office_hours import unannounced_years
from automation.core.schema.hours import Holidays
from tests.offices import case, seen, standard_schema

NATIONAL = Holidays(country="ID", categories=("public",), language="id")


def test_years_of_a_decree_are_known_and_those_to_come_are_not() -> None:
    source = standard_schema().working_hours.holidays
    assert unannounced_years(source, 2024, 2026) == ()
    assert unannounced_years(source, 2040, 2041) == (2040, 2041)
    assert unannounced_years(source, 2026, 2026) == ()


def test_an_office_without_joint_leave_waits_for_no_decree() -> None:
    assert unannounced_years(NATIONAL, 2040, 2041) == ()
    assert unannounced_years(None, 2040, 2041) == ()


@pytest.mark.parametrize(
    ("now", "years"),
    [
        (datetime(2026, 11, 23), None),
        (datetime(2040, 1, 1), "2040"),
        (datetime(2040, 11, 30, 23, 59), "2040"),
        (datetime(2040, 12, 1), "2040 dan 2041"),
    ],
)
def test_the_page_says_so_while_it_matters(now: datetime, years: str | None) -> None:
    notes = [note for note in seen([case()], now=now).notes if "cuti bersama" in note]
    assert notes == (
        [
            f"Kalender: cuti bersama {years} belum ditetapkan; catat pada tab Libur sampai program "
            "diperbarui."
        ]
        if years
        else []
    )
