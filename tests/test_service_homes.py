"""`service`: how the machine is asked to keep `watch`, and what is said when it refuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from automation.core.edges import EdgeError
from automation.service import homes
from automation.service.homes import Systemd, TaskScheduler
from automation.service.unit import unit
from tests.commands import program as command
from tests.commands import started
from tests.test_closed_places import AS_OTHERS
from tests.test_service import program as program_in


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's programs are scripts that note how they were called; each ends as the file
    `NAME.fails`, if there is one, tells it to, and prints the file `NAME.says`."""
    folder = tmp_path / "machine"
    folder.mkdir()
    for name in ("systemctl", "schtasks", "powershell"):
        script = (
            f'#!/bin/sh\necho "{name} $*" >> "{folder}/calls"\n'
            f'for last; do [ -f "$last" ] && cp "$last" "{folder}/handed"; done\n'
            f'cat "{folder}/{name}.says" 2>/dev/null\n'
            f'[ -f "{folder}/{name}.fails" ] && cat "{folder}/{name}.fails" >&2 && exit 1\nexit 0\n'
        )
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def calls(machine: Path) -> list[str]:
    return (machine / "calls").read_text().splitlines()


def test_without_a_settings_file_there_is_nothing_to_install(tmp_path: Path) -> None:
    done = command(tmp_path, "service", "install")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Layanan memerlukan berkas pengaturan: salin credentials/settings.example.toml menjadi "
        "credentials/settings.toml, atau sebut berkasnya dengan --config.\n"
    )


def test_systemd_is_handed_the_unit_and_starts_it(tmp_path: Path, said: Path) -> None:
    kantor, units = program_in(tmp_path / "kantor"), tmp_path / "units"
    units.mkdir()
    told = Systemd(units).install(kantor)
    assert told.well
    assert "pengingat-sop terpasang dan berjalan sebagai akun" in told.sentence
    owner = kantor.settings.owner()
    assert (units / "pengingat-sop.service").read_text() == unit(kantor, owner)
    assert [folder.is_dir() for folder in kantor.writes] == [True, True]
    assert calls(said) == [
        "systemctl daemon-reload",
        "systemctl enable pengingat-sop",
        "systemctl restart pengingat-sop",
    ]


def test_what_runs_under_systemd_is_told_and_taken_away(tmp_path: Path, said: Path) -> None:
    kantor, systemd = program_in(tmp_path / "kantor"), Systemd(tmp_path)
    assert systemd.status(kantor) == homes.NOT_INSTALLED
    assert systemd.remove(kantor) == homes.NOTHING
    systemd.install(kantor)
    assert systemd.status(kantor).well
    (said / "systemctl.fails").write_text("")
    assert systemd.status(kantor).sentence == (
        "Layanan terpasang, tetapi tidak berjalan. Lihat `journalctl -u pengingat-sop`."
    )
    (said / "systemctl.fails").unlink()
    assert systemd.remove(kantor) == homes.REMOVED
    assert not (tmp_path / "pengingat-sop.service").exists()
    assert calls(said)[-2:] == [
        "systemctl disable --now pengingat-sop",
        "systemctl daemon-reload",
    ]


@pytest.mark.parametrize("asked", ["install", "status", "remove"])
def test_another_installation_s_unit_is_left_alone(tmp_path: Path, said: Path, asked: str) -> None:
    systemd = Systemd(tmp_path)
    systemd.install(program_in(tmp_path / "kantor"))
    before = (tmp_path / "pengingat-sop.service").read_text()
    (said / "calls").write_text("")
    with pytest.raises(EdgeError, match="sudah milik instalasi lain; hapus dahulu"):
        getattr(systemd, asked)(program_in(tmp_path / "cabang"))
    assert (tmp_path / "pengingat-sop.service").read_text() == before
    assert calls(said) == []


def test_what_systemd_complains_of_is_one_sentence(tmp_path: Path, said: Path) -> None:
    (said / "systemctl.fails").write_text("Failed to connect to bus:\n Host is down\n")
    with pytest.raises(EdgeError) as refused:
        Systemd(tmp_path).install(program_in(tmp_path / "kantor"))
    assert str(refused.value) == (
        "systemctl daemon-reload gagal: Failed to connect to bus: Host is down. Lihat "
        "`journalctl -u pengingat-sop`."
    )


def test_a_program_that_is_not_there_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EdgeError, match=r"^systemctl tidak dapat dijalankan \(No such file"):
        Systemd(tmp_path).install(program_in(tmp_path / "kantor"))


def test_who_may_not_install_is_told_the_line_that_may(tmp_path: Path) -> None:
    kantor = program_in(tmp_path / "kantor")
    (tmp_path / "units").mkdir(mode=0o555)
    script = (
        "from pathlib import Path; from automation.service.homes import Systemd; "
        "from automation.service.program import Program; "
        f"k = Path({str(kantor.folder)!r}); "
        "p = Program(k / '.venv/bin/python', k, k / 'credentials/settings.toml', ()); "
        f"Systemd(Path({str(tmp_path / 'units')!r})).install(p)"
    )
    done = subprocess.run(
        [*AS_OTHERS, sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    folder = kantor.folder
    assert done.stderr.splitlines()[-1].endswith(
        f"tidak dapat ditulisi akun ini; jalankan dengan sudo dari {folder}: sudo "
        f"{folder}/.venv/bin/python -m automation --config {folder}/credentials/settings.toml "
        "service install"
    )


def test_the_scheduler_is_handed_the_task_and_starts_it(tmp_path: Path, said: Path) -> None:
    kantor = program_in(tmp_path / "kantor")
    (said / "schtasks.fails").write_text("ERROR: The system cannot find the file specified.")
    with pytest.raises(
        EdgeError, match=r"cannot find the file specified. Jalankan dari PowerShell"
    ):
        TaskScheduler().install(kantor)
    (said / "schtasks.fails").unlink()
    (said / "schtasks.says").write_text(f"<Source>{kantor.mark}</Source>")
    assert TaskScheduler().install(kantor).well
    assert calls(said)[-1] == "schtasks /Run /TN Pengingat SOP"
    assert calls(said)[-2].startswith("schtasks /Create /TN Pengingat SOP /XML ")


def test_what_runs_under_the_scheduler_is_told_and_taken_away(tmp_path: Path, said: Path) -> None:
    kantor = program_in(tmp_path / "kantor")
    (said / "schtasks.fails").write_text("")
    assert TaskScheduler().status(kantor) == homes.NOT_INSTALLED
    assert TaskScheduler().remove(kantor) == homes.NOTHING
    (said / "schtasks.fails").unlink()
    (said / "schtasks.says").write_text(f"<Source>{kantor.mark}</Source>")
    (said / "powershell.says").write_text("4\n")
    assert TaskScheduler().status(kantor).well
    (said / "powershell.says").write_text("3\n")
    assert not TaskScheduler().status(kantor).well
    assert TaskScheduler().remove(kantor) == homes.REMOVED
    assert calls(said)[-2:] == [
        "schtasks /End /TN Pengingat SOP",
        "schtasks /Delete /TN Pengingat SOP /F",
    ]


def test_another_installation_s_task_is_left_alone(tmp_path: Path, said: Path) -> None:
    (said / "schtasks.says").write_text("<Source>automation service install 0</Source>")
    for asked in ("install", "status", "remove"):
        with pytest.raises(EdgeError, match="sudah milik instalasi lain"):
            getattr(TaskScheduler(), asked)(program_in(tmp_path / asked))
    assert set(calls(said)) == {"schtasks /Query /TN Pengingat SOP /XML"}


def test_status_tells_the_last_run_as_well(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("")
    done = started(tmp_path, "--config", "settings.toml", "service", "status")
    assert done.returncode == 1
    assert done.stdout.startswith("Belum pernah berjalan.\n")
    assert "service install" in done.stdout or "crontab -e" in done.stdout
