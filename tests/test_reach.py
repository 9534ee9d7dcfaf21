"""Nobody is out of reach without anybody knowing; nothing is told that may not be told."""

import pytest

from automation.core.reminders.notices import Failure, Told
from automation.core.words.ways import EMAIL, Way
from tests.offices import STAFF, Row, at, case, person, seen
from tests.runs import Runs, said, stages

KEEPER = "Petugas Pengadministrasi Pengaduan"


def test_a_case_whose_number_may_not_be_told_is_named_by_its_row() -> None:
    """Such as a name in `No. Register`: row 3, reminded like any other, remembered by receipt."""
    cases = case(), case("Sugeng Riyadi"), case(None)
    runs = Runs()
    runs.run(*cases, now="23/11 08.05")
    runs.run(*cases, now="23/11 08.30")
    found = runs.run(*cases, now="23/11 09.10")["Adi"]
    overdue = [notice for notice in found.notices if notice.stage == "overdue"]
    assert {notice.number for notice in overdue} == {"0001/ADU/XI/2026", "baris 3", "baris 4"}
    assert len({notice.key for notice in overdue}) == 3
    assert "Sugeng" not in repr((found, runs.tabs))


def test_what_was_told_of_a_case_without_a_number_is_not_told_again_when_its_row_moves() -> None:
    unnamed = case("Sugeng Riyadi", Diterima=at("23/11 08.01"))
    runs = Runs()
    runs.run(case(), unnamed, now="23/11 08.05")
    assert "Adi" not in runs.run(unnamed, case(), now="23/11 08.14")


def test_a_kind_that_the_sop_does_not_know_is_not_repeated() -> None:
    found = Runs().run(case(Jenis="Sugeng Riyadi"), now="23/11 08.05")["Adi"]
    assert [notice.kind for notice in found.notices] == ["", ""]
    assert "Sugeng" not in repr(found)


@pytest.mark.parametrize(
    "address",
    [None, "adi@x.id, b@x.id", "mailto:adi@x.id", "<adi@x.id>", "adi@x.id.", "a di@x.id", "adi"],
)
def test_a_holder_with_a_faulty_address_passes_a_turn_to_the_superior_who_hears_why(
    address: str | None,
) -> None:
    staff = [person("Adi", KEEPER, Surel=address), *STAFF[1:]]
    found = Runs().run(case(), now="23/11 08.05", staff=staff)
    (turn,) = (each for each in found["Kasih"].notices if each.stage == "turn")
    assert turn.holders == ("Adi",)
    assert "Alamat Adi pada tab Petugas tidak dapat digunakan" in turn.reason
    assert address is None or address not in repr(found["Kasih"])


def test_of_several_holders_those_who_can_be_reached_hear_whose_address_is_faulty() -> None:
    staff = [*STAFF, person("Budi", KEEPER, Surel="budi")]
    found = Runs().run(case(), now="23/11 08.05", staff=staff)
    (turn,) = (each for each in found["Adi"].notices if each.stage == "turn")
    assert turn.reason.startswith("Alamat Budi pada tab Petugas tidak dapat digunakan;")


def test_a_turn_that_passed_up_is_the_holders_again_when_the_address_is_mended() -> None:
    runs = Runs()
    runs.run(case(), now="23/11 08.05", staff=[person("Adi", KEEPER, Surel="adi@"), *STAFF[1:]])
    runs.run(case(), now="23/11 08.10")
    assert stages(runs.run(case(), now="23/11 08.25").get("Adi")) == ["turn"]


def test_findings_go_upward_where_nobody_keeps_the_register_or_can_be_written_to() -> None:
    for keepers in ([], [person("Adi", KEEPER, Surel="adi@")]):
        staff = [*keepers, *STAFF[1:]]
        found = Runs().run(case(Saluran=None), now="23/11 08.05", staff=staff)
        assert "findings" in stages(found["Kasih"])


def test_where_nobody_can_be_written_to_the_summary_says_so() -> None:
    """Nobody is above the head of office."""
    (sentence,) = seen([case()], staff=STAFF[:-1]).unreached
    assert "Penanggung Jawab (Kepala Dinas), juga tidak atasannya" in sentence
    assert seen([case()]).unreached == ()
    nobody = seen([case()], staff=[row | {"Surel": "?"} for row in map(dict, STAFF)])
    assert KEEPER in nobody.unreached[0]
    assert nobody.candidates(Told()) == ()


@pytest.mark.parametrize("joko", [None, person("Joko", "Penanggung Jawab Teknis", Surel="joko@")])
def test_a_late_step_that_passed_up_is_escalated_above_who_holds_it(joko: Row | None) -> None:
    """Step 4 has nobody who can be reached: Ketut holds it, and Kepala hears that it is late."""
    staff = [row for row in (*STAFF[:4], joko, *STAFF[5:]) if row]
    done = {f"step_{step}": at("23/11 09.00") for step in (1, 2, 3)}
    runs = Runs()
    runs.run(now="23/11 07.30", staff=staff)
    runs.run(case(**done), now="23/11 09.01", staff=staff)
    assert said(runs.run(case(**done), now="23/11 10.05", staff=staff)) == {"Ketut": ["overdue"]}
    assert said(runs.run(case(**done), now="23/11 10.20", staff=staff)) == {
        "Kepala": ["escalation"]
    }


def test_a_keeper_whose_own_mail_was_refused_is_named_to_the_next_above() -> None:
    runs = Runs()
    for name in ("Adi", "Kasih"):
        address = f"{name.lower()}@kantor.example.id"
        runs.fail(
            Failure(name, Way(EMAIL, address), "server menjawab 550 5.1.1", at("20/11 08.00"))
        )
    found = runs.run(now="23/11 07.30")
    assert said(found) == {"Kepala": ["figures", "findings", "findings"]}


def test_a_refused_address_is_told_of_while_it_stands_in_petugas_and_no_longer() -> None:
    runs = Runs()
    refused = "server menjawab 550 5.1.1"
    runs.fail(Failure("Joko", Way(EMAIL, "joko@kantor.example.id"), refused, at("20/11 08.00")))
    assert "Adi" in runs.run(now="23/11 07.30")
    mended = [*STAFF[:4], person("Joko", STAFF[4]["Jabatan dalam SOP"], Surel="j@x.id"), *STAFF[5:]]
    assert "Adi" not in runs.run(now="24/11 07.30", staff=mended)
