"""A folder that is there whole or not at all, and never in the place of another.

It is written under a name of its own and gets its final one when all of it is safe on disk. Who is
killed before leaves only that unfinished one, which the next report removes.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from automation.core.edges import EdgeError
from automation.files import unwritable, write_safely

PREFIX = "laporan-"
LOCK_FILE = ".laporan.lock"
UNFINISHED = re.compile(r"\.laporan-(?:penutupan-)?[\d-]+\.part")


def put(parent: Path, name: str, contents: Mapping[str, bytes]) -> Path:
    """The new folder below `parent`, with these files by name: "laporan-2026-11", or where there is
    one, "laporan-2026-11-ke-2". Raises EdgeError, and then nothing has changed."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EdgeError(f"Folder {parent} tidak dapat dibuat ({error.strerror}).") from None
    unfinished = parent / f".{PREFIX}{name}.part"
    try:
        with _alone(parent):
            _sweep(parent)
            try:
                _write(unfinished, contents)
                return _named(unfinished, f"{PREFIX}{name}")
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise unwritable(parent / f"{PREFIX}{name}", error) from None


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """One report at a time in a folder: so what is unfinished there is nobody's."""
    try:
        with FileLock(parent / LOCK_FILE, timeout=0):
            yield
    except Timeout:
        raise EdgeError(
            f"Laporan lain sedang ditulis di {parent}; tunggu sampai selesai, lalu ulangi."
        ) from None


def _sweep(parent: Path) -> None:
    for left in parent.iterdir():
        if UNFINISHED.fullmatch(left.name):
            shutil.rmtree(left)


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in contents.items():
        write_safely(folder / name, content)
    _keep(folder)


def _named(unfinished: Path, name: str) -> Path:
    """Under the first free name behind all that are taken."""
    place = _highest(unfinished.parent, name)
    while True:
        place += 1
        target = unfinished.with_name(name if place == 1 else f"{name}-ke-{place}")
        if os.path.lexists(target):  # an empty folder would be replaced
            continue
        try:
            unfinished.rename(target)
        except OSError:
            if os.path.lexists(target):  # somebody was faster
                continue
            raise
        _keep(target.parent)
        return target


def _highest(parent: Path, name: str) -> int:
    numbered = re.compile(rf"{re.escape(name)}(?:-ke-(\d{{1,9}}))?", re.IGNORECASE)
    found = (numbered.fullmatch(each.name) for each in parent.iterdir())
    return max((int(match[1] or 1) for match in found if match), default=0)


def _keep(folder: Path) -> None:
    """The names in a folder safe on disk; Windows sees to that by itself, and opens no folder."""
    with suppress(PermissionError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
