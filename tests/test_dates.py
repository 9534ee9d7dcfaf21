"""Dates as people leave them in cells."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.core.office_time.dates import read_moments, read_times
from automation.core.words.indonesian import DAYS, MONTHS

EIGHT_FIFTEEN = datetime(2026, 11, 23, 8, 15)


def read(cell: object, zone: str = "WIB") -> tuple[datetime | None, bool, bool]:
    """Instant, whether a time was given, whether anything stands in the cell."""
    found = read_moments([cell], zone)
    return found.instants[0].item(), bool(found.timed[0]), bool(found.filled[0])


@pytest.mark.parametrize(
    "cell",
    [
        EIGHT_FIFTEEN,
        46349.34375,
        "23/11/2026 08.15",
        "23-11-2026 08:15",
        "23.11.2026 08.15",
        "23/11/26 8.15",
        " 23/11/2026  08.15 WIB ",
        "23\u00a0Nov 2026 08.15",
        "23 November 2026 pukul 08.15 WIB",
        "Senin, 23 Nopember 2026, 08:15:00",
        "2026-11-23 08:15",
        "2026-11-23T08:15:00",
        "23/11/2026 08,15",
        "Senin/23 Nov 26 jam 8.15",
        "23-11-2026 pkl. 08:15 WIB",
        "23-XI-2026 08.15",
        "2026-11-23T08:15:00+07:00",
        "2026-11-23T01:15:00Z",
        "2026-11-23 01:15:00+00",
        "2026-11-23T01:15:00.000Z",
        "23/11/2026 09.15 WITA",
        "23/11/2026 10.15 wit",
        "23/11/2026 01.15 GMT",
    ],
)
def test_every_usual_form_is_read(cell: object) -> None:
    assert read(cell) == (EIGHT_FIFTEEN, True, True)


@pytest.mark.parametrize(
    "cell",
    [date(2026, 11, 23), datetime(2026, 11, 23), 46349, 46349.0, "23/11/2026", "23 Nov 2026"],
)
def test_a_date_alone_is_its_midnight_and_says_so(cell: object) -> None:
    assert read(cell) == (datetime(2026, 11, 23), False, True)


def test_midnight_that_was_written_out_counts_as_a_time() -> None:
    assert read("23/11/2026 00.00") == (datetime(2026, 11, 23), True, True)


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2026",
        "11/23/2026",  # never read month first
        "23/11/2026 24.00",
        "23/11/2026 25.61",
        "23/11/2026 8.5",
        "23/11/2026 08:15-09:00",  # a span of hours, or a zone of the west
        "23/11/2026 08.15 WIX",
        "23/11/2026 08.15 +99:00",
        "23/11/2026 8.15 malam",
        "23/11/2026 8,5",
        "23 M 2026 08.15",  # March or May
        "23/11/2026 sudah",
        "besok",
        "#N/A",
        "23/11/3026 08.15",
        True,
        -5,
        1e300,
        float("inf"),
        time(8, 15),
        timedelta(days=2),
    ],
)
def test_what_fits_no_form_is_not_read(cell: object) -> None:
    instant, _, filled = read(cell)
    assert instant is None
    assert filled


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0"])
def test_an_empty_cell_holds_nothing(cell: object) -> None:
    assert read(cell) == (None, False, False)


def test_a_date_that_could_be_read_two_ways_is_read_day_first() -> None:
    assert read("03/04/2026 08.15")[0] == datetime(2026, 4, 3, 8, 15)


FORMS = (
    "{at:%d/%m/%Y %H.%M.%S}",
    "{at:%d-%m-%Y %H:%M:%S}",
    "{at:%Y-%m-%dT%H:%M:%S}",
    "{at.day} {month} {at.year} {at:%H.%M.%S} WIB",
    "{weekday}, {at.day} {month:.3} {at.year}, pukul {at:%H:%M:%S}",
)


@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(
        lambda at: at.replace(microsecond=0)
    ),
    form=st.sampled_from(FORMS),
)
@settings(deadline=None)
def test_what_is_written_in_a_usual_form_is_read_back(at: datetime, form: str) -> None:
    text = form.format(at=at, month=MONTHS[at.month - 1], weekday=DAYS[at.weekday()])
    assert read(text)[0] == at


@given(at=st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
@settings(deadline=None)
def test_a_serial_number_is_read_to_the_second(at: datetime) -> None:
    at = at.replace(microsecond=0)
    serial = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    assert read(serial)[0] == at


@given(st.lists(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans())))
@settings(deadline=None)
def test_no_cell_can_break_the_reading(cells: list[object]) -> None:
    assert len(read_moments(cells, "WIT").instants) == len(cells)
    assert len(read_times(cells, "WIT")[0]) == len(cells)


@pytest.mark.parametrize(
    "cell",
    ["08.15", "8:15", "08.15 WIB", "pukul 08.15", "08,15", "jam 9.15 WITA", time(8, 15), 0.34375],
)
def test_a_time_of_day_is_read_in_every_usual_form(cell: object) -> None:
    assert read_times([cell], "WIB")[0][0] == 8 * 60 + 15


@pytest.mark.parametrize(
    ("cell", "minutes"), [(0, 0), (0.0, 0), ("00.00", 0), ("23.59", 1439), (1439 / 1440, 1439)]
)
def test_the_first_and_the_last_minute_of_a_day_are_times(cell: object, minutes: int) -> None:
    assert read_times([cell], "WIB")[0][0] == minutes


@pytest.mark.parametrize(
    "cell",
    [
        "8",
        8.5,
        8.15,
        "25.00",
        "24.00",
        "08.75",
        "00.15 WITA",
        time(8, 15, 30),
        "pagi",
        True,
        1,
        1.0,
        1.34375,
        -0.34375,
        0.34376,
    ],
)
def test_a_time_that_could_be_something_else_or_is_none_is_not_read(cell: object) -> None:
    minutes, filled = read_times([cell], "WIB")
    assert np.isnan(minutes[0])
    assert filled[0]


@pytest.mark.parametrize(
    ("cell", "zone", "instant"),
    [
        ("23/11/2026 08.15 WITA", "WITA", datetime(2026, 11, 23, 8, 15)),
        ("23/11/2026 08.15 WIB", "WITA", datetime(2026, 11, 23, 9, 15)),
        ("23/11/2026 08.15", "WITA", datetime(2026, 11, 23, 8, 15)),
        ("23/11/2026 23.15 WIB", "WIT", datetime(2026, 11, 24, 1, 15)),
        ("01/01/2027 00.15 WIT", "WIB", datetime(2026, 12, 31, 22, 15)),
        ("2026-11-23T08:15+07:00", "WITA", datetime(2026, 11, 23, 9, 15)),
        ("2026-11-23T08:15+0530", "WIB", datetime(2026, 11, 23, 9, 45)),
        ("23/11/2026 08.15 WIB", "+08", datetime(2026, 11, 23, 9, 15)),
        ("23/11/2026 08.15 WIB", "XYZ", None),  # nobody can know
        ("23/11/2026 08.15", "XYZ", datetime(2026, 11, 23, 8, 15)),
    ],
)
def test_a_zone_that_is_named_is_turned_into_the_offices_own(
    cell: str, zone: str, instant: datetime | None
) -> None:
    assert read(cell, zone)[0] == instant


@pytest.mark.parametrize(
    "day", ["Jumat", "Jum'at", "Jum`at", "JUM\u2018AT", "Jum\u00b4at", "jum at"]
)
def test_friday_is_read_with_any_apostrophe(day: str) -> None:
    assert read(f"{day}, 20/11/2026 08.15")[0] == datetime(2026, 11, 20, 8, 15)


@pytest.mark.parametrize(
    ("word", "month"),
    [("Mrt", 3), ("Mrt.", 3), ("Ag.", 8), ("Agt", 8), ("Pebr", 2), ("Nop", 11), ("VIII", 8)],
)
def test_months_are_read_in_the_short_forms_that_people_write(word: str, month: int) -> None:
    assert read(f"9 {word} 2026 08.15")[0] == datetime(2026, month, 9, 8, 15)
