"""Credentials are found, judged, kept to themselves, and never sent to an emulator."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import RefreshError
from requests import ConnectionError

from automation.core.edges import EdgeError
from automation.workbooks.google import GoogleSettings, GoogleWorkbook
from automation.workbooks.google.wire.credentials import credentials, emulator_host
from automation.workbooks.google.wire.faults import GivenUpError, RefusedError
from automation.workbooks.google.wire.sentences import sentence
from tests import google_identities as files
from tests.google_office import SERVICE_ACCOUNT, service_account_key
from tests.google_tokens import TokenServer
from tests.offices import standard_schema
from tests.sheets_emulator import Emulator

GOOGLE = "https://oauth2.googleapis.com/token"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.delenv("SHEETS_EMULATOR_HOST", raising=False)


def first_check(key_file: Path | None) -> tuple[bool, str]:
    settings = GoogleSettings("1AbC", standard_schema(), key_file)
    check = GoogleWorkbook(settings).checks()[0]
    return check.healthy, check.sentence


def test_the_environment_s_key_is_used_where_the_settings_name_none_that_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(service_account_key(tmp_path, GOOGLE)))
    assert credentials(tmp_path / "absent.json").address == SERVICE_ACCOUNT
    assert credentials(None).address == SERVICE_ACCOUNT


def test_an_absent_key_is_one_sentence(tmp_path: Path) -> None:
    ok, told = first_check(tmp_path / "absent.json")
    assert not ok
    assert str(tmp_path / "absent.json") in told
    assert "tidak ditemukan" in told


BROKEN = [
    ("", "isinya bukan JSON yang utuh"),
    ("{", "isinya bukan JSON yang utuh"),
    ("[" * 100_000, "isinya bukan JSON yang utuh"),
    ("\xff", "isinya bukan JSON yang utuh"),
    ("[]", "isinya bukan JSON yang utuh"),
    ("{}", "jenisnya tidak dikenal"),
    ('{"type": ["service_account"]}', "jenisnya tidak dikenal"),
    ('{"type": ""}', "jenisnya tidak dikenal"),
    ('{"type": "gdch_service_account"}', "jenisnya tidak dikenal"),
    ('{"installed": {"client_id": "x"}}', "adalah klien OAuth, bukan login"),
    ('{"web": {"client_id": "x"}}', "adalah klien OAuth, bukan login"),
    ('{"type": "service_account"}', "bukan kunci akun layanan Google yang sah"),
    ('{"type": "authorized_user", "refresh_token": null}', "bukan login Google yang sah"),
    ('{"type": "impersonated_service_account"}', "bukan penyamaran akun layanan yang sah"),
    ('{"type": "external_account"}', "bukan workload identity yang sah"),
    ('{"type": "external_account_authorized_user"}', "bukan workforce identity yang sah"),
]


@pytest.mark.parametrize(("content", "words"), BROKEN, ids=lambda value: value[:50])
def test_a_malformed_file_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "key.json"
    file.write_text(content, encoding="latin-1")
    ok, told = first_check(file)
    assert not ok
    assert f"Berkas {file}" in told
    assert words in told
    assert told.endswith(".")


ANYTHING: list[object] = [None, "", "x", 7, True, [], ["x"], {}, {"x": "y"}, "http://", "ftp://x/y"]


@pytest.mark.parametrize("make", files.KINDS, ids=lambda make: make.__name__)
def test_whatever_stands_in_a_field_ends_in_one_sentence_or_in_a_login(
    tmp_path: Path, make: Callable[..., Path]
) -> None:
    """Nothing is called: what google-auth takes is judged by Google."""
    emulator = Emulator()
    file = make(tmp_path, emulator, TokenServer(emulator))
    content = json.loads(file.read_text())
    refused = 0
    for field, value in product(content, ANYTHING):
        file.write_text(json.dumps({**content, field: value}))
        try:
            assert credentials(file).file == file
        except EdgeError as error:
            refused += 1
            assert str(file) in str(error)
            assert str(error).endswith(".")
    assert refused >= len(ANYTHING), "a `type` that is none, at least"


def test_a_damaged_private_key_is_not_shown(tmp_path: Path) -> None:
    file = service_account_key(tmp_path, GOOGLE)
    key = json.loads(file.read_text())
    key["private_key"] = key["private_key"][:200] + "SECRET" + key["private_key"][300:]
    file.write_text(json.dumps(key))
    with pytest.raises(EdgeError) as raised:
        credentials(file)
    assert "bukan kunci akun layanan" in str(raised.value)
    assert "SECRET" not in str(raised.value)


def test_a_key_of_another_algorithm_than_google_s_is_one_sentence(tmp_path: Path) -> None:
    """google-auth takes it, and fails when it signs."""
    file = service_account_key(tmp_path, GOOGLE)
    key = json.loads(file.read_text())
    private = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_text(json.dumps({**key, "private_key": private.decode()}))
    assert first_check(file)[1].startswith(f"Berkas {file} bukan kunci akun layanan Google")


def test_a_key_that_others_may_read_is_pointed_out(tmp_path: Path) -> None:
    file = service_account_key(tmp_path, "http://127.0.0.1:9/token")
    file.chmod(0o644)
    settings = GoogleSettings("1AbC", standard_schema(), file, tries=1)
    told = [check.sentence for check in GoogleWorkbook(settings).checks()]
    assert f"chmod 600 {file}" in told[1]


def test_a_key_of_google_s_is_not_shown_to_an_emulator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETS_EMULATOR_HOST", "localhost:8765")
    assert isinstance(credentials(service_account_key(tmp_path, GOOGLE)), AnonymousCredentials)
    assert isinstance(credentials(None), AnonymousCredentials)
    own = credentials(service_account_key(tmp_path, "http://localhost:8765/token"))
    assert own.address == SERVICE_ACCOUNT


@pytest.mark.parametrize(
    "value", ["localhost:8765", "http://localhost:8765", "http://localhost:8765/"]
)
def test_the_emulator_s_host_is_taken_with_or_without_its_scheme(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETS_EMULATOR_HOST", value)
    assert emulator_host() == "localhost:8765"


SAID = [
    (
        RefusedError(403, "The caller does not have permission", "PERMISSION_DENIED"),
        SERVICE_ACCOUNT,
    ),
    (RefusedError(403, "Google Sheets API has not been used", "SERVICE_DISABLED"), "aktifkan"),
    (RefusedError(400, "You are trying to edit a protected cell", ""), "perlindungan"),
    (RefusedError(404, "Requested entity was not found.", "NOT_FOUND"), "1AbC"),
    (RefusedError(401, "Request had invalid authentication", ""), "buat kunci baru"),
    (RefusedError(403, "Caller does not have required", "USER_PROJECT_DENIED"), "quota_project_id"),
    (RefusedError(400, "Range exceeds grid limits", ""), "Range exceeds grid limits"),
    (GivenUpError(), "sambungan internet"),
    (RefreshError("invalid_grant: Invalid JWT: ... Check your iat and exp values"), "jam komputer"),
    (RefreshError("invalid_grant: account not found"), "kunci baru"),
    (ConnectionError("refused"), "sambungan internet"),
]


@pytest.mark.parametrize(("error", "told"), SAID, ids=lambda value: str(value)[:30])
def test_each_fault_becomes_one_sentence(error: Exception, told: str, tmp_path: Path) -> None:
    settings = GoogleSettings("1AbC", standard_schema())
    found = sentence(error, settings, credentials(service_account_key(tmp_path, GOOGLE)))
    assert told in found
    assert found.endswith(".")
    assert "\n" not in found


def test_a_quota_that_stays_used_up_is_named() -> None:
    error = GivenUpError()
    error.__cause__ = RefusedError(429, "Quota exceeded", "RATE_LIMIT_EXCEEDED")
    assert "Kuota" in sentence(error, GoogleSettings("1AbC", standard_schema()), None)
