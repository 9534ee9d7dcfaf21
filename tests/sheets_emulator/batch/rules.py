"""Requests about conditional format rules, which are found by their place in their tab's list."""

from typing import Any

from tests.sheets_emulator.batch import conditions
from tests.sheets_emulator.batch.objects import placed
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.fields import with_styles
from tests.sheets_emulator.locales import LOCALES
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
UNSPECIFIED = "INTERPOLATION_POINT_TYPE_UNSPECIFIED"
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
        return {"oldRule": old, "newIndex": index, "newRule": rule}
    if "newIndex" not in request:
        raise Refused("Must specify either a rule or a newIndex.")
    sheet = call.book.sheet(request.get("sheetId", 0))
    old = rule_at(sheet, index)
    rule_at(sheet, request["newIndex"])
    del sheet.conditional_formats[index]
    sheet.conditional_formats.insert(request["newIndex"], old)
    return {"oldIndex": index, "newIndex": request["newIndex"], "newRule": old}


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
    sheet = call.book.sheet(sheets.pop())
    if "booleanRule" in rule:
        kept = {"booleanRule": boolean_kept(call, sheet, rule["booleanRule"])}
    elif "gradientRule" in rule:
        kept = {"gradientRule": gradient_kept(call, rule["gradientRule"])}
    else:
        raise Refused("ConditionalFormatRule must have either a booleanRule or a gradientRule.")
    return sheet, {"ranges": ranges, **with_styles(kept)}


def boolean_kept(call: Call, sheet: Sheet, rule: Json) -> Json:
    """A rule as it is kept; refused with a format that a conditional rule cannot give."""
    if "condition" not in rule:
        raise Refused("ConditionalFormatRule.booleanRule.condition is required.")
    format_ = rule.get("format", {})
    if format_.keys() - FORMATS or format_.get("textFormat", {}).keys() - TEXT_FORMATS:
        raise Refused(OTHER_FORMAT)
    condition = conditions.kept(rule["condition"], "conditional formats", call.book, sheet)
    return {**rule, "condition": condition}


def gradient_kept(call: Call, rule: Json) -> Json:
    """A colour scale as it is kept, its ends without the values that they do not use."""
    kept = {}
    for name in ("minpoint", "midpoint", "maxpoint"):
        if name in rule or name != "midpoint":
            kept[name] = point_kept(rule.get(name, {}), call.book.locale)
    return kept


def point_kept(point: Json, locale: str) -> Json:
    """A point of a colour scale; its value is written as in the spreadsheet's locale."""
    kind, value = point.get("type", UNSPECIFIED), point.get("value", "")
    if kind == UNSPECIFIED:
        raise Refused("No interpolationPointType specified.")
    if kind in ("MIN", "MAX"):
        return {name: part for name, part in point.items() if name != "value"}
    if not value:
        raise Refused("InterpolationPoint.value is required.")
    if LOCALES[locale].decimal == "," and "." in value and not value.startswith("="):
        raise Refused(f"Invalid InterpolationPoint.value: {value}")
    return point


HANDLERS = {
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
}
