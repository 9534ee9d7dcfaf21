"""`watch` as a process that can be killed, with a clock that whoever drives it sets.

    python -m tests.tools.soak.program SETTINGS

Loaded once, it forks at each line "start": so a restart costs no second. The child answers with its
process id, then does what is due at each "tick INSTANT", and answers "done MEMORY REST": its memory in
kilobytes, and in how many seconds something is due again.
"""

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine

from automation.archive import contents as _loaded  # noqa: F401 - by a month's archive
from automation.installation import Installation
from automation.mail import compose as _also  # noqa: F401 - by a letter
from automation.settings import load_settings
from automation.unattended.journal import journal
from automation.unattended.stopping import Stop, stoppable
from automation.unattended.watching import Watch
from automation.workbooks.excel import writer as _and_this  # noqa: F401 - by an archive
from automation.workbooks.google.workbook import GoogleWorkbook

PAGE = os.sysconf("SC_PAGE_SIZE") // 1024  # kilobytes


def main() -> None:
    opened: Any = GoogleWorkbook.__init__
    given = opened.__defaults__
    opened.__defaults__ = tuple(_no_wait if each is time.sleep else each for each in given)
    while line := _line():
        if line != "start":  # what a child was told that is no more
            continue
        child = os.fork()
        if not child:
            _watch(Path(sys.argv[1]))
            os._exit(0)
        os.waitpid(child, 0)
        _say("over")


def _no_wait(seconds: float) -> None:
    """Between two tries of a call."""


def _watch(file: Path) -> None:
    _say(str(os.getpid()))
    stop = Stop()
    with time_machine.travel(_moment(_line()), tick=False) as traveller:
        installation = Installation.of(load_settings(file), None)
        state = installation.state
        with (
            installation.watched(),
            journal(state, installation.settings.zone, verbose=False, aloud=False),
            stoppable(stop),
        ):
            watch = Watch(installation, stop)
            while not stop.asked:
                watch.tick()
                _say(f"done {_memory()} {watch.rest().total_seconds()}")
                line = _line()
                if not line:
                    return
                traveller.move_to(_moment(line))


def _moment(line: str) -> datetime:
    return datetime.fromisoformat(line.removeprefix("tick "))


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def _line() -> str:
    """From the pipe that the processes share: not a byte more than the line."""
    read = b""
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        read += byte
    return read.decode()


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    time.tzset()
    main()
