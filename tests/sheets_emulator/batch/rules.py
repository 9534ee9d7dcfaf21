"""Requests about conditional format rules, which are found by their place in their tab's list."""

from typing import Any

from tests.sheets_emulator.batch.objects import placed
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.fields import with_styles
from tests.sheets_emulator.model import Sheet

Json = dict[str, Any]

FORMATS = {"backgroundColor", "backgroundColorStyle", "textFormat"}
TEXT_FORMATS = {
    "bold",
    "italic",
    "strikethrough",
    "underline",
    "foregroundColor",
    "foregroundColorStyle",
}
OTHER_FORMAT = (
    "ConditionalFormatRule.format only supports bold, italic, strikethrough, foreground color and "
    "background color."
)


def add_rule(call: Call, request: Json) -> Json:
    """addConditionalFormatRule: at the index, or at the end when there are fewer."""
    sheet, rule = checked(call, request.get("rule", {}))
    index = request.get("index", 0)
    if index < 0:
        raise Refused(f"Invalid index: {index}")
    sheet.conditional_formats.insert(index, rule)
    return {}


def update_rule(call: Call, request: Json) -> Json:
    """updateConditionalFormatRule: another rule at the index, or the same at another index."""
    index = request.get("index", 0)
    if "rule" in request:
        sheet, rule = checked(call, request["rule"])
        old = rule_at(sheet, index)
        sheet.conditional_formats[index] = rule
        return {"oldIndex": index, "oldRule": old, "newIndex": index, "newRule": rule}
    if "newIndex" not in request:
        raise Refused("Must specify either a rule or a newIndex.")
    sheet = call.book.sheet(request.get("sheetId", 0))
    old = rule_at(sheet, index)
    rule_at(sheet, request["newIndex"])
    del sheet.conditional_formats[index]
    sheet.conditional_formats.insert(request["newIndex"], old)
    return {"oldIndex": index, "oldRule": old, "newIndex": request["newIndex"], "newRule": old}


def delete_rule(call: Call, request: Json) -> Json:
    """deleteConditionalFormatRule"""
    sheet = call.book.sheet(request.get("sheetId", 0))
    index = request.get("index", 0)
    old = rule_at(sheet, index)
    del sheet.conditional_formats[index]
    return {"rule": old}


def rule_at(sheet: Sheet, index: int) -> Json:
    """The rule at an index."""
    if not 0 <= index < len(sheet.conditional_formats):
        raise Refused(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return sheet.conditional_formats[index]


def checked(call: Call, rule: Json) -> tuple[Sheet, Json]:
    """(tab, rule as it is kept); refused unless its ranges lie on one tab and its format can be."""
    if not rule.get("ranges"):
        raise Refused("ConditionalFormatRule.ranges must not be empty.")
    ranges = [placed(call, {"range": each}) for each in rule["ranges"]]
    sheets = {each["sheetId"] for each in ranges}
    if len(sheets) > 1:
        raise Refused("All ConditionalFormatRule.ranges must be on the same sheet.")
    if "booleanRule" in rule:
        check_boolean(rule["booleanRule"])
    elif "gradientRule" in rule:
        check_gradient(rule["gradientRule"])
    else:
        raise Refused("ConditionalFormatRule must have either a booleanRule or a gradientRule.")
    return call.book.sheet(sheets.pop()), {**with_styles(rule), "ranges": ranges}


def check_boolean(rule: Json) -> None:
    """Refuses a format that a conditional rule cannot give."""
    if "condition" not in rule:
        raise Refused("ConditionalFormatRule.booleanRule.condition is required.")
    format_ = rule.get("format", {})
    if format_.keys() - FORMATS or format_.get("textFormat", {}).keys() - TEXT_FORMATS:
        raise Refused(OTHER_FORMAT)


def check_gradient(rule: Json) -> None:
    """Refuses a colour scale without its ends."""
    for name in ("minpoint", "midpoint", "maxpoint"):
        point = rule.get(name, {})
        kind = point.get("type", "INTERPOLATION_POINT_TYPE_UNSPECIFIED")
        if kind == "INTERPOLATION_POINT_TYPE_UNSPECIFIED" and (point or name != "midpoint"):
            raise Refused("No interpolationPointType specified.")
        if kind in ("NUMBER", "PERCENT", "PERCENTILE") and not point.get("value"):
            raise Refused("InterpolationPoint.value is required.")


HANDLERS = {
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
}
