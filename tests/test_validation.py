"""Each rule on the smallest register that shows it. 23/11/2026 is a Monday, now is 10.00."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.core.plan import plan
from automation.core.validation import Finding
from tests.offices import NOW, STAFF, Row, at, case, grids, person, seen, standard_schema

KEEPER = "Petugas Pengadministrasi Pengaduan"
NIK = "3401010101900001"


def found(rule: str, *cases: Row, **tabs: Any) -> list[Finding]:
    return [each for each in seen(cases or [case()], **tabs).findings if each.rule == rule]


def steps(*stamps: str | None) -> dict[str, datetime | None]:
    return {f"step_{n}": stamp and at(f"23/11 {stamp}") for n, stamp in enumerate(stamps, 1)}


def test_a_clean_register_has_no_findings() -> None:
    assert seen([case(**steps("08.10", "08.20", "08.30"))]).findings == ()


@pytest.mark.parametrize(
    ("rule", "cells", "cell", "severity"),
    [
        ("required", {"Saluran": None}, "C2", "error"),
        ("unknown_choice", {"Saluran": "WA"}, "C2", "warning"),
        ("unknown_kind", {"Jenis": "Keluhan"}, "D2", "error"),
        ("unreadable", {"step_1": "31/02/2026 08.00"}, "I2", "error"),
        ("time_missing", {"step_1": "23/11/2026"}, "I2", "error"),
        ("too_early", {"Diterima": "23/11/1926 08.00"}, "B2", "error"),
        ("stamp_before_receipt", {"step_1": at("23/11 07.50")}, "I2", "error"),
        ("stamp_before_predecessor", steps("08.20", "08.10"), "J2", "error"),
        ("stamp_in_future", {"step_1": at("23/11 10.01")}, "I2", "error"),
        ("step_skipped", steps("08.10", None, "08.30"), "J2", "warning"),
        (
            "stamp_outside_hours",
            {"Diterima": at("22/11 08.00"), "step_1": at("22/11 09.00")},
            "I2",
            "info",
        ),
        ("filled_in_afterwards", steps("08.10", "08.10", "08.10"), "I2", "warning"),
        ("decision_too_early", {"Keputusan": "Dikabulkan"}, "P2", "warning"),
        ("number_missing", {"No. Register": None}, "A2", "error"),
        ("number_malformed", {"No. Register": "42/ADU"}, "A2", "warning"),
        ("number_of_other_kind", {"Jenis": "Permintaan Informasi"}, "A2", "warning"),
        ("number_before_receipt", {"No. Register": "0001/ADU/X/2026"}, "A2", "warning"),
        ("disposition_unknown", {"Disposisi Kepada": "Entah"}, "H2", "error"),
        ("contact_malformed", {"Kontak": "0812-345"}, "F2", "warning"),
        ("phone_lost_zero", {"Kontak": 81234567890.0}, "F2", "warning"),
        ("identity_number", {"Perihal": f"KTP {NIK}"}, "G2", "error"),
        ("identity_number", {"Keterangan": "3401 0101 0190 0001"}, "Q2", "error"),
    ],
)
def test_a_row_that_breaks_a_rule_is_found_at_its_cell(
    rule: str, cells: Row, cell: str, severity: str
) -> None:
    findings = found(rule, case() | {} if not cells else case(**cells))
    assert [(each.cell, each.severity) for each in findings] == [(cell, severity)]
    assert findings[0].message and findings[0].suggestion


@pytest.mark.parametrize(
    "contact",
    [
        "081234567890",
        "+62 812-3456-7890",
        "(0274) 773123",
        "a.b@example.id",
        "081234567890 / x@example.id",
    ],
)
def test_a_usual_contact_is_no_finding(contact: str) -> None:
    assert seen([case(Kontak=contact)]).findings == ()


def test_an_nip_is_not_taken_for_a_nik() -> None:
    assert not found("identity_number", case(Keterangan="NIP 196801211996032001"))


def test_a_personal_number_is_never_repeated() -> None:
    findings = seen([case(Perihal=NIK, Kontak=NIK, Keterangan=NIK)]).findings
    assert findings
    assert NIK not in repr(findings)


def test_a_number_used_twice_is_found_on_both_rows() -> None:
    findings = found("number_doubled", case(), case(**{"Nama Pemohon": "Lain"}))
    assert [(each.row, each.message) for each in findings] == [
        (2, "No. Register sudah dipakai pada baris 3."),
        (3, "No. Register sudah dipakai pada baris 2."),
    ]


def test_a_gap_in_the_serials_and_a_serial_out_of_turn_are_found() -> None:
    later = case("0003/ADU/XI/2026", Diterima=at("20/11 08.00"))
    assert "0002" in found("number_gap", case(), later)[0].message
    assert found("number_out_of_sequence", case(), later)[0].row == 3


def test_the_same_applicant_with_nearly_the_same_subject_is_likely_one_case() -> None:
    one = case(**{"Nama Pemohon": "Bapak Sugeng", "Perihal": "KTP-el rusak, mohon cetak ulang"})
    two = case(
        "0002/ADU/XI/2026",
        **{"Nama Pemohon": "sugeng", "Perihal": "KTP-el rusak mohon cetak ulang."},
    )
    assert [each.row for each in found("entered_twice", one, two)] == [3]
    other = two | {"Perihal": "Akta kelahiran anak kedua"}
    assert not found("entered_twice", one, other)


def test_a_disposition_to_somebody_inactive_is_found() -> None:
    staff = [*STAFF, person("Lama", KEEPER, Aktif="Tidak")]
    assert found("disposition_inactive", case(**{"Disposisi Kepada": "Lama"}), staff=staff)


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("address_malformed", person("Budi", KEEPER, Surel="budi@kantor.id, x@y.id")),
        ("address_not_ascii", person("Budi", KEEPER, Surel="b\u0443di@kantor.id")),
        ("role_unknown", person("Budi", "Direktur")),
        ("person_doubled", STAFF[0]),
        (
            "leave_reversed",
            person(
                "Budi",
                KEEPER,
                **{"Cuti Mulai": datetime(2026, 11, 5), "Cuti Selesai": datetime(2026, 11, 1)},
            ),
        ),
        ("leave_without_start", person("Budi", KEEPER, **{"Cuti Selesai": datetime(2026, 11, 1)})),
        ("substitute_unknown", person("Budi", KEEPER, Pengganti="Entah")),
    ],
)
def test_a_row_of_the_staff_that_breaks_a_rule_is_found(rule: str, row: Row) -> None:
    assert [each.row for each in found(rule, staff=[*STAFF, row])] == [9]


def test_a_role_with_nobody_active_there_or_in_a_loop_is_found() -> None:
    away = {"Cuti Mulai": datetime(2026, 11, 20)}
    assert "Ketua" not in found("role_without_holder", staff=STAFF[1:])[0].message
    assert found("role_on_leave", staff=[person("Adi", KEEPER, **away), *STAFF[1:]])
    loop = [
        person("Adi", KEEPER, Pengganti="Budi", **away),
        person("Budi", "Ketua Tim", Pengganti="Adi", **away),
    ]
    assert found("substitute_loop", staff=[*loop, *STAFF[1:]])


def closure(**cells: Any) -> Row:
    return {"Mulai": datetime(2026, 11, 2), "Keterangan": "x"} | cells


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("span_reversed", [closure(Selesai=datetime(2026, 11, 1))]),
        ("closure_overlaps", [closure(Selesai=datetime(2026, 11, 4)), closure(Mulai=datetime(2026, 11, 3))]),
        ("hours_incomplete", [closure(**{"Jam Masuk": "08.00"})]),
        ("hours_reversed", [closure(**{"Jam Masuk": "08.00", "Jam Pulang": "07.00"})]),
        ("break_outside_hours", [closure(**{"Jam Masuk": "08.00", "Jam Pulang": "12.00", "Istirahat Mulai": "11.30", "Istirahat Selesai": "12.30"})]),
        ("unreadable_time", [closure(**{"Jam Masuk": 8.15, "Jam Pulang": "12.00"})]),
    ],
)  # fmt: skip
def test_a_closure_that_contradicts_itself_is_found(rule: str, rows: list[Row]) -> None:
    assert found(rule, closures=rows)


def pause(start: str, end: str | None, number: str = "0001/ADU/XI/2026") -> Row:
    return {"No. Register": number, "Mulai": at(start), "Selesai": end and at(end), "Alasan": "x"}


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("span_reversed", [pause("23/11 09.00", "23/11 08.00")]),
        ("pause_overlaps", [pause("23/11 08.00", "23/11 09.00"), pause("23/11 08.30", None)]),
        ("pause_of_unknown_case", [pause("23/11 08.00", None, "0009/ADU/XI/2026")]),
        ("pause_before_receipt", [pause("20/11 08.00", None)]),
    ],
)
def test_a_pause_that_cannot_be_right_is_found(rule: str, rows: list[Row]) -> None:
    assert found(rule, pauses=rows)


def test_a_missing_header_is_one_finding_and_the_rest_is_done() -> None:
    tabs = dict(grids([case()]))
    header, *rows = tabs["Register"]
    tabs["Register"] = [["?" if cell == "Saluran" else cell for cell in header], *rows]
    done = plan(tabs, standard_schema(), NOW)
    assert [each.rule for each in done.findings] == ["minor_header_missing"]
    assert done.figures is not None


def test_a_doubled_header_is_one_finding_that_names_both_columns() -> None:
    tabs = dict(grids([case()]))
    tabs["Register"] = [[*row, row[8]] for row in tabs["Register"]]
    done = plan(tabs, standard_schema(), NOW)
    assert [each.rule for each in done.findings] == ["header_doubled"]
    assert "I dan R" in done.findings[0].message


def test_every_rule_has_its_words_and_every_word_its_rule() -> None:
    """The rules' names stand in the code of the package, as quoted words."""
    from pathlib import Path

    import automation.core.validation as package

    code = "".join(file.read_text("utf-8") for file in Path(package.__file__).parent.glob("*.py"))
    generated = {
        "minor_header_missing",
        "minor_header_doubled",
        "header_missing",
        "header_doubled",
        "unreadable",
        "time_missing",
        "too_early",
    }
    for rule in standard_schema().findings:
        assert rule in generated or f'"{rule}"' in code, rule


CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.integers(-(10**9), 10**9), st.booleans(),
    st.datetimes(), st.dates(), st.times(), st.sampled_from(["Adi", "{x}", "=1+1", "Ya", "Dicabut"]),
)  # fmt: skip


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_no_cell_can_break_a_look_at_the_register(data: st.DataObject) -> None:
    tabs = {}
    for tab in standard_schema().tabs.all():
        headers = [column.header for column in tab.columns]
        rows = st.lists(st.lists(CELLS, max_size=len(headers) + 1), max_size=4)
        tabs[tab.title] = [headers, *data.draw(rows)]
    plan(tabs, standard_schema(), NOW)
