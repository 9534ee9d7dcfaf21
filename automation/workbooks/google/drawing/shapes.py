"""Values, looks and areas in the shapes of the Sheets API.

https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets/cells
"""

import zlib
from datetime import datetime
from math import ceil, isfinite
from typing import Any, cast

import numpy as np

from automation.core.drawing import Area, Formula, Look, Value
from automation.core.office_time.serials import serial
from automation.workbooks.google.wire.connection import Scalar

LONGEST_TEXT = 50_000  # characters that Sheets lets a cell hold
BORDER = "B8C2CC"


def object_id(name: str) -> int:
    """An id of our own for a tab, chart or protection: the same at every run and everywhere.

    With ids of our own a write that was applied is recognised when it is repeated.
    """
    return zlib.crc32(name.encode()) & 0x7FFFFFFF


def scalar(value: Value) -> Scalar:
    """A value as values:batchGet returns it: dates as serial numbers, "" for an empty cell."""
    if isinstance(value, np.generic):
        value = cast(Value, value.item())
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - 1] + "…"
    if isinstance(value, bool):
        return value
    if isinstance(value, Formula):
        return value.value
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    if isinstance(value, datetime):
        return serial(value)
    return value if isfinite(value) else ""


def formula_data(text: str) -> dict[str, Any]:
    """CellData with a formula of the drawing."""
    return {"userEnteredValue": {"formulaValue": localised(text)}}


def localised(formula: str) -> str:
    """A formula of the drawing as Sheets takes it in every locale: arguments parted by ";"."""
    return "=" + formula.replace(",", ";")


def cell_data(value: Scalar, link: str | None = None, note: str | None = None) -> dict[str, Any]:
    """CellData with a value, the whole of its text a link. Text stays text, whatever it says."""
    noted = {"note": note} if note else {}
    if value == "":
        return noted
    kind = "boolValue" if isinstance(value, bool) else "numberValue"
    if isinstance(value, str):
        kind = "stringValue"
    data: dict[str, Any] = {"userEnteredValue": {kind: value}, **noted}
    if link and kind == "stringValue":
        data["textFormatRuns"] = [{"startIndex": 0, "format": {"link": {"uri": link}}}]
    return data


def color(rgb: str) -> dict[str, Any]:
    """RRGGBB as ColorStyle: in four decimals, rounded up, since Google rounds down to a byte."""
    parts = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (ceil(part * 10_000) / 10_000 for part in parts)
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


def cell_format(look: Look, vertical: str = "TOP") -> dict[str, Any]:
    """CellFormat of a look."""
    text = {
        "bold": look.bold or None,
        "italic": look.italic or None,
        "fontSize": look.size,
        "fontFamily": look.font,
        "foregroundColorStyle": look.color and color(look.color),
    }
    parts = {
        "numberFormat": look.number_format and number_format(look.number_format),
        "textFormat": {name: part for name, part in text.items() if part},
        "backgroundColorStyle": look.fill and color(look.fill),
        "horizontalAlignment": look.align and look.align.upper(),
        "verticalAlignment": vertical,
        "wrapStrategy": "WRAP" if look.wrap else None,
        "borders": _borders(look),
    }
    return {name: part for name, part in parts.items() if part}


def number_format(pattern: str) -> dict[str, str]:
    """NumberFormat: Excel's pattern, which Sheets shares, and the type that Sheets wants named."""
    return {"type": _number_type(pattern), "pattern": pattern}


def _number_type(pattern: str) -> str:
    if pattern == "@":
        return "TEXT"
    if "yy" in pattern:
        return "DATE_TIME" if "hh" in pattern else "DATE"
    if "hh" in pattern:
        return "TIME"
    return "PERCENT" if "%" in pattern else "NUMBER"


def _borders(look: Look) -> dict[str, Any]:
    lines = dict.fromkeys(("top", "bottom", "left", "right"), BORDER) if look.border else {}
    if look.rule:
        lines["bottom"] = look.rule
    return {side: {"style": "SOLID", "colorStyle": color(line)} for side, line in lines.items()}


def grid_range(sheet_id: int, area: Area | None = None) -> dict[str, int]:
    """GridRange, whose ends are excluded; the whole tab without an area."""
    if area is None:
        return {"sheetId": sheet_id}
    return {
        "sheetId": sheet_id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom + 1,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right + 1,
    }


def columns_below(sheet_id: int, row: int, left: int, right: int) -> dict[str, int]:
    """GridRange of the columns from `row` to the end of the tab, however long it grows."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": row,
        "startColumnIndex": left,
        "endColumnIndex": right + 1,
    }


def dimension(
    sheet_id: int, kind: str, first: int, last: int, properties: dict[str, Any]
) -> dict[str, Any]:
    """updateDimensionProperties of rows or columns, the last included."""
    places = {"sheetId": sheet_id, "dimension": kind, "startIndex": first, "endIndex": last + 1}
    fields = ",".join(properties)
    return {
        "updateDimensionProperties": {"range": places, "properties": properties, "fields": fields}
    }


def pixels(characters: int) -> int:
    """The width of a column that holds so many characters."""
    return characters * 7 + 12
