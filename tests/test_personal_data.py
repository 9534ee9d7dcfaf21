"""What fails its own column's check is named by its cell and never repeated.

A row that somebody shifted by one cell holds, in any column, a citizen's name, number or address.
"""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from automation.core.plan import Plan
from automation.core.reminders.notices import Told
from automation.core.tabs import program_sheets
from automation.mail.compose import compose
from tests.mail_letters import OFFICE
from tests.offices import STAFF, Row, at, case, person, seen, standard_schema

NAME = "Zulkarnaen Kusumawardhani"
MARKERS = (
    "3401014506800001",
    "0812-9876-5432",
    "0813 98 765432",
    NAME,
    "Jl. Kenanga Raya 117, Wates",
    "Mekar 12 Kusumawardhani",
)
DONE = {f"step_{n}": at(f"23/11 08.0{n}") for n in range(1, 5)}
NOBODY_TOLD = Told()

CLOSURE = {"Mulai": at("26/11 00.00"), "Selesai": at("26/11 00.00"), "Keterangan": "Listrik padam"}
COLUMNS = [
    (tab.title, column.header) for tab in standard_schema().tabs.all() for column in tab.columns
]


def rows_of(tab: str) -> list[Row]:
    """Rows that are in order, one for each marker; the cases are overdue by far."""
    each = range(1, len(MARKERS) + 1)
    return {
        "Register": [case(f"{n:04d}/ADU/XI/2026", **DONE) for n in each],
        "Petugas": [person(f"Tenaga {'ABCDEF'[n - 1]}", "Anggota Tim Teknis") for n in each],
        "Libur": [CLOSURE | {"Jam Masuk": None} for n in each],
        "Jeda": [
            {"No. Register": f"{n:04d}/ADU/XI/2026", "Mulai": at("22/11 08.00"), "Alasan": "KTP"}
            | {"Selesai": at("22/11 09.00")}
            for n in each
        ],
    }[tab]


def shifted(tab: str, header: str) -> Plan:
    """What is seen where the column holds the markers, one in each row."""
    tabs = {title: rows_of(title) for title in ("Register", "Petugas", "Libur", "Jeda")}
    tabs[tab] = [{**row, header: marker} for row, marker in zip(tabs[tab], MARKERS, strict=True)]
    sound = case("0099/ADU/XI/2026")
    return seen(
        cases=[*tabs["Register"], sound],
        staff=[*STAFF, *tabs["Petugas"]],
        closures=tabs["Libur"],
        pauses=tabs["Jeda"],
        now=at("23/11 09.10"),
    )


def said(plan: Plan) -> Iterator[str]:
    """Everything that goes out: findings, mails with their headers and keys, drawn tabs."""
    schema = standard_schema()
    letters = plan.letters(NOBODY_TOLD)
    assert any(notice.figures for letter in letters for notice in letter.notices)
    yield repr((plan.findings, letters, plan.live(NOBODY_TOLD), plan.notes))
    yield repr(plan.memory)
    yield from (decoded(compose(letter, OFFICE, plan.now)) for letter in letters)
    yield repr(program_sheets(plan, schema, (), lambda tab, cell: None, "WIB"))


def decoded(message: EmailMessage) -> str:
    """A mail's headers and both its parts, as a reader sees them."""
    parts = [part.get_content() for part in message.iter_parts()]
    return "\n".join([*map(str, message.values()), *parts])


@pytest.mark.parametrize(("tab", "header"), COLUMNS, ids=str)
def test_what_stands_in_the_wrong_column_is_found_nowhere_again(tab: str, header: str) -> None:
    everything = "\n".join(said(shifted(tab, header)))
    names = MARKERS[3:] if (tab, header) == ("Petugas", "Nama") else ()
    assert [m for m in MARKERS if m in everything and m not in names] == []
