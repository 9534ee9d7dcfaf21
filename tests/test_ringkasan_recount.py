"""Every figure of `Ringkasan` counted again from the cells, in plain Python, on random registers.

Nothing of the program is used for the count: a day is gone through by its hours, a month by its
cases. What a figure means can be read here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from statistics import median
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.offices import NOW, Row, case, seen
from tests.ringkasan_page import ReadPage

STANDARDS = 15, 15, 15, 15, 60, 60, 20  # minutes
HOLDERS = "Adi", "Adi", "Kepala", "Joko", "Tari", "Pelita", "Adi"
NAMES = "Unduh", "Register", "Disposisi", "Koordinasi", "Jawaban", "Balasan", "Arsip"
USUAL = (time(7, 30), time(12)), (time(13), time(16))
FRIDAY = (time(7, 30), time(11, 30)), (time(13), time(16, 30))
DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 23)


@dataclass
class Counted:
    """One case, gone through stamp by stamp."""

    kind: str
    received: datetime
    stamps: list[datetime | None]
    decision: str | None

    @property
    def intervals(self) -> Iterator[tuple[int, float, float, datetime]]:
        """Step, working minutes, standard, end of each stamped step."""
        start, standard = self.received, 0
        for step, stamp in enumerate(self.stamps):
            standard += STANDARDS[step]
            if stamp:
                yield step, working(start, stamp), standard, stamp
                start, standard = stamp, 0

    @property
    def is_finished(self) -> bool:
        return self.stamps[-1] is not None and self.decision != "Ditolak" and not self.is_withdrawn

    @property
    def is_withdrawn(self) -> bool:
        return self.decision == "Dicabut"

    @property
    def left(self) -> datetime | None:
        if self.is_withdrawn:
            return max([stamp for stamp in self.stamps if stamp] or [self.received])
        return self.stamps[-1]

    def current(self, now: datetime) -> tuple[int, datetime, float] | None:
        """The step that waited at `now`, since when, and minutes over its standard."""
        if self.received > now or (self.left and self.left <= now):
            return None
        done = [step for step, stamp in enumerate(self.stamps) if stamp and stamp <= now]
        step, since = (done[-1] + 1, self.stamps[done[-1]]) if done else (0, self.received)
        assert since is not None
        return step, since, working(since, now) - STANDARDS[step]


def working(start: datetime, end: datetime) -> float:
    """Minutes of the office's hours between two instants."""
    minutes, day = 0.0, start.date()
    while day <= end.date():
        for opens, closes in hours(day):
            first = max(start, datetime.combine(day, opens))
            last = min(end, datetime.combine(day, closes))
            minutes += max((last - first).total_seconds(), 0) / 60
        day += DAY
    return minutes


def hours(day: date) -> Sequence[tuple[time, time]]:
    return () if day.weekday() > 4 else FRIDAY if day.weekday() == 4 else USUAL


def deadline(counted: Counted, now: datetime) -> tuple[int, date] | None:
    """Days left of the first legal deadline that is not met, and its last day: 14 days to answer,
    60 to file; of a request 10 working days to answer."""
    today, came = now.date(), counted.received.date()
    if counted.is_withdrawn or (counted.decision == "Ditolak" and counted.stamps[-1]):
        return None
    answered, filed = counted.stamps[5] or counted.stamps[6], counted.stamps[6]
    if counted.kind == "Aduan":
        due = came + (60 if answered else 14) * DAY
        return None if filed else ((due - today).days, due)
    if answered:
        return None
    office_days = [day for day in between(came, today + 60 * DAY) if hours(day)]
    return 10 - sum(day <= today for day in office_days), office_days[9]


def between(first: date, last: date) -> Iterator[date]:
    """The days after `first` up to `last`."""
    return (first + count * DAY for count in range(1, (last - first).days + 1))


def duration(minutes: float) -> str:
    hours_, rest = divmod(int(minutes), 60)
    return (
        " ".join([f"{hours_:,} j".replace(",", ".")] * (hours_ > 0) + [f"{rest} m"] * (rest > 0))
        or "< 1 m"
    )


def share(kept: int, measured: int) -> str:
    if measured >= 5:
        return f"{kept / measured * 100:.1f}%".replace(".", ",")
    return f"{measured} diukur" if measured else "belum ada"


# What the page must say


def six_figures(cases: Sequence[Counted]) -> dict[str, list[object]]:
    month = [each for each in cases if this_month(each.left)]
    closed = sum(not each.is_finished for each in month)
    measured = [(m, s) for each in cases for _, m, s, end in each.intervals if this_month(end)]
    kept = sum(minutes <= standard for minutes, standard in measured)
    totals = [sum(m for _, m, _, _ in each.intervals) for each in month if each.is_finished]
    late, opened = lateness(cases, NOW)
    legal = [found[0] for each in cases if (found := deadline(each, NOW))]
    return {
        "Terlambat sekarang": [late, f"dari {opened} terbuka"],
        "Tenggat hukum terlewati": [
            sum(days < 0 for days in legal),
            f"{sum(0 <= days <= 3 for days in legal)} lagi mendekati tenggat",
        ],
        "Masuk": [sum(this_month(each.received) for each in cases), "berkas diterima"],
        "Keluar": [len(month), f"{len(month) - closed} di antaranya selesai"],
        "Sesuai mutu baku": [
            *(
                (share(kept, len(measured)), f"{kept} dari {len(measured)} langkah")
                if len(measured) >= 5
                else ("–", f"baru {len(measured)} langkah diukur")
            ),
        ],
        "Median seluruh layanan": [
            duration(median(totals)) if totals else "–", "mutu baku 3 j 20 m",
        ],
    }  # fmt: skip


def the_flow(cases: Sequence[Counted]) -> str:
    month = [each for each in cases if this_month(each.left)]
    closed = sum(not each.is_finished for each in month)
    left = f"{len(month) - closed} selesai" + f", {closed} ditutup" * (closed > 0)
    return f", dikurangi {len(month)} keluar ({left}): "


def this_month(at: datetime | None) -> bool:
    return at is not None and (at.year, at.month) == (2026, 11)


def lateness(cases: Sequence[Counted], now: datetime) -> tuple[int, int]:
    """How many were late at `now`, of how many that were open."""
    waiting = [found for each in cases if (found := each.current(now))]
    return sum(over > 0 for _, _, over in waiting), len(waiting)


def seven_steps(cases: Sequence[Counted]) -> list[list[object]]:
    """Name, median, ninety, share, waiting, late of each step."""
    found: list[list[object]] = []
    waiting = [each.current(NOW) for each in cases]
    for step, name in enumerate(NAMES):
        took = [
            (m, s) for each in cases for at, m, s, end in each.intervals
            if at == step and this_month(end)
        ]  # fmt: skip
        minutes = sorted(each for each, _ in took)
        here = [each for each in waiting if each and each[0] == step]
        found.append(
            [
                f"{step + 1}. {name}",
                duration(median(minutes)) if minutes else "–",
                duration(minutes[ceil(0.9 * len(minutes)) - 1]) if len(minutes) >= 5 else "–",
                share(sum(m <= s for m, s in took), len(took)),
                len(here),
                sum(over > 0 for _, _, over in here),
            ]
        )
    return found


def everybody(cases: Sequence[Counted]) -> list[list[object]]:
    held: dict[str, list[tuple[datetime, float]]] = {}
    for each in cases:
        if current := each.current(NOW):
            held.setdefault(HOLDERS[current[0]], []).append(current[1:])
    lines = [
        (-sum(over > 0 for _, over in each), -len(each), min(since for since, _ in each), name)
        for name, each in held.items()
    ]
    return [
        [name, -waiting, -late, f"{oldest:%d/%m %H.%M}"]
        for late, waiting, oldest, name in sorted(lines)
    ]


def urgent(cases: Sequence[Counted]) -> list[object]:
    """The numbers in the order in which they are to be named, with their reasons."""
    legal: list[Any] = []
    own: list[Any] = []
    late: list[Any] = []
    for row, each in enumerate(cases):
        due, current = deadline(each, NOW), each.current(NOW)
        if due and due[0] <= 3:
            legal.append((*due, row))
        elif current and HOLDERS[current[0]] == "Kepala":
            own.append((-current[2], row))
        elif current and current[2] > 0:
            late.append((-current[2], row))
    marked = [("●", legal), ("◆", own), ("▲", late)]
    return [(mark, line[-1]) for mark, lines in marked for line in sorted(lines)][:10]


# The registers


@st.composite
def registers(draw: st.DrawFn) -> list[Counted]:
    found: list[Counted] = []
    for _ in range(draw(st.integers(0, 12))):
        at = datetime(2026, 9, 1, 8) + timedelta(minutes=draw(st.integers(0, 83 * 24 * 60)))
        received, stamps = at, list[datetime | None]([None] * 7)
        for step in range(draw(st.integers(0, 7))):
            at += timedelta(
                minutes=draw(st.sampled_from([0, 5, 15, 16, 60, 61, 300, 3000, 30_000]))
            )
            at += timedelta(minutes=at.hour + at.minute == 0)  # midnight is a date without a time
            if at <= NOW and draw(st.integers(0, 9)):  # some steps are skipped
                stamps[step] = at
        decision = draw(st.sampled_from([None, None, None, "Dicabut", "Ditolak"]))
        kind = draw(st.sampled_from(["Aduan", "Permintaan Informasi"]))
        found.append(Counted(kind, min(received, NOW), stamps, decision))
    return found


def rows(cases: Sequence[Counted]) -> list[Row]:
    made: list[Row] = []
    for serial, each in enumerate(cases, start=1):
        steps: dict[str, Any] = {f"step_{at}": stamp for at, stamp in enumerate(each.stamps, 1)}
        code = "ADU" if each.kind == "Aduan" else "INF"
        number = f"{serial:04}/{code}/XI/2026"
        made.append(
            case(number, Diterima=each.received, Jenis=each.kind, Keputusan=each.decision, **steps)
        )
    return made


@settings(max_examples=25, deadline=None)
@given(registers())
def test_every_figure_of_the_page_is_what_a_plain_count_of_the_cells_comes_to(
    cases: list[Counted],
) -> None:
    page = ReadPage(seen(rows(cases), now=NOW))
    shown = {caption: [value, detail] for caption, (value, _, detail) in page.figures().items()}
    assert shown == six_figures(cases)
    assert the_flow(cases) in str(page.sums()[0])
    named = [str(step[0]).removesuffix(" ◀ hambatan") for step in page.steps()]
    told = [
        [name, *(step[place] for place in (2, 3, 5, 7, 8))]
        for name, step in zip(named, page.steps(), strict=True)
    ]
    assert told[:7] == seven_steps(cases)
    assert page.people() == everybody(cases)
    numbered = {line["No. Register"]: row for row, line in enumerate(rows(cases))}
    assert [(str(why)[0], numbered[number]) for why, number, *_ in page.attention()] == urgent(
        cases
    )


@settings(max_examples=12, deadline=None)
@given(registers())
def test_what_was_late_a_month_ago_is_what_a_plain_count_at_that_moment_comes_to(
    cases: list[Counted],
) -> None:
    then = datetime(2026, 10, 23, 10)
    late, now_late = lateness(cases, then)[0], lateness(cases, NOW)[0]
    change = ReadPage(seen(rows(cases), now=NOW)).figures()["Terlambat sekarang"][1]
    began = min((each.received for each in cases), default=NOW)
    if began.date() > then.date():
        assert change == "belum ada pembanding"
    elif late == now_late:
        assert change == "● sama dengan 23 Oktober"
    else:
        arrow = "▲" if now_late > late else "▼"
        assert change == f"{arrow} {abs(now_late - late)} dari 23 Oktober"
