"""`watch` over hours of an office: what it does by itself, and what it lets others do."""

import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import automation
from automation import tasks
from automation.core.edges import EdgeError
from automation.installation import BusyError, Installation
from automation.unattended import watching
from automation.unattended.journal import journal
from automation.unattended.reloading import read_anew
from automation.unattended.stopping import Stop, Stopped
from automation.unattended.successor import successor, until_replaced
from automation.unattended.watching import OfficeJobs, Watch
from tests.mail_server import Post, mail_server
from tests.offices import NOW, ROOT, at
from tests.watched_office import JAKARTA, WatchedOffice, clock_at, program_on_disk

MINUTE = timedelta(minutes=1)


class Watched(WatchedOffice):
    """With a `watch` that was started at NOW."""

    def __init__(self, folder: Path, settings: str = "") -> None:
        super().__init__(folder, settings)
        self.state.mkdir(exist_ok=True)
        with self.at(NOW) as installation:
            self.watch = Watch(installation, Stop())

    def go(self, *moments: datetime) -> "Watched":
        """What the watch does at these moments."""
        for now in moments:
            with clock_at(now), journal(self.state, JAKARTA, verbose=False, aloud=False):
                self.watch.tick()
        return self

    def runs(self) -> int:
        return self.log.count("berkas:")


@pytest.fixture
def office(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_a_day_goes_by_itself(office: Watched) -> None:
    office.go(*(NOW + place * MINUTE for place in range(11)))
    assert office.runs() == 3
    office.go(at("23/11 16.00"), at("23/11 16.30"), at("23/11 17.00"))
    assert office.log.count("putaran berikutnya Selasa, 24 November 2026, pukul 07.30") == 2
    office.go(at("24/11 07.29"), at("24/11 07.30"))
    assert office.runs() == 4


def test_the_morning_letters_go_out_with_the_first_run_of_the_day(office: Watched) -> None:
    office.go(at("24/11 07.29"))
    assert office.mails == []
    office.go(at("24/11 07.30"))
    letters = office.mails
    assert letters
    assert office.go(at("24/11 07.35")).mails == letters


def test_the_month_that_is_over_is_archived_once_over_restarts(
    office: Watched, tmp_path: Path
) -> None:
    opening = at("01/12 07.30")
    office.go(at("30/11 10.00"))
    before = set((tmp_path / "arsip").rglob("*"))
    office.go(opening)
    made = set((tmp_path / "arsip").rglob("*")) - before
    assert any("2026-11" in file.name for file in made)
    assert "Laporan November 2026 ditulis" in office.log
    again = Watched(tmp_path).go(opening + 5 * MINUTE)
    assert again.log.count("Laporan November 2026 ditulis") == 1


def test_an_archive_that_cannot_be_made_leaves_the_runs_alone(
    office: Watched, tmp_path: Path
) -> None:
    (tmp_path / "arsip").write_text("in the way")
    office.go(NOW, NOW + 5 * MINUTE)
    assert office.log.count("Arsip bulanan gagal") == 1
    assert office.runs() == 2


def test_a_register_that_cannot_be_read_is_logged_and_the_next_run_comes(office: Watched) -> None:
    office.register.rename(office.folder / "disimpan.xlsx")
    office.go(NOW)
    (office.folder / "disimpan.xlsx").rename(office.register)
    office.go(NOW + 5 * MINUTE)
    assert "Putaran ini gagal dan akan dicoba lagi: Buku register tidak ditemukan" in office.log
    assert office.runs() == 1


def test_settings_are_read_anew_when_they_change(office: Watched) -> None:
    office.go(NOW)
    office.configure("[watch]\nevery_minutes = 2")
    office.go(NOW + MINUTE, NOW + MINUTE)
    assert "Pengaturan dan skema telah berubah dan dibaca kembali." in office.log
    office.go(NOW + 2 * MINUTE, NOW + 3 * MINUTE, NOW + 4 * MINUTE)
    assert office.runs() == 3


def test_the_schema_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    """The hours of the office begin at 10.30 from now on."""
    own = tmp_path / "skema"
    own.mkdir()
    for name in ("sop", "working_hours"):
        text = (ROOT / f"sheets_schema/{name}.toml").read_text("utf-8")
        (own / f"{name}.toml").write_text(text, "utf-8")
    office = Watched(tmp_path, '[office]\nschema = "skema"').go(NOW)
    assert office.runs() == 1
    hours = (own / "working_hours.toml").read_text("utf-8")
    (own / "working_hours.toml").write_text(hours.replace("07.30-12.00", "10.30-12.00"), "utf-8")
    office.go(NOW + MINUTE, NOW + MINUTE, NOW + 5 * MINUTE, at("23/11 10.29"))
    assert office.runs() == 1
    assert office.go(at("23/11 10.30")).runs() == 2


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("[watch]\nevery_minutes = 0", "paling sedikit 1"),
        ("[watch", "bukan TOML yang sah"),
        ('[office]\nstate = "lain"', "[office] state baru berlaku"),
        ('[office]\nschema = "tidak ada"', "sop.toml"),
    ],
)
def test_a_broken_edit_is_reported_and_the_old_settings_stay_in_force(
    office: Watched, broken: str, said: str
) -> None:
    office.go(NOW)
    office.configure(broken)
    office.go(NOW + MINUTE, NOW + MINUTE, NOW + 2 * MINUTE, NOW + 5 * MINUTE)
    assert office.log.count("Perubahan tidak dipakai, yang lama tetap berlaku") == 1
    assert said in office.log
    assert office.runs() == 2
    office.configure("")
    office.go(NOW + 6 * MINUTE, NOW + 6 * MINUTE)
    assert "dibaca kembali" in office.log


def test_a_settings_file_that_is_gone_leaves_the_old_ones_in_force(office: Watched) -> None:
    office.file.unlink()
    office.go(NOW, NOW, NOW + 5 * MINUTE)
    assert "tidak ditemukan" in office.log
    assert office.runs() == 2


def test_a_file_that_is_half_written_is_waited_for(office: Watched) -> None:
    """An editor empties it and then writes it; empty, all settings would be the defaults."""
    office.go(NOW)
    office.configure("")
    office.go(NOW + MINUTE)
    office.configure("[watch]\nevery_minutes = 3")
    office.go(NOW + MINUTE)
    assert "dibaca kembali" not in office.log
    office.go(NOW + MINUTE, NOW + MINUTE)
    assert office.log.count("dibaca kembali") == 1


def test_an_edit_that_is_saved_while_the_last_is_read_is_not_lost(
    office: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_and_save(*given: Any) -> Installation:
        read = read_anew(*given)
        office.configure("[watch]\nevery_minutes = 3")
        return read

    office.go(NOW)
    office.configure("[watch]\nevery_minutes = 2")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(watching, "read_anew", read_and_save)
        office.go(NOW + MINUTE, NOW + MINUTE)
    office.go(NOW + MINUTE, NOW + MINUTE)
    assert office.log.count("dibaca kembali") == 2


def test_a_fault_in_reading_the_settings_ends_no_watch(
    office: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise KeyError("Budi Santoso")

    monkeypatch.setattr(watching, "read_anew", fail)
    office.configure("[watch]\nevery_minutes = 2")
    office.go(NOW, NOW, NOW + 5 * MINUTE)
    assert office.runs() == 2
    assert "Kesalahan di dalam program (KeyError" in office.log
    assert "Budi" not in office.log


def test_the_contact_hears_of_a_broken_edit_once(tmp_path: Path) -> None:
    with mail_server(post := Post()) as port:
        settings = (
            f'[mail]\nkind = "smtp"\nsender = "p@kantor.go.id"\nallowed_domains = ["kantor.go.id"]\n'
            f'host = "localhost"\nport = {port}\nsecurity = "none"\n[watch]\nit_contact = "it@kantor.go.id"\n'
        )
        office = Watched(tmp_path, settings).go(NOW)
        for wrong in ("every_minutes = 0", "every_minutes = -1"):
            office.configure(settings + wrong)
            office.go(NOW + MINUTE, NOW + MINUTE, NOW + MINUTE)
    (message,) = post.messages()
    assert message["Subject"] == "Pengaturan pengingat SOP yang baru tidak dapat dipakai"
    body = message.get_body(("plain",))
    assert body is not None
    assert "paling sedikit 1" in " ".join(body.get_content().split())


def test_a_run_by_hand_meanwhile_waits_for_its_turn(office: Watched) -> None:
    """The lock is let go while it waits."""
    order = []

    def by_hand() -> None:
        tasks.run_once(office.installation(NOW))
        order.append("by hand")

    waiting = threading.Thread(target=by_hand)
    with office.installation(NOW).alone():
        waiting.start()
        waiting.join(0.3)
        order.append("watch")
    waiting.join()
    assert order == ["watch", "by hand"]


def test_a_run_by_hand_that_waits_in_vain_says_so_in_one_sentence(
    office: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PATIENCE", 0.1)
    with office.installation().alone(), pytest.raises(BusyError, match="Program lain") as refused:
        tasks.run_once(office.installation())
    assert len(str(refused.value).splitlines()) == 1


def test_a_watch_waits_for_a_run_by_hand_and_makes_its_own_behind_it(office: Watched) -> None:
    with office.installation().alone():
        office.go(NOW, NOW)
    assert office.mails == []
    assert office.go(NOW, NOW).runs() == 1


def test_a_second_watch_is_refused_and_a_run_is_not(office: Watched) -> None:
    with office.installation().watched():
        with pytest.raises(EdgeError, match="`watch` sudah berjalan"):
            tasks.watch(office.installation(), verbose=False)
        with office.at(NOW) as installation:
            assert tasks.run_once(installation)


def test_the_end_comes_between_two_steps_of_a_run(office: Watched) -> None:
    """It is asked for while the register is read: nothing is sent, and no run counts as failed."""
    stop = Stop()
    with office.at(NOW) as installation:
        jobs = OfficeJobs(installation, stop)
        stop.asked = True
        with pytest.raises(Stopped):
            jobs.run()
    assert office.mails == []
    assert not (office.state / "heartbeat.json").exists()


def test_a_watch_whose_program_was_replaced_ends_and_is_to_be_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an error: that is how systemd, which is told `on-failure`, knows."""
    office = WatchedOffice(tmp_path)
    monkeypatch.setattr(automation, "VERSION", "2.0.0")
    program_on_disk(tmp_path, 'VERSION = "2.1.0"  # and why\n', monkeypatch)
    with office.at(NOW) as installation, pytest.raises(EdgeError) as ended:
        tasks.watch(installation, verbose=False)
    sentence = (
        "Program versi 2.1.0 telah dipasang; `watch` dari versi 2.0.0 berhenti. Layanan memulainya "
        "lagi; tanpa layanan, jalankan `watch` lagi."
    )
    assert str(ended.value) == sentence
    assert sentence in office.log


@pytest.mark.parametrize("told", [True, False])
def test_a_run_that_is_left_between_two_steps_ends_as_the_watch_does(
    told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program_on_disk(tmp_path, 'VERSION = "0.0.1"\n' if told else "", monkeypatch)
    stop = Stop()
    with pytest.raises(EdgeError if told else Stopped), until_replaced(stop):
        while told and not stop.asked:
            time.sleep(0.001)
        raise Stopped


@pytest.mark.parametrize("content", ["", "VERSION = ", 'VERSION = "2.0.0"\n', "VERSION = 2.1.0"])
def test_a_program_that_is_half_written_or_the_same_is_no_other(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automation, "VERSION", "2.0.0")
    program_on_disk(tmp_path, content, monkeypatch)
    assert successor() == ""
    (tmp_path / "__init__.py").unlink()
    assert successor() == ""


def test_the_version_is_found_in_the_program_s_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk = automation.VERSION
    monkeypatch.setattr(automation, "VERSION", "0.0.1")
    assert successor() == on_disk
