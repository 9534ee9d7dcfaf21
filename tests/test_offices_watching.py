"""`watch` for a folder of offices: each at its time, and none at another's cost."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from automation.core.edges import EdgeError
from automation.core.register.clock import Signs
from automation.installation import Installation
from automation.offices import tasks, watching
from automation.unattended import stopping
from automation.unattended import watching as one_office
from automation.unattended.journal import spoken
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.google import GoogleWorkbook
from tests.several_offices import copies, filled_office
from tests.sheets_emulator import Emulator
from tests.watched_office import JAKARTA, program_on_disk
from tests.watched_offices import Clock, Watched, until

MINUTE = timedelta(minutes=1)
NAMES = ("bantul", "kulonprogo", "sleman")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Threads look at it every few hundredths of a second."""
    clock = Clock()
    monkeypatch.setattr(Installation, "now", property(lambda installation: clock.now))
    monkeypatch.setattr(one_office, "LONGEST_NAP", 0.04)
    monkeypatch.setattr(stopping, "NAP", 0.02)
    monkeypatch.setattr(watching, "GAP", timedelta())
    monkeypatch.setattr(watching, "_since_midnight", lambda at: timedelta(hours=10))
    return clock


@pytest.fixture
def offices(tmp_path: Path, clock: Clock) -> Iterator[Watched]:
    found = Watched(tmp_path, *NAMES)
    with spoken(JAKARTA, verbose=False, aloud=False):
        yield found
        found.watches.leave()


def test_each_office_has_its_round_once_in_five_minutes_and_all_at_other_times(
    offices: Watched, clock: Clock
) -> None:
    offices.start()
    for name in ("kulonprogo", "sleman", "bantul", "kulonprogo"):
        before = {each: offices.runs(each) for each in NAMES}
        clock.go(5 * MINUTE / 3)
        until(lambda name=name, before=before: offices.runs(name) > before[name])
        assert {each: offices.runs(each) for each in NAMES} == {**before, name: before[name] + 1}


def test_the_first_rounds_of_many_offices_do_not_all_come_at_once(
    offices: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "GAP", timedelta(hours=1))
    offices.start("kulonprogo", "sleman")
    assert [offices.log(name).count("berkas:") for name in NAMES] == [1, 0, 0]


def test_an_office_that_hangs_keeps_no_other_from_its_rounds(
    offices: Watched, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its register lies on a disk that does not answer."""
    release, read = threading.Event(), ExcelWorkbook.read

    def slow(workbook: ExcelWorkbook) -> object:
        if "sleman" in str(vars(workbook)):
            release.wait(60)
        return read(workbook)

    monkeypatch.setattr(ExcelWorkbook, "read", slow)
    offices.start("sleman")
    others = [name for name in NAMES if name != "sleman"]
    for rounds in (1, 2):
        clock.go(5 * MINUTE)
        until(lambda rounds=rounds: all(offices.runs(name) == rounds for name in others))
    assert offices.runs("sleman") == 0
    release.set()
    until(lambda: offices.runs("sleman"))


def test_broken_settings_leave_the_others_alone_until_they_are_mended(
    offices: Watched, clock: Clock
) -> None:
    offices.configure("sleman", "[office")
    offices.start()
    assert list(offices.watches.faults) == ["sleman"]
    clock.go(5 * MINUTE)
    until(lambda: all(offices.runs(name) for name in NAMES if name != "sleman"))
    offices.configure("sleman")
    offices.ticks()
    until(lambda: offices.runs("sleman") == 1)
    offices.ticks(1)
    assert offices.watches.faults == {}


def test_a_file_that_comes_is_taken_up_and_one_that_goes_is_let_go(
    offices: Watched, clock: Clock
) -> None:
    kept = offices.configure("sleman").rename(offices.folder / "sleman.toml")
    offices.start()
    assert "sleman" not in offices.watches.served
    kept.rename(offices.settings / "sleman.toml")
    (offices.settings / "bantul.toml").unlink()
    time.sleep(0.3)  # in which it notices itself that its file is gone
    offices.ticks()
    assert "sleman" in offices.watches.served
    until(lambda: "Dihentikan." in offices.log("bantul"))
    offices.ticks(1)
    assert "bantul" not in offices.watches.served
    assert "tidak dipakai" not in offices.log("bantul")
    clock.go(5 * MINUTE)
    until(lambda: offices.runs("sleman"))
    assert offices.runs("bantul") == 0


def test_a_file_that_is_being_written_or_replaced_is_waited_for(offices: Watched) -> None:
    offices.start()
    offices.configure("wates", "[offi")
    (offices.settings / "bantul.toml").unlink()
    offices.ticks(1)
    offices.configure("wates", "[office]\n")
    offices.configure("bantul")
    offices.ticks(1)
    assert ("wates" in offices.watches.served, offices.watches.faults) == (False, {})
    offices.ticks(1)
    assert {"bantul", "wates"} <= {*offices.watches.served}


def test_a_changed_file_is_read_anew_by_its_office_alone(offices: Watched, clock: Clock) -> None:
    offices.start()
    offices.configure("bantul", "[watch]\nevery_minutes = 1")
    until(lambda: "dibaca kembali" in offices.log("bantul"))
    assert "dibaca kembali" not in offices.log("sleman")
    for rounds in (1, 2):
        clock.go(MINUTE)
        until(lambda rounds=rounds: offices.runs("bantul") == rounds)


@pytest.mark.parametrize("text", ['[mail]\nfolder = "kantor/sleman/outbox"', "[office"])
def test_a_change_that_cannot_be_is_refused_and_the_old_settings_stay_in_force(
    offices: Watched, clock: Clock, text: str
) -> None:
    offices.start()
    offices.configure("bantul", text)
    until(lambda: "yang lama tetap berlaku" in offices.log("bantul"))
    clock.go(5 * MINUTE)
    until(lambda: offices.runs("bantul") == offices.runs("sleman") == 1)


def test_a_copy_of_a_settings_file_stops_no_office_that_is_served(
    offices: Watched, clock: Clock
) -> None:
    text = '[workbook]\nregister = "satu.xlsx"\n'
    (offices.home("sleman") / "register.xlsx").rename(offices.folder / "satu.xlsx")
    offices.configure("sleman", text)
    offices.start()
    offices.configure("a-copy", text)
    offices.ticks()
    assert "register yang sama" in offices.watches.faults["a-copy"]
    clock.go(5 * MINUTE)
    until(lambda: offices.runs("sleman") == 1)


def test_a_second_watch_of_an_office_is_refused_and_the_others_are_served(
    offices: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offices.installation("sleman").watched():
        offices.start("sleman")
        until(lambda: offices.ticks(1) or "sleman" in offices.watches.faults)
        assert "`watch` sudah berjalan" in offices.watches.faults["sleman"]
        assert offices.watches.served == [name for name in NAMES if name != "sleman"]
    monkeypatch.setattr(watching, "TRY_AGAIN", 0.0)
    until(lambda: offices.ticks(1) or offices.watches.faults == {})
    assert "sleman" in offices.watches.served


def test_a_fault_in_looking_at_the_folder_ends_no_watch(
    offices: Watched, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise KeyError("Budi Santoso")

    offices.start()
    monkeypatch.setattr(watching, "files", fail)
    monkeypatch.setattr(watching, "LONGEST_NAP", 0.04)
    keeping = threading.Thread(target=offices.watches.keep)
    keeping.start()
    clock.go(5 * MINUTE)
    until(lambda: all(offices.runs(name) == 1 for name in NAMES))
    offices.stop.asked = True
    keeping.join()
    assert "Kesalahan di dalam program (KeyError" in offices.watches.faults[""]
    assert "Budi" not in offices.watches.faults[""]


def test_a_folder_that_is_away_for_a_while_lets_nobody_go(offices: Watched, clock: Clock) -> None:
    offices.start()
    away = offices.settings.rename(offices.folder / "away")
    offices.ticks(3)
    clock.go(5 * MINUTE)
    until(lambda: all(offices.runs(name) == 1 for name in NAMES))
    away.rename(offices.settings)
    offices.ticks(3)
    assert offices.watches.served == list(NAMES)


def test_a_spreadsheet_that_is_never_answered_for_keeps_no_other_office_from_its_rounds(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Emulator() as emulator, spoken(JAKARTA, verbose=False, aloud=False):
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        monkeypatch.setattr(GoogleWorkbook, "time_signs", lambda workbook: Signs())
        monkeypatch.setattr(watching, "PATIENCE", 0.1)
        offices = Watched(tmp_path)
        names = [f"kantor{place:02d}" for place in range(4)]
        ids = copies(filled_office(emulator), len(names))
        for name, each in zip(names, ids, strict=True):
            offices.on_google(name, each)
        emulator.silent.add(ids[3])
        try:
            offices.start(names[3])
            clock.go(5 * MINUTE)
            until(lambda: sum(offices.runs(name) for name in names) == 3)
            assert offices.runs(names[3]) == 0
        finally:
            offices.watches.leave()


def test_all_end_within_seconds_also_where_they_hang(
    offices: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()

    def hang(workbook: ExcelWorkbook) -> None:
        offices.at_work += 1
        release.wait(60)

    monkeypatch.setattr(ExcelWorkbook, "read", hang)
    monkeypatch.setattr(watching, "PATIENCE", 0.2)
    offices.start(*NAMES)
    until(lambda: offices.at_work == len(NAMES))
    offices.watches.leave()
    assert offices.watches.served == list(NAMES)
    release.set()
    until(lambda: offices.watches.served == [])


def test_a_line_of_the_log_is_its_office_s_and_names_it(
    offices: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    with spoken(JAKARTA, verbose=False, aloud=True):
        offices.start()
        offices.watches.leave()
    said = capsys.readouterr().err.splitlines()
    for name in NAMES:
        lines = offices.log(name).splitlines()
        assert all(line[30:].startswith(f"{name}: ") for line in lines)
        assert [line for line in said if f" {name}: " in line] == lines


def test_a_watch_of_several_ends_too_when_its_program_was_replaced(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices = Watched(tmp_path, *NAMES)
    program_on_disk(tmp_path, 'VERSION = "0.0.1"\n', monkeypatch)
    with pytest.raises(EdgeError, match=r"^Program versi 0\.0\.1 telah dipasang; "):
        tasks.watch(offices.settings, None, None, verbose=False)
