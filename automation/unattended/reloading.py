"""The files that make an installation, read anew when somebody has changed them."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from automation.core.schema import DOCUMENTS
from automation.installation import Installation
from automation.settings import USUAL_FILE, Settings, SettingsError, load_settings

Marks = dict[Path, tuple[int, int, int] | None]  # by file; None: it is not there


class Files:
    """What the files of an installation looked like when they were read."""

    def __init__(self, settings: Settings) -> None:
        self._watched = tuple(_files(settings))
        self._read = self._last = self._marks()

    def follow(self, settings: Settings) -> None:
        """From now on the files of these settings. Those that were watched before are held against
        what they were then: somebody may have saved one of them again meanwhile."""
        before, self._watched = self._read, tuple(_files(settings))
        self._read = self._last = {**self._marks(), **_common(before, self._watched)}

    def changed(self) -> bool:
        """Whether they are others than when they were read. Told once, and only when they are as
        they were at the last look as well: an editor writes a file in two steps, and between them
        it is empty."""
        marks, last = self._marks(), self._last
        self._last = marks
        if marks == self._read or marks != last:
            return False
        self._read = marks
        return True

    def _marks(self) -> Marks:
        return {file: mark(file) for file in self._watched}


def _files(settings: Settings) -> Iterator[Path]:
    """The settings, the schema, and what they name: keys and passwords are kept once read."""
    yield settings.file or USUAL_FILE.absolute()
    folder = settings.path(settings.office.schema_folder)
    yield from (folder / f"{name}.toml" for name in DOCUMENTS)
    mail = settings.mail
    for file in (settings.workbook.credentials, mail.password_file, mail.oauth2_file, mail.ca_file):
        if file is not None:
            yield settings.path(file)


def _common(marks: Marks, files: Collection[Path]) -> Marks:
    return {file: mark for file, mark in marks.items() if file in files}


def mark(file: Path) -> tuple[int, int, int] | None:
    """By which it is seen that a file has changed."""
    try:
        known = file.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino


def read_anew(settings: Settings, now: datetime | None) -> Installation:
    """The installation as its files are now. Raises SettingsError."""
    fresh = load_settings(settings.file, settings.name)
    state = "[office] state"
    if fresh.path(fresh.office.state) != settings.path(settings.office.state):
        raise SettingsError(
            f"Pengaturan {fresh.file}: {state} baru berlaku setelah `watch` dihentikan dan "
            "dijalankan lagi."
        )
    return Installation.of(fresh, now)
