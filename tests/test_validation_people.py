"""The tab `Petugas` and dispositions: each rule on the rows that it is about.

Today is 23/11/2026. Every role is held, by the people of `STAFF`, in rows 2 to 8.
"""

from datetime import date
from typing import Any

import pytest

from automation.core.validation import Finding
from tests.offices import STAFF, Row, at, case, grids, person
from tests.registers import cells, checked, found

OFFICER = "Petugas Pengadministrasi Pengaduan"
AWAY = {"Cuti Mulai": date(2026, 11, 20), "Cuti Selesai": date(2026, 11, 27)}


def among_staff(rule: str, *rows: Row) -> list[Finding]:
    """What the rule finds in `Petugas` with these rows below those of `STAFF`."""
    return found(rule, staff=[*STAFF, *rows])


def disposed(name: str, **more: Any) -> Row:
    return case(**{"Disposisi Kepada": name}, **more)


def test_a_disposition_names_somebody_in_petugas() -> None:
    (finding,) = found("disposition_unknown", disposed("tari "), disposed("Pak Agus"))
    assert finding.cell == "H3"
    assert finding.message == "Isian Disposisi Kepada tidak ada di tab Petugas."


def test_today_s_staff_says_nothing_of_finished_cases() -> None:
    """Whoever was renamed, or has left the tab, did what they did: steps 5 and 6 are done."""
    done = disposed("Pak Agus", step_5=at("23/11 08.30"), step_6=at("23/11 08.40"))
    withdrawn = disposed("Pak Agus", Keputusan="Dicabut")
    half = disposed("Pak Agus", step_5=at("23/11 08.30"))
    assert cells(found("disposition_unknown", done, withdrawn, half)) == ["H4"]


def test_of_dispositions_nothing_is_said_without_the_names_of_the_staff() -> None:
    tabs = dict(grids([disposed("Tari")])) | {"Petugas": None}
    assert [finding.rule for finding in checked(tabs)] == ["needed_tab_missing"]


def test_a_disposition_does_not_name_somebody_who_has_left() -> None:
    """In an old case that needs no more of them, it may stand."""
    staff = [*STAFF, person("Cici", "Ketua Tim", Aktif="Tidak")]
    stamps = {f"step_{step}": at(f"23/11 08.{step * 5:02d}") for step in range(1, 7)}
    rows = [
        disposed("Cici"),
        disposed("Cici", **stamps),
        disposed("Cici", Keputusan="Dicabut"),
        disposed("Cici", step_7=at("23/11 08.50")),
    ]
    assert cells(found("disposition_inactive", *rows, staff=staff)) == ["H2"]


@pytest.mark.parametrize("email", ["adi", "adi@x", "adi@x.id, budi@x.id", "Adi <adi@x.id>"])
def test_the_address_of_somebody_active_can_be_written_to(email: str) -> None:
    (finding,) = among_staff("address_malformed", person("B", OFFICER, Surel=email))
    assert (finding.tab, finding.cell, finding.severity) == ("Petugas", "C9", "error")
    assert not among_staff("address_malformed", person("B", OFFICER, Surel=email, Aktif="Tidak"))


def test_an_address_has_no_look_alike_letters() -> None:
    assert cells(among_staff("address_not_ascii", person("B", OFFICER, Surel="b\u0443di@x.id")))


def test_an_address_is_one_of_the_office_s_own() -> None:
    tabs = grids([case()], staff=[*STAFF, person("B", OFFICER, Surel="b@gmail.com")])
    (finding,) = checked(tabs, domains=("kantor.example.id",))
    assert (finding.rule, finding.cell) == ("address_not_allowed", "C9")
    assert "kantor.example.id" in finding.suggestion
    assert not checked(tabs)


def test_a_role_is_one_of_the_sop() -> None:
    (finding,) = among_staff("role_unknown", person("B", "Direktur"))
    assert finding.cell == "B9" and "Direktur" not in finding.message


def test_a_role_that_holds_a_step_has_somebody_active() -> None:
    (finding,) = found("role_without_holder", staff=STAFF[1:])
    assert (finding.tab, finding.row) == ("Petugas", 0) and OFFICER in finding.message
    retired = person("Adi", OFFICER, Aktif="Tidak")
    assert found("role_without_holder", staff=[retired, *STAFF[1:]])


def test_a_role_that_holds_a_step_has_somebody_there_today() -> None:
    """Somebody else in the role, or a substitute, is enough."""
    alone = [person("Adi", OFFICER, **AWAY), *STAFF[1:]]
    (finding,) = found("role_on_leave", staff=alone)
    assert OFFICER in finding.message
    assert not found("role_on_leave", staff=[*alone, person("Budi", OFFICER)])
    substituted = [person("Adi", OFFICER, Pengganti="Tari", **AWAY), *STAFF[1:]]
    assert not checked(grids([case()], staff=substituted))


def test_a_person_stands_once_in_each_role() -> None:
    (finding,) = among_staff("person_doubled", person("  adi", OFFICER), person("Adi", "Ketua Tim"))
    assert finding.cell == "A9" and "baris 2" in finding.message


def test_two_people_behind_one_address_are_a_warning() -> None:
    """However it is written; one person in two roles is none, nor is somebody who has left."""
    shared = {"Surel": "Adi@Kantor.example.id"}
    (finding,) = among_staff("address_shared", person("Budi", OFFICER, **shared))
    assert finding.cell == "C9" and "baris 2" in finding.message
    assert finding.severity == "warning"
    among = person("Pergi", OFFICER, Aktif="Tidak"), person("Budi", OFFICER, **shared)
    (finding,) = among_staff("address_shared", *among)
    assert finding.cell == "C10" and "pada baris 2;" in finding.message
    assert not among_staff("address_shared", person("adi", "Ketua Tim", **shared))
    assert not among_staff("address_shared", person("Budi", OFFICER, Aktif="Tidak", **shared))
    nobody = person("Budi", OFFICER, Surel=""), person("Cici", OFFICER, Surel="")
    assert not among_staff("address_shared", *nobody)


def test_a_substitute_is_an_active_person() -> None:
    gone = person("Cici", OFFICER, Aktif="Tidak")
    rows = [gone, person("B", OFFICER, Pengganti="Cici"), person("D", OFFICER, Pengganti="Entah")]
    assert cells(among_staff("substitute_unknown", *rows)) == ["E10", "E11"]


def test_substitutes_do_not_stand_in_for_each_other_in_a_circle() -> None:
    """Both are on leave; when one of them is there, it is no matter."""
    budi = person("Budi", OFFICER, Pengganti="Dewi", **AWAY)
    dewi = person("Dewi", OFFICER, Pengganti="Budi")
    assert cells(among_staff("substitute_loop", budi, dewi | AWAY)) == ["E9", "E10"]
    assert not among_staff("substitute_loop", budi, dewi)


def test_somebody_stands_in_for_a_person_on_leave_who_has_a_substitute() -> None:
    budi = person("Budi", OFFICER, Pengganti="Dewi", **AWAY)
    assert cells(among_staff("substitute_absent", budi, person("Dewi", OFFICER, **AWAY))) == ["E9"]
    assert not among_staff("substitute_absent", person("Budi", OFFICER, **AWAY))


def test_leave_does_not_end_before_it_starts() -> None:
    leave = {"Cuti Mulai": date(2026, 11, 5), "Cuti Selesai": date(2026, 11, 1)}
    (finding,) = among_staff("leave_reversed", person("B", OFFICER, **leave))
    assert finding.cell == "G9" and "05/11/2026" in finding.message


def test_leave_that_has_an_end_has_a_start() -> None:
    """One that cannot be read has a finding of its own."""
    leave = {"Cuti Selesai": date(2026, 11, 1)}
    assert cells(among_staff("leave_without_start", person("B", OFFICER, **leave))) == ["F9"]
    unreadable = person("B", OFFICER, **leave, **{"Cuti Mulai": "?"})
    assert not among_staff("leave_without_start", unreadable)


def test_whether_somebody_is_active_cannot_be_misread() -> None:
    words = ["x", "-", "mungkin", "tidak aktif", "1", None]
    rows = [person(f"Tenaga {n}", OFFICER, Aktif=word) for n, word in enumerate(words)]
    findings = among_staff("active_unclear", *rows)
    assert cells(findings) == ["D9", "D10", "D11"]
    assert {finding.severity for finding in findings} == {"error"}
    assert not among_staff("unknown_choice", *rows)


def test_a_name_holds_no_number_and_no_address() -> None:
    rows = [person("B", OFFICER) | {"Nama": name} for name in ("0812-9876-5432", "b@x.id", "Adi 2")]
    findings = among_staff("name_malformed", *rows)
    assert cells(findings) == ["A9", "A10"]
    assert "0812" not in repr(findings)


def test_for_each_role_somebody_can_be_written_to_if_only_a_superior() -> None:
    """Above the head there is nobody, so nothing is said of passing to a superior."""
    findings = checked(grids([case()], staff=STAFF[:-1]))
    assert [finding.rule for finding in findings] == ["role_unattended"]
    assert "beralih kepada atasan" not in findings[0].message
    faulty = [*STAFF[:-1], STAFF[-1] | {"Surel": "?"}]
    assert len(found("role_unattended", staff=faulty)) == 1


def test_somebody_who_has_left_with_a_substitute_may_stand_in_a_disposition() -> None:
    left = person("Cici", "Ketua Tim", Aktif="Tidak", Pengganti="Tari")
    assert not found("disposition_inactive", disposed("Cici"), staff=[*STAFF, left])


@pytest.mark.parametrize(("end", "places"), [("20/11/2030", []), ("25/11/2062", ["G5"]), ("", [])])
def test_a_leave_that_lasts_longer_than_there_is_any_is_a_slip_and_counts_for_nothing(
    end: str, places: list[str]
) -> None:
    leave = {"Cuti Mulai": "20/11/2026", "Cuti Selesai": end}
    staff = [*STAFF[:3], person("Tari", "Anggota Tim Teknis", **leave), *STAFF[4:]]
    assert cells(found("leave_too_long", staff=staff)) == places
    assert len(found("role_on_leave", staff=staff)) == (0 if places else 1)
