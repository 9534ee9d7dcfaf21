"""Cells of the staff's tabs -> typed tables, and what could not be read.

Nothing is guessed: a cell that cannot be read is empty in the table and listed as a fault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from automation.core.schema import Tab

Grid = Sequence[Sequence[object]]  # a tab's rows of cells, from row 1 and column A on; may be ragged


@dataclass(frozen=True)
class CellFault:
    """A filled cell that could not be read as what its column holds."""

    index: int  # position in the table's frame
    key: str  # of the column
    kind: Literal["unreadable", "time_missing", "too_early"]
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
class Table:
    """A staff tab, read: one row for each row that is not blank, in the sheet's order.

    `frame` has a RangeIndex, the column `row` (the sheet's row number, from 1) and one column for
    each column of the schema: text as str ("" = empty), dates and moments as datetime64[s] in local
    wall-clock time (NaT = empty or unreadable), times as float64 minutes from midnight (NaN).
    `filled` has a bool column for each date, moment and time: whether the cell holds anything.
    """

    tab: Tab
    frame: pd.DataFrame
    filled: pd.DataFrame
    faults: tuple[CellFault, ...]
    letters: Mapping[str, str]  # column key -> column letter in the sheet; absent when not found


@dataclass(frozen=True)
class Register:
    """The four staff tabs and what is wrong with their headers."""

    cases: Table
    staff: Table
    closures: Table
    pauses: Table
    header_faults: tuple[HeaderFault, ...]
