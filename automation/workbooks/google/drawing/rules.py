"""Conditional formats, drop-downs and date cells of a `Sheet` in the shapes of the Sheets API."""

import re
from typing import Any

from automation.core.drawing import LOOKS, Choice, Moment
from automation.workbooks.google.drawing.shapes import cell_format, localised
from automation.workbooks.google.settings import Answers

# Where Sheets leaves `23/11/2026 08.15` and `08.15` as text, they are read from it: RE2, without
# commas, which part arguments.
MARK = "[-/.]"
DAY, CLOCK = rf"\d\d?{MARK}\d\d?{MARK}\d{{4}}", r"\d\d?[.:]\d\d"
TYPED = {"datetime": f"^ *{DAY}( +{CLOCK})? *$", "time": f"^ *{CLOCK} *$"}
YEAR, MONTH, DAY_OF_MONTH = rf"{MARK}(\d{{4}})", rf"{MARK}(\d\d?){MARK}", rf"^ *(\d\d?){MARK}"
HOUR, MINUTE = r" (\d\d?)[.:]", r" \d\d?[.:](\d\d)"
DOTTED = re.compile(r"\b(\d\d)\.(\d\d)\b")
NUMBER_OF = re.compile(r"\bN\((\$?[A-Z]+\$?\d+)\)")
NOT_IN_LIST = "Pilih salah satu isian dari daftar."
NOT_A_MOMENT = "Isi tanggal dan jam, contoh 23/11/2026 08.15."


def format_rule(ranges: list[dict[str, int]], formula: str, look: str) -> dict[str, Any]:
    """ConditionalFormatRule: `look` where `formula` holds, seen from the first range's first cell.

    `ranges` are GridRanges.
    """
    shown = cell_format(LOOKS[look])
    kept = ("backgroundColorStyle", "textFormat")  # all that a conditional format may change
    return {
        "ranges": ranges,
        "booleanRule": {
            "condition": {
                "type": "CUSTOM_FORMULA",
                "values": [{"userEnteredValue": localised(NUMBER_OF.sub(_read_moment, formula))}],
            },
            "format": {name: shown[name] for name in kept if shown.get(name)},
        },
    }


def _read_moment(number: re.Match[str]) -> str:
    """The serial number of a moment in a cell, also where it was typed and stayed text; else 0."""
    cell = number[1]
    parts = (YEAR, MONTH, DAY_OF_MONTH, HOUR, MINUTE)
    year, month, day, hour, minute = (f'REGEXEXTRACT({cell},"{part}")' for part in parts)
    text = f"DATE({year},{month},{day})+TIME({hour},{minute},0)"
    return f"IF(ISNUMBER({cell}),{cell},IFERROR({text},0))"


def choice_rule(choice: Choice) -> dict[str, Any]:
    """DataValidationRule of a drop-down."""
    if choice.words:
        condition = {
            "type": "ONE_OF_LIST",
            "values": [{"userEnteredValue": word} for word in choice.words],
        }
    else:
        condition = {
            "type": "ONE_OF_RANGE",
            "values": [{"userEnteredValue": f"={choice.source}"}],
        }
    return {
        "condition": condition,
        "inputMessage": choice.hint or NOT_IN_LIST,
        "strict": False,
        "showCustomUi": True,
    }


def moment_rule(moment: Moment, cell: str, answers: Answers) -> dict[str, Any]:
    """DataValidationRule of dates or times from `cell` down. Other text is only warned about.

    Where it is known that Sheets reads what staff type, its own rule is used, with a calendar;
    where it is known that only a colon is read, the hint has one.
    """
    hint = moment.hint or NOT_A_MOMENT
    if (answers.dotted_times, answers.coloned_times) == ("text", "dates"):
        hint = DOTTED.sub(r"\1:\2", hint)
    condition: dict[str, Any] = {"type": "DATE_IS_VALID"}
    if moment.kind == "time" or (moment.kind in TYPED and answers.dotted_times != "dates"):
        number = f"AND({cell}>=0,{cell}<=1)" if moment.kind == "time" else "TRUE"
        typed = f'REGEXMATCH({cell},"{TYPED[moment.kind]}")'
        formula = f"IF(ISNUMBER({cell}),{number},{typed})"
        condition = {
            "type": "CUSTOM_FORMULA",
            "values": [{"userEnteredValue": localised(formula)}],
        }
    return {
        "condition": condition,
        "inputMessage": hint,
        "strict": False,
    }
