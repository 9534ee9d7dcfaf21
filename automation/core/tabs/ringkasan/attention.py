"""What needs the head now, directly under the title."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from automation.core.drawing import Label
from automation.core.measures.attention import Attention
from automation.core.people.holders import Holder
from automation.core.tabs.ringkasan.grid import Cell, line, title
from automation.core.tabs.ringkasan.months import short_duration
from automation.core.words.indonesian import clock, moment, number

MOST = 10
HEIGHT = 2 + MOST  # rows: title, headers, lines
SPANS = 3, 2, 2, 3, 1, 1
HEAD_LOOKS = (*["head"] * 4, *["head_right"] * 2)
LOOKS = (*["line"] * 4, *["line_right"] * 2)
HEADERS = "Mengapa", "No. Register", "Langkah", "Pemegang", "Sejak", "Terlambat"
LEGAL, OWN, LATE = "●", "◆", "▲"  # told apart without colours, too

RowLink = Callable[[int], str | None]


def attention_labels(
    row: int, lines: Sequence[Attention], now: datetime, link: RowLink
) -> Iterator[Label]:
    """Title, headers and at most ten lines from `row` on."""
    yield title(row, _title(lines))
    if not lines:
        yield from line(row + 1, [Cell("Tidak ada yang perlu ditangani sekarang.", sum(SPANS))])
        return
    yield from line(row + 1, map(Cell, HEADERS, SPANS, HEAD_LOOKS))
    for place, each in enumerate(lines[:MOST], start=row + 2):
        yield from line(place, _cells(each, now, link))


def rows_taken(lines: Sequence[Attention]) -> int:
    """Of the rows that are kept for the section those in which something stands."""
    return 2 + min(len(lines), MOST)


def _title(lines: Sequence[Attention]) -> str:
    words = "Perlu perhatian Bapak/Ibu sekarang"
    if len(lines) <= MOST:
        return words
    return f"{words} ({MOST} dari {number(len(lines))}; lainnya pada tab Pemantauan)"


def _cells(each: Attention, now: datetime, link: RowLink) -> Iterator[Cell]:
    texts = (
        _why(each),
        each.reference,
        each.step or "–",
        ", ".join(map(_named, each.holders)) or "belum ada pemegang",
        _since(each.since, now),
        short_duration(each.over) if each.over else "–",
    )
    links = None, link(each.row), None, None, None, None
    yield from map(Cell, texts, SPANS, LOOKS, links)


def _why(each: Attention) -> str:
    if each.days_left is not None:
        return f"{LEGAL} Tenggat hukum {_days(each.days_left, each.unit)}"
    times = int(each.elapsed / each.standard) if each.over else 0
    late = f"{times} kali mutu baku" if times > 1 else ""
    if each.reason == "own":
        return f"{OWN} Menunggu Bapak/Ibu" + (f" ({late or 'terlambat'})" if each.over else "")
    return f"{LATE} Terlambat {late}".rstrip()


def _days(left: int, unit: str) -> str:
    days = "hari kerja" if unit == "working" else "hari"
    if left < 0:
        return f"lewat {number(-left)} {days}"
    return f"{number(left)} {days} lagi" if left else "hari ini"


def _named(holder: Holder) -> str:
    return f"{holder.name} (untuk {holder.on_behalf_of})" if holder.on_behalf_of else holder.name


def _since(since: datetime | None, now: datetime) -> str:
    if since is None:
        return "–"
    return f"{since:%d/%m} {clock(since)}" if since.year == now.year else moment(since)
