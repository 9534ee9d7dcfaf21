"""`watch`: one cycle every few minutes of working time, until stopped."""

import logging
import signal
import threading
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
SECOND_LOOK = timedelta(hours=1)  # so often the tab `Libur` is looked at while the office is closed


class Stopped(BaseException):
    """SIGTERM or Ctrl-C. A run may be cut off anywhere: the next one carries on."""


class Shift:
    """Runs while the office works, and knows when that is from the last look at the register."""

    def __init__(
        self, run: Callable[[], Plan], look: Callable[[], Plan], clock: Callable[[], datetime]
    ) -> None:
        self._run, self._look, self._clock = run, look, clock
        self._seen: Plan | None = None

    def tick(self) -> None:
        """One run if the office works now. What goes wrong is logged: the next tick comes."""
        try:
            if self._is_working():
                self._seen = self._run()
        except EdgeError as error:
            log.error("Putaran ini gagal dan akan dicoba lagi: %s", error)
        except Exception as error:
            log.error("Putaran ini gagal dan akan dicoba lagi: %s", mishap(error))

    def _is_working(self) -> bool:
        now = self._clock()
        if self._seen is None or now - self._seen.now >= SECOND_LOOK:
            self._seen = self._look()
        return bool(self._seen.hours.calendar.is_working(now))


def watch(shift: Shift, every_minutes: int) -> None:
    """A tick now and every few minutes, until SIGTERM or Ctrl-C."""
    scheduler = schedule.Scheduler()
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
