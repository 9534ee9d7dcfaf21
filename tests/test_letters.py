"""One letter in the morning, news during the day. 23/11/2026 is a Monday."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from automation.core.notices import Failure
from automation.core.stages import STAGES
from tests.offices import STAFF, Row, at, case, person, standard_schema
from tests.runs import Runs, said, stages

KEEPER = "Petugas Pengadministrasi Pengaduan"


def waiting(serial: int, steps: int, since: str = "23/11 09.00") -> Row:
    """A case of which so many steps are done, the last at `since`; the next one waits."""
    stamps = {f"step_{step}": at(since) for step in range(1, steps + 1)}
    return case(f"{serial:04}/ADU/XI/2026", Diterima=at(since), **stamps)


def opened() -> Runs:
    runs = Runs()
    runs.run(now="23/11 07.30")
    return runs


# The morning


def test_in_the_first_run_of_a_day_each_gets_one_letter_with_everything_that_is_open() -> None:
    runs = opened()
    late, fresh = waiting(1, 3), waiting(2, 3, "23/11 15.55")
    runs.run(late, now="23/11 09.01")
    runs.run(late, fresh, now="23/11 15.59")
    found = runs.run(late, fresh, now="24/11 07.30")
    assert stages(found.get("Joko")) == ["overdue", "turn"], "most urgent first"
    assert found["Joko"].morning == "morning|2026-11-24"
    assert said(runs.run(late, fresh, now="24/11 07.35")) == {}


def test_what_was_escalated_stands_in_the_superior_s_morning_letter() -> None:
    runs = opened()
    for now in ("23/11 09.01", "23/11 10.05", "23/11 10.10"):
        runs.run(waiting(1, 3), now=now)
    found = runs.run(waiting(1, 3), now="24/11 07.30")
    assert stages(found.get("Ketut")) == ["escalation"]
    assert found["Ketut"].notices[0].count == 1
    assert runs.run(waiting(1, 3), now="25/11 07.30")["Ketut"].notices[0].count == 2


def test_repeats_stand_in_the_morning_letter_and_nowhere_else() -> None:
    runs = opened()
    runs.run(waiting(1, 3), now="23/11 09.01")
    runs.run(waiting(1, 3), now="23/11 10.05")
    told = [
        now
        for now in ("23/11 11.30", "23/11 15.30", "24/11 07.30", "24/11 11.30", "25/11 07.30")
        if "Joko" in runs.run(waiting(1, 3), now=now)
    ]
    assert told == ["24/11 07.30", "25/11 07.30"]


def test_who_has_nothing_open_gets_no_letter() -> None:
    assert set(opened().run(waiting(1, 3), now="24/11 07.30")) == {"Joko", "Kepala"}


def test_a_morning_letter_that_could_not_be_sent_is_sent_as_soon_as_it_can() -> None:
    runs = opened()
    runs.run(waiting(1, 3), now="23/11 15.00")
    sent = runs.told
    runs.run(waiting(1, 3), now="24/11 07.30")
    runs.told = sent  # the server was down
    found = runs.run(waiting(1, 3), now="24/11 07.45")
    assert found["Joko"].morning == "morning|2026-11-24"


def test_who_had_nothing_open_in_the_morning_is_told_news_only() -> None:
    found = opened().run(waiting(1, 3, "23/11 11.00"), now="23/11 11.01")
    assert said(found) == {"Joko": ["turn"]}
    assert not found["Joko"].morning


def test_a_program_that_starts_at_noon_makes_up_for_the_morning_once() -> None:
    runs = opened()
    runs.run(waiting(1, 3), now="23/11 15.00")
    assert runs.run(waiting(1, 3), now="24/11 13.05")["Joko"].morning == "morning|2026-11-24"
    assert "Joko" not in runs.run(waiting(1, 3), now="24/11 13.10")


def test_what_came_overnight_stands_in_the_morning_letter() -> None:
    runs = opened()
    night = case("0002/ADU/XI/2026", Diterima=at("23/11 20.00"))
    assert said(runs.run(night, now="23/11 20.15")) == {}
    found = runs.run(night, now="24/11 07.30")
    assert stages(found.get("Adi")) == ["turn"]
    assert found["Adi"].morning


# The head of office


def test_the_head_gets_the_figures_on_every_working_day_with_what_waits_and_never_instead() -> None:
    runs = opened()
    runs.run(waiting(1, 2), now="23/11 09.01")
    assert stages(runs.run(waiting(1, 2), now="24/11 07.30").get("Kepala")) == [
        "overdue",
        "figures",
    ]
    assert stages(runs.run(now="25/11 07.30").get("Kepala")) == ["figures"], "nothing waits"
    assert "Kepala" not in runs.run(now="25/11 08.30")


def test_on_a_day_off_the_head_gets_nothing() -> None:
    assert said(opened().run(now="28/11 09.00")) == {}


def test_a_quiet_hour_does_not_keep_the_figures_back() -> None:
    runs = opened()
    runs.run(waiting(1, 2, "23/11 15.58"), now="23/11 15.59")
    runs.told = replace(
        runs.told,
        mailed={mark: (at("24/11 07.20"),) for mark in runs.told.mailed},
    )
    assert "figures" in stages(runs.run(now="24/11 07.30").get("Kepala"))


# News


def test_a_new_turn_waits_a_quarter_of_an_hour_behind_a_mail() -> None:
    runs = opened()
    first, second = waiting(1, 3, "23/11 09.00"), waiting(2, 3, "23/11 09.01")
    runs.run(first, now="23/11 09.00")
    assert said(runs.run(first, second, now="23/11 09.14")) == {}
    assert said(runs.run(first, second, now="23/11 09.15")) == {"Joko": ["turn"]}


def test_other_news_waits_an_hour_and_goes_out_together() -> None:
    runs = opened()
    cases = [waiting(1, 3, "23/11 09.00"), waiting(2, 3, "23/11 09.00")]
    runs.run(*cases, now="23/11 09.00")
    assert said(runs.run(*cases, now="23/11 09.59")) == {}
    assert said(runs.run(*cases, now="23/11 10.00")) == {"Joko": ["overdue", "overdue"]}


def test_a_new_turn_takes_along_what_waits_for_the_hour() -> None:
    runs = opened()
    first, second = waiting(1, 3, "23/11 09.00"), waiting(2, 3, "23/11 09.20")
    runs.run(first, now="23/11 09.00")
    assert said(runs.run(first, second, now="23/11 09.21")) == {"Joko": ["overdue", "turn"]}


def test_nothing_is_dropped_however_much_there_is_to_say() -> None:
    """A case each quarter of an hour: after the day each of them was told."""
    runs, cases, told = opened(), [], set()
    for quarter in range(24):
        now = f"23/11 {8 + quarter // 4:02}.{15 * (quarter % 4):02}"
        if now < "23/11 12.00" or now >= "23/11 13.00":
            cases.append(waiting(quarter + 1, 3, now))
            found = runs.run(*cases, now=now)
            told |= {notice.number for letter in found.values() for notice in letter.notices}
    assert told == {row["No. Register"] for row in cases}


def test_a_long_step_is_warned_of_before_its_standard_is_used_up() -> None:
    """Step 5 has 60 minutes: warned at 45. A step of 15 minutes is not: too coarse to help."""
    runs = opened()
    row = waiting(1, 4, "23/11 08.00")
    runs.run(row, now="23/11 08.00")
    runs.told = replace(runs.told, mailed={})
    assert said(runs.run(row, now="23/11 08.44")) == {}
    assert said(runs.run(row, now="23/11 08.45")) == {"Tari": ["soon"]}
    runs.told = replace(runs.told, mailed={})
    assert said(runs.run(row, now="23/11 09.00")) == {}, "exactly at the standard"
    assert said(runs.run(row, now="23/11 09.01")) == {"Tari": ["overdue"]}


@pytest.mark.parametrize("now", ["22/11 10.00", "23/11 07.29", "23/11 12.30", "23/11 16.00"])
def test_nothing_goes_out_outside_working_hours(now: str) -> None:
    assert said(Runs().run(waiting(1, 3, "20/11 08.00"), now=now)) == {}


def test_a_paused_or_closed_case_tells_nobody() -> None:
    pause = {"No. Register": "0001/ADU/XI/2026", "Mulai": at("23/11 08.01"), "Alasan": "x"}
    row = waiting(1, 3, "23/11 08.00")
    assert said(opened().run(row, now="23/11 08.05", pauses=[pause])) == {}
    assert said(opened().run(row | {"Keputusan": "Dicabut"}, now="23/11 08.05")) == {}


def test_the_holder_has_a_copy_of_an_escalation_unless_just_written_to() -> None:
    """Joko hears of it himself at 10.05: no copy at 10.10, one at 11.10."""
    early = opened()
    for now in ("23/11 09.01", "23/11 10.05"):
        early.run(waiting(1, 3), now=now)
    found = early.run(waiting(1, 3), now="23/11 10.10")
    assert [person.name for person in found["Ketut"].copies] == []
    later = opened()
    for now in ("23/11 09.01", "23/11 10.05"):
        later.run(waiting(1, 3), now=now)
    found = later.run(waiting(1, 3), now="23/11 11.10")
    assert [person.name for person in found["Ketut"].copies] == ["Joko"]
    assert said(later.run(waiting(1, 3), waiting(2, 3, "23/11 11.11"), now="23/11 11.12")) == {}, (
        "a copy counts as mail"
    )


# Legal deadlines and findings


def test_a_legal_deadline_that_nears_is_told_to_holder_superior_and_head_by_number() -> None:
    """14 days for a complaint received 12/11 end 26/11: three days are left on the 23rd."""
    row = waiting(1, 4, "12/11 08.00")
    found = Runs().run(row, now="23/11 08.00")
    legal = {
        name: [notice for notice in letter.notices if notice.stage == "legal"]
        for name, letter in found.items()
    }
    assert {name for name, notices in legal.items() if notices} == {"Tari", "Joko", "Kepala"}
    for (notice,) in filter(None, legal.values()):
        assert notice.number == "0001/ADU/XI/2026"
        assert "26/11/2026 (3 hari lagi)" in notice.text


def test_errors_in_the_register_stand_in_the_keeper_s_morning_letter() -> None:
    bad = waiting(2, 3) | {"Saluran": None}
    runs = opened()
    assert "Adi" not in runs.run(bad, now="23/11 09.10")
    assert stages(runs.run(bad, now="24/11 07.30").get("Adi")) == ["findings"]
    assert "Adi" not in runs.run(bad, now="24/11 09.30")


def test_an_address_whose_mail_was_given_up_is_named_to_the_keeper() -> None:
    runs = opened()
    failure = Failure("Tari", "tari@kantor.example.id", "server menjawab 550", at("23/11 07.40"))
    runs.fail(failure)
    found = runs.run(now="24/11 07.30")
    assert "tari@kantor.example.id" in found["Adi"].notices[0].text


# People


def test_two_people_behind_one_address_get_a_letter_each() -> None:
    shared = "layanan@kantor.example.id"
    staff = [
        person("Adi", KEEPER, Surel=shared),
        person("Budi", KEEPER, Surel=shared),
        *STAFF[1:],
    ]
    found = opened().run(case(Diterima=at("23/11 09.00")), now="23/11 09.01", staff=staff)
    assert said(found) == {"Adi": ["turn"], "Budi": ["turn"]}


def test_the_quiet_counts_for_a_person_and_not_for_an_address() -> None:
    shared = "layanan@kantor.example.id"
    staff = [
        *(person(each["Nama"], each["Jabatan dalam SOP"], Surel=shared) for each in STAFF),
    ]
    runs = Runs()
    runs.run(now="23/11 07.30", staff=staff)
    assert said(runs.run(waiting(1, 2), now="23/11 09.00", staff=staff)) == {"Kepala": ["turn"]}
    both = [waiting(1, 2), waiting(2, 3)]
    assert said(runs.run(*both, now="23/11 09.01", staff=staff)) == {"Joko": ["turn"]}


def test_a_substitute_for_two_is_told_for_whom_each_step_is() -> None:
    away = {"Cuti Mulai": datetime(2026, 11, 23), "Pengganti": "Pelita"}
    staff = [
        *STAFF[:3],
        person("Tari", "Anggota Tim Teknis", **away),
        person("Joko", "Penanggung Jawab Teknis", **away),
        *STAFF[5:],
    ]
    found = opened().run(waiting(1, 3), waiting(2, 4), now="23/11 09.01", staff=staff)
    assert said(found) == {"Pelita": ["turn", "turn"]}
    assert [notice.on_behalf_of for notice in found["Pelita"].notices] == ["Joko", "Tari"]


def test_no_letter_carries_anything_of_the_applicant() -> None:
    row = case(**{"Nama Pemohon": "RAHASIA-1", "Kontak": "RAHASIA-2", "Perihal": "RAHASIA-3"})
    found = Runs().run(row, case("0002/ADU/XI/2026", Saluran="RAHASIA-4"), now="23/11 09.00")
    assert found
    assert "RAHASIA-" not in repr(found)


def without_stage(stage: str) -> Any:
    schema = standard_schema()
    return schema.model_copy(
        update={"reminders": schema.reminders.model_copy(update={stage: None})}
    )


@pytest.mark.parametrize("stage", [fact.key for fact in STAGES])
def test_a_stage_that_the_office_left_out_is_not_mailed(stage: str) -> None:
    """A register in which every stage has its turn; without one of them the others remain."""
    cases = [waiting(1, 3), waiting(2, 2) | {"Saluran": None}, waiting(3, 4, "12/11 09.00")]
    pause = {"No. Register": "0004/ADU/XI/2026", "Mulai": at("23/11 09.05"), "Alasan": "x"}
    pause |= {"Selesai": at("23/11 10.05")}

    def told(runs: Runs) -> set[str]:
        times = ["07.30", "09.01", "10.05", "10.10", "10.46", "11.30"]
        fresh = [*cases, waiting(4, 5)]
        found = [runs.run(*fresh, now=f"23/11 {time}", pauses=[pause]) for time in times]
        return {each for letters in found for letter in letters.values() for each in stages(letter)}

    everything = {fact.key for fact in STAGES}
    assert told(Runs()) == everything
    assert stage not in told(Runs(without_stage(stage)))
