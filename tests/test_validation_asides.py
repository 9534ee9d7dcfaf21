"""Rows that are no entries are told of once, and everything else is as if they were not there."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.core.plan import Plan, plan
from automation.core.reminders.notices import Told
from tests.offices import NOW, STAFF, at, case, grids, person, standard_schema
from tests.registers import checked, found, read

TABS = ("Register", "Petugas", "Libur", "Jeda")
REGISTER = [column.header for column in standard_schema().tabs.cases.columns]
WIDTH = len(REGISTER)

Cells = list[Any]


def cells_at(**columns: Any) -> Cells:
    """A row with these texts, by the letter of their column."""
    row: Cells = [None] * WIDTH
    for letter, value in columns.items():
        row[ord(letter) - ord("A")] = value
    return row


TOTALS = cells_at(A="Jumlah", B=40.0, C=12.0, D=28.0, I=38.0, J=37.0)
TOTALS_AT_SUBJECT = cells_at(G="TOTAL :", H=40)
COLUMN_NUMBERS = [float(number + 1) for number in range(WIDTH)]
WRITTEN_NUMBERS = [f"({number + 1})" for number in range(WIDTH)]
MONTH = cells_at(A="BULAN NOVEMBER 2026")
MONTH_ALONE = cells_at(A="Desember 2026")
CONTINUED = cells_at(C="Lanjutan dari halaman 3 …")
NAMES = cells_at(E="Dra. SITI AMINAH, M.Si", G="BUDI SANTOSO")
SIGNATURE: list[Cells] = [
    cells_at(D="Mengetahui,", L="Wates, 30 November 2026"),
    cells_at(D="Kepala Dinas", L="Petugas Pengadministrasi"),
    cells_at(),
    cells_at(),
    NAMES,
    cells_at(D="NIP. 19700101 199003 2 001", L="NIP. 19850505 201001 1 002"),
]
NOTES: list[Cells] = [cells_at(A="Catatan: kolom 3 diisi kepala dinas"), cells_at(A="- hubungi IT")]
BROKEN: Cells = ["#REF!"] * WIDTH
BLOCKS: dict[str, list[Cells]] = {
    "totals": [TOTALS],
    "totals beside the subject": [TOTALS_AT_SUBJECT],
    "column numbers": [COLUMN_NUMBERS],
    "column numbers as text": [WRITTEN_NUMBERS],
    "headers again": [list(REGISTER)],
    "headers again, some": [cells_at(A="NO. REGISTER", B="diterima", C="Saluran", D="jenis")],
    "a month": [MONTH],
    "a month alone": [MONTH_ALONE],
    "continued": [CONTINUED],
    "signatures": SIGNATURE,
    "notes": NOTES,
    "failed formulas": [BROKEN, ["#N/A"] * WIDTH],
}


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_without_cases_is_one_remark_and_no_case(kind: str) -> None:
    tabs = grids([case("0001/ADU/XI/2026"), case("0002/ADU/XI/2026")])
    register = list(tabs["Register"])
    before = checked(tabs)
    tabs["Register"] = [*register[:2], *BLOCKS[kind], *register[2:]]
    after = checked(tabs)
    last = 2 + len(BLOCKS[kind])
    rows = "3" if last == 3 else f"3 s.d. {last}"
    (told,) = [finding for finding in after if finding.rule == "no_entry"]
    assert (told.severity, told.row, told.cell) == ("info", 3, "A3")
    assert told.message.startswith(f"Baris {rows} bukan isian")
    assert len(after) == len(before) + 1
    assert read(tabs).cases.frame["number"].tolist() == ["0001/ADU/XI/2026", "0002/ADU/XI/2026"]


@pytest.mark.parametrize("title", ["Petugas", "Libur", "Jeda"])
@pytest.mark.parametrize("kind", ["totals", "a month", "signatures", "failed formulas", "notes"])
def test_such_a_block_in_another_tab_is_one_remark_too(title: str, kind: str) -> None:
    """Moved to the left edge: these tabs are narrow."""
    tabs = grids([case()])
    before = len(checked(tabs))
    rows = [[cell for cell in row if cell is not None] for row in BLOCKS[kind]]
    tabs[title] = [*tabs[title], *rows]
    after = checked(tabs)
    assert [finding.rule for finding in after if finding.tab == title] == ["no_entry"]
    assert len(after) == before + 1


@pytest.mark.parametrize("title", TABS)
def test_headers_and_column_numbers_are_no_entries_in_any_tab(title: str) -> None:
    tabs = grids([case()])
    headers = list(tabs[title][0])
    numbers = [float(place + 1) for place in range(len(headers))]
    tabs[title] = [headers, numbers, *tabs[title][1:], headers]
    told = [finding.row for finding in checked(tabs) if finding.rule == "no_entry"]
    assert told == (
        [2, len(tabs[title])] if len(tabs[title]) > 3 else [2]
    )  # an empty tab: one block


@pytest.mark.parametrize(
    "row",
    [
        {"No. Register": "0041/ADU/XI/2026"},
        {"No. Register": "41"},
        {"No. Register": "0041/ADU/XI"},
        {"No. Register": "ADU/41/2026"},
        {"No. Register": "0041-ADU-XI-2026", "Keterangan": "Jumlah berkas 2"},
        {"Diterima": at("23/11 08.00")},
        {"Diterima": "31/02/2026 08.00"},
        {"Diterima": "23 Nopembre 2026"},
        {"Jenis": "Aduan"},
        {"Nama Pemohon": "Budi", "Perihal": "KTP hilang"},
        {"Nama Pemohon": "Budi", "Jenis": "aduan", "Perihal": "Kepala keluarga meninggal"},
        {"1. Unduh": at("23/11 08.00")},
        {"1. Unduh": "23/11/2026"},
    ],
)  # fmt: skip
def test_a_badly_typed_case_is_never_taken_for_something_else(row: dict[str, Any]) -> None:
    tabs = grids([case("0001/ADU/XI/2026"), row, case("0002/ADU/XI/2026")])
    assert len(read(tabs).cases.frame) == 3
    assert not [finding for finding in checked(tabs) if finding.rule == "no_entry"]
    assert [finding for finding in checked(tabs) if finding.row == 3]


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("Petugas", person("Budi", "Ketua Timm", Surel=None, Aktif=None)),
        ("Petugas", {"Nama": "Budi", "Aktif": "Ya"}),
        ("Libur", {"Mulai": "31/02/2026"}),
        ("Libur", {"Mulai": "besok", "Keterangan": "Listrik padam"}),
        ("Libur", {"Selesai": "24/11/2026"}),
        ("Jeda", {"No. Register": "0041/ADU"}),
        ("Jeda", {"Mulai": "31/02/2026"}),
    ],
)
def test_a_badly_typed_entry_of_another_tab_is_a_finding(title: str, row: dict[str, Any]) -> None:
    key = {"Petugas": "staff", "Libur": "closures", "Jeda": "pauses"}[title]
    entries = [*STAFF, row] if key == "staff" else [row]
    findings = checked(grids([case()], **{key: entries}))  # type: ignore[arg-type]
    here = [finding for finding in findings if finding.tab == title and finding.row > 1]
    assert here and all(finding.rule != "no_entry" for finding in here)


SOUND = grids(
    [
        case("0001/ADU/XI/2026", Diterima=at("20/11 08.00"), step_1=at("20/11 08.10")),
        case("0002/INF/XI/2026", Jenis="Permintaan Informasi", Diterima=at("20/11 09.00")),
        case("0003/ADU/XI/2026", Diterima=at("23/11 08.00")),
    ],
    closures=[{"Mulai": "26/11/2026", "Keterangan": "Listrik padam"}],
    pauses=[{"No. Register": "0003/ADU/XI/2026", "Mulai": at("23/11 08.10"), "Alasan": "menunggu"}],
)
GARBAGE = [
    *(row for block in BLOCKS.values() for row in block if row != NAMES),  # these need neighbours
    ["#N/A", None, "#VALUE!"],
    ["x"],
    [True, False],
    ["\u200b", "\u00a0"],
]


def sayings(seen: Plan) -> Any:
    """All that people are told of cases: measures, deadlines, letters. Rows may have moved."""
    assert seen.measures is not None
    cases = seen.measures.progress.cases.drop(columns=["row", "holding"]).astype(str)
    deadlines = seen.measures.deadlines.rows.astype(str)
    letters = [
        (
            letter.to,
            [(n.number, n.stage, n.step, n.due) for n in letter.notices if n.number],
        )
        for letter in seen.letters(Told())
        if any(notice.number for notice in letter.notices)
    ]
    totals, hours = seen.measures.summary.totals, seen.snapshot.hours.occasions
    return cases.to_numpy().tolist(), deadlines.to_numpy().tolist(), totals, letters, hours


Inserted = st.lists(st.tuples(st.sampled_from(TABS), st.integers(1, 9), st.sampled_from(GARBAGE)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(Inserted)
def test_garbage_rows_leave_sound_rows_as_they_are(
    inserted: Sequence[tuple[str, int, Any]],
) -> None:
    tabs = {title: list(rows) for title, rows in SOUND.items()}
    for title, place, row in inserted:
        tabs[title].insert(min(place, len(tabs[title])), row)
    assert sayings(plan(tabs, standard_schema(), NOW)) == sayings(
        plan(SOUND, standard_schema(), NOW)
    )


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Jam Masuk", "pagi"),
        ("Jam Pulang", "25.00"),
        ("Jam Masuk", "#N/A"),
        ("Istirahat Mulai", "siang"),
        ("Selesai", "31/02/2026"),
        ("Selesai", "#REF!"),
        ("Selesai", "23/11/1026"),
    ],
)
def test_a_closure_that_cannot_be_read_is_a_finding_and_has_no_effect(
    column: str, cell: str
) -> None:
    row = {"Mulai": "24/11/2026", "Keterangan": "Rapat", column: cell}
    tabs = grids([case()], closures=[row])
    assert (
        plan(tabs, standard_schema(), NOW).snapshot.hours.occasions.get(at("24/11 08.00").date())
        is None
    )
    assert (
        next(f.severity for f in checked(tabs) if f.tab == "Libur" and f.column == column)
        == "error"
    )


@pytest.mark.parametrize("end", ["31/02/2026", "#REF!", "kapan-kapan"])
def test_a_pause_or_a_leave_that_cannot_be_read_is_a_finding_and_has_no_effect(end: str) -> None:
    pause = {"No. Register": case()["No. Register"], "Mulai": at("23/11 08.10"), "Selesai": end,
             "Alasan": "menunggu"}  # fmt: skip
    assert [f.cell for f in found("unreadable", case(), pauses=[pause])] == ["C2"]
    away = [*STAFF[:3], person("Tari", "Anggota Tim Teknis", **{"Cuti Mulai": "20/11/2026", "Cuti Selesai": end}), *STAFF[4:]]  # fmt: skip
    assert [f.cell for f in found("unreadable_date", staff=away)] == ["G5"]
    assert found("role_on_leave", staff=away) == []
    seen = plan(grids([case()], pauses=[pause]), standard_schema(), NOW)
    assert seen.measures is not None
    assert seen.measures.progress.cases["status"].tolist() == ["overdue"]
