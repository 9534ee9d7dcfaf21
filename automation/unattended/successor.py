"""Ends what runs on when another version of the program lies in its place on the disk.

Whatever it loaded from then on would be of that version, and fit nothing that is loaded already.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import automation
from automation.core.edges import EdgeError
from automation.core.versions import PATTERN
from automation.unattended.stopping import Stop, Stopped

LOOK = 5.0  # seconds between two looks
_LINE = re.compile(rf'^VERSION = "({PATTERN})"', re.MULTILINE)

log = logging.getLogger(__name__)


def successor() -> str:
    """The version on the disk where it is another than the one that runs; else ""."""
    try:
        found = _LINE.search(Path(automation.__file__).read_text("utf-8"))
    except (OSError, ValueError):  # it is just being written
        return ""
    return found[1] if found and found[1] != automation.VERSION else ""


@contextmanager
def until_replaced(stop: Stop) -> Iterator[None]:
    """Asks for the end, behind the step at hand, when the program was replaced; then raises
    EdgeError, so that whoever keeps it running starts it anew."""
    told: list[str] = []
    ended = Event()
    Thread(target=_look, args=(stop, told, ended), daemon=True).start()
    try:
        yield
    except Stopped:  # between two steps of a run
        if not told:
            raise
    finally:
        ended.set()
    if told:
        raise EdgeError(told[0])


def _look(stop: Stop, told: list[str], ended: Event) -> None:
    while not ended.is_set():
        version = successor()
        if version:
            told.append(
                f"Program versi {version} telah dipasang; `watch` dari versi {automation.VERSION} "
                "berhenti. Layanan memulainya lagi; tanpa layanan, jalankan `watch` lagi."
            )
            log.warning(told[0])
            stop.asked = True
            return
        ended.wait(LOOK)
