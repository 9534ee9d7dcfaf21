"""Contacts, numbers of papers in texts, and cases entered twice. Now is 23/11/2026 10.00."""

from datetime import date
from typing import Any

import pytest

from tests.offices import at, case
from tests.registers import cells, checked, found, grids

NIK = "3401014101900001"
KK = "3401010502100001"


@pytest.mark.parametrize(
    "contact",
    [
        "", "-", "081234567890", "0812-3456-7890", "+62 812 3456 7890", "6281234567890",
        "(0274) 773123", "0274-773123", "0274.773.123", "a.b@example.id", "WA 0812 3456 7890",
        "081234567890 / x@example.id", "Telp. 0274-773123 atau 0812-3456-7890 (istri)",
    ],
)  # fmt: skip
def test_a_usual_contact_is_no_finding(contact: str) -> None:
    assert not checked(grids([case(Kontak=contact)]))


@pytest.mark.parametrize(
    "contact",
    [
        "0812-345",
        "12345678",
        "pak lurah",
        "081234567890123456",
        "a@b",
        "a@b.id x@y.id",
        "0812345678O",
    ],
)
def test_a_contact_that_leads_nowhere_is_found_and_not_repeated(contact: str) -> None:
    (finding,) = found("contact_malformed", case(Kontak=contact))
    assert (finding.cell, finding.severity) == ("F2", "warning")
    assert contact not in finding.message + finding.suggestion


@pytest.mark.parametrize("contact", [81234567890, 81234567890.0, "8123456789", "812-3456-7890"])
def test_a_telephone_number_that_lost_its_zero_has_its_own_advice(contact: Any) -> None:
    (finding,) = checked(grids([case(Kontak=contact)]))
    assert finding.rule == "phone_lost_zero"


@pytest.mark.parametrize(
    "text",
    [
        f"NIK {NIK}", NIK, f"no.{KK}.", f"{NIK} {KK}", "3401 0141 0190 0001", "34.01.01.410190.0001",
        "340101-410190-0001", "1234567890123456",
    ],
)  # fmt: skip
def test_what_looks_like_a_nik_or_kk_number_is_found_and_not_repeated(text: str) -> None:
    (finding,) = found("identity_number", case(Perihal=text))
    assert finding.cell == "G2" and finding.message == "Perihal memuat angka yang mirip NIK/KK."


@pytest.mark.parametrize(
    "text",
    [
        "NIP 196801211996032001", "NIP 19680121 199603 2 001", "telepon 0812-3456-7890",
        "antara 01-01-2026 - 31-12-2026", "15.01.2026 20.01.2026", "rekening 123456789012345",
        "0812 3456 7890 atau 0813 3456 7890",
    ],
)  # fmt: skip
def test_other_numbers_are_not_taken_for_a_nik(text: str) -> None:
    assert not found("identity_number", case(Perihal=text))


def test_a_nik_is_found_wherever_something_is_written_freely() -> None:
    row = case(**{"Nama Pemohon": NIK, "Kontak": NIK, "Keterangan": NIK})
    pause = {"No. Register": row["No. Register"], "Mulai": at("23/11 08.30"), "Alasan": NIK}
    closure = {"Mulai": date(2026, 12, 1), "Keterangan": NIK}
    findings = checked(grids([row], pauses=[pause], closures=[closure]))
    assert {finding.rule for finding in findings} == {"identity_number"}
    assert cells(findings) == ["E2", "F2", "Q2", "C2", "D2"]


def test_a_nik_in_another_column_is_not_repeated_either() -> None:
    row = case(NIK, Saluran=NIK, Diterima=NIK, step_1=NIK, **{"Disposisi Kepada": NIK})
    findings = checked(grids([row]))
    assert {"number_malformed", "disposition_unknown", "unreadable"} <= {f.rule for f in findings}
    assert NIK not in repr(findings)


def sent(
    applicant: str, subject: str, when: str = "23/11 08.00", number: int = 1
) -> dict[str, Any]:
    name = f"{number:04d}/ADU/XI/2026"
    return case(name, **{"Nama Pemohon": applicant, "Perihal": subject, "Diterima": at(when)})


SUBJECT = "KTP-el rusak, permohonan cetak ulang belum jadi"


@pytest.mark.parametrize(
    ("applicant", "subject", "when", "twice"),
    [
        ("Sugeng Riyadi", SUBJECT, "23/11 08.00", True),
        ("Bpk. SUGENG  riyadi, S.Pd.", "ktp el rusak permohonan cetak ulang blm jadi", "16/11 09.00", True),
        ("Sugeng Riyadi", SUBJECT, "16/11 07.59", False),
        ("Sugeng Riyadi", "Akta kelahiran anak belum terbit", "23/11 08.00", False),
        ("Sugeng Riyanto", SUBJECT, "23/11 08.00", False),
    ],
    ids=["the same", "written differently", "eight days", "another subject", "another person"],
)  # fmt: skip
def test_nearly_the_same_case_within_a_week_is_entered_twice(
    applicant: str, subject: str, when: str, twice: bool
) -> None:
    rows = [sent(applicant, subject, when), sent("Sugeng Riyadi", SUBJECT, number=2)]
    findings = found("entered_twice", *rows)
    assert cells(findings) == (["G3"] if twice else [])
    assert all("dari baris 2:" in finding.message for finding in findings)
    assert not any("sugeng" in finding.message.casefold() for finding in findings)


@pytest.mark.parametrize("nobody", ["Anonim", "-", "N.N.", "Hamba Allah"])
def test_people_who_give_no_name_are_not_one_person(nobody: str) -> None:
    assert not found("entered_twice", sent(nobody, SUBJECT), sent(nobody, SUBJECT, number=2))
