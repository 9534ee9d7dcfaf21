"""What a formula comes to: a small part of what Sheets can reckon, and 501 for the rest.

Source: https://support.google.com/docs/table/25273 (the functions, one page each).
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from tests.sheets_emulator import a1
from tests.sheets_emulator.date_formats import EPOCH
from tests.sheets_emulator.formula_syntax import Cells, Literal, Node
from tests.sheets_emulator.formula_values import (
    NO_SUCH_CELLS,
    NOT_THERE,
    Array,
    Error,
    Index,
    Result,
    Value,
    as_array,
    as_text,
    at,
    failing,
    fits,
    flat,
    number,
    numbers,
    order,
)

Found = tuple[int, Array]  # the first row, from 1, and what is in them
Cut = Callable[[str], Found | None]  # of a reference's text


class Unreckoned(Exception):  # noqa: N818
    """Something that Sheets can reckon and the emulator cannot."""


class Calculation:
    """One formula's; `cut` gives the cells of a reference, None where there are no such.

    `indirect` does it for INDIRECT; `now` is a serial number in the spreadsheet's time zone.
    """

    def __init__(self, cut: Cut, indirect: Cut, now: float) -> None:
        self.cut = cut
        self.cut_indirectly = indirect
        self.now = now
        self.spreads = False  # inside ARRAYFORMULA

    def result(self, node: Node) -> Result:
        """A tree's value or array."""
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Cells):
            return values(self.cut(node.text))
        if node.name in SPECIAL:
            return SPECIAL[node.name](self, *node.arguments)
        arguments = [self.result(each) for each in node.arguments]
        if node.name in OF_ARRAYS:
            return OF_ARRAYS[node.name](*arguments)
        if node.name in OF_VALUES:
            return self.each(OF_VALUES[node.name], arguments)
        raise Unreckoned(f"the function {node.name}")

    def each(self, function: Callable[..., Value], arguments: Sequence[Result]) -> Result:
        """A function of values, for every place of the arrays among its arguments."""
        if not any(isinstance(each, Sequence) and not isinstance(each, str) for each in arguments):
            return function(*arguments)
        if not self.spreads:
            raise Unreckoned("an array outside ARRAYFORMULA where one value is wanted")
        arrays = [as_array(each) for each in arguments]
        height, width = max(map(len, arrays)), max(len(each[0]) for each in arrays)
        return [
            [function(*(at(each, row, column) for each in arrays)) for column in range(width)]
            for row in range(height)
        ]

    def array_formula(self, node: Node) -> Result:
        self.spreads = True
        return self.result(node)

    def row(self, node: Node) -> Result:
        found = self.cut(node.text) if isinstance(node, Cells) else None
        if found is None:
            return NO_SUCH_CELLS
        first, array = found
        rows = [[float(first + place)] for place in range(len(array))]
        return rows if len(rows) > 1 else rows[0][0]

    def indirect(self, node: Node) -> Result:
        return values(self.cut_indirectly(as_text(self.result(node))))  # type: ignore[arg-type]

    def vlookup(self, key: Node, table: Node, index: Node, is_sorted: Node | None = None) -> Result:
        if is_sorted is None or self.result(is_sorted) is not False:
            raise Unreckoned("VLOOKUP in a sorted range")
        array, place = self.result(table), self.result(index)
        if isinstance(array, Error) or isinstance(place, Error):
            return array if isinstance(array, Error) else place
        rows = as_array(array)
        by_key = Index(row[0] for row in rows)
        column = int(number(place)) - 1  # type: ignore[arg-type]

        def found(wanted: Value) -> Value:
            row = by_key.place(wanted)
            return NOT_THERE if row is None else rows[row][column]

        return self.each(found, [self.result(key)])


def values(found: Found | None) -> Result:
    if found is None:
        return NO_SUCH_CELLS
    array = found[1]
    return array[0][0] if len(array) == 1 and len(array[0]) == 1 else array


def match(key: Result, cells: Result, kind: Result = 1.0) -> Value:
    if kind not in (0, False):
        raise Unreckoned("MATCH in a sorted range")
    place = Index(iter(flat(cells))).place(key)  # type: ignore[arg-type]
    return NOT_THERE if place is None else float(place + 1)


def index(cells: Result, row: Result = 0.0, column: Result = 0.0) -> Result:
    """A cell of an array; all of them in a direction whose place is 0."""
    if isinstance(cells, Error) or isinstance(row, Error) or isinstance(column, Error):
        return next(each for each in (cells, row, column) if isinstance(each, Error))
    down, across = int(number(row)), int(number(column))  # type: ignore[arg-type]
    rows = as_array(cells)[down - 1 : down] if down else as_array(cells)
    picked = [line[across - 1 : across] if across else line for line in rows]
    return picked[0][0] if down and across else picked


def count_ifs(*pairs: Result) -> Value:
    """How many places meet every condition; only equality is emulated."""
    columns = [
        (flat(cells), as_text(wanted)) for cells, wanted in zip(*[iter(pairs)] * 2, strict=True)
    ]
    if any(re.match(r"[<>=]", wanted) for _, wanted in columns):
        raise Unreckoned("COUNTIFS with comparisons")
    rows = zip(*(cells for cells, _ in columns), strict=True)
    tests = [wanted for _, wanted in columns]
    return float(
        sum(
            all(fits(as_text(cell), test) for cell, test in zip(row, tests, strict=True))
            for row in rows
        )
    )


def if_(test: Value, then: Value, other: Value = False) -> Value:
    if isinstance(test, Error):
        return test
    return then if number(test) else other


def address(row: Value, column: Value, kind: Value = 1.0) -> Value:
    """Only without signs that hold fast, as "F1"."""
    if kind != 4:
        raise Unreckoned("ADDRESS with dollar signs")
    return a1.cell_name(int(number(row)) - 1, int(number(column)) - 1)


def date_of(year: Value, month: Value, day: Value) -> Value:
    """A serial number; a month or a day too many goes on in the next."""
    months = int(number(year)) * 12 + int(number(month)) - 1
    first = datetime(months // 12, months % 12 + 1, 1)
    return float((first - EPOCH).days + int(number(day)) - 1)


def clock(hour: Value, minute: Value, second: Value) -> Value:
    """The part of a day; whole days are left out."""
    seconds = number(hour) * 3600 + number(minute) * 60 + number(second)
    return (seconds % 86400) / 86400


def regexp_text(value: Value) -> str:
    """Text for a regular expression, which takes no numbers: then #VALUE!."""
    if value is not None and not isinstance(value, str):
        raise ValueError(value)
    return value or ""


def extracted(text: str, shape: str) -> Value:
    """What the first group of a regular expression matches."""
    found = re.search(shape, text)
    return found[found.re.groups and 1] if found else NOT_THERE


def of_all(function: Callable[..., Value]) -> Callable[..., Value]:
    """A function of all cells of its arguments; an error among them is passed on."""
    careful = failing(function)
    return lambda *cells: careful(*flat(*cells))


SPECIAL: dict[str, Callable[..., Result]] = {
    "ARRAYFORMULA": Calculation.array_formula,
    "ROW": Calculation.row,
    "NOW": lambda calculation: calculation.now,
    "INDIRECT": Calculation.indirect,
    "VLOOKUP": Calculation.vlookup,
}
OF_ARRAYS: dict[str, Callable[..., Result]] = {
    "MATCH": match,
    "INDEX": index,
    "COUNTIFS": count_ifs,
    "MAX": of_all(lambda *cells: max(numbers(cells), default=0.0)),
    "MIN": of_all(lambda *cells: min(numbers(cells), default=0.0)),
    "SUM": of_all(lambda *cells: sum(numbers(cells))),
    "AND": of_all(lambda *tests: all(number(each) for each in tests)),
    "OR": of_all(lambda *tests: any(number(each) for each in tests)),
}
OF_VALUES: dict[str, Callable[..., Value]] = {
    "IF": if_,
    "IFERROR": lambda value, other=None: other if isinstance(value, Error) else value,
    "ISNUMBER": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "NOT": failing(lambda test: not number(test)),
    "N": lambda value: float(value) if isinstance(value, int | float) else 0.0,
    "ADDRESS": failing(address),
    "DATE": failing(date_of),
    "TIME": failing(clock),
    "REGEXMATCH": failing(lambda text, shape: bool(re.search(as_text(shape), regexp_text(text)))),
    "REGEXEXTRACT": failing(lambda text, shape: extracted(regexp_text(text), as_text(shape))),
    "HYPERLINK": failing(lambda address, label=None: address if label is None else label),
    "LEN": failing(lambda text: float(len(as_text(text)))),
    "TRIM": failing(lambda text: re.sub(" +", " ", as_text(text).strip(" "))),
    "SUBSTITUTE": failing(lambda text, old, new: as_text(text).replace(as_text(old), as_text(new))),
    "&": failing(lambda one, other: as_text(one) + as_text(other)),
    "+": failing(lambda one, other: number(one) + number(other)),
    "-": failing(lambda one, other: number(one) - number(other)),
    "*": failing(lambda one, other: number(one) * number(other)),
    "/": failing(lambda one, other: number(one) / number(other)),
    "^": failing(lambda one, other: number(one) ** number(other)),
    "=": failing(lambda one, other: order(one, other) == 0),
    "<>": failing(lambda one, other: order(one, other) != 0),
    "<": failing(lambda one, other: order(one, other) < 0),
    ">": failing(lambda one, other: order(one, other) > 0),
    "<=": failing(lambda one, other: order(one, other) <= 0),
    ">=": failing(lambda one, other: order(one, other) >= 0),
}
