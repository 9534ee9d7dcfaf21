"""Which jobs of `watch` run when, each once: by a simulated clock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pandas as pd
import pytest

from automation.core.office_time.office_hours import office_hours
from automation.core.office_time.working_time import DayHours, WorkCalendar
from automation.core.watch.timetable import Done, ask_again, month_due, round_due, stretch
from tests.offices import standard_schema

EVERY = timedelta(minutes=5)
NOTHING = Done()


def usual() -> WorkCalendar:
    return office_hours(standard_schema().working_hours, pd.DataFrame(), 2025, 2027).calendar


def at(text: str) -> datetime:
    """ "23/11/2026 08.15"."""
    return datetime.strptime(text, "%d/%m/%Y %H.%M")


def played(start: datetime, end: datetime, done: Done) -> Iterator[tuple[datetime, str]]:
    """What `watch` begins between two instants: (when, "run", "look" or the month archived)."""
    calendar, now = usual(), start
    while now < end:
        kind = round_due(calendar, done, now, EVERY)
        if kind:
            done = replace(done, **{kind: now})
            yield now, kind
        month = month_due(calendar, done, now)
        if month:
            done = replace(done, archived=month)
            yield now, f"{month:%Y-%m}"
        now = ask_again(calendar, now, EVERY)


@pytest.fixture(scope="module")
def year() -> list[tuple[datetime, str]]:
    """All of 2026, the archive of November 2025 made."""
    before = Done(archived=date(2025, 11, 1))
    return [*played(at("01/01/2026 00.00"), at("01/01/2027 00.00"), before)]


def times(year: list[tuple[datetime, str]], day: date, kind: str) -> list[str]:
    return [f"{now:%H.%M}" for now, job in year if now.date() == day and job == kind]


def test_a_working_day_has_a_run_every_five_minutes_of_its_hours(
    year: list[tuple[datetime, str]],
) -> None:
    monday = times(year, date(2026, 11, 23), "run")
    assert (monday[0], monday[53], monday[54], monday[-1]) == ("07.30", "11.55", "13.00", "15.55")
    assert len(monday) == 54 + 36  # 4 h 30 min and 3 h, twelve an hour


def test_outside_its_hours_a_day_has_one_look_an_hour(year: list[tuple[datetime, str]]) -> None:
    looks = times(year, date(2026, 11, 23), "look")
    night = [f"{hour:02}.30" for hour in range(7)]  # counted from Friday, 16.30
    evening = [f"{hour}.00" for hour in range(16, 24)]
    assert looks == [*night, "12.00", *evening]


def test_in_ramadan_the_hours_are_those_of_ramadan(year: list[tuple[datetime, str]]) -> None:
    thursday, friday = (times(year, date(2026, 2, day), "run") for day in (19, 20))
    assert (thursday[0], thursday[-1], len(thursday)) == ("08.00", "14.55", 48 + 30)
    assert (friday[0], friday[-1], len(friday)) == ("08.00", "15.25", 42 + 36)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 8, 17), date(2026, 12, 24)])
def test_on_a_sunday_a_holiday_and_a_cuti_bersama_nothing_runs(
    year: list[tuple[datetime, str]], day: date
) -> None:
    assert times(year, day, "run") == []
    assert len(times(year, day, "look")) == 24


def test_in_a_year_each_round_of_each_working_minute_comes_once(
    year: list[tuple[datetime, str]],
) -> None:
    """No instant has two, and every fifth working minute of the year has one."""
    runs = [now for now, job in year if job == "run"]
    rounds = [now for now, job in year if job in ("run", "look")]
    assert max(Counter(rounds).values()) == 1
    calendar = usual()
    seconds = calendar.elapsed(at("01/01/2026 00.00"), at("01/01/2027 00.00"))
    assert len(runs) == seconds // 300
    assert all(calendar.is_working(now) for now in runs)
    closed = max(after - before for before, after in pairwise(rounds))
    assert closed == timedelta(hours=1)


def test_each_month_has_its_archive_once_at_the_first_opening_of_the_next(
    year: list[tuple[datetime, str]],
) -> None:
    """The 1st of January, May and June is a holiday; February, March, August and November begin
    on a weekend."""
    made = [(f"{now:%d/%m %H.%M}", job) for now, job in year if job not in ("run", "look")]
    assert made == [
        ("02/01 07.30", "2025-12"),
        ("02/02 07.30", "2026-01"),
        ("02/03 08.00", "2026-02"),
        ("01/04 07.30", "2026-03"),
        ("04/05 07.30", "2026-04"),
        ("02/06 07.30", "2026-05"),
        ("01/07 07.30", "2026-06"),
        ("03/08 07.30", "2026-07"),
        ("01/09 07.30", "2026-08"),
        ("01/10 07.30", "2026-09"),
        ("02/11 07.30", "2026-10"),
        ("01/12 07.30", "2026-11"),
    ]


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("23/11/2026 10.00", "23/11/2026 10.04", None),
        ("23/11/2026 10.00", "23/11/2026 10.05", "run"),
        ("23/11/2026 10.03", "23/11/2026 10.05", "run"),  # it was made up, and the beat goes on
        ("23/11/2026 10.00", "23/11/2026 15.59", "run"),  # the laptop slept
        ("20/11/2026 16.25", "23/11/2026 07.29", "look"),  # over the weekend
        ("20/11/2026 16.25", "23/11/2026 07.30", "run"),
        ("23/11/2026 11.55", "23/11/2026 12.00", "look"),
        ("23/11/2026 12.00", "23/11/2026 12.59", None),
        ("23/11/2026 16.30", "23/11/2026 16.59", None),
        ("23/11/2026 16.30", "23/11/2026 17.00", "look"),
        ("23/11/2027 10.00", "23/11/2026 10.01", "run"),  # the clock was set back
        ("23/11/2026 10.00", "23/11/2027 10.01", "run"),  # and forth
    ],
)
def test_a_round_that_was_missed_is_made_up_once(last: str, now: str, due: str | None) -> None:
    calendar, done = usual(), Done(run=at(last))
    assert round_due(calendar, done, at(now), EVERY) == due
    if due:
        done = replace(done, **{due: at(now)})
        assert round_due(calendar, done, at(now), EVERY) is None


def test_a_program_that_was_just_started_runs_at_once() -> None:
    assert round_due(usual(), NOTHING, at("23/11/2026 10.03"), EVERY) == "run"
    assert round_due(usual(), NOTHING, at("22/11/2026 10.03"), EVERY) == "look"


def test_a_look_is_no_run() -> None:
    looked = Done(look=at("23/11/2026 10.00"))
    assert round_due(usual(), looked, at("23/11/2026 10.00"), EVERY) == "run"


def test_archives_that_were_missed_are_made_one_after_the_other() -> None:
    """The machine was off from August on."""
    start = at("23/11/2026 09.00")
    made = [job for _, job in played(start, start + 4 * EVERY, Done(archived=date(2026, 7, 1)))]
    assert made == ["run", "2026-08", "run", "2026-09", "run", "2026-10", "run"]


def test_an_archive_that_failed_is_tried_again_after_an_hour() -> None:
    failed = Done(failed=at("02/11/2026 07.30"), archived=date(2026, 9, 1))
    assert month_due(usual(), failed, at("02/11/2026 08.29")) is None
    assert month_due(usual(), failed, at("02/11/2026 08.30")) == date(2026, 10, 1)
    assert month_due(usual(), failed, at("01/11/2026 07.30")) is None  # a Sunday
    assert month_due(usual(), failed, at("02/11/2026 07.29")) is None  # not open yet


def test_without_a_memory_only_the_last_month_is_archived() -> None:
    assert month_due(usual(), NOTHING, at("23/11/2026 10.00")) == date(2026, 10, 1)
    done = Done(archived=date(2026, 10, 1))
    assert month_due(usual(), done, at("30/11/2026 15.59")) is None
    assert month_due(usual(), done, at("01/12/2026 07.30")) == date(2026, 11, 1)
    assert month_due(usual(), done, at("04/01/2027 07.30")) == date(2026, 11, 1)


def test_an_office_that_never_opens_is_looked_at_every_hour() -> None:
    shut = WorkCalendar(date(2026, 1, 1), [DayHours(())] * 365)
    now = at("23/11/2026 10.30")
    assert not stretch(shut, now).works
    looked = Done(look=at("23/11/2026 10.00"))
    assert round_due(shut, looked, now, EVERY) is None
    assert round_due(shut, looked, at("23/11/2026 11.00"), EVERY) == "look"
    assert ask_again(shut, now, EVERY) == at("23/11/2026 11.00")


def test_an_interval_that_is_longer_than_the_morning_still_begins_at_the_opening() -> None:
    every = timedelta(hours=4)
    assert ask_again(usual(), at("23/11/2026 11.45"), every) == at("23/11/2026 12.00")
    done = Done(run=at("23/11/2026 11.30"))
    assert round_due(usual(), done, at("23/11/2026 13.00"), every) == "run"


def test_with_a_lag_rounds_come_so_long_behind_their_moments_and_none_before_the_first() -> None:
    lag, done = timedelta(minutes=2), Done(run=at("20/11/2026 16.00"))
    opening = at("23/11/2026 07.30")
    due = [
        round_due(usual(), done, opening + timedelta(minutes=place), EVERY, lag)
        for place in range(3)
    ]
    assert due == [None, None, "run"]
    assert ask_again(usual(), opening, EVERY, lag) == at("23/11/2026 07.32")
    assert ask_again(usual(), at("23/11/2026 07.32"), EVERY, lag) == at("23/11/2026 07.37")
    done = Done(run=at("23/11/2026 07.32"))
    assert round_due(usual(), done, at("23/11/2026 07.36"), EVERY, lag) is None
    assert round_due(usual(), done, at("23/11/2026 07.37"), EVERY, lag) == "run"


def test_with_a_lag_no_run_is_due_when_the_office_has_closed() -> None:
    lag, done = timedelta(minutes=4), Done(run=at("23/11/2026 15.54"))
    assert round_due(usual(), done, at("23/11/2026 15.59"), EVERY, lag) == "run"
    assert round_due(usual(), done, at("23/11/2026 16.00"), EVERY, lag) is None
    assert round_due(usual(), done, at("23/11/2026 16.04"), EVERY, lag) == "look"


def test_with_a_lag_the_archives_of_a_month_do_not_all_come_at_the_opening() -> None:
    lag, done = timedelta(minutes=2), Done(archived=date(2026, 10, 1))
    assert month_due(usual(), done, at("01/12/2026 07.31"), lag) is None
    assert month_due(usual(), done, at("01/12/2026 07.32"), lag) == date(2026, 11, 1)
