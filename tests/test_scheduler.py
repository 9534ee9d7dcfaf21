"""`watch` keeps its rhythm whatever the machine's clock is set to."""

from datetime import datetime, timedelta

import pytest
import time_machine

from automation.core.plan import Plan, plan
from automation.scheduler import Shift, SteadyScheduler
from tests.offices import NOW, case, grids, standard_schema

DAY = timedelta(days=1)


class Time:
    """Two clocks: one that can be set, and one that only goes on."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.seconds = 0.0

    def passes(self, **amount: float) -> None:
        self.now += timedelta(**amount)
        self.seconds += timedelta(**amount).total_seconds()


class Watched:
    """A shift of an office with one case; `done` tells what it did."""

    def __init__(self, time: Time) -> None:
        self.done: list[str] = []
        self.shift = Shift(self.run, self.look, lambda: time.now, lambda: time.seconds)
        self._time = time

    def run(self) -> Plan:
        self.done.append("run")
        return self._plan()

    def look(self) -> Plan:
        self.done.append("look")
        return self._plan()

    def _plan(self) -> Plan:
        return plan(grids([case()]), standard_schema(), self._time.now)


@pytest.mark.parametrize("jump", [-365 * DAY, -DAY, timedelta(), DAY, 365 * DAY])
def test_a_job_is_due_after_its_interval_whatever_the_wall_clock_is_set_to(jump: timedelta) -> None:
    time = Time()
    done: list[str] = []
    scheduler = SteadyScheduler(lambda: time.seconds)
    with time_machine.travel(NOW, tick=False) as traveller:
        scheduler.every(5).minutes.do(done.append, "run")
        traveller.move_to(NOW + jump)
        for minutes in (4.9, 0.1, 4.9, 0.1):
            time.passes(minutes=minutes)
            scheduler.run_pending()
            done.append(f"{time.seconds / 60:.1f}")
    assert done == ["4.9", "run", "5.0", "9.9", "run", "10.0"]


def test_runs_that_were_missed_are_made_up_once() -> None:
    time = Time()
    done: list[str] = []
    scheduler = SteadyScheduler(lambda: time.seconds)
    scheduler.every(5).minutes.do(done.append, "run")
    time.passes(hours=3)
    scheduler.run_pending()
    scheduler.run_pending()
    assert done == ["run"]


def test_a_closed_office_is_looked_at_every_hour_also_when_the_clock_was_set_back() -> None:
    time = Time(datetime(2026, 11, 23, 20, 0))  # in the evening
    watched = Watched(time)
    watched.shift.tick()
    time.now -= timedelta(hours=3)  # 17.00, closed as well
    for _ in range(2):
        time.passes(minutes=30)
        watched.shift.tick()
    assert watched.done == ["look", "look"]


def test_what_was_seen_on_another_day_is_looked_at_anew() -> None:
    """From a Sunday to the Monday, on which the office works."""
    time = Time(NOW - DAY)
    watched = Watched(time)
    watched.shift.tick()
    time.now += DAY
    watched.shift.tick()
    assert watched.done == ["look", "look", "run"]


def test_a_run_counts_as_a_look() -> None:
    time = Time()
    watched = Watched(time)
    watched.shift.tick()
    for _ in range(20):
        time.passes(minutes=5)
        watched.shift.tick()
    assert watched.done == ["look", *["run"] * 21]
