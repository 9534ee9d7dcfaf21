"""The cells of a sheet, drawn on paper in a given box: as wide as it is, at most as high."""

from dataclasses import replace
from datetime import datetime
from itertools import accumulate

from automation.archive.paper.charts import draw_chart
from automation.archive.paper.conditions import painted, plain
from automation.archive.paper.pen import Pen
from automation.core.drawing import (
    BRAND,
    FAINT,
    INK,
    LINE_POINTS,
    LOOKS,
    Area,
    Label,
    Look,
    Sheet,
    Value,
)
from automation.core.words.indonesian import moment, number

USUAL_WIDTH, USUAL_SIZE = 10, 11  # characters, points
PIXELS = 75  # of a column of usual width
LARGEST = 0.8  # of the sheet's own size
TEXT = 0.72  # how much smaller letters are than on the sheet
OF_LINE = 0.74  # of a line that its letters take at most
PADDING = 2.5  # points beside a text

Box = tuple[float, float, float, float]  # x, y, width, height


def draw_cells(pen: Pen, sheet: Sheet, box: Box) -> float:
    """Draws the sheet's printed area; the `y` at which it ends."""
    assert sheet.paper is not None
    grid = _Grid(sheet, sheet.paper.area, box)
    over = painted(sheet)
    looked = [
        (label, _over(LOOKS[label.look], over.get((label.row, label.column))))
        for label in sheet.labels
    ]
    for label, look in looked:
        if look.fill:  # all of them first: the line of a cell lies on the edge of the next one
            pen.fill(*grid.box(label), look.fill)
    for label, look in looked:
        _draw(pen, label, look, grid.box(label))
    for chart in sheet.charts:
        draw_chart(
            pen, chart, sheet, grid.chart(chart.row, chart.column, chart.width, chart.height)
        )
    return grid.bottom


class _Grid:
    """Where rows and columns lie on paper."""

    def __init__(self, sheet: Sheet, area: Area, box: Box) -> None:
        left, top, width, height = box
        widths = [sheet.widths.get(place, USUAL_WIDTH) for place in range(area.right + 1)]
        heights = [sheet.heights.get(row, LINE_POINTS) for row in range(area.bottom + 1)]
        self.across = width / sum(widths)
        self.down = min(LARGEST, height / sum(heights))
        self._x = [left + at * self.across for at in accumulate(widths, initial=0)]
        self._y = [top + at * self.down for at in accumulate(heights, initial=0)]
        self._pixel = width / (sum(widths) / USUAL_WIDTH * PIXELS)

    @property
    def bottom(self) -> float:
        return self._y[-1]

    def box(self, label: Label) -> Box:
        x, y = self._x[label.column], self._y[label.row]
        return x, y, self._x[label.column + label.span] - x, self._y[label.row + 1] - y

    def chart(self, row: int, column: int, width: int, height: int) -> Box:
        """`width` and `height` are pixels, of which a point has four thirds."""
        return self._x[column], self._y[row], width * self._pixel, height * 0.75 * self.down


def _over(look: Look, name: str | None) -> Look:
    """A look with what a condition puts over it."""
    if name is None:
        return look
    over = LOOKS[name]
    return replace(
        look, color=over.color or look.color, fill=over.fill or look.fill,
        bold=over.bold or look.bold,
    )  # fmt: skip


def _draw(pen: Pen, label: Label, look: Look, box: Box) -> None:
    x, y, width, height = box
    if look.rule:
        strong = look.rule == BRAND
        pen.line(x, y + height, x + width, y + height, look.rule, 0.9 if strong else 0.4)
    text = _told(label.value, look)
    if look.font:
        _draw_bar(pen, text, look.color or INK, box)
    elif text:
        _write(pen, text, look, box)


def _write(pen: Pen, text: str, look: Look, box: Box) -> None:
    x, y, width, height = box
    size = min((look.size or USUAL_SIZE) * TEXT, height * OF_LINE)
    color = look.color or INK
    if look.wrap:
        lines = pen.wrapped(text, size, width - 2 * PADDING, bold=look.bold)
        most = max(1, int(height / size))
        first = y + max(0, height - 1.15 * size * len(lines[:most])) / 2 + size * 0.9
        for place, line in enumerate(lines[:most]):
            base = first + 1.15 * size * place
            pen.text(x + PADDING, base, line, size, color, bold=look.bold, room=width)
        return
    side = look.align or "left"
    at = {"left": x + PADDING, "center": x + width / 2, "right": x + width - PADDING}[side]
    base = y + height / 2 + size * 0.35
    room = width - 2 * PADDING
    pen.text(at, base, text, size, color, bold=look.bold, side=side, room=room)


def _draw_bar(pen: Pen, text: str, color: str, box: Box) -> None:
    """A bar of letters as one of ink: what is filled of it, the rest, the mark of a target."""
    x, y, width, height = box
    parts = text.replace("│", "").strip()
    full, all_of_it = parts.count("█"), len(parts)
    if not all_of_it:
        return
    left, room, tall = x + 2 * PADDING, width - 4 * PADDING, height * 0.46
    top = y + (height - tall) / 2
    pen.fill(left, top, room, tall, FAINT)
    pen.fill(left, top, room * full / all_of_it, tall, color)
    if "│" in text:
        at = left + room * text.strip().index("│") / all_of_it
        pen.line(at, top - 1.5, at, top + tall + 1.5, INK, 0.9)


def _told(value: Value, look: Look) -> str:
    shown = plain(value)
    if shown is None or isinstance(shown, str):
        return shown or ""
    if isinstance(shown, datetime):
        return moment(shown)
    return number(shown, 1 if (look.number_format or "").endswith(".0") else 0)
