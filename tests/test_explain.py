"""The sum of an interval in one line, worked out by hand: offices open 07.30 to 16.00, on Fridays
to 16.30, with a break of an hour from 12.00 (on Fridays 11.30 to 13.00)."""

from datetime import datetime

import pytest

from automation.core.measures.explain import explain
from tests.registers import usual_hours

HOUR = 3600


def told(start: str, end: str, *pauses: tuple[str, str]) -> str:
    """Of November 2026; the standard is an hour. The 20th is a Friday."""
    spans = [(at(first), at(last)) for first, last in pauses]
    return explain(usual_hours(), at(start), at(end), spans, HOUR)


def at(written: str) -> datetime:
    return datetime.strptime(f"2026-11-{written}", "%Y-%m-%d %H.%M")


@pytest.mark.parametrize(
    ("start", "end", "line"),
    [
        ("23 07.30", "23 08.30", "Sen 23/11 07.30–08.30: 60 mnt; jumlah 60 dari 60 mnt"),
        ("23 07.30", "23 07.31", "Sen 23/11 07.30–07.31: 1 mnt; jumlah 1 dari 60 mnt"),
        ("23 07.30", "23 07.30", "Sen 23/11: 0 mnt; jumlah 0 dari 60 mnt"),
        ("23 06.00", "23 07.40", "Sen 23/11 07.30–07.40: 10 mnt; jumlah 10 dari 60 mnt"),
        ("23 16.00", "23 18.00", "Sen 23/11: 0 mnt; jumlah 0 dari 60 mnt"),
    ],
)
def test_within_a_day(start: str, end: str, line: str) -> None:
    assert told(start, end) == line


def test_a_break_parts_a_day() -> None:
    line = told("23 11.40", "23 13.20")
    assert line == "Sen 23/11 11.40–12.00 dan 13.00–13.20: 40 mnt; jumlah 40 dari 60 mnt"


@pytest.mark.parametrize(
    ("start", "end", "line"),
    [
        ("20 16.45", "23 07.55", "Sen 23/11 07.30–07.55: 25 mnt; jumlah 25 dari 60 mnt"),
        ("20 16.00", "22 10.00", "Jum 20/11 16.00–16.30: 30 mnt; jumlah 30 dari 60 mnt"),
        ("21 09.00", "22 10.00", "Sab 21/11, Min 22/11: tutup; jumlah 0 dari 60 mnt"),
        ("20 16.45", "21 10.00", "Jum 20/11: 0 mnt; Sab 21/11: tutup; jumlah 0 dari 60 mnt"),
    ],
)
def test_ends_without_working_time_are_left_out_unless_there_is_nothing_else(
    start: str, end: str, line: str
) -> None:
    assert told(start, end) == line


def test_closed_days_between_are_named() -> None:
    assert told("20 15.40", "23 07.55") == (
        "Jum 20/11 15.40–16.30: 50 mnt; Sab 21/11, Min 22/11: tutup; "
        "Sen 23/11 07.30–07.55: 25 mnt; jumlah 75 dari 60 mnt"
    )


@pytest.mark.parametrize(
    ("end", "told_of_days"),
    [
        # Two full days are listed, three are one run, also across a weekend.
        ("19 07.30", "Rab 18/11 07.30–12.00 dan 13.00–16.00: 450 mnt"),
        ("20 07.30", "Rab 18/11 07.30–12.00 dan 13.00–16.00: 450 mnt; "
                     "Kam 19/11 07.30–12.00 dan 13.00–16.00: 450 mnt"),
        ("21 09.00", "Rab 18/11–Jum 20/11: 3 hari kerja penuh, 1.350 mnt"),
        ("24 07.30", "Rab 18/11–Sen 23/11: 4 hari kerja penuh, 1.800 mnt"),
    ],
)  # fmt: skip
def test_three_full_days_are_one_run(end: str, told_of_days: str) -> None:
    assert told("18 07.30", end).startswith(told_of_days + "; jumlah ")


@pytest.mark.parametrize(
    ("pause", "rest"),
    [
        (("23 08.00", "23 08.10"), "07.30–08.00 dan 08.10–08.30: 50 mnt; dijeda Sen 23/11 08.00–08.10;"),
        (("23 07.30", "23 08.00"), "08.00–08.30: 30 mnt; dijeda Sen 23/11 07.30–08.00;"),
        (("23 08.00", "23 08.30"), "07.30–08.00: 30 mnt; dijeda Sen 23/11 08.00–08.30;"),
        # What only touches an end is not named.
        (("23 08.30", "23 09.00"), "07.30–08.30: 60 mnt;"),
        (("23 07.00", "23 07.30"), "07.30–08.30: 60 mnt;"),
    ],
)  # fmt: skip
def test_a_pause_is_taken_off_and_named(pause: tuple[str, str], rest: str) -> None:
    line = told("23 07.30", "23 08.30", pause)
    assert line.removeprefix("Sen 23/11 ").rpartition(" jumlah ")[0] == rest


def test_a_day_that_is_paused_whole_is_not_called_closed() -> None:
    assert told("23 15.30", "25 08.00", ("23 16.00", "25 07.30")) == (
        "Sen 23/11 15.30–16.00: 30 mnt; Sel 24/11: 0 mnt; Rab 25/11 07.30–08.00: 30 mnt; "
        "dijeda Sen 23/11 16.00–Rab 25/11 07.30; jumlah 60 dari 60 mnt"
    )
