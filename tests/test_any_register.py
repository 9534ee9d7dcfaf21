"""A whole look at the register, whatever stands in its cells and whatever the clock says."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation import say, say_status
from automation.core.plan import Plan, plan
from automation.core.register.headers import Grid
from automation.core.reminders.notices import Told
from automation.core.tabs import program_sheets
from automation.mail.correspondent import Correspondent
from automation.mail.mailbox import composed
from tests.mail_letters import WAYS
from tests.offices import NOW, STAFF, at, case, grids, standard_schema

SCHEMA = standard_schema()
NOTHING_SENT = Told()
OFFICE = Correspondent(
    name="Dinas",
    sender="dinas@kantor.example.id",
    reply_to="dinas@kantor.example.id",
    timezone=ZoneInfo("Asia/Jakarta"),
    register_link=lambda row: None,
)
SOUND = (
    case(step_1=at("23/11 08.10")),
    case("0002/INF/XI/2026", Jenis="Permintaan Informasi", Diterima=at("20/11 15.00")),
    case("0003/ADU/XI/2026", Diterima=at("23/11 09.50"), Perihal="Akta hilang"),
)
PAUSED = ({"No. Register": "0003/ADU/XI/2026", "Mulai": at("23/11 09.55"), "Alasan": "KTP"},)
CLOSED = ({"Mulai": date(2026, 12, 1), "Selesai": date(2026, 12, 2), "Keterangan": "Pindah"},)

words = st.sampled_from(
    [
        *(row["Nama"] for row in STAFF),
        *(role.name for role in SCHEMA.sop.roles),
        *(row["No. Register"] for row in SOUND),
        *(tab.columns[0].header for tab in SCHEMA.tabs.all()),
        *(
            "Ya",
            "Tidak",
            "Dicabut",
            "Aduan",
            "23/11/2026 08.15 WITA",
            "08,15",
            "31/12/2062",
            "#REF!",
        ),
    ]
)
cells = st.one_of(
    st.none(), words, st.text(max_size=20), st.floats(), st.integers(), st.booleans(),
    st.datetimes(), st.dates(), st.times(), st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.timedeltas(),
)  # fmt: skip
moments = st.one_of(
    st.datetimes(), st.datetimes(datetime(2009, 1, 1), datetime(2101, 1, 1)), st.just(NOW)
)
# What no column takes for something real: it stands beside what is sound and changes nothing.
rubbish = st.sampled_from(
    ["#REF!", "pagi", "99/99/2026 08.15", "?", "—", 1e300, -5, 0.5, True, "Jumlah", "x" * 500, ""]
)


def rows(of: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[list[list[Any]]]:
    return st.lists(st.lists(of, max_size=18), max_size=most)


def sound_tabs() -> dict[str, Grid]:
    return grids(SOUND, closures=CLOSED, pauses=PAUSED)


@st.composite
def tabs_with(draw: st.DrawFn, of: st.SearchStrategy[Any]) -> dict[str, Grid]:
    """The sound tabs with other rows below theirs, and their columns in any order."""
    tabs = {}
    for title, sound in sound_tabs().items():
        order = draw(st.permutations(range(len(sound[0]))))
        whole = [*sound, *draw(rows(of))]
        tabs[title] = [[_cell(row, place) for place in order] for row in whole]
    return tabs


def _cell(row: Sequence[object], place: int) -> object:
    return row[place] if place < len(row) else None


def everything_said(looked: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    """All that any command would draw, write or print of it."""
    program_sheets(looked, SCHEMA, (), lambda tab, cell: None, "WIB")
    letters = looked.letters(NOTHING_SENT)
    assert composed(letters, WAYS, OFFICE, looked.now)[1] == []  # no faults
    looked.live(NOTHING_SENT)
    say.findings(looked, as_json=False)
    capsys.readouterr()
    say.findings(looked, as_json=True)
    json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    if looked.measures is not None:
        say_status.status(looked.measures, looked, SCHEMA, as_json=False, only_open=False)
        for number in looked.measures.progress.cases["number"].unique():
            say_status.explanation(looked.measures, looked, SCHEMA, number)
        capsys.readouterr()
        say_status.status(looked.measures, looked, SCHEMA, as_json=True, only_open=False)
        json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


look_at_any = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@look_at_any
@given(tabs=tabs_with(cells), now=moments)
def test_no_cell_and_no_clock_stops_a_look(
    tabs: dict[str, Grid], now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    everything_said(plan(tabs, SCHEMA, now), capsys)


@look_at_any
@given(
    tabs=st.fixed_dictionaries({title: st.none() | rows(cells, 5) for title in sound_tabs()}),
    now=moments,
)
def test_no_tab_stops_a_look(
    tabs: dict[str, Grid | None], now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    everything_said(plan(tabs, SCHEMA, now), capsys)


def of_the_sound(looked: Plan) -> tuple[list[dict[str, object]], list[tuple[object, ...]]]:
    """How the sound cases are measured, and what is mailed of them, to whom."""
    assert looked.measures
    numbers = [row["No. Register"] for row in SOUND]
    cases = looked.measures.progress.cases
    measured = cases[cases["number"].isin(numbers)].drop(columns="holding").astype(str)
    told = [
        (letter.to, notice)
        for letter in looked.letters(NOTHING_SENT)
        for notice in letter.notices
        if notice.number
    ]
    deadlines = looked.measures.deadlines.rows
    kept = deadlines[deadlines["case"].isin(measured.index)].astype(str)
    return [*measured.to_dict("records"), *kept.to_dict("records")], told


@look_at_any
@given(tabs=tabs_with(rubbish))
def test_what_is_sound_is_measured_and_mailed_as_if_the_rest_were_not_there(
    tabs: dict[str, Grid],
) -> None:
    measured, told = of_the_sound(plan(sound_tabs(), SCHEMA, NOW))
    assert len(measured) == 3 + 5 and len(told) == 2
    assert of_the_sound(plan(tabs, SCHEMA, NOW)) == (measured, told)


@pytest.mark.parametrize("now", [datetime.min, datetime.max, NOW])
def test_an_empty_register_is_looked_at(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    everything_said(plan(grids(), SCHEMA, now), capsys)
    everything_said(plan({}, SCHEMA, now), capsys)
