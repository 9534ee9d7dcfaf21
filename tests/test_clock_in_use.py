"""A clock that cannot be true mails nobody, publishes nothing, and is told of in one sentence."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from typer.testing import CliRunner, Result

from automation.commands import app
from automation.core.edges import EdgeError
from automation.cycle import Outcome
from automation.doctor import believe_clock, examine
from automation.setting_sections import WorkbookSection
from automation.settings import VERSION_FILE, Settings
from tests.cycle_offices import CycleOffice, DeskOffice, SheetOffice
from tests.offices import NOW, at, case
from tests.sheets_emulator import Emulator

WIB = ZoneInfo("Asia/Jakarta")
DAY, MONTH = timedelta(days=1), timedelta(days=31)
YEAR = 365 * DAY
CASES = [case(f"{n:04}/ADU/XI/2026", Diterima=at("23/11 08.00")) for n in range(1, 5)]
NUMBERS = [str(row["No. Register"]) for row in CASES]


def local(now: datetime) -> float:
    return now.replace(tzinfo=WIB).timestamp()


def by_clock(office: CycleOffice, now: datetime) -> Outcome:
    """A run by the machine's clock."""
    with time_machine.travel(now.replace(tzinfo=WIB), tick=False):
        return office.run(None)


def saved(office: CycleOffice, now: datetime) -> None:
    """Staff saved the register at that time."""
    os.utime(office.folder / "register.xlsx", (local(now), local(now)))


def traces(office: CycleOffice) -> dict[str, object]:
    """All that a run leaves behind, but for the version of the folder, which it notes first."""
    state = {*office.folder.glob("state/*.json")} - {office.folder / "state" / VERSION_FILE}
    files = [*office.folder.glob("*.xlsx"), *state]
    files += office.folder.glob("outbox/*")
    found: dict[str, object] = {str(file): file.read_bytes() for file in files}
    for file in office.folder.glob("state/*.sqlite3"):
        with closing(sqlite3.connect(file)) as database:
            found[str(file)] = list(database.iterdump())
    return found


@pytest.fixture
def desk(tmp_path: Path) -> CycleOffice:
    """Four cases, of which everybody was told at NOW."""
    office = DeskOffice(tmp_path)
    office.write(CASES)
    saved(office, NOW)
    assert by_clock(office, NOW).complete
    assert office.mails
    return office


@pytest.mark.parametrize("lost", ["", "state"])
@pytest.mark.parametrize(
    "now", [datetime(2020, 1, 1), NOW - 3 * DAY, NOW + MONTH + DAY, NOW + YEAR]
)
def test_a_clock_that_cannot_be_true_mails_nobody_and_publishes_nothing(
    desk: CycleOffice, now: datetime, lost: str
) -> None:
    if lost:
        shutil.rmtree(desk.folder / lost)
    before = traces(desk)
    outcome = by_clock(desk, now)
    assert traces(desk) == before
    assert not outcome.complete
    assert f"menunjukkan {now:%d/%m/%Y %H.%M}, padahal " in outcome.published.note
    assert f"{NOW:%d/%m/%Y} 10.00" in outcome.published.note
    assert "doctor --confirm-clock" in outcome.published.note


@pytest.mark.parametrize("now", [NOW - 2 * DAY, NOW + MONTH, NOW + 5 * DAY])
def test_a_clock_that_can_be_true_goes_on(desk: CycleOffice, now: datetime) -> None:
    assert by_clock(desk, now).published.complete


def test_the_file_of_the_register_is_no_newer_than_now(tmp_path: Path) -> None:
    office = DeskOffice(tmp_path)
    office.write([case()])
    saved(office, NOW)
    assert "register disimpan 23/11/2026" in by_clock(office, NOW - 3 * DAY).published.note
    assert office.mails == []
    assert by_clock(office, NOW - 2 * DAY).complete


def test_the_stamps_speak_where_nothing_else_does(tmp_path: Path) -> None:
    office = DeskOffice(tmp_path)
    office.write(CASES)
    saved(office, datetime(2020, 1, 2, 9, 0))
    outcome = by_clock(office, datetime(2020, 1, 2, 10, 0))
    assert "separuh berkas memuat waktu sejak 23/11/2026 08.00" in outcome.published.note
    assert office.mails == []


@pytest.mark.parametrize("age", [YEAR, 10 * YEAR])
def test_an_offices_first_run_with_an_old_register_works(tmp_path: Path, age: timedelta) -> None:
    office = DeskOffice(tmp_path)
    office.write(CASES)
    saved(office, NOW)
    assert by_clock(office, NOW + age).published.complete


def test_an_offices_first_run_with_an_empty_register_works(tmp_path: Path) -> None:
    office = DeskOffice(tmp_path)
    office.write([])
    saved(office, NOW - YEAR)
    assert by_clock(office, NOW).published.complete


def test_an_office_that_was_closed_for_two_months_goes_on_after_one_confirmation(
    desk: CycleOffice,
) -> None:
    opens = datetime(2027, 1, 25, 9, 0)
    assert by_clock(desk, opens).plan.doubt
    with time_machine.travel(opens.replace(tzinfo=WIB), tick=False):
        believe_clock(desk.installation(None))
    before = desk.mails
    assert by_clock(desk, opens).published.complete
    assert len(desk.mails) > len(before)
    assert not by_clock(desk, opens + DAY).plan.doubt
    assert not by_clock(desk, opens + MONTH).plan.doubt
    assert by_clock(desk, opens - 30 * DAY).plan.doubt


def test_a_chosen_now_counts_as_confirmed_and_says_nothing_of_the_clock(desk: CycleOffice) -> None:
    assert desk.run(NOW + YEAR).published.complete
    assert by_clock(desk, NOW + timedelta(minutes=5)).published.complete


@pytest.mark.parametrize(
    "text", ["", "[]", '{"last": 1, "lead": 0}', '{"last": "2026-11-23T10:00", "lead": "x"}']
)
def test_a_note_of_the_last_run_that_cannot_be_read_counts_as_lost(
    desk: CycleOffice, text: str
) -> None:
    (desk.folder / "state" / "clock.json").write_text(text, encoding="utf-8")
    assert "Pengingat dikirim pada 23/11/2026 10.00" in by_clock(desk, NOW + YEAR).plan.doubt
    assert by_clock(desk, NOW + DAY).published.complete
    assert "program terakhir berjalan" in by_clock(desk, NOW + YEAR).plan.doubt


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CycleOffice]:
    """A spreadsheet in an emulator that tells the time NOW."""

    def date(handler: BaseHTTPRequestHandler, timestamp: float | None = None) -> str:
        return formatdate(local(NOW), usegmt=True)

    monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", date)
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        office = SheetOffice(tmp_path, emulator)
        office.write(CASES)
        yield office


@pytest.mark.parametrize("now", [datetime(2020, 1, 1), NOW - 3 * DAY, NOW + 3 * DAY])
def test_google_tells_when_the_clock_is_wrong(sheet: CycleOffice, now: datetime) -> None:
    before = sheet.emulator.read(sheet.id, "'Ringkasan'")
    outcome = by_clock(sheet, now)
    assert "padahal Google menyebut 23/11/2026 10.00" in outcome.published.note
    assert sheet.mails == []
    assert sheet.emulator.read(sheet.id, "'Ringkasan'") == before


def test_google_alone_is_asked_and_can_be_overruled(sheet: CycleOffice) -> None:
    sheet.run(NOW + YEAR)  # a chosen `now`, of which `Pengingat` tells
    assert by_clock(sheet, NOW).published.complete
    ahead = NOW + 60 * DAY
    assert by_clock(sheet, ahead).plan.doubt
    with time_machine.travel(ahead.replace(tzinfo=WIB), tick=False):
        believe_clock(sheet.installation(None))
    assert by_clock(sheet, ahead).published.complete


def command(office: CycleOffice, now: datetime, *arguments: str) -> Result:
    """A command by the machine's clock, in the office's folder."""
    before = Path.cwd()
    os.chdir(office.folder)
    try:
        with time_machine.travel(now.replace(tzinfo=WIB), tick=False):
            return CliRunner().invoke(app, arguments)
    finally:
        os.chdir(before)


def test_what_only_answers_answers_and_says_its_doubt_on_stderr(desk: CycleOffice) -> None:
    for arguments in (["status", "--json"], ["check"], ["run", "--dry-run"]):
        done = command(desk, NOW + YEAR, *arguments)
        assert done.stdout
        assert done.stderr.startswith("Jam komputer ini menunjukkan 23/11/2027 10.00, padahal ")
        assert len(done.stderr.splitlines()) == 1
        assert command(desk, NOW, *arguments).stderr == ""
    assert "0 surel akan dikirim" in command(desk, NOW + YEAR, "run", "--dry-run").stdout
    assert command(desk, NOW + YEAR, "--now", "2027-11-23T10:00", "status").stderr == ""


def test_run_and_setup_end_with_one_sentence_and_exit_code_1(desk: CycleOffice) -> None:
    run = command(desk, NOW + YEAR, "run")
    assert (run.exit_code, len(run.stdout.splitlines())) == (1, 1)
    assert run.stdout.startswith("Jam komputer ini menunjukkan 23/11/2027 10.00, padahal ")
    setup = command(desk, NOW + YEAR, "setup")
    assert setup.exit_code == 1
    assert run.stdout in setup.stdout


def test_no_archive_is_written_by_such_a_clock(desk: CycleOffice) -> None:
    done = command(desk, NOW + YEAR, "report", "--month", "2026-11")
    assert isinstance(done.exception, EdgeError)
    assert "padahal" in str(done.exception)
    assert not list(desk.folder.rglob("*laporan*"))


def test_doctor_says_what_the_evidence_is_and_takes_the_confirmation(desk: CycleOffice) -> None:
    said = command(desk, NOW, "doctor").stdout
    assert "Sekarang 23/11/2026 10.00 (Asia/Jakarta). Pembanding: program terakhir berjalan pada "
    for told in ("berjalan pada 23/11", "register disimpan 23/11", "memuat waktu sejak 23/11"):
        assert told in said
    assert "SALAH  Jam: Jam komputer ini" in command(desk, NOW + YEAR, "doctor").stdout
    assert "baik   Jam: " in command(desk, NOW + YEAR, "doctor", "--confirm-clock").stdout
    assert command(desk, NOW + YEAR, "run").exit_code == 0
    chosen = command(desk, NOW, "--now", "2026-11-23T10:00", "doctor", "--confirm-clock")
    assert isinstance(chosen.exception, EdgeError)


def test_doctor_judges_the_clock_also_where_the_register_cannot_be_read(
    desk: CycleOffice,
) -> None:
    (desk.folder / "register.xlsx").unlink()
    with time_machine.travel((NOW + YEAR).replace(tzinfo=WIB), tick=False):
        clock = next(each for each in examine(desk.installation(None)) if each.subject == "Jam")
    assert "program terakhir berjalan pada 23/11/2026 10.00" in clock.sentence


def test_doctor_without_a_key_asks_nobody_of_the_time(tmp_path: Path) -> None:
    settings = Settings(workbook=WorkbookSection(kind="google", spreadsheet="x")).in_folder(
        tmp_path
    )
    office = CycleOffice(tmp_path, settings)
    clock = next(each for each in examine(office.installation(None)) if each.subject == "Jam")
    assert clock.healthy
    assert "belum ada" in clock.sentence


BACK = [timedelta(minutes=20), DAY, 2 * DAY - timedelta(minutes=140)]  # before WRONG
WRONG = datetime(2026, 11, 25, 9, 30)  # a Wednesday: the day before and the one before that work
RECEIVED = ["16/11 08.00", "18/11 15.00", "20/11 08.00", "23/11 07.31", "23/11 09.20"]


@pytest.fixture
def told(tmp_path: Path) -> CycleOffice:
    """Everybody was told by a clock that was ahead: of steps, of an error, of the morning."""
    office = DeskOffice(tmp_path)
    rows = [case(f"{n:04}/ADU/XI/2026", Diterima=at(d)) for n, d in enumerate(RECEIVED, 1)]
    office.write([*rows, case("0006/ADU/XI/2026", Diterima="31/02/2026")])
    saved(office, WRONG - 2 * DAY)
    for minutes in (0, 70, 140):
        by_clock(office, WRONG + timedelta(minutes=minutes))
    log = str(office.tab("Pengingat"))
    for stage in ("Terlambat", "Eskalasi", "Temuan", "Ringkasan"):
        assert stage in log
    return office


@pytest.mark.parametrize("back", BACK)
def test_a_clock_that_was_set_right_repeats_nothing(told: CycleOffice, back: timedelta) -> None:
    """Steps that were late by the wrong clock are under way, or soon due, by the right one."""
    before = told.mails
    for minutes in (0, 5, 65, 120):
        right = WRONG - back + timedelta(minutes=minutes)
        assert by_clock(told, right).published.complete
    assert told.mails == before


@pytest.mark.parametrize("back", BACK)
def test_a_clock_that_was_set_right_holds_up_nothing(told: CycleOffice, back: timedelta) -> None:
    """A case that comes in by the right clock is told, whatever was told in its future."""
    right = WRONG - back
    before = told.mails
    told.write([case("0009/ADU/XI/2026", Diterima=right - timedelta(minutes=1))])
    saved(told, right)
    by_clock(told, right)
    assert len(told.mails) == len(before) + 1
