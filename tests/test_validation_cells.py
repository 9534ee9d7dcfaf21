"""Tabs, headers and single cells: each rule on the register that it is about."""

from datetime import date, datetime
from typing import Any

import pytest

from automation.core.validation import Finding
from tests.offices import STAFF, at, case, grids, person, seen
from tests.registers import cells, checked, found, read


def with_headers(tab: str, **renamed: str) -> dict[str, Any]:
    """The standard tabs with one case, and some headers of `tab` written differently."""
    tabs: dict[str, Any] = dict(grids([case(Kontak="081234567890")]))
    header, *rows = tabs[tab]
    return tabs | {tab: [[renamed.get(name, name) for name in header], *rows]}


def only(tabs: dict[str, Any]) -> Finding:
    (finding,) = checked(tabs)
    return finding


@pytest.mark.parametrize(
    ("tab", "rule", "severity"),
    [("Petugas", "needed_tab_missing", "error"), ("Libur", "tab_missing", "warning")],
)
def test_a_tab_that_is_missing_is_one_finding(tab: str, rule: str, severity: str) -> None:
    finding = only(dict(grids([case()])) | {tab: None})
    assert (finding.tab, finding.row, finding.rule, finding.severity) == (tab, 0, rule, severity)


@pytest.mark.parametrize(
    ("header", "rule", "severity"),
    [("Diterima", "header_missing", "error"), ("Kontak", "minor_header_missing", "warning")],
)
def test_a_header_that_is_missing_is_one_finding(header: str, rule: str, severity: str) -> None:
    """The column is there under a name of its own; nothing is said of its cells."""
    finding = only(with_headers("Register", **{header: "Lain-lain"}))
    assert (finding.column, finding.rule, finding.severity) == (header, rule, severity)


@pytest.mark.parametrize(
    ("header", "rule", "cell"),
    [("Diterima", "header_doubled", "P1"), ("Kontak", "minor_header_doubled", "P1")],
)
def test_a_header_that_stands_twice_is_one_finding(header: str, rule: str, cell: str) -> None:
    """Keputusan (column P) is headed like another column."""
    tabs = with_headers("Register", Keputusan=header)
    doubled = [finding for finding in checked(tabs) if finding.column == header]
    assert [(finding.rule, finding.cell) for finding in doubled] == [(rule, cell)]
    assert "kolom B dan P" in doubled[0].message or "kolom F dan P" in doubled[0].message


def test_a_required_cell_is_not_empty() -> None:
    findings = found("required", case(**{"Diterima": None, "Nama Pemohon": "  "}))
    assert cells(findings) == ["B2", "E2"]
    assert findings[0].message == "Diterima belum diisi."


def test_a_cell_with_a_list_holds_one_of_its_words() -> None:
    """`surat` is `Surat`; `WA` is nothing, and an empty decision is none yet."""
    (finding,) = found("unknown_choice", case(Saluran="surat"), case("2", Saluran="WA"))
    assert finding.cell == "C3"
    assert "Website, Kotak Saran, Surat, Surel" in finding.suggestion
    assert cells(found("active_unclear", staff=[person("Adi", "Ketua Tim", Aktif="?")])) == ["D2"]


def test_the_kind_of_a_case_is_one_of_the_sop() -> None:
    assert cells(found("unknown_kind", case(Jenis="Keluhan"))) == ["D2"]


def test_a_date_that_does_not_exist_is_told_with_what_to_write() -> None:
    (finding,) = found("unreadable", case(step_6="31/02/2026"))
    assert (finding.cell, finding.column) == ("N2", "6. Balasan")
    assert f"{finding.message} {finding.suggestion}" == (
        "Tanggal tidak dikenali: 31/02/2026. Gunakan hh/bb/tttt jj.mm, contoh 23/11/2026 08.15."
    )


@pytest.mark.parametrize("text", ["Budi Santoso", "0812-3456-7890", "budi@example.id", "3401"])
def test_what_does_not_look_like_a_date_is_not_repeated(text: str) -> None:
    """A row pasted one column too far: the applicant's name or telephone in a date's column."""
    (finding,) = found("unreadable", case(step_1=text))
    assert text not in finding.message


@pytest.mark.parametrize("text", ["32 Nov 2026 08.15 WIB", "Senin, 31/11/2026", "2026-13-01 08:15"])
def test_what_looks_like_a_date_is_repeated(text: str) -> None:
    assert text in found("unreadable", case(step_1=text))[0].message


def test_a_date_without_a_time_column_has_its_own_advice() -> None:
    (finding,) = found("unreadable_date", staff=[*STAFF, person("B", "X", **{"Cuti Mulai": "?"})])
    assert finding.cell == "F9" and "jj.mm" not in finding.suggestion


def test_a_time_of_day_exists() -> None:
    closure = {"Mulai": date(2026, 11, 3), "Jam Masuk": "25.00", "Jam Pulang": "14.00"}
    (finding,) = found("unreadable_time", closures=[closure])
    assert (finding.tab, finding.cell) == ("Libur", "D2") and "25.00" in finding.message


def test_a_stamp_has_a_time_of_day() -> None:
    (finding,) = found("time_missing", case(step_1=datetime(2026, 11, 23)))
    assert finding.cell == "I2" and "23/11/2026" in finding.message
    assert not found("time_missing", case(Diterima=datetime(2026, 11, 23)))


def test_a_date_does_not_lie_before_the_register_began() -> None:
    (finding,) = found("too_early", case(Diterima="23/11/1926 08.00"))
    assert "23/11/1926 08.00" in finding.message and "01/01/2010" in finding.message


def test_a_case_is_not_received_in_the_future() -> None:
    assert not found("received_in_future", case(Diterima=at("23/11 10.00")))
    assert cells(found("received_in_future", case(Diterima=at("23/11 10.01")))) == ["B2"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#CALC!", " #name? "])
def test_a_failed_formula_is_no_text_and_said_once(error: str) -> None:
    """Not a name, not a number, not an address; and nobody forgot to fill it in."""
    broken = {"Nama": error, "Pengganti": error, "Surel": error}
    rows = [case(error, **{"Nama Pemohon": error, "Perihal": error, "Disposisi Kepada": error})]
    tabs = grids(rows, staff=[*STAFF, person("Broken", "Ketua Tim") | broken])
    told = [finding for finding in checked(tabs) if finding.severity == "error"]
    failed = [f.cell for f in told if f.rule == "formula_failed"]
    assert sorted(failed) == ["A2", "A9", "C9", "E2", "E9", "G2", "H2"]
    assert [f.rule for f in told if f.cell in failed] == ["formula_failed"] * 7
    register = read(tabs)
    assert register.cases.frame.loc[0, ["number", "applicant", "disposition"]].tolist() == [""] * 3
    assert register.staff.frame["name"].tolist()[-1] == ""


def test_a_failed_formula_in_active_does_not_make_somebody_active() -> None:
    staff = [person("Broken", "Ketua Tim", Aktif="#REF!"), *STAFF]
    assert cells(found("active_unclear", staff=staff)) == ["D2"]


def test_a_closure_with_a_failed_remark_is_still_a_closure() -> None:
    row = {"Mulai": "24/11/2026", "Keterangan": "#REF!"}
    occasions = seen([case()], closures=[row]).snapshot.hours.occasions
    assert date(2026, 11, 24) in occasions
