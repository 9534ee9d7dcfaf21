"""The guides name everything that exists, by the name that its reader sees, and nothing else."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
import typer

from automation import VERSION
from automation.commands import app
from automation.core.reminders.stages import STAGES
from automation.core.tabs.ringkasan import attention, steps
from automation.core.words.indonesian import MONTHS
from automation.core.words.statuses import STATUSES
from automation.settings import JOURNALS, STATE_FILES, Settings
from automation.workbooks.google.login import CLIENT
from tests.offices import seen, standard_schema
from tests.ringkasan_page import ReadPage

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CREDENTIALS = ROOT / "credentials" / "README.md"
GUIDES = (
    "panduan-pimpinan.md",
    "panduan-petugas.md",
    "panduan-operator.md",
    "pembaruan.md",
    "beberapa-kantor.md",
)
HOMES = tuple(f"deploy/{file.name}" for file in sorted((DOCS / "deploy").glob("*.md")))
LONGEST = 250  # lines


@cache
def text(name: str) -> str:
    return (ROOT / name if name == "README.md" else DOCS / name).read_text("utf-8")


def named(guide: str, heading: str, column: int = 0) -> list[str]:
    """What the tables under a heading name in one of their columns."""
    _, _, below = text(guide).partition(f"## {heading}\n")
    section = below.partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in section.splitlines() if line.strip().startswith("|")]
    cells = (row[column].strip() for row in rows)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def settings() -> set[str]:
    """Every key as "[mail] host"."""
    return {
        f"[{section}] {field.alias or key}"
        for section, part in Settings.model_fields.items()
        for key, field in part.annotation.model_fields.items()  # type: ignore[union-attr]
    }


def test_staff_are_told_of_every_finding_and_of_no_other() -> None:
    wordings = tomllib.loads((ROOT / "sheets_schema/findings.toml").read_text("utf-8"))
    told = named("panduan-petugas.md", "Temuan dan cara memperbaikinya")
    assert sorted(told) == sorted({wording["title"] for wording in wordings.values()})


def test_staff_are_told_of_every_status_in_the_order_of_the_list() -> None:
    told = named("panduan-petugas.md", "Daftar kerja: tab `Pemantauan`")
    assert told == [status.word for status in STATUSES]


def test_staff_are_told_of_every_mail_by_its_stage_and_its_heading() -> None:
    heading = "Surel yang Anda terima"
    told = zip(
        named("panduan-petugas.md", heading),
        named("panduan-petugas.md", heading, column=1),
        strict=True,
    )
    assert sorted(told) == sorted((stage.word, stage.heading) for stage in STAGES)


def test_staff_are_told_of_every_column_that_they_fill_in() -> None:
    schema = standard_schema()
    within = {step.header for step in schema.sop.steps[1:-1]}  # said as from the first to the last
    headers = {column.header for tab in schema.tabs.all() for column in tab.columns} - within
    guide = text("panduan-petugas.md")
    assert {header for header in headers if f"`{header}`" not in guide} == set()


def test_the_head_is_told_of_every_figure_of_the_page() -> None:
    page = ReadPage(seen([], now=datetime(2026, 11, 23, 10)))
    captions = [*page.figures(), *attention.HEADERS, *(head.strip() for head, *_ in steps.HEADERS)]
    guide = text("panduan-pimpinan.md")
    assert [caption for caption in captions if f"`{caption}`" not in guide] == []
    titles = [label.value for label in page.sheet.labels if label.look == "part"]
    headings = re.findall(r"^## (?:\d\. )?(.+)$", guide, re.MULTILINE)
    assert {"Perlu perhatian Bapak/Ibu sekarang", "Membaik atau memburuk?"} < {*titles}
    assert [title for title in titles if str(title).partition(" (")[0] not in headings] == [
        "Bulan yang ditampilkan:"
    ]


def test_the_operator_is_told_of_every_setting_and_of_no_other() -> None:
    assert sorted(named("panduan-operator.md", "Semua pengaturan")) == sorted(settings())


@pytest.mark.parametrize("guide", [*GUIDES, *HOMES, "README.md"])
def test_no_setting_is_named_that_does_not_exist(guide: str) -> None:
    assert set(re.findall(r"`(\[[a-z]+\] [a-z_0-9]+)`", text(guide))) <= settings()


@pytest.mark.parametrize("page", ["panduan-operator.md", "README.md"])
def test_whoever_runs_the_program_is_told_of_every_command(page: str) -> None:
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    told = named(page, "Perintah" if page != "README.md" else "Commands")
    assert {name.partition(" ")[0] for name in told if not name.startswith("-")} == known.keys()


@cache
def sentences() -> str:
    """All that the program can say, its parts put together."""
    sources = "".join(
        file.read_text("utf-8") for file in sorted((ROOT / "automation").rglob("*.py"))
    )
    return re.sub(r'"\s*f?"', "", sources)


def test_every_sentence_that_the_operator_may_meet_is_one_of_the_program() -> None:
    said = sentences()
    quoted = [
        part.strip()
        for sentence in named("panduan-operator.md", "Bila ada masalah")
        if " " in sentence
        for part in re.split(r"…|\.$", sentence)
    ]
    assert len(quoted) > 10
    assert [part for part in quoted if part not in said] == []


def test_every_sentence_of_doctor_that_the_page_on_credentials_explains_is_one_of_the_program() -> (
    None
):
    _, _, below = CREDENTIALS.read_text("utf-8").partition("## What `doctor` says")
    rows = [line.split("|")[1] for line in below.splitlines() if line.startswith("| ")][2:]
    parts = [part.strip() for row in rows for part in re.split("[…;]", row) if part.strip()]
    assert len(parts) > 15
    assert [part for part in parts if part not in sentences()] == []


def test_the_page_on_credentials_leads_to_its_own_parts_and_names_what_exists() -> None:
    page = CREDENTIALS.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors
    assert set(re.findall(r"`(\[[a-z]+\] [a-z_0-9]+)`", page)) <= settings()
    assert f"`{CLIENT}`" in page


def test_the_operator_is_told_of_every_file_of_the_state_folder() -> None:
    told = " ".join(named("panduan-operator.md", "Apa yang tersimpan di mana"))
    files = {name for name in STATE_FILES if name not in JOURNALS}  # of the file beside them
    assert {name for name in files if name not in told} == set()


def test_the_refusal_that_the_page_on_upgrades_explains_is_the_program_s() -> None:
    _, _, below = text("pembaruan.md").partition("## Program yang lebih lama menolak")
    parts = [part.strip() for part in below.split("`")[1].split("…") if part.strip()]
    assert len(parts) == 2
    assert all(part in sentences() for part in parts)


def test_the_changelog_begins_with_the_version_and_dates_each_entry() -> None:
    entries = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    headings = [re.match(r"(\S+?)(?:,[^(]*)? \((\d+ \w+ \d{4})\)\n", entry) for entry in entries]
    assert all(headings)
    versions, dates = zip(*(heading.groups() for heading in headings if heading), strict=True)
    assert versions[0] == VERSION
    days = [
        date(int(year), MONTHS.index(month) + 1, int(day))
        for day, month, year in map(str.split, dates)
    ]
    assert days == sorted(days, reverse=True)
    assert all("### Yang perlu dilakukan petugas TI\n" in entry for entry in entries)


@pytest.mark.parametrize("guide", [*GUIDES, *HOMES])
def test_a_guide_is_short(guide: str) -> None:
    assert len(text(guide).splitlines()) <= LONGEST


@pytest.mark.parametrize("page", [*GUIDES, *HOMES, "README.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    folder = ROOT if page == "README.md" else (DOCS / page).parent
    assert [link for link in links(page) if not (folder / link).exists()] == []


def links(page: str) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)]+)\)", text(page)):
        if not link.startswith("http"):
            yield link.partition("#")[0]
