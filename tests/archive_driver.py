"""Puts an archive down again and again, each time killed one step later: mkdir, open, fsync, rename.

    python -m tests.archive_driver FOLDER

Prints how often it was killed. Ends with an error if a folder with a final name is ever not whole.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from automation.archive.folder import put
from automation.archive.manifest import FILE_NAME, Manifest, verify

FILES = {"laporan-2026-11.xlsx": b"x" * 100_000, "pemantauan-2026-11.csv": b"y"}
FACTS = {
    "period": "2026-11", "office": "Kantor", "sop": "1", "cases": 2,
    "created": "2026-12-01T07:30:00+07:00", "program": "1",
}  # fmt: skip
CONTENTS = FILES | {FILE_NAME: Manifest.of(FILES, **FACTS).text()}
STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "os.scandir")


def main(parent: Path) -> int:
    """How often it was killed until once it was not."""
    for step in count(1):
        child = os.fork()
        if not child:
            die_before(step)
            put(parent, "2026-11", CONTENTS)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        whole(parent)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return step - 1
    raise AssertionError


def die_before(step: int) -> None:
    """Kills this process at its so-many-eth step, whether a file's or one of `os.fsync`."""
    left = [step]

    def count_down(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(function: Callable[..., None]) -> Callable[..., None]:
        return lambda *arguments: (count_down(), function(*arguments))[1]

    os.fsync = counted(os.fsync)
    sys.addaudithook(lambda event, _: count_down() if event in STEPS else None)


def whole(parent: Path) -> list[Path]:
    """The folders with final names, all of which must be whole."""
    found = [each for each in parent.iterdir() if not each.name.startswith(".")]
    for each in found:
        assert verify(each).whole, each
    return found


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
