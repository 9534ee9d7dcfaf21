"""Six figures, each with its change against the same days of the month before, and their sums."""

from collections.abc import Iterator

from automation.core.drawing import Label, Value
from automation.core.measures.summary import Before, Summary, Totals
from automation.core.schema import Sop
from automation.core.tabs.ringkasan.grid import COLUMNS, Cell, line
from automation.core.tabs.ringkasan.months import MonthTexts, counted_change, short_duration
from automation.core.words.indonesian import MONTHS, number

LINES = ("caption", "figure", "caption", "caption")  # what it is, the figure, its change, a detail
HEIGHT = len(LINES) + 2  # rows: the boxes and two sums
SPAN = 2

Box = tuple[Value, Value, Value, Value]


def figure_labels(row: int, summary: Summary, month: MonthTexts, sop: Sop) -> Iterator[Label]:
    """Boxes and sums from `row` on."""
    boxes = [*_present(summary), *_of_month(month, sop)]
    for place, look in enumerate(LINES):
        yield from line(row + place, [Cell(box[place], SPAN, look) for box in boxes])
    yield from line(row + len(LINES), [Cell(month.shown("flow"), COLUMNS, "small")])
    yield from line(row + len(LINES) + 1, [Cell(_all(summary.totals), COLUMNS, "small")])


def _present(summary: Summary) -> Iterator[Box]:
    totals, legal, before = summary.totals, summary.legal, summary.before
    paused = f", {number(totals.paused)} dijeda" if totals.paused else ""
    yield (
        "Terlambat sekarang",
        totals.overdue,
        _since(totals.overdue, before.overdue if before else None, before),
        f"dari {number(totals.open)} terbuka{paused}",
    )
    yield (
        "Tenggat hukum terlewati",
        legal.passed,
        _since(legal.passed, before.legal_passed if before else None, before),
        f"{number(legal.near)} lagi mendekati tenggat",
    )


def _of_month(month: MonthTexts, sop: Sop) -> Iterator[Box]:
    standard = short_duration(sop.standard_seconds)
    yield "Masuk", month.shown("received"), month.shown("received change"), "berkas diterima"
    yield "Keluar", month.shown("left"), month.shown("left change"), month.shown("left detail")
    yield (
        "Sesuai mutu baku",
        month.shown("share"),
        month.shown("share change"),
        month.shown("share detail"),
    )
    yield (
        "Median seluruh layanan",
        month.shown("median"),
        month.shown("median change"),
        f"mutu baku {standard}",
    )


def _since(here: int, before: int | None, then: Before | None) -> str:
    if then is None:
        return counted_change(here, None, "")
    return counted_change(here, before, f"{then.at.day} {MONTHS[then.at.month - 1]}")


def _all(totals: Totals) -> str:
    parts = {
        "terbuka": totals.open,
        "selesai": totals.finished,
        "ditutup": totals.closed,
        "perlu diperbaiki": totals.invalid,
    }
    told = " + ".join(f"{number(count)} {word}" for word, count in parts.items())
    return f"Seluruh Buku Register: {number(totals.cases)} berkas = {told}."
