"""Months and what they are compared with. Expected days are from a wall calendar."""

from datetime import date, datetime

import pytest

from automation.core.office_time.months import (
    Days,
    a_month_ago,
    month_before,
    month_of,
    months_until,
)


def days(start: str, end: str) -> Days:
    return Days(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("here", "before"),
    [
        (("2026-11-01", "2026-11-23"), ("2026-10-01", "2026-10-23")),
        (("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-10-31")),  # whole beside whole
        (("2026-03-01", "2026-03-30"), ("2026-02-01", "2026-02-28")),  # there is no 30th
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        (("2026-01-01", "2026-01-01"), ("2025-12-01", "2025-12-01")),
        (("2024-03-01", "2024-03-29"), ("2024-02-01", "2024-02-29")),
    ],
)
def test_days_are_compared_with_the_same_days_of_the_month_before(
    here: tuple[str, str], before: tuple[str, str]
) -> None:
    assert month_before(days(*here)) == days(*before)


@pytest.mark.parametrize(
    ("here", "words", "short"),
    [
        (("2026-11-01", "2026-11-30"), "November 2026", "November"),
        (("2026-11-01", "2026-11-23"), "1 s.d. 23 November 2026", "1 s.d. 23 November"),
        (("2026-11-01", "2026-11-01"), "1 November 2026", "1 November"),
    ],
)
def test_days_in_words(here: tuple[str, str], words: str, short: str) -> None:
    assert (days(*here).words, days(*here).short_words) == (words, short)


def test_months_reach_back_to_the_first_day_and_no_further() -> None:
    today = date(2026, 2, 10)
    assert months_until(date(2026, 2, 1), today, 9) == [days("2026-02-01", "2026-02-10")]
    assert months_until(date(2025, 12, 31), today, 9) == [
        days("2026-02-01", "2026-02-10"),
        days("2026-01-01", "2026-01-31"),
        days("2025-12-01", "2025-12-31"),
    ]
    assert len(months_until(date(2009, 1, 1), today, 9)) == 9


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23T10:00", "2026-10-23T10:00"),
        ("2026-12-31T07:30", "2026-11-30T07:30"),
        ("2026-01-05T00:00", "2025-12-05T00:00"),
    ],
)
def test_a_month_ago_is_the_same_time_of_the_same_day_or_of_the_last(now: str, then: str) -> None:
    assert a_month_ago(datetime.fromisoformat(now)) == datetime.fromisoformat(then)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_month_of_all_have_an_answer(day: date) -> None:
    assert month_of(day).start.day == 1
    assert month_before(Days(day.replace(day=1), day)).start.day == 1
