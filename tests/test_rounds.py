"""What a run leaves behind it: its pulse, news for the IT contact, a sign for who watches."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from automation import tasks
from automation.core.edges import EdgeError
from automation.doctor import examine
from automation.installation import Installation
from automation.unattended import heartbeat, rounds
from automation.unattended.rounds import make_round
from automation.unattended.stopping import Stop
from automation.unattended.watching import OfficeJobs
from tests.mail_server import Post, hang_up, mail_server
from tests.offices import NOW, at
from tests.test_beacon import SECRET, Listener
from tests.watched_office import WatchedOffice

CONTACT = "it@kantor.go.id"
EVENING = at("23/11 20.00")


@pytest.fixture
def office(tmp_path: Path) -> WatchedOffice:
    return WatchedOffice(tmp_path)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def mailed(tmp_path: Path, post: Post) -> Iterator[WatchedOffice]:
    """An office with a mail server, and an IT contact."""
    with mail_server(post) as port:
        yield WatchedOffice(
            tmp_path,
            f"""
            [mail]
            kind = "smtp"
            sender = "pengingat@kantor.go.id"
            allowed_domains = ["kantor.go.id"]
            host = "localhost"
            port = {port}
            security = "none"
            [watch]
            it_contact = "{CONTACT}"
            """,
        )


def runs(office: WatchedOffice, *moments: datetime) -> None:
    for now in moments:
        with office.at(now) as installation, installation.alone():
            try:
                make_round(installation, lambda stage: None)
            except EdgeError:
                continue  # as it is meant to in some tests; what it left behind is looked at


def minutes(*after: int) -> list[datetime]:
    return [NOW + timedelta(minutes=each) for each in after]


def news(post: Post) -> list[str]:
    return [message["Subject"] for message in post.messages() if CONTACT in message["To"]]


def test_a_run_leaves_when_it_was_how_long_it_took_and_what_came_of_it(
    office: WatchedOffice,
) -> None:
    runs(office, NOW)
    kept = json.loads((office.state / "heartbeat.json").read_text())
    assert kept["last"]["at"] == "2026-11-23T10:00:00"
    assert kept["last"]["fault"] == ""
    assert kept["good"] == "2026-11-23T10:00:00"


def test_a_played_run_leaves_nothing(office: WatchedOffice) -> None:
    installation = office.installation(NOW)
    with installation.alone():
        make_round(installation, lambda stage: None)
    assert not (office.state / "heartbeat.json").exists()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"failed": "?"}', '{"last": {}}', '{"good": "2026-11-23T10:00:00Z"}'],
)
def test_a_heartbeat_that_cannot_be_read_counts_as_lost(
    office: WatchedOffice, content: str
) -> None:
    office.state.mkdir()
    (office.state / "heartbeat.json").write_text(content)
    runs(office, NOW)
    assert heartbeat.pulse(office.state).good == NOW


def test_a_lasting_fault_is_mailed_once_and_its_end_once_over_restarts(
    mailed: WatchedOffice, post: Post
) -> None:
    """Each run is a new program: only the state folder remembers."""
    aside = mailed.register.with_name("disimpan.xlsx")
    runs(mailed, NOW)
    mailed.register.rename(aside)
    runs(mailed, *minutes(5, 10))
    assert news(post) == []
    runs(mailed, *minutes(15, 20, 25))
    assert news(post) == ["Pengingat SOP tidak berjalan baik sejak 23/11/2026 10.05 WIB"]
    aside.rename(mailed.register)
    runs(mailed, *minutes(30, 35, 40, 45, 50))
    assert news(post)[1:] == ["Pengingat SOP berjalan kembali"]


def test_the_mail_says_what_is_wrong_and_nobody_s_address(
    mailed: WatchedOffice, post: Post
) -> None:
    written = mailed.file.read_text("utf-8")
    mailed.configure(f'{written}\n[workbook]\nregister = "budi@kantor.go.id"')
    runs(mailed, *minutes(0, 5, 10))
    (message,) = post.messages()
    body = message.get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    assert "gagal tiga kali berturut-turut, sejak Senin, 23 November 2026, pukul 10.00 WIB" in text
    assert "Buku register tidak ditemukan di alamat surel" in text
    assert text.count("budi@kantor.go.id") == 1  # in where the register lies, as in every mail


def test_an_alarm_that_the_server_does_not_take_is_sent_after_the_next_run(
    mailed: WatchedOffice, post: Post
) -> None:
    mailed.register.unlink()
    post.mails = [hang_up, "451 4.3.0 coba lagi"]
    runs(mailed, *minutes(0, 5, 10, 15))
    assert len(post.offered) == 2
    runs(mailed, *minutes(20, 25))
    assert len(post.offered) == 3
    assert set(news(post)) == {"Pengingat SOP tidak berjalan baik sejak 23/11/2026 10.00 WIB"}
    assert len(set(post.identities())) == 1


def test_a_folder_that_cannot_be_written_is_told_as_well_and_once(
    mailed: WatchedOffice, post: Post
) -> None:
    """Where a disk is full, only the process itself can remember that it has told of it."""
    runs(mailed, NOW)
    mailed.register.unlink()
    (mailed.state / "heartbeat.json").unlink()
    (mailed.state / "heartbeat.json").mkdir()
    with mailed.at(NOW) as installation:
        for _ in range(6):
            with installation.alone(), pytest.raises(EdgeError):
                make_round(installation, lambda stage: None)
    assert len(news(post)) == 1


def test_an_alarm_that_cannot_be_written_spoils_no_run(
    mailed: WatchedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise KeyError("Budi Santoso")

    aside = mailed.register.with_name("disimpan.xlsx")
    mailed.register.rename(aside)
    runs(mailed, *minutes(0, 5, 10))
    aside.rename(mailed.register)
    monkeypatch.setattr(rounds, "send_news", fail)
    runs(mailed, *minutes(15, 20, 25))
    assert heartbeat.pulse(mailed.state).good == NOW + timedelta(minutes=25)


def test_out_of_hours_nobody_is_alarmed(mailed: WatchedOffice, post: Post) -> None:
    mailed.register.unlink()
    runs(mailed, *(EVENING + timedelta(minutes=5 * place) for place in range(6)))
    assert post.messages() == []


def test_a_clock_that_cannot_be_true_mails_nobody_about_that_either(
    mailed: WatchedOffice, post: Post
) -> None:
    runs(mailed, NOW)
    before = len(post.messages())
    runs(mailed, *(each + timedelta(days=364) for each in minutes(0, 5, 10, 15)))
    assert len(post.messages()) == before
    assert heartbeat.pulse(mailed.state).good == NOW


def test_each_good_and_each_failed_run_is_told_to_who_watches(office: WatchedOffice) -> None:
    listener = Listener()
    with listener.open() as address:
        office.configure(f'[watch]\nping = "{address}"')
        with office.at(NOW) as installation:
            with installation.alone():
                make_round(installation, lambda stage: None)
            office.register.unlink()
            with installation.alone(), pytest.raises(EdgeError):
                make_round(installation, lambda stage: None)
        installation.beacon.settle(30)
    base = f"/ping/{SECRET}"
    assert listener.asked == [f"{base}/start", base, f"{base}/start", f"{base}/fail"]


def test_a_look_out_of_hours_is_a_sign_of_life_as_well(office: WatchedOffice) -> None:
    """So that whoever watches need not know when the office works."""
    listener = Listener()
    with listener.open() as address:
        office.configure(f'[watch]\nping = "{address}"')
        with office.at(EVENING) as installation:
            OfficeJobs(installation, Stop()).look()
            office.register.unlink()
            with pytest.raises(EdgeError):
                OfficeJobs(installation, Stop()).look()
        installation.beacon.settle(30)
    assert listener.asked == [f"/ping/{SECRET}"]


def test_the_head_is_told_while_mail_does_not_go_out(office: WatchedOffice) -> None:
    with office.at(NOW) as installation, installation.alone():
        (office.folder / "outbox").write_text("in the way")
        make_round(installation, lambda stage: None)
    told = [cell for row in office.tab("Ringkasan") for cell in row if "Surel:" in str(cell)]
    assert told == [
        "● Surel: pengiriman terakhir tidak berhasil seluruhnya, 2 masih menunggu; "
        "hubungi petugas TI."
    ]
    (office.folder / "outbox").unlink()
    runs(office, NOW + timedelta(minutes=5))
    assert not any("Surel:" in str(cell) for row in office.tab("Ringkasan") for cell in row)


def putaran(installation: Installation) -> tuple[bool, str]:
    (check,) = (each for each in examine(installation) if each.subject == "Putaran")
    return check.healthy, check.sentence


def test_doctor_says_when_the_last_good_run_was_and_whether_one_is_missing(
    office: WatchedOffice,
) -> None:
    with office.at(NOW) as installation:
        assert putaran(installation) == (True, "Belum pernah berjalan.")
    runs(office, NOW)
    with office.at(at("23/11 10.59")) as installation:
        healthy, said = putaran(installation)
        assert healthy
        assert said.startswith("Putaran terakhir: 23/11/2026 10.00, ")
    with office.at(at("23/11 11.01")) as installation:
        healthy, said = putaran(installation)
        assert not healthy
        assert said.endswith(f"baca catatan.log di {office.state}.")


def test_doctor_knows_of_a_closure_that_staff_have_entered(office: WatchedOffice) -> None:
    runs(office, at("23/11 15.30"))
    tuesday = at("24/11 00.00")
    with office.at(at("24/11 09.00")) as installation:
        assert not putaran(installation)[0]
        office.write([], closures=[{"Mulai": tuesday, "Selesai": tuesday, "Keterangan": "Rapat"}])
        assert putaran(installation)[0]


def test_status_tells_of_the_last_run(
    office: WatchedOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    runs(office, NOW)
    with office.at(NOW) as installation:
        tasks.status(installation, as_json=False, explain=None, only_open=False)
        assert "Putaran terakhir: 23/11/2026 10.00, " in capsys.readouterr().out
        tasks.status(installation, as_json=True, explain=None, only_open=False)
        assert set(json.loads(capsys.readouterr().out)) == {"now", "sop", "cases", "summary"}


def test_a_run_by_hand_is_logged_without_personal_data(
    office: WatchedOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    with office.at(NOW) as installation:
        assert tasks.run_once(installation, verbose=True)
        office.register.unlink()
        with pytest.raises(EdgeError):
            tasks.run_once(installation)
    assert "1 berkas: 1 terbuka" in office.log
    assert "Menerbitkan ringkasan" in office.log
    assert "GALAT" in office.log.splitlines()[-1]
    assert "Pemohon" not in office.log
    assert "@" not in office.log
