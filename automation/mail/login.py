"""Where the mail server's password comes from: a file, the environment, the keyring or OAuth2.

Never the command line, never a question at the terminal. Each source that cannot be used is a
TransportError with one sentence for the user; no message carries a secret.
"""

import json
import os
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Literal

from yagmail import oauth2

from automation.core.words.encoding import decoded
from automation.mail.transport import TransportError

PASSWORD_VARIABLE = "AUTOMATION_MAIL_PASSWORD"
KEYRING_SERVICE = "yagmail"  # where `yagmail.register` puts passwords
OAUTH2_KEYS = ("google_client_id", "google_client_secret", "google_refresh_token")


@dataclass(frozen=True)
class SmtpSettings:
    """How to reach the mail server. Without `user` nobody logs in (a trusted relay); with one, the
    first source that is set is used, and the keyring if none is. Raises ValueError for a password
    that would travel unencrypted."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str = ""
    oauth2_file: Path | None = None  # JSON as yagmail writes it
    password_file: Path = Path(
        "credentials/mail_password"
    )  # where there is one: the password alone
    password_variable: str = ""  # name of an environment variable
    ca_file: Path | None = None  # a private CA, in PEM; None: those of the system
    timeout_seconds: float = 30.0  # for each answer of the server

    def __post_init__(self) -> None:
        if self.user and self.security == "none":
            raise ValueError(
                'Kata sandi tidak dikirim tanpa enkripsi: pakai [mail] security = "starttls"'
                ' atau "tls", atau hapus [mail] user.'
            )


def password(settings: SmtpSettings) -> str:
    """The password of `settings.user`."""
    if os.path.exists(settings.password_file):  # noqa: PTH110 - unlike Path's it never raises
        return _from_file(settings.password_file)
    if settings.password_variable:
        return _from_variable(settings.password_variable)
    stored = _from_keyring(settings.user)
    if stored is None:
        raise TransportError(
            f"Kata sandi surel {settings.user} belum ada; tuliskan, satu baris, pada berkas"
            f" {settings.password_file} (lihat credentials/README.md)."
        )
    return stored


def authenticate_oauth2(smtp: smtplib.SMTP, settings: SmtpSettings, file: Path) -> None:
    """Logs in with a fresh access token. yagmail's own login would do so without STARTTLS and
    without looking at the answer."""
    try:
        if not file.is_file():  # a pipe would be waited for
            raise FileNotFoundError
        info = json.loads(decoded(file.read_bytes()))
        secrets = {key: info[key] for key in OAUTH2_KEYS}
    except (OSError, ValueError, KeyError, TypeError):
        raise TransportError(
            f"Berkas OAuth2 {file} tidak dapat dibaca atau tidak lengkap:"
            f" {', '.join(OAUTH2_KEYS)} harus ada."
        ) from None
    try:
        with _default_timeout.of(settings.timeout_seconds):
            token, _ = oauth2.refresh_authorization(**secrets)
    except (OSError, ValueError, KeyError) as error:
        raise TransportError(
            f"Izin OAuth2 dari {file} tidak dapat diperbarui ({type(error).__name__}: {error})."
            " Bila izin sudah dicabut atau kedaluwarsa, buat berkas itu kembali."
        ) from None
    answer = oauth2.generate_oauth2_string(settings.user, token)
    smtp.ehlo_or_helo_if_needed()
    smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else answer)


def _from_file(file: Path) -> str:
    try:
        if not file.is_file():  # a pipe would be waited for
            raise FileNotFoundError
        found = decoded(file.read_bytes()).strip()
    except (OSError, UnicodeDecodeError):
        raise TransportError(f"Berkas kata sandi surel {file} tidak dapat dibaca.") from None
    if not found:
        raise TransportError(f"Berkas kata sandi surel {file} masih kosong.")
    return found


def _from_variable(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise TransportError(f"Variabel lingkungan {name} (kata sandi surel) belum diisi.")
    return value


def _from_keyring(user: str) -> str | None:
    """None where the system has no keyring, or nothing in it for this user."""
    try:
        keyring = import_module("keyring")
    except ImportError:
        return None
    try:
        stored: str | None = keyring.get_password(KEYRING_SERVICE, user)
    except keyring.errors.KeyringError:
        return None
    return stored or None


class _DefaultTimeout:
    """For code that opens connections without one: yagmail's token refresh. Sockets' default is the
    whole process's: it holds until the last who needs it, in whichever thread, is done."""

    def __init__(self) -> None:
        self._lock, self._needed, self._before = Lock(), 0, socket.getdefaulttimeout()

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        with self._lock:
            if not self._needed:
                self._before = socket.getdefaulttimeout()
            self._needed += 1
            socket.setdefaulttimeout(seconds)
        try:
            yield
        finally:
            with self._lock:
                self._needed -= 1
                if not self._needed:
                    socket.setdefaulttimeout(self._before)


_default_timeout = _DefaultTimeout()
