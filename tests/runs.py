"""An office run after run: what the program drew is what it remembers, what it sent was told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from automation.core.drawing import Formula, Sheet
from automation.core.plan import Plan, plan
from automation.core.register.headers import Grid
from automation.core.reminders.notices import Failure, Letter, Told
from automation.core.schema import Schema
from automation.core.tabs import program_sheets
from automation.core.words.titles import PEMANTAUAN, RINGKASAN
from tests.offices import Row, at, grids, standard_schema


class Runs:
    """`tabs` are the program's own as the last run drew them."""

    def __init__(self, schema: Schema | None = None) -> None:
        self.schema = schema or standard_schema()
        self.tabs: dict[str, Grid] = {}
        self.told = Told()
        self.plan: Plan | None = None

    def run(self, *cases: Row, now: str, without: str = "", **tabs: Any) -> dict[str, Letter]:
        """One run at `now` ("23/11 08.05"); its letters by the name of who gets them.

        `without` is a header of the Register that somebody has overwritten.
        """
        instant, staff = at(now), dict(grids(cases, **tabs))
        header, *rows = staff["Register"]
        staff["Register"] = [["?" if cell == without else cell for cell in header], *rows]
        seen = plan(self.tabs | staff, self.schema, instant, told=self.told)
        letters = seen.letters(self.told)
        self.told = tell(self.told, letters, instant)
        self.tabs = drawn(program_sheets(seen, self.schema, (), lambda tab, cell: None, "WIB"))
        self.plan = seen
        return {letter.to.name: letter for letter in letters}

    def fail(self, failure: Failure) -> None:
        self.told = replace(self.told, failures=(failure, *self.told.failures))


def tell(told: Told, letters: Sequence[Letter], now: datetime) -> Told:
    """What is remembered once these letters were sent as well."""
    said = {(letter.to.mailbox, key): now for letter in letters for key in letter.keys}
    mailed = {mark: list(times) for mark, times in told.mailed.items()}
    for letter in letters:
        mailed.setdefault(letter.to.mark, []).append(now)
    return Told(
        notices={**said, **told.notices},
        mailed={mark: tuple(times) for mark, times in mailed.items()},
        failures=told.failures,
    )


def drawn(sheets: Sequence[Sheet]) -> dict[str, Grid]:
    """The tabs that remember, as their cells would be read."""
    return {sheet.title: cells(sheet) for sheet in sheets if sheet.title in (RINGKASAN, PEMANTAUAN)}


def cells(sheet: Sheet) -> list[list[object]]:
    found: dict[tuple[int, int], object] = {
        (label.row, label.column): label.value for label in sheet.labels
    }
    for table in sheet.tables:
        for place, column in enumerate(table.columns, start=table.column):
            found[table.row, place] = column.header
            for row, value in enumerate(column.values, start=table.row + 1):
                found[row, place] = value
    found = {
        place: value.value if isinstance(value, Formula) else value
        for place, value in found.items()
    }
    height, width = (1 + max(place[axis] for place in found) for axis in (0, 1))
    return [[found.get((row, column)) for column in range(width)] for row in range(height)]


def stages(letter: Letter | None) -> list[str]:
    """What a letter says, most urgent first; none for no letter."""
    return [notice.stage for notice in letter.notices] if letter else []


def said(letters: Mapping[str, Letter]) -> dict[str, list[str]]:
    """Who is told what."""
    return {name: stages(letter) for name, letter in letters.items()}
