"""An installation's settings: one TOML file, every key with a default.

Relative paths are relative to the settings file's own folder, or to that folder's parent when the
file lies in `credentials/`; without a file, to the current directory. One office of several keeps
what it writes, where nothing is said, in a folder of its own (`Settings.of_office`).
"""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    PrivateAttr,
    ValidationError,
    model_validator,
)

from automation.clock import FILE_NAME as CLOCK_FILE
from automation.collisions import collision
from automation.core.schema import DOCUMENTS, Schema, SchemaError, parse_schema, reasons
from automation.core.validation import unfit_wordings
from automation.core.words.addresses import address_fault
from automation.core.words.ways import EMAIL
from automation.mail.outbox import LOCK_FILE as SENDING_FILE
from automation.mail.store import FILE_NAME as OUTBOX_FILE
from automation.setting_sections import (
    STANDARD_SCHEMA,
    MailSection,
    OfficeSection,
    ReportSection,
    Section,
    WatchSection,
    WorkbookSection,
)
from automation.toml_file import TomlError, read_toml
from automation.workbooks.excel.workbook import beside

USUAL_FILE = Path("credentials/settings.toml")
LOCK_FILE = "run.lock"  # in the state folder
WATCH_FILE = "watch.lock"
PULSE_FILE = "heartbeat.json"
ARCHIVED_FILE = "archived.json"
LOG_FILE = "catatan.log"
ANSWERS_FILE = "google.json"
VERSION_FILE = "versi.json"
JOURNALS = tuple(f"{OUTBOX_FILE}{ending}" for ending in ("-wal", "-shm", "-journal"))
STATE_FILES = (
    LOCK_FILE,
    WATCH_FILE,
    PULSE_FILE,
    ARCHIVED_FILE,
    LOG_FILE,
    ANSWERS_FILE,
    VERSION_FILE,
    CLOCK_FILE,
    SENDING_FILE,
    OUTBOX_FILE,
    *JOURNALS,
)
OFFICES = Path("kantor")  # the folder in which each of several offices has a folder of its name
LONGEST_SENTENCE = 1000  # characters


class SettingsError(ValueError):
    """Settings that cannot be used: Indonesian sentences, one a line, with file, key and reason."""


class Settings(Section):
    office: OfficeSection = OfficeSection()
    workbook: WorkbookSection = WorkbookSection()
    mail: MailSection = MailSection()
    watch: WatchSection = WatchSection()
    report: ReportSection = ReportSection()
    _base: Path = PrivateAttr(default_factory=Path)
    _file: Path | None = PrivateAttr(default=None)
    _name: str = PrivateAttr(default="")

    @model_validator(mode="after")
    def _contact_can_be_mailed(self) -> Self:
        contact, domains = self.watch.it_contact, self.mail.allowed_domains
        if contact and address_fault(contact, domains):
            raise ValueError("[watch] it_contact: domainnya tidak ada pada [mail] allowed_domains")
        return self

    @property
    def file(self) -> Path | None:
        """Where they were read from; None: they are the defaults."""
        return self._file

    @property
    def name(self) -> str:
        """The office's, if it is one of several; "": it is the only one."""
        return self._name

    def path(self, path: Path) -> Path:
        """A path of the settings, resolved against the installation's folder."""
        return self._base / path

    def in_folder(self, folder: Path, file: Path | None = None) -> Self:
        """The same settings for an installation in `folder`, read from `file`."""
        moved = self.model_copy()
        moved._base, moved._file = folder, file or self._file
        return moved

    def of_office(self, name: str) -> Self:
        """The same settings for one of several offices: where nothing is said, what is written for
        it goes into the folder of its name."""
        own = {}
        for section, keys in WRITTEN_BY_DEFAULT.items():
            part = getattr(self, section)
            moved = {
                key: OFFICES / name / getattr(part, key) for key in keys - part.model_fields_set
            }
            own[section] = part.model_copy(update=moved)
        named = self.model_copy(update=own)
        named._name = name
        return named

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.timezone)


WRITTEN_BY_DEFAULT = {  # by section; keys are those of Python
    "office": {"state"},
    "workbook": {"register_file", "summary"},
    "mail": {"folder"},
    "report": {"folder"},
}


def load_settings(file: Path | None, office: str = "") -> Settings:
    """The settings in `file`, else in the usual place below the current directory, else defaults.

    `office` is its name where it is one of several. Raises SettingsError.
    """
    if file is None and not os.path.lexists(USUAL_FILE):
        return _without_collision(_with_places_free(Settings()), USUAL_FILE)
    file = file or USUAL_FILE
    written = _parsed(file)
    try:
        settings = Settings.model_validate(written)
    except ValidationError as error:
        raise SettingsError(_lines(file, reasons(error, Settings, written))) from None
    settings = settings.in_folder(base_of(file.absolute().parent), file)
    settings = settings.of_office(office) if office else settings
    return _without_collision(_with_places_free(settings), file)


def base_of(folder: Path) -> Path:
    """What the relative paths of a settings file in `folder` are relative to."""
    return folder.parent if folder.name == "credentials" else folder


def _lines(file: Path | None, faults: Iterable[tuple[str, str]]) -> str:
    """One sentence for each key that cannot be used."""
    where = f"Pengaturan {file}" if file else "Pengaturan bawaan"
    return "\n".join(
        _sentence(f"{where}: kunci {key}: {reason}" if key else f"{where}: {reason}")
        for key, reason in faults
    )


def _sentence(words: str) -> str:
    """On one line and of a length that can be read, whatever stands in the file."""
    printable = "".join(sign if sign.isprintable() else " " for sign in words)
    return _ended(printable[:LONGEST_SENTENCE])


def _ended(words: str) -> str:
    return words if words.endswith("?") else f"{words}."


def _with_places_free(settings: Settings) -> Settings:
    """The settings, if no folder stands where a file is meant, and no file where a folder is."""
    faults = tuple(_misplaced(settings))
    if faults:
        raise SettingsError(_lines(settings.file, faults))
    return settings


def _misplaced(settings: Settings) -> Iterator[tuple[str, str]]:
    office, book, mail = settings.office, settings.workbook, settings.mail
    folders = {"office.schema": office.schema_folder, "office.state": office.state}
    folders["report.folder"] = settings.report.folder
    files = {"mail.password_file": mail.password_file}
    files |= {"mail.oauth2_file": mail.oauth2_file} if mail.oauth2_file else {}
    files |= {"mail.ca_file": mail.ca_file} if mail.ca_file else {}
    if mail.kind == "folder":
        folders["mail.folder"] = mail.folder
    files |= {f"workbook.{key}": path for key, path in (book.kept | book.written).items()}
    for key, path in folders.items():
        for place in (settings.path(path), *settings.path(path).parents):
            if os.path.isfile(place):  # noqa: PTH113 - unlike Path's it never raises
                yield key, f"{place} adalah berkas, bukan folder"
    for key, path in files.items():
        if os.path.isdir(settings.path(path)):  # noqa: PTH112 - likewise
            yield key, f"{path} adalah folder, bukan berkas"


def _without_collision(settings: Settings, file: Path) -> Settings:
    """The settings, if no path that the program writes to is another of theirs."""
    kept = {"pengaturan": file.absolute(), **own_places(settings), **read_places(settings)}
    reason = collision(written_places(settings), kept)
    if reason:
        raise SettingsError(f"Pengaturan {file}: {reason}.")
    return settings


def written_places(settings: Settings) -> dict[str, Path]:
    """The files that the program writes, by what they are called."""
    state, workbook = settings.office.state, settings.workbook
    written = {name: state / name for name in STATE_FILES}
    for key, path in workbook.written.items():
        written |= {f"[workbook] {key}": path, "ringkasan (baru)": beside(path)}
    return {name: settings.path(path) for name, path in written.items()}


def own_places(settings: Settings) -> dict[str, Path]:
    """What no other office may use as well: the folders that are written to, and the register."""
    own = {"[office] state": settings.office.state, "[report] folder": settings.report.folder}
    if settings.mail.kind == "folder":
        own["[mail] folder"] = settings.mail.folder
    for key, path in settings.workbook.kept.items():
        if key != "key_file":
            own[f"[workbook] {key}"] = path
    return {name: settings.path(path) for name, path in own.items()}


def read_places(settings: Settings) -> dict[str, Path]:
    """The files that are read only, which several offices may share."""
    mail = settings.mail
    read = {
        "[workbook] key_file": settings.workbook.credentials,
        "[mail] password_file": mail.password_file,
        "[mail] oauth2_file": mail.oauth2_file,
        "[mail] ca_file": mail.ca_file,
        **{name: settings.office.schema_folder / f"{name}.toml" for name in DOCUMENTS},
    }
    return {name: settings.path(path) for name, path in read.items() if path}


def load_schema(settings: Settings, ways: Collection[str] = (EMAIL,)) -> Schema:
    """The office's schema. A document its folder leaves out is taken from the standard folder.

    `ways` as in `parse_schema`.
    Raises SettingsError with file, key and reason.
    """
    folder = settings.path(settings.office.schema_folder)
    if not os.path.exists(folder / "sop.toml"):  # noqa: PTH110 - likewise
        raise SettingsError(
            f"Folder skema {folder} tidak memuat sop.toml; periksa [office] schema pada pengaturan."
        )
    documents = {name: _parsed(_document(folder, name)) for name in DOCUMENTS}
    faults = [
        f"findings.toml, {key}: {reason}" for key, reason in unfit_wordings(documents["findings"])
    ]
    try:
        schema = parse_schema(documents, ways)
    except SchemaError as error:
        faults = [*error.faults, *faults]
    if faults:
        raise SettingsError("\n".join(_sentence(f"Skema {folder}: {fault}") for fault in faults))
    return schema


def _document(folder: Path, name: str) -> Path:
    own = folder / f"{name}.toml"
    return own if os.path.exists(own) else STANDARD_SCHEMA / f"{name}.toml"  # noqa: PTH110


def _parsed(file: Path) -> dict[str, Any]:
    try:
        if os.path.exists(file) and not file.is_file():  # noqa: PTH110 - a pipe would be waited for
            kind = "adalah folder, bukan berkas" if file.is_dir() else "bukan berkas biasa"
            raise SettingsError(f"{file} {kind}; periksa letaknya.")
        return read_toml(file)
    except TomlError as error:
        raise SettingsError(str(error)) from None
