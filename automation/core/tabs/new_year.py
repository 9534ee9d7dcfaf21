"""The tabs of staff for a new year's register: what travels there from the old one, cell by cell.

A case stays behind when it is over and was received before the new year. All others go along: those
that are open, those that cannot be measured before somebody mends them, and what came in since.
With them go their pauses, all people, the closures on which their time depends, and every column
that the office added. Cells go as they are: what was typed as text is the same text there.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from automation.core.arrays import Bools
from automation.core.drawing import Column, Sheet, Value, column_letter
from automation.core.office_time.dates import part_of_day
from automation.core.plan import Plan
from automation.core.register.headers import Grid, Grids, find_headers
from automation.core.register.reading import shown
from automation.core.register.register import Entries
from automation.core.schema import Schema
from automation.core.tabs.staff import staff_sheets
from automation.core.words.statuses import ENDED
from automation.core.words.texts import tidy

OWN_WIDTH = 16  # characters of a column that the office added
DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewYear:
    """`sheets` are the four tabs with all rows that travel."""

    sheets: tuple[Sheet, ...]
    carried: tuple[str, ...]  # identities of the cases, in the old register's order
    staying: int  # cases
    pauses: int  # that travel
    closures: int

    def absent_from(self, there: Collection[str]) -> list[str]:
        """The carried cases that a register with the cases `there` lacks; a number that was used
        twice is wanted twice."""
        return [*(Counter(self.carried) - Counter(there)).elements()]


def new_year(seen: Plan, grids: Grids, schema: Schema, first: date) -> NewYear:
    """What travels into the register of the year that begins on `first`.

    `grids` are the cells by tab, without those in which the program itself shows something. Raises
    EdgeError where the Register was not understood.
    """
    register, cases = seen.snapshot.register, seen.understood().progress.cases
    stays = _stay(cases, first)
    identities = cases["identity"]
    gone = {*identities[stays]} - {*identities[~stays]}
    since = cases["received"][~stays].min()
    chosen = (
        (register.cases, ~stays),
        (register.staff, np.ones(len(register.staff.frame), dtype=bool)),
        (register.closures, _matter(register.closures, min(first, _day(since, first)))),
        (register.pauses, ~register.pauses.frame["number"].isin(gone).to_numpy(bool)),
    )
    travelling = {
        table.tab.title: _travelling(table, grids.get(table.tab.title) or [], which)
        for table, which in chosen
    }
    drawn = staff_sheets(schema, {title: rows for title, (rows, _) in travelling.items()})
    return NewYear(
        sheets=tuple(_with_own(sheet, travelling[sheet.title][1]) for sheet in drawn),
        carried=tuple(identities[~stays]),
        staying=int(stays.sum()),
        pauses=len(travelling[register.pauses.tab.title][0]),
        closures=len(travelling[register.closures.tab.title][0]),
    )


def _stay(cases: Any, first: date) -> Bools:
    """Over, by its status or by a last step whose time alone cannot be measured, and of a year
    before. A case without a date that can be read is of no year."""
    over = cases["status"].isin(ENDED) | cases["finished_at"].notna()
    before = cases["received"] < np.datetime64(first)
    found: Bools = (over & before).to_numpy(bool)
    return found


def _day(at: Any, otherwise: date) -> date:
    return otherwise if at != at else at.date()  # NaT differs from itself


def _matter(closures: Entries, since: date) -> Bools:
    """Those that are not certainly over on the day since when time is counted."""
    frame = closures.frame
    last = frame["end"].where(frame["end"].notna() | closures.filled["end"], frame["start"])
    found: Bools = ~(last < np.datetime64(since)).to_numpy(bool)
    return found


def _travelling(table: Entries, grid: Grid, which: Bools) -> tuple[list[list[Value]], list[Column]]:
    """The chosen rows in the schema's order of columns, and the office's own columns of them."""
    rows = [grid[row - 1] for row in table.frame["row"][which].tolist()]
    top = find_headers([column.header for column in table.tab.columns], grid).row
    width = max(map(len, [*rows, *grid[top : top + 1]]), default=0)
    places = {column_letter(place): place for place in range(width)}
    known = [places.get(table.letters.get(column.key, "")) for column in table.tab.columns]
    typed = [[_value(_cell(row, place)) for place in known] for row in rows]
    headers = [tidy(str(_value(_cell(grid[top], place)) or "")) for place in range(width)]
    own = [
        _own(header or f"Kolom {letter}", [_cell(row, place) for row in rows])
        for (letter, place), header in zip(places.items(), headers, strict=True)
        if place not in known
        if header or any(_value(_cell(row, place)) is not None for row in rows)
    ]
    return typed, own


def _own(header: str, cells: Sequence[object]) -> Column:
    """A column that the office added; its moments look like such, its texts stay texts."""
    return Column(header, [*map(_value, cells)], _look(cells), OWN_WIDTH)


def _look(cells: Sequence[object]) -> str:
    filled = [cell for cell in cells if cell not in (None, "")]
    if all(isinstance(cell, str) for cell in filled):
        return "plain"
    if all(isinstance(cell, time) for cell in filled):
        return "time"
    if not all(isinstance(cell, date) for cell in filled):  # a datetime is one, too
        return "text"
    timed = any(cell.time() != time() for cell in filled if isinstance(cell, datetime))
    return "datetime" if timed else "date"


def _with_own(sheet: Sheet, own: Sequence[Column]) -> Sheet:
    (table,) = sheet.tables
    return replace(sheet, tables=[replace(table, columns=[*table.columns, *own])])


def _cell(row: Sequence[object], place: int | None) -> object:
    return None if place is None or place >= len(row) else row[place]


def _value(cell: object) -> Value:
    """A cell as one that can be written; a time of day is a part of a day, as workbooks have it."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str | int | float | datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, time):
        return part_of_day(cell)
    return cell / DAY if isinstance(cell, timedelta) else shown(cell)
