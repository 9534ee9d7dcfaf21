"""Another office, another SOP: the example of docs/another-sop.md, and what the demo makes of any."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from automation.core.edges import EdgeError
from automation.core.office_time.office_hours import office_hours
from automation.core.plan import Plan, plan
from automation.core.register.reading import read_register
from automation.core.schema import (
    CaseNumber,
    Deadline,
    Decision,
    Kind,
    Role,
    Schema,
    Sop,
    Step,
    parse_schema,
)
from automation.core.schema.fact import Fact
from automation.core.tabs.staff import staff_sheets
from automation.cycle import run
from automation.demo.rows import sample_rows
from automation.installation import Installation
from automation.setting_sections import OfficeSection
from automation.settings import Settings, load_schema
from automation.workbooks.excel.writer import write_workbook
from tests.offices import ROOT, standard_schema
from tests.schema_folders import standard_documents

NOW = datetime(2026, 11, 23, 10, 0)
EXAMPLE = ROOT / "docs" / "perizinan"
STANDARD_WORDS = ("aduan", "pengaduan", "permintaan informasi", "ADU/", "INF/", "Unduh")


def schema_in(folder: Path) -> Schema:
    return load_schema(Settings(office=OfficeSection(schema=folder)))


def one_step() -> Schema:
    """No kinds, no decisions, no channels, one step."""
    documents = standard_documents()
    sop = documents["sop"]
    sop.update(kinds=[], decisions=[], channels=[], steps=sop["steps"][:1])
    for column in documents["tabs"]["cases"]["columns"]:
        column.update({"required": False} if column["key"] in ("kind", "channel") else {})
    return parse_schema(documents)


def long_steps() -> Schema:
    """Steps that may take a year, of which the calendar of the sample sees no end."""
    documents = standard_documents()
    for step in documents["sop"]["steps"]:
        step["standard_minutes"] = 120_000
    return parse_schema(documents)


def sample(schema: Schema, cases: int = 40) -> dict[str, Any]:
    nothing = read_register({}, schema).closures.frame
    calendar = office_hours(schema.working_hours, nothing, 2023, 2026).calendar
    rows = sample_rows(schema, cases=cases, seed=1, now=NOW, calendar=calendar)
    headers = {tab.title: [column.header for column in tab.columns] for tab in schema.tabs.all()}
    return {title: [headers[title], *rows[title]] for title in headers}


def looked(schema: Schema) -> Plan:
    return plan(sample(schema), schema, NOW)


@pytest.mark.parametrize(
    "schema",
    [schema_in(EXAMPLE), schema_in(ROOT / "tests" / "data" / "permit_desk"), one_step()],
    ids=["perizinan", "permit desk", "one step"],
)
def test_the_demo_has_a_sample_for_any_sop(schema: Schema) -> None:
    """Each role is held, numbers fit, and no more is wrong than the mistakes put in on purpose."""
    seen = looked(schema)
    assert seen.measures is not None
    totals = seen.measures.summary.totals
    assert totals.cases >= 39
    assert totals.open > 0 and totals.finished > 0
    rules = Counter(finding.rule for finding in seen.findings)
    assert rules["number_malformed"] == rules["role_without_holder"] == 0
    assert rules["step_skipped"] <= 3
    assert rules["choice_unknown"] <= 1


def test_steps_that_last_longer_than_the_sample_are_open() -> None:
    seen = looked(long_steps())
    assert seen.measures is not None
    assert seen.measures.summary.totals.open >= 38


def test_optional_steps_are_done_in_some_cases_of_the_sample_only() -> None:
    schema = schema_in(EXAMPLE)
    register = sample(schema)["Register"]
    place = register[0].index("2. Tinjau Lapangan")
    done = [row[place] is not None for row in register[1:]]
    assert 5 < sum(done) < 35


def test_the_demo_of_the_standard_sop_keeps_its_numbers_and_people() -> None:
    tables = sample(standard_schema())
    numbers = [row[0] for row in tables["Register"][1:] if row[0]]
    assert all(standard_schema().sop.case_number.fits(str(number)) for number in numbers)
    assert tables["Petugas"][1][:2] == ["Retno Palupi Sasmita", "Penanggung Jawab (Kepala Dinas)"]


def test_a_number_that_cannot_be_continued_is_said_in_one_sentence() -> None:
    documents = standard_documents()
    documents["sop"]["case_number"] = {"pattern": r"berkas-\d+", "example": "berkas-7"}
    with pytest.raises(
        EdgeError, match=r"^Contoh tidak dapat dibuat: nomor register sesudah berkas-7"
    ):
        sample(parse_schema(documents))


def test_no_word_of_the_standard_sop_is_shown_to_another_office() -> None:
    """Titles, purposes, headers and notes of the tabs."""
    schema = schema_in(EXAMPLE)
    shown = [tab.purpose for tab in schema.tabs.all()]
    shown += [text for tab in schema.tabs.all() for c in tab.columns for text in (c.header, c.note)]
    shown += [wording.message + wording.suggestion for wording in schema.findings.values()]
    told = "\n".join(shown)
    assert [word for word in STANDARD_WORDS if word.lower() in told.lower()] == []
    cases = schema.tabs.cases
    assert cases.purpose == "Satu baris untuk setiap berkas: Izin Baru atau Perpanjangan."
    assert cases.column("number").note.startswith("Ditulis seperti IP-2026-0042.")
    assert cases.column("kind").note.startswith("Izin Baru atau Perpanjangan.")


@pytest.mark.parametrize("shape", [Sop, CaseNumber, Role, Step, Kind, Deadline, Decision])
def test_the_guide_names_every_key(shape: type[Fact]) -> None:
    guide = (EXAMPLE.parent / "another-sop.md").read_text("utf-8")
    given_by_the_sop = {"number"} if shape is Step else set()
    named = set(re.findall(r"[a-z_]+", guide))
    assert shape.model_fields.keys() - given_by_the_sop - named == set()


def test_the_sample_of_another_office_has_addresses_of_no_other() -> None:
    staff = sample(schema_in(EXAMPLE))["Petugas"]
    domains = {str(row[2]).partition("@")[2] for row in staff[1:]}
    assert domains == {"kantor.example.id"}


def test_the_example_of_the_guide_runs_a_cycle(tmp_path: Path) -> None:
    """IP-2026-0001 was received at 08.00 and taken in at 08.10: Telaah waits for the technical team
    since then, and not the visit that it may not need."""
    settings = Settings(office=OfficeSection(schema=EXAMPLE)).in_folder(tmp_path)
    schema = load_schema(settings)
    stamped = {
        "number": "IP-2026-0001",
        "received": datetime(2026, 11, 23, 8, 0),
        "channel": "Loket",
        "kind": "Izin Baru",
        "applicant": "Pemohon",
        "subject": "Penelitian",
        "step_1": datetime(2026, 11, 23, 8, 10),
    }
    row = [stamped.get(column.key) for column in schema.tabs.cases.columns]
    staff = [
        [f"Petugas {n}", role.name, f"p{n}@kantor.example.id", "Ya", None, None, None]
        for n, role in enumerate(schema.sop.roles)
    ]
    sheets = staff_sheets(schema, {"Register": [row], "Petugas": staff})
    write_workbook(settings.path(Path("register.xlsx")), sheets, NOW)
    outcome = run(Installation(settings, schema, NOW).office, NOW)
    assert outcome.published.complete
    assert outcome.plan.measures is not None
    progress = outcome.plan.measures.progress
    assert progress.cases["step"].tolist() == [3]
    assert [holder.role for holder in progress.holding(0).holders] == ["Tim Teknis"]
    mails = [file.read_text("utf-8") for file in (tmp_path / "outbox").glob("*.eml")]
    assert not [word for mail in mails for word in STANDARD_WORDS if word in mail]
