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


def test_a_message_is_refused_for_the_moment_or_for_good() -> None:
    for answer, permanent in [
        ("451 4.7.1 Greylisted", False),
        ("552 5.3.4 Too big", True),
        ("550 5.7.1 Relaying denied", False),
        ("550 5.4.5 Daily sending limit", False),
    ]:
        outcome = send(Post(mails=[answer]))
        assert isinstance(outcome, Answered)
        assert outcome.refused[SRI].permanent is permanent
        assert outcome.refused[SRI].reason == f"server menjawab {answer}"
        assert not outcome.stop


def test_one_of_several_recipients_is_refused_and_the_other_gets_the_mail() -> None:
    post = Post(recipients={SRI: "550 5.1.1 User unknown"})
    outcome = send(post, [SRI, BUDI])
    assert isinstance(outcome, Answered)
    assert {address: each.permanent for address, each in outcome.refused.items()} == {SRI: True}
    assert [each.rcpt_tos for each in post.received] == [[BUDI]]


def test_an_unknown_recipient_alone_means_that_nothing_is_sent() -> None:
    post = Post(recipients={SRI: "550 5.1.1 User unknown"})
    outcome = send(post)
    assert isinstance(outcome, Answered)
    assert outcome.refused[SRI].permanent
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
        assert {each.permanent for each in outcome.refused.values()} == {False}
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
