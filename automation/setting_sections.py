"""What stands in each part of an installation's settings, every key with its default."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from automation.setting_types import (
    Address,
    Domain,
    Host,
    Login,
    Place,
    Seconds,
    Spreadsheet,
    WebAddress,
    Zone,
)

STANDARD_SCHEMA = Path(__file__).parent.parent / "sheets_schema"
MACHINE = Path("machine")  # as key_file: whoever the machine itself is to Google


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfficeSection(Section):
    schema_folder: Place = Field(default=STANDARD_SCHEMA, alias="schema")
    timezone: Zone = "Asia/Jakarta"
    state: Place = Path("state")


class WorkbookSection(Section):
    kind: Literal["excel", "google"] = "excel"
    register_file: Place = Field(default=Path("register.xlsx"), alias="register")
    summary: Place = Path("ringkasan.xlsx")
    spreadsheet: Spreadsheet = ""
    key_file: Place = Path("credentials/service_account.json")
    timeout_seconds: Seconds = 30.0

    @property
    def credentials(self) -> Path | None:
        """The file to log in to Google with; None: the machine's own identity."""
        return None if self.key_file == MACHINE else self.key_file

    @property
    def kept(self) -> dict[str, Path]:
        """The files that are read and must not be written over, by key."""
        register = {"register": self.register_file} if self.kind == "excel" else {}
        return register | ({"key_file": self.credentials} if self.credentials else {})

    @property
    def written(self) -> dict[str, Path]:
        """The files that the program writes, by key."""
        return {"summary": self.summary} if self.kind == "excel" else {}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "google" and not self.spreadsheet:
            raise ValueError('kind = "google" memerlukan spreadsheet (ID dari alamat lembar)')
        return self


class MailSection(Section):
    kind: Literal["folder", "smtp"] = "folder"
    folder: Place = Path("outbox")
    sender: Annotated[Address, Field(min_length=1)] = "pengingat@kantor.example.id"
    reply_to: Address = ""
    allowed_domains: tuple[Domain, ...] = ()
    host: Host = "smtp.gmail.com"
    port: int = Field(default=587, gt=0, lt=65536)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Login = ""
    password_file: Place = Path("credentials/mail_password")
    oauth2_file: Place | None = None
    ca_file: Place | None = None
    timeout_seconds: Seconds = 30.0

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.user and self.security == "none":
            raise ValueError('user memerlukan security = "starttls" atau "tls"')
        if self.kind == "smtp" and not self.allowed_domains:
            raise ValueError(
                'kind = "smtp" memerlukan allowed_domains, contoh ["kulonprogokab.go.id"]'
            )
        return self


class WatchSection(Section):
    every_minutes: int = Field(default=5, ge=1, le=240)
    it_contact: Address = ""
    alarm_after: int = Field(default=3, ge=1, le=100)
    ping: WebAddress = ""


class ReportSection(Section):
    folder: Place = Path("arsip")
    to_head: bool = False
