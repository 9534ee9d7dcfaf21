"""`doctor`: is this installation fit to run, and if not, what is to be done."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import automation
from automation.core.edges import Check, EdgeError
from automation.core.office_time.office_hours import (
    office_hours,
    unannounced_years,
    usual_calendar,
)
from automation.core.office_time.working_time import WorkCalendar
from automation.core.register.headers import Grids
from automation.core.register.reading import read_register
from automation.core.versions import is_older, refusal, tabs_version
from automation.core.watch.pulse import overdue
from automation.core.words.indonesian import moment
from automation.core.words.titles import PENGINGAT
from automation.files import writable
from automation.installation import Installation
from automation.mail.transport import TransportError
from automation.setting_sections import MailSection
from automation.settings import LOG_FILE, STATE_FILES, USUAL_FILE
from automation.unattended import heartbeat
from automation.upgrade import state_version

PLACEHOLDER_SENDER = MailSection().sender


def examine(installation: Installation) -> Iterator[Check]:
    """Every check, in the order in which one would mend things. Sends nothing, changes nothing."""
    yield _settings(installation)
    grids = _grids(installation)
    yield _versions(installation, grids)
    yield _clock(installation, grids)
    yield _calendar(installation)
    checks = installation.workbook.checks()
    yield from checks
    if all(check.healthy for check in checks):
        yield _said("Buku Register", lambda: _register(installation))
    yield _state(installation.state)
    settings = installation.settings
    yield writable("Folder laporan", settings.path(settings.report.folder))
    yield _said("Surel", lambda: _mail(installation))
    if installation.fixed_now is None:
        yield _rounds(installation)


def _said(subject: str, look: Callable[[], str]) -> Check:
    try:
        return Check(subject, True, look())
    except (EdgeError, TransportError) as error:
        return Check(subject, False, str(error))


def _settings(installation: Installation) -> Check:
    sop, file = installation.schema.sop, installation.settings.file
    read = f"Dibaca dari {file}" if file else f"Nilai bawaan, karena {USUAL_FILE} tidak ada"
    return Check("Pengaturan", True, f"{read}; SOP {sop.number}, {len(sop.steps)} langkah.")


def _versions(installation: Installation, grids: Grids) -> Check:
    """Who wrote what is kept; unhealthy where this program must leave it alone."""
    places = {
        f"Folder state ({installation.state})": state_version(installation.state),
        "Tab program": tabs_version(grids.get(PENGINGAT)),
    }
    written = {place: version for place, version in places.items() if version}
    refused = [said for each in written.items() if (said := refusal(*each))]
    told = [f"Program versi {automation.VERSION}."]
    told += [f"{place} ditulis versi {each}{_coming(each)}." for place, each in written.items()]
    return Check("Versi", not refused, " ".join(refused or told))


def _coming(version: str) -> str:
    return ", dan disesuaikan pada putaran berikutnya setelah disalin" if is_older(version) else ""


def _state(folder: Path) -> Check:
    """The program's own files as well: a copy by another account may have left them closed."""
    closed = [
        name
        for name in STATE_FILES
        if os.path.exists(folder / name) and not os.access(folder / name, os.R_OK | os.W_OK)  # noqa: PTH110
    ]
    subject = "Folder kerja program"
    if closed:
        advice = "tidak dapat dibaca dan ditulisi oleh akun ini; periksa hak aksesnya."
        return Check(subject, False, f"{', '.join(closed)} di {folder} {advice}")
    return writable(subject, folder)


def believe_clock(installation: Installation) -> None:
    """Keeps that whoever runs the program says that the clock is right. Raises EdgeError."""
    clock = installation.clock
    if clock is None:
        raise EdgeError("--confirm-clock membenarkan jam komputer; hapus --now.")
    installation.put_in_order()
    grids = installation.workbook.read()
    register, pengingat = read_register(grids, installation.schema), grids.get(PENGINGAT)
    if clock.doubt(register, pengingat, installation.now):
        clock.confirm(register, pengingat, installation.now)


def _clock(installation: Installation, grids: Grids) -> Check:
    """What the clock says, and what else tells the time: as far as the register can be read."""
    now, clock = installation.now, installation.clock
    says = f"Sekarang {moment(now)} ({installation.settings.office.timezone})"
    if clock is None:
        return Check("Jam", True, f"{says}, ditetapkan dengan --now.")
    register, pengingat = read_register(grids, installation.schema), grids.get(PENGINGAT)
    doubt = clock.doubt(register, pengingat, now)
    told = "; ".join(clock.evidence(register, pengingat).sentences())
    return Check("Jam", not doubt, doubt or f"{says}. Pembanding: {told or 'belum ada'}.")


def _grids(installation: Installation) -> Grids:
    """Nothing where the tabs cannot be read: another check says why."""
    try:
        return installation.workbook.read()
    except EdgeError:
        return {}


def _rounds(installation: Installation) -> Check:
    """Whether the program runs as it should."""
    pulse = heartbeat.pulse(installation.state)
    late = pulse.last and overdue(
        pulse,
        _office_hours(installation),
        installation.now,
        timedelta(minutes=installation.settings.watch.every_minutes),
    )
    advice = (
        f" Seharusnya sudah ada putaran yang berhasil: periksa apakah `watch` berjalan, dan baca "
        f"{LOG_FILE} di {installation.state}."
    )
    return Check("Putaran", not late, f"{pulse.sentences}{advice if late else ''}")


def _office_hours(installation: Installation) -> WorkCalendar:
    """With the tab `Libur`, if it can be read."""
    hours, year = installation.schema.working_hours, installation.now.year
    try:
        grids = installation.workbook.read()
    except EdgeError:
        return usual_calendar(hours, year)
    closures = read_register(grids, installation.schema).closures.sound
    return office_hours(hours, closures, year, year).calendar


def _calendar(installation: Installation) -> Check:
    hours, now = installation.schema.working_hours, installation.now
    unknown = unannounced_years(hours.holidays, now.year, now.year)
    if unknown:
        return Check(
            "Kalender",
            False,
            f"Cuti bersama {now.year} belum diketahui program; catat pada tab Libur atau perbarui "
            "paket holidays.",
        )
    unconfirmed = [regime.name for regime in hours.regimes if not regime.confirmed]
    note = f" Belum dikonfirmasi kantor: {', '.join(unconfirmed)}." if unconfirmed else ""
    return Check("Kalender", True, f"Libur nasional dan cuti bersama {now.year} diketahui.{note}")


def _register(installation: Installation) -> str:
    register = read_register(installation.workbook.read(), installation.schema)
    faults = [f"{fault.tab} {fault.header}".strip() for fault in register.header_faults]
    if faults:
        raise EdgeError(
            f"Tab atau tajuk yang hilang atau berulang: {', '.join(faults)}; jalankan `setup` "
            "untuk melihat apa yang perlu ditambahkan."
        )
    if register.staff.frame.empty:
        raise EdgeError(
            f"Tab {register.staff.tab.title} belum memuat seorang pun, jadi tidak ada yang dapat "
            "diingatkan; isikan petugas, jabatan, dan surelnya."
        )
    return f"Terbaca, {len(register.cases.frame)} berkas, {len(register.staff.frame)} petugas."


def _mail(installation: Installation) -> str:
    mail = installation.settings.mail
    if mail.kind == "folder":
        folder = writable("Surel", installation.settings.path(mail.folder))
        if not folder.healthy:
            raise EdgeError(f"Folder surel {folder.sentence}")
        return f"Surel ditulis ke folder {installation.settings.path(mail.folder)}."
    if mail.sender == PLACEHOLDER_SENDER:
        raise EdgeError(
            f"Alamat pengirim masih contoh ({mail.sender}); isikan alamat kantor pada [mail] "
            "sender."
        )
    with installation.transport:
        return f"Masuk ke {mail.host}:{mail.port} berhasil."
