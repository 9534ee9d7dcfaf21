"""Folders and files that the program's account may not open: one sentence, and `doctor` sees it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import started

CAPABILITIES = "-dac_override,-dac_read_search"  # by which root may open everything
DROP = [f"--inh-caps={CAPABILITIES}", f"--bounding-set={CAPABILITIES}"]
AS_OTHERS = ["setpriv", *DROP] if os.geteuid() == 0 else []


def program(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run by somebody to whom closed places are closed."""
    return started(folder, "--now", "2026-11-23T10:00", *arguments, started_by=AS_OTHERS)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    assert program(folder, "demo", "--dir", ".", "--cases", "5").returncode == 0
    return folder


@pytest.fixture
def office(sample: Path, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "kantor"
    shutil.copytree(sample, folder)
    (folder / "settings.toml").write_text("")
    yield folder
    for place in (folder, *folder.glob("*"), *folder.glob("state/*")):
        place.chmod(0o755)


@pytest.mark.parametrize("closed", [".", "settings.toml"])
@pytest.mark.parametrize("command", ["run", "doctor"])
def test_settings_that_cannot_be_opened_are_one_sentence(
    office: Path, tmp_path: Path, closed: str, command: str
) -> None:
    (office / closed).chmod(0)
    done = program(tmp_path, "--config", str(office / "settings.toml"), command)
    said = f"Berkas {office / 'settings.toml'} tidak dapat dibaca; periksa hak aksesnya.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_a_name_that_no_file_can_have_is_one_sentence(tmp_path: Path) -> None:
    done = program(tmp_path, "--config", "n" * 300, "run")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "tidak dapat dibaca" in done.stderr


def test_a_closed_state_does_not_look_like_one_in_which_nothing_was_sent(office: Path) -> None:
    (office / "state").chmod(0)
    done = program(office, "run", "--dry-run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "state tidak dapat dipakai" in done.stderr


@pytest.mark.parametrize(
    ("closed", "mode", "said"),
    [
        ("outbox", 0o500, "Folder surel"),
        ("arsip", 0o500, "Folder laporan"),
        ("state", 0, "Folder kerja program"),
        ("state/outbox.sqlite3", 0o400, "outbox.sqlite3 di state tidak dapat"),
        ("state/run.lock", 0, "run.lock di state tidak dapat"),
    ],
)
def test_doctor_names_what_a_run_could_not_write_to(
    office: Path, closed: str, mode: int, said: str
) -> None:
    (office / "arsip").mkdir()
    (office / closed).chmod(mode)
    done = program(office, "doctor")
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("SALAH")]
    assert said in line
