"""What an older program left in the state folder is carried over after a copy."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import automation
from automation import installation as installing
from automation import tasks, upgrade
from automation.core.edges import EdgeError
from automation.core.register.memory import Change, Turn, read_memory
from automation.core.reminders.notices import mailbox_of
from automation.core.versions import form
from automation.files import replace
from automation.installation import BusyError
from automation.mail import pengingat, tables
from automation.mail.outbox import Outbox
from automation.mail.store import FILE_NAME, Store
from automation.unattended import heartbeat
from tests.cycle_offices import DeskOffice
from tests.offices import NOW, case
from tests.old_states import MARK, VERSIONS, files, old_outbox

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


PRESENT = automation.VERSION
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


def told(state: Path) -> set[tuple[str, str]]:
    outbox = Outbox(state)
    assert outbox.store.repairs == ()
    known = set(outbox.told().notices)
    outbox.store.close()
    return known


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


def test_what_was_told_was_told_to_whom_the_mail_was_not_to_whoever_had_a_copy(
    state: Path,
) -> None:
    copy = "INSERT INTO recipient SELECT mail_id, 1, address, 'Lain', state, '', at FROM recipient"
    old_outbox(state, "first", copy)
    upgrade.carry_over(state)
    assert told(state) == TOLD


def test_an_outbox_is_carried_over_whole_or_not_at_all(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_outbox(state, "first")
    insert, left = tables.insert, iter(range(3))

    def killed(database: sqlite3.Connection, whole: tables.Whole) -> None:
        if next(left) == 2:
            raise KilledError
        insert(database, whole)

    with monkeypatch.context() as broken:
        broken.setattr(tables, "insert", killed)
        with pytest.raises(KilledError):
            upgrade.carry_over(state)
    with closing(sqlite3.connect(state / FILE_NAME)) as database:
        assert database.execute("SELECT count(address) FROM told").fetchone() == (7,)
        assert database.execute("SELECT count(*) FROM mail").fetchone() == (6,)
    upgrade.carry_over(state)
    assert told(state) == TOLD


def test_the_last_state_folder_without_a_mark_stays_as_it_is_beside_its_copy(state: Path) -> None:
    old_outbox(state, "unmarked")
    beside = json.loads((VERSIONS / "beside-unmarked.json").read_text("utf-8"))
    for name, content in beside.items():
        (state / name).write_text(content)
    before = files(state)
    upgrade.carry_over(state)
    copy = f"salinan-versi-1.0.0{os.sep}"
    mark = {MARK: b'{"program":"2.0.0","copy":""}'}
    assert files(state) == before | {f"{copy}{name}": before[name] for name in before} | mark
    assert {key for _, key in told(state)} == {
        "0008/INF/XI/2026|6|1|turn|0",
        "0008/INF/XI/2026|6|1|soon|0",
        "0009/ADU/XI/2026|5|1|turn|0",
        "0009/ADU/XI/2026|5|1|soon|0",
        "0010/ADU/XI/2026|3|1|turn|0",
        "0010/ADU/XI/2026|3|1|overdue|1",
        "findings|2026-11-23",
        "figures|2026-11-23",
        "morning|2026-11-23",
    }
    assert heartbeat.pulse(state).good == NOW
    assert heartbeat.archived(state) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("sealed", "UPDATE recipient SET at = 'kapan' WHERE mail_id = 6"),
        ("sealed", "DELETE FROM told WHERE mail_id = 6"),
        ("first", "UPDATE recipient SET at = 'kapan' WHERE mail_id = 6"),
        ("first", "UPDATE mail SET next_try = x'00' WHERE id = 6"),
        ("first", "UPDATE mail SET state = 'hilang' WHERE id = 6"),
        ("first", "UPDATE mail SET attempts = 'dua' WHERE id = 6"),
        ("first", "UPDATE recipient SET state = 'hilang' WHERE mail_id = 6"),
        ("first", "UPDATE recipient SET name = x'00' WHERE mail_id = 6"),
        ("first", "UPDATE told SET key = x'00' WHERE mail_id = 6"),
    ],
)
def test_of_an_older_outbox_what_cannot_be_believed_is_left_out_and_told(
    state: Path, name: str, damage: str
) -> None:
    old_outbox(state, name, damage)
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
    note = read_memory([["No. Register", "Ingatan"], ["0042", FORM[2]]], "No. Register")
    seen = (note or {})["0042/ADU/XI/2026"]
    assert (seen.step, seen.turns, seen.held) == (3, 2, {"5f0c12ab01": Turn(2, NOW)})
    assert seen.changes == (Change(2, NOW, None, NOW, NOW),)
    kept = (form(PRESENT), outbox, seen.note("0042/ADU/XI/2026"), pengingat.REMEMBERED)
    assert kept == FORM


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
