"""Our conditional formats among those of staff: told apart by their colours.

A rule has no id, and its formula and range change when columns and rows are moved. Its colours do
not, and nobody picks exactly ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from automation.workbooks.google.wire.connection import Request

Paint = tuple[int, ...]


def colour_requests(
    sheet_id: int, there: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]
) -> Iterator[Request]:
    """Puts `wanted` before staff's own rules, in place of ours; nothing where they stand already.

    `there` and `wanted` are ConditionalFormatRules.
    """
    paints = {_paint(rule) for rule in wanted}
    ours = [index for index, rule in enumerate(there) if _paint(rule) in paints]
    if [_meaning(there[index]) for index in ours] == [_meaning(rule) for rule in wanted]:
        return
    for index in reversed(ours):
        yield {"deleteConditionalFormatRule": {"sheetId": sheet_id, "index": index}}
    for index, rule in enumerate(wanted):
        yield {"addConditionalFormatRule": {"index": index, "rule": rule}}


def _paint(rule: Mapping[str, Any]) -> Paint:
    """Fill and text colour, in bytes."""
    shown = rule.get("booleanRule", {}).get("format", {})
    return *_rgb(shown, "backgroundColor"), *_rgb(shown.get("textFormat", {}), "foregroundColor")


def _rgb(shown: Mapping[str, Any], name: str) -> Paint:
    rgb = shown.get(f"{name}Style", {}).get("rgbColor", shown.get(name, {}))
    return tuple(round(rgb.get(part, 0) * 255) for part in ("red", "green", "blue"))


def _meaning(rule: Mapping[str, Any]) -> tuple[object, ...]:
    """What a rule says; the last row of its ranges grows with the tab and does not count."""
    condition = rule.get("booleanRule", {}).get("condition", {})
    formulas = [each.get("userEnteredValue", "") for each in condition.get("values", ())]
    ranges = [
        tuple(each.get(name, 0) for name in ("startRowIndex", "startColumnIndex", "endColumnIndex"))
        for each in rule.get("ranges", ())
    ]
    return [formula.replace(",", ";") for formula in formulas], ranges, _paint(rule)
