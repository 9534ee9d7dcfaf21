"""How the program is: its last run, and whether somebody is to be told that runs fail.

One failed run is nothing: the next comes in a few minutes. Only runs that matter count here: those
in working hours, by a clock that can be true. Instants are local wall-clock times without a zone.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import automation
from automation.core.office_time.working_time import WorkCalendar
from automation.core.versions import UNMARKED
from automation.core.words.indonesian import moment, number

MAY_REST = timedelta(hours=1)  # working time, or two intervals where they are longer


@dataclass(frozen=True)
class Beat:
    """A run that came to its end: when it began, how long it took, what went wrong in it."""

    at: datetime
    seconds: float
    fault: str = ""  # one Indonesian sentence; "": nothing
    program: str = UNMARKED  # the version that made it

    @property
    def sentence(self) -> str:
        came = f"gagal: {self.fault}" if self.fault else "berhasil."
        return f"{moment(self.at)}, {number(self.seconds, 1)} detik, {came}"

    @property
    def other_program(self) -> str:
        """A sentence where it was not made by the version that is installed."""
        if self.program == automation.VERSION:
            return ""
        return (
            f" Dijalankan oleh program versi {self.program}, sedangkan yang terpasang versi "
            f"{automation.VERSION}; mulai ulang `watch` bila sedang berjalan."
        )


@dataclass(frozen=True)
class Pulse:
    """What is known after some runs; after none of it anything."""

    last: Beat | None = None
    good: datetime | None = None  # when the last good run began
    failing_since: datetime | None = None  # the first failed one behind it
    failed: int = 0  # runs in a row that matter
    recovered: int = 0  # good runs in a row since an alarm
    alarmed: datetime | None = None  # the alarm that still holds: when it was sent

    @property
    def sentences(self) -> str:
        """For whoever runs the program."""
        if self.last is None:
            return "Belum pernah berjalan."
        good = f" Terakhir berhasil: {moment(self.good)}." if self.last.fault and self.good else ""
        return f"Putaran terakhir: {self.last.sentence}{good}{self.last.other_program}"

    def after(self, beat: Beat, *, matters: bool) -> "Pulse":
        if not beat.fault:
            recovered = self.recovered + 1 if self.alarmed else 0
            return Pulse(beat, beat.at, None, 0, recovered, self.alarmed)
        if not matters:
            return replace(self, last=beat)
        since = self.failing_since or beat.at
        return replace(self, last=beat, failing_since=since, failed=self.failed + 1, recovered=0)

    def must_alarm(self, runs: int) -> bool:
        """Whether so many runs in a row have failed, and nobody knows."""
        return self.alarmed is None and self.failed >= runs

    def may_reassure(self, runs: int) -> bool:
        """Whether so many runs have gone well since the alarm: what comes and goes is no news."""
        return self.alarmed is not None and self.recovered >= runs

    def told(self, now: datetime) -> "Pulse":
        """After the mail about it was sent."""
        if self.alarmed is None:
            return replace(self, alarmed=now)
        return replace(self, alarmed=None, recovered=0)


def overdue(pulse: Pulse, calendar: WorkCalendar, now: datetime, every: timedelta) -> bool:
    """Whether there should have been a good run by now."""
    if pulse.good is None:
        return pulse.last is not None
    allowed = max(MAY_REST, 2 * every).total_seconds()
    return bool(calendar.elapsed(pulse.good, now) > allowed)
