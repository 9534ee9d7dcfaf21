"""Where the password comes from. It is never asked for, and never part of a message."""

import json
import socket
import sys
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from yagmail import oauth2

from automation.mail.login import SmtpSettings, _default_timeout, password
from automation.mail.smtp import Smtp
from automation.mail.transport import TransportError
from tests.mail_server import AUTHORITY, USER, Post, mail_server


def settings(**source: Any) -> SmtpSettings:
    return SmtpSettings("localhost", 587, "starttls", user=USER, **source)


def refusal(**source: Any) -> str:
    with pytest.raises(TransportError) as caught:
        password(settings(**source))
    return str(caught.value)


def test_a_file_holds_the_password_and_perhaps_a_line_end(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("rahasia\r\n", encoding="utf-8")
    assert password(settings(password_file=tmp_path / "password")) == "rahasia"
    assert "tidak dapat dibaca" in refusal(password_file=tmp_path)
    (tmp_path / "empty").write_text("\n")
    assert "kosong" in refusal(password_file=tmp_path / "empty")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_password_is_read_in_every_encoding_that_editors_write(
    tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "password").write_bytes("rahasia\r\n".encode(encoding))
    assert password(settings(password_file=tmp_path / "password")) == "rahasia"


def test_an_environment_variable_holds_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "rahasia")
    assert password(settings(password_variable="MAIL_PASSWORD")) == "rahasia"
    monkeypatch.delenv("MAIL_PASSWORD")
    assert "MAIL_PASSWORD" in refusal(password_variable="MAIL_PASSWORD")


class KeyringError(Exception):
    pass


def keyring_with(passwords: dict[tuple[str, str], str]) -> ModuleType:
    keyring: Any = ModuleType("keyring")
    keyring.get_password = lambda service, user: passwords.get((service, user))
    keyring.errors = ModuleType("keyring.errors")
    keyring.errors.KeyringError = KeyringError
    return keyring


def test_the_keyring_is_asked_where_nothing_else_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", keyring_with({("yagmail", USER): "rahasia"}))
    assert password(settings(password_file=Path("none"))) == "rahasia"


def locked(service: str, user: str) -> str:
    raise KeyringError("No recommended backend was available.")


@pytest.mark.parametrize("kind", ["empty", "locked", "missing"])
def test_a_password_that_is_nowhere_is_asked_for_by_the_file_to_make(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    keyring: Any = keyring_with({})
    if kind == "locked":
        keyring.get_password = locked
    monkeypatch.setitem(sys.modules, "keyring", None if kind == "missing" else keyring)
    assert refusal(password_file=Path("kantor/mail_password")) == (
        f"Kata sandi surel {USER} belum ada; tuliskan, satu baris, pada berkas"
        f" {Path('kantor/mail_password')} (lihat credentials/README.md)."
    )


class _Tokens(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps({"access_token": "token-1", "expires_in": 3600}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    """The office's identity provider, which answers every refresh with `token-1`."""
    server = HTTPServer(("127.0.0.1", 0), _Tokens)
    server.status = 200
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(
        oauth2, "GOOGLE_ACCOUNTS_BASE_URL", f"http://127.0.0.1:{server.server_port}"
    )
    yield server
    server.shutdown()
    server.server_close()


def oauth2_settings(folder: Path, port: int = 0) -> SmtpSettings:
    AUTHORITY.cert_pem.write_to_path(folder / "ca.pem")
    secrets = {f"google_{name}": "s" for name in ("client_id", "client_secret", "refresh_token")}
    (folder / "oauth2.json").write_text(json.dumps(secrets), encoding="utf-8")
    return SmtpSettings(
        "localhost",
        port,
        "starttls",
        user=USER,
        oauth2_file=folder / "oauth2.json",
        ca_file=folder / "ca.pem",
    )


class OAuth2Post(Post):
    """Takes XOAUTH2 with the token `token-1`, behind STARTTLS only."""

    tokens: tuple[str, ...] = ()

    async def auth_XOAUTH2(self, server: Any, arguments: list[str]) -> AuthResult:  # noqa: N802
        assert server.session.ssl is not None
        said = b64decode(arguments[1]).decode()
        self.tokens = (*self.tokens, said)
        return AuthResult(success=said == f"user={USER}\1auth=Bearer token-1\1\1", handled=False)


def test_oauth2_logs_in_with_a_fresh_token_behind_starttls(
    tokens: HTTPServer, tmp_path: Path
) -> None:
    post = OAuth2Post()
    with (
        mail_server(post, security="starttls") as port,
        Smtp(oauth2_settings(tmp_path, port)),
    ):
        pass
    assert len(post.tokens) == 1


def test_oauth2_that_was_revoked_or_is_incomplete_is_said(
    tokens: HTTPServer, tmp_path: Path
) -> None:
    tokens.status = 400
    with mail_server(OAuth2Post(), security="starttls") as port:
        with pytest.raises(TransportError, match="tidak dapat diperbarui"):
            Smtp(oauth2_settings(tmp_path, port)).__enter__()
        broken = oauth2_settings(tmp_path, port)
        (tmp_path / "oauth2.json").write_text('{"installed": {}}', encoding="utf-8")
        with pytest.raises(TransportError, match="google_refresh_token harus ada"):
            Smtp(broken).__enter__()


def test_logins_at_once_leave_the_default_of_all_sockets_as_it_was() -> None:
    """Each office logs in in a thread of its own; the first to begin is the first to end."""
    before = socket.getdefaulttimeout()
    one, other = _default_timeout.of(10.0), _default_timeout.of(20.0)
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert socket.getdefaulttimeout() == 20.0
    other.__exit__(None, None, None)
    assert socket.getdefaulttimeout() == before
