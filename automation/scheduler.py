"""`watch`: one cycle every few minutes of working time, until stopped.

The machine's clock says whether the office works now. How long ago something was is measured by the
monotonic clock, which nobody can set: a clock that is set back leaves no hours without a run.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

import schedule

from automation.core.edges import EdgeError
from automation.core.plan import Plan
from automation.mishap import mishap

log = logging.getLogger(__name__)

LONGEST_NAP = 1.0  # seconds; so soon a due run is noticed
SECOND_LOOK = 3600.0  # seconds; so often `Libur` is looked at while the office is closed

Seconds = Callable[[], float]  # a clock that only ever goes on


class Stopped(BaseException):
    """SIGTERM or Ctrl-C. A run may be cut off anywhere: the next one carries on."""


class Shift:
    """Runs while the office works, and knows when that is from the last look at the register."""

    def __init__(
        self,
        run: Callable[[], Plan],
        look: Callable[[], Plan],
        clock: Callable[[], datetime],
        seconds: Seconds = time.monotonic,
    ) -> None:
        self._run, self._look, self._clock, self._seconds = run, look, clock, seconds
        self._seen: Plan | None = None
        self._seen_at = 0.0

    def tick(self) -> None:
        """One run if the office works now. What goes wrong is logged: the next tick comes."""
        try:
            if self._is_working():
                self._see(self._run)
        except EdgeError as error:
            log.error("Putaran ini gagal dan akan dicoba lagi: %s", error)
        except Exception as error:
            log.error("Putaran ini gagal dan akan dicoba lagi: %s", mishap(error))

    def _is_working(self) -> bool:
        now, seen = self._clock(), self._seen
        if seen is None or self._is_old(seen, now):
            seen = self._see(self._look)
        return bool(seen.hours.calendar.is_working(now))

    def _is_old(self, seen: Plan, now: datetime) -> bool:
        """What was seen on another day says nothing of this one."""
        another_day = seen.now.date() != now.date()
        return another_day or self._seconds() - self._seen_at >= SECOND_LOOK

    def _see(self, look: Callable[[], Plan]) -> Plan:
        self._seen, self._seen_at = look(), self._seconds()
        return self._seen


class SteadyJob(schedule.Job):
    """A job whose interval is measured by the monotonic clock, and not by the wall clock."""

    def __init__(self, interval: int, scheduler: schedule.Scheduler, seconds: Seconds) -> None:
        super().__init__(interval, scheduler)
        self._seconds = seconds
        self._due = 0.0

    def do(self, job_func: Callable[..., object], *args: object, **kwargs: object) -> "SteadyJob":
        super().do(job_func, *args, **kwargs)
        self._wait()
        return self

    @property
    def should_run(self) -> bool:
        return self._seconds() >= self._due

    def run(self) -> object:
        done: object = super().run()  # type: ignore[no-untyped-call]
        self._wait()
        return done

    def _wait(self) -> None:
        interval = timedelta(**{str(self.unit): self.interval})
        self._due = self._seconds() + interval.total_seconds()


class SteadyScheduler(schedule.Scheduler):
    def __init__(self, seconds: Seconds = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds

    def every(self, interval: int = 1) -> SteadyJob:
        return SteadyJob(interval, self, self._seconds)


def watch(shift: Shift, every_minutes: int) -> None:
    """A tick now and every few minutes, until SIGTERM or Ctrl-C."""
    scheduler = SteadyScheduler()
    scheduler.every(every_minutes).minutes.do(shift.tick)
    nap = threading.Event()
    with _stoppable():
        shift.tick()
        while True:
            nap.wait(LONGEST_NAP)
            scheduler.run_pending()


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turns the signals into `Stopped`, and `Stopped` into a quiet end."""
    before = {each: signal.signal(each, _stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except Stopped:
        log.info("Dihentikan.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
