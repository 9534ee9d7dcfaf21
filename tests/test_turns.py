"""People are told of turns. 23/11/2026 is a Monday; standards are 15 minutes for steps 1 to 4."""

from datetime import datetime, timedelta
from typing import Any

from automation.core.reminders.notices import mark_of
from tests.offices import STAFF, Row, at, case, person
from tests.runs import Runs, said, stages

KEEPER = "Petugas Pengadministrasi Pengaduan"
NUMBER = "0001/ADU/XI/2026"


def stamped(steps: int, last: str = "23/11 09.00", **cells: Any) -> Row:
    """A case whose first steps are stamped: at 09.00, or the last of them at another time."""
    stamps = {f"step_{step}": at("23/11 09.00") for step in range(1, steps + 1)}
    return case(**stamps | ({f"step_{steps}": at(last)} if steps else {}) | cells)


def after_the_morning() -> Runs:
    """An office that ran this morning, when nothing was open."""
    runs = Runs()
    runs.run(now="23/11 07.30")
    return runs


def seen(row: Row, now: str, **tabs: Any) -> Runs:
    """An office that runs every few minutes and first saw such a case at `now`."""
    runs = after_the_morning()
    runs.run(now=(at(now) - timedelta(minutes=5)).strftime("%d/%m %H.%M"))
    assert said(runs.run(row, now=now, **tabs)) == {}
    return runs


def test_a_step_that_a_case_reached_is_told_to_its_holder_alone_and_once() -> None:
    runs = seen(stamped(2), "23/11 09.01")
    assert said(runs.run(stamped(2), now="23/11 09.15")) == {}
    assert said(runs.run(stamped(2), now="23/11 09.16")) == {"Kepala": ["turn"]}
    assert said(runs.run(stamped(2), now="23/11 09.17")) == {}


def test_a_step_that_was_done_within_a_quarter_of_an_hour_needs_no_mail() -> None:
    runs = seen(stamped(2), "23/11 09.01")
    assert said(runs.run(stamped(3, "23/11 09.14"), now="23/11 09.15")) == {}
    assert said(runs.run(stamped(3, "23/11 09.14"), now="23/11 09.30")) == {"Joko": ["turn"]}


def test_a_step_that_came_back_is_told_again_and_its_lateness_too() -> None:
    """Step 4 was done and is cleared again: it is Joko's a second time, and late once more."""
    runs = seen(stamped(3), "23/11 09.01")
    assert said(runs.run(stamped(3), now="23/11 09.16")) == {"Joko": ["turn"]}
    runs.run(stamped(4, "23/11 09.20"), now="23/11 09.21")
    runs.run(stamped(3), now="23/11 09.30")
    assert said(runs.run(stamped(3), now="23/11 09.45")) == {"Joko": ["turn"]}
    runs.run(stamped(3), now="23/11 09.50")
    assert said(runs.run(stamped(3), now="23/11 10.44")) == {}
    assert said(runs.run(stamped(3), now="23/11 10.45")) == {"Joko": ["overdue"]}


def test_a_step_is_escalated_at_three_times_its_standard_and_not_before() -> None:
    """Step 4 has 15 minutes, and is Joko's since 09.01."""
    runs = seen(stamped(3), "23/11 09.01")
    assert said(runs.run(stamped(3), now="23/11 09.33")) == {"Joko": ["overdue"]}
    assert said(runs.run(stamped(3), now="23/11 09.45")) == {}
    assert said(runs.run(stamped(3), now="23/11 09.46")) == {"Ketut": ["escalation"]}


def test_a_step_that_came_back_is_escalated_again() -> None:
    """Step 4 was late and escalated, was done, and is cleared again: late and escalated anew."""
    runs = seen(stamped(3), "23/11 09.01")
    runs.run(stamped(3), now="23/11 10.05")
    assert said(runs.run(stamped(3), now="23/11 10.10")) == {"Ketut": ["escalation"]}
    runs.run(stamped(4, "23/11 10.15"), now="23/11 10.16")
    runs.run(stamped(3), now="23/11 10.30")
    runs.run(stamped(3), now="23/11 10.45")
    assert said(runs.run(stamped(3), now="23/11 11.45")) == {"Joko": ["overdue"]}
    assert said(runs.run(stamped(3), now="23/11 11.50")) == {"Ketut": ["escalation"]}


def test_a_reopened_case_is_late_from_when_the_program_saw_it_and_not_for_the_week_before() -> None:
    """Finished on Monday the 16th; a week later the last two stamps are taken away."""
    runs = Runs()
    days = {f"step_{step}": at("16/11 09.00") for step in range(1, 8)}
    done = case(
        "0001/INF/XI/2026", Diterima=at("16/11 08.00"), Jenis="Permintaan Informasi", **days
    )
    reopened = {key: cell for key, cell in done.items() if not key.startswith(("6.", "7."))}
    runs.run(done, now="23/11 07.30")
    assert said(runs.run(reopened, now="23/11 08.00")) == {}
    assert said(runs.run(reopened, now="23/11 08.30")) == {"Pelita": ["turn"]}
    runs.run(reopened, now="23/11 09.01")
    late = runs.run(reopened, now="23/11 09.30")
    assert stages(late.get("Pelita")) == ["overdue"]
    assert late["Pelita"].notices[0].elapsed_seconds == 90 * 60, "since 08.00, not since the 16th"


def test_what_status_measures_comes_from_the_cells_alone() -> None:
    runs = after_the_morning()
    runs.run(stamped(2), now="23/11 11.00")
    assert runs.plan is not None
    assert runs.plan.measures is not None
    cases = runs.plan.measures.progress.cases
    assert cases["status"].tolist() == ["overdue"], "since 09.00 by the stamps"


def test_a_correction_of_a_stamp_begins_no_turn() -> None:
    runs = seen(stamped(2), "23/11 09.01")
    corrected = stamped(1) | {"2. Register": at("23/11 09.01")}
    assert said(runs.run(corrected, now="23/11 09.10")) == {}
    assert said(runs.run(corrected, now="23/11 09.16")) == {"Kepala": ["turn"]}
    for now in ("23/11 09.20", "23/11 09.40"):
        assert said(runs.run(stamped(2), now=now)) == {}


def test_a_stamp_that_cannot_be_read_for_a_while_begins_no_turn() -> None:
    runs = seen(stamped(2), "23/11 09.01")
    runs.run(stamped(2), now="23/11 09.16")
    unread = stamped(1) | {"2. Register": "31/02/2026"}
    assert "Kepala" not in runs.run(unread, now="23/11 09.20")
    assert "Kepala" not in runs.run(stamped(2), now="23/11 09.40")


def test_a_turn_whose_beginning_could_not_be_read_begins_when_it_can_be() -> None:
    """Step 2 was done at 09.00 and its time mistyped; two hours later it is mended."""
    runs = after_the_morning()
    unread = stamped(1) | {"2. Register": "kemarin"}
    for now in ("23/11 09.01", "23/11 09.30", "23/11 10.55"):
        assert "Kepala" not in runs.run(unread, now=now)
    assert said(runs.run(stamped(2), now="23/11 11.00")) == {}
    told = runs.run(stamped(2), now="23/11 11.15")
    assert said(told) == {"Kepala": ["turn"]}
    assert told["Kepala"].notices[0].elapsed_seconds == 15 * 60
    runs.run(stamped(2), now="23/11 11.16")
    late = runs.run(stamped(2), now="23/11 13.15")  # an hour of work later: 12 to 13 is the break
    assert said(late) == {"Kepala": ["overdue"]}
    assert late["Kepala"].notices[0].elapsed_seconds == 75 * 60


def test_a_step_that_seemed_done_by_a_time_nobody_can_read_is_the_same_turn_afterwards() -> None:
    runs = seen(stamped(2), "23/11 09.01")
    assert said(runs.run(stamped(2), now="23/11 09.16")) == {"Kepala": ["turn"]}
    mistyped = stamped(2) | {"3. Disposisi": "besok?"}
    runs.run(mistyped, now="23/11 09.20")
    runs.run(stamped(2), now="23/11 09.25")
    assert said(runs.run(stamped(2), now="23/11 09.45")) == {}


def disposed(to: str) -> Row:
    return stamped(4, **{"Disposisi Kepada": to})


def test_a_disposition_to_another_and_back_is_three_turns() -> None:
    staff = [*STAFF, person("Agus", "Anggota Tim Teknis")]
    runs = seen(disposed("Tari"), "23/11 09.01", staff=staff)
    told = [said(runs.run(disposed("Tari"), now="23/11 09.31", staff=staff))]
    for to, sees, tells in (("Agus", "09.35", "10.05"), ("Tari", "10.10", "10.40")):
        runs.run(disposed(to), now=f"23/11 {sees}", staff=staff)
        told.append(said(runs.run(disposed(to), now=f"23/11 {tells}", staff=staff)))
    assert told == [{"Tari": ["turn"]}, {"Agus": ["turn"]}, {"Tari": ["turn"]}]


def test_a_substitute_who_takes_over_is_told_for_whom_and_so_is_who_comes_back() -> None:
    away = {"Cuti Mulai": datetime(2026, 11, 23), "Cuti Selesai": datetime(2026, 11, 23)}
    staff = [
        *STAFF[:3],
        person("Tari", "Anggota Tim Teknis", Pengganti="Pelita", **away),
        *STAFF[4:],
    ]
    runs = seen(stamped(4), "23/11 09.01")
    runs.run(stamped(4), now="23/11 09.10", staff=staff)
    found = runs.run(stamped(4), now="23/11 09.40", staff=staff)
    assert said(found) == {"Pelita": ["turn"]}
    assert found["Pelita"].notices[0].on_behalf_of == "Tari"
    assert stages(runs.run(stamped(4), now="24/11 07.30").get("Tari")) == ["turn"]


def closed(day: str) -> dict[str, Any]:
    return {"Mulai": at(f"{day} 00.00"), "Keterangan": "Pemadaman listrik"}


def test_a_holiday_entered_afterwards_begins_no_turn_and_lateness_that_comes_back_is_told() -> None:
    """Late on Monday; the Monday turns out to have been closed; late again on Tuesday."""
    runs = after_the_morning()
    runs.run(stamped(3), now="23/11 09.01")
    runs.run(stamped(3), now="23/11 09.20")
    assert said(runs.run(stamped(3), now="23/11 10.05")) == {"Joko": ["overdue"]}
    monday = [closed("23/11")]
    assert said(runs.run(stamped(3), now="23/11 13.30", closures=monday)) == {}
    morning = runs.run(stamped(3), now="24/11 07.30", closures=monday)
    assert stages(morning.get("Joko")) == ["turn"], "what is open, and nothing late"
    runs.run(stamped(3), now="24/11 07.50", closures=monday)
    assert said(runs.run(stamped(3), now="24/11 08.31", closures=monday)) == {"Joko": ["overdue"]}


def test_lateness_that_was_told_is_not_told_again_while_it_lasts() -> None:
    runs = seen(stamped(3), "23/11 09.01")
    runs.run(stamped(3), now="23/11 09.20")
    runs.run(stamped(3), now="23/11 10.05")
    for now in ("23/11 11.10", "23/11 13.30", "23/11 15.59"):
        assert "Joko" not in runs.run(stamped(3), now=now)


def test_a_pause_stops_the_turn_s_clock_and_begins_none() -> None:
    pause = {"No. Register": NUMBER, "Mulai": at("23/11 09.20"), "Alasan": "Menunggu pemohon"}
    runs = seen(stamped(3), "23/11 09.10")
    assert said(runs.run(stamped(3), now="23/11 09.25")) == {"Joko": ["turn"]}
    assert said(runs.run(stamped(3), now="23/11 11.00", pauses=[pause])) == {}
    ended = pause | {"Selesai": at("23/11 11.00")}
    assert said(runs.run(stamped(3), now="23/11 11.05", pauses=[ended])) == {}, "15 minutes used"
    assert said(runs.run(stamped(3), now="23/11 11.06", pauses=[ended])) == {}, "late from now on"
    assert said(runs.run(stamped(3), now="23/11 11.21", pauses=[ended])) == {"Joko": ["overdue"]}


def test_the_superior_hears_of_a_late_step_after_its_holder() -> None:
    """45 minutes of 15 are used up at 09.46; the holder hears at 10.16, an hour after his turn."""
    runs = seen(stamped(3), "23/11 09.01")
    assert said(runs.run(stamped(3), now="23/11 09.16")) == {"Joko": ["turn"]}
    runs.run(stamped(3), now="23/11 09.17")
    assert said(runs.run(stamped(3), now="23/11 10.15")) == {}
    assert said(runs.run(stamped(3), now="23/11 10.16")) == {"Joko": ["overdue"]}
    found = runs.run(stamped(3), now="23/11 10.21")
    assert stages(found.get("Ketut")) == ["escalation"]
    assert found["Ketut"].notices[0].holders == ("Joko",)
    assert found["Ketut"].notices[0].count == 1


def test_an_escalation_is_not_told_again_when_one_of_two_holders_leaves() -> None:
    """Budi becomes Joko's colleague at noon, and Joko leaves: the step was late all along."""
    both = [*STAFF, person("Budi", "Penanggung Jawab Teknis")]
    alone = [each for each in both if each["Nama"] != "Joko"]
    runs = seen(stamped(3), "23/11 09.01")
    told = [runs.run(stamped(3), now=f"23/11 {time}") for time in ("09.20", "10.05", "10.10")]
    assert "Ketut" in told[-1]
    for now in ("23/11 13.00", "23/11 14.30"):
        runs.run(stamped(3), now=now, staff=both)
    assert "Ketut" not in runs.run(stamped(3), now="23/11 15.30", staff=alone)


def test_cases_that_share_a_number_tell_nobody_and_forget_nothing() -> None:
    runs = after_the_morning()
    runs.run(stamped(2), now="23/11 09.01")
    runs.run(stamped(2), now="23/11 09.16")
    assert "Kepala" not in runs.run(stamped(2), case(), now="23/11 09.40")
    assert "Kepala" not in runs.run(stamped(2), now="23/11 10.00")


def test_a_register_that_was_misread_tells_nobody_and_forgets_nothing() -> None:
    runs = after_the_morning()
    runs.run(stamped(2), now="23/11 09.01")
    runs.run(stamped(2), now="23/11 09.16")
    before = runs.plan.memory if runs.plan else None
    assert said(runs.run(stamped(2), now="23/11 09.40", without="3. Disposisi")) == {}
    assert runs.plan is not None
    assert runs.plan.memory == before
    assert "Kepala" not in runs.run(stamped(2), now="23/11 10.00")


def test_tabs_that_were_lost_are_made_good_by_what_was_mailed() -> None:
    """No flood, no double: the turn and its lateness are known from the mails."""
    runs = after_the_morning()
    runs.run(stamped(3), now="23/11 09.01")
    for now in ("23/11 09.16", "23/11 09.20", "23/11 10.16"):
        runs.run(stamped(3), now=now)
    runs.tabs = {}
    lost = runs.run(stamped(3), now="23/11 10.20")
    assert "Joko" not in lost or lost["Joko"].morning
    assert runs.plan is not None
    remembered = runs.plan.memory[NUMBER]
    assert remembered.turns == 1
    assert remembered.late_since == at("23/11 10.16")
    assert remembered.held[mark_of("Joko")].seen == at("23/11 09.01"), "when it was told"
    assert "Joko" not in runs.run(stamped(3), now="23/11 13.30")


def test_tabs_that_cannot_be_published_for_a_while_cost_no_lateness_and_repeat_nothing() -> None:
    """From 09.01 on nothing can be written; two hold step 5, and one of them joins later."""
    agus = person("Agus", "Anggota Tim Teknis")
    runs = after_the_morning()
    runs.run(stamped(3), now="23/11 08.55")
    tabs, found = runs.tabs, []
    for now, done, staff in (
        ("23/11 09.01", 4, STAFF),
        ("23/11 09.10", 4, (*STAFF, agus)),
        ("23/11 09.30", 4, (*STAFF, agus)),
        ("23/11 10.10", 4, (*STAFF, agus)),
        ("23/11 10.40", 4, (*STAFF, agus)),
        ("23/11 13.30", 4, (*STAFF, agus)),
    ):
        found.append(said(runs.run(stamped(done), now=now, staff=staff)))
        runs.tabs = tabs
    assert found == [
        {},
        {},
        {"Tari": ["turn"], "Agus": ["turn"]},
        {},
        {"Tari": ["overdue"], "Agus": ["overdue"]},
        {"Joko": ["escalation"]},
    ]


def test_a_turn_that_came_back_while_nothing_could_be_published_is_told() -> None:
    runs = after_the_morning()
    runs.run(stamped(2), now="23/11 09.01")
    tabs = runs.tabs
    assert said(runs.run(stamped(3), now="23/11 09.40")) == {"Joko": ["turn"]}
    runs.tabs = tabs
    assert said(runs.run(stamped(2), now="23/11 10.01")) == {"Kepala": ["turn"]}
    runs.tabs = tabs
    assert said(runs.run(stamped(2), now="23/11 10.17")) == {}


def test_tabs_that_were_lost_during_the_day_begin_no_second_morning() -> None:
    runs = after_the_morning()
    runs.run(stamped(3), now="23/11 09.01")
    runs.tabs = {}
    assert said(runs.run(stamped(3), now="23/11 09.20")) == {}


def test_a_time_to_come_on_the_summary_counts_no_stamp_as_entered_afterwards() -> None:
    runs = after_the_morning()
    runs.run(stamped(3), now="23/11 09.01")
    false = "Keadaan per Senin, 23 November 2099, pukul 10.00 WIB"
    runs.tabs["Ringkasan"] = [
        [false if str(cell).startswith("Keadaan per") else cell for cell in row]
        for row in runs.tabs["Ringkasan"]
    ]
    assert said(runs.run(stamped(4, "23/11 09.10"), now="23/11 09.20")) == {"Tari": ["turn"]}
    assert runs.plan is not None
    assert runs.plan.memory[NUMBER].afterwards == frozenset()


def test_who_takes_over_a_late_step_is_late_by_their_own_clock() -> None:
    """Step 5 has 60 minutes: late at Tari's, it is Agus's from 11.00, and late again at 13.00."""
    staff = [*STAFF, person("Agus", "Anggota Tim Teknis")]
    runs = after_the_morning()
    runs.run(disposed("Tari"), now="23/11 09.01", staff=staff)
    runs.run(disposed("Tari"), now="23/11 10.05", staff=staff)
    runs.run(disposed("Agus"), now="23/11 11.00", staff=staff)
    runs.run(disposed("Agus"), now="23/11 11.30", staff=staff)
    assert runs.plan is not None
    assert runs.plan.situation is not None
    assert [held.is_late for held in runs.plan.situation.turns.held] == [False]


def test_a_note_that_somebody_defaced_costs_that_case_alone_its_memory() -> None:
    runs = after_the_morning()
    other = stamped(2) | {"No. Register": "0002/ADU/XI/2026"}
    runs.run(stamped(3), other, now="23/11 09.01")
    runs.run(stamped(3), other, now="23/11 09.16")
    tab = [list(row) for row in runs.tabs["Pemantauan"]]
    for row in tab[1:]:
        if row[0] == NUMBER:
            row[-1] = "[1,[[[["
    runs.tabs = runs.tabs | {"Pemantauan": tab}
    assert said(runs.run(stamped(3), other, now="23/11 09.40")) == {}
    assert runs.plan is not None
    assert runs.plan.memory[NUMBER].afterwards == frozenset()


def test_the_first_run_of_all_writes_one_letter_to_each_and_says_nothing_is_late() -> None:
    old = [case(f"{n:04}/ADU/XI/2026", Diterima=at("09/11 08.00")) for n in range(1, 21)]
    found = Runs().run(*old, now="23/11 09.00")
    assert {name: set(stages(letter)) for name, letter in found.items()} == {
        "Adi": {"turn", "legal"},
        "Kasih": {"legal"},
        "Kepala": {"legal", "figures"},
    }


def test_a_clock_that_was_set_right_repeats_nothing() -> None:
    """The machine was two days ahead: what was said then is not said again when the time comes."""
    runs = Runs()
    runs.run(now="25/11 07.30")
    for now in ("25/11 09.01", "25/11 09.16", "25/11 09.20", "25/11 10.16"):
        runs.run(stamped(3, "25/11 09.00"), now=now)
    assert "Joko" not in runs.run(stamped(3, "23/11 09.00"), now="23/11 09.10")
    assert "Joko" not in runs.run(stamped(3, "23/11 09.00"), now="23/11 11.00")
    assert "Kepala" not in runs.run(stamped(3, "23/11 09.00"), now="24/11 07.30"), "as on the 25th"


def test_lateness_outlives_a_clock_that_was_set_back_behind_its_beginning() -> None:
    """Late at 09.16 and told at 10.16; the clock goes back to 09.10, when the step was in time."""
    runs = seen(stamped(3), "23/11 09.01")
    for now in ("23/11 09.16", "23/11 09.20"):
        runs.run(stamped(3), now=now)
    assert said(runs.run(stamped(3), now="23/11 10.16")) == {"Joko": ["overdue"]}
    for now in ("23/11 09.10", "23/11 09.20", "23/11 09.40", "23/11 11.20"):
        assert "Joko" not in runs.run(stamped(3), now=now)


def test_a_step_that_comes_back_to_who_held_the_next_one_is_told() -> None:
    """Adi has done step 1, and step 2 is his as well; then the stamp of step 1 is taken away."""
    runs = seen(stamped(1), "23/11 09.01")
    runs.run(stamped(0), now="23/11 09.10")
    assert said(runs.run(stamped(0), now="23/11 09.25")) == {"Adi": ["turn"]}
