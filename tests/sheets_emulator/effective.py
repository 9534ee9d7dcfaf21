"""What a cell comes to: the value behind what was entered, also where a formula fills cells."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from tests.sheets_emulator import a1
from tests.sheets_emulator.calculation import Calculation, Unreckoned
from tests.sheets_emulator.date_formats import EPOCH
from tests.sheets_emulator.errors import Refused, unimplemented
from tests.sheets_emulator.formatting import Scalar
from tests.sheets_emulator.formula_syntax import FormulaSyntaxError, Node, parse
from tests.sheets_emulator.formula_values import Array, Error, Result, Value, as_array
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.locales import LOCALES
from tests.sheets_emulator.model import Sheet, Spreadsheet

Json = dict[str, Any]
Place = tuple[int, int]  # row and column

HYPERLINK = re.compile(r'=HYPERLINK\("((?:[^"]|"")*)"\s*[;,]\s*"((?:[^"]|"")*)"\)', re.IGNORECASE)
LOST = "lost"  # in a formula's value: titles of tabs that it will not find again
CIRCLE, BLOCKED, NO_FORMULA = Error("#REF!"), Error("#REF!"), Error("#ERROR!")

tree = cache(parse)


class Results:
    """The values of a spreadsheet's cells, each formula reckoned once."""

    def __init__(self, book: Spreadsheet, now: datetime | None = None) -> None:
        """`now` in the spreadsheet's time zone; the clock's if it is left out."""
        self.book = book
        now = now or datetime.now(ZoneInfo(book.properties["timeZone"])).replace(tzinfo=None)
        self.now = (now - EPOCH) / timedelta(days=1)
        self.reckoned: dict[tuple[int, Place], Result] = {}
        self.cuts: dict[str, tuple[int, Array] | None] = {}
        self.asked: set[str] = set()  # titles that INDIRECT looked for
        self.anchors: dict[int, list[Place]] = {}

    def of(self, sheet: Sheet, row: int, column: int) -> Value:
        """A cell's value; None for a blank one."""
        value = sheet.cell(row, column).get("userEnteredValue", {})
        if "formulaValue" in value:
            return as_array(self.formula(sheet, (row, column)))[0][0]
        if value:
            return next(iter(value.values()), None)
        return self.spilled(sheet, Rect(row, column, row + 1, column + 1)).get((row, column))

    def formula(self, sheet: Sheet, place: Place) -> Result:
        """What the formula at a place comes to; 501 where it cannot be reckoned here."""
        key = sheet.id, place
        if key not in self.reckoned:
            self.reckoned[key] = CIRCLE  # for whoever asks while it is being reckoned
            entered = sheet.cell(*place)["userEnteredValue"]
            text = entered["formulaValue"]
            try:
                result = self.worked_out(sheet, text, entered.get(LOST, ()))
                self.reckoned[key] = self.placed(sheet, place, result)
            except Unreckoned as missing:
                raise unimplemented(
                    f"{missing}, wanted for {sheet.title}!{a1.cell_name(*place)}: {text}"
                ) from missing
        return self.reckoned[key]

    def worked_out(self, sheet: Sheet, text: str, lost: Collection[str] = ()) -> Result:
        """What a formula comes to on a tab; INDIRECT does not find the tabs in `lost`."""
        try:
            node: Node = tree(text, LOCALES[self.book.locale].decimal)
        except FormulaSyntaxError:
            return NO_FORMULA
        return Calculation(
            lambda cells: self.cut(sheet, cells),
            lambda cells: self.cut_indirectly(sheet, cells, lost),
            self.now,
        ).result(node)

    def placed(self, sheet: Sheet, place: Place, result: Result) -> Result:
        """An array only where the cells that it fills are free."""
        array = as_array(result)
        taken = (
            sheet.cell(place[0] + row, place[1] + column).get("userEnteredValue")
            for row in range(min(len(array), sheet.row_count - place[0]))
            for column in range(min(len(array[0]), sheet.column_count - place[1]))
            if row or column
        )
        return BLOCKED if any(taken) else result

    def spilled(self, sheet: Sheet, rect: Rect, outside: bool = False) -> dict[Place, Value]:
        """The values inside a rectangle that formulas elsewhere on the tab put there.

        With `outside` only what formulas outside the rectangle put there.
        """
        found: dict[Place, Value] = {}
        for top, left in self.array_formulas(sheet):
            if top >= rect.bottom or left >= rect.right:
                continue
            if outside and rect.holds(Rect(top, left, top + 1, left + 1)):
                continue
            array = as_array(self.formula(sheet, (top, left)))
            for row in range(max(top, rect.top), min(top + len(array), rect.bottom)):
                for column in range(max(left, rect.left), min(left + len(array[0]), rect.right)):
                    value = array[row - top][column - left]
                    if value is not None and (row, column) != (top, left):
                        found[row, column] = value
        return found

    def array_formulas(self, sheet: Sheet) -> list[Place]:
        if sheet.id not in self.anchors:
            self.anchors[sheet.id] = [
                (row, column)
                for row, column, cell in sheet.filled(sheet.whole)
                if formula_of(cell).upper().startswith("=ARRAYFORMULA(")
            ]
        return self.anchors[sheet.id]

    def cut(self, here: Sheet, text: str) -> tuple[int, Array] | None:
        """The first row (from 1) and the values of a reference; None where there are no such."""
        title, cells = a1.split(text)
        sheet = here if title is None else self.book.titled(title)
        reference = a1.parse(cells or "")
        if sheet is None or reference is None:
            return None
        key = f"{sheet.id}!{cells}"
        if key not in self.cuts:
            try:
                self.cuts[key] = self.values(sheet, sheet.clipped(reference))
            except Refused:
                self.cuts[key] = None
        return self.cuts[key]

    def cut_indirectly(
        self, here: Sheet, text: str, lost: Collection[str]
    ) -> tuple[int, Array] | None:
        """`cut` as INDIRECT does it."""
        title, cells = a1.split(text)
        if title is not None:
            self.asked.add(title)
            if title in lost:
                return None
        sheet = here if title is None else self.book.titled(title)
        reference = a1.parse(cells or "")
        if self.book.doubts.far_indirect == "error" and sheet and reference:
            area = reference.within(sheet.row_count, sheet.column_count)
            if not sheet.whole.holds(area):
                return None
        return self.cut(here, text)

    def missed(self, sheet: Sheet, text: str) -> list[str]:
        """The tabs that a formula's INDIRECT asks for and that are not there."""
        self.asked = set()
        try:
            self.worked_out(sheet, text)
        except Unreckoned:
            return []
        return sorted(title for title in self.asked if not self.book.titled(title))

    def values(self, sheet: Sheet, rect: Rect) -> tuple[int, Array]:
        rows: list[list[Value]] = [[None] * rect.width for _ in range(rect.height)]
        for row, column, value in self.filled(sheet, rect):
            rows[row - rect.top][column - rect.left] = value
        return rect.top + 1, rows

    def filled(self, sheet: Sheet, rect: Rect) -> Iterator[tuple[int, int, Value]]:
        """(row, column, value) of every cell of a rectangle that shows anything."""
        for row, column, cell in sheet.filled(rect):
            if "userEnteredValue" in cell:
                yield row, column, self.of(sheet, row, column)
        for (row, column), value in self.spilled(sheet, rect).items():
            yield row, column, value


def lose(book: Spreadsheet) -> None:
    """Marks the formulas whose INDIRECT found no tab: they do not look for it again."""
    results = Results(book)
    for sheet in book.sheets:
        for row, column, cell in list(sheet.filled(sheet.whole)):
            entered = cell.get("userEnteredValue", {})
            if "INDIRECT(" in formula_of(cell).upper() and LOST not in entered:
                lost = results.missed(sheet, entered["formulaValue"])
                sheet.put(row, column, {**cell, "userEnteredValue": {**entered, LOST: lost}})


def scalar(value: Value) -> Scalar | None:
    """A value as an answer gives it: of an error its name."""
    return value.code if isinstance(value, Error) else value


def entered_value(cell: Json) -> Scalar | None:
    """What was typed: a formula as its text."""
    return next(iter(cell.get("userEnteredValue", {}).values()), None)


def formula_of(cell: Json) -> str:
    return str(cell.get("userEnteredValue", {}).get("formulaValue", ""))


def link(formula: str) -> str | None:
    """The address that a HYPERLINK formula leads to."""
    match = HYPERLINK.fullmatch(formula)
    return match[1].replace('""', '"') if match else None
