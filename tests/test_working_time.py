"""Working time held against a count minute by minute, its own laws, and sums done by hand."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import holidays
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.core.office_time.working_time import DayHours, WorkCalendar

ONE_MINUTE = timedelta(minutes=1)
MONDAY_TO_THURSDAY = DayHours(((450, 720), (780, 960)))  # 07.30-12.00, 13.00-16.00
FRIDAY = DayHours(((450, 690), (780, 990)))  # 07.30-11.30, 13.00-16.30
CLOSED = DayHours(())
ALL_DAY = DayHours(((0, 1440),))
MONDAY = date(2026, 11, 23)
thorough = settings(max_examples=200, deadline=None)  # no example fails for being slow


def working_seconds(
    first_day: date, days: Sequence[DayHours], start: datetime, end: datetime
) -> int:
    """The count by hand: minute after minute, as much of it as is worked and in the interval."""
    total = timedelta(0)
    minute = start.replace(second=0)
    while minute < end:
        hours = days[(minute.date() - first_day).days]
        of_day = 60 * minute.hour + minute.minute
        if any(opens <= of_day < closes for opens, closes in hours.periods):
            total += min(end, minute + ONE_MINUTE) - max(start, minute)
        minute += ONE_MINUTE
    return int(total.total_seconds())


@st.composite
def day_hours(draw: st.DrawFn) -> DayHours:
    """Any hours, to the minute or on the half hour, some of whose periods touch."""
    step = draw(st.sampled_from([1, 30]))
    edges = sorted(step * edge for edge in draw(st.sets(st.integers(0, 1440 // step), max_size=7)))
    gaps = list(pairwise(edges))
    worked = draw(st.lists(st.booleans(), min_size=len(gaps), max_size=len(gaps)))
    return DayHours(tuple(gap for gap, is_worked in zip(gaps, worked, strict=True) if is_worked))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[date, list[DayHours]]:
    """A few days, on either side of 1970."""
    any_hours = st.one_of(day_hours(), st.sampled_from([CLOSED, ALL_DAY, FRIDAY]))
    first_day = draw(st.dates(date(1969, 12, 28), date(1970, 1, 3)) | st.just(MONDAY))
    return first_day, draw(st.lists(any_hours, min_size=1, max_size=5))


def instants(first_day: date, days: Sequence[DayHours]) -> st.SearchStrategy[datetime]:
    """Any second of the calendar, often one beside the edge of a period."""
    span = len(days) * 86_400
    edges = {
        86_400 * n + 60 * edge
        for n, hours in enumerate(days)
        for period in hours.periods
        for edge in period
    }
    beside = st.tuples(st.sampled_from(sorted(edges | {0, span})), st.integers(-1, 1)).map(sum)
    seconds = st.integers(0, span) | beside.filter(lambda second: 0 <= second <= span)
    midnight = datetime.combine(first_day, datetime.min.time())
    return seconds.map(lambda second: midnight + timedelta(seconds=second))


@thorough
@given(calendars(), st.data())
def test_elapsed_is_the_count_minute_by_minute(
    calendar: tuple[date, list[DayHours]], data: st.DataObject
) -> None:
    start, end = sorted([data.draw(instants(*calendar)), data.draw(instants(*calendar))])
    assert WorkCalendar(*calendar).elapsed(start, end) == working_seconds(*calendar, start, end)


@thorough
@given(calendars(), st.data())
def test_elapsed_adds_up_in_any_order(
    calendar: tuple[date, list[DayHours]], data: st.DataObject
) -> None:
    a, b, c = (data.draw(instants(*calendar)) for _ in range(3))
    elapsed = WorkCalendar(*calendar).elapsed
    assert elapsed(a, c) == elapsed(a, b) + elapsed(b, c)
    assert elapsed(a, b) == -elapsed(b, a)


@thorough
@given(calendars(), st.data(), st.integers(0, 3 * 86_400))
def test_due_is_the_earliest_instant_with_the_time_used_up(
    calendar: tuple[date, list[DayHours]], data: st.DataObject, seconds: int
) -> None:
    """So the second before it is worked: due falls on a period's end, not on the next start."""
    start = data.draw(instants(*calendar))
    office = WorkCalendar(*calendar)
    due = office.due(start, seconds)
    if np.isnat(due):
        assert office.elapsed(start, office.last) < seconds
    elif seconds == 0:
        assert due == np.datetime64(start)
    else:
        assert office.elapsed(start, due) == seconds
        assert office.elapsed(start, due - np.timedelta64(1, "s")) == seconds - 1


@thorough
@given(calendars(), st.data())
def test_instant_undoes_worked(calendar: tuple[date, list[DayHours]], data: st.DataObject) -> None:
    at = data.draw(instants(*calendar))
    office = WorkCalendar(*calendar)
    earliest = office.instant(office.worked(at))
    assert earliest <= np.datetime64(at)
    assert office.worked(earliest) == office.worked(at)


@thorough
@given(calendars(), st.data())
def test_periods_add_up_to_elapsed(
    calendar: tuple[date, list[DayHours]], data: st.DataObject
) -> None:
    start, end = sorted([data.draw(instants(*calendar)), data.draw(instants(*calendar))])
    office = WorkCalendar(*calendar)
    periods = office.periods(start, end)
    total = sum((closes - opens for opens, closes in periods), timedelta(0))
    assert total.total_seconds() == office.elapsed(start, end)
    assert all(start <= opens < closes <= end for opens, closes in periods)
    assert all(office.is_working(opens) for opens, _ in periods)


@pytest.fixture(scope="module")
def office() -> WorkCalendar:
    """2026 with the hours of Perpres 21/2023, public holidays and cuti bersama."""
    closed = holidays.country_holidays("ID", categories=("public", "government"), years=2026)
    week = [MONDAY_TO_THURSDAY] * 4 + [FRIDAY, CLOSED, CLOSED]
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    return WorkCalendar(first, [CLOSED if day in closed else week[day.weekday()] for day in days])


def test_a_weekend_counts_nothing(office: WorkCalendar) -> None:
    """Fri 15.40-16.30 is 50 minutes, Sat and Sun are closed, Mon 07.30-07.55 is 25."""
    friday, monday = datetime(2026, 11, 20, 15, 40), datetime(2026, 11, 23, 7, 55)
    assert office.elapsed(friday, monday) == 75 * 60
    assert office.periods(friday, monday) == [
        (friday, datetime(2026, 11, 20, 16, 30)),
        (datetime(2026, 11, 23, 7, 30), monday),
    ]
    assert office.due(friday, 60 * 60) == np.datetime64("2026-11-23T07:40")


def test_an_amount_that_ends_with_the_day_is_due_that_day(office: WorkCalendar) -> None:
    friday = datetime(2026, 11, 20, 15, 40)
    assert office.due(friday, 50 * 60) == np.datetime64("2026-11-20T16:30")
    assert office.due(friday, 50 * 60 + 1) == np.datetime64("2026-11-23T07:30:01")


def test_seconds_count(office: WorkCalendar) -> None:
    """From 11.59.30 to the break at 12.00, and 10 seconds from 13.00 on."""
    start, end = datetime(2026, 11, 23, 11, 59, 30), datetime(2026, 11, 23, 13, 0, 10)
    assert office.elapsed(start, end) == 40
    assert office.due(start, 40) == np.datetime64(end)


@pytest.mark.parametrize(
    ("count", "day"), [(1, "2026-03-16"), (10, "2026-04-06"), (17, "2026-04-15")]
)
def test_working_days_skip_cuti_bersama(office: WorkCalendar, count: int, day: str) -> None:
    """Komisi Informasi's own example: received on 13/03/2026, with Nyepi, Idul Fitri and Easter."""
    received = date(2026, 3, 13)
    assert office.add_working_days(received, count) == np.datetime64(day)
    assert office.working_days(received, np.datetime64(day)) == count


def test_arrays_are_answered_item_by_item(office: WorkCalendar) -> None:
    starts = np.array([["2026-11-20T15:40"], ["2026-11-23T07:30"]], "M8[us]")
    ends = np.array(["2026-11-23T07:55", "2026-11-23T08:00"], "M8[s]")
    assert office.elapsed(starts, ends).tolist() == [[75 * 60, 80 * 60], [25 * 60, 30 * 60]]
    assert office.due(ends, 60).dtype == "M8[s]"
    assert office.due(ends, 60).tolist() == [
        datetime(2026, 11, 23, 7, 56),
        datetime(2026, 11, 23, 8, 1),
    ]
    assert office.is_working(starts).tolist() == [[True], [True]]
    assert office.working_days(starts, ends).tolist() == [[1, 1], [0, 0]]
    assert office.elapsed(ends[:0], ends[:0]).size == 0


def test_input_is_left_as_it_was(office: WorkCalendar) -> None:
    starts = np.array(["2026-11-20T15:40", "2026-11-21T10:00"], "M8[s]")
    amounts = np.array([0, 60])
    office.due(starts, amounts)
    assert starts.tolist() == [datetime(2026, 11, 20, 15, 40), datetime(2026, 11, 21, 10)]
    assert amounts.tolist() == [0, 60]


def test_nothing_left_to_work_is_due_at_once() -> None:
    """Even on a closed day: the earliest instant from the start on is the start."""
    sunday = datetime(2026, 11, 29, 10)
    assert WorkCalendar(sunday.date(), [CLOSED]).due(sunday, 0) == np.datetime64(sunday)


def test_work_through_midnight_is_unbroken() -> None:
    """Night work from Mon 22.00 to Tue 06.00, as a period on each of the two days."""
    office = WorkCalendar(MONDAY, [DayHours(((1320, 1440),)), DayHours(((0, 360),))])
    assert office.elapsed(datetime(2026, 11, 23, 23), datetime(2026, 11, 24, 1)) == 2 * 3600
    assert office.due(datetime(2026, 11, 23, 22), 2 * 3600) == np.datetime64("2026-11-24T00:00")
    assert office.is_working(datetime(2026, 11, 24))
    assert not office.is_working(datetime(2026, 11, 24, 6))


def test_a_closed_calendar_never_falls_due() -> None:
    office = WorkCalendar(MONDAY, [CLOSED, CLOSED])
    assert office.elapsed(office.first, office.last) == 0
    assert np.isnat(office.due(office.first, 1))
    assert np.isnat(office.add_working_days(MONDAY, 1))


def test_an_answer_past_the_end_is_unknown() -> None:
    office = WorkCalendar(MONDAY, [ALL_DAY, ALL_DAY])
    assert office.due(office.first, 2 * 86_400) == office.last
    assert np.isnat(office.due(office.first, 2 * 86_400 + 1))
    assert np.isnat(office.instant(2 * 86_400 + 1))
    assert office.add_working_days(MONDAY, 1) == np.datetime64("2026-11-24")
    assert np.isnat(office.add_working_days(MONDAY, 2))


def test_a_century_of_unbroken_work_is_exact() -> None:
    """More seconds than 32 bits hold."""
    office = WorkCalendar(date(1950, 1, 1), [ALL_DAY] * 36_525)
    assert office.elapsed(office.first, office.last) == 36_525 * 86_400
    assert office.due(office.first, 36_525 * 86_400) == office.last


@pytest.mark.parametrize("at", ["0001-01-01", "2026-11-22T23:59:59"])
def test_before_the_calendar_no_work_is_known(at: str) -> None:
    office, before = WorkCalendar(MONDAY, [ALL_DAY]), np.datetime64(at, "s")
    assert office.elapsed(before, datetime(2026, 11, 23, 1)) == 3600
    assert not office.is_working(before)
    assert office.working_days(before.astype("M8[D]"), MONDAY) == 1
    assert office.due(before, 60) == np.datetime64("2026-11-23T00:01:00")
    assert np.isnat(office.working_day_before(before.astype("M8[D]")))


@pytest.mark.parametrize("at", ["2026-11-24T00:00:01", "9999-12-31T23:59:59"])
def test_after_the_calendar_no_work_is_known(at: str) -> None:
    office, after = WorkCalendar(MONDAY, [ALL_DAY]), np.datetime64(at, "s")
    assert office.elapsed(datetime(2026, 11, 23, 23), after) == 3600
    assert not office.is_working(after)
    assert office.working_days(MONDAY, after.astype("M8[D]")) == 0
    assert np.isnat(office.due(after, 1))
    assert np.isnat(office.add_working_days(after.astype("M8[D]"), 1))
    assert office.working_day_before(after.astype("M8[D]")) == np.datetime64(MONDAY)


def test_periods_are_those_of_the_calendar_alone() -> None:
    office = WorkCalendar(MONDAY, [ALL_DAY])
    monday, tuesday = datetime(2026, 11, 23), datetime(2026, 11, 24)
    assert office.periods(datetime.min, datetime.max) == [(monday, tuesday)]


def test_the_working_day_before_passes_over_closed_days() -> None:
    office = WorkCalendar(date(2026, 11, 20), [FRIDAY, CLOSED, CLOSED, MONDAY_TO_THURSDAY])
    assert office.working_day_before(MONDAY) == np.datetime64("2026-11-20")
    assert np.isnat(office.working_day_before(date(2026, 11, 20)))


def test_an_instant_that_is_none_is_refused() -> None:
    office = WorkCalendar(MONDAY, [ALL_DAY])
    nothing = np.array(["2026-11-23T10:00", "NaT"], "M8[s]")
    for question in (office.worked, office.is_working, lambda at: office.due(at, 0)):
        with pytest.raises(ValueError, match="NaT"):
            question(nothing)


def test_amounts_below_the_least_are_refused(office: WorkCalendar) -> None:
    start = datetime(2026, 11, 23, 10)
    with pytest.raises(ValueError, match="not negative: -1"):
        office.due(start, np.array([5, -1]))
    with pytest.raises(ValueError, match="not negative: -1"):
        office.instant(-1)
    with pytest.raises(ValueError, match="counted from 1"):
        office.add_working_days(MONDAY, 0)


def test_a_calendar_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        WorkCalendar(MONDAY, [])


@pytest.mark.parametrize(
    "periods",
    [
        ((720, 450),),
        ((450, 450),),
        ((450, 720), (700, 960)),
        ((780, 960), (450, 720)),
        ((-1, 60),),
        ((1380, 1441),),
    ],
)
def test_hours_that_are_not_a_days_periods_in_order_are_refused(
    periods: tuple[tuple[int, int], ...],
) -> None:
    with pytest.raises(ValueError, match="not the working periods of a day"):
        DayHours(periods)
