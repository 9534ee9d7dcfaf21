"""Marks on the look-up columns, by which they are found wherever staff moved them.

Developer metadata lies on a whole column, moves with it, goes when it is deleted, and is shown to
nobody. What is read and written by it hits that column and no other, also where columns were moved
between a read and a write.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from automation.core.register.headers import HEADER_ROWS
from automation.workbooks.google.drawing.shapes import object_id
from automation.workbooks.google.staff_tabs.look_up import COLUMNS
from automation.workbooks.google.wire.connection import (
    Connection,
    DataFilter,
    Request,
    Row,
    column_number,
)
from automation.workbooks.google.wire.faults import BrokenAnswerError

KEY = "program-look-up"
_COLUMN = re.compile(r"!([A-Z]+)")


@dataclass(frozen=True)
class MarkedColumn:
    """A column as it stands, from the tab's first row, with formulas as such."""

    place: int  # from 0
    cells: Row


@dataclass(frozen=True)
class Marked:
    """The first rows of the Register, with formulas as such, and its marked columns by header."""

    top: Sequence[Row]
    columns: Mapping[str, MarkedColumn]


def mark_id(tab: str, header: str) -> int:
    return object_id(f"{tab} look-up {header}")


def marked_columns(connection: Connection, tab: str, sheet_id: int) -> Marked:
    """One values:batchGetByDataFilter; `tab` is the schema's title of the Register."""
    first = {"sheetId": sheet_id, "startRowIndex": 0, "endRowIndex": HEADER_ROWS}
    headers = {mark_id(tab, column.header): column.header for column in COLUMNS}
    top: Sequence[Row] = ()
    columns: dict[str, MarkedColumn] = {}
    for found in connection.filtered([{"gridRange": first}, *map(_by_mark, headers)]):
        header = headers.get(found.metadata_id)
        if header is None:
            top = found.values
        else:
            columns[header] = _column(found.range, found.values)
    return Marked(top, columns)


def _column(text: str, values: Sequence[Row]) -> MarkedColumn:
    """`text` is the echoed range, "Register!R1:R3005"."""
    found = _COLUMN.search(text)
    if found is None:
        raise BrokenAnswerError("range")
    cells = [row[0] if row else "" for row in values]
    return MarkedColumn(column_number(found[1]) - 1, cells)


def _by_mark(identity: int) -> DataFilter:
    return {"developerMetadataLookup": {"metadataId": identity}}


def written_below(tab: str, header: str, values: Sequence[Row]) -> dict[str, Any]:
    """DataFilterValueRange: cells of a marked column from the tab's first row down; None leaves a
    cell as it is."""
    return {"dataFilter": _by_mark(mark_id(tab, header)), "values": values}


def mark_requests(
    tab: str, sheet_id: int, places: Mapping[str, int], marked: Marked
) -> Iterator[Request]:
    """Puts the marks on `places` (header -> column), where they are not there yet."""
    for header, place in places.items():
        there = marked.columns.get(header)
        if there is not None and there.place == place:
            continue
        if there is not None:
            yield unmark(tab, header)
        where = {"sheetId": sheet_id, "dimension": "COLUMNS"}
        yield {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataId": mark_id(tab, header),
                    "metadataKey": KEY,
                    "metadataValue": header,
                    "visibility": "DOCUMENT",
                    "location": {
                        "dimensionRange": {**where, "startIndex": place, "endIndex": place + 1}
                    },
                }
            }
        }


def unmark(tab: str, header: str) -> Request:
    return {"deleteDeveloperMetadata": {"dataFilter": _by_mark(mark_id(tab, header))}}
