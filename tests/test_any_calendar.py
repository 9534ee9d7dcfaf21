"""No date, clock or calendar stops a look at the register: edges of the year, and beyond."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from automation.core.plan import Plan, plan
from automation.core.reminders.notices import Told
from automation.core.schema import Schema, parse_schema
from automation.core.tabs import program_sheets
from automation.installation import Installation
from automation.settings import Settings, SettingsError
from tests.offices import at, case, documents, grids, seen, standard_schema
from tests.runs import stages

INFORMATION = {"Jenis": "Permintaan Informasi", "number": "0002/INF/XI/2026"}


def with_facts(change: Callable[[dict[str, Any]], None]) -> Schema:
    """The standard schema with something else in its TOML."""
    facts = documents()
    change(facts)
    return parse_schema(facts)


def drawn(looked: Plan, schema: Schema) -> list[str]:
    sheets = program_sheets(looked, schema, (), lambda tab, cell: None, "WIB")
    return [sheet.title for sheet in sheets]


@pytest.mark.parametrize("day", ["2026-01-02", "2026-01-05", "2027-01-04", "2028-02-29"])
def test_on_the_first_working_mornings_of_a_fresh_register_the_head_hears(day: str) -> None:
    now = datetime.fromisoformat(f"{day}T09:00")
    looked = seen([case(Diterima=now - timedelta(minutes=30))], now=now)
    letters = looked.letters(Told())
    assert "Kepala" in [each.to.name for each in letters if "figures" in stages(each)]
    assert looked.may_write


@pytest.mark.parametrize(
    ("now", "works"),
    [
        ("0001-01-01T00:00", False),
        ("1899-12-31T10:00", False),
        ("1900-01-01T10:00", False),
        ("2003-06-02T09:00", False),
        ("2009-06-01T09:00", True),  # the year before the register's first is known
        ("2010-01-04T09:00", True),
        ("2026-12-31T23:59", False),
        ("2028-02-29T09:00", True),
        ("2099-12-31T09:00", True),
        ("2100-12-31T09:00", True),
        ("2104-01-01T09:00", False),
        ("9999-12-31T23:59", False),
    ],
)
@pytest.mark.parametrize("cases", [[], [case()], [case(step_1=at("23/11 09.00"))]])
def test_any_now_has_an_answer(now: str, works: bool, cases: list[dict[str, Any]]) -> None:
    looked = seen(cases, now=datetime.fromisoformat(now))
    assert looked.may_write == works
    assert len(drawn(looked, standard_schema())) == 5


def test_a_closure_of_decades_is_named_and_closes_nothing() -> None:
    slip = {"Mulai": date(2026, 12, 24), "Selesai": date(2062, 12, 31)}
    cases = [case(), case(INFORMATION["number"], Jenis=INFORMATION["Jenis"])]
    looked, sound = seen(cases, closures=[slip]), seen(cases)
    (found,) = [each for each in looked.findings if each.rule == "closure_too_long"]
    assert (found.tab, found.row, found.cell, found.severity) == ("Libur", 2, "B2", "error")
    assert looked.measures and sound.measures
    assert looked.measures.progress.cases.equals(sound.measures.progress.cases)
    assert looked.measures.deadlines.rows.equals(sound.measures.deadlines.rows)
    assert drawn(looked, standard_schema()) == drawn(sound, standard_schema())


def test_a_closure_that_is_too_long_overlaps_nothing() -> None:
    slip = {"Mulai": date(2026, 12, 24), "Selesai": date(2062, 12, 31)}
    later = {"Mulai": date(2027, 1, 4), "Selesai": date(2027, 1, 5)}
    rules = [each.rule for each in seen(closures=[slip, later]).findings]
    assert rules == ["closure_too_long"]


def test_what_falls_due_beyond_the_calendar_is_told_as_unknown() -> None:
    """Closed for all the years that the calendar knows, half a year a row."""
    firsts = [date(year, month, 1) for year in range(2026, 2031) for month in (1, 5, 9)]
    rows = [{"Mulai": first, "Selesai": first + timedelta(days=125)} for first in firsts]
    looked = seen([case(INFORMATION["number"], Jenis=INFORMATION["Jenis"])], closures=rows)
    assert looked.measures
    (deadline,) = looked.measures.deadlines.rows.itertuples()
    assert [str(deadline.due), str(deadline.left), deadline.late] == ["NaT", "nan", False]
    assert str(looked.measures.progress.cases["due"][0]) == "NaT"
    assert len(drawn(looked, standard_schema())) == 5


def test_an_office_without_working_hours_is_measured_and_mails_nobody() -> None:
    def never(facts: dict[str, Any]) -> None:
        for regime in facts["working_hours"]["regimes"]:
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday"):
                del regime[day]

    schema = with_facts(never)
    tabs = grids([case(), case(INFORMATION["number"], Jenis=INFORMATION["Jenis"])])
    looked = plan(tabs, schema, at("23/11 10.00"))
    assert looked.measures and not looked.may_write
    assert looked.measures.progress.cases["elapsed"].tolist() == [0, 0]
    assert len(drawn(looked, schema)) == 5


def test_without_a_source_of_holidays_every_week_is_an_ordinary_one() -> None:
    schema = with_facts(lambda facts: facts["working_hours"].pop("holidays"))
    christmas = datetime(2026, 12, 25, 10)  # a Friday
    assert plan(grids(), schema, christmas).may_write
    assert not seen(now=christmas).may_write


def test_before_the_first_day_of_the_register_nobody_is_written_to() -> None:
    schema = with_facts(lambda facts: facts["working_hours"].update(earliest=date(2029, 1, 1)))
    looked = plan(grids([case()]), schema, at("23/11 10.00"))
    assert not looked.may_write
    assert [each.rule for each in looked.findings] == ["too_early"]


def deadline(key: str, value: int) -> Callable[[dict[str, Any]], None]:
    return lambda facts: facts["sop"]["kinds"][1]["deadlines"][0].update({key: value})


def standard(minutes: int) -> Callable[[dict[str, Any]], None]:
    return lambda facts: facts["sop"]["steps"][0].update(standard_minutes=minutes)


def earliest(day: date) -> Callable[[dict[str, Any]], None]:
    return lambda facts: facts["working_hours"].update(earliest=day)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (deadline("days", 5000), "days"),
        (deadline("days", 0), "days"),
        (deadline("extension_days", -7), "extension_days"),
        (deadline("extension_days", 5000), "extension_days"),
        (standard(10**30), "standard_minutes"),
        (standard(527_041), "standard_minutes"),
        (earliest(date(1, 1, 1)), "earliest"),
        (earliest(date(1899, 12, 31)), "earliest"),
        (earliest(date(9999, 12, 31)), "earliest"),
    ],
)
def test_a_limit_that_cannot_be_a_fact_is_refused_when_it_is_loaded(
    change: Callable[[dict[str, Any]], None], key: str
) -> None:
    with pytest.raises((ValueError, ValidationError), match=key):
        with_facts(change)


@pytest.mark.parametrize("change", [deadline("days", 1000), standard(527_040)])
def test_the_largest_limits_are_measured(change: Callable[[dict[str, Any]], None]) -> None:
    schema = with_facts(change)
    tabs = grids([case(), case(INFORMATION["number"], Jenis=INFORMATION["Jenis"])])
    looked = plan(tabs, schema, at("23/11 10.00"))
    assert looked.measures and looked.candidates(Told())
    assert len(drawn(looked, schema)) == 5


@pytest.mark.parametrize(
    "now",
    [
        "0001-01-01T00:00",
        "0001-01-01T00:00+14:00",
        "2003-06-02T09:00",
        "2009-12-31T23:59",
        "2101-01-01T00:00",
        "9999-12-31T23:59",
        "9999-12-31T23:59-12:00",
    ],
)
def test_a_now_that_cannot_be_true_is_refused_in_one_sentence(now: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Installation.of(Settings(), datetime.fromisoformat(now))
    assert str(refused.value) == (
        f"--now {now}: di luar waktu yang dikenal program; isi dari 01/01/2010 sampai 31/12/2100."
    )


@pytest.mark.parametrize("now", ["2010-01-01T00:00", "2100-12-31T23:59"])
def test_the_first_and_the_last_now_are_taken(now: str) -> None:
    instant = datetime.fromisoformat(now)
    assert Installation.of(Settings(), instant).now == instant
