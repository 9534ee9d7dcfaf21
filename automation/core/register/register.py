"""The staff's tabs as tables, and what could not be read in them.

Nothing is guessed: a cell that cannot be read is empty in the table and listed as a fault.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from automation.core.arrays import Bools
from automation.core.register.strays import Stray
from automation.core.schema import ColumnType, Tab
from automation.core.tables import hold

HELD_AS: Mapping[ColumnType, type] = {
    "text": str,
    "choice": str,
    "person": str,
    "datetime": pd.Timestamp,
    "moment": pd.Timestamp,
    "until": pd.Timestamp,
    "date": pd.Timestamp,
    "time": float,
}


@dataclass(frozen=True, slots=True)
class CellFault:
    """A filled cell that could not be read as what its column holds."""

    index: int  # position in the table's frame
    key: str  # of the column
    kind: str  # "unreadable", "time_missing", "too_early" or "formula_failed"
    text: str  # what stands in the cell


@dataclass(frozen=True)
class HeaderFault:
    """A tab or a header that is missing or appears twice."""

    tab: str
    kind: Literal["tab_missing", "header_missing", "header_doubled"]
    header: str = ""
    essential: bool = False
    row: int = 1  # where the header row is, 1-based
    letters: tuple[str, ...] = ()  # the columns in which a doubled header stands


@dataclass(frozen=True)
class Entries:
    """A staff tab, read: one row for each entry, in the sheet's order.

    `frame` has a RangeIndex, the column `row` (the sheet's row number, from 1) and one column for
    each column of the schema, as `HELD_AS` says: text ("" = empty), instants in local wall-clock
    time (NaT = empty or unreadable), times as minutes from midnight (NaN, likewise).
    `filled` has a bool column for each date, moment and time: whether the cell holds anything.
    """

    tab: Tab
    frame: pd.DataFrame
    filled: pd.DataFrame
    faults: tuple[CellFault, ...]
    letters: Mapping[str, str]  # column key -> column letter in the sheet; absent when not found
    asides: tuple[tuple[int, int], ...] = ()  # first and last row of each block without entries

    def __post_init__(self) -> None:
        held = {"row": int, **{each.key: HELD_AS[each.type] for each in self.tab.columns}}
        hold(self.frame, held, self.tab.title)

    @property
    def sound(self) -> pd.DataFrame:
        """The rows of `frame` in which every date and time that is filled in could be read."""
        unread = {fault.index for fault in self.faults if fault.kind != "formula_failed"}
        return self.frame.drop(index=[*unread])

    def failed(self, key: str) -> Bools:
        """The rows in which the formula in a column of text failed: nobody left it empty."""
        failed = np.zeros(len(self.frame), dtype=bool)
        failed[[f.index for f in self.faults if (f.key, f.kind) == (key, "formula_failed")]] = True
        return failed


@dataclass(frozen=True)
class Register:
    """The four staff tabs, and what is wrong with their headers and the program's columns."""

    cases: Entries
    staff: Entries
    closures: Entries
    pauses: Entries
    header_faults: tuple[HeaderFault, ...]
    strays: tuple[Stray, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether the Register's essential columns were all found: figures can be computed."""
        return not any(self._broken((self.cases.tab.title,)))

    @property
    def trusted(self) -> bool:
        """Whether people may be written to: no tab that is there was misread, and `Petugas` is."""
        present = [t.tab.title for t in (self.cases, self.staff, self.closures, self.pauses)]
        staff_missing = any(
            fault.kind == "tab_missing" and fault.tab == self.staff.tab.title
            for fault in self.header_faults
        )
        return not staff_missing and not any(self._broken(present))

    def _broken(self, tabs: Sequence[str]) -> Iterator[HeaderFault]:
        for fault in self.header_faults:
            missing = fault.kind == "tab_missing" and fault.tab == self.cases.tab.title
            if fault.tab in tabs and (missing or fault.essential):
                yield fault
