"""A folder of offices that is watched: a clock that a test sets, and waiting for what threads do."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from automation.offices.watching import Watches
from automation.unattended.stopping import Stop
from tests.offices import NOW
from tests.several_offices import Offices, ordinary


class Clock:
    """The offices' clock, which stands until a test sets it on."""

    def __init__(self) -> None:
        self.now = NOW

    def go(self, time: timedelta) -> None:
        self.now += time


class Watched(Offices):
    """A folder that is watched; `ticks` are looks at it, and `runs` come after the first."""

    def __init__(self, folder: Path, *names: str) -> None:
        super().__init__(folder, ordinary(*names))
        self.stop = Stop()
        self.first: dict[str, int] = {}
        self.at_work = 0

    def start(self, *hanging: str) -> "Watched":
        """Up to the first run of each office, but for those that are not to come to its end."""
        self.watches = Watches(self.settings, None, self.stop)
        self.watches.tick()
        ready = [name for name in self.watches.served if name not in hanging]
        until(lambda: all(self.runs(name) == 1 for name in ready))
        self.first = dict.fromkeys(ready, 1)
        return self

    def ticks(self, count: int = 2) -> None:
        for _ in range(count):
            self.watches.tick()

    def runs(self, name: str) -> int:
        return self.log(name).count("berkas:") - self.first.get(name, 0)


def until(true: Callable[[], object]) -> None:
    """Waits for what threads do; no test waits so long."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)
