"""The process that is soaked, as who drives it sees it."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from tests.offices import ROOT
from tests.watched_office import JAKARTA


class Program:
    """The process, started and ended."""

    def __init__(self, settings: Path, errors: Path) -> None:
        self._errors = errors.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.tools.soak.program", settings],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for who drives it
        )
        self._child = 0

    def tick(self, now: datetime) -> tuple[int, float] | None:
        """Memory in kilobytes and rest in seconds; None: it has died."""
        self.begin(now)
        return self.end()

    def begin(self, now: datetime) -> None:
        if not self._child:
            self._tell("start")
            self._child = int(self._heard())
        self._last = f"tick {now.replace(tzinfo=JAKARTA).isoformat()}"
        self._tell(self._last)

    def end(self) -> tuple[int, float] | None:
        heard = self._heard()
        if heard == "over":
            self._child = 0
            return None
        _, memory, rest = heard.split()
        return int(memory), float(rest)

    def strike(self, number: int) -> None:
        """Sends the signal behind `begin`; it may be done with its tick by then."""
        os.kill(self._child, number)
        if number == signal.SIGTERM:
            self._tell(self._last)  # where it waits for a line, it sees the signal behind it
        while self.end() is not None:
            continue

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._errors.close()

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    def _heard(self) -> str:
        assert self._process.stdout is not None
        heard = self._process.stdout.readline().decode().strip()
        if not heard:
            raise SystemExit(f"the program has ended; see {self._errors.name}")
        return heard
