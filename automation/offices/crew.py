"""Many offices worked on at once, each in a thread of its own, and none at another's cost.

Threads and no processes: most of a run is waiting for servers, and a process for each office would
hold the program's packages in memory once more for each.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from queue import Empty, SimpleQueue
from threading import Condition, Lock, Thread
from typing import TypeVar

from automation.core.edges import EdgeError
from automation.core.office_time.office_hours import usual_calendar
from automation.installation import Installation
from automation.unattended.journal import speaking_for

AT_ONCE = 8
LONGEST = 60.0  # seconds for which somebody's work can keep others waiting
PATIENCE = 600.0  # seconds in which nothing is done any more

T = TypeVar("T")
_loading = Lock()


class Places:
    """So many work at once, and the next begins when one is done, in turn. Whoever takes longer
    than `longest` seconds holds no place any more: servers that do not answer slow down nobody who
    does not ask them."""

    def __init__(self, count: int = AT_ONCE, longest: float = LONGEST) -> None:
        self._count, self._longest = count, longest
        self._begun: dict[object, float] = {}
        self._changed = Condition()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Waits for a place, and holds it within."""
        mark = object()
        with self._changed:
            while len(held := self._held()) >= self._count:
                self._changed.wait(min(held) + self._longest - time.monotonic())
            self._begun[mark] = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                del self._begun[mark]
                self._changed.notify()

    def _held(self) -> list[float]:
        """When those began that hold a place."""
        earliest = time.monotonic() - self._longest
        return [begun for begun in self._begun.values() if begun > earliest]


def load(installation: Installation) -> None:
    """Makes what threads are not to make at once: packages are loaded, and offices with the same
    hours share a calendar. Asks neither servers nor disks, so that nobody waits long."""
    with _loading:
        if installation.settings.workbook.kind == "google":
            import_module("automation.workbooks.google")
        if installation.settings.mail.kind == "smtp":
            import_module("automation.mail.smtp")
        usual_calendar(installation.schema.working_hours, installation.now.year)


def each(
    work: Mapping[str, Callable[[], T]], seconds: float = PATIENCE
) -> Iterator[tuple[str, T | Exception]]:
    """(office, what came of its work) as it is done; an EdgeError for what is not done although for
    so many seconds nothing else was."""
    places, answers = Places(), SimpleQueue[tuple[str, T | Exception]]()
    for name, job in work.items():
        Thread(target=_answer, args=(name, job, places, answers), daemon=True).start()
    waiting = set(work)
    while waiting:
        try:
            name, answer = answers.get(timeout=seconds)
        except Empty:
            break
        waiting.remove(name)
        yield name, answer
    for name in sorted(waiting):
        yield name, EdgeError(f"Belum selesai setelah {seconds / 60:.0f} menit; dibiarkan.")


def _answer(
    name: str,
    job: Callable[[], T],
    places: Places,
    answers: "SimpleQueue[tuple[str, T | Exception]]",
) -> None:
    with speaking_for(name), places.one():
        try:
            answers.put((name, job()))
        except Exception as error:
            answers.put((name, error))
