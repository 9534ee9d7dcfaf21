"""The log in the state folder: one line for each thing that happened, without anybody's address.

Each line is written by opening the file and closing it again, so that `run` and `watch` can write
to the same one, and anybody can move or delete it.

Where one program works for several offices, each line belongs to the office for which it was said
(`speaking_for`): it goes into that office's file, and begins with its name.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from automation.settings import LOG_FILE

LARGEST = 1_000_000  # bytes of one file
KEPT = 5  # older files
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
WORDS = {"DEBUG": "rinci", "INFO": "info", "WARNING": "PERHATIAN", "ERROR": "GALAT"}

log = logging.getLogger("automation")
_changing = Lock()
_office: ContextVar[str] = ContextVar("office", default="")  # for which is worked; "": the only one


@contextmanager
def speaking_for(office: str) -> Iterator[None]:
    """What is logged within, in this thread, is that office's."""
    before = _office.set(office)
    try:
        yield
    finally:
        _office.reset(before)


def masked(text: str) -> str:
    """`text` on one line and without e-mail addresses: which one it was tells the tab Pengingat."""
    return ADDRESS.sub("alamat surel", " ".join(text.split()))


class _Lines(logging.Formatter):
    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, self._zone)
        level = WORDS.get(record.levelname, record.levelname)
        office = f"{_office.get()}: " if _office.get() else ""
        return f"{at:%Y-%m-%d %H:%M:%S} {level:9} {office}{masked(record.getMessage())}"


class _File(RotatingFileHandler):
    """A file that cannot be written costs a line of the log, and nothing else."""

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if self.stream:
            self.stream.close()
            self.stream = None

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        with suppress(OSError):  # open in an editor, on Windows: it grows until that is closed
            super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Nothing: the same line is on stderr, where there is one."""


@contextmanager
def journal(folder: Path, zone: ZoneInfo, *, verbose: bool, aloud: bool) -> Iterator[None]:
    """Within, what the program logs goes to the file in `folder` and, if `aloud`, to stderr as
    well; the steps of each run only if `verbose`."""
    with spoken(zone, verbose=verbose, aloud=aloud), kept(folder, zone):
        yield


@contextmanager
def spoken(zone: ZoneInfo, *, verbose: bool, aloud: bool) -> Iterator[None]:
    """Within, the program logs, and to stderr if `aloud`; the steps of each run if `verbose`."""
    before = log.level
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    try:
        if not aloud:
            yield
            return
        with _heard(logging.StreamHandler(sys.stderr), zone):
            yield
    finally:
        log.setLevel(before)


@contextmanager
def kept(folder: Path, zone: ZoneInfo) -> Iterator[None]:
    """Within, what is logged for the office that is spoken for goes to its file in `folder`."""
    file = _File(
        folder / LOG_FILE,
        maxBytes=LARGEST,
        backupCount=KEPT,
        encoding="utf-8",
        delay=True,
        errors="replace",
    )
    with _heard(file, zone):
        yield


@contextmanager
def _heard(handler: logging.Handler, zone: ZoneInfo) -> Iterator[None]:
    """By `handler`; only what is said for the same office, if it is one of several. The list of
    handlers is replaced as a whole: another thread may be in the midst of it."""
    office = _office.get()
    handler.addFilter(lambda record: office in ("", _office.get()))
    handler.setFormatter(_Lines(zone))
    with _changing:
        log.handlers = [*log.handlers, handler]
    try:
        yield
    finally:
        with _changing:
            log.handlers = [each for each in log.handlers if each is not handler]
        handler.close()
