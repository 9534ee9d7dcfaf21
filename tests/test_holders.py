"""Who holds a step, with the tab `Petugas` as people leave it. Today is 23/11/2026."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from automation.core.people.holders import Holding, Roster
from automation.core.register.reading import read_register
from tests.offices import Row, grids, person, standard_schema

OFFICER = "Petugas Pengadministrasi Pengaduan"
MEMBER = "Anggota Tim Teknis"
LEAD = "Penanggung Jawab Teknis"
TEAM = "Ketua Tim"
HEAD = "Penanggung Jawab (Kepala Dinas)"

STEPS = standard_schema().sop.steps
FIRST, ANSWER = STEPS[0], STEPS[4]  # held by the officer; follows the disposition


def day(number: int) -> date:
    return date(2026, 11, number)


def roster(*staff: Row) -> Roster:
    schema = standard_schema()
    return Roster(read_register(grids(staff=staff), schema).staff, schema.sop, day(23))


def on_leave(name: str, role: str, substitute: str = "", **cells: Any) -> Row:
    leave = {"Cuti Mulai": day(20), "Cuti Selesai": day(27)}
    return person(name, role, Pengganti=substitute, **leave) | cells


def names(holding: Holding | None) -> Sequence[str]:
    assert holding is not None
    return [holder.name for holder in holding.holders]


def test_all_active_people_of_the_role_hold_a_step_together() -> None:
    """Adi and Budi are active, Cici is not; an empty `Aktif` means Ya."""
    office = roster(
        person("Adi", OFFICER), person("Budi", OFFICER, Aktif=None),
        person("Cici", OFFICER, Aktif="Tidak"), person("Tari", MEMBER),
    )  # fmt: skip
    assert office.step_holding(FIRST, "") == office.of_role(OFFICER)
    assert names(office.of_role(OFFICER)) == ["Adi", "Budi"]


def test_a_disposition_names_the_holder_of_the_steps_that_follow_it() -> None:
    office = roster(person("Adi", OFFICER), person("Tari", MEMBER), person("Sri  Lestari", LEAD))
    assert names(office.step_holding(ANSWER, " sri lestari")) == ["Sri Lestari"]
    assert names(office.step_holding(FIRST, "Sri Lestari")) == ["Adi"]


@pytest.mark.parametrize("disposition", ["", "Pak Agus", "Cici"])
def test_a_disposition_to_nobody_active_leaves_the_step_to_its_role(disposition: str) -> None:
    office = roster(person("Tari", MEMBER), person("Cici", LEAD, Aktif="Tidak"))
    assert names(office.step_holding(ANSWER, disposition)) == ["Tari"]
    assert office.of_person("Cici") is None and office.is_known("Cici")


def test_a_substitute_stands_in_for_a_person_on_leave() -> None:
    office = roster(on_leave("Adi", OFFICER, "Tari"), person("Tari", MEMBER))
    (holder,) = office.of_role(OFFICER).holders
    assert (holder.name, holder.role, holder.on_behalf_of) == ("Tari", MEMBER, "Adi")


def test_a_substitute_on_leave_passes_on_along_their_own_substitute() -> None:
    office = roster(
        on_leave("Adi", OFFICER, "Tari"), on_leave("Tari", MEMBER, "Joko"), person("Joko", LEAD)
    )
    (holder,) = office.of_role(OFFICER).holders
    assert (holder.name, holder.on_behalf_of) == ("Joko", "Adi")


@pytest.mark.parametrize(
    ("staff", "gap"),
    [
        ([person("Kasih", "Kasubbag Umum")], "nobody_active"),
        ([on_leave("Adi", OFFICER), person("Kasih", "Kasubbag Umum")], "all_on_leave"),
        ([on_leave("Adi", OFFICER, "Entah"), person("Kasih", "Kasubbag Umum")], "all_on_leave"),
        (
            [
                on_leave("Adi", OFFICER, "Tari"),
                on_leave("Tari", MEMBER, "Adi"),
                person("Kasih", "Kasubbag Umum"),
            ],
            "substitute_loop",
        ),
    ],
    ids=["nobody active", "no substitute", "unknown substitute", "loop"],
)
def test_with_nobody_left_the_step_goes_to_the_superior(staff: list[Row], gap: str) -> None:
    holding = roster(*staff).step_holding(FIRST, "")
    assert names(holding) == ["Kasih"]
    assert (holding.gap, holding.passed_up) == (gap, True)


def test_the_superior_is_the_nearest_role_with_somebody_there() -> None:
    """Above Anggota Tim Teknis: Joko is on leave without substitute, so Ketut of Ketua Tim."""
    office = roster(on_leave("Joko", LEAD), person("Ketut", TEAM), person("Kepala", HEAD))
    assert [holder.name for holder in office.superiors(MEMBER)] == ["Ketut"]
    assert names(office.of_role(MEMBER)) == ["Ketut"]
    assert office.superiors(HEAD) == ()


def test_a_person_on_leave_with_nobody_to_stand_in_passes_a_disposition_up() -> None:
    office = roster(person("Tari", MEMBER), on_leave("Budi", TEAM), person("Joko", LEAD))
    assert names(office.step_holding(ANSWER, "Budi")) == ["Joko"]


def test_nobody_is_written_to_twice() -> None:
    """Tari has the role herself and stands in for Adi: she holds the step in her own right."""
    office = roster(on_leave("Adi", MEMBER, "Tari"), person("Tari", MEMBER))
    (holder,) = office.of_role(MEMBER).holders
    assert (holder.name, holder.on_behalf_of) == ("Tari", "")


def test_a_person_may_have_several_roles_and_one_address() -> None:
    office = roster(person("Adi", OFFICER, Surel=None), person("ADI", TEAM, Surel="adi@x.id"))
    assert [str(*holder.ways) for holder in office.of_role(OFFICER).holders] == ["adi@x.id"]
    assert names(office.of_role(TEAM)) == ["Adi"]


def test_a_person_without_an_address_still_holds_the_step() -> None:
    (holder,) = roster(person("Adi", OFFICER, Surel=None)).of_role(OFFICER).holders
    assert (holder.name, holder.ways) == ("Adi", ())


@pytest.mark.parametrize(
    ("leave", "there"),
    [
        ({"Cuti Mulai": day(23), "Cuti Selesai": day(23)}, False),
        ({"Cuti Mulai": day(20), "Cuti Selesai": day(22)}, True),
        ({"Cuti Mulai": day(24), "Cuti Selesai": day(25)}, True),
        ({"Cuti Mulai": day(20)}, False),
        ({"Cuti Selesai": day(30)}, True),
        ({"Cuti Mulai": day(20), "Cuti Selesai": "besok"}, True),
        ({"Cuti Mulai": datetime(2026, 11, 23, 13, 0)}, False),
    ],
    ids=["that day", "over", "to come", "no end yet", "no start", "unreadable end", "with a time"],
)
def test_leave_holds_from_its_first_to_its_last_day(leave: Row, there: bool) -> None:
    """What is incomplete is no leave: a finding says so, and nobody is left out by mistake."""
    holding = roster(person("Adi", OFFICER) | leave).of_role(OFFICER)
    assert (names(holding) == ["Adi"]) == there


def test_an_empty_tab_leaves_every_step_without_a_holder() -> None:
    holding = roster().of_role(OFFICER)
    assert holding == Holding((), "nobody_active", passed_up=True)


@pytest.mark.parametrize(
    "word",
    (
        "Tidak",
        "Non Aktif",
        "nonaktif",
        "Non-Aktif",
        "Tdk",
        "tdk.",
        "tidak aktif",
        "N",
        "0",
        False,
        "FALSE",
        "pensiun",
        "x",
        "-",
        "?",
        "cuti",
        "T",
    ),
)
def test_whoever_is_not_clearly_active_holds_nothing(word: object) -> None:
    office = roster(person("Adi", OFFICER, Aktif=word), person("Kasih", "Kasubbag Umum"))
    assert names(office.of_role(OFFICER)) == ["Kasih"]


@pytest.mark.parametrize("word", ["Ya", "y", "YA", "aktif", "1", 1, True, "TRUE", "✓", "v", None])
def test_whoever_is_clearly_active_holds_the_step(word: object) -> None:
    assert names(roster(person("Adi", OFFICER, Aktif=word)).of_role(OFFICER)) == ["Adi"]


def test_the_substitute_of_somebody_who_has_left_takes_over_role_and_dispositions() -> None:
    office = roster(
        person("Adi", MEMBER, Aktif="Tidak", Pengganti="Tari"), person("Tari", LEAD),
        person("Joko", MEMBER),
    )  # fmt: skip
    (holder,) = office.step_holding(ANSWER, "Adi").holders
    assert (holder.name, holder.on_behalf_of) == ("Tari", "Adi")
    assert names(office.of_role(MEMBER)) == ["Tari", "Joko"]


def test_a_person_in_two_rows_has_the_address_of_each_row() -> None:
    office = roster(person("Adi", OFFICER, Surel="adi@"), person("Adi", MEMBER, Surel="adi@x.id"))
    assert [holder.ways for holder in office.of_role(OFFICER).holders] == [()]
    assert [str(*holder.ways) for holder in office.of_role(MEMBER).holders] == ["adi@x.id"]
    assert [str(*holder.ways) for holder in office.step_holding(ANSWER, "Adi").holders] == [
        "adi@x.id"
    ]


def test_the_superior_is_the_nearest_who_can_be_written_to() -> None:
    office = roster(
        person("Adi", OFFICER, Surel="?"), person("Kasih", "Kasubbag Umum", Surel="?"),
        person("Kepala", HEAD),
    )  # fmt: skip
    holding = office.of_role(OFFICER)
    assert (names(holding), holding.passed_up) == (["Adi"], False)
    assert [holder.name for holder in office.reached(holding, OFFICER)] == ["Kepala"]


@pytest.mark.parametrize("name", ["3401014506800001", "0812-9876-5432", "siti@warga.id"])
def test_what_is_no_name_is_not_repeated_as_one(name: str) -> None:
    assert names(roster(person("B", OFFICER) | {"Nama": name}).of_role(OFFICER)) == [OFFICER]
