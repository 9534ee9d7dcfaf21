"""When somebody is told that runs fail, and when that they work again: once each."""

from datetime import datetime, timedelta

import pytest

from automation import VERSION
from automation.core.office_time.office_hours import usual_calendar
from automation.core.watch.pulse import Beat, Pulse, overdue
from tests.offices import NOW, at, standard_schema

EVERY = timedelta(minutes=5)


def told(course: str, runs: int = 3) -> str:
    """What is told after each run of a course: `.` good, `x` failed, `o` failed out of hours. The
    answer has `A` for an alarm, `R` for relief, `-` for nothing."""
    pulse, said = Pulse(), ""
    for place, kind in enumerate(course):
        now = NOW + place * EVERY
        pulse = pulse.after(Beat(now, 1.0, "" if kind == "." else "?"), matters=kind != "o")
        news = "A" if pulse.must_alarm(runs) else "R" if pulse.may_reassure(runs) else "-"
        pulse = pulse if news == "-" else pulse.told(now)
        said += news
    return said


@pytest.mark.parametrize(
    ("course", "said"),
    [
        ("..x..xx..", "---------"),  # passing faults
        ("xxx", "--A"),
        ("xxxxxxxxxx", "--A-------"),  # one mail, however long it lasts
        ("xxx...", "--A--R"),
        ("xxx......", "--A--R---"),
        ("xxx.xxx.xxx..", "--A----------"),  # it comes and goes: no second mail
        ("xxx..x...", "--A-----R"),
        ("xxx...xxx...", "--A--R--A--R"),  # another failure is another
        ("ooooooooo", "---------"),  # nobody needs it at night
        ("xxoooox", "------A"),
        ("ooo...", "------"),
    ],
)
def test_a_lasting_fault_is_told_once_and_its_end_once(course: str, said: str) -> None:
    assert told(course) == said


def test_how_many_failed_runs_it_takes_is_the_office_s_to_say() -> None:
    assert told("x.", runs=1) == "AR"
    assert told("xxxxx", runs=5) == "----A"


def test_what_could_not_be_told_is_told_after_the_next_run() -> None:
    pulse = Pulse()
    for place in range(4):
        pulse = pulse.after(Beat(NOW + place * EVERY, 1.0, "?"), matters=True)
    assert pulse.must_alarm(3)
    assert pulse.failing_since == NOW


def test_the_last_good_run_is_kept_while_others_fail() -> None:
    pulse = Pulse().after(Beat(NOW, 2.13, program=VERSION), matters=True)
    assert pulse.sentences == "Putaran terakhir: 23/11/2026 10.00, 2,1 detik, berhasil."
    pulse = pulse.after(Beat(NOW + EVERY, 0.5, "Google tidak menjawab.", VERSION), matters=True)
    assert pulse.sentences == (
        "Putaran terakhir: 23/11/2026 10.05, 0,5 detik, gagal: Google tidak menjawab. "
        "Terakhir berhasil: 23/11/2026 10.00."
    )
    assert Pulse().sentences == "Belum pernah berjalan."
    never = Pulse().after(Beat(NOW, 0.5, "Tidak ada.", VERSION), matters=True)
    assert never.sentences == "Putaran terakhir: 23/11/2026 10.00, 0,5 detik, gagal: Tidak ada."


@pytest.mark.parametrize(
    ("good", "now", "late"),
    [
        ("23/11 10.00", "23/11 11.00", False),
        ("23/11 10.00", "23/11 11.01", True),
        ("20/11 16.25", "23/11 07.30", False),  # a weekend
        ("20/11 16.25", "23/11 08.25", False),  # an hour of work behind it
        ("20/11 16.25", "23/11 08.26", True),
        ("23/11 11.30", "23/11 13.30", False),  # the break does not count
        ("23/11 10.00", "22/11 10.00", False),  # the clock was set back
    ],
)
def test_a_run_is_missing_after_an_hour_of_work_without_a_good_one(
    good: str, now: str, late: bool
) -> None:
    pulse = Pulse().after(Beat(at(good), 1.0), matters=True)
    calendar = usual_calendar(standard_schema().working_hours, 2026)
    assert overdue(pulse, calendar, at(now), EVERY) is late
    failing = pulse.after(Beat(at(now), 1.0, "?"), matters=True)
    assert overdue(failing, calendar, at(now), EVERY) is late
    assert not overdue(pulse, calendar, at(now), timedelta(hours=4))


def test_rare_runs_may_be_late_by_one_of_them() -> None:
    pulse = Pulse().after(Beat(at("23/11 08.00"), 1.0), matters=True)
    calendar, every = usual_calendar(standard_schema().working_hours, 2026), timedelta(minutes=45)
    assert not overdue(pulse, calendar, at("23/11 09.30"), every)
    assert overdue(pulse, calendar, at("23/11 09.31"), every)


def test_a_program_that_never_did_well_is_not_well() -> None:
    calendar = usual_calendar(standard_schema().working_hours, 2026)
    now: datetime = NOW
    assert not overdue(Pulse(), calendar, now, EVERY)
    assert overdue(Pulse().after(Beat(now, 1.0, "?"), matters=True), calendar, now, EVERY)
