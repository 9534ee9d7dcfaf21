"""The log in the state folder: one line for each thing that happened, without anybody's address.

Each line is written by opening the file and closing it again, so that `run` and `watch` can write
to the same one, and anybody can move or delete it.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from zoneinfo import ZoneInfo

from automation.settings import LOG_FILE

LARGEST = 1_000_000  # bytes of one file
KEPT = 5  # older files
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
WORDS = {"DEBUG": "rinci", "INFO": "info", "WARNING": "PERHATIAN", "ERROR": "GALAT"}

log = logging.getLogger("automation")


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
        return f"{at:%Y-%m-%d %H:%M:%S} {level:9} {masked(record.getMessage())}"


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
    file = _File(
        folder / LOG_FILE,
        maxBytes=LARGEST,
        backupCount=KEPT,
        encoding="utf-8",
        delay=True,
        errors="replace",
    )
    handlers: list[logging.Handler] = [file]
    if aloud:
        handlers.append(logging.StreamHandler(sys.stderr))
    before = log.level
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    for handler in handlers:
        handler.setFormatter(_Lines(zone))
        log.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()
        log.setLevel(before)
