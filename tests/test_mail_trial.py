"""`mail --test` sends one mail and says what the server said."""

from pathlib import Path

import pytest

from automation.mail.email import Email
from automation.mail.folder import Folder
from automation.mail.login import SmtpSettings
from automation.mail.smtp import Smtp
from automation.mail.transport import TransportError
from automation.mail.trial import send_test
from tests.mail_letters import NOW, OFFICE
from tests.mail_server import Post, hang_up, mail_server

ADDRESS = "it@kantor.go.id"


def tried(post: Post) -> str:
    with mail_server(post) as port:
        smtp = Smtp(SmtpSettings("localhost", port, "none", timeout_seconds=0.5))
        return send_test(ADDRESS, Email(smtp), OFFICE, NOW)


def test_the_server_s_words_are_said() -> None:
    assert tried(Post(mails=["250 2.0.0 Ok: queued as 4F1"])) == (
        "Surel uji kepada it@kantor.go.id terkirim; server menjawab 250 2.0.0 Ok: queued as 4F1."
    )
    with pytest.raises(TransportError, match="tidak diterima: server menjawab 550"):
        tried(Post(recipients={ADDRESS: "550 5.1.1 Unknown"}))
    with pytest.raises(TransportError, match="belum pasti terkirim: sambungan terputus"):
        tried(Post(mails=[hang_up]))


def test_an_address_that_may_not_be_written_to_gets_no_test_either(tmp_path: Path) -> None:
    email = Email(folder := Folder(tmp_path / "surel"), ["kantor.go.id"])
    for address, said in [
        ("it@kantor.go.id\nBcc: x@y.id", "bukan satu alamat"),
        ("it@lain.id", "allowed_domains"),
    ]:
        with pytest.raises(TransportError, match=said):
            send_test(address, email, OFFICE, NOW)
    assert not folder.path.exists()
    assert "terkirim." in send_test(ADDRESS, email, OFFICE, NOW)
