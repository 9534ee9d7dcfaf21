"""The contract of design.md: commands, JSON, exit codes, and errors of one sentence."""

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from automation.setting_sections import WorkbookSection
from automation.settings import Settings
from tests.commands import program, started
from tests.offices import ROOT

NOW = "2026-11-23T10:00"
HYPERLINK = re.compile(rb'<hyperlink [^>]*?(?:location|r:id)="([^"]*)"')


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's register, worked on once."""
    folder = tmp_path_factory.mktemp("office")
    done = started(folder, "--now", NOW, "demo", "--dir", ".", "--cases", "40", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "ringkasan.xlsx" in done.stdout
    return folder


def answer(folder: Path, *arguments: str) -> Any:
    return json.loads(program(folder, "--now", NOW, *arguments, "--json").stdout)


def test_status_answers_with_the_keys_of_the_contract(office: Path) -> None:
    told = answer(office, "status")
    assert set(told) == {"now", "sop", "cases", "summary"}
    assert (told["now"], told["sop"]) == ("2026-11-23T10:00:00", "11.01.01.05")
    assert set(told["summary"]) == {"cases", "open", "overdue", "finished", "on_time", "compliance"}
    for case in told["cases"]:
        assert set(case) == {
            "number", "row", "kind", "received", "status", "step", "holders", "since", "due",
            "elapsed_seconds", "standard_seconds", "total_seconds",
        }  # fmt: skip
        finished = case["status"] in ("on_time", "late", "closed")
        assert (case["step"] is None) == (case["holders"] is None)
        assert not finished or case["step"] is case["since"] is case["due"] is None
        assert len(case["elapsed_seconds"]) == len(case["standard_seconds"]) == 7
        assert case["total_seconds"] == sum(each or 0 for each in case["elapsed_seconds"])


def test_a_process_of_its_own_says_and_ends_the_same(office: Path) -> None:
    """Most tests ask the command line without starting one."""
    for arguments in (["check"], ["status", "--open"], ["status", "--now", "kemarin"]):
        now = [] if "--now" in arguments else ["--now", NOW]
        own, here = (way(office, *now, *arguments) for way in (started, program))
        assert (own.returncode, own.stdout, own.stderr) == (
            here.returncode,
            here.stdout,
            here.stderr,
        )


def test_check_answers_with_the_keys_of_the_contract_and_exits_1_for_an_error(office: Path) -> None:
    told = answer(office, "check")
    assert {severity["severity"] for severity in told["findings"]} == {"error", "warning", "info"}
    for finding in told["findings"]:
        assert set(finding) == {
            "number", "row", "tab", "column", "rule", "severity", "message", "suggestion",
        }  # fmt: skip
    assert program(office, "--now", NOW, "check").returncode == 1


def test_status_has_no_side_effects(office: Path) -> None:
    def files() -> dict[str, int]:
        return {str(f): f.stat().st_mtime_ns for f in office.rglob("*") if f.is_file()}

    before = files()
    started(office, "--now", NOW, "status")
    program(office, "--now", NOW, "check")
    assert files() == before


def test_the_offices_options_are_taken_before_and_after_the_command(office: Path) -> None:
    before = program(office, "--now", NOW, "--config", "s.toml", "check", "--json")
    assert "s.toml" in before.stderr
    for after in (["--now", NOW, "--config", "s.toml"], [f"--now={NOW}", "--config=s.toml"]):
        assert program(office, "check", "--json", *after).stderr == before.stderr
    told = program(office, "status", "--json", "--now", NOW)
    assert json.loads(told.stdout) == answer(office, "status")
    nothing = program(office, "status", "--now")
    assert (nothing.returncode, nothing.stderr.count("\n")) == (2, 1)
    assert nothing.stderr.startswith("--now: ")


def test_status_is_one_case_a_line_in_a_pipe_the_latest_first(office: Path) -> None:
    cases = answer(office, "status")["cases"]
    lines = program(office, "status", "--now", NOW).stdout.splitlines()
    assert len(lines) == len(cases) + 2  # the headers, the sum
    narrow = program(office, "status", "--now", NOW, columns="20").stdout.splitlines()
    assert narrow == lines
    overdue = [case["number"] for case in cases if case["status"] == "overdue"]
    assert {line.split()[0] for line in lines[1 : 1 + len(overdue)]} == set(overdue)
    assert all(" lewat " in line for line in lines[1 : 1 + len(overdue)])
    still = [case for case in cases if case["status"] in ("overdue", "running", "paused")]
    only = program(office, "status", "--open", "--now", NOW).stdout.splitlines()
    words = [line.split() for line in lines[: 1 + len(still)]]
    assert [line.split() for line in only[:-1]] == words


def test_a_figure_is_explained_as_a_person_would_check_it(office: Path) -> None:
    late = next(c for c in answer(office, "status")["cases"] if c["status"] == "overdue")
    told = program(office, "--now", NOW, "status", "--explain", late["number"]).stdout
    assert re.search(r"jumlah [\d.]+ dari \d+ mnt", told)
    assert "batas waktu" in told
    full_width = late["number"].translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert (
        program(office, "--now", NOW, "status", "--explain", f" {full_width.lower()}").stdout
        == told
    )


def test_a_second_run_and_a_dry_run_send_nothing(office: Path) -> None:
    mails = sorted((office / "outbox").iterdir())
    assert program(office, "--now", NOW, "run", "--dry-run").returncode == 0
    assert program(office, "--now", NOW, "run").returncode == 0
    assert sorted((office / "outbox").iterdir()) == mails


def test_a_dry_run_and_a_preview_say_who_would_be_mailed_and_why(tmp_path: Path) -> None:
    """Both say the same, and remember nothing: a run would still send all of it."""
    early = "2026-11-23T08:00"
    program(tmp_path, "--now", "2026-11-22T12:00", "demo", "--dir", ".", "--cases", "20")
    mails = set((tmp_path / "outbox").glob("*.eml"))
    told = program(tmp_path, "--now", early, "run", "--dry-run").stdout
    shown = program(tmp_path, "--now", early, "mail", "--preview", "prev").stdout
    assert re.search(r"^  (Terlambat|Eskalasi|Giliran): \d{4}/(ADU|INF)/.+ \d\. ", told, re.M)
    assert shown.startswith(told)
    count = int(re.search(r"^(\d+) surel akan dikirim", told, re.M)[1])
    assert count == told.count("Surel kepada") == len(list((tmp_path / "prev").glob("*.html")))
    assert set((tmp_path / "outbox").glob("*.eml")) == mails
    assert f"{count} surel dikirim" in program(tmp_path, "--now", early, "run").stdout


def test_the_month_is_archived_in_a_folder_that_can_be_verified(office: Path) -> None:
    done = program(office, "--now", NOW, "report", "--month", "2026-11", "--out", "arsip")
    assert done.returncode == 0, done.stderr
    folder = office / "arsip" / "laporan-2026-11"
    with zipfile.ZipFile(folder / "laporan-2026-11.xlsx") as archive:
        rows = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert rows
        links = [link for name in rows for link in HYPERLINK.findall(archive.read(name))]
        assert {*links} <= {b"'Temuan'!A1"}  # to a tab of the archive, never into the register
    assert program(office, "report", "--verify", str(folder)).returncode == 0
    (folder / "pemantauan-2026-11.csv").unlink()
    broken = program(office, "report", "--verify", str(folder))
    assert (broken.returncode, broken.stderr) == (1, "")
    assert broken.stdout.splitlines()[0] == "Hilang: pemantauan-2026-11.csv"
    nothing = program(office, "report", "--verify", "arsip")
    assert (nothing.returncode, nothing.stdout, nothing.stderr.count("\n")) == (2, "", 1)


def test_setup_makes_a_register_that_checks_clean_but_for_the_missing_staff(tmp_path: Path) -> None:
    assert program(tmp_path, "setup").returncode == 0
    before = (tmp_path / "register.xlsx").read_bytes()
    assert "tidak diubah" in program(tmp_path, "setup").stdout
    assert (tmp_path / "register.xlsx").read_bytes() == before
    rules = {finding["rule"] for finding in answer(tmp_path, "check")["findings"]}
    assert rules == {"role_unattended"}


def test_the_same_seed_and_now_make_the_same_register(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        program(tmp_path, "--now", NOW, "demo", "--dir", folder, "--cases", "20", "--seed", "3")
    one, two = (tmp_path / folder / "register.xlsx" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("status",), None, "register.xlsx"),
        (("--now", "kemarin", "status"), None, "2026-11-23T10:00"),
        (("--config", "tidak-ada.toml", "status"), None, "tidak-ada.toml"),
        (("--config", "s.toml", "status"), "[office]\nzona = 1", "office.zona"),
        (("--config", "s.toml", "status"), "[office", "s.toml"),
        (
            ("--config", "s.toml", "status"),
            '[mail]\nkind = "post"',
            'mail.kind: isi dengan "folder" atau "smtp"',
        ),
        (("--config", "s.toml", "status"), "[watch]\nevery_minutes = 0", "paling sedikit 1"),
        (("--config", "s.toml", "status"), '[workbook]\nkind = "google"', "memerlukan spreadsheet"),
        (("--config", "s.toml", "status"), '[office]\ntimezone = "Jakarta"', "Asia/Jakarta"),
        (("--config", "s.toml", "status"), '[office]\nschema = "x"', "sop.toml"),
        (("report", "--month", "Mei"), None, "2026-11"),
        (("report", "--year", "2026-11"), None, "tulis seperti 2026"),
        (("--now", NOW, "report", "--month", "2026-12"), None, "belum dimulai"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    tmp_path: Path, arguments: tuple[str, ...], settings: str | None, words: str
) -> None:
    if settings is not None:
        (tmp_path / "s.toml").write_text(settings)
    done = program(tmp_path, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "standard_minutes = 15",
            'standard_minutes = "x"',
            'sop.toml, steps[1] "Unduh".standard_minutes',
        ),
        ('role = "Ketua Tim"', 'role = "Nobody"', "sop.toml"),
        (
            'superior = "Kasubbag Umum"',
            'superior = "Petugas Pengadministrasi Pengaduan"',
            "berputar",
        ),
    ],
)
def test_a_broken_schema_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    text = (ROOT / "sheets_schema" / "sop.toml").read_text("utf-8")
    text = text.replace('role = "Penanggung Jawab Teknis"', 'role = "Ketua Tim"')
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "sop.toml").write_text(text.replace(old, new, 1), "utf-8")
    (tmp_path / "s.toml").write_text('[office]\nschema = "schema"')
    done = program(tmp_path, "--config", "s.toml", "status")
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_watch_ends_cleanly_within_seconds(office: Path, stop: signal.Signals) -> None:
    watching = subprocess.Popen(
        [sys.executable, "-m", "automation", "--now", NOW, "watch"],
        cwd=office,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watching.stderr is not None
    for line in watching.stderr:
        if "terbuka" in line:  # the first run was logged
            break
    watching.send_signal(stop)
    assert watching.wait(timeout=30) == 0  # the next run would be in a minute


@pytest.mark.parametrize(
    "command", ["demo", "setup", "check", "status", "run", "watch", "report", "mail", "doctor"]
)
def test_every_commands_help_has_an_example_and_the_readme_names_it(command: str) -> None:
    told = program(ROOT, command, "--help").stdout
    assert "python -m automation" in told
    assert command in told
    assert f"`{command}" in (ROOT / "README.md").read_text("utf-8")


def test_doctor_says_of_each_part_whether_it_is_well(office: Path, tmp_path: Path) -> None:
    assert program(office, "--now", NOW, "doctor").returncode == 0
    done = program(tmp_path, "--now", NOW, "doctor")
    assert done.returncode == 1
    assert "setup" in done.stdout


@pytest.mark.parametrize(
    "pasted",
    ["1AbC_-9", " 1AbC_-9 ", "https://docs.google.com/spreadsheets/d/1AbC_-9/edit?gid=0#gid=0"],
)
def test_a_spreadsheet_is_named_by_its_id_or_its_address(pasted: str) -> None:
    assert WorkbookSection(kind="google", spreadsheet=pasted).spreadsheet == "1AbC_-9"


def test_the_example_settings_name_every_key_with_its_default(tmp_path: Path) -> None:
    text = (ROOT / "credentials" / "settings.example.toml").read_text("utf-8")
    uncommented = re.sub(r"^# (\w+ = )", r"\1", text, flags=re.M)
    named = tomllib.loads(uncommented)
    for section, model in Settings.model_fields.items():
        keys = {field.alias or name for name, field in model.default.__class__.model_fields.items()}
        assert set(named[section]) == keys, section
    Settings.model_validate(tomllib.loads(text))
