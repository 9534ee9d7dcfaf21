"""`login` opens Google's page once, and keeps what it grants as carefully as a key."""

import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from automation.core.edges import EdgeError
from automation.workbooks.google import login as module
from automation.workbooks.google.login import log_in
from tests.commands import program
from tests.google_office import STAFF_ROWS, GoogleOffice, register_rows, service_account_key
from tests.google_tokens import CLIENT, SPREADSHEETS, TokenServer, guarded_office
from tests.offices import ROOT

Browser = Callable[[str], str]  # the address of Google's page -> where it sends the browser


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """OAuth is allowed without TLS, as it never is outside the tests."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with guarded_office(monkeypatch) as office:
        yield office


@pytest.fixture
def server(office: GoogleOffice) -> Iterator[TokenServer]:
    with TokenServer(office.emulator) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, office: GoogleOffice, server: TokenServer) -> Path:
    """The office's, with the client as Google's console hands it out."""
    (tmp_path / "credentials").mkdir()
    urls = {"auth_uri": f"{server.url}/auth", "token_uri": f"{server.url}/token"}
    client = {"installed": {**CLIENT, **urls, "redirect_uris": ["http://localhost"]}}
    file = tmp_path / "credentials" / "oauth_client.json"
    file.write_text(json.dumps(client), encoding="utf-8")
    settings = [
        "[workbook]",
        'kind = "google"',
        f'spreadsheet = "{office.id}"',
        'key_file = "credentials/google_login.json"',
    ]
    (tmp_path / "credentials" / "settings.toml").write_text("\n".join(settings), encoding="utf-8")
    return tmp_path


def allowed(address: str) -> str:
    """Somebody clicks *Allow*."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    return str(answer.headers["Location"])


def clicked(browser: Browser = allowed) -> Callable[[str], None]:
    """Shows the page to somebody who clicks, while the program waits."""

    def click(address: str) -> None:
        requests.get(browser(address), timeout=10)

    return lambda address: threading.Thread(target=click, args=(address,), daemon=True).start()


def login_file(folder: Path) -> Path:
    return folder / "credentials" / "google_login.json"


def why(folder: Path, browser: Browser = allowed) -> str:
    """The sentence with which a login ends that leaves nothing behind."""
    with pytest.raises(EdgeError) as raised:
        log_in(login_file(folder), clicked(browser), 10)
    assert not login_file(folder).exists()
    sentence = str(raised.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert CLIENT["client_secret"] not in sentence
    return sentence


def test_the_command_logs_in_and_the_register_can_be_worked_on(
    office: GoogleOffice, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a screen the browser is opened; it needs no screen to be told the address."""
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        clicked()(address)
        return True

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("webbrowser.open", browse)
    done = program(folder, "login")
    assert done.returncode == 0, done.stderr
    (address,) = opened
    assert address in done.stdout.splitlines()
    assert "Login disimpan di" in done.stdout
    assert "setelah tujuh hari" in done.stdout
    assert done.stderr == ""
    office.book = office.workbook(key_file=login_file(folder))
    office.set_up({"Register": register_rows(3), "Petugas": STAFF_ROWS})
    office.cycle()
    assert office.cells("Ringkasan")[2][0].startswith("Keadaan per")
    assert "Login Google dari" in program(folder, "--now", "2026-11-23T10:00", "doctor").stdout


def test_without_a_screen_the_address_is_printed_and_no_browser_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("automation.say.login_page", clicked())
    monkeypatch.setattr("sys.platform", "linux")
    assert program(folder, "login").returncode == 0
    assert opened == []


def test_the_address_that_a_browser_elsewhere_failed_to_load_completes_the_login(
    folder: Path,
) -> None:
    """It is copied from there, with what browsers add to it."""
    log_in(login_file(folder), clicked(lambda address: f"{allowed(address)}&iss=x&scope=y"), 10)
    assert login_file(folder).exists()


def test_spreadsheets_are_asked_for_and_nothing_else(folder: Path) -> None:
    shown: list[str] = []

    def show(address: str) -> None:
        shown.append(address)
        clicked()(address)

    log_in(login_file(folder), show, 10)
    asked = parse_qs(urlsplit(shown[0]).query)
    assert asked["scope"] == [SPREADSHEETS]
    assert asked["access_type"] == ["offline"]
    assert asked["prompt"] == ["consent"]
    assert asked["code_challenge_method"] == ["S256"]
    assert re.fullmatch(r"http://localhost:\d+/", asked["redirect_uri"][0])


def test_only_its_owner_may_read_the_login_from_its_first_byte_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    synced = os.fsync
    monkeypatch.setattr(
        "os.fsync", lambda file: (modes.append(os.fstat(file).st_mode & 0o777), synced(file))
    )
    umask = os.umask(0)
    try:
        log_in(login_file(folder), clicked(), 10)
    finally:
        os.umask(umask)
    assert modes == [0o600]
    assert login_file(folder).stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in (folder / "credentials").iterdir()) == [
        "google_login.json",
        "oauth_client.json",
        "settings.toml",
    ]


def test_a_new_login_takes_the_place_of_an_old_one(folder: Path) -> None:
    log_in(login_file(folder), clicked(), 10)
    before = json.loads(login_file(folder).read_text())
    log_in(login_file(folder), clicked(), 10)
    after = json.loads(login_file(folder).read_text())
    assert after.pop("refresh_token") != before.pop("refresh_token")
    assert after == before


def test_a_login_that_fails_leaves_the_old_one(folder: Path) -> None:
    log_in(login_file(folder), clicked(), 10)
    before = login_file(folder).read_bytes()
    with pytest.raises(EdgeError, match="pilih Izinkan"):
        log_in(login_file(folder), clicked(denied), 10)
    assert login_file(folder).read_bytes() == before


def test_no_access_token_is_kept(folder: Path) -> None:
    """It would be worth something to whoever finds the file, and nothing after an hour."""
    log_in(login_file(folder), clicked(), 10)
    content = json.loads(login_file(folder).read_text())
    assert content.keys() == {"type", "client_id", "client_secret", "refresh_token", "token_uri"}


@pytest.mark.parametrize("name", ["a key of a service account", "somebody's text", "nothing"])
def test_somebody_else_s_file_is_not_replaced(folder: Path, name: str) -> None:
    file = login_file(folder)
    if name.startswith("a key"):
        service_account_key(folder, "http://localhost/token").rename(file)
    else:
        file.write_text("penting" if name.startswith("somebody") else "[]", encoding="utf-8")
    before = file.read_bytes()
    shown: list[str] = []
    with pytest.raises(EdgeError, match="sudah ada berkas lain"):
        log_in(file, shown.append, 10)
    assert shown == [], "nobody is asked in vain"
    assert file.read_bytes() == before


CLIENTS: list[tuple[object, str]] = [
    (None, "Klien OAuth tidak ditemukan di"),
    ("", "Desktop app"),
    ("[]", "Desktop app"),
    ('{"web": {"client_id": "x"}}', "Desktop app"),
    ('{"type": "service_account"}', "Desktop app"),
    ('{"installed": []}', "Desktop app"),
    ('{"installed": {"client_id": "x", "auth_uri": "x", "token_uri": "x"}}', "Desktop app"),
    ('{"installed": {"client_id": 1, "client_secret": 2}}', "Desktop app"),
]


@pytest.mark.parametrize(("content", "words"), CLIENTS)
def test_a_client_that_is_none_is_one_sentence(
    folder: Path, content: str | None, words: str
) -> None:
    file = folder / "credentials" / "oauth_client.json"
    file.unlink()
    if content is not None:
        file.write_text(content, encoding="utf-8")
    told = why(folder)
    assert words in told
    assert str(file) in told


def denied(address: str) -> str:
    """Somebody clicks *Cancel*."""
    return _sent_back(address, "error=access_denied")


def _sent_back(address: str, answer: str) -> str:
    asked = parse_qs(urlsplit(address).query)
    return f"{asked['redirect_uri'][0]}?{answer}&state={asked['state'][0]}"


ANSWERS: list[tuple[Browser, str]] = [
    (denied, "Izin tidak diberikan di halaman Google"),
    (lambda at: _sent_back(at, "error=admin_policy_enforced"), "(admin_policy_enforced)"),
    (lambda at: _sent_back(at, "error=%3Cscript%3E&error_description=x"), "tidak dapat dipakai;"),
    (lambda at: _sent_back(at, "code=guessed"), "tidak dapat dipakai (invalid_grant)"),
    (lambda at: re.sub("state=[^&]*", "state=forged", allowed(at)), "(mismatching_state)"),
    (lambda at: allowed(at).partition("?")[0] + "favicon.ico", "tidak dapat dipakai"),
]


@pytest.mark.parametrize(("browser", "words"), ANSWERS)
def test_an_answer_that_grants_nothing_is_one_sentence(
    folder: Path, browser: Browser, words: str
) -> None:
    told = why(folder, browser)
    assert words in told
    assert "jalankan `python -m automation login` lagi" in told


TOKENS: list[tuple[tuple[int, Any], str]] = [
    ((401, {"error": "invalid_client"}), "menolak klien OAuth"),
    ((200, {"access_token": "t", "expires_in": 1, "scope": "openid", "token_type": "Bearer"}),
     "Izin atas spreadsheet tidak disetujui"),
    ((200, {"access_token": "t", "expires_in": 1, "token_type": "Bearer"}), "tahan lama"),
    ((200, "<html>Masuk ke Wi-Fi kantor</html>"), "tidak dapat dipakai"),
    ((502, "<html>Bad Gateway</html>"), "tidak dapat dipakai"),
    ((200, []), "tidak menjawab dengan baik"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "words"), TOKENS)
def test_a_token_endpoint_that_gives_none_is_one_sentence(
    folder: Path, server: TokenServer, answer: tuple[int, Any], words: str
) -> None:
    server.refused["/token"] = answer
    assert words in why(folder)


def test_a_token_endpoint_that_cannot_be_reached_is_one_sentence(folder: Path) -> None:
    file = folder / "credentials" / "oauth_client.json"
    content = json.loads(file.read_text())
    content["installed"]["token_uri"] = "http://127.0.0.1:9/token"
    file.write_text(json.dumps(content))
    assert "periksa sambungan internet" in why(folder)


def test_nobody_is_waited_for_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    with pytest.raises(EdgeError, match="belum dijawab"):
        log_in(login_file(folder), lambda address: None, 10)


def test_a_login_that_is_broken_off_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(address: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("automation.say.login_page", interrupted)
    done = program(folder, "login")
    assert done.returncode == 2
    assert done.stderr == "Login dibatalkan; tidak ada yang disimpan.\n"


@pytest.mark.parametrize(
    "lines",
    ["", '[workbook]\nkind = "google"\nspreadsheet = "x"\nkey_file = "machine"\n'],
)
def test_settings_without_a_place_for_a_login_are_one_sentence(tmp_path: Path, lines: str) -> None:
    (tmp_path / "settings.toml").write_text(lines, encoding="utf-8")
    done = program(tmp_path, "--config", "settings.toml", "login")
    assert done.returncode == 2
    assert 'key_file = "credentials/google_login.json"' in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_neither_login_nor_client_can_get_into_git() -> None:
    """Everything in the folder is left out, but for what is named."""
    rules = (ROOT / "credentials" / ".gitignore").read_text("utf-8").splitlines()
    assert [rule for rule in rules if rule and not rule.startswith("#")] == [
        "*",
        "!.gitignore",
        "!README.md",
        "!settings.example.toml",
    ]
