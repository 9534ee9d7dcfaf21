"""`doctor` names the step that is missing, one sentence each."""

from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import time

import pytest

from tests.google_office import SERVICE_ACCOUNT, GoogleOffice, service_account_key
from tests.sheets_emulator import Emulator


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[GoogleOffice]:
    """Set up by a service account."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        office = GoogleOffice(emulator)
        office.book = office.workbook(
            key_file=service_account_key(tmp_path, f"{emulator.url}/token")
        )
        office.set_up()
        emulator.access.require_token = True
        yield office


def wrong(office: GoogleOffice) -> list[str]:
    return [check.sentence for check in office.book.checks() if not check.healthy]


def test_a_healthy_office_has_nothing_to_do(office: GoogleOffice) -> None:
    assert wrong(office) == []
    assert len(office.book.checks()) >= 2


def test_an_api_that_is_off(office: GoogleOffice) -> None:
    office.emulator.access.disabled_project = "4711"
    (told,) = wrong(office)
    assert "Google Sheets API belum diaktifkan" in told


def test_a_spreadsheet_that_is_not_shared(office: GoogleOffice) -> None:
    office.emulator.access.denied.add(office.id)
    (told,) = wrong(office)
    assert told.endswith(f"bagikan spreadsheet itu sebagai Editor kepada {SERVICE_ACCOUNT}.")


def test_a_spreadsheet_that_is_shared_for_reading_only(office: GoogleOffice) -> None:
    office.emulator.access.read_only.add(office.id)
    (told,) = wrong(office)
    assert "sebagai Editor" in told


def test_a_look_changes_nothing(office: GoogleOffice) -> None:
    before = office.snapshot()
    office.book.checks()
    assert office.snapshot() == before


def test_a_wrong_id(office: GoogleOffice) -> None:
    del office.emulator.spreadsheets[office.id]
    (told,) = wrong(office)
    assert office.id in told
    assert "tidak ada" in told


def test_a_clock_that_google_does_not_accept(office: GoogleOffice, tmp_path: Path) -> None:
    office.emulator.access.clock = lambda: 0.0
    office.book = office.workbook(key_file=tmp_path / "service_account.json")
    (told,) = wrong(office)
    assert "jam komputer" in told


def test_a_clock_that_is_off_while_it_is_still_accepted(
    office: GoogleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def date(handler: BaseHTTPRequestHandler, timestamp: float | None = None) -> str:
        return formatdate(time() - 240, usegmt=True)

    monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", date)
    (told,) = wrong(office)
    assert told.startswith("Jam komputer ini 4 menit lebih cepat")


def test_tabs_and_headers_that_are_missing(office: GoogleOffice) -> None:
    office.type("Petugas!C1", [["Alamat"]])
    office.staff(
        {"deleteSheet": {"sheetId": int(office.tab("Jeda").id)}},
        {"deleteSheet": {"sheetId": int(office.tab("SOP").id)}},
    )
    assert wrong(office) == [
        "Tab Petugas tidak memiliki tajuk Surel; jalankan `python -m automation setup` untuk "
        "menambahkannya.",
        "Tab Jeda tidak ada; jalankan `python -m automation setup` untuk membuatnya.",
        "Tab SOP tidak ada; jalankan `python -m automation setup` untuk membuatnya.",
    ]


def test_zone_and_locale(office: GoogleOffice) -> None:
    properties = {"timeZone": "America/New_York", "locale": "en_US"}
    change = {"properties": properties, "fields": "timeZone,locale"}
    office.staff({"updateSpreadsheetProperties": change})
    zone, locale = wrong(office)
    assert "America/New_York" in zone
    assert "Asia/Jakarta" in zone
    assert "en_US" in locale
    assert "id_ID" in locale
