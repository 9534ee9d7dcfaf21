"""The page `Laporan Tahunan`: the figures that a yearly report of information services asks for.

One column for each kind of case, and one for all of them; below it how each legal deadline was
kept. The same figures as a plain table, one figure a line, are for whoever reckons on with them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from automation.core.drawing import (
    BLUE,
    SILVER,
    Area,
    Chart,
    Column,
    Paper,
    Series,
    Sheet,
    Table,
    Value,
)
from automation.core.measures.annual import OTHER, DeadlineKept, KindOfYear, Year
from automation.core.office_time.periods import Period
from automation.core.schema import Deadline, Sop
from automation.core.tabs.ringkasan import LONG_TITLE
from automation.core.tabs.ringkasan.grid import COLUMNS, GAP, LINE, WIDTHS, Cell, line
from automation.core.words.indonesian import MONTHS, number, percent
from automation.core.words.titles import LAPORAN_TAHUNAN

MOST_KINDS = 7  # that have a column of their own beside that of all
CHART_ROWS, CHART_WIDTH, CHART_HEIGHT = 11, 900, 264  # lines, pixels
NONE = "–"
ALL, NO_KIND = "Seluruhnya", "Tanpa jenis"
UNKNOWN_CHANNEL, UNDECIDED = "Saluran lain atau kosong", "Belum diputuskan"
DAYS_NOTE = (
    "Hari kerja dihitung sejak hari sesudah berkas diterima; dijawab pada hari itu juga berarti 0."
)
KEPT = (
    ("Tenggat hukum", 4, "head"),
    ("Batas", 2, "head"),
    ("Dalam tenggat", 1, "head_right"),
    ("Perpanjangan", 1, "head_right"),
    ("Lewat", 1, "head_right"),
    ("Belum lewat", 1, "head_right"),
    ("Dalam tenggat (%)", 2, "head_right"),
)

Row = tuple[Sequence[Cell], float]  # cells beside each other, height in points


@dataclass(frozen=True)
class Figure:
    """One line of the table: what it is called, and what it is for each kind."""

    part: str
    name: str
    of: Callable[[KindOfYear], Value]
    look: str = "line_count"


def annual_page(year: Year, sop: Sop, period: Period, now: str, notes: Sequence[str]) -> Sheet:
    """The page; `now` says as of when, `notes` are remarks."""
    rows = [
        *_heading(sop, period, now),
        *_boxes(year.together),
        *_table(year),
        *_deadlines(year),
        _part("Berkas yang diterima setiap bulan, dan yang dijawab"),
    ]
    chart = len(rows)
    rows += [((), LINE)] * CHART_ROWS
    rows += [((Cell(f"● {text}", COLUMNS, "small"),), LINE) for text in _remarks(year, sop, notes)]
    course = _course(year)
    return Sheet(
        title=LAPORAN_TAHUNAN,
        tables=[course],
        labels=[label for row, (cells, _) in enumerate(rows) for label in line(row, cells)],
        widths=WIDTHS,
        heights={row: round(height) for row, (_, height) in enumerate(rows)},
        charts=[_chart(course, chart)],
        landscape=False,
        paper=Paper(Area(0, 0, len(rows) - 1, COLUMNS - 1), one_page=True),
        color=BLUE,
    )


def annual_table(year: Year) -> Table:
    """Every figure on a line of its own."""
    lines = [
        (name, figure.part, figure.name, figure.of(kind))
        for name, kind in _named_kinds(year)
        for figure in _figures(year)
    ]
    lines += [
        (name, f"Tenggat hukum: {kept.deadline.name} ({_limit(kept.deadline)})", word, value)
        for name, kind in _named_kinds(year)
        for kept in kind.deadlines
        for word, value in _counts(kept).items()
    ]
    headers = "Jenis", "Bagian", "Ukuran", "Nilai"
    columns = zip(*lines, strict=True)
    return Table([Column(header, values) for header, values in zip(headers, columns, strict=True)])


def _named_kinds(year: Year) -> list[tuple[str, KindOfYear]]:
    return [*((kind.name or NO_KIND, kind) for kind in year.kinds), (ALL, year.together)]


def _figures(year: Year) -> Iterator[Figure]:
    yield Figure("Diterima", "Berkas yang diterima", lambda kind: kind.received)
    for channel in _used(year.together.channels):
        name = channel or UNKNOWN_CHANNEL
        yield Figure("Saluran", name, lambda kind, at=channel: kind.channels[at])  # type: ignore[misc]
    for decision in year.together.decisions:
        name = decision or UNDECIDED
        yield Figure("Keputusan", name, lambda kind, at=decision: kind.decisions[at])  # type: ignore[misc]
    yield Figure("Jawaban", "Sudah dijawab", lambda kind: kind.times.answered)
    yield Figure("Jawaban", "Ditutup tanpa jawaban", lambda kind: kind.closed)
    yield Figure("Jawaban", "Belum dijawab", lambda kind: kind.waiting)
    yield Figure("Jawaban", "Tidak dapat dihitung", lambda kind: kind.unmeasurable)
    part, look = "Hari kerja sampai dijawab", "line_decimal"
    yield Figure(part, "Rata-rata", lambda kind: _rounded(kind.times.mean), look)
    yield Figure(part, "Median", lambda kind: _rounded(kind.times.median), look)
    yield Figure(part, "Terlama", lambda kind: kind.times.longest)


def _used(channels: Mapping[str, int]) -> list[str]:
    """The SOP's channels; other words only where there are any."""
    return [channel for channel, count in channels.items() if channel != OTHER or count]


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 1)


def _part(text: str) -> Row:
    return (Cell(text, COLUMNS, "part"),), 20


def _heading(sop: Sop, period: Period, now: str) -> Iterator[Row]:
    title = f"{LAPORAN_TAHUNAN} {period.name}: {sop.title}"
    yield (Cell(title, COLUMNS, "title"),), max(46, 30 * -(-len(title) // LONG_TITLE))
    yield (Cell(f"{sop.office} · SOP {sop.number}", COLUMNS, "note"),), LINE
    yield (Cell(now, COLUMNS, "note"),), LINE
    yield (), GAP


def _boxes(all_of_them: KindOfYear) -> Iterator[Row]:
    times = all_of_them.times
    boxes: list[tuple[str, Value, str]] = [
        ("Diterima", all_of_them.received, "berkas"),
        ("Sudah dijawab", times.answered, "berkas"),
        ("Belum dijawab", all_of_them.waiting, "berkas"),
        ("Rata-rata", _days(times.mean), "hari kerja sampai dijawab"),
        ("Median", _days(times.median), "hari kerja sampai dijawab"),
        ("Terlama", _days(times.longest), "hari kerja sampai dijawab"),
    ]
    looks = ("caption", LINE), ("figure", 32), ("caption", LINE)
    for place, (look, height) in enumerate(looks):
        yield [Cell(box[place], COLUMNS // len(boxes), look) for box in boxes], height
    yield (), GAP


def _days(days: float | None) -> str:
    return NONE if days is None else number(days, 0 if isinstance(days, int) else 1)


def _table(year: Year) -> Iterator[Row]:
    kinds = _named_kinds(year)
    shown = kinds if len(kinds) <= MOST_KINDS + 1 else [*kinds[:MOST_KINDS], kinds[-1]]
    span = min(2, 8 // len(shown))
    name_span = COLUMNS - span * len(shown)
    yield _part("Menurut jenis")
    heads = [Cell(name, span, "head_right") for name, _ in shown]
    yield [Cell("Ukuran", name_span, "head"), *heads], LINE
    part = ""
    for figure in _figures(year):
        first = figure.part != part
        if first and figure.part != "Diterima":
            yield [Cell(figure.part, COLUMNS, "line_bold")], LINE
        part = figure.part
        values = [figure.of(kind) for _, kind in shown]
        cells = [Cell(NONE if each is None else each, span, figure.look) for each in values]
        yield [Cell(figure.name, name_span), *cells], LINE
    yield (), GAP


def _deadlines(year: Year) -> Iterator[Row]:
    kept = [each for kind in year.kinds for each in kind.deadlines]
    if not kept:
        return
    yield _part("Tenggat menurut undang-undang")
    yield [Cell(text, span, look) for text, span, look in KEPT], LINE
    for each in kept:
        yield _kept(each), LINE
    yield (), GAP


def _kept(each: DeadlineKept) -> list[Cell]:
    name = each.deadline.name
    share = NONE if each.share is None else percent(each.share)
    return [
        Cell(f"{name[0].upper()}{name[1:]}", 4),
        Cell(_limit(each.deadline), 2),
        *(Cell(count, 1, "line_count") for count in list(_counts(each).values())[:4]),
        Cell(share, 2, "line_right_bold"),
    ]


def _counts(each: DeadlineKept) -> dict[str, Value]:
    return {
        "Dalam tenggat": each.within,
        "Dalam perpanjangan": each.extended,
        "Lewat tenggat": each.late,
        "Belum dijawab, tenggat belum lewat": each.waiting,
        "Dalam tenggat (%)": None if each.share is None else round(each.share * 100, 1),
    }


def _limit(deadline: Deadline) -> str:
    """ "10 hari kerja (+7)"."""
    days = "hari kerja" if deadline.unit == "working" else "hari"
    more = f" (+{number(deadline.extension_days)})" if deadline.extension_days else ""
    return f"{number(deadline.days)} {days}{more}"


def _remarks(year: Year, sop: Sop, notes: Sequence[str]) -> Iterator[str]:
    yield from notes
    yield DAYS_NOTE
    for each in (kept.deadline for kind in year.kinds for kept in kind.deadlines):
        doubt = "" if each.confirmed else "; belum dikonfirmasi"
        yield f"Dasar {each.name}: {each.source}{doubt}."
    if sop.annual_report_source:
        yield f"Dasar laporan: {sop.annual_report_source}."
    if len(year.kinds) > MOST_KINDS:
        yield "Jenis yang tidak dimuat di sini ada pada berkas CSV laporan ini."


def _course(year: Year) -> Table:
    """The hidden cells that feed the chart."""
    columns = [
        Column("Bulan", [month[:3] for month in MONTHS], hidden=True),
        Column("Diterima", year.received, hidden=True),
        Column("Dijawab", year.answered, hidden=True),
    ]
    return Table(columns, row=0, column=COLUMNS + 1)


def _chart(course: Table, row: int) -> Chart:
    return Chart(
        "column",
        "Berkas per bulan",
        course.area("Bulan"),
        [
            Series("Diterima", course.area("Diterima"), SILVER),
            Series("Dijawab", course.area("Dijawab"), BLUE),
        ],
        row,
        0,
        CHART_WIDTH,
        CHART_HEIGHT,
    )
