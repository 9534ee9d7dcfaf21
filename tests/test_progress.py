"""The measuring rules of design.md, on registers of a few rows.

Hours: Monday-Thursday 07.30-12.00 and 13.00-16.00, Friday 07.30-11.30 and 13.00-16.30.
23/11/2026 is a Monday, and now is 10.00 of that day unless a test says otherwise.
"""

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from tests.offices import STAFF, Row, at, case, person, seen

MINUTE = 60


def measured(
    row: Row, now: str = "23/11 10.00", **tabs: Any
) -> tuple[pd.Series, list[float | None]]:
    """The case's row of `Progress.cases` and its elapsed minutes."""
    figures = seen([row], now=at(now), **tabs).measures
    assert figures is not None
    elapsed = figures.progress.intervals.elapsed[0]
    minutes = [None if value != value else value / MINUTE for value in elapsed]
    return figures.progress.cases.iloc[0], minutes


def all_steps(*stamps: str | None) -> dict[str, datetime | None]:
    return {f"step_{n}": stamp and at(stamp) for n, stamp in enumerate(stamps, start=1)}


def test_time_runs_from_the_receipt_to_the_first_stamp_and_from_stamp_to_stamp() -> None:
    """Received 08.00, stamped 08.10, 08.30, 09.00."""
    row, minutes = measured(case(**all_steps("23/11 08.10", "23/11 08.30", "23/11 09.00")))
    assert minutes == [10, 20, 30, None, None, None, None]
    assert (row["step"], row["since"], row["total"]) == (4, at("23/11 09.00"), 60 * MINUTE)


def test_a_weekend_does_not_count() -> None:
    """Received Friday 15.40 (50 minutes left), done Monday 07.55 (25 minutes)."""
    _, minutes = measured(case(Diterima=at("20/11 15.40"), step_1=at("23/11 07.55")))
    assert minutes[0] == 75


def test_the_break_does_not_count() -> None:
    _, minutes = measured(
        case(Diterima=at("23/11 11.50"), step_1=at("23/11 13.05")), now="23/11 14.00"
    )
    assert minutes[0] == 15


def test_seconds_count() -> None:
    _, minutes = measured(case(step_1=at("23/11 08.15").replace(second=1)))
    assert minutes[0] == 15 + 1 / 60


def test_exactly_the_standard_is_in_time_and_a_second_more_is_late() -> None:
    on_time = all_steps(
        *("23/11 " + t for t in ("08.15", "08.30", "08.45", "09.00", "10.00", "11.00", "11.20"))
    )
    assert measured(case(**on_time), now="23/11 15.00")[0]["status"] == "on_time"
    late = on_time | {"step_7": at("23/11 11.20").replace(second=1)}
    assert measured(case(**late), now="23/11 15.00")[0]["status"] == "late"


def test_an_open_step_is_running_until_its_standard_is_used_up() -> None:
    assert measured(case(), now="23/11 08.15")[0]["status"] == "running"
    assert measured(case(), now="23/11 08.16")[0]["status"] == "overdue"
    assert measured(case(), now="23/11 08.16")[0]["due"] == at("23/11 08.15")


def test_the_time_of_a_gap_stands_on_the_stamped_step_against_the_sum_of_standards() -> None:
    """Step 3 is stamped, steps 1 and 2 are not: 45 minutes against 15 + 15 + 15."""
    row = case(step_3=at("23/11 08.45"))
    _, minutes = measured(row)
    assert minutes[:3] == [None, None, 45]
    figures = seen([row]).measures
    assert figures is not None
    assert figures.progress.intervals.standard[0, 2] == 45 * MINUTE
    assert not figures.progress.intervals.late.any()


@pytest.mark.parametrize(
    ("stamp", "why"),
    [
        (at("23/11 07.59"), "before the receipt"),
        (at("23/11 10.01"), "in the future"),
        ("31/02/2026 08.00", "unreadable"),
        (datetime(2026, 11, 23), "without a time"),
    ],
)
def test_a_stamp_that_cannot_be_right_has_no_figure(stamp: object, why: str) -> None:
    row, minutes = measured(case(step_1=stamp))
    assert minutes[0] is None, why
    assert row["status"] == "invalid"
    assert pd.isna(row["due"])


def test_a_wrong_stamp_in_the_past_does_not_hide_the_current_step() -> None:
    """Step 2 lies before step 1; step 3 is stamped and step 4 runs."""
    row, minutes = measured(case(**all_steps("23/11 08.20", "23/11 08.10", "23/11 09.50")))
    assert minutes[:3] == [20, None, 100]
    assert row["status"] == "running"


def test_a_finished_case_with_an_unmeasurable_step_is_to_be_mended() -> None:
    steps = all_steps(
        *("23/11 " + t for t in ("08.15", "08.10", "08.45", "09.00", "10.00", "11.00", "11.20"))
    )
    assert measured(case(**steps), now="23/11 15.00")[0]["status"] == "invalid"


def test_a_case_without_a_receipt_cannot_be_measured() -> None:
    assert measured(case(Diterima=None))[0]["status"] == "invalid"


def test_a_pause_stops_the_clock() -> None:
    """Received 08.00, paused 08.10-09.40, stamped 09.45: 15 minutes."""
    pause = {
        "No. Register": "0001/ADU/XI/2026",
        "Mulai": at("23/11 08.10"),
        "Selesai": at("23/11 09.40"),
        "Alasan": "x",
    }
    _, minutes = measured(case(step_1=at("23/11 09.45")), pauses=[pause])
    assert minutes[0] == 15


def test_pauses_that_overlap_count_once() -> None:
    number = {"No. Register": "0001/ADU/XI/2026", "Alasan": "x"}
    pauses = [
        number | {"Mulai": at("23/11 08.10"), "Selesai": at("23/11 09.00")},
        number | {"Mulai": at("23/11 08.30"), "Selesai": at("23/11 09.30")},
    ]
    assert measured(case(step_1=at("23/11 09.45")), pauses=pauses)[1][0] == 25


def test_a_pause_moves_the_due_time() -> None:
    """15 minutes from 08.00, paused 08.10-09.00: due 09.05."""
    pause = {
        "No. Register": "0001/ADU/XI/2026",
        "Mulai": at("23/11 08.10"),
        "Selesai": at("23/11 09.00"),
        "Alasan": "x",
    }
    assert measured(case(), now="23/11 09.01", pauses=[pause])[0]["due"] == at("23/11 09.05")


def test_a_pause_without_an_end_is_still_on_and_nobody_knows_the_due_time() -> None:
    pause = {"No. Register": "0001/ADU/XI/2026", "Mulai": at("23/11 08.10"), "Alasan": "x"}
    row, _ = measured(case(), pauses=[pause])
    assert (row["status"], row["elapsed"]) == ("paused", 10 * MINUTE)
    assert pd.isna(row["due"])


def test_a_pause_until_a_date_lasts_to_the_end_of_that_day() -> None:
    pause = {
        "No. Register": "0001/ADU/XI/2026",
        "Mulai": at("20/11 08.00"),
        "Selesai": datetime(2026, 11, 20),
        "Alasan": "x",
    }
    row, _ = measured(case(Diterima=at("20/11 07.30")), pauses=[pause], now="23/11 07.40")
    assert row["elapsed"] == 40 * MINUTE


def test_a_withdrawn_case_is_closed_at_once_a_refused_one_with_its_last_step() -> None:
    assert measured(case(Keputusan="Dicabut"))[0]["status"] == "closed"
    assert measured(case(Keputusan="Ditolak"), now="23/11 08.10")[0]["status"] == "running"
    steps = all_steps(
        *("23/11 " + t for t in ("08.15", "08.30", "08.45", "09.00", "10.00", "11.00", "11.20"))
    )
    assert measured(case(Keputusan="Ditolak", **steps), now="23/11 15.00")[0]["status"] == "closed"


def test_special_hours_outrank_a_holiday_and_a_closure_closes_a_working_day() -> None:
    """Saturday 21/11 is worked 08.00-10.00; Monday 23/11 is closed."""
    closures = [
        {
            "Mulai": datetime(2026, 11, 21),
            "Keterangan": "Lembur",
            "Jam Masuk": "08.00",
            "Jam Pulang": "10.00",
        },
        {"Mulai": datetime(2026, 11, 23), "Keterangan": "Listrik padam"},
    ]
    row = case(Diterima=at("20/11 16.20"), step_1=at("24/11 07.35"))
    assert measured(row, now="24/11 09.00", closures=closures)[1][0] == 10 + 120 + 5


def test_ramadan_hours_hold_on_their_days_only() -> None:
    """18/02/2026 is ordinary (to 16.00), 19/02/2026 is Ramadan (from 08.00)."""
    row = case("0001/ADU/II/2026", Diterima=at("18/02 15.50"), step_1=at("19/02 08.05"))
    assert measured(row, now="19/02 09.00")[1][0] == 15


def holders(row: Row, staff: Any = STAFF, now: str = "23/11 10.00") -> list[str]:
    figures = seen([row], staff=staff, now=at(now)).measures
    assert figures is not None
    return [holder.name for holder in figures.progress.holding(0).holders]


def test_a_step_is_held_by_everybody_active_in_its_role() -> None:
    staff = [
        *STAFF,
        person("Budi", "Petugas Pengadministrasi Pengaduan"),
        person("Cici", "Petugas Pengadministrasi Pengaduan", Aktif="Tidak"),
    ]
    assert holders(case(), staff) == ["Adi", "Budi"]


def test_the_person_of_the_disposition_holds_the_steps_that_follow_it() -> None:
    first_four = all_steps("23/11 08.15", "23/11 08.30", "23/11 08.45", "23/11 09.00")
    assert holders(case(**first_four, **{"Disposisi Kepada": "joko"})) == ["Joko"]
    assert holders(case(**{"Disposisi Kepada": "Joko"})) == ["Adi"]


def on_leave(name: str, role: str, substitute: str | None = None) -> Row:
    leave = {"Cuti Mulai": datetime(2026, 11, 20), "Cuti Selesai": datetime(2026, 11, 23)}
    return person(name, role, Pengganti=substitute, **leave)


KEEPER = "Petugas Pengadministrasi Pengaduan"


def test_a_substitute_stands_in_and_passes_on_when_on_leave_too() -> None:
    staff = [on_leave("Adi", KEEPER, "Budi"), on_leave("Budi", "Ketua Tim", "Kasih"), *STAFF[1:]]
    assert holders(case(), staff) == ["Kasih"]
    assert holders(case(), [on_leave("Adi", KEEPER, "Tari"), *STAFF[1:]]) == ["Tari"]


def test_with_nobody_left_the_superior_holds_the_step() -> None:
    assert holders(case(), [on_leave("Adi", KEEPER), *STAFF[1:]]) == ["Kasih"]
    loop = [on_leave("Adi", KEEPER, "Budi"), on_leave("Budi", "Ketua Tim", "Adi"), *STAFF[1:]]
    assert holders(case(), loop) == ["Kasih"]
    assert holders(case(), STAFF[1:]) == ["Kasih"]
