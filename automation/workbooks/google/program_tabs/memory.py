"""What is to be known at the next run and no read of values tells: kept in the tab itself.

Each program tab carries a note in the first cell of its hidden column. It comes with the one read
of a cycle, moves to a new machine with the spreadsheet, and goes when its tab goes; a tab without
a readable note is looked at in full.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from automation.workbooks.google.drawing.shapes import cell_data
from automation.workbooks.google.wire.connection import Cells, Request

Count = Annotated[int, Field(ge=0, le=1000)]


@dataclass(frozen=True, config=ConfigDict(strict=True, extra="forbid"))
class Memory:
    """A program tab as it was last laid out. Whoever can edit the tab may have written anything."""

    layout: str  # fingerprint of formats, widths, rules and charts
    day: str  # on which all of it was last sent
    rows: int  # of the grid
    columns: int  # likewise
    rules: Count  # conditional formats on the tab
    charts: Count  # charts on the tab, with the ids of `layout.chart_id`
    staff_ids: Mapping[str, int]  # sheetId of each of staff's tabs
    look_ups: tuple[str, ...]  # headers of the columns that the program shows in the Register
    barred: bool = False  # staff's tabs were protected by a year's close: to be looked at closely

    def text(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True)

    def request(self, sheet_id: int, column: int) -> Request:
        """Writes the note alone; `column` is the hidden one."""
        corner = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": column}
        row = {"values": [cell_data(self.text())]}
        return {"updateCells": {"start": corner, "rows": [row], "fields": "userEnteredValue"}}

    def fits(self, cells: Cells) -> bool:
        """Whether nobody inserted or deleted rows or columns since."""
        return (self.rows, self.columns) == (cells.rows, cells.columns)

    @classmethod
    def of(cls, cells: Cells) -> "Memory | None":
        """The note in a tab's upper right corner; None where there is none that can be read."""
        corner = cells.values[0] if cells.values else ()
        if len(corner) != cells.columns:
            return None
        try:
            return ADAPTER.validate_json(str(corner[-1]))
        except ValidationError:
            return None


ADAPTER = TypeAdapter(Memory)


def fingerprint(requests: Sequence[Mapping[str, Any]]) -> str:
    """The same for the same requests, and very probably for no others."""
    text = json.dumps(requests, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
