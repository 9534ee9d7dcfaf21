"""Whoever the program is to Google, it gets a token, works, and says whose it is."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google.auth.compute_engine import _metadata

from automation.core.edges import EdgeError
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.wire.credentials import credentials
from tests import google_identities as files
from tests.commands import program
from tests.google_office import STAFF_ROWS, GoogleOffice, register_rows
from tests.google_tokens import MACHINE, PERSON, SPREADSHEETS, TokenServer, guarded_office
from tests.sheets_emulator import Emulator

Make = Callable[[Path, Emulator, TokenServer], Path]

GENERATE = f"/v1/projects/-/serviceAccounts/{files.TARGET}:generateAccessToken"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    with guarded_office(monkeypatch) as office:
        yield office


@pytest.fixture
def server(office: GoogleOffice) -> Iterator[TokenServer]:
    with TokenServer(office.emulator) as server:
        yield server


@pytest.fixture
def on_a_machine_of_google_s(
    server: TokenServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """google-auth reads where its metadata server is when it is loaded."""
    monkeypatch.setenv("GCE_METADATA_HOST", server.host)
    monkeypatch.setenv("GCE_METADATA_IP", server.host)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", server.host)


def told(office: GoogleOffice) -> str:
    """What a cycle ends with."""
    with pytest.raises(EdgeError) as raised:
        office.cycle()
    sentence = str(raised.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def doctor(office: GoogleOffice, healthy: bool = True) -> list[str]:
    checks = office.book.checks()
    return [check.sentence for check in checks if check.healthy is healthy]


@pytest.mark.parametrize("make", files.KINDS, ids=lambda make: make.__name__)
def test_every_kind_reads_and_writes_a_spreadsheet(
    office: GoogleOffice, server: TokenServer, tmp_path: Path, make: Make
) -> None:
    office.book = office.workbook(key_file=make(tmp_path, office.emulator, server))
    office.set_up({"Register": register_rows(3), "Petugas": STAFF_ROWS})
    office.cycle()
    assert office.cells("Ringkasan")[2][0].startswith("Keadaan per")
    assert doctor(office, healthy=False) == []
    address = files.KINDS[make]
    assert [line.endswith(f"dibagikan kepada {address}.") for line in doctor(office)[1:2]] == [
        address is not None
    ]


def test_a_machine_of_google_s_is_asked_who_it_is(
    office: GoogleOffice, on_a_machine_of_google_s: None
) -> None:
    office.book = office.workbook(key_file=None)
    office.set_up({"Register": register_rows(3), "Petugas": STAFF_ROWS})
    office.cycle()
    assert office.cells("Ringkasan")[2][0].startswith("Keadaan per")
    (protected,) = office.tab("SOP").protected_ranges
    assert set(protected["editors"]["users"]) == {MACHINE, "owner@example.com"}
    assert doctor(office)[1] == (
        f"Identitas komputer ini sendiri; spreadsheet dibagikan kepada {MACHINE}."
    )


def test_the_settings_name_the_machine_s_own_identity(
    office: GoogleOffice, on_a_machine_of_google_s: None, tmp_path: Path
) -> None:
    """Also where a folder bears that name."""
    (tmp_path / "machine").mkdir()
    lines = ["[workbook]", 'kind = "google"', f'spreadsheet = "{office.id}"']
    settings = "\n".join([*lines, 'key_file = "machine"'])
    (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
    done = program(tmp_path, "--config", "settings.toml", "--now", "2026-11-23T10:00", "doctor")
    assert "Identitas komputer ini sendiri" in done.stdout, done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize(
    "make", [each for each in files.KINDS if each is not files.workforce], ids=lambda m: m.__name__
)
def test_a_token_is_asked_for_spreadsheets_and_nothing_else(
    office: GoogleOffice, server: TokenServer, tmp_path: Path, make: Make
) -> None:
    """The last one: an impersonator's own is for impersonating."""
    office.book = office.workbook(key_file=make(tmp_path, office.emulator, server))
    office.set_up()
    tokens = list(office.emulator.access.tokens.values())
    assert tokens[-1].scopes == {SPREADSHEETS}


def test_whoever_logged_in_may_edit_the_program_s_tabs(
    office: GoogleOffice, server: TokenServer, tmp_path: Path
) -> None:
    office.book = office.workbook(key_file=files.login(tmp_path, office.emulator, server))
    office.set_up()
    office.cycle()
    (protected,) = office.tab("SOP").protected_ranges
    assert set(protected["editors"]["users"]) == {PERSON, "owner@example.com"}


def test_a_refresh_token_that_was_replaced_is_kept(
    office: GoogleOffice, server: TokenServer, tmp_path: Path
) -> None:
    file = files.login(tmp_path, office.emulator, server)
    before = json.loads(file.read_text())
    server.rotates = True
    office.book = office.workbook(key_file=file)
    office.set_up()
    after = json.loads(file.read_text())
    assert after.pop("refresh_token") != before.pop("refresh_token")
    assert after == before
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_login_that_is_as_it_was_is_not_written_anew(
    office: GoogleOffice, server: TokenServer, tmp_path: Path
) -> None:
    file = files.login(tmp_path, office.emulator, server)
    before = file.stat().st_mtime_ns
    office.book = office.workbook(key_file=file)
    office.set_up()
    office.emulator.access.expire_tokens()
    office.cycle()
    assert server.calls["/token"] == 2
    assert file.stat().st_mtime_ns == before


def refused(code: str, **more: str) -> tuple[int, Any]:
    return 400, {"error": code, "error_description": "Bad Request", **more}


STALE = refused("invalid_grant")
FORBIDDEN = (403, {"error": {"code": 403, "message": "Permission denied", "details": []}})
TOKEN_CREATOR = f"akun layanan {files.TARGET}; beri peran Service Account Token Creator"


def test_a_login_that_was_mended_meanwhile_is_used(
    office: GoogleOffice, server: TokenServer, tmp_path: Path
) -> None:
    """Nothing has to be started anew."""
    file = files.login(tmp_path, office.emulator, server)
    office.book = office.workbook(key_file=file)
    office.set_up()
    server.logins.clear()
    office.emulator.access.expire_tokens()
    assert "tidak berlaku lagi" in told(office)
    assert "tidak berlaku lagi" in told(office)
    files.login(tmp_path, office.emulator, server)
    office.cycle()


def test_tabs_that_another_account_protected_are_told_of(
    office: GoogleOffice, server: TokenServer, tmp_path: Path
) -> None:
    """The office has changed from a key to somebody's login, who takes the protection away."""
    office.book = office.workbook(key_file=files.key(tmp_path, office.emulator, server))
    office.set_up()
    office.book = office.workbook(key_file=files.login(tmp_path, office.emulator, server))
    sentence = told(office)
    assert "hapus perlindungan tab itu atau tambahkan akun Google yang dipakai" in sentence
    for title in PROGRAM_TITLES:
        (protected,) = office.tab(title).protected_ranges
        owner = {"deleteProtectedRange": {"protectedRangeId": protected["protectedRangeId"]}}
        office.staff(owner)
    office.cycle()
    (protected,) = office.tab("SOP").protected_ranges
    assert set(protected["editors"]["users"]) == {PERSON, "owner@example.com"}


def test_a_machine_has_no_address_before_it_was_asked(on_a_machine_of_google_s: None) -> None:
    """google-auth calls it "default" until then, with which nothing can be shared."""
    assert credentials(None).address is None


def test_a_login_s_own_project_is_charged(
    office: GoogleOffice, server: TokenServer, tmp_path: Path
) -> None:
    """As gcloud writes it into its file; else Google charges gcloud's project, and refuses."""
    file = files.login(tmp_path, office.emulator, server)
    content = json.loads(file.read_text())
    file.write_text(json.dumps({**content, "quota_project_id": "buku-register"}))
    headers: dict[str, str] = {}
    credentials(file).apply(headers, "t")
    assert headers["x-goog-user-project"] == "buku-register"
    assert headers["authorization"] == "Bearer t"


NO_TOKEN: list[tuple[Make, str, tuple[int, Any], str]] = [
    (files.login, "/token", STALE, "Testing melupakan login setelah tujuh hari"),
    (files.login, "/token", STALE, "jalankan `python -m automation login` lagi"),
    (
        files.login,
        "/token",
        refused("invalid_grant", error_subtype="invalid_rapt"),
        "batasi lama login",
    ),
    (files.login, "/token", refused("deleted_client"), "oauth_client.json"),
    (files.login, "/token", refused("invalid_scope"), "setujui izinnya"),
    (files.login, "/token", refused("admin_policy_enforced"), "minta admin Workspace mengizinkan"),
    (files.impersonated, GENERATE, FORBIDDEN, TOKEN_CREATOR),
    (files.impersonated_by_a_login, "/token", STALE, "kredensial sumber"),
    (files.workload, "/sts", refused("invalid_target"), "audience"),
    (files.workload_as_a_service_account, "/sts", STALE, "audience"),
    (files.workload_as_a_service_account, GENERATE, FORBIDDEN, TOKEN_CREATOR),
    (files.workforce, "/token", STALE, "login workforce"),
]


@pytest.mark.parametrize(("make", "path", "answer", "words"), NO_TOKEN)
def test_why_there_is_no_token_is_one_sentence(
    office: GoogleOffice,
    server: TokenServer,
    tmp_path: Path,
    make: Make,
    path: str,
    answer: tuple[int, Any],
    words: str,
) -> None:
    file = make(tmp_path, office.emulator, server)
    server.refused[path] = answer
    office.book = office.workbook(key_file=file)
    sentence = told(office)
    assert words in sentence
    assert str(file) in sentence
    assert office.waits == []
    assert doctor(office, healthy=False) == [sentence]


PASSING = [
    (files.login, "/token", (200, "<html>Masuk ke Wi-Fi kantor</html>")),
    (files.impersonated, GENERATE, (503, {"error": {"code": 503, "status": "UNAVAILABLE"}})),
    (files.impersonated, GENERATE, (502, "<html>Bad Gateway</html>")),
    (files.workload, "/sts", (502, "<html>Bad Gateway</html>")),
    (files.workload, "/sts", (200, {"access_token": "t"})),
]


@pytest.mark.parametrize(("make", "path", "answer"), PASSING)
def test_what_may_pass_is_waited_for(
    office: GoogleOffice,
    server: TokenServer,
    tmp_path: Path,
    make: Make,
    path: str,
    answer: tuple[int, Any],
) -> None:
    office.book = office.workbook(key_file=make(tmp_path, office.emulator, server))
    server.refused[path] = answer
    assert "periksa sambungan internet" in told(office)
    assert len(office.waits) == 5
    del server.refused[path]
    office.set_up()


@pytest.mark.parametrize("subject", [None, b"", b"\xff\xfe"])
def test_an_identity_provider_s_token_that_cannot_be_read_is_one_sentence(
    office: GoogleOffice, server: TokenServer, tmp_path: Path, subject: bytes | None
) -> None:
    file = files.workload(tmp_path, office.emulator, server)
    (tmp_path / "subject_token").unlink()
    if subject is not None:
        (tmp_path / "subject_token").write_bytes(subject)
    office.book = office.workbook(key_file=file)
    assert f"ditunjuk {file} pada credential_source" in told(office)


def test_a_machine_without_a_service_account_is_one_sentence(
    office: GoogleOffice, server: TokenServer, on_a_machine_of_google_s: None
) -> None:
    account = "/computeMetadata/v1/instance/service-accounts/default/"
    server.refused[account] = (404, "not found")
    office.book = office.workbook(key_file=None)
    assert "mesin ini tanpa akun layanan" in told(office)


def test_a_machine_that_is_none_of_google_s_is_one_sentence(
    office: GoogleOffice,
    server: TokenServer,
    on_a_machine_of_google_s: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.refused["/"] = (404, "some other server")
    office.book = office.workbook(key_file=None)
    assert "tidak mempunyai identitas Google sendiri" in told(office)
    monkeypatch.setenv("GCE_METADATA_IP", "127.0.0.1:9")  # nobody answers there
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", office.waits.append)
    assert '"machine"' in told(office)
    assert [check.healthy for check in office.book.checks()] == [False]


@pytest.mark.parametrize(
    ("make", "is_secret"),
    [(files.login, True), (files.impersonated, True), (files.workload, False)],
)
def test_a_file_that_others_may_read_is_pointed_out_where_it_holds_a_secret(
    office: GoogleOffice, server: TokenServer, tmp_path: Path, make: Make, is_secret: bool
) -> None:
    file = make(tmp_path, office.emulator, server)
    file.chmod(0o644)
    office.book = office.workbook(key_file=file)
    office.set_up()
    complaints = [
        f"Berkas {file} dapat dibaca akun lain di komputer ini; jalankan `chmod 600 {file}`."
    ]
    assert doctor(office, healthy=False) == (complaints if is_secret else [])


SHARING = [
    (files.key, f"kepada {files.KINDS[files.key]}."),
    (files.login, "kepada akun Google yang dipakai saat `login`."),
    (files.impersonated, f"kepada {files.TARGET}."),
    (files.workload, "tambahkan akun layanan (service_account_impersonation_url) pada"),
    (files.workload_as_a_service_account, f"kepada {files.TARGET}."),
    (files.workforce, "tambahkan akun layanan (service_account_impersonation_url) pada"),
]


@pytest.mark.parametrize(("make", "words"), SHARING)
def test_whom_to_share_with_is_said_for_each_kind(
    office: GoogleOffice, server: TokenServer, tmp_path: Path, make: Make, words: str
) -> None:
    office.book = office.workbook(key_file=make(tmp_path, office.emulator, server))
    office.set_up()
    office.emulator.access.denied.add(office.id)
    assert words in told(office)


def test_whom_to_share_with_is_said_of_a_machine(
    office: GoogleOffice, on_a_machine_of_google_s: None
) -> None:
    office.book = office.workbook(key_file=None)
    office.emulator.access.denied.add(office.id)
    assert told(office).endswith(f"kepada {MACHINE}.")


def test_a_token_that_is_not_for_spreadsheets_is_told_by_kind(
    office: GoogleOffice,
    server: TokenServer,
    on_a_machine_of_google_s: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    own = files.login(tmp_path, office.emulator, server)
    issue = server.issue
    monkeypatch.setattr(server, "issue", lambda email, asked: issue(email, "openid"))
    office.book = office.workbook(key_file=None)
    assert f"sebagai {MACHINE} tidak mencakup izin" in told(office)
    assert "tambahkan cakupan (access scope) spreadsheets" in told(office)
    office.book = office.workbook(key_file=own)
    assert "jalankan `python -m automation login` lagi" in told(office)


@pytest.mark.parametrize("make", files.KINDS, ids=lambda make: make.__name__)
def test_nothing_that_is_said_contains_a_secret(
    office: GoogleOffice,
    server: TokenServer,
    tmp_path: Path,
    make: Make,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = make(tmp_path, office.emulator, server)
    server.refused |= dict.fromkeys(("/token", "/sts", GENERATE), FORBIDDEN)
    office.emulator.access.unknown_accounts.add(str(files.KINDS[files.key]))
    office.book = office.workbook(key_file=file)
    said = told(office) + str(office.book.checks()) + repr(vars(office.book))
    said += "".join(capsys.readouterr())
    content = json.loads(file.read_text())
    secrets = [*secrets_of(content), *secrets_of(content.get("source_credentials", {}))]
    assert [secret for secret in secrets if secret in said] == []


def secrets_of(content: dict[str, Any]) -> list[str]:
    named = ("private_key", "refresh_token", "client_secret")
    return [content[name] for name in named if name in content]
