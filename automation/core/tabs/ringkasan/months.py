"""The figures of each month as the page tells them, in hidden columns; the page looks them up.

The reader chooses a month in the sheet itself: a hidden cell finds its row, and each cell of the
page that depends on the month takes its text from that row.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from automation.core.drawing import Column, Formula, Table, Value, cell_name
from automation.core.measures.performance import Kept, Performance, StepPerformance
from automation.core.measures.summary import Summary
from automation.core.register.chosen_month import PRESENT
from automation.core.schema import Sop
from automation.core.tabs.ringkasan.grid import COLUMNS
from automation.core.words.indonesian import number, percent
from automation.core.words.titles import RINGKASAN

BAR = 20  # characters
BAR_MARGIN = "  "  # before it, since the column beside it is set to the right
NONE_MEASURED = "belum ada"
BOTTLENECK = "◀ hambatan"

Texts = Mapping[str, Value]


class MonthTexts:
    """What the page says of each month, by name; `chosen` is the month that it shows.

    The first is the present one, unless it was chosen by its own name.
    """

    def __init__(self, summary: Summary, sop: Sop, chosen: str, fresh_until: datetime) -> None:
        self._texts = [_month(summary, sop, place) for place in range(len(summary.months))]
        first, *earlier = (month.days.words for month in summary.months)
        self.words = [first if first == chosen else PRESENT, *earlier]
        self._place = self.words.index(chosen) if chosen in self.words else 0
        self._fresh_until = fresh_until

    @property
    def chosen(self) -> str:
        return self.words[self._place]

    def table(self, choice: str) -> Table:
        """The hidden columns; `choice` is the name of the cell in which the reader chooses."""
        months = self._area(0)
        found = Formula(f"IFERROR(MATCH({choice},{months},0),1)", self._place + 1)
        columns = [
            Column("Bulan", self.words, hidden=True),
            Column("Baris", self._first(found), hidden=True),
            Column("Berlaku sampai", self._first(self._fresh_until), "datetime", hidden=True),
            *(
                Column(name, [texts[name] for texts in self._texts], hidden=True)
                for name in self._texts[0]
            ),
        ]
        return Table(columns, row=0, column=COLUMNS + 1)

    @property
    def fresh_until(self) -> str:
        """The name of the cell that says until when the page is new enough."""
        return _fixed(1, COLUMNS + 3)

    def shown(self, name: str) -> Formula:
        """A cell of the page: what the chosen month says there."""
        place = 3 + list(self._texts[0]).index(name)
        value = self._texts[self._place][name]
        assert isinstance(value, str | int | float)
        return Formula(f"INDEX({self._area(place)},{_fixed(1, COLUMNS + 2)})", value)

    @property
    def choices(self) -> str:
        """The cells that hold the months to choose from."""
        return f"{RINGKASAN}!{self._area(0)}"

    def _first(self, value: Value) -> list[Value]:
        return [value, *[None] * (len(self._texts) - 1)]

    def _area(self, place: int) -> str:
        column = COLUMNS + 1 + place
        return f"{_fixed(1, column)}:{_fixed(len(self._texts), column)}"


def _fixed(row: int, column: int) -> str:
    letters = cell_name(row, column).rstrip("0123456789")
    return f"${letters}${row + 1}"


def _month(summary: Summary, sop: Sop, place: int) -> Texts:
    here, beside = summary.months[place], summary.beside(place)
    than = beside.days.short_words if beside else ""
    texts = dict(_figures(here, beside, than, sop))
    lost = summary.lost if place == 0 else ()
    worst = here.bottleneck(lost)
    for number_, step in enumerate(here.steps):
        name = sop.steps[number_].header
        texts[f"step {number_}"] = f"{name} {BOTTLENECK}" if number_ == worst else name
        before = beside.steps[number_].kept if beside else None
        texts |= _step(f"step {number_}", step, before, sop.target_percent)
    total = beside.kept if beside else None
    texts |= _share("all", here.kept, total, sop.target_percent)
    return texts


def _figures(
    here: Performance, beside: Performance | None, than: str, sop: Sop
) -> Iterator[tuple[str, Value]]:
    compared = f"dibandingkan dengan {beside.days.words}" if beside else "belum ada pembanding"
    yield "days", f"{here.days.words}, {compared}"
    yield "received", here.received
    yield (
        "received change",
        counted_change(here.received, beside.received if beside else None, than),
    )
    yield "left", here.left
    gone = beside.left if beside else None
    yield "left change", counted_change(here.left, gone, than)
    yield "left detail", f"{number(here.finished)} di antaranya selesai"
    yield "share", "–" if here.kept.share is None else percent(here.kept.share)
    yield "share change", _points(here.kept, beside.kept if beside else None, f" dari {than}")
    yield "share detail", _measured(here.kept, sop.target_percent)
    yield "median", "–" if here.median is None else short_duration(here.median)
    yield "median change", _longer(here.median, beside.median if beside else None, than)
    yield "flow", _flow(here)


def _flow(here: Performance) -> str:
    return (
        f"{number(here.start)} belum selesai pada awal bulan, ditambah {number(here.received)} "
        f"masuk, dikurangi {number(here.left)} keluar ({_left(here)}): "
        f"{number(here.end)} belum selesai."
    )


def _left(here: Performance) -> str:
    parts = [f"{number(here.finished)} selesai"]
    parts += [f"{number(here.closed)} ditutup"] * bool(here.closed)
    parts += [f"{number(here.unsound)} perlu diperbaiki"] * bool(here.unsound)
    return ", ".join(parts)


def _step(name: str, step: StepPerformance, before: Kept | None, target: int | None) -> Texts:
    return {
        f"{name} median": "–" if step.median is None else short_duration(step.median),
        f"{name} ninety": "–" if step.ninety is None else short_duration(step.ninety),
        **_share(name, step.kept, before, target),
    }


def _share(name: str, kept: Kept, before: Kept | None, target: int | None) -> Texts:
    return {
        f"{name} bar": BAR_MARGIN if kept.share is None else bar(kept.share, target),
        f"{name} share": _judged(kept),
        f"{name} change": _points(kept, before, ""),
    }


def bar(share: float, target: int | None) -> str:
    """0.87 as "  █████████████████···", with "│" where the target is."""
    filled = round(share * BAR)
    drawn = "█" * filled + "·" * (BAR - filled)
    if target is None:
        return BAR_MARGIN + drawn
    place = round(target * BAR / 100)
    return f"{BAR_MARGIN}{drawn[:place]}│{drawn[place:]}"


def _judged(kept: Kept) -> str:
    """The share, or why there is none."""
    if kept.share is not None:
        return percent(kept.share)
    return f"{kept.measured} diukur" if kept.measured else NONE_MEASURED


def _measured(kept: Kept, target: int | None) -> str:
    if kept.share is None:
        return f"baru {kept.measured} langkah diukur"
    aim = f"; target {target}%" if target is not None else ""
    return f"{number(kept.kept)} dari {number(kept.measured)} langkah{aim}"


def counted_change(here: int, before: int | None, than: str) -> str:
    if before is None:
        return "belum ada pembanding"
    if here == before:
        return f"● sama dengan {than}"
    return f"{_arrow(here - before)} {number(abs(here - before))} dari {than}"


def short_duration(seconds: float) -> str:
    """12540 as "3 j 29 m"; less than a minute as "< 1 m"."""
    hours, rest = divmod(int(seconds) // 60, 60)
    parts = [f"{number(hours)} j"] * bool(hours) + [f"{rest} m"] * bool(rest)
    return " ".join(parts) or "< 1 m"


def _points(here: Kept, before: Kept | None, than: str) -> str:
    """The change of a share in percentage points."""
    if here.share is None or before is None or before.share is None:
        return "–"
    points = round(here.share * 100, 1) - round(before.share * 100, 1)
    if abs(points) < 0.05:
        return f"● tetap{than}"
    return f"{_arrow(points)} {number(abs(points), 1)} poin{than}"


def _longer(here: float | None, before: float | None, than: str) -> str:
    if here is None or before is None:
        return "belum ada pembanding"
    if int(here) // 60 == int(before) // 60:
        return f"● sama dengan {than}"
    return f"{_arrow(here - before)} {short_duration(abs(here - before))} dari {than}"


def _arrow(change: float) -> str:
    return "▲" if change > 0 else "▼"
