"""What an older program left is carried over after a copy; what a newer one left stays untouched."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from xlsxwriter import Workbook

import automation
from automation import installation as installing
from automation import tasks, upgrade
from automation.core.edges import EdgeError
from automation.core.register.memory import Change, Remembered, Turn, read_memory
from automation.core.reminders.notices import mailbox_of
from automation.core.versions import form, refusal, tabs_version
from automation.cycle import run
from automation.files import replace
from automation.installation import BusyError, Installation
from automation.mail import pengingat
from automation.mail.outbox import Outbox
from automation.mail.store import FILE_NAME, Store
from automation.rollover import roll_over
from automation.unattended import heartbeat
from tests.commands import program
from tests.cycle_offices import PROGRAM_TABS, CycleOffice, DeskOffice, cycle_office
from tests.offices import NOW, ROOT, case

VERSIONS = ROOT / "tests" / "data" / "versions"
MARK = "versi.json"
WAHYU = mailbox_of("Wahyu Nugroho", "wahyu.n@dukcapil.example.id")
KEPALA = mailbox_of("Retno Palupi Sasmita", "kepala@dukcapil.example.id")
# What the office of both outboxes had told by ten o'clock.
TOLD = {
    (WAHYU, "0008/ADU/XI/2026|5|overdue|0"),
    (WAHYU, "0009/ADU/XI/2026|5|soon|0"),
    (KEPALA, "0010/ADU/XI/2026|3|turn|0"),
    (mailbox_of("Sri Lestari", "sri.lestari@dukcapil.example.id"), "|0|findings|2026-11-23"),
    (mailbox_of("Bagas Prasetyo", "bagas.p@dukcapil.example.id"), "|0|findings|2026-11-23"),
    (WAHYU, "0009/ADU/XI/2026|5|overdue|0"),
    (KEPALA, "0010/ADU/XI/2026|3|overdue|0"),
}
NEWER = (
    " ditulis oleh program versi 3.0.1, sedangkan program ini versi 2.0.0: pasang versi 3.0.1 atau "
    "yang lebih baru, dan mulai ulang `watch`; tidak ada yang diubah."
)


PRESENT = automation.VERSION
SEEN = Remembered(
    step=3,
    turns=2,
    began=2,
    held={"5f0c12ab01": Turn(2, NOW)},
    stamps=("6a0aeb20", "", "?"),
    afterwards=frozenset({1}),
    changes=(Change(2, NOW, None, NOW, NOW),),
)
# The number of the form; the outbox; a case's note in `Pemantauan`; a mail's in `Pengingat`.
FORM = (
    2,
    {
        "mail": [
            *("id", "message_id", "state", "attempts", "next_try", "reached", "sender", "message"),
            *("stages", "numbers", "steps", "seal"),
        ],
        "recipient": ["mail_id", "place", "address", "name", "state", "reason", "at"],
        "told": ["mailbox", "key", "mail_id"],
        "repair": ["sentence"],
    },
    '[1,"0042/ADU/XI/2026",3,2,2,{"5f0c12ab01":[2,"6b040ea0",false]},0,"","6a0aeb20,,?",[1],'
    '[[2,"6b040ea0","","6b040ea0","6b040ea0"]]]',
    (
        *("mail", "place", "at", "name", "address", "stages", "numbers", "steps", "state"),
        "reason",
    ),
)


class KilledError(BaseException):
    """The end of a process, for what runs in this one."""


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


def old_outbox(state: Path, name: str, *statements: str) -> None:
    """The outbox that a program of that time has written."""
    state.mkdir(exist_ok=True)
    with closing(sqlite3.connect(state / FILE_NAME)) as database:
        database.executescript((VERSIONS / f"outbox-{name}.sql").read_text("utf-8"))
        for statement in statements:
            database.execute(statement)
        database.commit()


def told(state: Path) -> set[tuple[str, str]]:
    outbox = Outbox(state)
    assert outbox.store.repairs == ()
    known = set(outbox.told().notices)
    outbox.store.close()
    return known


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".lock"
    }


@pytest.mark.parametrize("name", ["first", "sealed"])
def test_an_outbox_of_the_first_days_is_carried_over_after_a_copy(
    office: DeskOffice, state: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old_outbox(state, name)
    before = (state / FILE_NAME).read_bytes()
    with office.installation().alone():
        pass
    assert told(state) == TOLD
    assert (state / "salinan-versi-1.0.0" / FILE_NAME).read_bytes() == before
    assert json.loads((state / MARK).read_text())["program"] == "2.0.0"
    sentence = (
        f"Folder state ({state}) dari program versi 1.0.0 telah disesuaikan dengan versi 2.0.0; "
        "keadaan sebelumnya disalin ke salinan-versi-1.0.0 di folder itu."
    )
    assert sentence in capsys.readouterr().err
    assert sentence in (state / "catatan.log").read_text("utf-8")

    after = files(state)
    with office.installation().alone():
        pass
    assert files(state) == after, "once is enough"


def test_a_state_folder_of_yesterday_keeps_its_outbox_as_it_is(
    office: DeskOffice, state: Path
) -> None:
    office.run()
    (state / MARK).unlink()
    known, before = told(state), (state / FILE_NAME).read_bytes()
    office.run()
    assert told(state) >= known != set()
    assert (state / "salinan-versi-1.0.0" / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE recipient SET at = 'kapan' WHERE mail_id = 6",
        "DELETE FROM told WHERE mail_id = 6",
    ],
)
def test_of_an_older_outbox_what_cannot_be_believed_is_left_out_and_told(
    state: Path, damage: str
) -> None:
    old_outbox(state, "sealed", damage)
    upgrade.carry_over(state)
    store = Store(state)
    assert store.repairs == (
        f"Kotak keluar {state / FILE_NAME} memuat 1 surel yang rusak; yang utuh dipertahankan, dan "
        "selebihnya dipulihkan dari tab Pengingat.",
    )
    assert store.rows("SELECT id FROM mail ORDER BY id") == [(1,), (2,), (3,), (4,), (5,)]
    store.close()


@pytest.mark.parametrize("damage", ["DROP TABLE recipient", "DROP TABLE told"])
def test_an_older_outbox_without_its_tables_is_left_to_be_set_aside(
    state: Path, damage: str
) -> None:
    old_outbox(state, "first", damage)
    upgrade.carry_over(state)
    store = Store(state)
    assert "outbox-rusak-1.sqlite3" in store.repairs[0]
    store.close()


def test_who_is_killed_anywhere_carries_on_and_has_a_copy_of_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before and behind each write, in turn, until one comes through."""
    kills = 0
    for moment in range(100):
        state = tmp_path / str(moment)
        old_outbox(state, "first")
        (state / "clock.json").write_text('{"last": "2026-11-23T10:00:00", "lead": 0.0}')
        before = files(state)
        with monkeypatch.context() as broken:
            if not _killed(broken, state, moment):
                break
        kills += 1
        upgrade.carry_over(state)
        assert told(state) == TOLD
        assert json.loads((state / MARK).read_text()) == {"program": "2.0.0", "copy": ""}
        copies = [each for each in state.iterdir() if each.is_dir()]
        assert copies
        assert all(files(each) == before for each in copies)
    assert kills == 2 * (2 + 1 + 1 + 1 + 1), "two files, the name, a mark, the step, the mark"


def _killed(broken: pytest.MonkeyPatch, state: Path, moment: int) -> bool:
    """Whether carrying `state` over was cut short at that moment."""
    calls = iter(range(1000))

    def fatal(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            if next(calls) == moment:
                raise KilledError
            result = real(*arguments, **named)
            if next(calls) == moment:
                raise KilledError
            return result

        return called

    broken.setattr(upgrade, "replace", fatal(replace))
    broken.setattr(Path, "rename", fatal(Path.rename))
    broken.setitem(upgrade.STEPS, 1, fatal(upgrade.STEPS[1]))
    try:
        upgrade.carry_over(state)
    except KilledError:
        return True
    return False


def test_a_second_upgrade_from_the_same_version_makes_a_second_copy(state: Path) -> None:
    """Somebody went back to the copy, and comes again."""
    old_outbox(state, "first")
    upgrade.carry_over(state)
    for each in (MARK, FILE_NAME):
        (state / each).unlink()
    old_outbox(state, "sealed")
    before = (state / FILE_NAME).read_bytes()
    assert "disalin ke salinan-versi-1.0.0-ke-2 " in upgrade.carry_over(state)
    assert (state / "salinan-versi-1.0.0-ke-2" / FILE_NAME).read_bytes() == before


def test_steps_are_made_one_after_the_other_and_not_twice(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def broken(folder: Path) -> None:
        made.append("3")
        raise EdgeError("Ruang penyimpanan penuh.")

    (state / MARK).write_text('{"program": "2.4.1"}')
    (state / "clock.json").write_text("{}")
    monkeypatch.setattr(automation, "VERSION", "5.0.0")
    for number, step in {
        2: lambda _: made.append("2"),
        3: broken,
        4: lambda _: made.append("4"),
    }.items():
        monkeypatch.setitem(upgrade.STEPS, number, step)
    with pytest.raises(EdgeError, match="penuh"):
        upgrade.carry_over(state)
    monkeypatch.setitem(upgrade.STEPS, 3, lambda _: made.append("3"))
    said = upgrade.carry_over(state)
    assert made == ["2", "3", "3", "4"]
    assert "salinan-versi-2.4.1 " in said
    assert [each.name for each in state.iterdir() if each.is_dir()] == ["salinan-versi-2.4.1"]


def test_every_form_that_was_has_its_step() -> None:
    assert list(upgrade.STEPS) == list(range(1, form(PRESENT)))


def test_what_is_kept_changes_only_with_the_first_number_of_the_version(state: Path) -> None:
    """Where this fails: docs/CONTRIBUTING.md, "What is kept on disk or in the program's tabs"."""
    database = Store(state).connection
    outbox = {
        table: [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
        for (table,) in database.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
    }
    database.close()
    kept = (form(PRESENT), outbox, SEEN.note("0042/ADU/XI/2026"), pengingat.REMEMBERED)
    assert kept == FORM


def test_what_was_kept_by_this_form_is_read() -> None:
    note = FORM[2]
    assert read_memory([["No. Register", "Ingatan"], ["0042", note]], "No. Register") == {
        "0042": Remembered(),
        "0042/ADU/XI/2026": SEEN,
    }


@pytest.mark.parametrize("content", ["", "{", "[]", '{"program": "besok"}', '{"program": "2"}'])
def test_a_mark_that_cannot_be_read_counts_as_lost(state: Path, content: str) -> None:
    old_outbox(state, "first")
    (state / MARK).write_text(content)
    upgrade.carry_over(state)
    assert told(state) == TOLD


def test_an_empty_folder_is_marked_and_has_nothing_to_be_copied(state: Path) -> None:
    assert upgrade.carry_over(state) == ""
    assert json.loads((state / MARK).read_text()) == {"program": "2.0.0", "copy": ""}
    assert len(list(state.iterdir())) == 1


def test_another_version_of_the_same_form_takes_over_without_a_copy(state: Path) -> None:
    (state / MARK).write_text('{"program": "2.7.0"}')
    assert upgrade.carry_over(state) == ""
    assert json.loads((state / MARK).read_text())["program"] == "2.0.0"


def test_a_look_carries_over_too_but_not_beside_another_program(
    office: DeskOffice, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_outbox(state, "first")
    before = files(state)
    monkeypatch.setattr(installing, "PATIENCE", 0.0)
    with FileLock(state / "run.lock"), pytest.raises(BusyError):
        office.installation().office  # noqa: B018 - the look begins with it
    assert files(state) == before
    office.installation().office  # noqa: B018
    assert told(state) == TOLD


def test_a_look_at_a_new_office_leaves_no_trace(office: DeskOffice) -> None:
    tasks.check(office.installation(), as_json=True)
    assert not (office.folder / "state").exists()


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


def test_a_summary_of_the_first_days_is_taken_over_without_loss(
    office: DeskOffice, tmp_path: Path
) -> None:
    """It has no mark, and the state folder is lost: what was mailed stands in it alone."""
    old = json.loads((VERSIONS / "pengingat-first.json").read_text("utf-8"))
    with Workbook(tmp_path / "ringkasan.xlsx") as book:
        for title in PROGRAM_TABS:
            book.add_worksheet(title)
        for place, row in enumerate(old):
            book.get_worksheet_by_name("Pengingat").write_row(place, 0, row)
    installation = office.installation()
    with installation.alone():
        outcome = run(installation.office, installation.now)
    assert outcome.complete
    rows = office.tab("Pengingat")
    assert rows[0][-1] == "Kode (program 2.0.0)"
    assert [row[1:7] for row in rows[-6:]] == [row[1:7] for row in old[1:]]
    (copy,) = (tmp_path / "state").glob("salinan-tab-versi-1.0.0-*.json")
    assert json.loads(copy.read_text("utf-8"))["Pengingat"] == old


def test_the_tabs_say_their_version_wherever_its_header_stands() -> None:
    assert tabs_version(None) is None
    assert tabs_version([]) == "1.0.0"
    assert tabs_version([["Waktu", "Kode"]]) == "1.0.0"
    assert tabs_version([[None, 5], ["Kode (program 12.3.45)", "Waktu"]]) == "12.3.45"
    assert tabs_version([["Kode (program lain)"]]) == "1.0.0"


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
