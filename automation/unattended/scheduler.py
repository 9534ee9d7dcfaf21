"""The jobs of `watch`, called when the office's timetable says so, one after the other.

Which are due is decided by `core.watch.timetable`; `schedule` calls them.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

import schedule

from automation.core.office_time.working_time import WorkCalendar
from automation.core.plan import Plan
from automation.core.watch.timetable import NO_LAG, Done, ask_again, month_due, round_due
from automation.installation import BusyError
from automation.mishap import told

log = logging.getLogger(__name__)


class Jobs(Protocol):
    """What `watch` does for an office. Each raises what it cannot do; BusyError: not now."""

    @property
    def every(self) -> timedelta:
        """Between two runs in working hours."""

    def calendar(self) -> WorkCalendar:
        """The office's hours as far as they are known without looking at the register."""

    def run(self) -> Plan: ...

    def look(self) -> Plan: ...

    def archive(self, month: date) -> None: ...


class DueJob(schedule.Job):
    """A job that is due when it is told so, and not after an interval of the machine's clock; those
    that are due together have their turn in the order in which they were made."""

    def __init__(self, scheduler: schedule.Scheduler, is_due: Callable[[], object]) -> None:
        super().__init__(1, scheduler)
        self._is_due = is_due
        self._turn = len(scheduler.jobs)

    @property
    def should_run(self) -> bool:
        return bool(self._is_due())

    def __lt__(self, other: "DueJob") -> bool:
        return self._turn < other._turn


class Shift:
    """The jobs of an office, and what was done. What goes wrong in one is logged; the others and
    the next time come."""

    def __init__(
        self, jobs: Jobs, clock: Callable[[], datetime], archived: date | None = None
    ) -> None:
        self._jobs, self._clock = jobs, clock
        self._done = Done(archived=archived)
        self._lag = NO_LAG
        self._seen: WorkCalendar | None = None  # with the tab `Libur`
        self._scheduler = schedule.Scheduler()
        DueJob(self._scheduler, self._round_due).seconds.do(self._round)
        DueJob(self._scheduler, self._month_due).seconds.do(self._archive)

    def go_on_with(self, jobs: Jobs) -> None:
        """From now on these, whose office may have other hours."""
        self._jobs, self._seen = jobs, None

    def put_off(self, lag: timedelta) -> None:
        """From now on what is due comes so long behind its moment."""
        self._lag = lag

    @property
    def is_due(self) -> bool:
        """Whether anything is."""
        return any(job.should_run for job in self._scheduler.jobs)

    def tick(self) -> None:
        """Everything that is due now."""
        self._scheduler.run_pending()

    def rest(self) -> timedelta:
        """How long nothing will be due, if the clock goes on as it should."""
        now = self._clock()
        return ask_again(self._calendar(), now, self._jobs.every, self._lag) - now

    def _calendar(self) -> WorkCalendar:
        return self._seen or self._jobs.calendar()

    def _round_due(self) -> str | None:
        now, every = self._clock(), self._jobs.every
        return round_due(self._calendar(), self._done, now, every, self._lag)

    def _month_due(self) -> date | None:
        return month_due(self._calendar(), self._done, self._clock(), self._lag)

    def _round(self) -> None:
        kind, now = self._round_due(), self._clock()
        job = self._jobs.run if kind == "run" else self._jobs.look
        try:
            self._seen = job().calendar
        except BusyError:
            return
        except Exception as error:
            log.error("Putaran ini gagal dan akan dicoba lagi: %s", told(error))
        self._done = replace(self._done, **{str(kind): now})

    def _archive(self) -> None:
        month, now = self._month_due(), self._clock()
        if month is None:  # the round has just seen that the office is closed
            return
        try:
            self._jobs.archive(month)
        except BusyError:
            return
        except Exception as error:
            log.error("Arsip bulanan gagal dan akan dicoba lagi: %s", told(error))
            self._done = replace(self._done, failed=now)
            return
        self._done = replace(self._done, archived=month, failed=None)
