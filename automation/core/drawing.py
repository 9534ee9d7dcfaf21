"""What a tab looks like, said once for both kinds of workbook.

A `Sheet` is a value: cells, widths, drop-downs, conditional formats, charts. It knows neither Excel
nor Google; `workbooks/` translates it. Rows and columns count from 0; an `Area` includes its last
row and column. Formulas use English function names and commas, with no comma inside a string.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from typing import Literal


@dataclass(frozen=True)
class Formula:
    """A cell that the workbook reckons by itself. `value` is what it comes to as things stand."""

    text: str  # without the "=" before it
    value: str | int | float
    moves: bool = False  # comes to something else as time goes by


Value = str | int | float | bool | datetime | Formula | None

LINE_POINTS = 15  # the height of a line of text
FILTER_BUTTON = 3  # characters of a header that it hides

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Look:
    """How a cell is formatted. Colours are RRGGBB; None leaves the default."""

    number_format: str | None = None  # Excel's notation, which Sheets shares
    bold: bool = False
    italic: bool = False
    size: int | None = None  # points
    color: str | None = None
    fill: str | None = None
    align: Align | None = None
    wrap: bool = False
    border: bool = False
    rule: str | None = None  # colour of a line below
    font: str | None = None


INK, MUTED, PAPER, BRAND = "1F2933", "6B7280", "FFFFFF", "1F4E79"
RED, AMBER, GREEN, BLUE, GREY = "C0392B", "B7791F", "2E7D32", "1F4E79", "6B7280"
PALE_RED, PALE_AMBER, PALE_GREEN, PALE_BLUE, PALE_GREY = (
    "FBE3E0",
    "FDF1D3",
    "E1F2E3",
    "E3EEF8",
    "EEF0F2",
)
FAINT = "E5E7EB"
SILVER = "B8C2CC"

LOOKS: Mapping[str, Look] = {
    "text": Look(),
    "wrap": Look(wrap=True),
    "integer": Look(number_format="#,##0", align="right"),
    "count": Look(number_format="#,##0", align="center"),
    "minutes": Look(number_format="#,##0.0", align="right"),
    "percent": Look(number_format="0.0%", align="right"),
    "datetime": Look(number_format='dd/mm/yyyy hh"."mm', align="center"),
    "date": Look(number_format="dd/mm/yyyy", align="center"),
    "time": Look(number_format='hh"."mm', align="center"),
    "plain": Look(number_format="@"),  # typed text stays text: numbers keep their zeros
    "plain_wrap": Look(number_format="@", wrap=True),
    "header": Look(bold=True, color=PAPER, fill=BRAND, wrap=True, align="center", border=True),
    "title": Look(bold=True, size=18, color=BRAND, wrap=True),
    "section": Look(bold=True, size=12, color=BRAND),
    "note": Look(italic=True, color=MUTED),
    "stamp": Look(italic=True, color=MUTED),  # when a page was made that says until when it holds
    # the page for the head: parts with a line below their title, lines of cells, figures
    "part": Look(bold=True, size=12, color=BRAND, rule=BRAND),
    "part_note": Look(color=MUTED, rule=BRAND),
    "choice": Look(number_format="@", bold=True, fill=PALE_AMBER, align="center", border=True),
    "head": Look(bold=True, size=9, color=MUTED, rule=GREY),
    "head_right": Look(bold=True, size=9, color=MUTED, rule=GREY, align="right"),
    "line": Look(size=10, rule=FAINT),
    "line_right": Look(size=10, rule=FAINT, align="right"),
    "line_count": Look(size=10, rule=FAINT, align="right", number_format="#,##0"),
    "line_decimal": Look(size=10, rule=FAINT, align="right", number_format="#,##0.0"),
    "line_bold": Look(size=10, rule=FAINT, bold=True),
    "line_right_bold": Look(size=10, rule=FAINT, bold=True, align="right"),
    "line_count_bold": Look(size=10, rule=FAINT, bold=True, align="right", number_format="#,##0"),
    "plain_line": Look(size=10),
    "small": Look(size=9, color=MUTED),
    "bar": Look(size=9, rule=FAINT, color=BRAND, font="Courier New"),
    "figure": Look(
        bold=True, size=18, color=INK, fill=PALE_BLUE, align="center", number_format="#,##0"
    ),
    "caption": Look(size=9, color=MUTED, fill=PALE_BLUE, align="center"),
    # looks that a conditional format puts over a cell
    "bad": Look(color=RED, fill=PALE_RED),
    "alarm": Look(color=RED, bold=True),
    "warn": Look(color=AMBER, fill=PALE_AMBER),
    "good": Look(color=GREEN, fill=PALE_GREEN),
    "next": Look(fill=PALE_BLUE),
    "turn": Look(fill="BFDCF5"),  # stronger than "next": an empty cell that waits
    "off": Look(color=GREY, fill=PALE_GREY),
}


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Column:
    """A column of a table: header and one value for each row."""

    header: str
    values: Sequence[Value]
    look: str = "text"
    width: int = 16  # characters
    note: str = ""  # shown on the header cell
    # For each row "https://…", "#Tab!A1" or, in Excel, "external:FILE#Tab!A1"; only text is linked.
    links: Sequence[str | None] | None = None
    notes: Sequence[str | None] | None = None  # shown on the cell of each row
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """Header row and data rows with the header's left end at (row, column).

    `key` is the header of the column by which a row is known again when it moved; "" = by all of
    its cells.
    """

    columns: Sequence[Column]
    row: int = 0
    column: int = 0
    key: str = ""

    @property
    def height(self) -> int:
        """Rows of data, without the header."""
        return len(self.columns[0].values) if self.columns else 0

    def area(self, name: str) -> Area:
        """The data cells under the header `name`."""
        place = self.column + [column.header for column in self.columns].index(name)
        return Area(self.row + 1, place, self.row + max(self.height, 1), place)


@dataclass(frozen=True)
class Label:
    """One cell of free layout, `span` columns wide."""

    row: int
    column: int
    value: Value
    look: str = "text"
    span: int = 1
    link: str | None = None


@dataclass(frozen=True)
class Condition:
    """A conditional format: where `formula` holds, seen from the area's first cell."""

    area: Area
    formula: str
    look: str


@dataclass(frozen=True)
class Choice:
    """A drop-down. Takes its words from `words` or from the cells `source` ("Petugas!$A$2:$A$99").

    Other words are only warned about: they become findings.
    """

    area: Area
    words: Sequence[str] = ()
    source: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Moment:
    """Cells that take a date (and time): `kind` is "datetime", "date" or "time"."""

    area: Area
    kind: Literal["datetime", "date", "time"]
    hint: str = ""


@dataclass(frozen=True)
class Series:
    name: str
    values: Area
    color: str


@dataclass(frozen=True)
class Chart:
    """A chart fed from cells of its own sheet, its top left corner at (row, column)."""

    kind: Literal["column", "line"]
    title: str
    categories: Area
    series: Sequence[Series]
    row: int
    column: int
    width: int = 480  # pixels
    height: int = 288
    number_format: str = "#,##0"
    maximum: float | None = None  # of the axis of values


@dataclass(frozen=True)
class Paper:
    """What is printed, on A4, when it is not the whole tab."""

    area: Area
    one_page: bool = False


@dataclass(frozen=True)
class Sheet:
    """One tab."""

    title: str
    tables: Sequence[Table] = ()
    labels: Sequence[Label] = ()
    widths: Mapping[int, int] = field(
        default_factory=dict
    )  # column -> characters, before `Column.width`
    heights: Mapping[int, int] = field(default_factory=dict)  # row -> points
    frozen_rows: int = 0
    frozen_columns: int = 0
    filtered: bool = False  # filter buttons on the first table
    conditions: Sequence[Condition] = ()
    choices: Sequence[Choice] = ()
    moments: Sequence[Moment] = ()
    charts: Sequence[Chart] = ()
    landscape: bool = True
    paper: Paper | None = None
    room: int = 0  # empty rows formatted below the first table, for staff to fill in
    color: str | None = None  # of the tab


def header_height(columns: Sequence[Column], widths: Mapping[int, int], first: int = 0) -> int:
    """Points that the longest header needs in its column, beside its filter button.

    `widths` are those of a `Sheet`; the columns stand from the column `first` on.
    """
    lines = 1
    for place, column in enumerate(columns, start=first):
        width = widths.get(place, column.width) - FILTER_BUTTON
        lines = max(lines, len(wrap(column.header, max(width, 1))))
    return (lines + 1) * LINE_POINTS


def wrapped_heights(table: Table) -> dict[int, int]:
    """Row -> points, for rows whose wrapped cells take more than one line."""
    lines = [1] * table.height
    for column in table.columns:
        if not LOOKS[column.look].wrap or column.hidden:
            continue
        for place, value in enumerate(column.values):
            if isinstance(value, str) and (len(value) >= column.width or "\n" in value):
                lines[place] = max(lines[place], _lines(value, column.width))
    first = table.row + 1
    return {first + row: count * LINE_POINTS for row, count in enumerate(lines) if count > 1}


def _lines(text: str, width: int) -> int:
    """Lines of a text in a column; a character to spare, since letters differ in width."""
    parts = text.split("\n")
    return sum(max(1, len(wrap(part, width - 1, break_on_hyphens=False))) for part in parts)


def column_letter(place: int) -> str:
    """0 -> "A", 25 -> "Z", 26 -> "AA"."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """0-based row and column as "A1"."""
    return f"{column_letter(column)}{row + 1}"
