"""Who holds what now, and whether the figures can be trusted: side by side."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from automation.core.drawing import Label
from automation.core.measures.performance import FEWEST
from automation.core.measures.summary import Quality
from automation.core.measures.workload import Load
from automation.core.tabs.ringkasan.grid import Cell, line, title
from automation.core.words.indonesian import clock, moment, number
from automation.core.words.titles import TEMUAN

MOST = 7
HEIGHT = 2 + MOST + 1  # rows: title, headers, people, how many more
PEOPLE = (("Pemegang", 3), ("Menunggu", 1), ("Terlambat", 1), ("Terlama sejak", 1))
TRUST_COLUMN, TRUST_SPAN, TRUST_HEIGHT = 7, 5, 7


def people_labels(row: int, people: Sequence[Load], now: datetime) -> Iterator[Label]:
    """Those who need help first, from `row` on."""
    yield title(row, "Siapa yang perlu dibantu", span=6)
    if not people:
        yield from line(row + 1, [Cell("Tidak ada berkas yang menunggu.", 6)])
        return
    heads = ((text, "head" if span > 1 else "head_right", span) for text, span in PEOPLE)
    yield from line(row + 1, [Cell(text, span, look) for text, look, span in heads])
    for place, load in enumerate(people[:MOST], start=row + 2):
        yield from line(place, _cells(load, now))
    if len(people) > MOST:
        yield from line(row + 2 + MOST, [Cell(_others(people[MOST:]), 6, "small")])


def people_rows(people: Sequence[Load]) -> int:
    """Rows in which something stands."""
    return 2 + min(len(people), MOST) + (len(people) > MOST)


def trust_labels(row: int, quality: Quality) -> Iterator[Label]:
    """What the figures rest on, from `row` on."""
    yield title(row, "Dapatkah angka ini dipercaya?", TRUST_COLUMN, TRUST_SPAN)
    for place, (text, link) in enumerate(_trust(quality), start=row + 1):
        yield from line(place, [Cell(text, TRUST_SPAN, "plain_line", link)], TRUST_COLUMN)


def _cells(load: Load, now: datetime) -> Iterator[Cell]:
    yield Cell(_name(load), 3)
    yield Cell(load.waiting, 1, "line_count")
    yield Cell(load.late, 1, "line_count")
    yield Cell(_day(load.oldest, now), 1, "line_right")


def _name(load: Load) -> str:
    if not load.name:
        return "Belum ada pemegang"
    absent = ", ".join(sorted(load.absent))
    return f"{load.name} (untuk {absent})" if absent else load.name


def _day(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "–"
    return f"{at:%d/%m} {clock(at)}" if at.year == now.year else moment(at)[:10]


def _others(people: Sequence[Load]) -> str:
    late = sum(load.late for load in people)
    return f"dan {number(len(people))} pemegang lain, {number(late)} berkas terlambat"


def _trust(quality: Quality) -> Iterator[tuple[str, str | None]]:
    if quality.errors or quality.warnings:
        yield (
            f"{number(quality.errors)} kesalahan dan {number(quality.warnings)} peringatan "
            "(tab Temuan)",
            f"#{TEMUAN}!A1",
        )
    else:
        yield "Buku Register bersih: tidak ada kesalahan.", None
    yield f"{number(quality.unmeasurable)} langkah tidak dapat diukur", None
    yield f"{number(quality.entered_late)} isian dicatat lama sesudah waktunya", None
    yield f"{number(quality.changed)} isian diubah atau dihapus kemudian", None
    yield f"{number(quality.afterwards)} berkas dengan langkah yang diisi sekaligus", None
    yield f"Kurang dari {FEWEST} pengukuran tidak dinilai.", None
