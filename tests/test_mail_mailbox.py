"""The mailbox as the cycle uses it: restore, settle, decide, deliver, tell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from automation.core.edges import SentMail
from automation.core.words.ways import EMAIL
from automation.mail.email import Email
from automation.mail.folder import Folder
from automation.mail.mailbox import OutboxMailbox
from automation.mail.store import FILE_NAME
from tests.mail_letters import BUDI, NOW, OFFICE, SRI, letter, notice, pairs

LATER = NOW + timedelta(minutes=10)


def mailbox(folder: Path) -> OutboxMailbox:
    return OutboxMailbox(folder / "state", {EMAIL: Email(Folder(folder / "surel"))}, OFFICE)


def tab(mails: Sequence[SentMail]) -> list[list[object]]:
    """`Pengingat` as it is read back, with its columns moved by somebody."""
    return [
        ["Kode", "Waktu", "Kepada"],
        *([mail.keys, 46349.5, mail.name] for mail in mails),
        [None],
        [],
    ]


def test_what_was_delivered_is_remembered_and_logged(tmp_path: Path) -> None:
    first, wanted = mailbox(tmp_path), letter(notice("1"))
    first.restore(None, NOW)
    first.settle(pairs(wanted), NOW)
    assert first.deliver([wanted], NOW).sent == 1
    assert set(mailbox(tmp_path).told().notices) == pairs(wanted)
    (row,) = first.pengingat()
    assert (row.stages, row.numbers, row.steps, row.state) == (
        "Giliran",
        "1",
        "5. Jawaban",
        "Terkirim",
    )


def test_a_new_machine_learns_from_the_tab_what_was_sent(tmp_path: Path) -> None:
    old, new, wanted = mailbox(tmp_path / "old"), mailbox(tmp_path / "new"), letter()
    old.deliver([wanted], NOW)
    new.restore(tab(old.pengingat()), LATER)
    assert new.told() == old.told()
    assert new.deliver([wanted], LATER).sent == 0


@pytest.mark.parametrize(
    ("lengths", "cells"),
    [
        ([100], 1),
        ([9_900, 9_900], 1),
        ([12_000, 12_000, 5], 2),
        ([100, 19_000, 15_000], 2),
        ([6_000] * 12, 4),  # three in a cell
    ],
)
def test_what_a_mail_told_fits_into_cells_and_comes_back_whole(
    tmp_path: Path, lengths: list[int], cells: int
) -> None:
    old, new = mailbox(tmp_path / "old"), mailbox(tmp_path / "new")
    keys = [f"{place}".ljust(length, "x") for place, length in enumerate(lengths)]
    old.deliver([letter(*(notice(key=key) for key in keys))], NOW)
    told = old.pengingat()
    assert len(told) == cells
    assert max(len(each.keys) for each in told) < 32_767, "what a cell of Excel holds"
    new.restore(tab(told), LATER)
    assert new.told() == old.told()


def test_an_outbox_that_knows_something_is_not_filled_from_the_tab(tmp_path: Path) -> None:
    old, new = mailbox(tmp_path / "old"), mailbox(tmp_path / "new")
    old.deliver([letter(notice("1"))], NOW)
    new.deliver([letter(notice("2"))], NOW)
    new.restore(tab(old.pengingat()), LATER)
    assert set(new.told().notices) == pairs(letter(notice("2")))


def test_a_damaged_outbox_is_rebuilt_from_the_tab_and_said_once(tmp_path: Path) -> None:
    wanted = letter()
    first = mailbox(tmp_path)
    first.deliver([wanted], NOW)
    grid = tab(first.pengingat())
    first.outbox.store.close()
    for ending in ("", "-wal"):
        (tmp_path / "state" / f"{FILE_NAME}{ending}").write_bytes(b"rusak" * 1000)
    again = mailbox(tmp_path)
    again.restore(grid, LATER)
    done = again.deliver([wanted], LATER)
    assert done.sent == 0
    assert "outbox-rusak-1.sqlite3" in done.failed[0]
    assert again.deliver([wanted], LATER).failed == ()


def test_a_dry_run_leaves_no_trace(tmp_path: Path) -> None:
    assert mailbox(tmp_path).told().notices == {}
    assert list(tmp_path.iterdir()) == []


def test_two_people_behind_one_address_are_both_written_to_of_the_same_step(tmp_path: Path) -> None:
    """Both hold the step: the same notice, to the same address, in a letter each."""
    shared = replace(BUDI, way=SRI.way)
    box = mailbox(tmp_path)
    box.restore(None, NOW)
    assert box.deliver([letter(to=SRI), letter(to=shared)], NOW).sent == 2
    assert sorted(row.name for row in box.pengingat()) == [BUDI.name, SRI.name]
    assert box.deliver([letter(to=SRI), letter(to=shared)], LATER).sent == 0
