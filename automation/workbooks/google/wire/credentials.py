"""What to log in with: where it is found, and that an emulator is shown none of Google's.

Settings name a file of any kind that google-auth knows, or the machine's own identity.
"""

import os
import stat
import warnings
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import google.auth
from google.auth.credentials import AnonymousCredentials

from automation.core.edges import EdgeError
from automation.workbooks.google.wire.credentials_file import (
    BROKEN,
    addresses,
    content,
    identity,
)
from automation.workbooks.google.wire.identity import Identity, Kind
from automation.workbooks.google.wire.no_token import GUIDE
from automation.workbooks.quota import Payer

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
FILE_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
METADATA_VARIABLE = "GCE_METADATA_HOST"
THIS_MACHINE = Payer("machine", "machine")
EMULATOR_VARIABLE = "SHEETS_EMULATOR_HOST"


def emulator_host() -> str | None:
    """Host and port of an emulator that stands in for Google, such as "localhost:8765"."""
    host = os.environ.get(EMULATOR_VARIABLE, "").strip()
    return urlsplit(host).netloc if "//" in host else host or None


def credentials(file: Path | None) -> Identity | AnonymousCredentials:
    """What to log in with: `file`, None for the machine's own identity.

    An emulator needs nothing, and is never shown what Google would accept.
    Raises EdgeError where it is absent or malformed.
    """
    host = emulator_host()
    if host and not _is_for(host, file):
        return AnonymousCredentials()  # type: ignore[no-untyped-call]
    path = _found(file)
    return _machine() if path is None else identity(path, SCOPES)


def _is_for(host: str, file: Path | None) -> bool:
    """Whether the tokens come from where the emulator runs."""
    try:
        path = _found(file)
        sources = addresses(content(path)) if path else _metadata_server()
    except EdgeError:
        return False
    return {urlsplit(source).hostname for source in sources} == {urlsplit(f"//{host}").hostname}


def _metadata_server() -> Sequence[str]:
    """One that somebody has chosen to ask in place of Google's."""
    return [f"//{os.environ.get(METADATA_VARIABLE, '')}"]


def _found(file: Path | None) -> Path | None:
    """The settings' file if it is there, else the environment's. None: the machine's own identity.

    Raises EdgeError where a file was meant and none is there.
    """
    usual = os.environ.get(FILE_VARIABLE)
    candidates = [path for path in (file, Path(usual) if usual else None) if path]
    for path in candidates:
        if path.is_file():
            return path
    if not candidates:
        return None
    raise EdgeError(
        f"Kredensial Google tidak ditemukan di {' dan '.join(map(str, candidates))}; simpan kunci "
        f"akun layanan di sana, atau jalankan `python -m automation login` ({GUIDE})."
    )


def _machine() -> Identity:
    """By Application Default Credentials, whose warnings are about what is no concern here.

    Raises EdgeError.
    """
    try:
        warnings.filterwarnings("ignore", module=r"google\.auth")  # for good: threads share them
        source, _ = google.auth.default(scopes=SCOPES)
    except (*BROKEN, OSError):
        raise EdgeError(
            "Komputer ini tidak mempunyai identitas Google sendiri, yang hanya ada pada server di "
            "Google Cloud; pada [workbook] key_file tulis letak kunci atau login sebagai ganti "
            f'"machine" ({GUIDE}).'
        ) from None
    return Identity(source, Kind.MACHINE, THIS_MACHINE)


def readable_by_others(path: Path) -> bool:
    """Whether other accounts of this machine may read the file; not known on Windows."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
