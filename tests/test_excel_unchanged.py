"""Tabs that say what the summary says already are not written again; anything else is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from automation.core.drawing import Label, Sheet
from automation.core.edges import Published
from automation.core.tabs import program_sheets
from automation.workbooks.excel.fingerprint import fingerprint
from automation.workbooks.excel.reader import read_tabs
from tests.excel_office import excel, sheet
from tests.offices import NOW, at, case
from tests.runs import Runs
from tests.test_excel_publishing import refuse

LATER = NOW + timedelta(minutes=10)
WRITTEN = Published(complete=True)


def page(text: str, made: str = "pukul 10.00") -> Sheet:
    return sheet(text, labels=[Label(5, 0, made, "stamp")])


def publish(folder: Path, drawn: Sheet, now: datetime = LATER) -> bytes:
    """The summary after it was published."""
    assert excel(folder).publish([drawn], now) == WRITTEN
    return (folder / "ringkasan.xlsx").read_bytes()


def test_tabs_that_say_the_same_are_not_written_again(tmp_path: Path) -> None:
    before = publish(tmp_path, page("sama"), NOW)
    assert publish(tmp_path, page("sama", "pukul 10.10")) == before


@pytest.mark.parametrize(
    "drawn",
    [
        page("lain"),
        replace(page("sama"), labels=[Label(5, 0, "pukul 10.10", "note")]),
        replace(page("sama"), title="Temuan"),
    ],
)
def test_what_says_something_else_is_written(tmp_path: Path, drawn: Sheet) -> None:
    before = publish(tmp_path, page("sama"), NOW)
    after = publish(tmp_path, drawn)
    assert after != before
    assert publish(tmp_path, drawn, LATER + timedelta(minutes=10)) == after


def test_what_somebody_saved_is_written_anew(tmp_path: Path) -> None:
    publish(tmp_path, page("sama"), NOW)
    book = openpyxl.load_workbook(tmp_path / "ringkasan.xlsx")
    book["Ringkasan"]["A2"] = "diketik orang"
    book.save(tmp_path / "ringkasan.xlsx")
    publish(tmp_path, page("sama"))
    assert read_tabs(tmp_path / "ringkasan.xlsx", ["Ringkasan"])["Ringkasan"][1] == ["sama"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_what_was_damaged_is_written_anew(tmp_path: Path, part: str) -> None:
    file = tmp_path / "ringkasan.xlsx"
    whole = bytearray(publish(tmp_path, page("sama"), NOW))
    with ZipFile(file) as package:
        inside = package.getinfo(part).header_offset + 30 + len(part) + 20
    damaged = bytearray(whole)
    damaged[inside] ^= 255
    file.write_bytes(damaged)
    assert publish(tmp_path, page("sama"), NOW) == whole


def test_a_summary_that_is_missing_is_written(tmp_path: Path) -> None:
    publish(tmp_path, page("sama"), NOW)
    (tmp_path / "ringkasan.xlsx").unlink()
    publish(tmp_path, page("sama"))


def test_an_open_summary_that_says_the_same_needs_no_other_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, page("lama"), NOW)
    refuse(monkeypatch, "ringkasan.xlsx")
    assert not excel(tmp_path).publish([page("baru")], NOW).complete
    publish(tmp_path, page("lama"))
    assert [file.name for file in tmp_path.iterdir()] == ["ringkasan.xlsx"]


def said(runs: Runs, now: str, without: str = "", *, played: bool = False) -> str:
    """What a run at `now` would publish of an open case and of a finished one."""
    stamps: Mapping[str, datetime] = {f"step_{n}": at(f"23/11 08.{n:02}") for n in range(1, 8)}
    runs.run(case(), case("0002/ADU/XI/2026", **stamps), now=now, without=without)
    assert runs.plan is not None
    seen = replace(runs.plan, is_played=played)
    return fingerprint(program_sheets(seen, runs.schema, (), lambda tab, cell: None, "WIB"))


def test_while_the_office_rests_its_tabs_say_the_same() -> None:
    runs = Runs()
    said(runs, "23/11 15.00")
    evening = said(runs, "23/11 16.05")
    assert said(runs, "23/11 22.00") == evening
    assert said(runs, "23/11 23.55") == evening


@pytest.mark.parametrize("then", ["23/11 16.00", "24/11 00.05", "24/11 07.31"])
def test_with_each_minute_of_work_and_each_day_they_say_something_else(then: str) -> None:
    runs = Runs()
    said(runs, "23/11 15.00")
    assert said(runs, "23/11 15.59") != said(runs, then)


@pytest.mark.parametrize(("without", "played"), [("No. Register", False), ("", True)])
def test_a_page_that_does_not_age_is_always_made_anew(without: str, played: bool) -> None:
    runs = Runs()
    said(runs, "23/11 16.05")
    evening = said(runs, "23/11 17.00", without, played=played)
    assert said(runs, "23/11 17.05", without, played=played) != evening
