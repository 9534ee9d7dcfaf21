"""`watch` for a folder of offices: each in a thread of its own, while its settings file is there.

The folder is looked at every few seconds: a file that has come is taken up, one that is gone is let
go, and what is changed in a file is read by its office itself, as where it is the only one.
"""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock, Thread

from automation.installation import Installation
from automation.mishap import told
from automation.offices.crew import Places, load
from automation.offices.folder import called, clashing, files, listed
from automation.settings import Settings, SettingsError
from automation.unattended.journal import kept, speaking_for
from automation.unattended.reloading import mark
from automation.unattended.stopping import PATIENCE, Stop, Stopped
from automation.unattended.watching import LONGEST_NAP, Watch
from automation.workbooks.quota import Quotas

TRY_AGAIN = 60.0  # seconds, with an office that could not be served
WINDOW = timedelta(minutes=5)  # over which the offices' rounds are spread
GAP = timedelta(seconds=10)  # between two offices' first rounds, at most
ALL = ""  # said of no office in particular

log = logging.getLogger(__name__)
Admitted = Callable[[Installation], Installation]


class Desk:
    """One office that is watched, and the thread that works for it and for no other."""

    def __init__(self, installation: Installation, places: Places, admitted: Admitted) -> None:
        self.fault = ""  # why it does not work any more, though nobody asked it to leave
        self.is_settled = False  # it has begun to work
        self._installation, self._places, self._admitted = installation, places, admitted
        self._stop = Stop()
        self._watch: Watch | None = None
        self._lag = self._rest = timedelta()
        self._thread = Thread(target=self._work, daemon=True)

    @property
    def every(self) -> timedelta:
        office = self._watch.installation if self._watch else self._installation
        return timedelta(minutes=office.settings.watch.every_minutes)

    @property
    def is_manned(self) -> bool:
        return self._thread.is_alive()

    def put_off(self, lag: timedelta) -> None:
        """From now on its rounds come so long behind their moments."""
        self._lag = lag
        if self._watch:
            self._watch.put_off(lag)

    def open(self, after: timedelta) -> None:
        """Begins to work a while later."""
        self._rest = after
        self._thread.start()

    def ask_to_leave(self) -> None:
        self._stop.asked = True

    def wait(self, seconds: float) -> None:
        self._thread.join(max(seconds, 0))

    def _work(self) -> None:
        office = self._installation
        with speaking_for(office.settings.name):
            try:
                load(office)
                with office.watched(), kept(office.state, office.settings.zone):
                    self._keep(Watch(office, self._stop, self._places.one, self._admitted))
            except Exception as error:
                self.fault = told(error)

    def _keep(self, watch: Watch) -> None:
        self._watch = watch
        self.put_off(self._lag)
        self.is_settled = True
        self._stop.wait(self._rest.total_seconds())
        with suppress(Stopped):
            watch.keep()
        log.info("Dihentikan.")
        watch.installation.beacon.settle()


class Watches:
    """All offices of a folder, until it is asked to stop."""

    def __init__(self, folder: Path, now: datetime | None, stop: Stop) -> None:
        """Raises SettingsError where there is no office."""
        self._folder, self._now, self._stop = folder, now, stop
        self._places, self._quotas = Places(), Quotas()
        self._desks: dict[str, Desk] = {}
        self._settings: dict[str, Settings] = {}  # of those that are served
        self._lock = Lock()  # around them: offices ask for them when they read their own anew
        self._told: dict[str, str] = {}  # why an office cannot be served, as it was last said
        self._tried: dict[str, tuple[object, float]] = {}  # a file as it was then, and when
        self._last = _marks(listed(folder))
        self._begun = _since_midnight(now or datetime.now())

    @property
    def served(self) -> list[str]:
        return sorted(name for name, desk in self._desks.items() if desk.is_manned)

    @property
    def faults(self) -> Mapping[str, str]:
        """Why others are not."""
        return dict(self._told)

    def keep(self) -> None:
        while not self._stop.asked:
            self._tick_whatever_comes()
            self._stop.wait(LONGEST_NAP)
        self.leave()

    def _tick_whatever_comes(self) -> None:
        try:
            self.tick()
        except Exception as error:
            self._tell(ALL, told(error))

    def tick(self) -> None:
        """Looks at the folder. A file counts when it is as at the last look: somebody may be in the
        midst of writing it, or of replacing it by another."""
        found = self._files()
        marks, last = _marks(found), self._last
        self._last = marks
        self._close(gone=self._desks.keys() - marks.keys() - last.keys())
        still = [name for name in marks if last.get(name, self) == marks[name]]
        coming = {name: found[name] for name in still if self._may_come(name)}
        if coming:
            self._take_up(coming)

    def leave(self) -> None:
        """All at once, and within a few seconds; a step that takes longer is cut off by the end of
        the process."""
        for desk in self._desks.values():
            desk.ask_to_leave()
        end = time.monotonic() + PATIENCE
        for desk in self._desks.values():
            desk.wait(end - time.monotonic())

    def _files(self) -> dict[str, Path]:
        """Where the folder is away for a while, nobody has to go."""
        try:
            found = files(self._folder)
        except SettingsError as error:
            self._tell(ALL, str(error))
            return {name: self._folder / f"{name}.toml" for name in self._desks}
        self._told.pop(ALL, None)
        return found

    def _close(self, gone: Collection[str]) -> None:
        """The desks of offices whose file is gone, and those that were left alone."""
        for name in gone:
            self._desks[name].ask_to_leave()
        for name, desk in list(self._desks.items()):
            if desk.is_settled and name not in gone:
                self._told.pop(name, None)
            if not desk.is_manned:
                del self._desks[name]
                with self._lock:
                    self._settings.pop(name, None)
                if desk.fault:
                    self._tell(name, desk.fault)
        for name in self._told.keys() - self._last.keys() - {ALL}:
            del self._told[name]

    def _may_come(self, name: str) -> bool:
        if name in self._desks:
            return False
        seen, at = self._tried.get(name, (self, 0.0))
        return seen != self._last[name] or time.monotonic() > at + TRY_AGAIN

    def _take_up(self, coming: Mapping[str, Path]) -> None:
        for name in coming:
            self._tried[name] = self._last[name], time.monotonic()
        with self._lock:
            found = called(coming, self._now, self._settings)
        for name, installation in found.served.items():
            self._serve(name, replace(installation, quotas=self._quotas))
        for name, fault in found.faults.items():
            self._tell(name, fault)
        self._spread()
        gap = min(WINDOW / max(len(self._desks), 1), GAP)
        for place, name in enumerate(sorted(found.served)):
            self._desks[name].open(after=place * gap)

    def _serve(self, name: str, installation: Installation) -> None:
        with self._lock:
            self._settings[name] = installation.settings
        self._desks[name] = Desk(installation, self._places, self._admitted)

    def _spread(self) -> None:
        """Each office's rounds have a moment of their own in the window, counted from when this
        program began: of many offices the first rounds are at theirs already."""
        for place, (_, desk) in enumerate(sorted(self._desks.items())):
            window = min(WINDOW, desk.every)
            desk.put_off((self._begun + window * place / len(self._desks)) % window)

    def _admitted(self, installation: Installation) -> Installation:
        """A changed installation, if it has nothing in common with another office. Raises
        SettingsError."""
        name = installation.settings.name
        with self._lock:
            fault = dict(clashing({**self._settings, name: installation.settings})).get(name)
            if fault:
                raise SettingsError(fault)
            self._settings[name] = installation.settings
        return replace(installation, quotas=self._quotas)

    def _tell(self, name: str, fault: str) -> None:
        """Once, until it is another."""
        if self._told.get(name) == fault:
            return
        self._told[name] = fault
        with speaking_for(name):
            log.error("Kantor ini tidak dilayani: %s" if name else "%s", fault)


def _since_midnight(at: datetime) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _marks(files: Mapping[str, Path]) -> dict[str, object]:
    return {name: mark(file) for name, file in files.items()}
