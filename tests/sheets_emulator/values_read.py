"""Reading cell values: `spreadsheets.values.get` and `batchGet`.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.sheets_emulator.a1 import written
from tests.sheets_emulator.answers import plain
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.effective import entered_value, scalar
from tests.sheets_emulator.errors import Refused, invalid
from tests.sheets_emulator.formatting import Scalar, is_date, shown
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet

Json = dict[str, Any]


@dataclass(frozen=True)
class Rendering:
    """How values are to be given; Google's defaults."""

    values: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    major: str = "ROWS"

    @classmethod
    def asked(cls, params: Json) -> "Rendering":
        """As the parameters of a read say."""
        major = params.get("majorDimension", "ROWS")
        if major == "DIMENSION_UNSPECIFIED":
            major = "ROWS"
        return cls(
            params.get("valueRenderOption", cls.values),
            params.get("dateTimeRenderOption", cls.dates),
            major,
        )

    @classmethod
    def of_response(cls, params: Json) -> "Rendering":
        """As the parameters of a write say for the values it answers with."""
        return cls(
            params.get("responseValueRenderOption", cls.values),
            params.get("responseDateTimeRenderOption", cls.dates),
        )


def get(call: Call) -> Json:
    """`spreadsheets.values.get`"""
    try:
        return value_range(call, call.params["range"], Rendering.asked(call.params))
    except Refused as refused:
        raise invalid(str(refused)) from refused


def batch_get(call: Call) -> Json:
    """`spreadsheets.values.batchGet`"""
    rendering = Rendering.asked(call.params)
    try:
        found = [value_range(call, text, rendering) for text in call.params.get("ranges", [])]
    except Refused as refused:
        raise invalid(str(refused)) from refused
    return {"spreadsheetId": call.book.id, "valueRanges": found}


def value_range(call: Call, text: str, rendering: Rendering) -> Json:
    """The ValueRange of a range's text."""
    sheet, reference = call.resolve(text)
    return of_rect(call, sheet, sheet.clipped(reference), rendering)


def of_rect(call: Call, sheet: Sheet, rect: Rect, rendering: Rendering) -> Json:
    """The ValueRange of cells; `values` is left out where all are blank."""
    rows = rendered(call, sheet, rect, rendering)
    if rendering.major == "COLUMNS":
        rows = turned(rows)
    found: Json = {"range": written(sheet.title, rect), "majorDimension": rendering.major}
    return {**found, "values": rows} if rows else found


def rendered(call: Call, sheet: Sheet, rect: Rect, rendering: Rendering) -> list[list[Scalar]]:
    """Row after row, without the blank cells at a row's end and the blank rows at the end."""
    rows: list[list[Scalar]] = [[] for _ in range(rect.height)]
    for row, column, value in values(call, sheet, rect, rendering):
        style = sheet.cell(row, column).get("userEnteredFormat", {}).get("numberFormat")
        line = rows[row - rect.top]
        line.extend("" for _ in range(column - rect.left - len(line) + 1))
        line[column - rect.left] = render(value, style, call.book.locale, rendering)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def values(
    call: Call, sheet: Sheet, rect: Rect, rendering: Rendering
) -> Iterator[tuple[int, int, Scalar]]:
    """(row, column, value) of every cell that is not blank; formulas as such where asked."""
    if rendering.values == "FORMULA":
        found = ((row, column, entered_value(cell)) for row, column, cell in sheet.filled(rect))
    else:
        filled = call.results().filled(sheet, rect)
        found = ((row, column, scalar(value)) for row, column, value in filled)
    return ((row, column, value) for row, column, value in found if value is not None)


def render(value: Scalar, number_format: Json | None, locale: str, rendering: Rendering) -> Scalar:
    """One cell's value as asked for."""
    as_text = rendering.dates == "FORMATTED_STRING" and is_date(number_format)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if rendering.values == "FORMATTED_VALUE" or (as_text and is_number):
        return shown(value, number_format, locale)
    return plain(value)


def turned(rows: list[list[Scalar]]) -> list[list[Scalar]]:
    """Columns of rows, each without the blank cells at its end."""
    width = max((len(row) for row in rows), default=0)
    columns: list[list[Scalar]] = [
        [row[column] if column < len(row) else "" for row in rows] for column in range(width)
    ]
    for column in columns:
        while column and column[-1] == "":
            column.pop()
    return columns
