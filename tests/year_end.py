"""An office at the turn of 2026 to 2027: what stands in its register, and what of it travels.

0001 finished in 2026                        stays
0002 open, with a pause                      travels
0003 withdrawn                               stays
0004 open, step 1 unreadable                 travels
0005 all stamped, two in the wrong order     stays
0001 of 2027, finished in January            travels
0002 of 2027, open                           travels
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from automation.core.drawing import Column, Sheet, Value
from automation.core.tabs.staff import staff_sheets
from tests.offices import STAFF, standard_schema

NOW = "2027-01-06T10:00"
STAY = ["0001/ADU/XI/2026", "0003/ADU/XII/2026", "0005/ADU/XII/2026"]
TRAVEL = ["0002/INF/XII/2026", "0004/ADU/XII/2026", "0001/ADU/I/2027", "0002/ADU/I/2027"]
OPEN_NOTE = "0812-telepon lagi"


def moment(text: str) -> datetime:
    """ "30/12/2026 08.15"."""
    return datetime.strptime(text, "%d/%m/%Y %H.%M")


def stamps(day: str, *clocks: str) -> list[Value]:
    return [moment(f"{day} {clock}") for clock in clocks]


USUAL = ("08.05", "08.10", "08.20", "08.30", "09.00", "09.30", "09.40")


def case(number: str, received: Value, *steps: Value, decision: Value = None) -> list[Value]:
    kind = "Aduan" if "ADU" in number else "Permintaan Informasi"
    facts: list[Value] = ["Surat", kind, f"Pemohon {number}", "081234567890", f"KTP {number}", None]
    return [number, received, *facts, *steps, *[None] * (7 - len(steps)), decision, None]


CASES: list[list[Value]] = [
    case("0001/ADU/XI/2026", moment("23/11/2026 08.00"), *stamps("23/11/2026", *USUAL)),
    case("0002/INF/XII/2026", "30/12/2026", moment("30/12/2026 08.15")),
    case("0003/ADU/XII/2026", moment("28/12/2026 08.00"), decision="Dicabut"),
    case("0004/ADU/XII/2026", moment("30/12/2026 08.00"), "31/02/2026 08.15"),
    case(
        "0005/ADU/XII/2026",
        moment("30/12/2026 08.00"),
        *stamps("30/12/2026", "08.05", "08.30", "08.20", "08.40", "09.00", "09.30", "09.40"),
    ),
    case("0001/ADU/I/2027", moment("04/01/2027 08.00"), *stamps("04/01/2027", *USUAL)),
    case("0002/ADU/I/2027", moment("04/01/2027 08.00"), moment("04/01/2027 08.10")),
]
OWN = {
    "Loket": [f"0{place}" for place in range(7)],
    "Dijanjikan": [None, datetime(2027, 1, 7), *[None] * 5],
    "Kali dihubungi": [None, 3, *[None] * 5],
}
PAUSES: list[list[Value]] = [
    ["0001/ADU/XI/2026", moment("23/11/2026 08.15"), moment("23/11/2026 08.18"), "Berkas"],
    ["0002/INF/XII/2026", moment("30/12/2026 09.00"), None, "Salinan KK"],
    ["9999/ADU/I/2027", moment("04/01/2027 09.00"), None, "nomor salah"],
]
CLOSURES: list[list[Value]] = [
    [datetime(2026, 12, 1), None, "Pemadaman listrik"],
    [datetime(2026, 12, 30), datetime(2026, 12, 31), "Banjir"],
    [datetime(2027, 1, 11), None, "HUT", 8 / 24, 11 / 24],
]
ROWS = {
    "Register": CASES,
    "Petugas": [list(each.values()) for each in STAFF],
    "Libur": CLOSURES,
    "Jeda": PAUSES,
}


def register_sheets(**rows: Any) -> list[Sheet]:
    """The staff's tabs, with the office's own columns behind those of the Register."""
    register, *others = staff_sheets(standard_schema(), ROWS | rows)
    register, *others = sorted((register, *others), key=lambda sheet: sheet.title != "Register")
    (table,) = register.tables
    own = [
        Column(header, values, "date" if header == "Dijanjikan" else "text")
        for header, values in OWN.items()
    ]
    return [replace(register, tables=[replace(table, columns=[*table.columns, *own])]), *others]
