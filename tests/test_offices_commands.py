"""What the command line does with a folder of offices: a line an office, or one that is picked."""

import json
from typing import Any

import pytest

from tests.commands import Done, program
from tests.offices import at, case
from tests.several_offices import Offices

NOW = "2026-11-23T10:00"


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Offices:
    """bantul has a case in time and one that is late, sleman one case; rusak's settings are broken."""
    late = case("0002/ADU/XI/2026", Diterima=at("20/11 08.00"))
    in_time = case(Diterima=at("23/11 09.55"))
    found = Offices(
        tmp_path_factory.mktemp("offices"), {"bantul": [in_time, late], "sleman": [in_time]}
    )
    found.configure("rusak", "[office")
    return found


def said(offices: Offices, *arguments: str) -> "Done[str]":
    return program(offices.folder, "--config", "credentials", "--now", NOW, *arguments)


def told(offices: Offices, *arguments: str) -> Any:
    return json.loads(said(offices, *arguments, "--json").stdout)


def test_status_is_a_line_an_office_with_the_counts_that_matter(offices: Offices) -> None:
    done = said(offices, "status")
    header, *lines = done.stdout.splitlines()
    assert header.split() == ["Kantor", "Terbuka", "Terlambat", "Putaran"]
    assert [line.split()[:3] for line in lines] == [
        ["bantul", "2", "1"], ["rusak", "-", "-"], ["sleman", "1", "0"],
    ]  # fmt: skip
    assert "Belum pernah berjalan." in lines[0]
    assert "bukan TOML yang sah" in lines[1]
    assert done.returncode == 1


def test_status_in_json_has_of_each_office_what_it_has_of_one(offices: Offices) -> None:
    bantul, broken, sleman = told(offices, "status")["offices"]
    own = {key: bantul.pop(key) for key in ("name", "fault", "last_run")}
    assert own == {"name": "bantul", "fault": None, "last_run": None}
    assert bantul == told(offices, "--office", "bantul", "status")
    assert sleman["summary"]["open"] == 1
    assert broken.keys() == {"name", "fault"}


def test_check_is_a_line_an_office_and_its_json_what_it_is_of_one(offices: Offices) -> None:
    done = said(offices, "check")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "Kantor", "bantul", "rusak", "sleman",
    ]  # fmt: skip
    bantul, _, _ = told(offices, "check")["offices"]
    alone = told(offices, "--office", "bantul", "check")
    assert {key: bantul[key] for key in alone} == alone


def test_doctor_names_each_office_healthy_or_the_first_that_is_wrong(offices: Offices) -> None:
    done = said(offices, "doctor")
    lines = done.stdout.splitlines()
    assert [line[:13] for line in lines] == ["baik   bantul", "SALAH  rusak:", "baik   sleman"]
    assert done.returncode == 1


def test_one_office_is_picked_before_and_behind_the_command(offices: Offices) -> None:
    before = said(offices, "--office", "sleman", "status")
    assert said(offices, "status", "--office=sleman").stdout == before.stdout
    assert "1 berkas: 1 terbuka" in before.stdout
    assert before.returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        "setup", "login", "rollover", "report --month 2026-10", "mail --preview x",
        "mail --test a@kantor.example.id", "doctor --confirm-clock", "status --open",
        "status --explain 1",
    ],
)  # fmt: skip
def test_what_is_for_one_office_asks_which(offices: Offices, line: str) -> None:
    done = said(offices, *line.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Folder credentials memuat 3 kantor (bantul, rusak, sleman); sebut satu dengan --office "
        "NAMA.\n"
    )


def test_an_office_cannot_be_picked_from_one_settings_file(offices: Offices) -> None:
    done = program(offices.folder, "--config", "credentials/bantul.toml", "--office", "x", "status")
    assert done.returncode == 2
    assert done.stderr.startswith("--office x: memilih satu kantor dari sebuah folder")


def test_a_run_is_made_for_every_office_and_the_exit_code_tells_of_the_broken_one(
    offices: Offices,
) -> None:
    done = said(offices, "run")
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert sorted(lines) == ["bantul", "rusak", "sleman"]
    assert lines["bantul"].startswith("2 berkas: 2 terbuka, 1 terlambat")
    assert lines["sleman"].startswith("1 berkas: 1 terbuka")
    assert (done.returncode, done.stderr) == (1, "")
    for name in ("bantul", "sleman"):
        assert f"{name}: " in offices.log(name)
        assert (offices.home(name) / "ringkasan.xlsx").exists()


def test_a_dry_run_sends_nothing_and_says_how_much_it_would(offices: Offices) -> None:
    lines = said(offices, "--office=sleman", "run", "--dry-run").stdout.splitlines()
    told_of_all = said(offices, "run", "--dry-run").stdout.splitlines()
    assert f"sleman: {lines[-1]}" in told_of_all


@pytest.mark.parametrize(("index", "names"), [(0, ["bantul", "sleman"]), (1, ["rusak"])])
def test_a_machine_of_a_cluster_runs_its_share(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, index: int, names: list[str]
) -> None:
    monkeypatch.setenv("JOB_COMPLETION_INDEX", str(index))
    monkeypatch.setenv("JOB_COMPLETIONS", "2")
    done = said(offices, "run")
    assert sorted(line.split(":")[0] for line in done.stdout.splitlines()) == names
    assert done.returncode == index
    assert said(offices, "--office", "sleman", "run").returncode == 0


def test_a_share_that_cannot_be_runs_nothing(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOB_COMPLETION_INDEX", "2")
    monkeypatch.setenv("JOB_COMPLETIONS", "2")
    done = said(offices, "run")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
