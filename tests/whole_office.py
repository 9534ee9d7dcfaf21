"""A small office with a schema of its own, gone through from setup to mail, as staff would."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from automation.core.drawing import Sheet
from automation.core.schema import Schema
from automation.core.tabs.staff import staff_sheets
from automation.cycle import Outcome, run
from automation.doctor import examine
from automation.installation import Installation
from automation.settings import Settings
from automation.workbooks.excel.writer import write_workbook
from tests.offices import NOW, at

ROOM = 3  # empty rows: every formatted cell costs a test time


def _rows(schema: Schema) -> dict[str, list[dict[str, Any]]]:
    """By tab, what stands in the columns that the office has: two cases, one with every trouble."""
    sop = schema.sop
    example = sop.case_number.example
    sound = {
        "number": example,
        "received": at("23/11 08.00"),
        "channel": next(iter(sop.channels), ""),
        "kind": next((kind.name for kind in sop.kinds), ""),
        "applicant": "Pemohon",
        "contact": "0812-3456-7890",
        "subject": "KTP-el",
        "disposition": "Petugas 1",
        sop.steps[0].key: at("23/11 08.05"),
    }
    odd = dict.fromkeys(sound, "?") | {sop.steps[-1].key: "kemarin", "decision": "?"}
    leave = {"leave_start": datetime(2026, 11, 23), "leave_end": "?", "active": "Ya"}
    staff = [
        {"name": f"Petugas {n}", "role": role.name, "email": f"p{n}@kantor.example.id"} | leave
        for n, role in enumerate(sop.roles, start=1)
    ]
    staff[-1]["leave_start"] = None
    closure = {"start": datetime(2026, 11, 20), "opens": 9 / 24, "closes": 14 / 24}
    pause = {"number": example, "start": at("23/11 08.10"), "end": at("23/11 08.20")}
    return {
        "cases": [sound, odd],
        "staff": staff,
        "closures": [closure, {"start": "?", "end": "?"}],
        "pauses": [pause, {"number": "?"}],
    }


def _sheets(schema: Schema) -> Sequence[Sheet]:
    filled = {}
    for name, rows in _rows(schema).items():
        tab = getattr(schema.tabs, name)
        filled[tab.title] = [[row.get(column.key) for column in tab.columns] for row in rows]
    return [replace(sheet, room=ROOM) for sheet in staff_sheets(schema, filled)]


def go_through(folder: Path, schema: Schema, settings: Settings | None = None) -> Outcome:
    """Setup, doctor and one run at ten in the morning; the register is read back from its file."""
    installation = Installation((settings or Settings()).in_folder(folder), schema, NOW)
    sheets = _sheets(schema)
    register = installation.settings.path(installation.settings.workbook.register_file)
    register.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(register, sheets, NOW)
    said = installation.workbook.setup(sheets)
    assert said[-1] == "Semua tab dan tajuk kolom lengkap.", said
    checks = {check.subject: check for check in examine(installation)}
    assert checks["Buku Register"].healthy, checks["Buku Register"].sentence
    with installation.alone():
        return run(installation.office, NOW)
