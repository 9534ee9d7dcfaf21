"""An installation's settings: one TOML file, every key with a default.

Relative paths are relative to the settings file's own folder, or to that folder's parent when the
file lies in `credentials/`; without a file, to the current directory.
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from automation.collisions import collision
from automation.core.schema import DOCUMENTS, Schema, SchemaError, first_reason, parse_schema
from automation.mail.store import FILE_NAME as OUTBOX_FILE
from automation.workbooks.excel import beside

STANDARD_SCHEMA = Path(__file__).parent.parent / "sheets_schema"
USUAL_FILE = Path("credentials/settings.toml")
LOCK_FILE = "run.lock"  # in the state folder


class SettingsError(ValueError):
    """Settings that cannot be used: one Indonesian sentence with file, key and reason."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"zona waktu {name!r} tidak dikenal, contoh Asia/Jakarta") from error
    return name


def _spreadsheet(text: str) -> str:
    """An id, also where the whole address was pasted."""
    found = re.search(r"/spreadsheets/d/([^/?#]+)", text)
    return found[1] if found else text.strip()


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Office(Section):
    schema_folder: Path = Field(default=STANDARD_SCHEMA, alias="schema")
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"
    state: Path = Path("state")


class Workbook(Section):
    kind: Literal["excel", "google"] = "excel"
    register_file: Path = Field(default=Path("register.xlsx"), alias="register")
    summary: Path = Path("ringkasan.xlsx")
    spreadsheet: Annotated[str, AfterValidator(_spreadsheet)] = ""
    key_file: Path = Path("credentials/service_account.json")
    timeout_seconds: float = Field(default=30.0, gt=0)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "google" and not self.spreadsheet:
            raise ValueError('kind = "google" memerlukan spreadsheet (ID dari alamat lembar)')
        return self


class Mail(Section):
    kind: Literal["folder", "smtp"] = "folder"
    folder: Path = Path("outbox")
    sender: str = "pengingat@kantor.example.id"
    reply_to: str = ""
    allowed_domains: tuple[str, ...] = ()
    host: str = "smtp.gmail.com"
    port: int = Field(default=587, gt=0, lt=65536)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path = Path("credentials/mail_password")
    oauth2_file: Path | None = None
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=30.0, gt=0)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.user and self.security == "none":
            raise ValueError('user memerlukan security = "starttls" atau "tls"')
        if self.kind == "smtp" and not self.allowed_domains:
            raise ValueError(
                'kind = "smtp" memerlukan allowed_domains, contoh ["kulonprogokab.go.id"]'
            )
        return self


class Watch(Section):
    every_minutes: int = Field(default=5, ge=1, le=240)


class Settings(Section):
    office: Office = Office()
    workbook: Workbook = Workbook()
    mail: Mail = Mail()
    watch: Watch = Watch()
    _base: Path = PrivateAttr(default_factory=Path)

    def path(self, path: Path) -> Path:
        """A path of the settings, resolved against the installation's folder."""
        return self._base / path

    def in_folder(self, folder: Path) -> Self:
        """The same settings for an installation in `folder`."""
        moved = self.model_copy()
        moved._base = folder
        return moved

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.timezone)


def load_settings(file: Path | None) -> Settings:
    """The settings in `file`, else in the usual place below the current directory, else defaults.

    Raises SettingsError.
    """
    if file is None and not USUAL_FILE.exists():
        return _without_collision(Settings(), USUAL_FILE)
    file = file or USUAL_FILE
    try:
        settings = Settings.model_validate(_parsed(file))
    except ValidationError as error:
        raise SettingsError(f"Pengaturan {file}: {_reason(error)}.") from None
    folder = file.absolute().parent
    return _without_collision(
        settings.in_folder(folder.parent if folder.name == "credentials" else folder), file
    )


def _without_collision(settings: Settings, file: Path) -> Settings:
    """The settings, if no path that the program writes to is another of theirs."""
    workbook, mail, state = settings.workbook, settings.mail, settings.office.state
    written = {name: state / name for name in (OUTBOX_FILE, LOCK_FILE)}
    kept = {
        "[office] state": state,
        "[workbook] key_file": workbook.key_file,
        "[mail] folder": mail.folder,
        "[mail] password_file": mail.password_file,
        "[mail] oauth2_file": mail.oauth2_file,
        "[mail] ca_file": mail.ca_file,
        "pengaturan": file.absolute(),
        **{name: settings.office.schema_folder / f"{name}.toml" for name in DOCUMENTS},
    }
    if workbook.kind == "excel":
        written |= {
            "[workbook] summary": workbook.summary,
            "ringkasan (baru)": beside(workbook.summary),
        }
        kept["[workbook] register"] = workbook.register_file
    reason = collision(
        {name: settings.path(path) for name, path in written.items()},
        {name: settings.path(path) for name, path in kept.items() if path},
    )
    if reason:
        raise SettingsError(f"Pengaturan {file}: {reason}.")
    return settings


def load_schema(settings: Settings) -> Schema:
    """The office's schema. A document its folder leaves out is taken from the standard folder.

    Raises SettingsError with file, key and reason.
    """
    folder = settings.path(settings.office.schema_folder)
    if not (folder / "sop.toml").exists():
        raise SettingsError(
            f"Folder skema {folder} tidak memuat sop.toml; periksa [office] schema pada pengaturan."
        )
    documents = {name: _parsed(_document(folder, name)) for name in DOCUMENTS}
    try:
        return parse_schema(documents)
    except SchemaError as error:
        raise SettingsError(f"Skema {folder}: {error}.") from None


def _document(folder: Path, name: str) -> Path:
    own = folder / f"{name}.toml"
    return own if own.exists() else STANDARD_SCHEMA / f"{name}.toml"


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"Berkas {file} tidak ditemukan; periksa nama dan letaknya.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"Berkas {file} tidak dapat dibaca: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"Berkas {file} bukan TOML yang sah: {error}.") from None


def _reason(error: ValidationError) -> str:
    key, reason = first_reason(error)
    return f"kunci {key}: {reason}"
