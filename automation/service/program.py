"""What a machine is to keep running: `watch` of one installation, by absolute paths."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from automation.core.edges import EdgeError
from automation.installation import Installation
from automation.settings import OFFICES, Settings, SettingsError, base_of

FOLDER = Path(__file__).resolve().parents[2]  # from which `python -m automation` is found


@dataclass(frozen=True)
class Program:
    """Absolute paths. `settings` is a file, or a folder of several offices; to the folders in
    `writes` it writes."""

    python: Path
    folder: Path
    settings: Path
    writes: tuple[Path, ...]

    def arguments(self, *command: str) -> tuple[str, ...]:
        """Behind `python`."""
        return ("-m", "automation", "--config", str(self.settings), *command)

    @property
    def reads(self) -> tuple[Path, ...]:
        """Folders that it has no reason to write to, though they may lie within one of `writes`."""
        settings = self.settings if self.settings.is_dir() else self.settings.parent
        own = (self.folder / "automation", self.python.parents[1], settings)
        return tuple(each for each in own if each not in self.writes)

    @property
    def mark(self) -> str:
        """By which what was installed is known again as this installation's, in any code page."""
        name = os.path.normcase(self.settings)
        return f"automation service install {hashlib.sha256(name.encode()).hexdigest()[:16]}"


def program_of(installation: Installation) -> Program:
    """Raises SettingsError without a settings file, EdgeError for a path that no home can take."""
    settings = installation.settings
    if settings.file is None:
        raise SettingsError(
            "Layanan memerlukan berkas pengaturan: salin credentials/settings.example.toml menjadi "
            "credentials/settings.toml, atau sebut berkasnya dengan --config."
        )
    return _program(settings.file, _written(settings))


def program_of_all(folder: Path, offices: Iterable[Installation]) -> Program:
    """Of all offices of a folder, also of those that come into it later. Raises EdgeError."""
    theirs = base_of(folder.absolute()) / OFFICES
    own = (path for office in offices for path in _written(office.settings))
    return _program(folder, (theirs, *(path for path in own if theirs not in path.parents)))


def _program(settings: Path, writes: Iterable[Path]) -> Program:
    program = Program(
        Path(os.path.abspath(sys.executable)),  # noqa: PTH100 - a venv's python is a link
        FOLDER,
        Path(os.path.abspath(settings)),  # noqa: PTH100 - as somebody wrote it
        tuple(dict.fromkeys(writes)),
    )
    for path in (program.python, program.folder, program.settings, *program.writes):
        if not str(path).isprintable():
            raise EdgeError(
                f"{str(path)!a}: jalur dengan tanda yang tidak dapat dicetak; ganti namanya."
            )
    return program


def _written(settings: Settings) -> Iterator[Path]:
    yield _absolute(settings, settings.office.state)
    yield _absolute(settings, settings.report.folder)
    if settings.mail.kind == "folder":
        yield _absolute(settings, settings.mail.folder)
    if settings.workbook.kind == "excel":
        yield _absolute(settings, settings.workbook.summary).parent


def _absolute(settings: Settings, path: Path) -> Path:
    return Path(os.path.abspath(settings.path(path)))  # noqa: PTH100 - systemd knows no ".."
