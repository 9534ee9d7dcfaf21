"""Offices for tests: the standard schema, and registers written as rows of header -> value."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from automation.core.plan import Plan, plan
from automation.core.register.headers import Grid
from automation.core.schema import DOCUMENTS, Schema, parse_schema

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 10, 0)  # a Monday in working hours

Row = Mapping[str, Any]


@cache
def standard_schema() -> Schema:
    """The schema of `sheets_schema/`."""
    return parse_schema(documents())


def documents() -> dict[str, Any]:
    """The TOML of `sheets_schema/`, by file."""
    folder = ROOT / "sheets_schema"
    return {name: tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in DOCUMENTS}


def at(text: str) -> datetime:
    """ "23/11 08.15" of 2026."""
    return datetime.strptime(f"2026 {text}", "%Y %d/%m %H.%M")


def case(number: str = "0001/ADU/XI/2026", **cells: Any) -> dict[str, Any]:
    """A row of the Register, complete but for its steps. `step_1` to `step_7` are stamps."""
    steps = {f"step_{step.number}": step.header for step in standard_schema().sop.steps}
    row = {
        "No. Register": number,
        "Diterima": at("23/11 08.00"),
        "Saluran": "Surat",
        "Jenis": "Aduan",
        "Nama Pemohon": f"Pemohon {number}",
        "Perihal": f"KTP-el {number}",
    }
    return row | {steps.get(key, key): value for key, value in cells.items()}


def person(name: str, role: str, **cells: Any) -> dict[str, Any]:
    """A row of `Petugas`."""
    address = name.lower().replace(" ", ".") + "@kantor.example.id"
    return {"Nama": name, "Jabatan dalam SOP": role, "Surel": address, "Aktif": "Ya"} | cells


STAFF: tuple[Row, ...] = (
    person("Adi", "Petugas Pengadministrasi Pengaduan"),
    person("Kasih", "Kasubbag Umum"),
    person("Pelita", "Pelaksana Teknis"),
    person("Tari", "Anggota Tim Teknis"),
    person("Joko", "Penanggung Jawab Teknis"),
    person("Ketut", "Ketua Tim"),
    person("Kepala", "Penanggung Jawab (Kepala Dinas)"),
)


def grid(title: str, rows: Sequence[Row]) -> Grid:
    """Rows as the cells of a staff tab, header first."""
    tab = next(tab for tab in standard_schema().tabs.all() if tab.title == title)
    headers = [column.header for column in tab.columns]
    unknown = {key for row in rows for key in row} - set(headers)
    assert not unknown, f"{title} has no column {unknown}"
    return [headers, *([row.get(header) for header in headers] for row in rows)]


def grids(
    cases: Sequence[Row] = (),
    staff: Sequence[Row] = STAFF,
    closures: Sequence[Row] = (),
    pauses: Sequence[Row] = (),
) -> dict[str, Grid]:
    """The four staff tabs."""
    return {
        "Register": grid("Register", cases),
        "Petugas": grid("Petugas", staff),
        "Libur": grid("Libur", closures),
        "Jeda": grid("Jeda", pauses),
    }


def seen(
    cases: Sequence[Row] = (),
    staff: Sequence[Row] = STAFF,
    closures: Sequence[Row] = (),
    pauses: Sequence[Row] = (),
    now: datetime = NOW,
) -> Plan:
    """What the program sees in such a register at `now`."""
    return plan(grids(cases, staff, closures, pauses), standard_schema(), now)
