"""What systemd, the Task Scheduler and cron are handed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from automation.core.edges import EdgeError
from automation.offices.tasks import all_of
from automation.service import cron
from automation.service.homes import Nowhere
from automation.service.program import FOLDER, Program, program_of, program_of_all
from automation.service.task import task
from automation.service.unit import unit
from automation.tasks import installation
from tests.commands import program as shell

SCHEMA = Path(__file__).parent / "data" / "task_scheduler.xsd"
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
ODD = "kantor A 50%s $HOME"


def program(folder: Path) -> Program:
    """One whose folder has all that a unit is held against."""
    for name in ("automation", ".venv/bin", "credentials"):
        (folder / name).mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to(sys.executable)
    (folder / "credentials/settings.toml").write_text("")
    return Program(
        folder / ".venv/bin/python",
        folder,
        folder / "credentials/settings.toml",
        (folder / "state", folder / "arsip"),
    )


def lines(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def test_a_unit_runs_watch_of_this_installation_by_absolute_paths() -> None:
    kantor = Path("/srv/kantor")
    settings = kantor / "credentials/settings.toml"
    found = lines(unit(Program(kantor / ".venv/bin/python", kantor, settings, ()), "sri"))
    assert found["ExecStart"] == (
        ':"/srv/kantor/.venv/bin/python" "-m" "automation" "--config" '
        '"/srv/kantor/credentials/settings.toml" "watch"'
    )
    assert (found["WorkingDirectory"], found["User"]) == ("/srv/kantor", "sri")
    assert (found["Restart"], found["NoNewPrivileges"]) == ("on-failure", "yes")
    assert (found["ProtectSystem"], found["PrivateTmp"]) == ("strict", "yes")


def test_a_unit_writes_only_where_the_program_does_and_never_to_its_own_code() -> None:
    kantor = Path("/srv/kantor")
    settings = kantor / "credentials/settings.toml"
    written = (kantor / "state", kantor)
    found = lines(unit(Program(kantor / ".venv/bin/python", kantor, settings, written), "sri"))
    assert found["ReadWritePaths"] == '"/srv/kantor/state" "/srv/kantor"'
    assert found["ReadOnlyPaths"] == (
        '"/srv/kantor/automation" "/srv/kantor/.venv" "/srv/kantor/credentials"'
    )


def test_spaces_and_percent_signs_of_a_path_reach_systemd_as_they_are() -> None:
    odd = Path("/srv") / ODD
    found = lines(unit(Program(odd / "python", odd, odd / "s.toml", (odd,)), "sri"))
    assert found["WorkingDirectory"] == "/srv/kantor A 50%%s $HOME"
    assert found["ReadWritePaths"] == '"/srv/kantor A 50%%s $HOME"'
    assert found["ExecStart"].startswith(':"/srv/kantor A 50%%s $HOME/python" ')


@pytest.mark.parametrize("sign", ['"', "'", "\\"])
def test_a_path_that_systemd_does_not_start_is_refused(sign: str) -> None:
    odd = Path(f"/srv/kantor{sign}")
    with pytest.raises(EdgeError, match="tidak menerima tanda kutip"):
        unit(Program(odd / "python", odd, odd / "s.toml", ()), "sri")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here to verify a unit")
@pytest.mark.parametrize("name", ["kantor", ODD])
def test_systemd_finds_nothing_wrong_with_a_unit(tmp_path: Path, name: str) -> None:
    file = tmp_path / "pengingat-sop.service"
    file.write_text(unit(program(tmp_path / name), "root"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_is_written_follows_the_settings(tmp_path: Path) -> None:
    settings = tmp_path / "credentials" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text('[workbook]\nsummary = "papan/ringkasan.xlsx"\n[mail]\nfolder = "kirim"\n')
    found = program_of(installation(settings, None))
    assert found.writes == tuple(tmp_path / name for name in ("state", "arsip", "kirim", "papan"))
    assert (found.settings, found.folder) == (settings, FOLDER)
    settings.write_text(
        '[workbook]\nkind = "google"\nspreadsheet = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcd"\n'
        '[mail]\nkind = "smtp"\nsender = "a@b.go.id"\nallowed_domains = ["b.go.id"]\n'
    )
    assert program_of(installation(settings, None)).writes == (
        tmp_path / "state",
        tmp_path / "arsip",
    )


def test_one_service_is_for_all_offices_of_a_folder_also_for_those_that_come(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "bantul.toml").write_text('[report]\nfolder = "/srv/arsip-bantul"\n')
    (folder / "sleman.toml").write_text("")
    found = program_of_all(folder, all_of(folder, None, None).served.values())
    assert found.writes == (tmp_path / "kantor", Path("/srv/arsip-bantul"))
    assert found.arguments("watch")[-3:] == ("--config", str(folder), "watch")
    assert (folder in found.reads, tmp_path in found.reads) == (True, False)


def test_a_service_for_one_office_of_a_folder_is_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "bantul.toml").write_text("")
    for command in ("install", "status", "remove"):
        done = shell(tmp_path, "--config", ".", "--office", "bantul", "service", command)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("Layanan adalah untuk semua kantor")


def test_the_status_of_a_service_has_the_last_run_of_each_office(tmp_path: Path) -> None:
    (tmp_path / "bantul.toml").write_text("")
    (tmp_path / "sleman.toml").write_text("")
    said = shell(tmp_path, "--config", ".", "service", "status").stdout.splitlines()
    assert said[:2] == ["bantul: Belum pernah berjalan.", "sleman: Belum pernah berjalan."]


def test_a_task_is_one_by_the_scheduler_s_schema() -> None:
    kantor = Path("/srv/kantor & anak <1>")
    content = task(Program(kantor / "python", kantor, kantor / "s.toml", ()))
    assert content.startswith(b"\xff\xfe")
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(content))
    wrong = content.decode("utf-16").replace("<Interval>PT5M", "<Interval>PT5S").encode("utf-16")
    assert not schema.validate(etree.fromstring(wrong))


def test_a_task_runs_watch_from_the_program_s_folder_one_at_a_time_for_ever() -> None:
    kantor = Path("/srv/kantor & anak")
    settings = kantor / "credentials/settings.toml"
    found = etree.fromstring(task(Program(kantor / "python", kantor, settings, ())))
    assert {name: found.findtext(f".//{SPACE}{name}") for name in EXPECTED} == EXPECTED


EXPECTED = {
    "Command": "/srv/kantor & anak/python",
    "Arguments": '-m automation --config "/srv/kantor & anak/credentials/settings.toml" watch',
    "WorkingDirectory": "/srv/kantor & anak",
    "MultipleInstancesPolicy": "IgnoreNew",
    "ExecutionTimeLimit": "PT0S",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
}


@pytest.mark.parametrize("name", ["%TEMP%", "$(Arg0)"])
def test_a_path_that_the_scheduler_would_fill_in_is_refused(name: str) -> None:
    kantor = Path("/srv") / name
    with pytest.raises(EdgeError, match="sebagai variabel; ganti nama folder itu"):
        task(Program(kantor / "python", kantor, kantor / "s.toml", ()))


def test_elsewhere_the_line_for_cron_is_told() -> None:
    odd = Path("/srv/kantor 50%")
    told = Nowhere().install(Program(odd / "python", odd, odd / "s.toml", ()))
    assert not told.well
    assert told.sentence.splitlines()[1] == (
        "*/5 * * * * cd '/srv/kantor 50\\%' && '/srv/kantor 50\\%/python' -m automation --config "
        "'/srv/kantor 50\\%/s.toml' run >/dev/null 2>&1"
    )


def test_the_line_for_cron_works_in_a_shell(tmp_path: Path) -> None:
    """cron takes the backslash before a "%" away, and hands the rest to sh."""
    kantor = program(tmp_path / "kantor 'A' 50%s $HOME")
    (kantor.folder / "automation/__main__.py").write_text(
        "import pathlib, sys; pathlib.Path('called').write_text(' '.join(sys.argv[1:]))"
    )
    line = cron.line(kantor).removeprefix("*/5 * * * * ").replace("\\%", "%")
    subprocess.run(["sh", "-c", line], check=True)
    assert (kantor.folder / "called").read_text() == f"--config {kantor.settings} run"
