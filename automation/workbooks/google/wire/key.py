"""The service account's key: found, read, and never shown."""

import json
import os
import stat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from google.auth.credentials import AnonymousCredentials, Credentials
from google.oauth2 import service_account

from automation.core.edges import EdgeError
from automation.core.words.encoding import decoded

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
KEY_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
EMULATOR_VARIABLE = "SHEETS_EMULATOR_HOST"
GUIDE = "lihat credentials/README.md"


class ServiceAccount(service_account.Credentials):
    """Gets its tokens where the key says, and calls nobody else."""

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        """google-auth would ask a second service, in the background and at every start."""
        return False


def emulator_host() -> str | None:
    """Host and port of an emulator that stands in for Google, such as "localhost:8765"."""
    host = os.environ.get(EMULATOR_VARIABLE, "").strip()
    return urlsplit(host).netloc if "//" in host else host or None


def credentials(key_file: Path | None) -> Credentials:
    """What to log in with. An emulator needs no key, and is never shown one of Google's.

    Raises EdgeError where the key is absent or malformed.
    """
    host = emulator_host()
    if host and not _is_for(host, key_file):
        return AnonymousCredentials()  # type: ignore[no-untyped-call]
    path = key_path(key_file)
    try:
        found: Credentials = ServiceAccount.from_service_account_info(  # type: ignore[no-untyped-call]
            _content(path), scopes=SCOPES
        )
        return found
    except (ValueError, TypeError):  # their messages may quote the file
        raise EdgeError(_malformed(path)) from None


def _is_for(host: str, key_file: Path | None) -> bool:
    """Whether the key's tokens come from the emulator itself."""
    try:
        token_uri = str(_content(key_path(key_file)).get("token_uri"))
    except EdgeError:
        return False
    return urlsplit(token_uri).netloc == host


def key_path(key_file: Path | None) -> Path:
    """The settings' file if it is there, else the environment's. Raises EdgeError."""
    usual = os.environ.get(KEY_VARIABLE)
    candidates = [path for path in (key_file, Path(usual) if usual else None) if path]
    for path in candidates:
        if path.is_file():
            return path
    tried = " dan ".join(map(str, candidates)) or "pengaturan [workbook] key_file"
    raise EdgeError(
        f"Kunci akun layanan Google tidak ditemukan di {tried}; unduh kunci JSON dan simpan di "
        f"sana ({GUIDE})."
    )


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(decoded(path.read_bytes()))
    except OSError as error:
        raise EdgeError(
            f"Kunci akun layanan {path} tidak dapat dibaca ({error.strerror}); periksa hak akses "
            "berkas itu."
        ) from None
    except (ValueError, RecursionError):
        raise EdgeError(_malformed(path)) from None
    if not isinstance(content, dict) or content.get("type") != "service_account":
        raise EdgeError(_malformed(path))
    return content


def _malformed(path: Path) -> str:
    return (
        f"Berkas {path} bukan kunci akun layanan Google yang sah; buat kunci baru berjenis JSON "
        f"dan unduh ulang ({GUIDE})."
    )


def readable_by_others(path: Path) -> bool:
    """Whether other accounts of this machine may read the key; not known on Windows."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
