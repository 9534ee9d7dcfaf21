"""The demo plays a morning of the last working day, whenever it is started."""

import shlex
import sys
from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from automation.core.words.titles import PENGINGAT
from automation.demo.morning import as_it_stood
from tests.commands import program
from tests.excel_office import SCHEMA

KINDS = (
    "Giliran", "Segera Jatuh Tempo", "Terlambat", "Eskalasi", "Tenggat Hukum", "Temuan", "Ringkasan",
)  # fmt: skip


def stages(folder: Path) -> set[str]:
    book = CalamineWorkbook.from_path(folder / "ringkasan.xlsx")
    rows = book.get_sheet_by_name(PENGINGAT).to_python()
    place = rows[0].index("Tahap")
    return {word for row in rows[1:] for word in str(row[place]).split(", ")}


@pytest.mark.parametrize(
    ("now", "played"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),  # just when the morning is over
        ("2026-11-23T09:59", "2026-11-20T10:00"),
        ("2026-11-21T23:00", "2026-11-20T10:00"),  # the night of a Saturday
        ("2026-11-25T03:00", "2026-11-24T10:00"),
        ("2026-03-22T11:00", "2026-03-17T10:30"),  # a long rest, behind Ramadan's hours
    ],
)
def test_a_morning_of_the_last_working_day_has_all_kinds_of_mail(
    now: str, played: str, tmp_path: Path
) -> None:
    done = program(tmp_path, "--now", now, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"--now {played} status" in done.stdout
    assert stages(tmp_path / "demo") >= set(KINDS)
    for name in ("ringkasan.xlsx", "register.xlsx", "outbox"):
        assert f"{Path('demo') / name}:" in done.stdout
    python, *arguments = shlex.split(done.stdout.splitlines()[-1])
    assert (python, arguments[:2]) == (sys.executable, ["-m", "automation"])
    told = program(tmp_path, *arguments[2:])
    assert told.returncode == 0
    assert told.stdout.splitlines()[-1].rpartition(" selesai")[0] in done.stdout


def test_every_start_is_a_clean_one_and_leaves_what_is_not_the_demos(tmp_path: Path) -> None:
    def mails() -> set[str]:
        return {file.name for file in (tmp_path / "demo" / "outbox").glob("2*")}

    program(tmp_path, "--now", "2026-11-21T23:00", "demo")
    before = mails()
    (tmp_path / "demo" / "outbox" / "catatan.eml").write_text("milik orang")
    program(tmp_path, "--now", "2026-11-25T03:00", "demo")
    assert not before & mails()
    program(tmp_path, "--now", "2026-11-21T23:00", "demo")
    assert mails() == before
    assert (tmp_path / "demo" / "outbox" / "catatan.eml").exists()


def test_the_demo_says_nothing_of_its_own_clock(tmp_path: Path) -> None:
    done = program(tmp_path, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Jam komputer" not in done.stdout


def test_a_register_as_it_stood_has_nothing_that_was_still_to_come() -> None:
    tabs = SCHEMA.tabs
    keys = [column.key for column in tabs.cases.columns]
    steps = [step.key for step in SCHEMA.sop.steps]
    last, at = datetime(2026, 11, 23, 10), datetime(2026, 11, 23, 8)
    early, between, mistake = at.replace(hour=7), at.replace(hour=9), at.replace(year=2027)
    stamps = dict.fromkeys(steps[:2], early) | dict.fromkeys(steps[2:], between)
    there = {"received": early, "disposition": "Sri", "decision": "Ditolak"} | stamps
    cases = [[row.get(key) for key in keys] for row in (there, {"received": between})]
    tables = {tabs.cases.title: cases, tabs.pauses.title: [["1", early, mistake, "Menunggu"]]}
    before = as_it_stood(tables, SCHEMA, at, last)
    (row,) = (dict(zip(keys, row, strict=True)) for row in before[tabs.cases.title])
    assert [row[key] for key in steps] == [early, early, None, None, None, None, None]
    assert row["disposition"] is row["decision"] is None
    assert before[tabs.pauses.title] == tables[tabs.pauses.title]
