"""Another office, no code: a real register whose steps overlap, run out of order or are missing,
with a schema folder of its own.

`data/permit_desk/receipt.csv` is an extract of the public event log "Receipt phase of an environmental
permit application process" of the CoSeLoG project: the 157 of its 1,434 cases that lack a step, and
the first 243 of the others, without the people who worked on them.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from automation.core.plan import Plan
from automation.core.plan import plan as plan_of
from automation.core.schema import Schema
from automation.core.tabs.staff import staff_sheets
from automation.cycle import run
from automation.installation import Installation
from automation.setting_sections import OfficeSection
from automation.settings import Settings, load_schema
from automation.workbooks.excel.writer import write_workbook

SCHEMA = Path(__file__).parent / "data" / "permit_desk"
REGISTER = SCHEMA / "receipt.csv"
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
    settings = Settings(office=OfficeSection(schema=SCHEMA)).in_folder(
        tmp_path_factory.mktemp("permits")
    )
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
    assert plan.measures is not None
    progress = plan.measures.progress
    assert len(progress.cases) == 400
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
    assert measured > 1500


def test_out_of_order_and_skipped_steps_are_findings(plan: Plan) -> None:
    rules = {finding.rule for finding in plan.findings}
    assert {"stamp_before_predecessor", "step_skipped"} <= rules


def test_the_summary_is_published(installation: Installation, plan: Plan) -> None:
    assert installation.settings.path(Path("ringkasan.xlsx")).stat().st_size > 50_000


def skipped(schema: Schema) -> list[str]:
    """The headers of the columns that are said to be skipped, one for each finding."""
    grid = [[column.header for column in schema.tabs.cases.columns], *rows(schema)]
    findings = plan_of({schema.tabs.cases.title: grid}, schema, NOW).findings
    return [finding.column for finding in findings if finding.rule == "step_skipped"]


def test_steps_that_not_every_case_needs_are_not_skipped(installation: Installation) -> None:
    """31 empty cells with a stamp to the right of them, as a count in the file shows, all of steps 2
    to 4. With these declared optional nothing is said of them."""
    schema = installation.schema
    assert Counter(skipped(schema)) == {
        "2. T02 Check confirmation of receipt": 2,
        "3. T04 Determine confirmation of receipt": 13,
        "4. T05 Print and send confirmation of receipt": 16,
    }
    steps = tuple(
        step.model_copy(update={"optional": 2 <= step.number <= 4}) for step in schema.sop.steps
    )
    sop = schema.sop.model_copy(update={"steps": steps})
    assert skipped(schema.model_copy(update={"sop": sop})) == []
