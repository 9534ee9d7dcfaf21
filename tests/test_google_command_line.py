"""The program and the emulator as two processes, as anyone can start them by hand."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.commands import program
from tests.offices import ROOT
from tests.sheets_emulator.clients import Bare

NOW = "2026-11-23T10:00"
FAULTS = [
    {"kind": "spreadsheets.values.batchGet", "nth": 3, "status": 503},
    {"kind": "spreadsheets.batchUpdate", "nth": 3, "effect": "drop"},
]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one in which some calls fail."""
    script = tmp_path_factory.mktemp("emulator") / "faults.json"
    script.write_text(json.dumps(FAULTS), encoding="utf-8")
    arguments = ["-m", "tests.sheets_emulator", "--port", "0", "--script", str(script)]
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    assert process.wait(timeout=10) is not None


@pytest.fixture(scope="module")
def spreadsheet(emulator: str) -> Bare:
    created = requests.post(f"{emulator}/v4/spreadsheets", json={}, timeout=10).json()
    return Bare(emulator, created["spreadsheetId"])


@pytest.fixture(scope="module")
def office(spreadsheet: Bare, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    text = f'[workbook]\nkind = "google"\nspreadsheet = "{spreadsheet.id}"\n'
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return folder


def run(emulator: str, office: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    os.environ["SHEETS_EMULATOR_HOST"] = emulator
    try:
        done = program(office, "--config", "settings.toml", "--now", NOW, *arguments)
    finally:
        del os.environ["SHEETS_EMULATOR_HOST"]
    assert "Traceback" not in done.stderr
    return done


def test_from_an_empty_spreadsheet_to_a_register_that_shows_where_each_case_stands(
    emulator: str, office: Path, spreadsheet: Bare
) -> None:
    """A call that fails, and an answer that is lost, on the way: nobody notices."""
    said = run(emulator, office, "setup")
    assert said.returncode == 0, said.stdout
    assert "Tab Register dibuat." in said.stdout
    looked = run(emulator, office, "doctor")
    assert looked.returncode == 1, "nobody stands in Petugas yet"
    assert [line[:22] for line in looked.stdout.splitlines() if "SALAH" in line] == [
        "SALAH  Buku Register: "
    ]
    case: list[Any] = ["0001/ADU/XI/2026", "23/11/2026 08.00"]
    assert spreadsheet.update("Register!A2", [case], "USER_ENTERED")[0] == 200
    assert run(emulator, office, "run").returncode == 0
    assert run(emulator, office, "setup").returncode == 0
    assert spreadsheet.values("Register!R1:U2")[1]["values"] == [
        ["Status", "Langkah Saat Ini", "Pemegang", "Batas Waktu"],
        ["Terlambat", "1. Unduh", "", "23/11/2026 08.15"],
    ]
    told = json.loads(run(emulator, office, "status", "--json").stdout)
    assert [(each["number"], each["status"]) for each in told["cases"]] == [(case[0], "overdue")]
    made = requests.get(f"{emulator}/__emulator__/calls", timeout=10).json()
    assert made["spreadsheets.batchUpdate"] >= 4  # the one whose answer was lost among them


def test_a_spreadsheet_that_is_not_there_is_one_sentence(emulator: str, tmp_path: Path) -> None:
    text = '[workbook]\nkind = "google"\nspreadsheet = "1AbC"\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    done = run(emulator, tmp_path, "run")
    assert done.returncode == 2
    assert "Spreadsheet 1AbC tidak ada" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert run(emulator, tmp_path, "doctor").returncode == 1
