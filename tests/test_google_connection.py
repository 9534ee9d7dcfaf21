"""Faults between the program and Google: waited out, given up in time, or said in one sentence."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from requests import PreparedRequest, ReadTimeout, Response
from requests.adapters import HTTPAdapter

from automation.core.edges import EdgeError
from tests.google_office import (
    SERVICE_ACCOUNT,
    STAFF_ROWS,
    GoogleOffice,
    ready_office,
    register_rows,
    service_account_key,
)
from tests.offices import NOW
from tests.sheets_emulator import Emulator, Fault

READ, WRITE = "spreadsheets.values.batchGet", "spreadsheets.batchUpdate"
LATER = NOW + timedelta(minutes=1)

PASSING: dict[str, dict[str, Any]] = {
    **{str(status): {"status": status} for status in (408, 429, 500, 502, 503, 504)},
    "reset": {"effect": "reset"},
    "not JSON": {"effect": "html"},
    "cut": {"effect": "cut"},
    "answer lost": {"effect": "drop"},
    "timeout": {},
}


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """Set up, with three cases, nothing published yet."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        yield ready_office(emulator, {"Register": register_rows(3), "Petugas": STAFF_ROWS})


@pytest.fixture
def befall(office: GoogleOffice, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets a fault happen to the next calls of a kind. A timeout is one by the client's own word,
    after the call was answered: no test waits for it, or for a machine that is busy."""
    slow: Counter[str] = Counter()
    send = HTTPAdapter.send

    def late(self: HTTPAdapter, request: PreparedRequest, **options: Any) -> Response:
        answer = send(self, request, **options)
        kind = next((kind for kind in slow if kind.rpartition(".")[2] in str(request.url)), "")
        if slow[kind] > 0:
            slow[kind] -= 1
            raise ReadTimeout
        return answer

    def happen(kind: str, fault: str, times: int) -> None:
        if fault == "timeout":
            slow[kind] = times
        else:
            office.emulator.script([Fault(kind, times=times, **PASSING[fault])])

    monkeypatch.setattr(HTTPAdapter, "send", late)
    return happen


@pytest.fixture(scope="module")
def expected() -> dict[datetime, dict[str, Any]]:
    """The program's tabs after cycles in which nothing goes wrong, at NOW and then LATER."""
    with Emulator() as emulator, pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        office = GoogleOffice(emulator)
        office.set_up({"Register": register_rows(3), "Petugas": STAFF_ROWS})
        found = {}
        for now in (NOW, LATER):
            office.cycle(now)
            found[now] = office.program_record()
        return found


@pytest.mark.parametrize("kind", [READ, WRITE])
@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_delays_a_cycle_and_changes_nothing_else(
    office: GoogleOffice,
    befall: Callable[..., None],
    kind: str,
    fault: str,
    expected: dict[datetime, Any],
) -> None:
    office.cycle()
    befall(kind, fault, times=2)
    with office.counted() as made:
        office.cycle(LATER)
    assert made == {"batchGet": 1, "batchUpdate": 1, **{kind.rpartition(".")[2]: 3}}
    assert len(office.waits) == 2
    assert office.program_record() == expected[LATER]


@pytest.mark.parametrize("fault", PASSING)
def test_a_first_publish_is_not_applied_twice(
    office: GoogleOffice,
    befall: Callable[..., None],
    fault: str,
    expected: dict[datetime, Any],
) -> None:
    """Charts and rules would be doubled, if it were simply repeated."""
    befall(WRITE, fault, times=2)
    office.cycle()
    assert office.program_record() == expected[NOW]


@pytest.mark.parametrize("fault", ["answer lost", "cut", "503"])
def test_a_setup_is_not_applied_twice(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        calm, stormy = GoogleOffice(emulator), GoogleOffice(emulator)
        told = calm.set_up({"Register": register_rows(3)})
        emulator.script([Fault(WRITE, **PASSING[fault])])
        assert stormy.set_up({"Register": register_rows(3)}) == told
        assert stormy.snapshot().replace(stormy.id, calm.id) == calm.snapshot()


@pytest.mark.parametrize("kind", [READ, WRITE])
def test_a_lasting_fault_is_given_up_and_nothing_is_published_by_halves(
    office: GoogleOffice, kind: str
) -> None:
    office.cycle()
    before = office.snapshot()
    office.emulator.script([Fault(kind, times=99, status=503)])
    with office.counted() as made, pytest.raises(EdgeError, match=r"sambungan internet.*\.$"):
        office.cycle(LATER)
    assert made[kind.rpartition(".")[2]] == 6
    assert office.snapshot() == before


def test_the_next_cycle_catches_up(office: GoogleOffice, expected: dict[datetime, Any]) -> None:
    office.emulator.script([Fault(WRITE, times=7, status=503)])
    with pytest.raises(EdgeError):
        office.cycle()
    office.cycle()
    assert office.program_record() == expected[NOW]


def test_no_more_time_is_spent_than_allowed(office: GoogleOffice) -> None:
    office.emulator.script([Fault(READ, times=99, status=429, retry_after=3600)])
    with office.counted() as made, pytest.raises(EdgeError, match="Kuota"):
        office.cycle()
    assert made == {"batchGet": 1}
    assert office.waits == []


def test_the_server_is_given_the_time_it_asks_for(office: GoogleOffice) -> None:
    office.emulator.script([Fault(READ, status=429, retry_after=21)])
    office.cycle()
    assert office.waits == [21]


def test_a_large_write_gets_longer_than_a_read(
    office: GoogleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str | None, float] = {}
    send = HTTPAdapter.send

    def noted(self: HTTPAdapter, request: PreparedRequest, **options: Any) -> Response:
        given[request.method] = options["timeout"]
        return send(self, request, **options)

    monkeypatch.setattr(HTTPAdapter, "send", noted)
    office.book = office.workbook(timeout_seconds=20.0, write_timeout_seconds=40.0)
    office.cycle()
    assert given == {"GET": 20.0, "POST": 40.0}


def test_an_excel_file_that_drive_opens_is_told_as_one(office: GoogleOffice) -> None:
    office.emulator.service.office_files.add(office.id)
    for attempt in (office.cycle, office.set_up):
        with pytest.raises(EdgeError, match=r"Simpan sebagai Google Spreadsheet, .*\.$") as raised:
            attempt()
        assert "setup" not in str(raised.value)
    assert any("berkas Excel (.xlsx)" in check.sentence for check in office.book.checks())
    assert office.waits == []


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "tidak menerima login"), (403, "bagikan"), (404, "tidak ada"), (400, "menolak")],
)
def test_a_refusal_is_not_tried_again_and_is_one_sentence(
    office: GoogleOffice, status: int, told: str
) -> None:
    office.cycle()
    before = office.snapshot()
    office.emulator.script([Fault(WRITE, times=9, status=status)])
    with office.counted() as made, pytest.raises(EdgeError, match=told) as raised:
        office.cycle(LATER)
    assert "\n" not in str(raised.value)
    assert made["batchUpdate"] <= 2  # after a 400 the tabs are looked at once more
    assert office.waits == []
    assert office.snapshot() == before


class TestLogin:
    """With a service account, whose tokens come from the emulator."""

    @pytest.fixture
    def office(self, office: GoogleOffice, tmp_path: Path) -> GoogleOffice:
        key = service_account_key(tmp_path, f"{office.emulator.url}/token")
        own = GoogleOffice(office.emulator)
        own.book = own.workbook(key_file=key)
        own.set_up({"Register": register_rows(3), "Petugas": STAFF_ROWS})
        own.book = own.workbook(key_file=key)
        office.emulator.access.require_token = True
        return own

    def test_one_token_serves_many_calls(self, office: GoogleOffice) -> None:
        with office.counted() as made:
            office.cycle()
            office.cycle(LATER)
        assert made["token"] == 1

    def test_an_expired_token_is_renewed(self, office: GoogleOffice) -> None:
        office.cycle()
        office.emulator.access.expire_tokens()
        with office.counted() as made:
            office.cycle(LATER)
        assert made == {"batchGet": 2, "batchUpdate": 1, "token": 1}

    def test_a_token_that_expires_between_read_and_write_is_renewed(
        self, office: GoogleOffice
    ) -> None:
        def expire(kind: str) -> None:
            if kind == WRITE and not office.waits:
                office.waits.append(0)
                office.emulator.access.expire_tokens()

        office.emulator.before_call(expire)
        office.cycle()
        assert office.cells("Ringkasan")[2][0].startswith("Keadaan per")

    def test_a_token_that_is_never_taken_is_renewed_once(self, office: GoogleOffice) -> None:
        office.emulator.script([Fault(READ, times=9, status=401)])
        with office.counted() as made, pytest.raises(EdgeError, match="login"):
            office.cycle()
        assert made == {"batchGet": 2, "token": 2}

    def test_a_token_server_that_is_down_is_waited_for(self, office: GoogleOffice) -> None:
        office.emulator.script([Fault("token", effect="reset")])
        office.cycle()

    def test_an_account_that_is_gone_is_one_sentence(self, office: GoogleOffice) -> None:
        office.emulator.access.unknown_accounts.add(SERVICE_ACCOUNT)
        with pytest.raises(EdgeError, match=r"kunci atau akunnya sudah dihapus"):
            office.cycle()

    def test_a_clock_that_is_off_is_one_sentence(self, office: GoogleOffice) -> None:
        office.emulator.access.clock = lambda: 0.0
        with pytest.raises(EdgeError, match=r"jam komputer"):
            office.cycle()

    def test_the_sheet_s_sharing_is_asked_for_by_address(self, office: GoogleOffice) -> None:
        office.emulator.access.denied.add(office.id)
        with pytest.raises(EdgeError, match=SERVICE_ACCOUNT):
            office.cycle()

    def test_nothing_that_is_said_contains_the_key(
        self, office: GoogleOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        office.emulator.access.unknown_accounts.add(SERVICE_ACCOUNT)
        with pytest.raises(EdgeError) as raised:
            office.cycle()
        said = str(raised.value) + str(office.book.checks()) + repr(vars(office.book))
        said += "".join(capsys.readouterr())
        assert "PRIVATE KEY" not in said
        assert "assertion" not in said

    def test_program_tabs_are_for_the_service_account_and_the_owner(
        self, office: GoogleOffice
    ) -> None:
        (protected,) = office.tab("SOP").protected_ranges
        assert set(protected["editors"]["users"]) == {SERVICE_ACCOUNT, "owner@example.com"}
