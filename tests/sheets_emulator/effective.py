"""What a cell comes to: the value behind what was entered.

Formulas are kept, not calculated. Only what needs no spreadsheet is worked out (a literal,
arithmetic on numbers, the label of a HYPERLINK). For all others a test supplies the values, see
`Emulator.formula_values`; where it does not, asking for the value is answered 501 UNIMPLEMENTED
rather than with a guess.
"""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sheets_emulator.a1 import cell_name
from tests.sheets_emulator.errors import unimplemented
from tests.sheets_emulator.formatting import Scalar
from tests.sheets_emulator.model import Sheet

Json = dict[str, Any]

HYPERLINK = re.compile(r'=HYPERLINK\("((?:[^"]|"")*)"\s*[;,]\s*"((?:[^"]|"")*)"\)', re.IGNORECASE)
TEXT = re.compile(r'="((?:[^"]|"")*)"')
ARITHMETIC = re.compile(r"=[\d.+\-*/() ]+")
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class FormulaCell:
    """Where a formula stands, for whoever supplies its value."""

    sheet: str
    cell: str  # as `B3`
    formula: str


FormulaValues = Callable[[FormulaCell], Scalar | None]


def no_values(cell: FormulaCell) -> Scalar | None:
    """Supplies nothing: the default."""
    return None


@dataclass(frozen=True)
class Values:
    """The values of one tab's cells, with a supply for those of its formulas."""

    sheet: Sheet
    supply: FormulaValues = no_values

    def of(self, row: int, column: int, cell: Json) -> Scalar | None:
        """The cell's value; None for a blank one."""
        value = cell.get("userEnteredValue", {})
        if "formulaValue" in value:
            return self.calculated(row, column, value["formulaValue"])
        return next(iter(value.values()), None)

    def calculated(self, row: int, column: int, formula: str) -> Scalar:
        """A formula's value: trivial, supplied, or refused."""
        result = trivial(formula)
        if result is None:
            place = cell_name(row, column)
            result = self.supply(FormulaCell(self.sheet.title, place, formula))
        if result is None:
            raise unimplemented(
                f"the value of {self.sheet.title}!{cell_name(row, column)} is asked for, and "
                f"formulas are not calculated: {formula} (supply it with formula_values)"
            )
        return result


def entered_value(cell: Json) -> Scalar | None:
    """What was typed: a formula as its text."""
    return next(iter(cell.get("userEnteredValue", {}).values()), None)


def trivial(formula: str) -> Scalar | None:
    """The value of a formula that needs no spreadsheet, None of any other."""
    if formula.upper() in ("=TRUE", "=FALSE", "=TRUE()", "=FALSE()"):
        return formula.upper().startswith("=TRUE")
    text = TEXT.fullmatch(formula)
    if text:
        return text[1].replace('""', '"')
    link = HYPERLINK.fullmatch(formula)
    if link:
        return link[2].replace('""', '"')
    if ARITHMETIC.fullmatch(formula):
        return arithmetic(formula[1:].strip())
    return None


def arithmetic(text: str) -> float | None:
    """The result of `1+2*3`; None if it is not one."""
    try:
        return reckoned(ast.parse(text, mode="eval").body)
    except (SyntaxError, ZeroDivisionError, KeyError, TypeError):
        return None


def reckoned(node: ast.expr) -> float:
    """A number or two of them with a sign between."""
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](reckoned(node.left), reckoned(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -reckoned(node.operand)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    raise TypeError(node)


def link(formula: str) -> str | None:
    """The address that a HYPERLINK formula leads to."""
    match = HYPERLINK.fullmatch(formula)
    return match[1].replace('""', '"') if match else None
