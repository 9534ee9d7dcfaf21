"""Somebody's own login: Google's page is opened once, and what it grants is kept on disk.

https://developers.google.com/identity/protocols/oauth2/native-app
"""

import json
import os
import re
import sys
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
from oauthlib.oauth2 import OAuth2Error

from automation.core.edges import EdgeError
from automation.core.words.encoding import decoded
from automation.workbooks.google.wire.credentials import SCOPES
from automation.workbooks.google.wire.no_token import AGAIN, GUIDE, WRONG_CLIENT
from automation.workbooks.google.wire.token_file import TYPE, is_login, save

CLIENT = "oauth_client.json"  # beside the login
NEEDED = ("client_id", "client_secret", "auth_uri", "token_uri")
PATIENCE = 600  # seconds for somebody to find his password and his telephone
FAULTS = (OAuth2Error, Warning, OSError, ValueError, TypeError, AttributeError, LookupError)
DONE = "Jawaban diterima; halaman ini boleh ditutup, hasilnya ada pada terminal."


def log_in(file: Path, show: Callable[[str], None], timeout_seconds: float) -> None:
    """Puts a new login into `file`, by the OAuth client beside it.

    `show` is given the address of Google's page, which is opened where there is a browser;
    `timeout_seconds` is the longest wait for an answer of Google's. Raises EdgeError.
    """
    _refuse_somebody_s(file)
    client = _client(file.with_name(CLIENT))
    save(
        file,
        {"type": TYPE, **_kept(client), "refresh_token": _granted(client, show, timeout_seconds)},
    )


def _refuse_somebody_s(file: Path) -> None:
    """Before anybody is asked for anything."""
    try:
        is_free = not os.path.lexists(file) or is_login(file)
    except OSError as error:
        raise EdgeError(
            f"Login {file} tidak dapat dibaca ({error.strerror}); periksa hak akses berkas itu."
        ) from None
    if not is_free:
        raise EdgeError(
            f"Di {file} sudah ada berkas lain, misalnya kunci akun layanan; tulis letak lain pada "
            "[workbook] key_file, contoh credentials/google_login.json, lalu jalankan lagi."
        )


def _client(file: Path) -> Mapping[str, Any]:
    """The OAuth client as Google's console hands it out. Raises EdgeError."""
    try:
        content = json.loads(decoded(file.read_bytes()))
    except FileNotFoundError:
        raise EdgeError(
            f"Klien OAuth tidak ditemukan di {file}; unduh berkas JSON-nya dari konsol Google "
            f"Cloud dan simpan di sana ({GUIDE})."
        ) from None
    except OSError as error:
        raise EdgeError(
            f"Klien OAuth {file} tidak dapat dibaca ({error.strerror}); periksa hak akses berkas "
            "itu."
        ) from None
    except (ValueError, RecursionError):
        content = None
    client = content.get("installed") if isinstance(content, dict) else None
    if not isinstance(client, dict) or not all(_is_text(client.get(name)) for name in NEEDED):
        raise EdgeError(
            f"Berkas {file} bukan klien OAuth berjenis Desktop app yang sah; buat klien berjenis "
            f"itu dan unduh JSON-nya ({GUIDE})."
        )
    return client


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _kept(client: Mapping[str, Any]) -> dict[str, Any]:
    return {name: client[name] for name in ("client_id", "client_secret", "token_uri")}


class _Flow(InstalledAppFlow):  # type: ignore[misc]
    """Shows the page's address before a browser is opened, since there may be none."""

    show: Callable[[str], None]
    seconds: float

    def authorization_url(self, **options: Any) -> Any:
        address, state = super().authorization_url(**options)
        self.show(address)
        if _has_screen():
            webbrowser.open(address)
        return address, state

    def fetch_token(self, **options: Any) -> Any:
        return super().fetch_token(timeout=self.seconds, **options)


def _has_screen() -> bool:
    """Without one, a browser would be a text browser in this very terminal."""
    screens = (os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return sys.platform in ("win32", "darwin") or any(screens)


def _granted(client: Mapping[str, Any], show: Callable[[str], None], seconds: float) -> str:
    """The refresh token. Raises EdgeError."""
    flow: Any = _Flow.from_client_config({"installed": client}, SCOPES)
    flow.show, flow.seconds = show, seconds
    try:
        flow.run_local_server(
            port=0,
            open_browser=False,
            authorization_prompt_message=None,
            success_message=DONE,
            timeout_seconds=PATIENCE,
            prompt="consent",  # else Google gives a refresh token only the first time
        )
        token = flow.credentials.refresh_token
    except KeyboardInterrupt:
        raise EdgeError("Login dibatalkan; tidak ada yang disimpan.") from None
    except FAULTS as error:
        raise EdgeError(_reason(error)) from None
    if not token:
        raise EdgeError(f"Google tidak memberi izin yang tahan lama; {AGAIN}.")
    return str(token)


def _reason(error: BaseException) -> str:
    """Why nothing was granted: the codes are OAuth's, RFC 6749."""
    if isinstance(error, WSGITimeoutError):
        return f"Halaman Google belum dijawab selama {PATIENCE // 60} menit; {AGAIN}."
    if isinstance(error, Warning):
        return f"Izin atas spreadsheet tidak disetujui di halaman Google; {AGAIN} dan setujui."
    code = str(getattr(error, "error", None) or "")
    if code == "access_denied":
        return f"Izin tidak diberikan di halaman Google; {AGAIN} dan pilih Izinkan."
    if code in WRONG_CLIENT:
        return f"Google menolak klien OAuth; unduh lagi sebagai {CLIENT}, lalu {AGAIN} ({GUIDE})."
    if isinstance(error, OAuth2Error):
        told = f" ({code})" if re.fullmatch(r"\w{1,40}", code, re.ASCII) else ""
        return f"Jawaban dari halaman Google tidak dapat dipakai{told}; {AGAIN}."
    return (
        f"Google tidak menjawab dengan baik ({type(error).__name__}); periksa sambungan internet, "
        f"lalu {AGAIN}."
    )
