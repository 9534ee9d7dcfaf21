"""Steps that not every case needs, by worked examples.

An office of five steps, `2. Tinjau` and `5. Umumkan` optional:

    1. Terima 10 min   (2. Tinjau 30 min)   3. Putuskan 20 min   4. Kirim 15 min   (5. Umumkan 5 min)

Every case is received on Monday 23/11/2026 at 08.00; the office is open from 07.30 to 12.00 and from
13.00 to 16.00.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from automation.core.plan import Plan, plan
from automation.core.schema import Schema, parse_schema
from automation.core.tabs import program_sheets
from automation.core.tabs.staff import staff_sheets
from automation.settings import SettingsError
from tests.offices import at
from tests.schema_folders import Documents, load, standard_documents

MINUTE = 60
KEEPER, HEAD = "Petugas Pengadministrasi Pengaduan", "Penanggung Jawab (Kepala Dinas)"
STEPS: tuple[dict[str, Any], ...] = (
    {"name": "Terima", "role": KEEPER, "standard_minutes": 10},
    {"name": "Tinjau", "role": "Ketua Tim", "standard_minutes": 30, "optional": True},
    {"name": "Putuskan", "role": HEAD, "standard_minutes": 20},
    {"name": "Kirim", "role": KEEPER, "standard_minutes": 15},
    {"name": "Umumkan", "role": "Pelaksana Teknis", "standard_minutes": 5, "optional": True},
)


def documents() -> Documents:
    changed = standard_documents()
    sop = changed["sop"]
    sop["steps"] = [
        {"activity": step["name"], "role_confirmed": True, "follows_disposition": False} | step
        for step in STEPS
    ]
    sop["kinds"] = [{"name": "Aduan", "code": "ADU"}]
    sop["decisions"] = []
    return changed


@cache
def schema() -> Schema:
    return parse_schema(documents())


def seen(*stamps: str | None, now: str = "23/11 15.00", staff: tuple[str, ...] = ("*",)) -> Plan:
    """A case with these stamps of 23/11; "31/02" is one that cannot be read."""
    steps = dict(enumerate(stamps, start=1))
    cells: dict[str, object] = {
        "number": "0001/ADU/XI/2026",
        "received": at("23/11 08.00"),
        "channel": "Surat",
        "kind": "Aduan",
        "applicant": "Pemohon",
        "subject": "Perihal",
    } | {f"step_{n}": text and at(f"23/11 {text}") for n, text in steps.items()}
    tabs = schema().tabs
    roles = [role.name for role in schema().sop.roles]
    people = [
        [role.split()[0] + str(n), role, f"p{n}@kantor.example.id", "Ya", None, None, None]
        for n, role in enumerate(roles)
        if staff == ("*",) or role in staff
    ]
    return plan(
        {
            "Register": [
                [column.header for column in tabs.cases.columns],
                [cells.get(column.key) for column in tabs.cases.columns],
            ],
            "Petugas": [[column.header for column in tabs.staff.columns], *people],
            "Libur": [[column.header for column in tabs.closures.columns]],
            "Jeda": [[column.header for column in tabs.pauses.columns]],
        },
        schema(),
        at(now),
    )


def measured(*stamps: str | None, now: str = "23/11 15.00") -> Any:
    """The case's row of `Progress.cases`."""
    figures = seen(*stamps, now=now).measures
    assert figures is not None
    return figures.progress.cases.iloc[0]


def minutes(*stamps: str | None) -> list[tuple[float, float] | None]:
    """Minutes used and minutes allowed of each step."""
    figures = seen(*stamps).measures
    assert figures is not None
    intervals = figures.progress.intervals
    pairs = zip(intervals.elapsed[0] / MINUTE, intervals.standard[0] / MINUTE, strict=True)
    return [None if allowed != allowed else (used, allowed) for used, allowed in pairs]


def rules(plan: Plan) -> set[str]:
    return {finding.rule for finding in plan.findings}


def test_the_current_step_is_the_next_one_that_every_case_needs() -> None:
    """Step 1 is stamped 08.10: step 3 waits since then, with its own 20 minutes."""
    row = measured("08.10", now="23/11 08.20")
    assert (row["step"], row["since"], row["due"]) == (3, at("23/11 08.10"), at("23/11 08.30"))
    assert row["status"] == "running"
    assert measured("08.10", now="23/11 08.31")["status"] == "overdue"


def test_the_holder_is_the_one_of_the_next_step_that_every_case_needs() -> None:
    figures = seen("08.10", now="23/11 08.20").measures
    assert figures is not None
    assert [holder.role for holder in figures.progress.holding(0).holders] == [HEAD]


def test_an_optional_step_left_empty_grants_no_time_and_is_no_finding() -> None:
    """Steps 1 and 3 stamped 08.10 and 08.31: 21 minutes against 20, not against 50."""
    assert minutes("08.10", None, "08.31") == [(10, 10), None, (21, 20), None, None]
    assert "step_skipped" not in rules(seen("08.10", None, "08.31"))


def test_an_optional_step_that_was_done_has_its_own_standard() -> None:
    """Step 2 stamped 08.40 after 30 minutes, step 3 at 09.00 after 20 from then on."""
    assert minutes("08.10", "08.40", "09.00") == [(10, 10), (30, 30), (20, 20), None, None]


def test_what_waits_after_an_optional_step_counts_from_its_stamp() -> None:
    row = measured("08.10", "08.40", now="23/11 08.50")
    assert (row["step"], row["since"], row["due"]) == (3, at("23/11 08.40"), at("23/11 09.00"))


def test_a_needed_step_before_an_optional_one_is_skipped_as_ever() -> None:
    """Only step 2 is stamped: 35 minutes against 10 + 30; step 1 is named."""
    plan = seen(None, "08.35")
    assert minutes(None, "08.35")[1] == (35, 40)
    assert [f.cell for f in plan.findings if f.rule == "step_skipped"] == ["I2"]


def test_a_gap_is_held_against_the_needed_steps_in_it_and_no_optional_one() -> None:
    """Only step 4 is stamped, 08.45: against 10 + 20 + 15; steps 1 and 3 were skipped."""
    plan = seen(None, None, None, "08.45")
    assert minutes(None, None, None, "08.45")[3] == (45, 45)
    assert [f.cell for f in plan.findings if f.rule == "step_skipped"] == ["I2", "K2"]


def test_a_case_is_finished_with_the_last_step_that_every_case_needs() -> None:
    row = measured("08.10", None, "08.30", "08.45")
    assert (row["status"], row["step"]) == ("on_time", 0)
    assert row["finished_at"] == at("23/11 08.45")
    assert measured("08.10", None, "08.30")["status"] == "overdue"


def test_an_optional_step_after_the_end_belongs_to_the_finished_case() -> None:
    """Done 5 minutes later it is in time, 6 minutes later it is late; the case left at 08.45."""
    in_time = measured("08.10", None, "08.30", "08.45", "08.50")
    late = measured("08.10", None, "08.30", "08.45", "08.51")
    assert (in_time["status"], late["status"]) == ("on_time", "late")
    assert in_time["finished_at"] == late["finished_at"] == at("23/11 08.45")
    assert in_time["total"] == 50 * MINUTE


def test_a_last_needed_step_that_was_skipped_ends_with_the_optional_one_after_it() -> None:
    row = measured("08.10", None, "08.30", None, "08.45")
    assert (row["status"], row["finished_at"]) == ("on_time", at("23/11 08.45"))
    assert "step_skipped" in rules(seen("08.10", None, "08.30", None, "08.45"))


def test_an_optional_stamp_before_its_predecessor_is_a_finding() -> None:
    plan = seen("08.10", "08.05", "08.30", "08.45")
    assert "stamp_before_predecessor" in rules(plan)
    assert measured("08.10", "08.05", "08.30", "08.45")["status"] == "invalid"


def test_nobody_needs_to_hold_an_optional_step() -> None:
    """No Ketua Tim and no Pelaksana Teknis: their steps wait for nobody."""
    plan = seen("08.10", staff=(KEEPER, "Kasubbag Umum", HEAD))
    assert not {"role_without_holder", "role_unattended"} & rules(plan)


def test_the_sum_of_the_standards_is_that_of_the_needed_steps() -> None:
    assert schema().sop.standard_seconds == (10 + 20 + 15) * MINUTE
    sheets = {
        sheet.title: sheet
        for sheet in program_sheets(seen(), schema(), (), lambda tab, cell: None, "WIB")
    }
    headers = [column.header for column in sheets["Pemantauan"].tables[0].columns]
    assert "Jumlah (mutu baku 45)" in headers
    needed = next(c for c in sheets["SOP"].tables[0].columns if c.header == "Wajib")
    assert needed.values == ["Ya", "Tidak", "Ya", "Ya", "Tidak"]


def test_the_register_colours_the_turn_past_an_optional_step_and_warns_of_none() -> None:
    """I to M are the steps; 3 is on once 1 or 2 is filled and nothing from 3 on."""
    (register, *_) = staff_sheets(schema())
    formulas = {(c.area.left, c.look): c.formula for c in register.conditions}
    first = register.tables[0].columns[8].header
    assert first == "1. Terima"
    assert (9, "turn") not in formulas and (9, "warn") not in formulas
    assert formulas[10, "turn"].startswith('AND(TRIM($I2&$J2)<>"",TRIM($K2&$L2&$M2)=""')
    assert formulas[11, "turn"].startswith('AND(TRIM($K2)<>""')
    note = schema().tabs.cases.column("step_2").note
    assert "Tidak wajib: kosongkan bila tidak diperlukan." in note


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda sop: [step.update(optional=True) for step in sop["steps"]],
            "paling sedikit satu langkah tanpa optional = true",
        ),
        (
            lambda sop: sop["kinds"][0].update(
                deadlines=[
                    {
                        "name": "tenggat",
                        "days": 5,
                        "unit": "working",
                        "until_step": "Umumkan",
                        "source": "UU",
                        "confirmed": True,
                    }
                ]
            ),
            'langkah "Umumkan" tidak wajib; sebut langkah yang wajib',
        ),
    ],
    ids=["nothing needed", "deadline"],
)
def test_the_schema_refuses_what_no_case_would_come_to(
    tmp_path: Path, change: Any, reason: str
) -> None:
    changed = documents()
    change(changed["sop"])
    with pytest.raises(SettingsError, match=reason):
        load(tmp_path, changed)
