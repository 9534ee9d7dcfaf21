"""Conditional formats, drop-downs and date cells of a `Sheet` in the shapes of the Sheets API."""

from typing import Any

from automation.core.drawing import LOOKS, Choice, Moment
from automation.workbooks.google.drawing.shapes import cell_format, localised

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
                "values": [{"userEnteredValue": localised(formula)}],
            },
            "format": {name: shown[name] for name in kept if shown.get(name)},
        },
    }


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
        "strict": choice.strict,
        "showCustomUi": True,
    }


def moment_rule(moment: Moment) -> dict[str, Any]:
    """DataValidationRule of a date or time. Other text is only warned about."""
    condition: dict[str, Any] = {"type": "DATE_IS_VALID"}
    if moment.kind == "time":
        bounds = [{"userEnteredValue": "0"}, {"userEnteredValue": "1"}]
        condition = {"type": "NUMBER_BETWEEN", "values": bounds}
    return {
        "condition": condition,
        "inputMessage": moment.hint or NOT_A_MOMENT,
        "strict": False,
    }
