"""What rules, merges, groups and metadata may be: from public reports of what Google answered."""

from typing import Any

import pytest

from tests.sheets_emulator.clients import Bare, message

Json = dict[str, Any]

FOUR = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 4}
AREA = {"sheetId": 0, **FOUR}
MIN, MAX = {"type": "MIN", "color": {"red": 1}}, {"type": "MAX", "color": {"blue": 1}}


def condition(kind: str, *values: str) -> Json:
    """A BooleanCondition."""
    return {"type": kind, "values": [{"userEnteredValue": value} for value in values]}


def conditional(asked: Json) -> Json:
    """A request for a conditional format."""
    format_ = {"textFormat": {"bold": True}}
    rule = {"ranges": [AREA], "booleanRule": {"condition": asked, "format": format_}}
    return {"addConditionalFormatRule": {"rule": rule}}


def validated(asked: Json) -> Json:
    """A request for a validation rule."""
    return {"setDataValidation": {"range": AREA, "rule": {"condition": asked}}}


def scale(minpoint: Json) -> Json:
    """A request for a colour scale."""
    rule = {"ranges": [AREA], "gradientRule": {"minpoint": minpoint, "maxpoint": MAX}}
    return {"addConditionalFormatRule": {"rule": rule}}


def locale(api: Bare, name: str) -> None:
    """Sets the spreadsheet's locale."""
    change = {"properties": {"locale": name}, "fields": "locale"}
    assert api.batch({"updateSpreadsheetProperties": change})[0] == 200


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (
            conditional(condition("ONE_OF_LIST", "a")),
            "ConditionType 'ONE_OF_LIST' is not supported in conditional formats.",
        ),
        (
            conditional(condition("DATE_ON_OR_AFTER", "1")),
            "ConditionType 'DATE_ON_OR_AFTER' is not supported in conditional formats.",
        ),
        (
            validated(condition("NOT_BLANK")),
            "ConditionType 'NOT_BLANK' is not supported in data validation.",
        ),
        (
            validated(condition("ONE_OF_RANGE", "Sheet1!A2:A5")),
            "Invalid ConditionValue.userEnteredValue: Sheet1!A2:A5 for ConditionType: ONE_OF_RANGE",
        ),
        (
            validated(condition("ONE_OF_RANGE", "=Lain!A2:A5")),
            "Invalid ConditionValue.userEnteredValue: =Lain!A2:A5 for ConditionType: ONE_OF_RANGE",
        ),
        (
            conditional(condition("CUSTOM_FORMULA", "=Lain!A1>0")),
            "Conditional format rule cannot reference a different sheet.",
        ),
        (
            conditional(condition("NUMBER_BETWEEN", "1")),
            "ConditionType 'NUMBER_BETWEEN' requires exactly two ConditionValues.",
        ),
        (
            {"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0}}},
            "DimensionRange must specify both a startIndex and an endIndex.",
        ),
        (
            {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": -1, "endIndex": 2}}},
            "DimensionRange indexes must be >= 0",
        ),
        (
            {"addNamedRange": {"namedRange": {"name": "dua kata", "range": AREA}}},
            "The name given to this range is invalid.",
        ),
        (
            {"updateCells": {"start": {"rowIndex": 1000}, "fields": "note"}},
            "GridCoordinate.rowIndex[1000] is after last row in grid[999]",
        ),
        (
            {"updateCells": {"start": {"columnIndex": 26}, "fields": "note"}},
            "GridCoordinate.columnIndex[26] is after last column in grid[25]",
        ),
        (
            {"addSheet": {"properties": {"gridProperties": {"rowCount": 1, "columnCount": 18279}}}},
            "This action would increase the number of columns in the sheet above the limit of "
            "18278 columns.",
        ),
    ],
)
def test_what_google_was_reported_to_refuse_is_refused(
    api: Bare, request_: Json, told: str
) -> None:
    kind = next(iter(request_))
    assert message(api.batch(request_)) == f"Invalid requests[0].{kind}: {told}"


def test_a_formula_is_parted_as_in_the_locale(api: Bare) -> None:
    """Reports from locales that write a decimal comma: `Invalid ConditionValue.userEnteredValue`."""
    comma = conditional(condition("CUSTOM_FORMULA", "=LT($D2,median($D$2:$D$11))"))
    assert api.batch(comma)[0] == 200
    locale(api, "in_ID")
    assert message(api.batch(comma)).endswith(
        "Invalid ConditionValue.userEnteredValue: =LT($D2,median($D$2:$D$11))"
    )
    for formula in ("=LT($D2;median($D$2:$D$11))", "=$A2>0,5", "=IF(A1>0,5;TRUE;FALSE)"):
        assert api.batch(conditional(condition("CUSTOM_FORMULA", formula)))[0] == 200


def test_a_conditional_format_knows_no_named_ranges(api: Bare) -> None:
    """A report of "Invalid ConditionValue", and why people write INDIRECT("name")."""
    named = {"addNamedRange": {"namedRange": {"name": "batas", "range": AREA}}}
    refused = conditional(condition("CUSTOM_FORMULA", "=A1>Batas"))
    assert message(api.batch(named, refused)).endswith(
        "Invalid ConditionValue.userEnteredValue: =A1>Batas"
    )
    taken = conditional(condition("CUSTOM_FORMULA", '=A1>INDIRECT("batas")'))
    assert api.batch(named, taken)[0] == 200


def test_a_colour_scale_keeps_only_the_values_it_uses(api: Bare) -> None:
    """mmedum/google-sheets-mcp, spike S: also a decimal point in a locale with a comma."""
    api.batch(scale({**MIN, "value": "2"}))
    rule = api.get()["sheets"][0]["conditionalFormats"][0]
    assert "value" not in rule["gradientRule"]["minpoint"]
    locale(api, "de_DE")
    number = {"type": "NUMBER", "color": {"red": 1}}
    assert message(api.batch(scale({**number, "value": "1.5"}))).endswith(
        "addConditionalFormatRule: Invalid InterpolationPoint.value: 1.5"
    )
    assert api.batch(scale({**number, "value": "1,5"}))[0] == 200


def test_an_update_of_a_rule_tells_what_changed(api: Bare) -> None:
    """UpdateConditionalFormatRuleResponse: no oldIndex of a replaced rule, no oldRule of a moved."""
    blank, full = (conditional(condition(kind)) for kind in ("BLANK", "NOT_BLANK"))
    new = full["addConditionalFormatRule"]["rule"]
    replace = {"updateConditionalFormatRule": {"rule": new, "index": 0}}
    move = {"updateConditionalFormatRule": {"sheetId": 0, "index": 1, "newIndex": 0}}
    _, answer = api.batch(blank, blank, replace, move)
    replaced, moved = (each["updateConditionalFormatRule"] for each in answer["replies"][2:])
    assert replaced.keys() == {"oldRule", "newIndex", "newRule"}
    assert moved.keys() == {"oldIndex", "newIndex", "newRule"}


def test_merges_stay_on_one_side_of_what_is_frozen_or_filtered(api: Bare) -> None:
    freeze = {"properties": {"gridProperties": {"frozenColumnCount": 1}}}
    freeze["fields"] = "gridProperties.frozenColumnCount"  # type: ignore[assignment]
    frozen, merge = {"updateSheetProperties": freeze}, {"mergeCells": {"range": AREA}}
    assert message(api.batch(frozen, merge)) == (
        "Invalid requests[1].mergeCells: You can't merge frozen and non-frozen columns."
    )
    assert message(api.batch(merge, frozen)).endswith(
        "Sorry, you can't freeze columns which contain only part of a merged cell. Try to break "
        "apart merged cells or freeze more columns to include the complete merged cells."
    )
    filtered = {"setBasicFilter": {"filter": {"range": {**AREA, "endRowIndex": 2}}}}
    assert message(api.batch(filtered, merge)).endswith(
        "You can't merge cells that cross the borders of an existing filter."
    )
    filtered = {"setBasicFilter": {"filter": {"range": AREA}}}
    assert message(api.batch(filtered, merge)).endswith(
        "You can't vertically merge cells that intersect an existing filter."
    )


def test_groups_nest_as_they_are_described(api: Bare) -> None:
    """AddDimensionGroupRequest ([B:D] + [C:E]), DeleteDimensionGroupRequest (D:E of B:E and C:D)."""

    def columns(start: int, end: int) -> Json:
        return {"sheetId": 0, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}

    def groups() -> list[tuple[int, int, int]]:
        found = api.get()["sheets"][0]["columnGroups"]
        ranges = [(each["range"], each["depth"]) for each in found]
        return [(range_["startIndex"], range_["endIndex"], depth) for range_, depth in ranges]

    add = [{"addDimensionGroup": {"range": columns(*each)}} for each in ((1, 4), (2, 5))]
    api.batch(*add)
    assert groups() == [(1, 5, 1), (2, 4, 2)]
    api.batch({"deleteDimensionGroup": {"range": columns(3, 5)}})
    assert groups() == [(1, 4, 1), (2, 3, 2)]
    api.batch({"insertDimension": {"range": columns(0, 2)}})
    assert groups() == [(3, 6, 1), (4, 5, 2)]


METADATA = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"metadataKey": ""}, "Developer metadata must always have a key specified."),
        ({"visibility": None}, "Developer metadata must always have visibility specified."),
        ({"location": None}, "Developer metadata must always have a location specified."),
        (
            {"location": {"dimensionRange": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}}},
            "DimensionRange must represent a single row or column.",
        ),
        (
            {"location": {"dimensionRange": {"dimension": "ROWS"}}},
            "DimensionRange must specify both a startIndex and an endIndex.",
        ),
    ],
)
def test_metadata_has_a_key_a_visibility_and_one_place(api: Bare, change: Json, told: str) -> None:
    """mmedum/google-sheets-mcp, spike K"""
    create = {"createDeveloperMetadata": {"developerMetadata": {**METADATA, **change}}}
    assert message(api.batch(create)) == f"Invalid requests[0].createDeveloperMetadata: {told}"


def test_metadata_follows_its_row_and_goes_with_it(api: Bare) -> None:
    """Spike K: row 3, two inserted above, one deleted, moved, sorted with its values."""
    api.update("A1", [["c"], ["b"], ["a"]])

    def rows(start: int, end: int) -> Json:
        return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}

    def place() -> list[int]:
        data = api.get(fields="sheets.data.rowMetadata")["sheets"][0]["data"][0]
        return [i for i, row in enumerate(data["rowMetadata"]) if "developerMetadata" in row]

    anchored = {**METADATA, "location": {"dimensionRange": rows(2, 3)}}
    api.batch({"createDeveloperMetadata": {"developerMetadata": anchored}})
    assert place() == [2]
    api.batch({"insertDimension": {"range": rows(0, 2)}})
    api.batch({"deleteDimension": {"range": rows(0, 1)}})
    assert place() == [3]
    api.batch({"moveDimension": {"source": rows(3, 4), "destinationIndex": 1}})
    assert place() == [1]
    spec = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    api.batch({"sortRange": {"range": AREA, "sortSpecs": spec}})
    assert place() == [2]
    assert api.values("A3")[1]["values"] == [["a"]]
    assert api.batch({"deleteDimension": {"range": rows(2, 3)}})[1]["replies"] == [{}]
    assert place() == []


def test_metadata_is_read_where_it_lies_and_found_by_a_lookup(api: Bare) -> None:
    """Spike K: an empty lookup finds all."""
    row = {"sheetId": 4, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    places = [{"spreadsheet": True}, {"sheetId": 4}, {"dimensionRange": row}]
    api.batch(
        {"addSheet": {"properties": {"sheetId": 4}}},
        *(
            {"createDeveloperMetadata": {"developerMetadata": {**METADATA, "location": each}}}
            for each in places
        ),
    )
    found = api.get()
    assert len(found["developerMetadata"]) == len(found["sheets"][1]["developerMetadata"]) == 1
    other = {"dataFilter": {"developerMetadataLookup": {"metadataKey": "other"}}}
    _, answer = api.batch({"deleteDeveloperMetadata": other})
    assert answer["replies"] == [{"deleteDeveloperMetadata": {}}]
    every: Json = {"dataFilter": {"developerMetadataLookup": {}}}
    _, answer = api.batch({"deleteDeveloperMetadata": every})
    gone = answer["replies"][0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]
    assert [each["location"]["locationType"] for each in gone] == ["SPREADSHEET", "SHEET", "ROW"]
