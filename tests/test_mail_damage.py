"""What the program remembers may be damaged: it is set aside, and what can be had is had again."""

import json
import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.core.reminders.notices import Person
from automation.core.words.addresses import MALFORMED, address_fault
from automation.core.words.ways import EMAIL, Way
from automation.mail.email import Email
from automation.mail.folder import Folder
from automation.mail.mailbox import OutboxMailbox
from automation.mail.store import FILE_NAME, OutboxError
from tests.mail_letters import BUDI, NOW, OFFICE, SRI, letter, notice, pairs

LATER = NOW + timedelta(days=3)
LETTERS = [letter(notice(str(place)), to=(SRI, BUDI)[place % 2]) for place in range(8)]


def mailbox(folder: Path) -> OutboxMailbox:
    return OutboxMailbox(folder / "state", {EMAIL: Email(Folder(folder / "surel"))}, OFFICE)


def told_once(folder: Path) -> tuple[bytes, list[list[object]]]:
    """The file of an office that has said everything, and its tab Pengingat."""
    box = mailbox(folder)
    box.restore(None, NOW)
    assert box.deliver(LETTERS, NOW).sent == len(LETTERS)
    grid: list[list[object]] = [["Kode"], *([mail.keys] for mail in box.pengingat())]
    box.outbox.store.close()
    return (folder / "state" / FILE_NAME).read_bytes(), grid


def run(folder: Path, grid: list[list[object]] | None) -> tuple[int, tuple[str, ...]]:
    """A whole run later on, that finds the same to be said; how many were sent, and what was."""
    box = mailbox(folder)
    box.restore(grid, LATER)
    box.settle(pairs(*LETTERS), LATER)
    told = box.told().notices
    done = box.deliver([each for each in LETTERS if not pairs(each) <= set(told)], LATER)
    box.pengingat()
    box.outbox.store.close()
    return done.sent, done.failed


def damaged(folder: Path, *statements: str) -> list[list[object]]:
    _, grid = told_once(folder)
    with closing(sqlite3.connect(folder / "state" / FILE_NAME)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return grid


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recipient SET at = 'kapan' WHERE mail_id = 3",
        "UPDATE recipient SET at = '2026-11-23T10:00:00+07:00' WHERE mail_id = 3",
        "UPDATE recipient SET at = x'ff' WHERE mail_id = 3",
        "UPDATE mail SET next_try = '' WHERE id = 3",
        "UPDATE told SET key = 'x' WHERE mail_id = 3",
        "UPDATE told SET key = CAST(x'ff' AS TEXT) WHERE mail_id = 3",
        "DELETE FROM told WHERE mail_id = 3",
        "DELETE FROM recipient WHERE mail_id = 3",
        "DELETE FROM mail WHERE id = 3",
        "UPDATE mail SET state = 'deferred', message = x'00' WHERE id = 3",
        "ALTER TABLE recipient RENAME COLUMN at TO pada",
        "ALTER TABLE mail ADD COLUMN more TEXT",
        "ALTER TABLE told RENAME TO lain",
        "DROP TABLE told",
        "DROP TABLE mail",
        "DROP INDEX unsent",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 3",
        "PRAGMA user_version = 1000",
        "PRAGMA user_version = 2000000",
    ],
)
def test_what_cannot_be_believed_is_set_aside_and_had_again_from_the_tab(
    tmp_path: Path, statement: str
) -> None:
    grid = damaged(tmp_path, statement)
    sent, said = run(tmp_path, grid)
    assert sent == 0
    assert len(said) == 1
    assert "rusak" in said[0] and "outbox-rusak-1.sqlite3" in said[0] and "disk" not in said[0]
    assert (tmp_path / "state" / "outbox-rusak-1.sqlite3").exists()
    assert run(tmp_path, grid) == (0, ())


def test_what_is_whole_in_a_damaged_file_is_kept_where_the_tab_is_lost(tmp_path: Path) -> None:
    damaged(tmp_path, "UPDATE recipient SET at = 'kapan' WHERE mail_id = 3")
    assert run(tmp_path, None)[0] == 1, "only the damaged one is said again"


def test_a_look_between_damage_and_run_forgets_nothing_of_it(tmp_path: Path) -> None:
    grid = damaged(tmp_path, "DELETE FROM told")
    assert mailbox(tmp_path).told().notices == {}
    assert run(tmp_path, grid)[0] == 0


def test_an_older_state_that_was_put_back_learns_the_rest_from_the_tab(tmp_path: Path) -> None:
    before, _ = told_once(tmp_path)
    new = letter(notice("baru"))
    box = mailbox(tmp_path)
    box.deliver([new], NOW + timedelta(hours=1))
    grid: list[list[object]] = [[mail.keys] for mail in box.pengingat()]
    box.outbox.store.close()
    (tmp_path / "state" / FILE_NAME).write_bytes(before)
    again = mailbox(tmp_path)
    again.restore(grid, LATER)
    assert set(again.told().notices) == pairs(*LETTERS, new)


def test_a_newer_file_is_refused_in_one_sentence_and_left_alone(tmp_path: Path) -> None:
    grid = damaged(tmp_path, "ALTER TABLE mail ADD COLUMN more TEXT", "PRAGMA user_version = 2")
    before = (tmp_path / "state" / FILE_NAME).read_bytes()
    with pytest.raises(OutboxError, match=r"lebih baru \(versi 2; program ini mengenal versi 1\)"):
        run(tmp_path, grid)
    assert (tmp_path / "state" / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"bukan basis data" * 1000, None])
def test_something_else_in_its_place_is_set_aside(tmp_path: Path, content: bytes | None) -> None:
    _, grid = told_once(tmp_path)
    place = tmp_path / "state" / FILE_NAME
    place.unlink()
    if content is None:
        (place / "isi").mkdir(parents=True)
    else:
        place.write_bytes(content)
    assert run(tmp_path, grid)[0] == 0
    assert place.is_file()


def test_bytes_flipped_anywhere_end_no_run_and_send_nothing_twice(tmp_path: Path) -> None:
    content, grid = told_once(tmp_path)
    place, dice = tmp_path / "state" / FILE_NAME, random.Random(11)
    used = [at for at, byte in enumerate(content) if byte]
    for _ in range(60):
        changed = bytearray(content)
        for at in dice.sample(used, dice.choice((1, 1, 3, 40))):
            changed[at] ^= 1 << dice.randrange(8)
        for each in place.parent.iterdir():
            each.unlink()
        place.write_bytes(changed)
        assert run(tmp_path, grid)[0] == 0


def record(**changes: object) -> str:
    usual = {
        "mail": "<1@kantor.go.id>",
        "place": 0,
        "at": "2026-11-23T10:00:00",
        "name": SRI.name,
        "address": SRI.way.address,
        "stages": "Giliran",
        "numbers": "1",
        "steps": "5. Jawaban",
        "state": "sent",
        "reason": "",
        "keys": ["1|5|turn|1"],
    }
    return json.dumps(usual | changes)


BAD: list[Any] = [
    "[" * 100_000,
    '{"a":' * 100_000,
    10**30,
    float("nan"),
    "9" * 6_000,
    record(at="2026-11-23T10:00:00+07:00"),
    record(at="2026-11-23T10:00:00Z"),
    record(at="9999-12-31T23:59:59"),
    record(at="2027-01-01T10:00:00"),
    record(at=10**30),
    record(at=None),
    record(place=10**30),
    record(place=-1),
    record(place=True),
    record(place=1.5),
    record(name="\ud800"),
    record(address="\udfff"),
    record(keys=["\ud800"]),
    record(keys="1|5|turn|1"),
    record(keys={"a": 1}),
    record(keys=[["a"]]),
    record(mail="\0"),
    record(mail=None),
    record(state="waiting"),
]


@pytest.mark.parametrize("place", range(len(BAD)))
def test_a_bad_record_is_passed_over_and_the_others_are_restored(
    tmp_path: Path, place: int
) -> None:
    box = mailbox(tmp_path)
    sound = record(mail="<2@kantor.go.id>", keys=["2|5|turn|1"])
    box.restore([[BAD[place], sound], [sound, record(mail="<3@kantor.go.id>", keys=[])]], NOW)
    assert set(box.told().notices) == {(SRI.mailbox, "2|5|turn|1")}
    assert len(box.pengingat()) == 2
    assert box.deliver([letter(notice("neu"))], LATER).sent == 1


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None))
    | st.sampled_from(BAD[2:]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    cells=st.lists(
        ANYTHING
        | st.builds(
            lambda name, value: record(**{name: value}),
            st.sampled_from(sorted(json.loads(record()))),
            ANYTHING,
        ),
        max_size=4,
    )
)
def test_cells_of_pengingat_may_hold_anything(
    tmp_path_factory: pytest.TempPathFactory, cells: list[object]
) -> None:
    box = mailbox(tmp_path_factory.mktemp("kantor"))
    box.restore([cells], NOW)
    box.settle(frozenset(), NOW)
    box.told()
    box.pengingat()


def test_one_mail_that_cannot_be_written_is_named_and_the_others_go_out(tmp_path: Path) -> None:
    bad = Person("Sri", Way(EMAIL, "=?utf-8?q?a?=@kantor.example.id"), "")
    done = mailbox(tmp_path).deliver([letter(to=bad), letter(notice("2"), to=BUDI)], NOW)
    assert done.sent == 1
    assert "Surel kepada =?utf-8?q?a?=@kantor.example.id dilewati" in done.failed[0]


@pytest.mark.parametrize(
    "address", ["=?utf-8?q?a?=@kantor.example.id", "a.=?utf-8?b?YQ==?=@kantor.id", "=?@kantor.id"]
)
def test_an_address_that_reads_as_an_encoded_word_is_refused(address: str) -> None:
    assert address_fault(address) == MALFORMED
