"""The sample register is realistic where it is sound, and mistaken where it means to be."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from automation.core.drawing import Value
from automation.core.office_time.working_time import DayHours, WorkCalendar
from automation.core.schema import Schema, parse_schema
from automation.demo import sample_rows
from automation.demo.office import Row
from automation.demo.rows import sample_setting, sound_rows
from automation.demo.setting import Setting

FOLDER = Path(__file__).parent.parent / "sheets_schema"
DOCUMENTS = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.toml")}
SCHEMA: Schema = parse_schema({"findings": {}, **DOCUMENTS})
SOP = SCHEMA.sop
STEPS = [step.key for step in SOP.steps]
STANDARDS = np.array([step.standard_seconds for step in SOP.steps])

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, 42)
NOWS = [
    MONDAY_MORNING,
    datetime(2026, 11, 23, 7, 30),  # opening time
    datetime(2026, 11, 22, 14, 5),  # a Sunday
    datetime(2026, 11, 19, 2, 0),  # night
    datetime(2026, 3, 20, 11, 0),  # in the midst of a week of holidays
    datetime(2027, 1, 5, 9, 15),  # numbers of two years
]


def _hours(day: date) -> DayHours:
    holiday = day in (date(2026, 12, 25), date(2027, 1, 1))
    if day.weekday() >= 5 or holiday or date(2026, 3, 18) <= day <= date(2026, 3, 24):
        return DayHours(())
    return DayHours(((450, 690), (780, 990)) if day.weekday() == 4 else ((450, 720), (780, 960)))


FIRST = date(2024, 1, 1)
CALENDAR = WorkCalendar(FIRST, [_hours(FIRST + timedelta(days=n)) for n in range(4 * 365)])


def sample(cases: int = 40, seed: int = 1, now: datetime = MONDAY_MORNING) -> dict[str, list[Row]]:
    """The sample's rows by tab, each by column key."""
    tables = sample_rows(SCHEMA, cases=cases, seed=seed, now=now, calendar=CALENDAR)
    return {
        tab.title: [
            dict(zip([column.key for column in tab.columns], row, strict=True))
            for row in tables[tab.title]
        ]
        for tab in SCHEMA.tabs.all()
    }


def sound(
    cases: int, seed: int = 1, now: datetime = MONDAY_MORNING
) -> tuple[Setting, list[Row], list[Row]]:
    """The rows of Register and Jeda before anybody makes a mistake, and what they are made from."""
    setting, _ = sample_setting(SOP, cases, seed, now, CALENDAR)
    return setting, *sound_rows(setting, cases)


def instant(value: Value) -> datetime:
    assert isinstance(value, datetime)
    return value


def stamped(row: Row) -> list[datetime]:
    return [instant(row[key]) for key in STEPS if row.get(key)]


def times(row: Row) -> list[datetime]:
    return [instant(row["received"]), *stamped(row)]


def test_the_same_arguments_give_the_same_rows_and_another_seed_others() -> None:
    assert sample(seed=1) == sample(seed=1)
    assert sample(seed=1)["Register"] != sample(seed=2)["Register"]


@pytest.mark.parametrize("cases", [5, 40, 1_000])
def test_there_are_as_many_cases_as_asked_for_and_one_blank_row(cases: int) -> None:
    register = sample(cases)["Register"]
    assert [any(row.values()) for row in register].count(False) == 1 == len(register) - cases


def test_every_role_is_held_by_somebody_active() -> None:
    staff = sample()["Petugas"]
    assert {row["role"] for row in staff if row["active"] == "Ya"} == {r.name for r in SOP.roles}
    assert any(row["active"] == "Tidak" for row in staff)


@pytest.mark.parametrize("now", NOWS)
def test_one_is_on_leave_today_with_a_substitute_who_is_there(now: datetime) -> None:
    staff = {row["name"]: row for row in sample(now=now)["Petugas"]}
    leaves = [row for row in staff.values() if row["leave_start"]]
    today = now.replace(hour=0, minute=0, second=0)
    away = [r for r in leaves if instant(r["leave_start"]) <= today <= instant(r["leave_end"])]
    assert len(away) == 1 and len(leaves) == 2
    substitute = staff[away[0]["substitute"]]
    assert substitute["active"] == "Ya" and substitute["leave_start"] is None


@pytest.mark.parametrize("now", NOWS)
def test_the_office_was_closed_once_and_kept_special_hours_once(now: datetime) -> None:
    days = {bool(row["opens"]): instant(row["start"]) for row in sample(now=now)["Libur"]}
    assert sorted(days) == [False, True]
    for day in days.values():
        assert day < now and CALENDAR.elapsed(day, day + timedelta(days=1)) > 0


@pytest.mark.parametrize("cases", [40, 1_000])
def test_pauses_lie_within_their_case_and_one_is_still_open(cases: int) -> None:
    setting, register, pauses = sound(cases)
    by_number = {row["number"]: row for row in register}
    assert len({pause["number"] for pause in pauses}) == len(pauses)
    for pause in pauses:
        start, row = instant(pause["start"]), by_number[pause["number"]]
        end = instant(pause["end"] or setting.now)
        assert instant(row["received"]) <= start < end <= setting.now
        assert not any(start < stamp < end for stamp in stamped(row))
    assert any(pause["end"] is None for pause in pauses)
    assert any(pause["end"] for pause in pauses)


@pytest.mark.parametrize("cases", [5, 40, 1_000])
@pytest.mark.parametrize("now", NOWS)
def test_stamps_follow_each_other_in_working_hours_up_to_now(now: datetime, cases: int) -> None:
    setting, register, _ = sound(cases, now=now)
    for row in register:
        moments, stamps = times(row), stamped(row)
        assert moments == sorted(moments) and moments[-1] <= now
        assert all(row[key] is not None for key in STEPS[: len(stamps)]), "a step was skipped"
        assert (np.diff(np.array(stamps, "M8[s]")).astype(int) > 60).all()
        assert setting.calendar.is_working(np.array(stamps, "M8[s]")).all()


@pytest.mark.parametrize("now", NOWS)
def test_the_calendar_of_the_stamps_is_the_given_one_with_the_tab_libur(now: datetime) -> None:
    setting, _ = sample_setting(SOP, 40, 1, now, CALENDAR)
    own = {instant(row["start"]): bool(row["opens"]) for row in sample(now=now)["Libur"]}
    for days in range(-45, 45):
        day = datetime(now.year, now.month, now.day) + timedelta(days=days)
        worked = int(setting.calendar.elapsed(day, day + timedelta(days=1)))
        usual = int(CALENDAR.elapsed(day, day + timedelta(days=1)))
        assert worked == (usual if day not in own else 5 * 3600 if own[day] else 0)


@pytest.mark.parametrize("now", NOWS)
def test_numbers_run_from_one_in_each_year_in_order_of_receipt(now: datetime) -> None:
    _, register, _ = sound(40, now=now)
    codes = {kind.name: kind.code for kind in SOP.kinds}
    received = [instant(row["received"]) for row in register]
    assert received == sorted(received)
    serials: Counter[int] = Counter()
    for row, at in zip(register, received, strict=True):
        number = re.fullmatch(SOP.case_number.pattern, str(row["number"]))
        assert number
        serials[at.year] += 1
        assert int(number["serial"]) == serials[at.year]
        assert (int(number["year"]), number["kind"]) == (at.year, codes[str(row["kind"])])
    assert len(serials) == (2 if now.month == 1 else 1)


def test_words_are_those_of_the_schema_and_dispositions_go_to_active_staff() -> None:
    _, register, _ = sound(1_000)
    active = {row["name"] for row in sample()["Petugas"] if row["active"] == "Ya"}
    assert {row["channel"] for row in register} == set(SOP.channels)
    assert {row["kind"] for row in register} == {kind.name for kind in SOP.kinds}
    for row in register:
        assert (row["disposition"] in active) == bool(row["step_3"])
        assert re.fullmatch(r"08\d{10}|[a-z]+\.[a-z]+@example\.(id|com)", str(row["contact"]))
        assert not re.search(r"\d{16}|[{}]", str(row["subject"]))


def test_about_three_fifths_are_complaints() -> None:
    _, register, _ = sound(1_000)
    assert 0.55 < sum(row["kind"] == "Aduan" for row in register) / 1_000 < 0.65


def test_decisions_agree_with_the_steps() -> None:
    _, register, _ = sound(1_000)
    decisions = {decision.name: decision for decision in SOP.decisions}
    for row in register:
        decision = decisions.get(str(row.get("decision")))
        assert decision or not row["step_7"]
        if decision and decision.needs_step:
            assert row[SOP.step_named(decision.needs_step).key]
        if decision and decision.excludes_step:
            assert not row[SOP.step_named(decision.excludes_step).key]
    assert {row.get("decision") for row in register} == {None, "Dikabulkan", "Ditolak", "Dicabut"}


def test_no_applicant_comes_again_within_a_month() -> None:
    _, register, _ = sound(10_000)
    last: dict[Value, datetime] = {}
    for row in register:
        at = instant(row["received"])
        assert at - last.get(row["applicant"], datetime.min) > timedelta(days=30)
        last[row["applicant"]] = at


def test_about_three_quarters_of_the_steps_keep_their_standard() -> None:
    setting, register, pauses = sound(1_000)
    paused = {pause["number"] for pause in pauses}
    finished = [row for row in register if row["step_7"] and row["number"] not in paused]
    moments = np.array([times(row) for row in finished], "M8[s]")
    kept = setting.calendar.elapsed(moments[:, :-1], moments[:, 1:]) <= STANDARDS
    assert 0.74 < kept.mean() < 0.82
    assert set(np.argsort(kept.mean(axis=0))[:2].tolist()) == {2, 4}, "Disposisi, Jawaban"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("now", NOWS)
def test_open_cases_stand_in_time_near_their_due_overdue_and_far_overdue(
    now: datetime, seed: int
) -> None:
    setting, register, pauses = sound(40, seed, now)
    paused = {pause["number"] for pause in pauses}
    waiting = [row for row in register if not row["step_7"] and not row.get("decision")]
    shares = [
        int(setting.calendar.elapsed(times(row)[-1], now)) / STANDARDS[len(stamped(row))]
        for row in waiting
        if row["number"] not in paused
    ]
    for low, high in [(0, 0.5), (0.75, 1), (1, 3), (30, 100)]:
        assert any(low <= share < high for share in shares), (low, high, sorted(shares))
    assert any(row["number"] in paused for row in waiting)


def _stamps_backwards(row: Row) -> bool:
    stamps = [at for key in STEPS if isinstance(at := row[key], datetime)]
    return stamps != sorted(stamps)


def _step_skipped(row: Row) -> bool:
    filled = [row[key] is not None for key in STEPS]
    return filled != sorted(filled, reverse=True)


def _text_stamp(pattern: str) -> Callable[[Row], bool]:
    return lambda row: any(
        isinstance(row[key], str) and re.fullmatch(pattern, str(row[key])) for key in STEPS
    )


def _in_the_future(row: Row) -> bool:
    return isinstance(at := row["step_7"], datetime) and at > MONDAY_MORNING


MISTAKES: dict[str, Callable[[Row], bool]] = {
    "a stamp before its predecessor": _stamps_backwards,
    "a skipped step": _step_skipped,
    "a day that does not exist": _text_stamp(r"31/02/\d{4}"),
    "a date as Indonesian text": _text_stamp(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d\d\.\d\d"),
    "a stamp in the future": _in_the_future,
    "steps in the same minute": lambda row: row["step_5"] == row["step_6"] is not None,
    "no register number": lambda row: row["number"] is None,
    "an unknown channel": lambda row: row["channel"] == "WA",
    "a disposition to a stranger": lambda row: row["disposition"] == "Pak Agus",
    "a malformed phone": lambda row: row["contact"] == "0812-345",
    "a number like a NIK": lambda row: bool(re.search(r"\b3401\d{12}\b", str(row["subject"]))),
}


@pytest.mark.parametrize("cases", [40, 1_000])
@pytest.mark.parametrize("seed", range(5))
def test_each_mistake_is_made_once_however_large_the_register(cases: int, seed: int) -> None:
    register = [row for row in sample(cases, seed)["Register"] if any(row.values())]
    assert [sum(map(shows, register)) for shows in MISTAKES.values()] == [1] * len(MISTAKES)
    numbers = Counter(row["number"] for row in register)
    assert sorted(numbers.values())[-2:] == [1, 2], "one number is doubled"


@pytest.mark.parametrize("seed", range(5))
def test_one_case_is_likely_the_same_as_another_of_these_days(seed: int) -> None:
    register = [row for row in sample(40, seed)["Register"] if any(row.values())]
    names = Counter(row["applicant"] for row in register)
    first, second = (row for row in register if names[row["applicant"]] == 2)
    assert second["subject"] == f"{first['subject']}."
    assert instant(second["received"]) - instant(first["received"]) < timedelta(days=3)


def test_a_small_register_has_few_mistakes() -> None:
    register = [row for row in sample(5)["Register"] if any(row.values())]
    assert sum(shows(row) for row in register for shows in MISTAKES.values()) == 0
    assert max(Counter(row["applicant"] for row in register).values()) == 2
