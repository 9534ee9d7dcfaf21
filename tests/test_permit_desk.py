"""Another office, no code: a real register of 1,434 cases whose steps overlap, run out of order or
are missing, with a schema folder of its own."""

import csv
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from automation.core.plan import Plan
from automation.core.schema import Schema
from automation.core.staff_tabs import staff_sheets
from automation.cycle import run
from automation.installation import Installation
from automation.settings import Office, Settings, load_schema
from automation.workbooks.excel_writer import write_workbook

ROOT = Path(__file__).parent.parent
REGISTER = ROOT.parent / "shared" / "data" / "permit_receipt.csv"
SCHEMA = Path(__file__).parent / "data" / "permit_desk"
NOW = datetime(2012, 2, 1, 10, 0)
STEPS = 6


def instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def rows(schema: Schema) -> Iterator[list[object]]:
    """The CSV's cases as rows of the Register, in the schema's column order."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            cells: dict[str, object] = {
                "number": record["case"],
                "received": instant(record["received"]),
                "channel": record["channel"],
                "kind": "Permit",
                "applicant": "-",
                "subject": record["case"],
            }
            for step in schema.sop.steps:
                cells[step.key] = instant(record[f"{step.name} | done"])
            yield [cells.get(column.key) for column in schema.tabs.cases.columns]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    if not REGISTER.exists():
        pytest.skip("the shared data lies beside the project's own checkout only")
    settings = Settings(office=Office(schema=SCHEMA)).in_folder(tmp_path_factory.mktemp("permits"))
    schema = load_schema(settings)
    staff = [["Dewi", "Desk", "dewi@desk.example.nl", "Ya", None, None, None]]
    sheets = staff_sheets(schema, {"Register": list(rows(schema)), "Petugas": staff})
    write_workbook(settings.path(Path("register.xlsx")), sheets, NOW)
    return Installation(settings, schema, NOW)


@pytest.fixture(scope="module")
def plan(installation: Installation) -> Plan:
    outcome = run(installation.office, NOW)
    assert outcome.published.complete
    return outcome.plan


def by_hand(start: datetime, end: datetime) -> int:
    """Seconds from start to end within Mon-Fri 08.30-17.00, day by day."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        if day.weekday() < 5:
            opens = max(start, datetime.combine(day, time(8, 30)))
            closes = min(end, datetime.combine(day, time(17, 0)))
            total += max(closes - opens, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds())


def test_every_case_is_measured_as_a_person_would(installation: Installation, plan: Plan) -> None:
    """Each stamp against the stamped one before it; one that lies before it has no figure."""
    assert plan.figures is not None
    progress = plan.figures.progress
    assert len(progress.cases) == 1434
    places = [c.key for c in installation.schema.tabs.cases.columns]
    measured = 0
    for index, row in enumerate(rows(installation.schema)):
        cells = dict(zip(places, row, strict=True))
        before = cells["received"]
        for place in range(STEPS):
            stamp, elapsed = cells[f"step_{place + 1}"], progress.intervals.elapsed[index, place]
            if stamp is None:
                assert elapsed != elapsed
                continue
            assert isinstance(stamp, datetime) and isinstance(before, datetime)
            if stamp < before:
                assert elapsed != elapsed
            else:
                assert elapsed == by_hand(before, stamp)
                measured += 1
            before = stamp
    assert measured > 4000


def test_out_of_order_and_skipped_steps_are_findings(plan: Plan) -> None:
    rules = {finding.rule for finding in plan.findings}
    assert {"stamp_before_predecessor", "step_skipped"} <= rules


def test_the_summary_is_published(installation: Installation, plan: Plan) -> None:
    assert installation.settings.path(Path("ringkasan.xlsx")).stat().st_size > 100_000
