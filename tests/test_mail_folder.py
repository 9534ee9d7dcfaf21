"""Mail as files in a folder, for offices without a mail server and for looking before sending."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from automation.core.words.ways import EMAIL, Way
from automation.mail.compose import compose
from automation.mail.deliver import deliver
from automation.mail.folder import Folder
from automation.mail.mailbox import composed
from automation.mail.outbox import Outbox
from automation.mail.preview import write_preview
from automation.mail.transport import Answered, TransportError
from tests.mail_letters import BUDI, NOW, OFFICE, SRI, WAYS, letter, mail, notice


def test_each_mail_is_a_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    with Outbox(tmp_path) as outbox:
        outbox.queue([mail(letter()), mail(letter(to=BUDI))], NOW)
        assert deliver(outbox, {EMAIL: Folder(tmp_path / "surel")}, NOW).sent == 2
    files = sorted((tmp_path / "surel").iterdir())
    messages = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    assert {message["To"].addresses[0].addr_spec for message in messages} == {
        SRI.way.address,
        BUDI.way.address,
    }


def test_a_file_is_named_by_time_and_identity_and_a_resend_replaces_it(tmp_path: Path) -> None:
    message = compose(letter(notice("../../etc/passwd")), OFFICE, NOW).as_bytes()
    with Folder(tmp_path) as folder:
        for _ in range(2):
            assert folder.send(message, OFFICE.sender, [SRI.way.address]) == Answered()
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("2026-11-23-10.00.00-sri-")
    assert file.suffix == ".eml"


def test_a_folder_that_cannot_be_written_defers_the_mail_and_stops(tmp_path: Path) -> None:
    message = compose(letter(), OFFICE, NOW).as_bytes()
    with Folder(tmp_path / "surel") as folder:
        (tmp_path / "surel").rmdir()
        outcome = folder.send(message, OFFICE.sender, [SRI.way.address])
    assert isinstance(outcome, Answered)
    assert outcome.refused[SRI.way.address].fault == "moment"
    assert "tidak dapat ditulisi" in outcome.stop
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    with pytest.raises(TransportError, match="tidak dapat dibuat"):
        Folder(tmp_path / "berkas").__enter__()


def test_a_preview_writes_what_would_go_out_and_remembers_nothing(tmp_path: Path) -> None:
    pages = write_preview(composed([letter(), letter(to=BUDI)], WAYS, OFFICE, NOW)[0], tmp_path)
    assert [page.suffix for page in pages] == [".html", ".html"]
    assert "Sri Lestari" in pages[0].read_text(encoding="utf-8")
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".eml", ".eml", ".html", ".html"]


@pytest.mark.parametrize(
    ("address", "told"),
    [("Sri.Lestari@kantor.go.id", "sri-lestari"), ("a+/b_c@kantor.go.id", "a-b-c")],
)
def test_a_file_is_named_by_whom_it_is_to_in_plain_letters(
    address: str, told: str, tmp_path: Path
) -> None:
    message = compose(letter(to=replace(SRI, way=Way(EMAIL, address))), OFFICE, NOW).as_bytes()
    with Folder(tmp_path) as folder:
        folder.write(message)
    (file,) = tmp_path.iterdir()
    assert re.fullmatch(rf"2026-11-23-10\.00\.00-{told}-[0-9a-f]{{8}}\.eml", file.name)
