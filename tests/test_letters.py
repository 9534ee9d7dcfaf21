"""One letter in the morning, news during the day. 23/11/2026 is a Monday."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from automation.core.reminders.notices import Failure, mark_of
from automation.core.reminders.stages import STAGES
from automation.core.words.ways import EMAIL, Way
from tests.offices import STAFF, Row, at, case, person, standard_schema
from tests.runs import Runs, said, stages

KEEPER = "Petugas Pengadministrasi Pengaduan"


def waiting(serial: int, steps: int, since: str = "23/11 09.00") -> Row:
    """A case of which so many steps are done, the last at `since`; the next one waits."""
    stamps = {f"step_{step}": at(since) for step in range(1, steps + 1)}
    return case(f"{serial:04}/ADU/XI/2026", Diterima=at(since), **stamps)


def opened() -> Runs:
    """An office that ran this morning, when nothing was open."""
    runs = Runs()
    runs.run(now="23/11 07.30")
    return runs


def watched(until: str) -> Runs:
    """The same, running every few minutes until then."""
    runs = opened()
    runs.run(now=until)
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
    assert "Joko" not in runs.run(late, fresh, now="24/11 07.35")


def test_what_was_escalated_stands_in_the_superior_s_morning_letter() -> None:
    runs = opened()
    for now in ("23/11 09.01", "23/11 10.05", "23/11 10.20", "23/11 10.35"):
        runs.run(waiting(1, 3), now=now)
    found = runs.run(waiting(1, 3), now="24/11 07.30")
    assert stages(found.get("Ketut")) == ["escalation"]
    assert found["Ketut"].notices[0].count == 1
    assert runs.run(waiting(1, 3), now="25/11 07.30")["Ketut"].notices[0].count == 2


def test_repeats_stand_in_the_morning_letter_and_nowhere_else() -> None:
    runs = opened()
    runs.run(waiting(1, 3), now="23/11 09.01")
    for now in ("23/11 09.16", "23/11 09.20", "23/11 10.16"):
        runs.run(waiting(1, 3), now=now)
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
    runs = watched("23/11 10.55")
    runs.run(waiting(1, 3, "23/11 11.00"), now="23/11 11.01")
    found = runs.run(waiting(1, 3, "23/11 11.00"), now="23/11 11.16")
    assert said(found) == {"Joko": ["turn"]}
    assert not found["Joko"].morning


def test_who_is_escalated_to_during_the_day_had_nothing_open_in_the_morning() -> None:
    """Tari's step of an hour is seen on Monday at 15.00 and escalated on Tuesday, after 180
    minutes: an hour on Monday, 07.30 to 09.30."""
    runs = watched("23/11 14.55")
    row = waiting(1, 4, "23/11 15.00")
    for now in ("23/11 15.00", "24/11 07.30", "24/11 07.35", "24/11 08.35", "24/11 09.29"):
        assert "Joko" not in runs.run(row, now=now)
    found = runs.run(row, now="24/11 09.31")
    assert said(found) == {"Joko": ["escalation"]}
    assert not found["Joko"].morning
    for now in ("24/11 09.46", "24/11 13.00"):
        assert "Joko" not in runs.run(row, now=now)
    assert runs.run(row, now="25/11 07.30")["Joko"].morning


def test_a_pause_that_ends_during_the_day_begins_no_second_morning() -> None:
    """Joko's step waits since Monday and is paused until Tuesday at 09.10; Adi's is running."""
    cases = waiting(1, 3, "23/11 14.00"), waiting(2, 0, "23/11 14.00")
    number = cases[0]["No. Register"]
    pause = {"No. Register": number, "Mulai": at("23/11 14.01"), "Selesai": at("24/11 09.10")}
    runs = watched("23/11 13.55")
    for now in ("23/11 14.05", "24/11 07.30", "24/11 07.35", "24/11 09.00"):
        assert "Joko" not in runs.run(*cases, now=now, pauses=[pause])
    found = [runs.run(*cases, now=f"24/11 {now}", pauses=[pause]) for now in ("09.15", "09.31")]
    told = [letter for letters in found if (letter := letters.get("Joko"))]
    assert [letter.morning for letter in told] == [""]


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


def test_a_new_turn_waits_a_quarter_of_an_hour_for_itself_and_behind_a_mail() -> None:
    runs = watched("23/11 08.55")
    first, second = waiting(1, 3, "23/11 09.00"), waiting(2, 3, "23/11 09.20")
    runs.run(first, now="23/11 09.00")
    assert said(runs.run(first, now="23/11 09.14")) == {}
    assert said(runs.run(first, now="23/11 09.15")) == {"Joko": ["turn"]}
    assert said(runs.run(first, second, now="23/11 09.20")) == {}
    assert said(runs.run(first, second, now="23/11 09.34")) == {}
    assert "turn" in stages(runs.run(first, second, now="23/11 09.35").get("Joko"))


def test_a_step_of_an_hour_waits_until_half_of_it_is_used_up() -> None:
    runs = watched("23/11 08.55")
    row = waiting(1, 4, "23/11 09.00")
    runs.run(row, now="23/11 09.00")
    assert said(runs.run(row, now="23/11 09.29")) == {}
    assert said(runs.run(row, now="23/11 09.30")) == {"Tari": ["turn"]}


def test_where_there_is_time_a_new_turn_waits_the_usual_quiet_behind_a_mail() -> None:
    """Told at 09.30; the next, seen at 09.35, is late at 10.35: it need not hurry before 10.30."""
    runs = watched("23/11 08.55")
    first, second = waiting(1, 4, "23/11 09.00"), waiting(2, 4, "23/11 09.35")
    runs.run(first, now="23/11 09.00")
    runs.run(first, now="23/11 09.30")
    runs.run(waiting(1, 5, "23/11 09.31"), second, now="23/11 09.35")
    for now in ("23/11 10.00", "23/11 10.19"):
        assert "Tari" not in runs.run(waiting(1, 5, "23/11 09.31"), second, now=now)
    found = runs.run(waiting(1, 5, "23/11 09.31"), second, now="23/11 10.30")
    assert stages(found.get("Tari")) == ["soon"]


def test_a_step_that_follows_one_s_own_is_told_with_the_next_mail_only() -> None:
    """Adi has stamped step 1 himself: that step 2 is his is no news to him."""
    runs = watched("23/11 08.55")
    runs.run(waiting(1, 0, "23/11 09.00"), now="23/11 09.00")
    next_step = case(Diterima=at("23/11 09.00"), step_1=at("23/11 09.05"))
    runs.run(next_step, now="23/11 09.06")
    assert said(runs.run(next_step, now="23/11 09.21")) == {}
    other = waiting(2, 0, "23/11 09.06")
    runs.run(next_step, other, now="23/11 09.06")
    assert said(runs.run(next_step, other, now="23/11 09.21")) == {"Adi": ["turn", "turn"]}


def test_lateness_waits_a_quarter_of_an_hour_for_itself_and_an_hour_behind_a_mail() -> None:
    runs = watched("23/11 08.55")
    row = waiting(1, 3, "23/11 09.00")
    for now in ("09.00", "09.15", "09.16", "09.45", "10.10"):
        runs.run(row, now=f"23/11 {now}")
    assert said(runs.run(row, now="23/11 10.14")) == {}
    assert said(runs.run(row, now="23/11 10.15")) == {"Joko": ["overdue"]}
    other = watched("23/11 08.55")
    other.run(row, now="23/11 09.00")
    other.run(row, now="23/11 09.30")
    assert said(other.run(row, now="23/11 09.44")) == {}
    assert said(other.run(row, now="23/11 09.45")) == {"Joko": ["overdue"]}


def after_mails(name: str, *times: str) -> Runs:
    """An office that watches until 10.55 and wrote to that person at those times."""
    runs = watched("23/11 10.55")
    mailed = {mark_of(name): tuple(at(f"23/11 {time}") for time in times)}
    runs.told = replace(runs.told, mailed=mailed)
    return runs


def test_after_the_fourth_mail_of_a_day_a_new_turn_waits_two_hours_behind_the_last() -> None:
    row = waiting(1, 4, "23/11 11.00")
    free = after_mails("Tari", "07.40", "08.20", "09.35")
    busy = after_mails("Tari", "07.40", "08.20", "08.40", "09.35")
    for runs in (free, busy):
        runs.run(row, now="23/11 11.00")
    assert said(free.run(row, now="23/11 11.30")) == {"Tari": ["turn"]}
    assert said(busy.run(row, now="23/11 11.30")) == {}
    assert said(busy.run(row, now="23/11 11.34")) == {}
    assert said(busy.run(row, now="23/11 11.35")) == {"Tari": ["turn"]}


def test_after_the_fourth_mail_a_warning_waits_as_long_and_a_short_step_does_not_hurry() -> None:
    busy = after_mails("Tari", "07.40", "08.20", "08.40", "10.00")
    row = waiting(1, 4, "23/11 10.56")
    for now in ("10.56", "11.41", "11.56"):  # soon due from 11.41 on
        assert said(busy.run(row, now=f"23/11 {now}")) == {}
    hurried = after_mails("Joko", "08.20", "08.40", "10.40")
    calm = after_mails("Joko", "07.40", "08.20", "08.40", "10.40")
    for runs, told in ((hurried, {"Joko": ["turn"]}), (calm, {})):
        runs.run(waiting(1, 3, "23/11 11.00"), now="23/11 11.00")
        assert said(runs.run(waiting(1, 3, "23/11 11.00"), now="23/11 11.15")) == told


def test_yesterday_s_mails_make_no_busy_day() -> None:
    runs = watched("24/11 07.30")
    mails = (*(at(f"23/11 {time}") for time in ("13.00", "14.00", "15.00")), at("24/11 07.30"))
    runs.told = replace(runs.told, mailed={mark_of("Joko"): mails})
    runs.run(waiting(1, 3, "24/11 07.45"), now="24/11 07.45")
    assert said(runs.run(waiting(1, 3, "24/11 07.45"), now="24/11 08.00")) == {"Joko": ["turn"]}


def test_lateness_is_told_as_ever_however_many_mails_the_day_brought() -> None:
    runs = after_mails("Joko", "07.45", "08.15", "08.45", "09.15", "10.30")
    row = waiting(1, 3, "23/11 11.00")
    for now in ("11.00", "11.16", "11.29"):
        assert said(runs.run(row, now=f"23/11 {now}")) == {}
    runs.run(row, now="23/11 11.30")
    assert said(runs.run(row, now="23/11 11.31")) == {"Joko": ["overdue"]}


def test_news_that_waits_goes_out_together() -> None:
    runs = watched("23/11 09.00")
    cases = [waiting(1, 3, "23/11 09.00"), waiting(2, 3, "23/11 09.05")]
    runs.run(*cases, now="23/11 09.05")
    assert said(runs.run(*cases, now="23/11 09.20")) == {"Joko": ["turn", "turn"]}
    assert said(runs.run(*cases, now="23/11 10.19")) == {}
    runs.run(*cases, waiting(3, 3, "23/11 10.20"), now="23/11 10.20")
    assert said(runs.run(*cases, waiting(3, 3, "23/11 10.20"), now="23/11 10.21")) == {}


def test_where_the_program_ran_seldom_nothing_waits_for_itself() -> None:
    """The run before was more than half an hour ago: what is new may be as old."""
    row = waiting(1, 3, "23/11 09.00")
    assert said(watched("23/11 08.30").run(row, now="23/11 09.00")) == {}
    assert said(watched("23/11 08.29").run(row, now="23/11 09.00")) == {"Joko": ["turn"]}


def test_nothing_is_dropped_however_much_there_is_to_say() -> None:
    """A case each quarter of an hour: after the day each of them was told."""
    runs, cases, told = opened(), [], set()
    for quarter in range(24):
        now = f"23/11 {8 + quarter // 4:02}.{15 * (quarter % 4):02}"
        if now < "23/11 12.00" or now >= "23/11 13.00":
            cases.append(waiting(quarter + 1, 3, now))
            found = runs.run(*cases, now=now)
            told |= {notice.number for letter in found.values() for notice in letter.notices}
    runs.run(*cases, now="23/11 15.45")
    found = runs.run(*cases, now="24/11 07.30")
    told |= {notice.number for letter in found.values() for notice in letter.notices}
    assert told - {""} == {row["No. Register"] for row in cases}


def test_a_long_step_is_warned_of_before_its_standard_is_used_up() -> None:
    """Step 5 has 60 minutes: warned at 45. A step of 15 minutes is not: too coarse to help."""
    runs = opened()
    row = waiting(1, 4, "23/11 08.00")
    runs.run(row, now="23/11 08.00")
    runs.run(row, now="23/11 08.30")
    runs.told = replace(runs.told, mailed={})
    assert said(runs.run(row, now="23/11 08.44")) == {}
    assert said(runs.run(row, now="23/11 08.45")) == {"Tari": ["soon"]}
    runs.told = replace(runs.told, mailed={})
    assert said(runs.run(row, now="23/11 09.00")) == {}, "exactly at the standard"
    runs.run(row, now="23/11 09.01")
    assert said(runs.run(row, now="23/11 09.16")) == {"Tari": ["overdue"]}


@pytest.mark.parametrize("now", ["22/11 10.00", "23/11 07.29", "23/11 12.30", "23/11 16.00"])
def test_nothing_goes_out_outside_working_hours(now: str) -> None:
    assert said(Runs().run(waiting(1, 3, "20/11 08.00"), now=now)) == {}


def test_a_paused_or_closed_case_tells_nobody() -> None:
    pause = {"No. Register": "0001/ADU/XI/2026", "Mulai": at("23/11 08.01"), "Alasan": "x"}
    row = waiting(1, 3, "23/11 08.00")
    assert said(opened().run(row, now="23/11 08.05", pauses=[pause])) == {}
    assert said(opened().run(row | {"Keputusan": "Dicabut"}, now="23/11 08.05")) == {}


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


def test_a_legal_deadline_is_told_of_each_morning_through_its_last_day_and_beyond() -> None:
    """The deadline ends on Thursday 26/11, the 28th and 29th are a weekend."""
    row, runs = waiting(1, 4, "12/11 08.00"), Runs()
    told = {}
    for day in (23, 24, 25, 26, 27, 30):
        letters = runs.run(row, now=f"{day}/11 08.00")
        told[day] = [
            notice.text.partition("(")[2].partition(")")[0]
            for notice in letters["Joko"].notices
            if notice.stage == "legal"
        ] if "Joko" in letters else []  # fmt: skip
    assert told == {
        23: ["3 hari lagi"],
        24: ["2 hari lagi"],
        25: ["1 hari lagi"],
        26: ["hari ini"],
        27: ["terlewati 1 hari"],
        30: ["terlewati 4 hari"],
    }


def test_a_legal_deadline_names_its_basis_and_an_extension_where_the_law_has_one() -> None:
    """A request received on Thursday 12/11 has ten working days, seven more with a written reason."""
    stamps = {f"step_{step}": at("12/11 08.00") for step in range(1, 5)}
    asked = case(
        "0002/INF/XI/2026", Diterima=at("12/11 08.00"), Jenis="Permintaan Informasi", **stamps
    )
    complained = waiting(1, 4, "12/11 08.00")
    found = Runs().run(complained, asked, now="25/11 08.00")
    texts = {each.number: each.text for each in found["Joko"].notices if each.stage == "legal"}
    assert texts == {
        "0001/ADU/XI/2026": "Tenggat tanggapan aduan: 26/11/2026 (1 hari lagi). "
        "Dasar: UU 25/2009 tentang Pelayanan Publik.",
        "0002/INF/XI/2026": "Tenggat jawaban permintaan informasi: 26/11/2026 (1 hari kerja lagi)"
        "; dapat diperpanjang secara tertulis s.d. 07/12/2026. "
        "Dasar: UU 14/2008 tentang Keterbukaan Informasi Publik.",
    }


@pytest.mark.parametrize(("errors", "more"), [(11, ""), (12, ""), (13, "1"), (14, "2")])
def test_a_mail_spells_out_twelve_errors_and_counts_the_rest(errors: int, more: str) -> None:
    rows = [waiting(serial, 3) | {"Saluran": None} for serial in range(1, errors + 1)]
    (notice,) = Runs().run(*rows, now="24/11 07.30")["Adi"].notices
    *spelled, last = notice.text.splitlines()
    rest = f"dan {more} temuan lain pada tab Temuan." if more else last
    assert (len(spelled), last, notice.count) == (min(errors - (not more), 12), rest, errors)


def test_errors_in_the_register_stand_in_the_keeper_s_morning_letter() -> None:
    bad = waiting(2, 3) | {"Saluran": None}
    runs = opened()
    assert "Adi" not in runs.run(bad, now="23/11 09.10")
    morning = runs.run(bad, now="24/11 07.30")["Adi"]
    assert stages(morning) == ["findings"]
    assert (morning.notices[0].number, morning.notices[0].row) == ("", 0), "it leads to no one case"
    assert "Adi" not in runs.run(bad, now="24/11 09.30")


def test_an_address_whose_mail_was_given_up_is_named_to_the_keeper() -> None:
    runs = opened()
    failure = Failure(
        "Tari", Way(EMAIL, "tari@kantor.example.id"), "server menjawab 550", at("23/11 07.40")
    )
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
    found = Runs().run(case(Diterima=at("23/11 09.00")), now="23/11 09.01", staff=staff)
    assert said(found) == {"Adi": ["turn"], "Budi": ["turn"], "Kepala": ["figures"]}


def test_the_quiet_counts_for_a_person_and_not_for_an_address() -> None:
    shared = "layanan@kantor.example.id"
    staff = [
        *(person(each["Nama"], each["Jabatan dalam SOP"], Surel=shared) for each in STAFF),
    ]
    runs = Runs()
    runs.run(now="23/11 07.30", staff=staff)
    runs.run(now="23/11 08.55", staff=staff)
    runs.run(waiting(1, 2), now="23/11 09.00", staff=staff)
    assert said(runs.run(waiting(1, 2), now="23/11 09.15", staff=staff)) == {"Kepala": ["turn"]}
    both = [waiting(1, 2), waiting(2, 3)]
    runs.run(*both, now="23/11 09.05", staff=staff)
    assert said(runs.run(*both, now="23/11 09.20", staff=staff)) == {"Joko": ["turn"]}


def test_a_substitute_for_two_is_told_for_whom_each_step_is() -> None:
    away = {"Cuti Mulai": datetime(2026, 11, 23), "Pengganti": "Pelita"}
    staff = [
        *STAFF[:3],
        person("Tari", "Anggota Tim Teknis", **away),
        person("Joko", "Penanggung Jawab Teknis", **away),
        *STAFF[5:],
    ]
    found = Runs().run(waiting(1, 3), waiting(2, 4), now="23/11 09.01", staff=staff)
    assert stages(found.get("Pelita")) == ["turn", "turn"]
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


@pytest.mark.parametrize("stage", [fact.key for fact in STAGES if not fact.is_once])
def test_a_stage_that_the_office_left_out_is_not_mailed(stage: str) -> None:
    """A register in which every stage has its turn; without one of them the others remain."""
    cases = [waiting(1, 3), waiting(2, 2) | {"Saluran": None}, waiting(3, 4, "12/11 09.00")]
    pause = {"No. Register": "0004/ADU/XI/2026", "Mulai": at("23/11 09.05"), "Alasan": "x"}
    pause |= {"Selesai": at("23/11 10.05")}

    def told(runs: Runs) -> set[str]:
        times = ["07.30", "09.01", "09.16", "10.20", "10.25", "10.46", "11.30"]
        fresh = [*cases, waiting(4, 5)]
        found = [runs.run(*fresh, now=f"23/11 {time}", pauses=[pause]) for time in times]
        return {each for letters in found for letter in letters.values() for each in stages(letter)}

    everything = {
        fact.key for fact in STAGES if not fact.is_once
    }  # that is for the settings to say
    assert told(Runs()) == everything
    assert stage not in told(Runs(without_stage(stage)))
