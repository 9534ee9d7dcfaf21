"""`watch`: the jobs of one office, until it is stopped."""

import logging
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta

from automation import say
from automation.core.office_time.office_hours import usual_calendar
from automation.core.office_time.periods import whole_month
from automation.core.office_time.working_time import WorkCalendar
from automation.core.plan import Plan
from automation.cycle import look
from automation.installation import Installation
from automation.mail.trial import News
from automation.mishap import told
from automation.unattended import heartbeat
from automation.unattended.journal import masked
from automation.unattended.reloading import Files, read_anew
from automation.unattended.rounds import make_round, tell_contact
from automation.unattended.scheduler import Shift
from automation.unattended.stopping import Stop

LONGEST_NAP = 2.0  # seconds; so soon a changed file or a changed clock is noticed

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OfficeJobs:
    """The promise `scheduler.Jobs`. Between two steps of a run `stop` may end it."""

    installation: Installation
    stop: Stop

    @property
    def every(self) -> timedelta:
        return timedelta(minutes=self.installation.settings.watch.every_minutes)

    def calendar(self) -> WorkCalendar:
        return usual_calendar(self.installation.schema.working_hours, self.installation.now.year)

    def run(self) -> Plan:
        with self.installation.alone():
            outcome = make_round(self.installation, lambda stage: self.stop.check())
        say.log_outcome(outcome)
        return outcome.plan

    def look(self) -> Plan:
        seen = look(self.installation.office, self.installation.now)
        say.log_look(seen)
        if self.installation.fixed_now is None:
            self.installation.beacon.tell("")  # whoever watches knows no office hours
        return seen

    def archive(self, month: date) -> None:
        from automation.archive import archive  # with what writes workbooks and pages

        with self.installation.alone():
            done = archive(self.installation, whole_month(month))
            heartbeat.keep_archived(self.installation.state, month)
        for sentence in say.report_sentences(done):
            log.info(sentence)


def _as_it_is(installation: Installation) -> Installation:
    return installation


class Watch:
    """Works by the settings and the schema as they last were in order."""

    def __init__(
        self,
        installation: Installation,
        stop: Stop,
        place: Callable[[], AbstractContextManager[None]] = nullcontext,
        admitted: Callable[[Installation], Installation] = _as_it_is,
    ) -> None:
        """What is due is done within a `place`. `admitted` is told of each changed installation,
        and may refuse it: SettingsError."""
        self._stop = stop
        self._place, self._admitted = place, admitted
        self._installation = installation
        self._files = Files(installation.settings)
        self._is_broken = False
        archived = heartbeat.archived(installation.state)
        jobs = OfficeJobs(installation, stop)
        self._shift = Shift(jobs, lambda: self._installation.now, archived)

    @property
    def installation(self) -> Installation:
        """As it is now."""
        return self._installation

    def keep(self) -> None:
        """Until it is asked to stop."""
        say.log_watch(self._installation.settings)
        while not self._stop.asked:
            self.tick()
            self._stop.wait(min(self.rest().total_seconds(), LONGEST_NAP))

    def tick(self) -> None:
        """Reads what was changed, and does what is due."""
        if self._files.changed():
            self._read_anew()
        if self._shift.is_due:
            with self._place():
                self._shift.tick()

    def put_off(self, lag: timedelta) -> None:
        """From now on the rounds come so long behind the moments at which they are due."""
        self._shift.put_off(lag)

    def rest(self) -> timedelta:
        """How long nothing will be due."""
        return self._shift.rest()

    def _read_anew(self) -> None:
        """Where there are several offices, one whose file is gone is let go by whoever looks at
        their folder, and is not told that its change is refused."""
        kept = self._installation
        if kept.settings.name and not os.path.lexists(str(kept.settings.file)):
            return
        try:
            self._installation = self._admitted(read_anew(kept.settings, kept.fixed_now))
        except Exception as error:
            self._refuse(told(error))
            return
        self._is_broken = False
        self._files.follow(self._installation.settings)
        self._shift.go_on_with(OfficeJobs(self._installation, self._stop))
        log.info("Pengaturan dan skema telah berubah dan dibaca kembali.")

    def _refuse(self, fault: str) -> None:
        """Somebody who mends a file saves it several times: the contact hears of the first."""
        log.error("Perubahan tidak dipakai, yang lama tetap berlaku: %s", fault)
        was_broken, self._is_broken = self._is_broken, True
        if was_broken:
            return
        first = masked(fault.splitlines()[0])
        news = News("settings", self._installation.now, fault=first)
        try:
            tell_contact(self._installation, news)
        except Exception as error:
            log.warning("Petugas TI belum dapat diberi tahu: %s", told(error))
