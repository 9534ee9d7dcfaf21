"""The conditions of rules: which kinds a rule may have, with how many values, and which formulas.

Sources: the description of ConditionType, which says for each kind what supports it and how many
values it requires; refusals that users quote, such as `ConditionType 'BOOLEAN' is not supported in
conditional formats.` and `Invalid ConditionValue.userEnteredValue: =LT($D2,median($D$2:$D$11))`.
"""

import re
from typing import Any

from tests.sheets_emulator.discovery import SCHEMAS
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.formula_syntax import FormulaSyntaxError, parse
from tests.sheets_emulator.locales import LOCALES
from tests.sheets_emulator.model import Sheet, Spreadsheet
from tests.sheets_emulator.references import fixed, titles_in

Json = dict[str, Any]

UNSPECIFIED = "CONDITION_TYPE_UNSPECIFIED"
KIND = SCHEMAS["BooleanCondition"]["properties"]["type"]
TOLD = dict(zip(KIND["enum"], KIND["enumDescriptions"], strict=True))
COUNTS = {"no": 0, "a single": 1, "exactly two": 2}
WORD = re.compile(r'"(?:[^"]|"")*"|([A-Za-z_][\w.]*)(?![\w.(!])')
OTHER_SHEET = "Conditional format rule cannot reference a different sheet."


def kept(condition: Json, use: str, book: Spreadsheet, sheet: Sheet | None = None) -> Json:
    """A condition as it is kept, for `conditional formats` (of a tab) or `data validation`."""
    kind = condition.get("type", UNSPECIFIED)
    if use.removesuffix(" formats") not in supporters(kind):
        raise Refused(f"ConditionType '{kind}' is not supported in {use}.")
    values = condition.get("values", [])
    required = re.search(r"Requires (no|a single|exactly two)", TOLD[kind])
    if required and len(values) != COUNTS[required[1]]:
        raise Refused(f"ConditionType '{kind}' requires {required[1]} ConditionValues.")
    if kind == "ONE_OF_RANGE":
        values = [{"userEnteredValue": source(value, book)} for value in values]
    for value in values:
        if "relativeDate" in value and use == "data validation":
            raise Refused("Relative dates are not supported in data validation.")
        check_formula(kind, value.get("userEnteredValue", ""), book, sheet)
    return {**condition, **({"values": values} if values else {})}


def supporters(kind: str) -> str:
    """What the description says supports a kind."""
    told = re.search(r"Supported by ([^.]*)\.", TOLD[kind])
    return told[1] if told else ""


def source(value: Json, book: Spreadsheet) -> str:
    """The range of a list of values, as Google writes it down: `=Sales!$A$2:$A$5`.

    "The value must be a valid range", so that its tab must be there.
    """
    text = value.get("userEnteredValue", "")
    if not text.startswith("=") or any(book.titled(title) is None for title in titles_in(text)):
        raise Refused(
            f"Invalid ConditionValue.userEnteredValue: {text} for ConditionType: ONE_OF_RANGE"
        )
    return fixed(text)


def check_formula(kind: str, text: str, book: Spreadsheet, sheet: Sheet | None) -> None:
    """Refuses a formula that is none in the spreadsheet's locale, or that looks elsewhere."""
    formula = text.startswith(("=", "+"))
    if formula and sheet and titles_in(text) - {sheet.title.lower()}:
        raise Refused(OTHER_SHEET)
    named = sheet and words(text) & {each["name"].lower() for each in book.named_ranges}
    if kind == "CUSTOM_FORMULA" and (not formula or named or not well_parted(text, book.locale)):
        raise Refused(f"Invalid ConditionValue.userEnteredValue: {text}")


def words(formula: str) -> set[str]:
    """The words of a formula that call no function, in lower case."""
    return {match[1].lower() for match in WORD.finditer(formula) if match[1]}


def well_parted(formula: str, locale: str) -> bool:
    """False where `,` parts the arguments though it is the locale's decimal mark."""
    if LOCALES[locale].decimal != ",":
        return True
    return parses(re.sub(r"(?<=\d),(?=\d)", ".", formula), ",") or not parses(formula, ".")


def parses(formula: str, decimal: str) -> bool:
    """Is it a formula that this emulator can read?"""
    try:
        parse(formula, decimal)
    except FormulaSyntaxError:
        return False
    return True
