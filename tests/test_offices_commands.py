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
