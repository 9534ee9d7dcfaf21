"""The charts of a sheet, drawn on paper."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10

from automation.archive.paper.conditions import Plain, plain
from automation.archive.paper.pen import Pen
from automation.core.drawing import FAINT, INK, MUTED, Area, Chart, Series, Sheet
from automation.core.words.indonesian import number

MOST_TICKS = 5
SIZE = 6.5  # points of the small print
ROUND = (1, 2, 5, 10)
GROUP = 0.7  # of a category's width that its columns take

Box = tuple[float, float, float, float]  # x, y, width, height
Numbers = list[float | None]


def draw_chart(pen: Pen, chart: Chart, sheet: Sheet, box: Box) -> None:
    x, y, width, height = box
    pen.text(x + width / 2, y + 10, chart.title, 8, INK, bold=True, side="center", room=width)
    names = [str(value) for value in values(sheet, chart.categories)]
    rows = [_numbers(sheet, series.values) for series in chart.series]
    most = max((value for row in rows for value in row if value is not None), default=0)
    is_share = "%" in chart.number_format
    ticks = _ticks(chart.maximum or most, finest=0 if is_share else 1)
    plot = x + 26, y + 20, width - 30, height - 46
    _axes(pen, plot, ticks, names, is_share=is_share)
    if chart.kind == "line":
        for series, row in zip(chart.series, rows, strict=True):
            _course(pen, plot, ticks[-1], series, row, dashed=len(set(row)) == 1 and len(rows) > 1)
    else:
        _columns(pen, plot, ticks[-1], chart.series, rows)
    _legend(pen, (x, y + height - 8, width, 8), chart.series)


def values(sheet: Sheet, area: Area) -> list[Plain]:
    """The cells of a column of one of the sheet's tables."""
    for table in sheet.tables:
        column = area.left - table.column
        if 0 <= column < len(table.columns) and area.top == table.row + 1:
            return [plain(value) for value in table.columns[column].values]
    raise ValueError(f"no table holds {area}")


def _numbers(sheet: Sheet, area: Area) -> Numbers:
    found = values(sheet, area)
    return [value if isinstance(value, int | float) else None for value in found]


def _ticks(most: float, finest: float) -> list[float]:
    """From 0 by a round step, not below the finest, to `most` or beyond."""
    if most <= 0:
        return [0, 1]
    rough = most / MOST_TICKS
    power = 10.0 ** floor(log10(rough))
    step = max(finest, next(each * power for each in ROUND if each * power >= rough * 0.999))
    return [place * step for place in range(ceil(round(most / step, 6)) + 1)]


def _axes(
    pen: Pen, plot: Box, ticks: Sequence[float], names: Sequence[str], *, is_share: bool
) -> None:
    x, y, width, height = plot
    for tick in ticks:
        at = y + height * (1 - tick / ticks[-1])
        pen.line(x, at, x + width, at, FAINT)
        told = f"{number(tick * 100)}%" if is_share else number(tick)
        pen.text(x - 4, at + 2, told, SIZE, MUTED, side="right")
    for place, name in enumerate(names):
        middle = x + width * (place + 0.5) / len(names)
        pen.text(middle, y + height + 9, name, SIZE, MUTED, side="center", room=width / len(names))


def _course(
    pen: Pen, plot: Box, most: float, series: Series, row: Numbers, *, dashed: bool
) -> None:
    x, y, width, height = plot
    points = [
        None if value is None
        else (x + width * (place + 0.5) / len(row), y + height * (1 - value / most))
        for place, value in enumerate(row)
    ]  # fmt: skip
    for one, other in pairwise(points):
        if one and other:
            if dashed:
                with pen.dashed():
                    pen.line(*one, *other, series.color, 0.8)
            else:
                pen.line(*one, *other, series.color, 1.4)
    for point in filter(None, points):
        if not dashed:
            pen.dot(*point, 2, series.color)


def _columns(
    pen: Pen, plot: Box, most: float, series: Sequence[Series], rows: Sequence[Numbers]
) -> None:
    x, y, width, height = plot
    slot = width / max(map(len, rows))
    bar = slot * GROUP / len(rows)
    for which, (each, row) in enumerate(zip(series, rows, strict=True)):
        for place, value in enumerate(row):
            tall = height * (value or 0) / most
            left = x + slot * (place + (1 - GROUP) / 2) + bar * which
            pen.fill(left, y + height - tall, bar, tall, each.color)


def _legend(pen: Pen, box: Box, series: Sequence[Series]) -> None:
    x, y, width, _ = box
    share = min(width / len(series), 110)
    left = x + (width - share * len(series)) / 2
    for place, each in enumerate(series):
        at = left + share * place
        pen.fill(at, y, 6, 6, each.color)
        pen.text(at + 9, y + 5.5, each.name, SIZE, MUTED, room=share - 12)
