"""Drawn sheets -> an Excel file, with XlsxWriter."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal

from xlsxwriter import Workbook

from automation.core.drawing import (
    LOOKS,
    Chart,
    Choice,
    Column,
    Label,
    Look,
    Moment,
    Sheet,
    Table,
)

# XlsxWriter's own, which have no useful types.
Format = Any
Page = Any

Use = Literal["cell", "link", "over"]
Write = Callable[[int, int, Any, Format], object]

AS_TEXT = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
OPTIONS = {**AS_TEXT, "remove_timezone": True, "in_memory": True}
LONGEST_TEXT, LONGEST_LIST, LONGEST_HINT = 32767, 254, 255  # characters, set by Excel
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
EARLIEST = datetime(1900, 3, 1)  # before it, Excel's days are off by one
LINK = {"font_color": "#0563C1", "underline": 1}
PALE_LINE = {"color": "#E3E6EA", "width": 0.75}
GRIDLINES = {"major_gridlines": {"visible": True, "line": PALE_LINE}}
NOTE_WIDTH, NOTE_LINE, NOTE_CHARACTERS = 300, 17, 44  # pixels, pixels, characters in a line
LINE_HEIGHT, HEADER_PADDING = 15, 6  # points
A4 = 9
SINCE_2000 = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
MIDNIGHT, DAY_END = time(0), time(23, 59, 59)
OF_A_DAY = {"validate": "time", "criteria": "between", "minimum": MIDNIGHT, "maximum": DAY_END}
UNLISTED = "Pilih salah satu isian dari daftar pada sel ini."
UNTIMED = "Sel ini memuat tanggal atau jam, contoh 23/11/2026 08.15."


def write_workbook(path: Path, sheets: Sequence[Sheet], created: datetime) -> None:
    """The same sheets and `created` give the same bytes. Raises OSError or XlsxWriterException."""
    with Workbook(str(path), OPTIONS) as book:
        book.set_properties({"created": created})
        formats = Formats(book)
        for sheet in sheets:
            page = book.add_worksheet(sheet.title)
            _set_page(page, sheet)
            _set_columns(page, sheet, formats)
            _write_cells(page, sheet, formats)
            _set_rules(page, sheet, formats)
            for chart in sheet.charts:
                page.insert_chart(chart.row, chart.column, _chart(book, sheet.title, chart))


class Formats:
    """XlsxWriter's formats by look, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, Use], Format] = {}

    def of(self, look: str, use: Use = "cell") -> Format:
        """The use "over" is for a conditional format, which lies over a cell's own."""
        if (look, use) not in self._made:
            more: dict[str, Any] = LINK if use == "link" else {}
            if use != "over":
                more = {**more, "valign": "vcenter" if LOOKS[look].align == "center" else "top"}
            self._made[look, use] = self._book.add_format(_properties(LOOKS[look]) | more)
        return self._made[look, use]


def _properties(look: Look) -> dict[str, Any]:
    properties = {
        "num_format": look.number_format,
        "bold": look.bold,
        "italic": look.italic,
        "font_size": look.size,
        "font_color": look.color and f"#{look.color}",
        "bg_color": look.fill and f"#{look.fill}",
        "align": look.align,
        "text_wrap": look.wrap,
        "border": int(look.border),
    }
    return {name: value for name, value in properties.items() if value}


def _set_page(page: Page, sheet: Sheet) -> None:
    if sheet.color:
        page.set_tab_color(f"#{sheet.color}")
    if sheet.landscape:
        page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.freeze_panes(sheet.frozen_rows, sheet.frozen_columns)
    if sheet.tables and sheet.frozen_rows:
        page.repeat_rows(sheet.tables[0].row)
    if sheet.tables and sheet.filtered:
        table = sheet.tables[0]
        bottom = table.row + max(table.height, 1) + sheet.room
        page.autofilter(table.row, table.column, bottom, table.column + len(table.columns) - 1)


def _set_columns(page: Page, sheet: Sheet, formats: Formats) -> None:
    """Widths; with room for staff, also how the empty cells are formatted."""
    columns = dict(_placed(sheet.tables[:1]))
    widths: dict[int, int] = {}
    for place, column in _placed(sheet.tables):
        widths[place] = max(column.width, widths.get(place, 0))
    for place, width in {**widths, **sheet.widths}.items():
        own = columns.get(place)
        look = formats.of(own.look) if own and sheet.room else None
        page.set_column(place, place, width, look, {"hidden": bool(own and own.hidden)})
    headers = {table.row: _header_height(table) for table in sheet.tables}
    for row, points in {**headers, **sheet.heights}.items():
        page.set_row(row, points)


def _header_height(table: Table) -> int:
    """Points; a header in bold is somewhat wider than its column's characters."""
    lines = [math.ceil(len(column.header) * 1.2 / column.width) for column in table.columns]
    return LINE_HEIGHT * max(lines, default=1) + HEADER_PADDING


def _placed(tables: Sequence[Table]) -> Iterator[tuple[int, Column]]:
    for table in tables:
        yield from enumerate(table.columns, table.column)


def _write_cells(page: Page, sheet: Sheet, formats: Formats) -> None:
    for table in sheet.tables:
        for place, column in enumerate(table.columns, table.column):
            page.write_string(table.row, place, cell_text(column.header), formats.of("header"))
            if column.note:
                page.write_comment(table.row, place, column.note, _note_size(column.note))
            _write_column(page, table.row + 1, place, column, formats)
    for label in sheet.labels:
        _write_label(page, label, formats)


def _note_size(note: str) -> dict[str, Any]:
    lines = sum(max(1, math.ceil(len(line) / NOTE_CHARACTERS)) for line in note.split("\n"))
    return {"width": NOTE_WIDTH, "height": NOTE_LINE * (lines + 1), "font_size": 9}


def _write_column(page: Page, top: int, place: int, column: Column, formats: Formats) -> None:
    """How to write is chosen once for each type of value."""
    kinds = set(map(type, column.values))
    ways = {kind: (_writer(page, kind), formats.of(_shown_as(column, kind))) for kind in kinds}
    for row, value in enumerate(column.values, top):
        if not _empty(value):
            write, look = ways[type(value)]
            write(row, place, value, look)
    for row, (value, link) in enumerate(zip(column.values, column.links or (), strict=False), top):
        if link and not _empty(value):
            _write_link(page, row, place, value, link, formats.of(column.look, "link"))


def _shown_as(column: Column, kind: type) -> str:
    """The column's look; a date in a column of text is still shown as a date."""
    stray = issubclass(kind, date) and LOOKS[column.look].number_format in (None, "@")
    return "datetime" if stray else column.look


def _empty(value: Any) -> bool:
    """None, an empty text, NaN or NaT."""
    return value is None or value == "" or value != value


def _writer(page: Page, kind: type) -> Write:
    """How values of a type are written."""

    def text(row: int, place: int, value: object, look: Format) -> None:
        page.write_string(row, place, cell_text(str(value)), look)

    def number(row: int, place: int, value: float, look: Format) -> None:
        if math.isfinite(value):
            page.write_number(row, place, value, look)

    def moment(row: int, place: int, value: datetime, look: Format) -> None:
        known = value.replace(tzinfo=None) >= EARLIEST
        (page.write_datetime if known else text)(row, place, value, look)

    ways: Sequence[tuple[Any, Write]] = (
        (bool, page.write_boolean),
        (int | float, number),
        (datetime, moment),
        (date | time, page.write_datetime),
        (object, text),
    )
    return next(write for kinds, write in ways if issubclass(kind, kinds))


def cell_text(text: str) -> str:
    """A text as a cell can hold it: cut, and without control characters."""
    return (text if text.isprintable() else UNWRITABLE.sub("", text))[:LONGEST_TEXT]


def _write_link(page: Page, row: int, place: int, value: Any, link: str, look: Format) -> None:
    """A link over a written cell; beyond Excel's limits on links the cell stays as it is."""
    target = f"internal:{link[1:]}" if link.startswith("#") else link
    done = page.write_url(row, place, target, look, string=cell_text(str(value)))
    if done == 0 and not isinstance(value, str):
        _writer(page, type(value))(row, place, value, look)


def _write_label(page: Page, label: Label, formats: Formats) -> None:
    look, row, column = formats.of(label.look), label.row, label.column
    if label.span > 1:
        page.merge_range(row, column, row, column + label.span - 1, "", look)
    if _empty(label.value):
        page.write_blank(row, column, None, look)
        return
    _writer(page, type(label.value))(row, column, label.value, look)
    if label.link:
        _write_link(page, row, column, label.value, label.link, formats.of(label.look, "link"))


def _set_rules(page: Page, sheet: Sheet, formats: Formats) -> None:
    for condition in sheet.conditions:
        rule = {"type": "formula", "criteria": f"={condition.formula}"}
        look = formats.of(condition.look, "over")
        page.conditional_format(*astuple(condition.area), {**rule, "format": look})
    for choice in sheet.choices:
        page.data_validation(*astuple(choice.area), _choice_rule(choice))
    for moment in sheet.moments:
        page.data_validation(*astuple(moment.area), _moment_rule(moment))


def _choice_rule(choice: Choice) -> dict[str, Any]:
    words = list(choice.words)
    inline = words and len(",".join(words)) <= LONGEST_LIST and not any("," in w for w in words)
    source = words if inline else choice.source and _filled(choice.source)
    return {
        "validate": "list" if source else "any",
        "source": source,
        "error_type": "stop" if choice.strict else "warning",
        "error_title": "Tidak ada dalam daftar",
        "error_message": UNLISTED,
        "input_message": choice.hint[:LONGEST_HINT],
    }


def _filled(cells: str) -> str:
    """Cells down to the last filled one: on blank ones, Excel would open the list at its end."""
    return f"={cells.split(':')[0]}:INDEX({cells},MAX(1,COUNTA({cells})))"


def _moment_rule(moment: Moment) -> dict[str, Any]:
    """A moment in words may be typed as well."""
    return {
        **(OF_A_DAY if moment.kind == "time" else SINCE_2000),
        "error_type": "information",
        "error_title": "Periksa isian",
        "error_message": moment.hint[:LONGEST_HINT] or UNTIMED,
        "input_message": moment.hint[:LONGEST_HINT],
    }


def _chart(book: Workbook, title: str, chart: Chart) -> Any:
    stacked = {"subtype": "stacked"} if chart.stacked else {}
    drawn: Any = book.add_chart({"type": chart.kind, **stacked})
    for series in chart.series:
        color = {"color": f"#{series.color}"}
        line = {"line": {**color, "width": 2.25}} if chart.kind == "line" else {}
        drawn.add_series(
            {
                "name": series.name,
                "categories": [title, *astuple(chart.categories)],
                "values": [title, *astuple(series.values)],
                "fill": color,
                "gap": 60,
                **line,
            }
        )
    _set_axes(drawn, chart)
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "bold": True}})
    drawn.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom"})
    drawn.set_size({"width": chart.width, "height": chart.height})
    return drawn


def _set_axes(drawn: Any, chart: Chart) -> None:
    numbers = {"num_format": chart.number_format, "min": 0, "line": {"none": True}, **GRIDLINES}
    if chart.maximum is not None:
        numbers["max"] = chart.maximum
    names = {"line": PALE_LINE, "major_gridlines": {"visible": False}}
    if chart.kind == "bar":  # lying: the first category on top, the numbers still below
        drawn.set_x_axis(numbers)
        drawn.set_y_axis({**names, "reverse": True, "crossing": "max"})
    else:
        drawn.set_x_axis(names)
        drawn.set_y_axis(numbers)
