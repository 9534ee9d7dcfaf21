"""A request that is not of the API is refused as Google's front end words it, before any method
sees it."""

from typing import Any

import pytest

from tests.sheets_emulator.clients import Bare, message

Json = dict[str, Any]

CELL = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0}


@pytest.mark.parametrize(
    ("body", "field", "told"),
    [
        (
            {"requests": [{"addSheet": {"properties": {"foo": 1}}}]},
            "requests[0].add_sheet.properties",
            'Invalid JSON payload received. Unknown name "foo" at '
            "'requests[0].add_sheet.properties': Cannot find field.",
        ),
        (
            {"requests": [{"DeleteRange": {}}]},
            "requests[0]",
            "Invalid JSON payload received. Unknown name \"DeleteRange\" at 'requests[0]': "
            "Cannot find field.",
        ),
        (
            {"requests": ["repeatCell"]},
            "requests[0]",
            "Invalid value at 'requests[0]' (type.googleapis.com/google.apps.sheets.v4."
            'BatchUpdateSpreadsheetRequest.Request), "repeatCell"',
        ),
        (
            {"foo": 1},
            None,
            'Invalid JSON payload received. Unknown name "foo": Cannot find field.',
        ),
        (
            {"requests": [{"addSheet": {"properties": {"sheetId": "abc"}}}]},
            "requests[0].add_sheet.properties.sheet_id",
            "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), \"abc\"",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"title": 5}}}]},
            "requests[0].add_sheet.properties.title",
            "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 5",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"hidden": "often"}}}]},
            "requests[0].add_sheet.properties.hidden",
            "Invalid value at 'requests[0].add_sheet.properties.hidden' (TYPE_BOOL), \"often\"",
        ),
        (
            {"requests": [{"mergeCells": {"range": CELL, "mergeType": "ALL"}}]},
            "requests[0].merge_cells.merge_type",
            "Invalid value at 'requests[0].merge_cells.merge_type' "
            '(type.googleapis.com/google.apps.sheets.v4.MergeCellsRequest.MergeType), "ALL"',
        ),
        (
            {"requests": [{"addSheet": {}, "deleteSheet": {}}]},
            "requests[0]",
            "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. "
            "Cannot set 'deleteSheet'",
        ),
        (
            {"requests": [{"autoFill": {"range": CELL, "source_and_destination": {}}}]},
            "requests[0].auto_fill",
            "Invalid value at 'requests[0].auto_fill' (oneof), oneof field 'area' is already set. "
            "Cannot set 'source_and_destination'",
        ),
        (
            {"requests": [{"addSheet": {"properties": [1]}}]},
            "requests[0].add_sheet",
            "Invalid JSON payload received. Unknown name \"properties\" at 'requests[0].add_sheet': "
            "Proto field is not repeating, cannot start list.",
        ),
        (
            {"includeSpreadsheetInResponse": 1, "requests": []},
            "include_spreadsheet_in_response",
            "Invalid value at 'include_spreadsheet_in_response' (TYPE_BOOL), 1",
        ),
        (
            {"requests": [{"add_sheet": {"properties": {"index": 1.5}}}]},
            "requests[0].add_sheet.properties.index",
            "Invalid value at 'requests[0].add_sheet.properties.index' (TYPE_INT32), 1.5",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"index": 2**31}}}]},
            "requests[0].add_sheet.properties.index",
            "Invalid value at 'requests[0].add_sheet.properties.index' (TYPE_INT32), 2147483648",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"index": 'é"'}}}]},
            "requests[0].add_sheet.properties.index",
            'Invalid value at \'requests[0].add_sheet.properties.index\' (TYPE_INT32), "é""',
        ),
        (
            {"requests": [{"addSheet": 5}]},
            "requests[0].add_sheet",
            "Invalid value at 'requests[0].add_sheet' "
            "(type.googleapis.com/google.apps.sheets.v4.AddSheetRequest), 5",
        ),
        (
            {"requests": [{"add_sheet": {"properties": {"grid_properties": []}}}]},
            "requests[0].add_sheet.properties",
            'Invalid JSON payload received. Unknown name "grid_properties" at '
            "'requests[0].add_sheet.properties': Proto field is not repeating, cannot start list.",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"sheetId": {}}}}]},
            "requests[0].add_sheet.properties",
            "Invalid value at 'requests[0].add_sheet.properties' (sheet_id), "
            "Starting an object on a scalar field",
        ),
        (
            {"responseRanges": {}},
            None,
            "Invalid value (response_ranges), Starting an object on a scalar field",
        ),
        (
            {"requests": [{"setBasicFilter": {"filter": {"criteria": {"0": {"x": 1}}}}}]},
            "requests[0].set_basic_filter.filter.criteria[0].value",
            'Invalid JSON payload received. Unknown name "x" at '
            "'requests[0].set_basic_filter.filter.criteria[0].value': Cannot find field.",
        ),
        (
            {"requests": [{"setBasicFilter": {"filter": {"criteria": []}}}]},
            "requests[0].set_basic_filter.filter.criteria",
            "Invalid value at 'requests[0].set_basic_filter.filter.criteria' (Map), "
            "Cannot bind a list to map.",
        ),
        (
            {"requests": [{"repeatCell": {"fields": 3}}]},
            "requests[0].repeat_cell.fields",
            "Invalid value at 'requests[0].repeat_cell.fields' "
            "(type.googleapis.com/google.protobuf.FieldMask), Field 'fields', Invalid data type "
            "for field mask, value is 3",
        ),
        (
            {"requests": [{"repeatCell": {"fields": "a(b"}}]},
            "requests[0].repeat_cell.fields",
            "Invalid value at 'requests[0].repeat_cell.fields' "
            "(type.googleapis.com/google.protobuf.FieldMask), Field 'fields', Invalid FieldMask "
            "'a(b'. Cannot find matching ')' for all '('.",
        ),
    ],
)
def test_a_body_that_is_not_of_the_api_is_refused(
    api: Bare, body: Json, field: str | None, told: str
) -> None:
    """Words: proto_writer.cc and datapiece.cc of protocolbuffers/protobuf; of an object on a scalar
    field, github.com issues of the Slides, Fitness and Gmail APIs, which quote them."""
    status, answer = api.call("POST", ":batchUpdate", json=body)
    assert status == 400
    assert answer["error"]["message"] == told
    violation = {"description": told} | ({"field": field} if field else {})
    assert answer["error"]["details"] == [
        {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    ]


def test_proto_spellings_are_accepted(api: Bare) -> None:
    """Numbers as text, snake_case names, null for absent, one message for a list of one; truth as
    safe_strtob has it, enums in small letters or by number (datapiece.cc)."""
    grid = {"rowCount": 5.0, "columnCount": 3, "hideGridlines": "True"}
    properties = {"sheet_id": "12", "title": "Snake", "index": None, "grid_properties": grid}
    properties |= {"sheet_type": "grid", "rightToLeft": "0"}
    body: Json = {"requests": {"add_sheet": {"properties": properties}}}
    status, answer = api.call("POST", ":batchUpdate", json=body)
    assert status == 200, answer
    added = answer["replies"][0]["addSheet"]["properties"]
    assert (added["sheetId"], added["gridProperties"]["hideGridlines"]) == (12, True)
    body = {"requests": [None, {"deleteSheet": {"sheetId": 12}}, None]}
    assert api.call("POST", ":batchUpdate", json=body)[0] == 200


def test_all_that_is_wrong_with_a_body_is_told_at_once(api: Bare) -> None:
    """As quoted for the Fitness API: `Invalid value at …\\nInvalid value at …`."""
    properties = {"sheetId": "x", "foo": 1}
    _, answer = api.batch({"addSheet": {"properties": properties}}, {"foo": 2})
    lines = answer["error"]["message"].split("\n")
    told = answer["error"]["details"][0]["fieldViolations"]
    assert [each["description"] for each in told] == lines
    assert [each["field"] for each in told] == [
        "requests[0].add_sheet.properties.sheet_id",
        "requests[0].add_sheet.properties",
        "requests[1]",
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ('"a"', "Invalid value at 'data.values' (LIST), \"a\""),
        ('["a"]', "Invalid value at 'data.values[0]' (LIST), \"a\""),
        ('[["a"], 5]', "Invalid value at 'data.values[1]' (LIST), 5"),
        (
            '{"1": ["a"]}',
            "Invalid JSON payload received. Unknown name \"1\" at 'data.values': Cannot find field.",
        ),
        (
            '[{"x": 1}]',
            "Invalid JSON payload received. Unknown name \"x\" at 'data.values[0]': "
            "Cannot find field.",
        ),
    ],
)
def test_values_are_a_list_of_lists(api: Bare, values: str, told: str) -> None:
    """As users of PHP and of Apps Script quote it."""
    body = f'{{"values": {values}}}'
    answer = api.call("PUT", "/values/A1?valueInputOption=RAW", data=body)
    assert message(answer) == told.replace("LIST", "type.googleapis.com/google.protobuf.ListValue")


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        (":batchUpdate", "[1]", 'Unknown name "": Root element must be a message.'),
        (":batchUpdate", '"x"', 'Unknown name "": Root element must be a message.'),
        (
            "/values/A1:append?valueInputOption=RAW",
            "[]",
            'Unknown name "data": Proto field is not repeating, cannot start list.',
        ),
    ],
)
def test_a_body_is_an_object(api: Bare, path: str, body: str, told: str) -> None:
    """Words: protostream_objectwriter.cc of protocolbuffers/protobuf."""
    answer = api.call("POST", path, data=body)
    assert message(answer) == f"Invalid JSON payload received. {told}"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"nonsense", "Unexpected token.\nnonsense\n^"),
        (
            b'{"a": 1, "association_score": NaN, "trial_weight": 1}',
            'Unexpected token.\nassociation_score": NaN, "trial_weight":\n                    ^',
        ),
        (b"[" * 100_000, "Message too deep."),
        (b'{"a": "\\ud800"}', 'Missing low surrogate.\n{"a": "\\ud800"}\n       ^'),
    ],
)
def test_a_body_that_is_no_json_is_refused(api: Bare, data: bytes, told: str) -> None:
    """Words: json_stream_parser.cc of protocolbuffers/protobuf; users of BigQuery, Vision and
    Firestore quote the same, without details."""
    status, answer = api.call("POST", ":batchUpdate", data=data)
    assert status == 400
    assert answer["error"]["message"] == f"Invalid JSON payload received. {told}"
    assert "details" not in answer["error"]
