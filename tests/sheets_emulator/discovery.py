"""Google's own description of the Sheets API: its methods, their paths, and every message.

It ships with google-api-python-client (`googleapiclient/discovery_cache/documents/`). What the
description leaves out of the protocol buffers behind it is listed here: which fields exclude one
another, what the enums are called, and which scalar fields keep their zero in answers.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import googleapiclient

Json = dict[str, Any]

DOCUMENT: Json = json.loads(
    (Path(googleapiclient.__file__).parent / "discovery_cache/documents/sheets.v4.json").read_text(
        encoding="utf-8"
    )
)
SCHEMAS: dict[str, Json] = DOCUMENT["schemas"]
PACKAGE = "type.googleapis.com/google.apps.sheets.v4."

# Where the request message holds the HTTP body; elsewhere the body is the message itself.
BODY_FIELD = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
}

Oneof = tuple[str, frozenset[str]]  # its name and its fields

ONEOFS: dict[str, list[Oneof]] = {
    "Request": [("kind", frozenset(SCHEMAS["Request"]["properties"]))],
    "ExtendedValue": [("value", frozenset(SCHEMAS["ExtendedValue"]["properties"]))],
    "ColorStyle": [("kind", frozenset({"rgbColor", "themeColor"}))],
    "ConditionalFormatRule": [("rule", frozenset({"booleanRule", "gradientRule"}))],
    "ConditionValue": [("value", frozenset({"relativeDate", "userEnteredValue"}))],
    "UpdateCellsRequest": [("area", frozenset({"start", "range"}))],
    "UpdateConditionalFormatRuleRequest": [("instruction", frozenset({"rule", "newIndex"}))],
    "EmbeddedObjectPosition": [("location", frozenset({"sheetId", "overlayPosition", "newSheet"}))],
    "FindReplaceRequest": [("scope", frozenset({"range", "sheetId", "allSheets"}))],
    "DataFilter": [("filter", frozenset(SCHEMAS["DataFilter"]["properties"]))],
    "FilterSpec": [("reference", frozenset({"columnIndex", "dataSourceColumnReference"}))],
    "SortSpec": [("reference", frozenset({"dimensionIndex", "dataSourceColumnReference"}))],
    "TextRotation": [("type", frozenset({"angle", "vertical"}))],
    "AutoFillRequest": [("area", frozenset({"range", "sourceAndDestination"}))],
    "PivotTable": [("source_data", frozenset({"source", "dataSourceId"}))],
    "DeveloperMetadataLocation": [
        ("location", frozenset({"spreadsheet", "sheetId", "dimensionRange"}))
    ],
    "UpdateDimensionPropertiesRequest": [
        ("dimension_range", frozenset({"range", "dataSourceSheetRange"}))
    ],
    "ChartSpec": [
        (
            "chart",
            frozenset(
                name for name in SCHEMAS["ChartSpec"]["properties"] if name.endswith("Chart")
            ),
        )
    ],
}

# Scalars whose presence the API tracks: they are answered though they are zero, false or empty.
TRACKED = {
    "ExtendedValue": frozenset(SCHEMAS["ExtendedValue"]["properties"]),
    "TextFormat": frozenset(SCHEMAS["TextFormat"]["properties"]),
    "ConditionValue": frozenset({"userEnteredValue"}),
    "GridRange": frozenset(SCHEMAS["GridRange"]["properties"]) - {"sheetId"},
    "DimensionRange": frozenset({"startIndex", "endIndex"}),
    "SheetProperties": frozenset({"sheetId", "index"}),
    "CellData": frozenset({"formattedValue"}),
    "UpdateConditionalFormatRuleResponse": frozenset({"oldIndex", "newIndex"}),
}

# Enums that are messages of their own; the others are called after their field.
ENUM_NAMES = {
    "majorDimension": "Dimension",
    "dimension": "Dimension",
    "shiftDimension": "Dimension",
    "valueInputOption": "ValueInputOption",
    "valueRenderOption": "ValueRenderOption",
    "responseValueRenderOption": "ValueRenderOption",
    "dateTimeRenderOption": "DateTimeRenderOption",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
    "insertDataOption": "AppendValuesRequest.InsertDataOption",
    "sheetType": "SheetType",
    "sortOrder": "SortOrder",
    "pasteType": "PasteType",
    "pasteOrientation": "PasteOrientation",
    "mergeType": "MergeCellsRequest.MergeType",
    "horizontalAlignment": "HorizontalAlign",
    "verticalAlignment": "VerticalAlign",
    "BooleanCondition.type": "ConditionType",
    "NumberFormat.type": "NumberFormat.NumberFormatType",
}


def message_name(schema: str) -> str:
    """The full name of a message, which the description does not give."""
    return PACKAGE + {"Request": "BatchUpdateSpreadsheetRequest.Request"}.get(schema, schema)


def enum_name(owner: str, field: str) -> str:
    """The full name of the enum of a message's field."""
    by_field = f"{owner}.{field[0].upper()}{field[1:]}" if owner else field
    return PACKAGE + ENUM_NAMES.get(f"{owner}.{field}", ENUM_NAMES.get(field, by_field))


@dataclass(frozen=True)
class Method:
    """One method of the API."""

    id: str
    verb: str
    path: re.Pattern[str]
    parameters: Json
    request: str | None
    response: str

    @property
    def kind(self) -> str:
        """Its name as people say it: `spreadsheets.values.batchGet`."""
        return self.id.removeprefix("sheets.")

    @property
    def body_field(self) -> str:
        """Where error messages place the body."""
        return BODY_FIELD.get(self.id, "")


@cache
def methods() -> list[Method]:
    """Every method, the paths that say most first (`…:append` before `…`)."""
    found: list[Method] = []
    resources = [DOCUMENT]
    while resources:
        resource = resources.pop()
        resources += resource.get("resources", {}).values()
        found += [method(entry) for entry in resource.get("methods", {}).values()]
    return sorted(found, key=lambda each: -len(each.path.pattern))


def method(entry: Json) -> Method:
    """A method from its entry in the description."""
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", entry["flatPath"])
    return Method(
        entry["id"],
        entry["httpMethod"],
        re.compile(pattern),
        entry["parameters"],
        entry.get("request", {}).get("$ref"),
        entry["response"]["$ref"],
    )


def route(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that answers `verb` at a percent-encoded path, and what the path says."""
    for each in methods():
        match = each.path.fullmatch(path.lstrip("/"))
        if match and each.verb == verb:
            return each, {name: unquote(text) for name, text in match.groupdict().items()}
    return None
