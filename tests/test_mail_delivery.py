"""From the outbox to a real server, run after run, whatever the server does."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from automation.core.edges import Delivery
from automation.core.reminders.notices import Letter
from automation.core.words.ways import EMAIL
from automation.mail.deliver import deliver
from automation.mail.login import SmtpSettings
from automation.mail.outbox import Outbox
from automation.mail.smtp import Smtp
from tests.mail_letters import BUDI, NOW, SRI, letter, mail, notice, pairs
from tests.mail_server import Post, hang_up, mail_server, stall

LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path) as outbox:
        yield outbox


def run(outbox: Outbox, post: Post | None, *letters: Letter, now: datetime = NOW) -> Delivery:
    """What the cycle does with what there is to be said; `post` None: the server is down."""
    outbox.settle(pairs(*letters), now)
    told = outbox.told().notices
    outbox.queue((mail(each, now) for each in letters if not pairs(each) & set(told)), now)
    if post is None:
        return deliver(outbox, {EMAIL: transport(1)}, now)
    with mail_server(post) as port:
        return deliver(outbox, {EMAIL: transport(port)}, now)


def transport(port: int) -> Smtp:
    return Smtp(SmtpSettings("127.0.0.1", port, "none", timeout_seconds=0.5))


def test_every_mail_goes_out_once_and_a_second_run_sends_nothing(outbox: Outbox) -> None:
    post = Post()
    letters = letter(notice("1")), letter(notice("2"), to=BUDI)
    assert run(outbox, post, *letters) == Delivery(sent=2, waiting=0)
    assert run(outbox, post, *letters, now=LATER) == Delivery(sent=0, waiting=0)
    assert len(post.received) == 2


def test_a_greylisted_mail_arrives_in_a_later_run(outbox: Outbox) -> None:
    post = Post(mails=["451 4.7.1 Greylisted"])
    assert run(outbox, post, letter()) == Delivery(sent=0, waiting=1)
    assert run(outbox, post, letter()) == Delivery(sent=0, waiting=1), "its pause is not over"
    assert run(outbox, post, letter(), now=LATER) == Delivery(sent=1, waiting=0)


def test_a_refused_recipient_is_named_and_the_others_get_theirs(outbox: Outbox) -> None:
    post = Post(recipients={SRI.way.address: "550 5.1.1 User unknown"})
    first = letter(notice("1"))
    done = run(outbox, post, first, letter(notice("2")), letter(notice("3"), to=BUDI))
    sentence = (
        "Surel kepada Sri Lestari (sri@kantor.go.id) tidak tersampaikan:"
        " server menjawab 550 5.1.1 User unknown."
    )
    assert done == Delivery(sent=1, waiting=0, failed=(sentence, sentence))
    assert run(outbox, post, first, now=LATER).failed == ()


@pytest.mark.parametrize("breaks", [hang_up, stall], ids=["disconnect", "timeout"])
def test_a_connection_lost_before_the_message_costs_nothing(outbox: Outbox, breaks: object) -> None:
    post = Post(before_data=[breaks])
    letters = letter(notice("1")), letter(notice("2"), to=BUDI)
    first = run(outbox, post, *letters)
    assert (first.sent, first.waiting) == (0, 2)
    assert "Pengiriman terhenti" in first.failed[0]
    assert run(outbox, post, *letters, now=LATER) == Delivery(sent=2, waiting=0)
    assert len(post.received) == 2


@pytest.mark.parametrize("breaks", [hang_up, stall], ids=["disconnect", "timeout"])
def test_a_connection_lost_after_the_message_doubles_it_with_the_same_identity(
    outbox: Outbox, breaks: object
) -> None:
    post = Post(mails=[breaks])
    assert run(outbox, post, letter()).waiting == 1
    assert run(outbox, post, letter(), now=LATER) == Delivery(sent=1, waiting=0)
    first, second = post.received
    assert first.content == second.content


def test_a_server_that_is_down_for_an_hour_costs_each_person_one_mail(outbox: Outbox) -> None:
    """Every ten minutes another case becomes Sri's; the server comes back after an hour."""
    notices = [notice(str(place)) for place in range(7)]
    for place in range(6):
        now = NOW + timedelta(minutes=10 * place)
        done = run(outbox, None, letter(*notices[: place + 1]), now=now)
        assert (done.sent, done.waiting) == (0, 1)
        assert "tidak dapat dipakai" in done.failed[0]
    post = Post()
    done = run(outbox, post, letter(*notices), now=NOW + timedelta(hours=1))
    assert done == Delivery(sent=1, waiting=0)
    (message,) = post.messages()
    assert message["Subject"] == "Pengingat: 7 berkas memerlukan perhatian"
    assert "11:00:00" in message["Date"]


def test_a_run_that_takes_too_long_leaves_the_rest_to_the_next(outbox: Outbox) -> None:
    outbox.queue([mail(letter(notice(str(place)))) for place in range(3)], NOW)
    with mail_server(Post()) as port:
        done = deliver(outbox, {EMAIL: transport(port)}, NOW, budget=timedelta(0))
    assert (done.sent, done.waiting) == (1, 2)
    assert "waktunya habis" in done.failed[0]


def test_nobody_logs_in_where_nothing_waits(outbox: Outbox) -> None:
    assert deliver(outbox, {EMAIL: transport(1)}, NOW) == Delivery(sent=0, waiting=0)


HOUR = "550 Domain kantor.go.id has exceeded the max emails per hour (50/50 (100%)) allowed"
BARE = "550 Ditolak"


@pytest.mark.parametrize(
    "answer",
    [HOUR, "550 relay not permitted", "550 5.1.8 bad outbound sender", "554 message refused", BARE],
)
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_mail_refused_for_everybody_waits_is_told_of_and_goes_out_later(
    outbox: Outbox, answer: str, command: str
) -> None:
    letters = letter(notice("1")), letter(notice("2"), to=BUDI)
    everybody = dict.fromkeys([SRI.way.address, BUDI.way.address], answer)
    post = {
        "MAIL": Post(sender=answer),
        "RCPT": Post(recipients=everybody),
        "DATA": Post(mails=[answer] * 2),
    }[command]
    done = run(outbox, post, *letters)
    assert (done.sent, done.waiting) == (0, 2)
    assert any("bukan karena penerimanya" in each and answer in each for each in done.failed)
    assert not any("tidak tersampaikan" in each for each in done.failed)
    assert outbox.told().failures == ()
    assert run(outbox, Post(), *letters, now=LATER) == Delivery(sent=2, waiting=0)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_who_is_refused_while_others_are_taken_is_given_up_wherever_in_the_run(
    outbox: Outbox, place: int
) -> None:
    letters = [letter(notice("2"), to=BUDI), letter(notice("3"), to=BUDI)]
    letters.insert(place, letter(notice("1")))
    done = run(outbox, Post(recipients={SRI.way.address: BARE}), *letters)
    assert (done.sent, done.waiting) == (2, 0)
    (sentence,) = done.failed
    assert sentence.startswith("Surel kepada Sri Lestari (sri@kantor.go.id) tidak tersampaikan:")
    assert [str(each.way) for each in outbox.told().failures] == [SRI.way.address]


def test_one_who_is_refused_alone_is_given_up_once_another_is_taken(outbox: Outbox) -> None:
    post = Post(recipients={SRI.way.address: BARE})
    assert run(outbox, post, letter(notice("1"))).waiting == 1
    both = letter(notice("1")), letter(notice("2"), to=BUDI)
    done = run(outbox, post, *both, now=LATER)
    assert (done.sent, done.waiting) == (1, 0)
    assert "tidak tersampaikan" in done.failed[0]


def test_an_hourly_limit_reached_in_mid_run_blames_nobody_and_ends_the_run(outbox: Outbox) -> None:
    letters = [letter(notice(str(place)), to=BUDI) for place in range(9)]
    post = Post(mails=["250 OK", HOUR])
    done = run(outbox, post, *letters)
    assert (done.sent, done.waiting) == (1, 8)
    assert len(post.received) == 1
    assert len(post.offered) == 2
    assert outbox.told().failures == ()


def test_a_server_that_refuses_the_office_is_not_offered_everything(outbox: Outbox) -> None:
    letters = [letter(notice(str(place)), to=BUDI) for place in range(9)]
    post = Post(mails=["554 message refused"] * 9)
    done = run(outbox, post, *letters)
    assert (done.sent, done.waiting, len(post.offered)) == (0, 9, 3)
    assert "3 surel berturut-turut ditolak" in done.failed[-1]


def test_an_address_that_may_not_be_relayed_to_stops_nobody_else(outbox: Outbox) -> None:
    letters = letter(notice("1")), letter(notice("2"), to=BUDI)
    done = run(outbox, Post(recipients={SRI.way.address: "550 relay not permitted"}), *letters)
    assert (done.sent, done.waiting) == (1, 1)
    assert "Surel ditunda" in done.failed[0]


def test_two_refusals_between_mails_that_are_taken_end_no_run(outbox: Outbox) -> None:
    letters = [letter(notice(str(place)), to=BUDI) for place in range(9)]
    post = Post(mails=["250 OK", "554 message refused", "554 message refused"] * 3)
    done = run(outbox, post, *letters)
    assert (done.sent, len(post.offered)) == (3, 9)
    assert not any("berturut-turut" in sentence for sentence in done.failed)
