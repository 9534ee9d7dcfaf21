"""One installation put together: settings, schema, workbook, mail, and the lock around them.

Google's and SMTP's packages take longer to load than a small register to measure: they are loaded
by the offices that use them.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from automation.clock import MachineClock
from automation.core.edges import EdgeError, Workbook
from automation.core.once import cached_property
from automation.core.register.headers import Grids
from automation.core.schema import Schema
from automation.core.schema.hours import LATEST
from automation.core.words.ways import EMAIL
from automation.cycle import Office
from automation.mail.correspondent import Correspondent
from automation.mail.email import Email
from automation.mail.folder import Folder
from automation.mail.mailbox import OutboxMailbox
from automation.mail.transport import Transport
from automation.mail.ways import WayOut
from automation.settings import LOCK_FILE, WATCH_FILE, Settings, SettingsError, load_schema
from automation.unattended.beacon import Beacon
from automation.unattended.heartbeat import Heart
from automation.unattended.journal import journal
from automation.upgrade import carry_over, keep_tabs, must_carry_over
from automation.workbooks.excel.workbook import ExcelWorkbook

if TYPE_CHECKING:
    from automation.archive.shelf import Shelf
    from automation.workbooks.google import GoogleSettings
    from automation.workbooks.quota import Quotas


log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds: a run of `watch` is over by then


class BusyError(EdgeError):
    """Another program is working for the office."""


@dataclass(frozen=True)
class Installation:
    """What the commands work on. `fixed_now` is the clock of `--now`, None the real one; `quotas`
    are Google's, where several offices share them."""

    settings: Settings
    schema: Schema
    fixed_now: datetime | None
    quotas: "Quotas | None" = None

    @classmethod
    def of(cls, settings: Settings, now: datetime | None) -> "Installation":
        """Raises SettingsError."""
        schema = load_schema(settings, WAYS)
        return cls(settings, schema, None if now is None else _believable(now, settings, schema))

    @property
    def now(self) -> datetime:
        """Naive, in the office's zone, in whole seconds."""
        now = self.fixed_now or datetime.now(self.settings.zone).replace(tzinfo=None)
        return now.replace(microsecond=0)

    @cached_property
    def office(self) -> Office:
        """Raises EdgeError where its state folder is not to be used."""
        self.put_in_order()
        return Office(
            self.schema,
            self.workbook,
            self._mailbox,
            {kind: way.fault for kind, way in self.ways.items()},
            self.now.replace(tzinfo=self.settings.zone).strftime("%Z"),
            self._keep_tabs,
            self._shelf if self.settings.report.to_head else None,
            self.clock,
        )

    @cached_property
    def clock(self) -> MachineClock | None:
        """None with `--now`: a clock that was chosen on purpose needs no confirmation."""
        if self.fixed_now is not None:
            return None
        return MachineClock(self.state, self.settings.zone, self.workbook)

    @cached_property
    def _shelf(self) -> "Shelf":
        from automation.archive.shelf import Shelf  # for offices whose head is sent reports

        return Shelf(self.settings.path(self.settings.report.folder), self.settings.zone)

    @property
    def state(self) -> Path:
        """The folder of what the program remembers."""
        return self.settings.path(self.settings.office.state)

    @cached_property
    def heart(self) -> Heart:
        return Heart(self.state)

    @cached_property
    def beacon(self) -> Beacon:
        return Beacon(self.settings.watch.ping)

    @cached_property
    def workbook(self) -> Workbook:
        settings, path = self.settings.workbook, self.settings.path
        if settings.kind == "excel":
            titles = [tab.title for tab in self.schema.tabs.all()]
            register, summary = path(settings.register_file), path(settings.summary)
            return ExcelWorkbook(register, summary, titles, following=self._following)
        from automation.workbooks.google import GoogleWorkbook

        return GoogleWorkbook(self.google_settings(settings.spreadsheet))

    def _following(self) -> str:
        """The register into which that of the settings was closed at the year's end; "" = none."""
        from automation.rollover.record import kept  # for an office whose register is read-only

        record = kept(self.settings.path(self.settings.report.folder), self.now.year - 1)
        is_current = record and Path(record.to) == self.settings.workbook.register_file
        return record.to if record and not is_current else ""

    def google_settings(self, spreadsheet: str, named_by: str = "") -> "GoogleSettings":
        """`named_by`: where the spreadsheet was named, if not in the settings."""
        from automation.answers import remembered
        from automation.workbooks.google import GoogleSettings
        from automation.workbooks.google.settings import SETTING

        settings, path = self.settings.workbook, self.settings.path
        return GoogleSettings(
            spreadsheet=spreadsheet,
            schema=self.schema,
            key_file=path(settings.credentials) if settings.credentials else None,
            timeout_seconds=settings.timeout_seconds,
            timezone=self.settings.office.timezone,
            answers=remembered(self.state),
            named_by=named_by or SETTING,
            quotas=self.quotas,
        )

    @property
    def login_file(self) -> Path:
        """Where somebody's own login to Google is kept. Raises SettingsError."""
        workbook = self.settings.workbook
        if workbook.kind != "google" or workbook.credentials is None:
            raise SettingsError(
                "`login` adalah untuk register di Google Sheets; tulis [workbook] kind = "
                '"google" dan key_file = "credentials/google_login.json".'
            )
        return self.settings.path(workbook.credentials)

    @cached_property
    def ways(self) -> Mapping[str, WayOut]:
        """How letters go out, by kind."""
        return {kind: way(self) for kind, way in WAYS.items()}

    @cached_property
    def email(self) -> Email:
        return Email(self.transport, self.settings.mail.allowed_domains)

    @cached_property
    def transport(self) -> Transport:
        """E-mail's."""
        mail, path = self.settings.mail, self.settings.path
        if mail.kind == "folder":
            return Folder(path(mail.folder))
        from automation.mail.login import PASSWORD_VARIABLE, SmtpSettings
        from automation.mail.smtp import Smtp

        return Smtp(
            SmtpSettings(
                host=mail.host,
                port=mail.port,
                security=mail.security,
                user=mail.user,
                oauth2_file=path(mail.oauth2_file) if mail.oauth2_file else None,
                password_file=path(mail.password_file),
                password_variable=PASSWORD_VARIABLE if PASSWORD_VARIABLE in os.environ else "",
                ca_file=path(mail.ca_file) if mail.ca_file else None,
                timeout_seconds=mail.timeout_seconds,
            )
        )

    @cached_property
    def correspondent(self) -> Correspondent:
        """The office as its mails name it."""
        mail = self.settings.mail
        return Correspondent(
            name=self.schema.sop.office,
            sender=mail.sender,
            reply_to=mail.reply_to or mail.sender,
            timezone=self.settings.zone,
            register_link=self.workbook.case_link,
            register_place=self.workbook.place(),
            report_page=lambda month: self._shelf.page(month),
        )

    @cached_property
    def _mailbox(self) -> OutboxMailbox:
        return OutboxMailbox(self.state, self.ways, self.correspondent)

    @contextmanager
    def alone(self, patience: float = 0.0) -> Iterator[None]:
        """Keeps a second program from working on this office; a crash lets go of the lock.

        Within, the state folder is as this version of the program knows it. Waits for another one
        so many seconds at most. Raises BusyError; EdgeError where a newer program wrote the folder.
        """
        busy = (
            f"Program lain sedang bekerja untuk kantor ini ({self.state}); tunggu sampai selesai."
        )
        with self._locked(LOCK_FILE, patience, busy):
            told = carry_over(self.state)
            if told:
                with journal(self.state, self.settings.zone, verbose=False, aloud=True):
                    log.info(told)
            yield

    def _keep_tabs(self, version: str, grids: Grids) -> None:
        told = keep_tabs(self.state, version, grids)
        if told:
            log.warning(told)

    def put_in_order(self) -> None:
        """Carries over what an older program left. Raises EdgeError, also for what a newer one
        left."""
        if must_carry_over(self.state):
            with self.alone(PATIENCE):
                pass

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Keeps a second `watch` from this office. Raises BusyError."""
        busy = f"`watch` sudah berjalan untuk kantor ini ({self.state}); satu cukup."
        with self._locked(WATCH_FILE, 0.0, busy):
            self.put_in_order()
            yield

    @contextmanager
    def _locked(self, name: str, patience: float, busy: str) -> Iterator[None]:
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.state / name, timeout=patience)
            lock.acquire()
        except Timeout:
            raise BusyError(busy) from None
        except OSError as error:
            raise EdgeError(
                f"Folder {self.state} tidak dapat ditulisi ({error.strerror}); periksa [office] "
                "state."
            ) from None
        try:
            yield
        finally:
            lock.release()


# What a column of `Petugas` may name as its `way`; the next one is a line here.
WAYS: dict[str, Callable[[Installation], WayOut]] = {
    EMAIL: lambda installation: installation.email,
}


def _believable(now: datetime, settings: Settings, schema: Schema) -> datetime:
    """`--now` as the office's wall clock shows it; refused where no register can speak of it."""
    hours = schema.working_hours
    try:
        local = now if now.tzinfo is None else now.astimezone(settings.zone).replace(tzinfo=None)
    except OverflowError:
        local = datetime.max
    if not hours.can_be(local.date()):
        raise SettingsError(
            f"--now {now.isoformat(timespec='minutes')}: di luar waktu yang dikenal program; isi "
            f"dari {hours.earliest:%d/%m/%Y} sampai {LATEST:%d/%m/%Y}."
        )
    return local
