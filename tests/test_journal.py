"""The log: in the state folder, readable, of a bounded size, and without anybody's address."""

import logging
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from automation.unattended import journal as module
from automation.unattended.journal import journal, kept, masked, speaking_for, spoken

WIB = ZoneInfo("Asia/Jakarta")
log = logging.getLogger("automation.test")


def written(folder: Path) -> list[str]:
    return (folder / "catatan.log").read_text(encoding="utf-8").splitlines()


def test_a_line_has_the_office_s_time_and_one_sentence(tmp_path: Path) -> None:
    with (
        time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False),
        journal(tmp_path, WIB, verbose=False, aloud=False),
    ):
        log.info("Putaran selesai: %d berkas.", 3)
        log.warning("Dua\nbaris.")
        log.debug("Tahap.")
    assert written(tmp_path) == [
        "2026-11-23 10:00:00 info      Putaran selesai: 3 berkas.",
        "2026-11-23 10:00:00 PERHATIAN Dua baris.",
    ]


def test_with_verbose_the_steps_are_there_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with journal(tmp_path, WIB, verbose=True, aloud=True):
        log.debug("Tahap.")
    assert written(tmp_path)[0].endswith("rinci     Tahap.")
    assert capsys.readouterr().err.splitlines() == written(tmp_path)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Surel kepada Sri (sri@kantor.go.id) tidak", "Surel kepada Sri (alamat surel) tidak"),
        ("550 <x.y+z@a-b.id>: no", "550 <alamat surel>: no"),
        ("Sri@KANTOR.id, Adi@kantor.id.", "alamat surel, alamat surel"),
        ("0001/ADU/XI/2026 @ loket", "0001/ADU/XI/2026 @ loket"),
    ],
)
def test_no_address_is_written_down(said: str, kept: str) -> None:
    assert masked(said) == kept


def test_the_log_grows_to_a_size_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 1000)
    with journal(tmp_path, WIB, verbose=False, aloud=False):
        for place in range(200):
            log.info("Kalimat %d.", place)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "catatan.log",
        *(f"catatan.log.{n}" for n in range(1, 6)),
    ]
    assert all(file.stat().st_size <= 1000 for file in files)
    assert written(tmp_path)[-1].endswith("Kalimat 199.")


def test_two_programs_write_to_the_same_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has turned the pages meanwhile."""
    monkeypatch.setattr(module, "LARGEST", 200)
    with journal(tmp_path, WIB, verbose=False, aloud=False):
        log.info("Yang pertama.")
        with journal(tmp_path, WIB, verbose=False, aloud=False):
            log.info("Yang kedua, yang panjang sekali kalimatnya.")
        (tmp_path / "catatan.log").unlink()
        log.info("Yang ketiga.")
    assert written(tmp_path)[-1].endswith("Yang ketiga.")


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "catatan.log").mkdir()
    with journal(tmp_path, WIB, verbose=False, aloud=False):
        log.error("Tidak tercatat.")
    assert capsys.readouterr().err == ""


def test_nothing_of_it_is_left_afterwards(tmp_path: Path) -> None:
    program = logging.getLogger("automation")
    before = (program.level, [*program.handlers])
    with journal(tmp_path, WIB, verbose=True, aloud=True):
        assert program.level == logging.DEBUG
    assert (program.level, program.handlers) == before


def test_what_is_said_for_one_of_several_offices_goes_into_its_file_with_its_name(
    tmp_path: Path,
) -> None:
    homes = {name: tmp_path / name for name in ("bantul", "sleman")}
    with ExitStack() as open_files, spoken(WIB, verbose=False, aloud=False):
        for name, home in homes.items():
            home.mkdir()
            with speaking_for(name):
                open_files.enter_context(kept(home, WIB))
        for name in homes:
            with speaking_for(name):
                log.info("Satu.")
        log.info("Tidak ada kantornya.")
    for name, home in homes.items():
        assert [line[20:] for line in written(home)] == [f"info      {name}: Satu."]
