"""What the head of office is told in the morning. Expected figures are counted by hand."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from automation.core.measures.figures import Counts, Figures, StepFigures
from tests.offices import Row, at, case
from tests.runs import Runs


def done(serial: int, received: str, finished: str, minutes: int = 10) -> Row:
    """A finished case; its first step took so many minutes, the others none."""
    start = at(received)
    first = start.replace(minute=start.minute + minutes)
    stamps = {f"step_{step}": first for step in range(1, 7)}
    return case(f"{serial:04}/ADU/XI/2026", Diterima=start, **stamps, step_7=at(finished))


def figures(*cases: Row, now: str) -> Figures:
    runs = Runs()
    runs.run(*cases, now=now)
    assert runs.plan is not None
    assert runs.plan.situation is not None
    return runs.plan.situation.figures


def waiting(serial: int, steps: int, since: str) -> Row:
    stamps = {f"step_{step}": at(since) for step in range(1, steps + 1)}
    return case(f"{serial:04}/ADU/XI/2026", Diterima=at(since), **stamps)


def test_the_last_working_day_is_compared_with_the_same_day_a_week_before() -> None:
    """On Wednesday 25/11 the day is Tuesday 24/11, beside Tuesday 17/11."""
    found = figures(
        done(1, "24/11 08.00", "24/11 08.10"),
        done(2, "24/11 08.00", "24/11 08.30", minutes=20),
        done(3, "23/11 08.00", "24/11 07.30"),
        done(4, "17/11 08.00", "17/11 08.10"),
        case("0005/ADU/XI/2026", Diterima=at("24/11 00.00")),
        now="25/11 07.30",
    )
    (day,) = found.periods
    assert (day.period, day.start, day.end) == ("day", date(2026, 11, 24), date(2026, 11, 24))
    assert day.counts == Counts(received=3, finished=3, on_time=1)
    assert day.counts.compliance == pytest.approx(1 / 3)
    assert day.before == Counts(received=1, finished=1, on_time=1)


def test_the_first_working_day_of_a_week_adds_the_week_before() -> None:
    """On Monday 23/11: the day is Friday 20/11, the week 16/11 to 22/11."""
    found = figures(
        done(1, "16/11 00.00", "16/11 00.10"),
        waiting(2, 1, "22/11 23.59"),
        done(3, "15/11 23.00", "15/11 23.10"),
        now="23/11 07.30",
    )
    day, week = found.periods
    assert (day.period, day.start) == ("day", date(2026, 11, 20))
    assert (week.period, week.start, week.end) == ("week", date(2026, 11, 16), date(2026, 11, 22))
    assert (week.counts.received, week.counts.finished) == (2, 1)
    assert (week.before.received, week.before.finished) == (1, 1)


def test_the_first_working_day_of_a_month_adds_the_month_before() -> None:
    """1 December 2026 is a Tuesday: the day, and November beside October."""
    found = figures(
        done(1, "02/11 08.00", "02/11 08.10"), waiting(2, 1, "31/10 08.00"), now="01/12 07.30"
    )
    _, month = found.periods
    assert (month.period, month.start, month.end) == (
        "month",
        date(2026, 11, 1),
        date(2026, 11, 30),
    )
    assert (month.counts.received, month.counts.finished) == (1, 1)
    assert (month.before.received, month.before.finished) == (1, 0)
    assert [each.period for each in figures(now="02/12 07.30").periods] == ["day"]


def test_nine_of_ten_late_is_said_as_nine_of_ten() -> None:
    found = figures(
        *(waiting(serial, 3, "23/11 08.00") for serial in range(1, 10)),
        waiting(10, 4, "24/11 07.25"),
        now="24/11 07.30",
    )
    assert (found.open, found.overdue) == (10, 9)
    assert found.bottleneck is not None
    assert (found.bottleneck.header, found.bottleneck.overdue, found.bottleneck.waiting) == (
        "4. Koordinasi", 9, 9,
    )  # fmt: skip


def test_without_a_late_case_there_is_no_bottleneck() -> None:
    found = figures(waiting(1, 4, "24/11 07.25"), now="24/11 07.30")
    assert found.bottleneck is None
    assert found.worst == ()


def test_the_worst_late_cases_are_named_with_their_holders_the_latest_first() -> None:
    """Seen at 09.00 and 13.00 on Monday; on Tuesday at 07.30, 240 and 180 minutes are used."""
    runs = Runs()
    first, second = waiting(1, 3, "23/11 09.00"), waiting(2, 4, "23/11 13.00")
    runs.run(first, now="23/11 09.00")
    runs.run(first, second, now="23/11 13.00")
    runs.run(first, second, now="24/11 07.30")
    assert runs.plan is not None
    assert runs.plan.situation is not None
    worst = runs.plan.situation.figures.worst
    assert [(each.number, each.step, each.holders, each.over_seconds // 60) for each in worst] == [
        ("0001/ADU/XI/2026", "4. Koordinasi", ("Joko",), 180 + 180 - 15),
        ("0002/ADU/XI/2026", "5. Jawaban", ("Tari",), 180 - 60),
    ]


def test_five_of_the_worst_are_named() -> None:
    runs = Runs()
    cases = [waiting(serial, 3, f"23/11 08.{serial:02}") for serial in range(1, 8)]
    runs.run(*cases, now="23/11 08.10")
    runs.run(*cases, now="24/11 07.30")
    assert runs.plan is not None
    assert runs.plan.situation is not None
    assert len(runs.plan.situation.figures.worst) == 5


def test_due_today_is_until_the_end_of_the_day() -> None:
    """Step 5 takes 60 minutes: received 15.30 on Monday it is due at 08.00 on Tuesday."""
    assert figures(waiting(1, 4, "23/11 15.30"), now="24/11 07.30").due_today == 1
    assert figures(waiting(1, 4, "23/11 14.30"), now="24/11 07.30").due_today == 0


def test_an_office_without_cases_has_figures_too() -> None:
    found = figures(now="24/11 07.30")
    assert (found.open, found.overdue, found.due_today, found.findings) == (0, 0, 0, 0)
    assert found.periods[0].counts == Counts(0, 0, 0)
    assert found.periods[0].counts.compliance is None


def test_the_figures_of_a_morning_are_one_thing_to_say() -> None:
    assert figures(now="24/11 07.30").key == "figures|2026-11-24"
    assert figures(now="24/11 07.30").day == datetime(2026, 11, 24).date()


def test_of_two_steps_with_as_many_late_cases_the_fuller_one_is_the_bottleneck() -> None:
    steps = (
        StepFigures("1. Unduh", 2, 2),
        StepFigures("5. Jawaban", 3, 2),
        StepFigures("7. Arsip", 9, 1),
    )
    found = replace(figures(now="24/11 07.30"), steps=steps)
    assert found.bottleneck == steps[1]


@pytest.mark.parametrize(("closed_from", "told"), [("29/10 00.00", ["day"]), ("28/10 00.00", [])])
def test_what_was_before_a_rest_of_more_than_thirty_days_is_no_news(
    closed_from: str, told: list[str]
) -> None:
    """Open again on Friday 27/11, within a week and a month that began before: 28/10 is 30 days ago."""
    rest = {"Mulai": at(closed_from), "Selesai": at("26/11 00.00"), "Keterangan": "Renovasi"}
    runs = Runs()
    runs.run(now="27/11 07.30", closures=[rest])
    assert runs.plan is not None
    assert runs.plan.situation is not None
    periods = [each.period for each in runs.plan.situation.figures.periods]
    assert periods[: len(told)] == told
    assert bool(periods) == bool(told)
