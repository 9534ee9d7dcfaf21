"""Who wrote the state and the tabs: a newer program's are left alone, and doctor tells."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

import automation
from automation import tasks, upgrade
from automation.core.edges import EdgeError
from automation.core.versions import refusal, tabs_version
from automation.installation import Installation
from automation.mail.store import FILE_NAME
from automation.rollover import roll_over
from automation.unattended import heartbeat
from tests.commands import program
from tests.cycle_offices import PROGRAM_TABS, CycleOffice, DeskOffice, cycle_office
from tests.offices import NOW, case
from tests.old_states import MARK, VERSIONS, files

NEWER = (
    " ditulis oleh program versi 3.0.1, sedangkan program ini versi 2.0.0: pasang versi 3.0.1 atau "
    "yang lebih baru, dan mulai ulang `watch`; tidak ada yang diubah."
)


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever version the program has by now, these tests are of the one that began to mark."""
    monkeypatch.setattr(automation, "VERSION", "2.0.0")


@pytest.fixture
def office(tmp_path: Path) -> DeskOffice:
    office = DeskOffice(tmp_path)
    office.write([case()])
    return office


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


COMMANDS: dict[str, Callable[[Installation], object]] = {
    "run": tasks.run_once,
    "run --dry-run": tasks.foresee,
    "setup": tasks.setup,
    "check": lambda installation: tasks.check(installation, as_json=False),
    "status": lambda installation: tasks.status(installation, False, None, False),
    "watch": lambda installation: tasks.watch(installation, verbose=False),
    "report": lambda installation: tasks.report(installation, "2026-11", None, None),
    "rollover": lambda installation: roll_over(installation, None, dry_run=True),
    "mail --preview": lambda installation: tasks.preview(installation, Path("pratinjau")),
    "doctor --confirm-clock": lambda installation: tasks.doctor(installation, True),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_newer_program_left_in_the_state_folder_is_touched_by_no_command(
    office: DeskOffice, state: Path, command: str
) -> None:
    (state / MARK).write_text('{"program": "3.0.1"}')
    (state / FILE_NAME).write_bytes(b"of a form that is still to come")
    before = files(office.folder)
    now = None if "confirm" in command else NOW
    with pytest.raises(EdgeError) as refused:
        COMMANDS[command](office.installation(now))
    assert str(refused.value) == f"Folder state ({state}){NEWER}"
    assert files(office.folder) == before


def test_a_refusal_is_one_sentence_and_exit_code_2(office: DeskOffice, state: Path) -> None:
    (state / MARK).write_text('{"program": "3.0.1"}')
    done = program(office.folder, "run")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"Folder state (state){NEWER}\n")


@pytest.mark.parametrize("kind", ["excel", "google"])
def test_tabs_of_a_newer_program_are_left_alone_and_older_ones_copied_once(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the state folder is empty: the tabs alone say it."""
    with cycle_office(kind, tmp_path, monkeypatch) as office:
        office.write([case()])
        monkeypatch.setattr(automation, "VERSION", "3.0.1")
        office.run()
        tabs = {title: office.tab(title) for title in PROGRAM_TABS}
        mails = office.mails
        monkeypatch.setattr(automation, "VERSION", "2.0.0")
        for file in (tmp_path / "state").iterdir():
            file.unlink()
        for command in ("run", "setup", "check"):
            with pytest.raises(EdgeError) as refused:
                COMMANDS[command](office.installation())
            assert str(refused.value) == f"Tab program{NEWER}"
        assert {title: office.tab(title) for title in PROGRAM_TABS} == tabs
        assert office.mails == mails
        _upgrades(office, tmp_path / "state", tabs, monkeypatch)


def _upgrades(
    office: CycleOffice, state: Path, tabs: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automation, "VERSION", "4.0.0")
    for number in (2, 3):
        monkeypatch.setitem(upgrade.STEPS, number, lambda folder: None)
    office.run()
    (copy,) = state.glob("salinan-tab-versi-3.0.1-*.json")
    kept = json.loads(copy.read_text("utf-8"))
    assert list(kept) == ["Ringkasan", "Pemantauan", "Pengingat"]
    assert tabs_version(kept["Pengingat"]) == "3.0.1"
    assert len(kept["Pengingat"]) == len(tabs["Pengingat"]) > 1
    assert tabs_version(office.tab("Pengingat")) == "4.0.0"
    office.run()
    assert list(state.glob("salinan-tab-*.json")) == [copy]


@pytest.mark.parametrize("command", ["run", "setup"])
def test_a_summary_of_the_first_days_is_taken_over_without_loss(
    office: DeskOffice, tmp_path: Path, command: str
) -> None:
    """It has no mark, and the state folder is lost: what was mailed stands in it alone."""
    old = json.loads((VERSIONS / "pengingat-first.json").read_text("utf-8"))
    with Workbook(tmp_path / "ringkasan.xlsx") as book:
        for title in PROGRAM_TABS:
            book.add_worksheet(title)
        for place, row in enumerate(old):
            book.get_worksheet_by_name("Pengingat").write_row(place, 0, row)
    assert COMMANDS[command](office.installation())
    rows = office.tab("Pengingat")
    assert rows[0][-1] == "Kode (program 2.0.0)"
    assert [row[1:7] for row in rows[-6:]] == [row[1:7] for row in old[1:]]
    (copy,) = (tmp_path / "state").glob("salinan-tab-versi-1.0.0-*.json")
    assert json.loads(copy.read_text("utf-8"))["Pengingat"] == old


def test_a_machine_that_was_not_upgraded_fills_no_disk_and_is_told_of(state: Path) -> None:
    def kept(number: int) -> str:
        return upgrade.keep_tabs(state, "1.0.0", {"Pengingat": [[number]]})

    again = (
        "Tab program ditulis lagi oleh program versi 1.0.0, mungkin di komputer lain; perbarui "
        "atau hentikan program di sana."
    )
    first = kept(0)
    (copy,) = state.iterdir()
    assert first == f"Tab program dari versi 1.0.0 diperbarui; isinya disalin ke {copy.name}."
    assert kept(0) == "", "the tabs could not be published yet"
    assert {kept(number) for number in range(1, 30)} == {again}
    assert len(list(state.iterdir())) == 10


def test_the_tabs_say_their_version_wherever_its_header_stands() -> None:
    assert tabs_version(None) is None
    assert tabs_version([]) is None
    assert tabs_version([["", "", '{"layout":""}'], [""]]) is None  # as `setup` leaves it in Google
    assert tabs_version([["Waktu", "Kode"]]) == "1.0.0"
    assert tabs_version([[None, 5], ["Kode (program 12.3.45)", "Waktu"]]) == "12.3.45"
    assert tabs_version([["Waktu", "Kode (program lain)"]]) == "1.0.0"


@pytest.mark.parametrize(
    ("version", "refused"),
    [("1.0.0", False), ("2.0.0", False), ("2.9.9", False), ("3.0.0", True), ("10.0.0", True)],
)
def test_the_first_number_of_a_version_decides(version: str, refused: bool) -> None:
    assert bool(refusal("Tab program", version)) is refused


def versi(office: CycleOffice) -> str:
    done = program(office.folder, "--now", "2026-11-23T10:00", "doctor")
    return next(line for line in done.stdout.splitlines() if " Versi: " in line)


def test_doctor_says_who_wrote_state_and_tabs(office: DeskOffice, state: Path) -> None:
    assert versi(office) == "baik   Versi: Program versi 2.0.0."
    office.run()
    assert versi(office) == (
        "baik   Versi: Program versi 2.0.0. Folder state (state) ditulis versi 2.0.0. Tab program "
        "ditulis versi 2.0.0."
    )
    (state / MARK).unlink()
    before = files(state)
    assert versi(office) == (
        "baik   Versi: Program versi 2.0.0. Folder state (state) ditulis versi 1.0.0, dan "
        "disesuaikan pada putaran berikutnya setelah disalin. Tab program ditulis versi 2.0.0."
    )
    assert files(state) == before, "doctor changes nothing"
    (state / MARK).write_text('{"program": "3.0.1"}')
    assert versi(office) == f"SALAH  Versi: Folder state (state){NEWER}"


def test_a_heartbeat_without_a_version_is_of_one_that_noted_none(state: Path) -> None:
    (state / "heartbeat.json").write_text(
        '{"last": {"at": "2026-11-23T10:00:00", "seconds": 1.0, "fault": ""},'
        ' "good": "2026-11-23T10:00:00"}'
    )
    assert heartbeat.pulse(state).sentences == (
        "Putaran terakhir: 23/11/2026 10.00, 1,0 detik, berhasil. Dijalankan oleh program versi "
        "1.0.0, sedangkan yang terpasang versi 2.0.0; mulai ulang `watch` bila sedang berjalan."
    )
