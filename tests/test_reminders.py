"""Who hears what, and when. 23/11/2026 is a Monday; standards are 15 minutes for steps 1-4."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from automation.core.notices import Failure, History, Letter
from tests.offices import STAFF, Row, at, case, person, seen, standard_schema

NOBODY_TOLD = History(frozenset(), {})
KEEPER = "Petugas Pengadministrasi Pengaduan"


def letters(
    *cases: Row, now: str = "23/11 08.05", history: History = NOBODY_TOLD, **tabs: Any
) -> dict[str, Letter]:
    """The letters of a run, by the name of who gets them."""
    found = seen(cases, now=at(now), **tabs).letters(standard_schema(), history)
    return {letter.to.name: letter for letter in found}


def stages(letter: Letter) -> list[str]:
    return [notice.stage for notice in letter.notices]


def told(found: Sequence[Letter], when: datetime) -> History:
    """What is remembered once these letters were sent."""
    pairs = {(letter.to.email, notice.key) for letter in found for notice in letter.notices}
    return History(frozenset(pairs), {letter.to.email: (when,) for letter in found})


def test_a_step_that_became_theirs_is_told_to_its_holder_alone() -> None:
    found = letters(case())
    assert {name: stages(letter) for name, letter in found.items()} == {"Adi": ["turn"]}


def test_nothing_is_said_twice() -> None:
    found = letters(case())
    assert (
        letters(case(), now="23/11 08.06", history=told([*found.values()], at("23/11 08.05"))) == {}
    )


def test_a_step_over_its_standard_is_told_as_overdue() -> None:
    assert stages(letters(case(), now="23/11 08.20")["Adi"]) == ["overdue"]


def test_overdue_is_repeated_after_half_a_working_day_of_work() -> None:
    """Overdue from 08.15; the first repeat is due 225 working minutes later, at 13.00."""
    first = told([*letters(case(), now="23/11 08.20").values()], at("23/11 08.20"))
    assert "Adi" not in letters(case(), now="23/11 11.59", history=first)
    assert stages(letters(case(), now="23/11 13.01", history=first)["Adi"]) == ["overdue"]


def test_a_step_three_times_over_its_standard_is_told_to_the_superior_too() -> None:
    """45 minutes of 15 are used up at 08.45."""
    assert set(letters(case(), now="23/11 08.44")) == {"Adi"}
    found = letters(case(), now="23/11 08.45")
    assert stages(found["Kasih"]) == ["escalation"]
    assert found["Kasih"].notices[0].holders == ("Adi",)


def test_a_long_step_is_warned_of_before_its_standard_is_used_up() -> None:
    """Step 5 has 60 minutes: warned at 45. A step of 15 minutes is not: too coarse to help."""
    stamps = {f"step_{n}": at("23/11 08.00") for n in range(1, 5)}
    assert stages(letters(case(**stamps), now="23/11 08.44")["Tari"]) == ["turn"]
    assert stages(letters(case(**stamps), now="23/11 08.45")["Tari"]) == ["soon"]
    assert stages(letters(case(), now="23/11 08.14")["Adi"]) == ["turn"]


@pytest.mark.parametrize("now", ["22/11 10.00", "23/11 07.29", "23/11 12.30", "23/11 16.00"])
def test_nothing_goes_out_outside_working_hours(now: str) -> None:
    assert letters(case(Diterima=at("20/11 08.00")), now=now) == {}


def test_one_person_gets_one_letter_with_everything_most_urgent_first() -> None:
    found = letters(case(), case("0002/ADU/XI/2026", Diterima=at("23/11 08.18")), now="23/11 08.20")
    assert stages(found["Adi"]) == ["overdue", "turn"]


def test_a_paused_finished_closed_or_unmeasurable_case_reminds_nobody() -> None:
    pause = {"No. Register": "0001/ADU/XI/2026", "Mulai": at("23/11 08.01"), "Alasan": "x"}
    assert letters(case(), pauses=[pause]) == {}
    assert letters(case(Keputusan="Dicabut")) == {}
    assert "turn" not in stages(letters(case(step_1="31/02/2026"))["Adi"])


def test_the_substitute_is_told_for_whom() -> None:
    away = {"Cuti Mulai": datetime(2026, 11, 23), "Cuti Selesai": datetime(2026, 11, 27)}
    staff = [person("Adi", KEEPER, Pengganti="Tari", **away), *STAFF[1:]]
    found = letters(case(), staff=staff)
    assert set(found) == {"Tari"}
    assert found["Tari"].notices[0].on_behalf_of == "Adi"


def test_errors_in_the_register_are_told_to_its_keeper_once_a_day() -> None:
    bad = case("0002/ADU/XI/2026", Saluran=None)
    found = letters(bad)
    assert "findings" in stages(found["Adi"])
    history = told([*found.values()], at("23/11 08.05"))
    assert "Adi" not in letters(bad, now="23/11 08.14", history=history)
    tomorrow = letters(bad, now="24/11 07.40", history=history)
    assert "findings" in stages(tomorrow["Adi"])


def test_cases_that_share_a_number_remind_nobody_until_they_are_told_apart() -> None:
    found = letters(case(), case())
    assert {name: stages(letter) for name, letter in found.items()} == {"Adi": ["findings"]}


def test_a_register_that_was_misread_mails_nobody() -> None:
    from automation.core.plan import plan
    from tests.offices import grids

    tabs = dict(grids([case()]))
    header, *rows = tabs["Register"]
    tabs["Register"] = [["?" if cell == "3. Disposisi" else cell for cell in header], *rows]
    misread = plan(tabs, standard_schema(), at("23/11 08.20"))
    assert misread.figures is None
    assert misread.letters(standard_schema(), NOBODY_TOLD) == ()


def test_a_quiet_period_lies_between_two_mails_unless_a_step_became_theirs() -> None:
    mailed = History(frozenset(), {"adi@kantor.example.id": (at("23/11 08.00"),)})
    assert letters(case(), now="23/11 08.20", history=mailed) == {}
    fresh = case("0002/ADU/XI/2026", Diterima=at("23/11 08.18"))
    assert "Adi" in letters(case(), fresh, now="23/11 08.20", history=mailed)
    assert "Adi" in letters(case(), now="23/11 09.01", history=mailed)


def test_nobody_gets_more_than_the_days_limit() -> None:
    limit = standard_schema().reminders.limits.per_person_per_day
    many = tuple(at(f"23/11 07.{30 + n}") for n in range(limit))
    history = History(frozenset(), {"adi@kantor.example.id": many})
    assert letters(case(), history=history) == {}


def test_an_address_that_may_not_be_written_to_is_not() -> None:
    staff = [person("Adi", KEEPER, Surel="adi@kantor.example.id\nBcc: x@y.id"), *STAFF[1:]]
    found = letters(case(), staff=staff)
    assert {letter.to.email for letter in found.values()} == {"kasih@kantor.example.id"}


def test_no_letter_carries_anything_of_the_applicant() -> None:
    row = case(**{"Nama Pemohon": "RAHASIA-1", "Kontak": "RAHASIA-2", "Perihal": "RAHASIA-3"})
    found = letters(row, case("0002/ADU/XI/2026", Saluran="RAHASIA"), now="23/11 09.00")
    assert found
    assert "RAHASIA-" not in repr(found)


def test_a_legal_deadline_that_nears_is_told_to_the_holder() -> None:
    """14 days for a complaint received 12/11 end 26/11: three days are left."""
    stamps = {f"step_{n}": at("12/11 08.00") for n in range(1, 3)}
    row = case(Diterima=at("12/11 07.45"), **stamps)
    legal = [n for n in letters(row, now="23/11 08.00")["Kepala"].notices if n.stage == "legal"]
    assert "26/11/2026 (3 hari lagi)" in legal[0].text


def digests(*cases: Row, now: str, history: History = NOBODY_TOLD) -> list[tuple[str, str]]:
    found = seen(cases, now=at(now)).untold_digests(standard_schema(), history)
    return [(person.name, figures.key) for person, figures in found]


def test_the_head_of_office_gets_yesterdays_figures_on_working_mornings() -> None:
    assert digests(case(), now="24/11 07.35") == [("Kepala", "digest|day|2026-11-23")]
    assert digests(case(), now="24/11 10.00") == []
    assert digests(case(), now="24/11 06.00") == []


def test_on_the_first_working_day_of_a_week_it_is_the_weeks_figures() -> None:
    assert digests(case(), now="23/11 07.35") == [("Kepala", "digest|week|2026-11-22")]


def test_a_digest_goes_out_once() -> None:
    told_already = History(frozenset({("kepala@kantor.example.id", "digest|day|2026-11-23")}), {})
    assert digests(case(), now="24/11 07.35", history=told_already) == []


def test_who_gets_a_letter_gets_the_digest_after_the_quiet_period() -> None:
    waiting = case(step_1=at("23/11 08.10"), step_2=at("23/11 08.20"))
    found = letters(waiting, now="24/11 07.35")
    assert "Kepala" in found
    assert digests(waiting, now="24/11 07.35") == []
    history = told([*found.values()], at("24/11 07.35"))
    assert digests(waiting, now="24/11 08.00", history=history) == []
    withdrawn = waiting | {"Keputusan": "Dicabut"}  # nothing else to say to the head
    assert digests(withdrawn, now="24/11 08.36", history=history)


def test_the_figures_of_the_day_look_back_on_the_last_working_day() -> None:
    """One case came in on Monday 23/11, one on Friday; it is Tuesday."""
    friday = case("0002/ADU/XI/2026", Diterima=at("20/11 08.00"))
    found = seen([friday, case("0003/ADU/XI/2026")], now=at("24/11 07.35")).digests[0][1]
    assert (found.received, found.open, found.overdue, found.finished) == (1, 2, 2, 0)


def test_the_holder_has_a_copy_of_an_escalation_unless_written_to_anyway() -> None:
    first = letters(case(), now="23/11 08.20")
    later = letters(case(), now="23/11 08.45", history=told([*first.values()], at("23/11 08.20")))
    assert set(later) == {"Kasih"}
    assert [person.name for person in later["Kasih"].copies] == ["Adi"]
    assert later["Kasih"].notices[0].count == 1
    assert letters(case(), now="23/11 08.45")["Kasih"].copies == ()


def test_an_address_whose_mail_was_given_up_is_named_to_the_keeper_once() -> None:
    failure = Failure("Tari", "tari@kantor.example.id", "server menjawab 550", at("23/11 07.40"))
    history = History(frozenset(), {}, (failure,))
    found = letters(case(Keputusan="Dicabut"), history=history)
    assert set(found) == {"Adi"}
    assert "tari@kantor.example.id" in found["Adi"].notices[0].text
    pair = ("adi@kantor.example.id", found["Adi"].notices[0].key)
    told_already = History(frozenset({pair}), {}, (failure,))
    assert letters(case(Keputusan="Dicabut"), history=told_already) == {}


def test_a_case_whose_number_may_not_be_told_is_named_by_its_row() -> None:
    """Such as a name in `No. Register`: row 3, reminded like any other and remembered by receipt."""
    found = letters(case(), case("Sugeng Riyadi"), case(None), now="23/11 08.20")["Adi"]
    overdue = [notice for notice in found.notices if notice.stage == "overdue"]
    assert {notice.number for notice in overdue} == {"0001/ADU/XI/2026", "baris 3", "baris 4"}
    assert len({notice.key for notice in overdue}) == 3
    assert "Sugeng" not in repr(found)


def test_what_was_told_of_a_case_without_a_number_is_not_told_again_when_its_row_moves() -> None:
    unnamed = case("Sugeng Riyadi", Diterima=at("23/11 08.01"))
    history = told([*letters(case(), unnamed, now="23/11 08.14").values()], at("23/11 08.05"))
    assert "Adi" not in letters(unnamed, case(), now="23/11 08.14", history=history)


def test_a_kind_that_the_sop_does_not_know_is_not_repeated() -> None:
    found = letters(case(Jenis="Sugeng Riyadi"))["Adi"]
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
    found = letters(case(), staff=staff)
    assert "turn" in stages(found["Kasih"])
    assert found["Kasih"].notices[0].holders == ("Adi",)
    assert "Alamat surel Adi pada tab Petugas tidak dapat digunakan" in repr(found["Kasih"])
    assert address is None or address not in repr(found["Kasih"])


def test_of_several_holders_those_who_can_be_reached_hear_whose_address_is_faulty() -> None:
    staff = [*STAFF, person("Budi", KEEPER, Surel="budi")]
    (turn,) = (each for each in letters(case(), staff=staff)["Adi"].notices if each.stage == "turn")
    assert turn.text.startswith("Alamat surel Budi pada tab Petugas tidak dapat digunakan;")


def test_findings_go_upward_where_nobody_keeps_the_register_or_can_be_written_to() -> None:
    for keepers in ([], [person("Adi", KEEPER, Surel="adi@")]):
        found = letters(case(Saluran=None), staff=[*keepers, *STAFF[1:]])
        assert "findings" in stages(found["Kasih"])


def test_where_nobody_can_be_written_to_the_summary_says_so() -> None:
    """Nobody is above the head of office."""
    plan = seen([case()], staff=STAFF[:-1])
    (sentence,) = plan.unreached
    assert "Penanggung Jawab (Kepala Dinas), juga tidak atasannya" in sentence
    assert seen([case()]).unreached == ()
    nobody = seen([case()], staff=[row | {"Surel": "?"} for row in map(dict, STAFF)])
    assert KEEPER in nobody.unreached[0] and nobody.candidates == ()
