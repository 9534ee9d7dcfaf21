"""Mail to a real SMTP server: what it answers, and what is made of each answer."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from automation.mail.login import SmtpSettings
from automation.mail.smtp import Smtp
from automation.mail.transport import Answered, Lost, Outcome, TransportError
from tests.mail_server import AUTHORITY, PASSWORD, USER, Post, hang_up, mail_server, stall

# aiosmtpd says so of every login over implicit TLS
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

SRI, BUDI = "sri@kantor.go.id", "budi@kantor.go.id"
MESSAGE = b"Message-ID: <1@kantor.go.id>\r\nSubject: Pengingat\r\n\r\n.Isi\r\n"


@pytest.fixture
def login(tmp_path: Path) -> SmtpSettings:
    """How to log in; the port is still to be filled in."""
    AUTHORITY.cert_pem.write_to_path(tmp_path / "ca.pem")
    (tmp_path / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    return SmtpSettings(
        host="localhost",
        port=0,
        security="starttls",
        user=USER,
        password_file=tmp_path / "password",
        ca_file=tmp_path / "ca.pem",
        timeout_seconds=0.5,
    )


def send(post: Post, recipients: Sequence[str] = (SRI,)) -> Outcome:
    """One mail to a server without TLS or login."""
    with (
        mail_server(post) as port,
        Smtp(SmtpSettings("localhost", port, "none", timeout_seconds=0.5)) as smtp,
    ):
        return smtp.send(MESSAGE, USER, recipients)


def refusal_to_connect(settings: SmtpSettings) -> str:
    with pytest.raises(TransportError) as caught, Smtp(settings):
        pass
    return str(caught.value)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_is_accepted_after_an_encrypted_login(security: str, login: SmtpSettings) -> None:
    post = Post()
    with mail_server(post, security=security, login=True) as port:
        settings = replace(login, port=port, security=security)
        with Smtp(settings) as smtp:
            outcome = smtp.send(MESSAGE, USER, [SRI])
    assert outcome == Answered(said="250 2.0.0 OK diterima")
    assert [each.content for each in post.received] == [MESSAGE]
    assert (post.received[0].mail_from, post.received[0].rcpt_tos) == (USER, [SRI])


def refused_at(command: str, answer: str) -> Answered:
    """What is made of `answer` to MAIL, RCPT or DATA, for a mail to one person."""
    posts = {
        "MAIL": Post(sender=answer),
        "RCPT": Post(recipients={SRI: answer}),
        "DATA": Post(mails=[answer]),
    }
    outcome = send(posts[command])
    assert isinstance(outcome, Answered)
    return outcome


@pytest.mark.parametrize(
    ("command", "answer", "fault"),
    [
        ("RCPT", "550 5.1.1 The email account that you tried to reach does not exist", "recipient"),
        ("RCPT", "550 5.1.2 Bad destination system", "recipient"),
        ("RCPT", "501 5.1.3 Bad recipient address syntax", "recipient"),
        ("RCPT", "556 5.1.10 Domain does not accept mail", "recipient"),
        ("RCPT", "556 Domain does not accept mail", "recipient"),
        ("RCPT", "550 5.2.1 The account that you tried to reach is disabled", "recipient"),
        ("RCPT", "552 5.2.2 Over quota", "recipient"),
        ("DATA", "550 5.1.1 User unknown", "recipient"),
        ("RCPT", "550 No such user here", "recipient"),
        ("RCPT", "550 User unknown", "recipient"),
        ("RCPT", "511 sorry, no mailbox here by that name (#5.1.1 - chkuser)", "recipient"),
        ("RCPT", "552 Mailbox is full", "recipient"),
        ("RCPT", "452 4.2.2 Over quota", "full"),
        ("RCPT", "550 5.4.1 Recipient address rejected: Access denied", "doubtful"),
        ("RCPT", "550 Ditolak", "doubtful"),
        ("RCPT", "550 Requested action not taken: mailbox unavailable", "doubtful"),
        ("RCPT", "550 5.1.0 Address rejected", "doubtful"),
        ("RCPT", "550 Domain kantor.id has exceeded the max emails per hour (50/50)", "limit"),
        ("DATA", "550 5.4.5 Daily user sending limit exceeded", "limit"),
        ("MAIL", "450 4.7.1 Error: too much mail from 10.0.0.1, rate limit", "limit"),
        ("RCPT", "550 relay not permitted", "office"),
        ("RCPT", "553 sorry, that domain is not in my rcpthosts (#5.7.1)", "office"),
        ("RCPT", "550 5.1.8 Access denied, bad outbound sender", "office"),
        ("RCPT", "550 5.1.0 <a@b.id>: Sender address rejected: User unknown in table", "office"),
        ("RCPT", "550 5.1.1 <a@b.id>: Sender address rejected: User unknown", "office"),
        ("RCPT", "550 5.7.23 SPF validation failed", "office"),
        ("RCPT", "530 5.7.0 Authentication required", "office"),
        ("MAIL", "550 5.1.1 User unknown", "office"),
        ("MAIL", "550 Ditolak", "office"),
        ("DATA", "554 message refused", "office"),
        ("DATA", "550 Ditolak", "office"),
        ("DATA", "552 5.3.4 Message size exceeds limit", "office"),
        ("DATA", "554 5.6.0 Content not accepted", "office"),
        ("DATA", "550 5.7.1 Relaying denied", "office"),
        ("DATA", "451 4.7.1 Greylisted", "moment"),
        ("RCPT", "451 Local error", "moment"),
    ],
)
def test_an_answer_is_laid_to_whom_it_speaks_of(command: str, answer: str, fault: str) -> None:
    outcome = refused_at(command, answer)
    assert outcome.refused[SRI].fault == fault
    assert answer in outcome.refused[SRI].reason
    assert bool(outcome.stop) == (fault == "limit" or command == "MAIL")
    assert bool(outcome.refused[SRI].advice) == (fault in ("office", "limit", "doubtful"))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("550 Domain x.id has exceeded the max emails per hour", "batas jumlah surel kantor"),
        ("550 relay not permitted", "tidak mau meneruskan"),
        ("550 5.1.8 bad outbound sender", "alamat pengirim ditolak"),
        ("530 5.7.0 Must log in first", "meminta login"),
        ("530 5.7.57 Client was not identified", "meminta login"),
        ("550 5.7.1 Client was not authenticated", "meminta login"),
        ("530 5.7.0 Must issue a STARTTLS command first", "hanya menerima surel lewat sambungan"),
        ("538 5.7.11 Encryption required for requested mechanism", "sambungan terenkripsi"),
        ("554 message refused", "server menolak surel kantor"),
    ],
)
def test_what_is_ours_to_mend_is_said_in_the_right_words(answer: str, words: str) -> None:
    assert words in refused_at("RCPT", answer).refused[SRI].reason


def test_a_message_that_two_were_to_get_blames_neither_of_them() -> None:
    outcome = send(Post(mails=["550 5.1.1 User unknown"]), [SRI, BUDI])
    assert isinstance(outcome, Answered)
    assert {each.fault for each in outcome.refused.values()} == {"moment"}


def test_one_of_several_recipients_is_refused_and_the_other_gets_the_mail() -> None:
    post = Post(recipients={SRI: "550 5.1.1 User unknown"})
    outcome = send(post, [SRI, BUDI])
    assert isinstance(outcome, Answered)
    assert {address: each.fault for address, each in outcome.refused.items()} == {SRI: "recipient"}
    assert [each.rcpt_tos for each in post.received] == [[BUDI]]


def test_an_unknown_recipient_alone_means_that_nothing_is_sent() -> None:
    post = Post(recipients={SRI: "550 5.1.1 User unknown"})
    outcome = send(post)
    assert isinstance(outcome, Answered)
    assert outcome.refused[SRI].fault == "recipient"
    assert not post.received


@pytest.mark.parametrize("breaks", [hang_up, stall], ids=["disconnect", "timeout"])
def test_a_connection_lost_before_the_message_was_taken_leaves_the_outcome_open(
    breaks: object,
) -> None:
    assert isinstance(send(Post(before_data=[breaks])), Lost)


@pytest.mark.parametrize("breaks", [hang_up, stall], ids=["disconnect", "timeout"])
def test_a_connection_lost_after_the_message_leaves_the_outcome_open(breaks: object) -> None:
    post = Post(mails=[breaks])
    assert isinstance(send(post), Lost)
    assert len(post.received) == 1


def test_a_refused_sender_or_a_closing_server_stops_the_run_and_fails_nobody() -> None:
    for post in [
        Post(sender="550 5.7.1 Not your address"),
        Post(recipients={SRI: "421 4.3.2 Closing"}),
        Post(mails=["421 4.3.2 Closing"]),
    ]:
        outcome = send(post, [SRI, BUDI])
        assert isinstance(outcome, Answered)
        assert outcome.stop
        assert {each.fault for each in outcome.refused.values()} <= {"office", "moment"}
        assert set(outcome.refused) == {SRI, BUDI}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_host_is_refused(security: str, login: SmtpSettings) -> None:
    post = Post()
    with mail_server(post, security=security, login=True, name="lain.go.id") as port:
        said = refusal_to_connect(replace(login, port=port, security=security))
    assert "Sertifikat server surel localhost tidak dapat dipercaya" in said


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_is_refused(
    security: str, login: SmtpSettings
) -> None:
    with mail_server(Post(), security=security, login=True) as port:
        said = refusal_to_connect(replace(login, port=port, security=security, ca_file=None))
    assert "tidak dapat dipercaya" in said


def test_a_server_without_starttls_is_never_spoken_to_in_the_clear(login: SmtpSettings) -> None:
    with mail_server(Post()) as port:
        assert "STARTTLS" in refusal_to_connect(replace(login, port=port))


def test_a_password_is_never_sent_in_the_clear(login: SmtpSettings) -> None:
    with pytest.raises(ValueError, match="tanpa enkripsi"):
        replace(login, security="none")


def test_a_bad_password_is_said_without_repeating_it(login: SmtpSettings, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("kata-sandi-salah", encoding="utf-8")
    with mail_server(Post(), security="starttls", login=True) as port:
        said = refusal_to_connect(replace(login, port=port))
    assert "menolak login pengingat@kantor.go.id" in said
    assert "535" in said
    assert "kata-sandi-salah" not in said


def test_a_server_that_is_not_there_or_not_known_is_said_in_one_sentence() -> None:
    nobody = SmtpSettings("127.0.0.1", 1, "none")
    assert "127.0.0.1:1 tidak dapat dipakai (sambungan ditolak)" in refusal_to_connect(nobody)
    unknown = SmtpSettings("tidak-ada.invalid", 25, "none")
    assert "tidak-ada.invalid tidak ditemukan" in refusal_to_connect(unknown)


def test_a_ca_that_cannot_be_read_is_said(login: SmtpSettings, tmp_path: Path) -> None:
    assert "ca_file" in refusal_to_connect(replace(login, ca_file=tmp_path / "none.pem"))
