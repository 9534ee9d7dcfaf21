"""Output never fails on a character: consoles of any code page, pipes and files."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from automation.core.tabs.staff import staff_sheets
from automation.workbooks.excel.writer import write_workbook
from tests.commands import Done, program, started
from tests.offices import case, grids, person, standard_schema

NAME = "Sri Łukasz Nuşman 王 ☃"  # letters of no Western code page
NOW = datetime(2026, 11, 23, 10)
NUMBER = "0001/ADU/XI/2026"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose holder of the first step has such a name, and whose register has errors."""
    folder = tmp_path_factory.mktemp("kantor")
    clerk = person("Adi", "Petugas Pengadministrasi Pengaduan", Nama=NAME)
    cases = [case(NUMBER), case("0002/ADU/XI/2026", **{"Disposisi Kepada": "Łukasz"})]
    tabs = grids(cases, staff=[clerk])
    rows = {title: [list(row) for row in grid[1:]] for title, grid in tabs.items()}
    write_workbook(folder / "register.xlsx", staff_sheets(standard_schema(), rows), NOW)
    return folder


def said(folder: Path, encoding: str, *arguments: str, status: int = 0) -> "Done[str]":
    """What the program said to pipes in that encoding."""
    done = program(folder, "--now", NOW.isoformat(), *arguments, encoding=encoding)
    assert done.returncode == status, done.stderr
    return done


def test_a_process_with_such_pipes_says_the_same(office: Path) -> None:
    arguments = "--now", NOW.isoformat(), "status"
    own, here = (way(office, *arguments, encoding="cp437") for way in (started, program))
    assert own.stdout == here.stdout and "Sri ?ukasz" in own.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_json_is_whole_on_a_console_of_another_code_page(office: Path, encoding: str) -> None:
    told = json.loads(said(office, encoding, "status", "--json").stdout)
    assert [each["holders"] for each in told["cases"]] == [[NAME], [NAME]]


def test_findings_as_json_are_whole_as_well(office: Path) -> None:
    whole = json.loads(said(office, "utf-8", "check", "--json", status=1).stdout)
    told = json.loads(said(office, "cp437", "check", "--json", status=1).stdout)
    assert told == whole and told["findings"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("status",), 0, "Sri ?ukasz Nu?man ? ?"),
        (("status", "--explain", NUMBER), 0, "1. Unduh (sekarang): Sen 23/11"),
        (("check",), 1, "Jumlah: "),
        (("run", "--dry-run"), 0, "Sri ?ukasz"),
        (("run",), 0, "2 berkas"),
        (("doctor",), 0, "Terbaca"),
        (("--help",), 0, "watch"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_letter_that_the_console_lacks_ends_no_command(
    office: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    done = said(office, "cp437", *arguments, status=status)
    assert words in done.stdout


def test_an_error_names_what_it_can_of_a_text_that_the_console_lacks(office: Path) -> None:
    done = said(office, "cp437", "status", "--explain", "Łukasz", status=2)
    assert done.stderr.startswith("No. Register ?ukasz tidak ada")
