"""A clock that cannot be true: judged by evidence, in the middle of the program."""

from datetime import datetime, timedelta

import pytest

from automation.core.register.clock import (
    Evidence,
    Trust,
    Witness,
    against,
    confirmed,
    doubt,
    stamps,
)
from automation.core.register.reading import read_register
from tests.offices import NOW, case, grids, standard_schema

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
NO_LEAD = timedelta()


def at(offset: timedelta) -> Witness:
    return Witness("saksi", NOW + offset)


def believed(evidence: Evidence, lead: timedelta = NO_LEAD) -> bool:
    return against(NOW, evidence, lead) is None


def stamped(*received: datetime | str) -> tuple[tuple[Witness, ...], tuple[Witness, ...]]:
    rows = [case(f"{n:04}/ADU/XI/2026", Diterima=each) for n, each in enumerate(received, 1)]
    return stamps(read_register(grids(rows), standard_schema()))


def test_without_evidence_every_clock_is_believed() -> None:
    assert believed(Evidence())


@pytest.mark.parametrize("kind", ["run", "past"])
@pytest.mark.parametrize(
    ("offset", "good"), [(2 * DAY, True), (2 * DAY + SECOND, False), (2400 * DAY, False)]
)
def test_a_clock_may_be_set_back_by_up_to_two_days(
    kind: str, offset: timedelta, good: bool
) -> None:
    witness = at(offset)
    evidence = Evidence(run=witness) if kind == "run" else Evidence(past=(witness,))
    assert believed(evidence) == good


@pytest.mark.parametrize(
    ("offset", "good"), [(-31 * DAY, True), (-31 * DAY - SECOND, False), (-365 * DAY, False)]
)
def test_a_clock_is_not_more_than_a_month_beyond_all_that_is_known(
    offset: timedelta, good: bool
) -> None:
    assert believed(Evidence(run=at(offset))) == good
    assert believed(Evidence(run=at(-400 * DAY), typed=(at(offset),))) == good


def test_a_first_run_with_an_old_register_has_nothing_against_it() -> None:
    old = at(-900 * DAY)
    assert believed(Evidence(past=(old, old), typed=(old,)))


def test_what_takes_its_time_from_the_clock_does_not_speak_for_it() -> None:
    """Staff saved the register on the same machine, a year ahead."""
    assert not believed(Evidence(run=at(-365 * DAY), past=(at(NO_LEAD),)))


@pytest.mark.parametrize(
    ("offset", "good"),
    [(2 * DAY, True), (-2 * DAY, True), (2 * DAY + SECOND, False), (-2 * DAY - SECOND, False)],
)
def test_google_tells_the_present_and_nothing_else_is_asked(offset: timedelta, good: bool) -> None:
    elsewhere = at(-offset * 300)
    assert believed(Evidence(at(offset), run=elsewhere, past=(elsewhere,))) == good


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(run=at(2400 * DAY)),
        Evidence(run=at(-60 * DAY)),
        Evidence(past=(at(2400 * DAY),)),
        Evidence(present=at(2400 * DAY)),
        Evidence(present=at(-60 * DAY)),
    ],
    ids=["back", "ahead", "saved", "google-back", "google-ahead"],
)
def test_a_confirmed_clock_is_not_asked_about_again(evidence: Evidence) -> None:
    assert not believed(evidence)
    trust = confirmed(NOW, evidence)
    assert trust.last is not None
    known = Evidence(evidence.present, Witness("berjalan", trust.last), evidence.past)
    assert against(NOW, known, trust.lead) is None
    if evidence.present is None:
        assert against(NOW + 30 * DAY, known, trust.lead) is None


def test_a_confirmed_clock_that_is_lost_later_is_noticed_by_the_last_run() -> None:
    trust = confirmed(NOW, Evidence(past=(at(2400 * DAY),)))
    assert trust == Trust(NOW, -2400 * DAY)
    known = Evidence(run=Witness("berjalan", NOW), past=(at(NO_LEAD),))
    assert against(NOW - 3 * DAY, known, trust.lead) == known.run


def test_the_stamps_of_half_of_the_cases_speak_against_a_clock() -> None:
    early, late = datetime(2026, 3, 2, 8, 0), datetime(2026, 11, 23, 8, 0)
    ((typical,), (newest,)) = stamped(early, early, early, late, late, late)
    assert (typical.at, newest.at) == (late, late)
    ((typical,), (newest,)) = stamped(*[early] * 5, late, late, late)
    assert (typical.at, newest.at) == (early, late)


def test_a_year_that_was_mistyped_stops_nobody() -> None:
    slip = datetime(2027, 11, 23, 8, 0)
    past, typed = stamped(slip, slip, *[NOW] * 8)
    assert (past[0].at, typed[0].at) == (NOW, NOW)


def test_a_column_that_was_filled_down_by_the_mouse_stops_nobody() -> None:
    filled = [NOW + n * DAY for n in range(1, 21)]
    past, _ = stamped(*[NOW] * 21, *filled)
    assert believed(Evidence(past=past))


@pytest.mark.parametrize("cells", [(), (NOW,), (NOW, NOW), (NOW, NOW, "kemarin")])
def test_too_few_stamps_say_nothing(cells: tuple[datetime | str, ...]) -> None:
    assert stamped(*cells) == ((), ())


def test_the_sentence_says_what_the_clock_says_what_speaks_against_it_and_what_to_do() -> None:
    witness = Witness("program terakhir berjalan pada", datetime(2026, 11, 23, 10, 0))
    assert doubt(datetime(2020, 1, 1, 0, 5), witness) == (
        "Jam komputer ini menunjukkan 01/01/2020 00.05, padahal program terakhir berjalan pada "
        "23/11/2026 10.00, sehingga tidak ada surel yang dikirim dan tidak ada angka yang "
        "diterbitkan; setel jam itu atau, apabila memang benar, jalankan `python -m automation "
        "doctor --confirm-clock`."
    )
