"""The jobs of `watch`: each at its time, and none holds up another."""

import logging
from datetime import date, datetime, timedelta

import pytest

from automation.core.edges import EdgeError
from automation.core.office_time.office_hours import usual_calendar
from automation.core.office_time.working_time import WorkCalendar
from automation.core.plan import Plan, plan
from automation.installation import BusyError
from automation.unattended.scheduler import Shift
from tests.offices import NOW, Row, at, case, grids, standard_schema

LAST_MONTH = date(2026, 10, 1)
CLOSED: tuple[Row, ...] = ({"Mulai": NOW, "Selesai": NOW, "Keterangan": "Listrik padam"},)


class Desk:
    """An office with one case; `done` tells what was done for it, `fails` what cannot be."""

    def __init__(self, now: datetime = NOW, archived: date | None = LAST_MONTH) -> None:
        self.every = timedelta(minutes=5)
        self.now = now
        self.done: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.closures: tuple[Row, ...] = ()
        self.shift = Shift(self, lambda: self.now, archived)

    def calendar(self) -> WorkCalendar:
        return usual_calendar(standard_schema().working_hours, self.now.year)

    def run(self) -> Plan:
        self._do("run")
        return self._seen()

    def look(self) -> Plan:
        self._do("look")
        return self._seen()

    def archive(self, month: date) -> None:
        self._do(f"{month:%Y-%m}")

    def _do(self, job: str) -> None:
        self.done.append(job)
        if job in self.fails:
            raise self.fails[job]

    def _seen(self) -> Plan:
        return plan(grids([case()], closures=self.closures), standard_schema(), self.now)

    def ticks(self, *moments: datetime) -> list[str]:
        """What is done at these moments."""
        self.done = []
        for self.now in moments:
            self.shift.tick()
        return self.done


def test_a_tick_does_what_is_due_once() -> None:
    desk = Desk()
    assert desk.ticks(NOW, NOW, at("23/11 10.04")) == ["run"]
    assert desk.ticks(at("23/11 10.05")) == ["run"]
    assert desk.shift.rest() == timedelta(minutes=5)
    assert desk.ticks(at("23/11 12.00"), at("23/11 12.30"), at("23/11 13.00")) == ["look", "run"]


def test_the_month_is_archived_behind_the_first_run() -> None:
    desk = Desk(archived=date(2026, 9, 1))
    opening = at("02/11 07.30")
    assert desk.ticks(opening, opening) == ["run", "2026-10"]


@pytest.mark.parametrize("fault", [EdgeError("Google tidak menjawab."), KeyError("Budi Santoso")])
def test_a_job_that_fails_is_logged_and_the_others_go_on(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(archived=date(2026, 9, 1))
    desk.fails = {"run": fault, "2026-10": fault}
    with caplog.at_level(logging.ERROR):
        assert desk.ticks(NOW, NOW) == ["run", "2026-10"]
        assert desk.ticks(at("23/11 10.05"), at("23/11 11.00")) == ["run", "run", "2026-10"]
    assert len(caplog.messages) == 5
    assert "Budi" not in caplog.text


def test_while_another_program_works_a_job_stays_due() -> None:
    desk = Desk(archived=date(2026, 9, 1))
    desk.fails = dict.fromkeys(["run", "2026-10"], BusyError("Program lain sedang bekerja."))
    assert desk.ticks(NOW, NOW) == ["run", "2026-10", "run", "2026-10"]
    desk.fails = {}
    assert desk.ticks(NOW, NOW) == ["run", "2026-10"]


def test_a_closure_that_staff_enter_is_heeded_from_the_next_round_on() -> None:
    desk = Desk()
    desk.ticks(NOW)
    desk.closures = CLOSED
    later = [NOW + timedelta(minutes=minutes) for minutes in range(5, 70, 5)]
    assert desk.ticks(*later) == ["run", "look"]  # the run saw the closure; a look at 11.00


def test_hours_that_staff_enter_on_a_holiday_are_found_within_the_hour() -> None:
    sunday = at("22/11 00.00")
    desk = Desk(at("22/11 08.10"))
    assert desk.ticks(at("22/11 08.10")) == ["look"]
    desk.closures = (
        {"Mulai": sunday, "Selesai": sunday, "Jam Masuk": 8 / 24, "Jam Pulang": 12 / 24},
    )
    assert desk.ticks(at("22/11 08.20"), at("22/11 08.30"), at("22/11 08.30")) == ["look", "run"]


@pytest.mark.parametrize("jump", [timedelta(days=-364), timedelta(hours=-2), timedelta(days=364)])
def test_a_clock_that_is_set_leaves_no_hours_without_a_run(jump: timedelta) -> None:
    desk = Desk()
    desk.ticks(NOW)
    done = desk.ticks(*(NOW + jump + timedelta(minutes=minutes) for minutes in (0, 1, 5, 6)))
    assert [job for job in done if job == "run"] == ["run", "run"]
