"""The outbox remembers: what is said once is not said again, what waits is sent or withdrawn."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from automation.core.reminders.notices import Letter, Person
from automation.core.words.ways import EMAIL
from automation.mail import pengingat
from automation.mail.attempts import PAUSES, Claim
from automation.mail.outbox import Outbox
from automation.mail.store import FILE_NAME, OutboxError
from automation.mail.transport import Answered, Fault, Lost, Outcome, Refusal
from tests.mail_letters import BUDI, NOW, SRI, letter, mail, notice, pairs

GREYLISTED = Refusal("server menjawab 451 Greylisted")
UNKNOWN = Refusal("server menjawab 550 User unknown", "recipient")
LATER = NOW + timedelta(minutes=6)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path) as outbox:
        yield outbox


def send(outbox: Outbox, outcome: Outcome, now: datetime = NOW) -> Claim:
    """Sends the next mail, with this outcome."""
    claim = outbox.claim(EMAIL, now)
    assert claim
    outbox.record(claim, outcome, now)
    return claim


def states(outbox: Outbox) -> list[tuple[str, str]]:
    return [(row.address, row.state) for row in pengingat.rows(outbox.store)]


def test_a_sent_mail_is_remembered_and_not_taken_in_again(outbox: Outbox) -> None:
    wanted = letter(notice("1"), notice("2"))
    assert outbox.queue([mail(wanted)], NOW) == 1
    send(outbox, Answered())
    assert set(outbox.told().notices) == pairs(wanted)
    assert outbox.told().mailed == {SRI.mark: (NOW,)}
    assert outbox.queue([mail(wanted)], LATER) == 0
    assert outbox.queue([mail(letter(notice("2"), notice("3")))], LATER) == 0
    assert states(outbox) == [(SRI.way.address, "Terkirim")]


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        ("PRAGMA max_page_count = 1", "ruang disk habis; kosongkan sebagian"),
        ("PRAGMA query_only = ON", "berkas hanya dapat dibaca; beri program hak tulis"),
        ("PRAGMA busy_timeout = 0", "sedang dipakai program lain; tunggu sampai selesai"),
    ],
)
def test_why_nothing_can_be_written_is_one_sentence(
    outbox: Outbox, tmp_path: Path, trouble: str, why: str
) -> None:
    outbox.store.connection.execute(trouble)
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    if "busy" in trouble:
        other.execute("BEGIN IMMEDIATE")
    long = letter(*(notice(str(number)) for number in range(500)))
    with closing(other), pytest.raises(OutboxError) as caught:
        outbox.queue([mail(long)], NOW)
    told = f"Kotak keluar {tmp_path / FILE_NAME} tidak dapat dipakai: {why}."
    assert str(caught.value) == told


def test_a_mail_that_was_never_tried_is_forgotten_and_can_be_decided_anew(outbox: Outbox) -> None:
    wanted = letter()
    outbox.queue([mail(wanted)], NOW)
    outbox.settle(pairs(wanted), LATER)
    assert outbox.is_empty
    assert outbox.told().notices == {}
    assert outbox.queue([mail(wanted)], LATER) == 1


def test_a_mail_in_flight_when_the_program_died_goes_out_again_as_the_same_bytes(
    outbox: Outbox,
) -> None:
    wanted = letter()
    outbox.queue([mail(wanted)], NOW)
    first = outbox.claim(EMAIL, NOW)
    outbox.settle(pairs(wanted), LATER)
    assert set(outbox.told().notices) == pairs(wanted), "decide composes no second one"
    again = outbox.claim(EMAIL, LATER)
    assert first and again
    assert (again.message, again.recipients) == (first.message, first.recipients)


def test_a_mail_in_flight_that_became_pointless_is_withdrawn(outbox: Outbox) -> None:
    outbox.queue([mail(letter())], NOW)
    outbox.claim(EMAIL, NOW)
    outbox.settle(set(), LATER)
    assert outbox.claim(EMAIL, NOW + timedelta(days=9)) is None
    assert states(outbox) == [(SRI.way.address, "Dibatalkan")]


def test_a_greylisted_mail_waits_and_counts_as_said_meanwhile(outbox: Outbox) -> None:
    wanted = letter()
    outbox.queue([mail(wanted)], NOW)
    first = send(outbox, Answered({SRI.way.address: GREYLISTED}))
    outbox.settle(pairs(wanted), NOW)
    assert outbox.claim(EMAIL, NOW) is None
    assert set(outbox.told().notices) == pairs(wanted)
    assert outbox.told().mailed == {SRI.mark: (NOW,)}
    assert states(outbox)[0][1] == (
        "Ditunda, dicoba lagi 23/11/2026 10.05: server menjawab 451 Greylisted"
    )
    assert send(outbox, Answered(), LATER).message == first.message
    assert states(outbox) == [(SRI.way.address, "Terkirim")]


def test_a_waiting_mail_that_is_partly_pointless_is_withdrawn_to_be_composed_anew(
    outbox: Outbox,
) -> None:
    wanted, still = letter(notice("1"), notice("2")), letter(notice("2"))
    outbox.queue([mail(wanted)], NOW)
    send(outbox, Answered({SRI.way.address: GREYLISTED}))
    outbox.settle(pairs(still), LATER)
    assert outbox.told().notices == {}
    assert outbox.queue([mail(still)], LATER) == 1


def test_a_mail_that_waits_since_yesterday_is_not_sent_beside_a_morning_letter_that_says_it(
    outbox: Outbox,
) -> None:
    waiting, other = letter(notice("1")), letter(notice("2"))
    outbox.queue([mail(waiting), mail(other)], NOW)
    send(outbox, Answered({SRI.way.address: GREYLISTED}))
    send(outbox, Answered({SRI.way.address: GREYLISTED}))
    tomorrow = NOW + timedelta(days=1)
    morning = replace(letter(notice("1"), notice("3")), morning="morning|2026-11-24")
    assert outbox.queue([mail(morning)], tomorrow) == 1
    assert outbox.waiting() == 2, "the morning letter, and the one that it does not say"
    assert set(outbox.told().notices) == pairs(morning) | pairs(other)


def test_a_mail_that_may_have_arrived_is_kept_while_any_of_it_is_true(outbox: Outbox) -> None:
    wanted, still = letter(notice("1"), notice("2")), letter(notice("2"))
    outbox.queue([mail(wanted)], NOW)
    first = send(outbox, Lost("sambungan terputus"))
    outbox.settle(pairs(still), LATER)
    assert send(outbox, Answered(), LATER).message == first.message


def test_a_withdrawn_mail_whose_step_waits_again_is_sent_after_all(outbox: Outbox) -> None:
    wanted = letter()
    outbox.queue([mail(wanted)], NOW)
    send(outbox, Answered({SRI.way.address: GREYLISTED}))
    outbox.settle(set(), LATER)
    assert outbox.queue([mail(wanted, LATER)], LATER) == 1
    send(outbox, Answered(), LATER)
    assert states(outbox) == [(SRI.way.address, "Terkirim")]


def tried(outbox: Outbox, refusal: Refusal, times: int) -> list[timedelta]:
    """The pauses between `times` tries that are all answered so."""
    outbox.queue([mail(letter())], NOW)
    now, tries = NOW, []
    while len(tries) < times and (claim := outbox.claim(EMAIL, now)):
        tries.append(now)
        outbox.record(claim, Answered({SRI.way.address: refusal}), now)
        now += PAUSES[min(len(tries), len(PAUSES)) - 1]
        assert outbox.claim(EMAIL, now - timedelta(seconds=1)) is None
    return [later - earlier for earlier, later in pairwise(tries)]


@pytest.mark.parametrize("fault", ["office", "limit", "moment", "doubtful"])
def test_what_is_not_the_recipients_fault_waits_with_growing_pauses_until_it_is_taken(
    outbox: Outbox, fault: Fault
) -> None:
    pauses = tried(outbox, Refusal("server menjawab 550 relay not permitted", fault), 20)
    assert pauses == [*PAUSES, *PAUSES[-1:] * 11] == sorted(pauses)
    assert outbox.told().failures == ()
    assert outbox.waiting() == 1
    send(outbox, Answered(), NOW + timedelta(days=30))
    assert states(outbox) == [(SRI.way.address, "Terkirim")]


def test_a_mailbox_that_stays_full_is_given_up_behind_the_last_pause(outbox: Outbox) -> None:
    pauses = tried(outbox, Refusal("server menjawab 452 4.2.2 Full", "full"), 20)
    assert pauses == list(PAUSES)
    assert states(outbox) == [
        (SRI.way.address, "Gagal: setelah 9 kali percobaan, server menjawab 452 4.2.2 Full")
    ]
    assert outbox.waiting() == 0


def test_a_permanent_refusal_is_given_up_shown_and_counts_as_said(outbox: Outbox) -> None:
    wanted = letter()
    outbox.queue([mail(wanted)], NOW)
    send(outbox, Answered({SRI.way.address: UNKNOWN}))
    assert outbox.claim(EMAIL, NOW + timedelta(days=9)) is None
    assert set(outbox.told().notices) == pairs(wanted)
    assert outbox.told().mailed == {}
    assert states(outbox) == [(SRI.way.address, "Gagal: server menjawab 550 User unknown")]


def with_a_copy(outbox: Outbox, *, to: Person, key: str) -> Letter:
    """A mail with a copy for Sri, as an older program left it in the outbox."""
    wanted = letter(notice(key, "escalation"), to=to)
    outbox.queue([mail(wanted)], NOW)
    with outbox.store.transaction() as database:
        database.execute(
            "INSERT INTO recipient SELECT mail_id, 1, ?, ?, state, reason, at FROM recipient"
            " WHERE mail_id = (SELECT max(id) FROM mail)",
            (SRI.way.address, SRI.name),
        )
    return wanted


def test_who_has_the_mail_is_not_sent_it_again_when_another_recipient_waits(
    outbox: Outbox,
) -> None:
    wanted = with_a_copy(outbox, to=BUDI, key="1")
    assert send(outbox, Answered({BUDI.way.address: GREYLISTED})).recipients == (BUDI.way, SRI.way)
    outbox.settle(pairs(wanted), LATER)
    assert send(outbox, Answered(), LATER).recipients == (BUDI.way,)
    assert states(outbox) == [(BUDI.way.address, "Terkirim"), (SRI.way.address, "Terkirim")]
    assert set(outbox.told().notices) == pairs(wanted), (
        "who has a copy was told nothing of their own"
    )


def test_claims_made_at_once_never_share_a_mail(outbox: Outbox, tmp_path: Path) -> None:
    outbox.queue([mail(letter(notice(str(place)))) for place in range(40)], NOW)

    def claim_all(_: int) -> list[int]:
        with Outbox(tmp_path) as mine:
            claimed = []
            while claim := mine.claim(EMAIL, NOW):
                claimed.append(claim.id)
            return claimed

    with ThreadPoolExecutor(4) as pool:
        claimed = [mail_id for ids in pool.map(claim_all, range(4)) for mail_id in ids]
    assert sorted(claimed) == sorted(set(claimed))
    assert len(claimed) == 40


def test_while_one_program_sends_another_is_told_so(outbox: Outbox, tmp_path: Path) -> None:
    with (
        Outbox(tmp_path) as other,
        other.alone(),
        pytest.raises(OutboxError, match="Program lain"),
    ):
        outbox.settle(set(), NOW)


def every_outcome(outbox: Outbox) -> list[Letter]:
    """An outbox with one mail sent, one with a copy, one failed and one waiting."""
    first = letter(notice("1"), notice("2", "overdue"))
    outbox.queue([mail(first)], NOW)
    letters = [
        first,
        with_a_copy(outbox, to=BUDI, key="3"),
        letter(notice("4")),
        letter(notice("5")),
    ]
    outbox.queue([mail(each) for each in letters[2:]], NOW)
    for outcome in (
        Answered(),
        Answered(),
        Answered({SRI.way.address: UNKNOWN}),
        Answered({SRI.way.address: GREYLISTED}),
    ):
        send(outbox, outcome)
    return letters


def test_a_lost_state_folder_is_rebuilt_from_the_log(outbox: Outbox, tmp_path: Path) -> None:
    *done, waiting = every_outcome(outbox)
    rows = pengingat.rows(outbox.store)
    with Outbox(tmp_path / "new machine") as rebuilt:
        assert pengingat.restore(rebuilt.store, [row.keys for row in rows], NOW) == 4
        assert set(rebuilt.told().notices) == pairs(*done)
        assert rebuilt.told().mailed == {SRI.mark: (NOW, NOW), BUDI.mark: (NOW,)}
        assert pengingat.rows(rebuilt.store) == [row for row in rows if "Ditunda" not in row.state]
        assert rebuilt.queue([mail(each) for each in (*done, waiting)], NOW) == 1


def test_log_rows_that_somebody_changed_are_left_out(outbox: Outbox) -> None:
    changed = [None, 12, "", "{}", "[]", '{"mail": 1}', '{"keys": null}', '"sent"', "null"]
    assert pengingat.restore(outbox.store, changed, NOW) == 0
    assert outbox.is_empty


def test_a_mail_of_very_many_notices_fits_into_the_cells_of_the_log(
    outbox: Outbox, tmp_path: Path
) -> None:
    many = letter(*(notice(f"{place:04}/ADU/XI/2026") for place in range(2000)))
    outbox.queue([mail(many)], NOW)
    send(outbox, Answered())
    rows = pengingat.rows(outbox.store)
    assert max(len(row.keys) for row in rows) < 32_767
    assert rows[0].numbers.endswith("0019/ADU/XI/2026, dan 1.980 lainnya")
    with Outbox(tmp_path / "new machine") as rebuilt:
        pengingat.restore(rebuilt.store, [row.keys for row in rows], NOW)
        assert rebuilt.told() == outbox.told()


def test_a_damaged_file_is_set_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    with Outbox(tmp_path) as outbox:
        every_outcome(outbox)
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    for damage in (b"\xff" * 100, b"\xff" * len(content)):
        content[-len(damage) :] = damage
        content[4096 : 4096 + 100] = b"\xff" * 100
        file.write_bytes(content)
        with Outbox(tmp_path) as outbox:
            assert outbox.is_empty
            assert "rusak" in outbox.store.repairs[0]
    assert len(list(tmp_path.glob("outbox-rusak-*.sqlite3"))) == 2


def test_a_file_that_cannot_be_used_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("", encoding="utf-8")
    with pytest.raises(OutboxError, match="tidak dapat dipakai"):
        Outbox(tmp_path / "state")


def test_the_outbox_is_written_through_to_the_disk(outbox: Outbox) -> None:
    settings = {
        name: outbox.store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2}


def test_years_of_mail_are_remembered_with_three_queries(outbox: Outbox) -> None:
    with outbox.store.transaction() as database:
        fill(database, mails=2_000)
    queries: list[str] = []
    outbox.store.connection.set_trace_callback(queries.append)
    told = outbox.told()
    assert len(queries) == 3
    assert len(told.notices) == 6_000
    assert len(told.mailed[SRI.mark]) == 2_000


def fill(database: sqlite3.Connection, mails: int) -> None:
    database.executemany(
        "INSERT INTO mail (id, message_id, state, next_try, stages, numbers, steps)"
        " VALUES (?, ?, 'closed', '', '', '', '')",
        [(place, f"<{place}>") for place in range(mails)],
    )
    database.executemany(
        "INSERT INTO recipient VALUES (?, 0, ?, 'Sri Lestari', 'sent', '', ?)",
        [
            (place, SRI.way.address, (NOW + timedelta(minutes=place)).isoformat())
            for place in range(mails)
        ],
    )
    database.executemany(
        "INSERT INTO told VALUES (?, ?, ?)",
        [(SRI.mailbox, f"{place}-{key}", place) for place in range(mails) for key in range(3)],
    )


def test_a_clock_that_was_set_back_holds_up_no_mail_that_waits(outbox: Outbox) -> None:
    """Refused for the moment two days ahead: tried again at once, and not in two days."""
    ahead = NOW + timedelta(days=2)
    outbox.queue([mail(wanted := letter())], ahead)
    send(outbox, Answered({SRI.way.address: GREYLISTED}), ahead)
    outbox.settle(pairs(wanted), NOW)
    assert outbox.is_due(EMAIL, NOW)


def test_a_mail_waits_for_its_pause_as_long_as_it_may_be(outbox: Outbox) -> None:
    outbox.queue([mail(wanted := letter())], NOW)
    now = NOW
    for pause in PAUSES:
        send(outbox, Answered({SRI.way.address: GREYLISTED}), now)
        outbox.settle(pairs(wanted), now)
        assert not outbox.is_due(EMAIL, now + pause - timedelta(seconds=1))
        now += pause
