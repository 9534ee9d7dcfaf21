"""`doctor`: is this installation fit to run, and if not, what is to be done."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from automation.core.edges import EdgeError
from automation.core.office_hours import unannounced_years
from automation.core.register import read_register
from automation.installation import Installation
from automation.mail.transport import TransportError

OLDEST_PLAUSIBLE = 2026  # the program is no older; an earlier clock is wrong


@dataclass(frozen=True)
class Check:
    """What was looked at, whether it is well, and one sentence, in Indonesian."""

    subject: str
    healthy: bool
    sentence: str


def examine(installation: Installation) -> Iterator[Check]:
    """Every check, in the order in which one would mend things. Sends and writes nothing."""
    schema = installation.schema
    yield Check("Pengaturan", True, f"SOP {schema.sop.number}, {len(schema.sop.steps)} langkah.")
    yield _clock(installation)
    yield _calendar(installation)
    yield _said("Buku Register", lambda: _register(installation))
    settings, path = installation.settings, installation.settings.path
    yield _writable("Folder kerja program", path(settings.office.state))
    if settings.workbook.kind == "excel":
        yield _writable("Folder ringkasan", path(settings.workbook.summary).parent)
    yield _said("Surel", lambda: _mail(installation))


def _said(subject: str, look: Callable[[], str]) -> Check:
    try:
        return Check(subject, True, look())
    except (EdgeError, TransportError) as error:
        return Check(subject, False, str(error))


def _clock(installation: Installation) -> Check:
    now = installation.now
    healthy = now.year >= OLDEST_PLAUSIBLE
    zone = installation.settings.office.timezone
    advice = "" if healthy else " Jam komputer salah; setel tanggal dan jamnya."
    return Check("Jam", healthy, f"Sekarang {now:%d/%m/%Y %H.%M} ({zone}).{advice}")


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
    return f"Terbaca, {len(register.cases.frame)} berkas, {len(register.staff.frame)} petugas."


def _writable(subject: str, folder: Path) -> Check:
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    healthy = existing.is_dir() and os.access(existing, os.W_OK)
    advice = "dapat ditulisi." if healthy else "tidak dapat ditulisi; periksa hak aksesnya."
    return Check(subject, healthy, f"{folder} {advice}")


def _mail(installation: Installation) -> str:
    mail = installation.settings.mail
    if mail.kind == "folder":
        return f"Surel ditulis ke folder {installation.settings.path(mail.folder)}."
    with installation.transport:
        return f"Masuk ke {mail.host}:{mail.port} berhasil."
