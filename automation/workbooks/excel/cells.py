"""Values and looks as cells of an XlsxWriter worksheet.

Text stays text: it never becomes a formula or a link, and what XML cannot hold is left out.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from math import isfinite
from numbers import Real
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from automation.core.drawing import BLUE, LOOKS, Formula, Look, Value
from automation.core.office_time.serials import serial

LONGEST_TEXT = 32_767  # characters that Excel lets a cell hold
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
MOMENT = LOOKS["datetime"].number_format

Write = Callable[[Worksheet, int, int, Any, Format], None]


class Styles:
    """The formats of a workbook, one for each look that it uses."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[Look, str, bool], Format] = {}

    def of(self, look: Look, valign: str = "top", *, link: bool = False) -> Format:
        """The format of `look`; a link is blue and underlined as well."""
        key = (look, valign, link)
        if key not in self._formats:
            properties = _properties(replace(look, color=BLUE) if link else look)
            underlined = {"underline": 1} if link else {}
            self._formats[key] = self._workbook.add_format(
                {**properties, **underlined, "valign": valign}
            )
        return self._formats[key]


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
        "border_color": "#B8C2CC" if look.border else None,
        "bottom": int(look.rule is not None),
        "bottom_color": look.rule and f"#{look.rule}",
        "font_name": look.font,
    }
    return {name: value for name, value in properties.items() if value}


def clean(text: str) -> str:
    """`text` as a cell can hold it: without control characters, cut off where it is too long."""
    if not text.isprintable():
        text = NOT_IN_XML.sub("", text.replace("\r\n", "\n"))
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def write_values(
    worksheet: Worksheet,
    row: int,
    column: int,
    values: Sequence[Value],
    look: Look,
    styles: Styles,
    valign: str = "top",
) -> None:
    """`values` downwards from (row, column); None, NaN and NaT leave the cell empty.

    How to write is chosen once for each type that occurs. Raises TypeError for other types than
    a `Value` has.
    """
    style = styles.of(look, valign)
    dated = styles.of(_dated(look), valign)
    ways = {kind: _way(kind, style, dated) for kind in set(map(type, values))}
    for place, value in enumerate(values, start=row):
        write, chosen = ways[type(value)]
        write(worksheet, place, column, value, chosen)


def write_links(
    worksheet: Worksheet, cells: Iterable[tuple[int, int, Value, str | None]], style: Format
) -> None:
    """Lays links over the texts in `cells`: (row, column, text, link).

    A link leads to a cell of this workbook ("#Tab!A1"), to one of another ("external:FILE#Tab!A1")
    or to an https address; others are left out.
    """
    for row, column, text, link in cells:
        target = _target(link) if link and isinstance(text, str) else None
        if target:
            worksheet.write_url(row, column, target, style, string=clean(str(text)))


def _target(link: str) -> str | None:
    if link.startswith("#"):
        tab, _, cell = link[1:].rpartition("!")
        name = tab.strip("'").replace("'", "''")
        return f"internal:'{name}'!{cell}"
    return link if link.startswith(("https://", "external:")) else None


def _dated(look: Look) -> Look:
    """A date among text is still shown as a date."""
    return look if look.number_format not in (None, "@") else replace(look, number_format=MOMENT)


def _way(kind: type, style: Format, dated: Format) -> tuple[Write, Format]:
    for known, write in WAYS:
        if issubclass(kind, known):
            return write, dated if write is _write_moment else style
    raise TypeError(f"a cell cannot hold {kind.__name__}")


def _write_text(worksheet: Worksheet, row: int, column: int, value: str, style: Format) -> None:
    text = clean(value)
    if text:
        worksheet.write_string(row, column, text, style)


def _write_number(worksheet: Worksheet, row: int, column: int, value: float, style: Format) -> None:
    if isfinite(value):
        worksheet.write_number(row, column, value, style)


def _write_bool(worksheet: Worksheet, row: int, column: int, value: bool, style: Format) -> None:
    worksheet.write_boolean(row, column, value, style)


def _write_moment(
    worksheet: Worksheet, row: int, column: int, value: datetime, style: Format
) -> None:
    if value == value:  # NaT is a datetime that differs from itself
        worksheet.write_number(row, column, serial(value), style)


def _write_formula(
    worksheet: Worksheet, row: int, column: int, value: Formula, style: Format
) -> None:
    worksheet.write_formula(row, column, f"={value.text}", style, value.value)


def _leave_empty(worksheet: Worksheet, row: int, column: int, value: None, style: Format) -> None:
    pass


WAYS: Sequence[tuple[type, Write]] = (
    (str, _write_text),
    (bool, _write_bool),
    (Real, _write_number),
    (datetime, _write_moment),
    (Formula, _write_formula),
    (type(None), _leave_empty),
)
