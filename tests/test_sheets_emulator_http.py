"""The way to Google and back: addresses, verbs, parameters and headers."""

from typing import Any

import requests

from tests.sheets_emulator import Emulator
from tests.sheets_emulator.clients import Bare, message

pytest_plugins = "tests.sheets_emulator.fixtures"

Json = dict[str, Any]


def test_unknown_parameters_masks_and_enums_are_refused(api: Bare) -> None:
    status, answer = api.call("GET", "", params={"foo": 1})
    assert (status, answer["error"]["message"]) == (
        400,
        'Invalid JSON payload received. Unknown name "foo": Cannot bind query parameter. '
        "Field 'foo' could not be found in request message.",
    )
    _, answer = api.call("GET", "", params={"fields": "sheets.sheetProperties"})
    assert answer["error"]["message"] == "Request contains an invalid argument."
    assert answer["error"]["details"][0]["fieldViolations"] == [
        {
            "field": "sheets.sheetProperties",
            "description": "Error expanding 'fields' parameter. Cannot find matching fields for "
            "path 'sheets.sheetProperties'.",
        }
    ]
    assert message(api.values("A1", valueRenderOption="RAW")) == (
        "Invalid value at 'value_render_option' "
        '(type.googleapis.com/google.apps.sheets.v4.ValueRenderOption), "RAW"'
    )
    assert message(api.batch()) == "Must specify at least one request."


def test_a_wrong_address_or_verb_is_a_page(emulator: Emulator, api: Bare) -> None:
    for verb, path in (
        ("GET", "/v5/spreadsheets"),
        ("DELETE", f"/v4/spreadsheets/{api.id}"),
        ("POST", f"/v4/spreadsheets/{api.id}/values/A1"),
    ):
        answer = requests.request(verb, emulator.url + path, timeout=10)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "Error 404 (Not Found)!!1" in answer.text
