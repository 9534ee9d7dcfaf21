"""The lines of numbers at the top of modules that are dense: what they say is what comes out."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from automation.core.measures.explain import explain
from automation.core.measures.pauses import Pauses
from automation.core.validation.spans import overlapped_rows
from tests.offices import at, case, grids, seen
from tests.registers import found, read, usual_hours

MINUTE = 60


def test_progress() -> None:
    stamps = {"1. Unduh": at("23/11 07.40"), "3. Disposisi": at("23/11 08.20")}
    row = case(Diterima=at("23/11 07.30")) | stamps
    progress = seen([row], now=at("23/11 08.30")).understood().progress
    intervals, found = progress.intervals, progress.cases.iloc[0]
    assert (intervals.elapsed[0, [0, 2]] / MINUTE).tolist() == [10, 40]
    assert (intervals.standard[0, [0, 2]] / MINUTE).tolist() == [15, 30]
    assert np.isnan(intervals.elapsed[0, 1]) and intervals.late[0].tolist()[:3] == [0, 0, 1]
    assert (found["step"], found["elapsed"] / MINUTE, found["standard"] / MINUTE) == (4, 10, 15)
    assert (found["due"], found["status"]) == (at("23/11 08.35"), "running")


def paused() -> Pauses:
    times = ("09.00", "09.30"), ("09.15", "10.00"), ("11.00", None)
    typed = [
        {"No. Register": case()["No. Register"], "Mulai": at(f"23/11 {start}"),
         "Selesai": end and at(f"23/11 {end}"), "Alasan": "menunggu"}
        for start, end in times
    ]  # fmt: skip
    return Pauses.of(read(grids([case()], pauses=typed)), usual_hours().calendar)


def test_pauses() -> None:
    pauses = paused()
    assert pauses.spans(0)[0] == (at("23/11 09.00"), at("23/11 10.00"))
    assert (len(pauses.spans(0)), pauses.spans(0)[1][0]) == (2, at("23/11 11.00"))
    half_past = np.array([[at("23/11 08.30")]], "M8[s]")
    until = half_past + np.timedelta64(2, "h")
    assert pauses.within(half_past, until, np.array([[True]])) == 60 * MINUTE


@pytest.mark.parametrize(("minutes", "due"), [(60, "10.30"), (90, "11.00"), (91, None)])
def test_pauses_move_what_is_due(minutes: int, due: str | None) -> None:
    since = np.array([at("23/11 08.30")], "M8[s]")
    (found,) = paused().due(np.array([0]), since, np.array([minutes * MINUTE]))
    assert found.item() == (due and at(f"23/11 {due}"))


def test_explain() -> None:
    waiting = datetime(2026, 11, 18, 15, 50), datetime(2026, 11, 24, 7, 45)
    assert explain(usual_hours(), *waiting, pauses=(), standard=15 * MINUTE).split("; ") == [
        "Rab 18/11 15.50–16.00: 10 mnt",
        "Kam 19/11–Sen 23/11: 3 hari kerja penuh, 1.350 mnt",
        "Sel 24/11 07.30–07.45: 15 mnt",
        "jumlah 1.375 dari 15 mnt",
    ]


def test_spans() -> None:
    days = (2, 9), (4, 5), (9, 12), (13, 13)
    closures = [
        {"Mulai": date(2026, 11, first), "Selesai": date(2026, 11, last), "Keterangan": "Libur"}
        for first, last in days
    ]
    table = read(grids(closures=closures)).closures
    starts = table.frame["start"].to_numpy("datetime64[D]")
    ends = table.frame["end"].to_numpy("datetime64[D]") + np.timedelta64(timedelta(days=1))
    assert overlapped_rows(table, ["closed"] * 4, starts, ends).tolist() == [0, 2, 2, 0]
    assert len(found("closure_overlaps", closures=closures)) == 2
