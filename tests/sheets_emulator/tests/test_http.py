"""The way to Google and back: addresses, verbs, parameters and headers."""

import gzip
import http.client
import json
import threading
from urllib.parse import quote, urlsplit

import pytest
import requests

from tests.sheets_emulator import Emulator
from tests.sheets_emulator.clients import Bare, message


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


def test_a_page_says_which_address_is_not_there(emulator: Emulator) -> None:
    """The page of Google's front end, in which the address cannot be HTML."""
    answer = requests.get(f"{emulator.url}/v5/<b>", timeout=5)
    assert "The requested URL <code>/v5/%3Cb%3E</code> was not found" in answer.text
    connection = http.client.HTTPConnection(urlsplit(emulator.url).netloc, timeout=5)
    connection.request("GET", "/v5/<b>&amp;")
    told = connection.getresponse().read().decode()
    assert "<code>/v5/&lt;b&gt;&amp;amp;</code>" in told


def test_answers_come_as_google_sends_them(emulator: Emulator, api: Bare) -> None:
    """Headers and form as recorded in gspread's cassettes."""
    url = f"{emulator.url}/v4/spreadsheets/{api.id}?fields=spreadsheetId"
    answer = requests.get(url, timeout=5)
    assert answer.text == f'{{\n  "spreadsheetId": "{api.id}"\n}}\n'
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Server"] == "ESF"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    plain = requests.get(f"{url}&prettyPrint=false", headers={"Accept-Encoding": ""}, timeout=5)
    assert plain.text.strip() == f'{{"spreadsheetId":"{api.id}"}}'
    assert "Content-Encoding" not in plain.headers
    assert requests.head(url, timeout=5).status_code == 404


def test_a_request_may_come_in_chunks_or_compressed(api: Bare) -> None:
    body = json.dumps({"values": [["é"]]}).encode()
    path = "/values/A1?valueInputOption=RAW"
    parts = (body[start : start + 7] for start in range(0, len(body), 7))
    assert api.call("PUT", path, data=parts)[0] == 200
    assert api.values("A1")[1]["values"] == [["é"]]
    packed = {"data": gzip.compress(body), "headers": {"Content-Encoding": "gzip"}}
    assert api.call("PUT", path, **packed)[0] == 200


def test_a_body_of_unknown_length_is_a_page(emulator: Emulator, api: Bare) -> None:
    connection = http.client.HTTPConnection(urlsplit(emulator.url).netloc, timeout=5)
    connection.putrequest("POST", f"/v4/spreadsheets/{api.id}/values/A1:clear")
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, "Length Required" in answer.read().decode()) == (411, True)


@pytest.mark.parametrize("name", ["Content-Length", "Content-Encoding"])
def test_what_is_no_http_is_a_page(emulator: Emulator, name: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(emulator.url).netloc, timeout=5)
    headers = {"Content-Length": "1", name: "gzip"}
    connection.request("POST", "/v4/spreadsheets", body="x", headers=headers)
    answer = connection.getresponse()
    assert (answer.status, "malformed or illegal request" in answer.read().decode()) == (400, True)


def test_a_body_may_be_ten_megabytes_long(api: Bare) -> None:
    """As quoted by users of Earth Engine, Gemini and Firestore."""
    largest = 10 * 2**20
    body = b'{"values": [["a"]]}'
    path = "/values/A1?valueInputOption=RAW"
    assert api.call("PUT", path, data=body.ljust(largest))[0] == 200
    status, answer = api.call("PUT", path, data=body.ljust(largest + 1))
    assert (status, answer["error"]["message"]) == (
        400,
        "Request payload size exceeds the limit: 10485760 bytes.",
    )


def test_a_long_query_may_come_as_a_form(api: Bare) -> None:
    """google-api-python-client sends a GET whose address is too long like this."""
    api.update("A1", [["a"]])
    status, answer = api.call(
        "POST",
        "/values:batchGet",
        data={"ranges": ["A1", "B1"]},
        headers={"X-HTTP-Method-Override": "GET"},
    )
    assert (status, len(answer["valueRanges"])) == (200, 2)


def test_fields_may_come_in_a_header_or_with_a_dollar(api: Bare) -> None:
    """https://cloud.google.com/apis/docs/system-parameters"""
    wanted = {"spreadsheetId": api.id}
    headers = {"X-Goog-FieldMask": "spreadsheetId"}
    assert api.call("GET", "", headers=headers) == (200, wanted)
    assert api.get(**{"$fields": "spreadsheetId"}) == wanted
    common = {"$.xgafv": "2", "key": "k", "quotaUser": "q", "uploadType": "", "alt": "json"}
    assert api.get(fields="spreadsheetId", **common) == wanted


@pytest.mark.parametrize("text", ["true", "True", "1", "t", "yes"])
def test_truth_in_an_address_has_many_spellings(api: Bare, text: str) -> None:
    """safe_strtob of protocolbuffers/protobuf."""
    assert "data" in api.get(includeGridData=text)["sheets"][0]
    status, answer = api.call("GET", "", params={"includeGridData": "maybe"})
    assert (status, answer["error"]["message"]) == (
        400,
        "Invalid value at 'include_grid_data' (TYPE_BOOL), \"maybe\"",
    )


@pytest.mark.parametrize("title", ["a/b", "a+b", "a b", "100%", "é😀", "a'b", "a:append", "x?y#z"])
def test_a_tab_may_have_any_name_in_an_address(api: Bare, title: str) -> None:
    api.batch({"addSheet": {"properties": {"title": title}}})
    range_ = "'{}'!A1".format(title.replace("'", "''"))
    assert api.update(range_, [["x"]])[0] == 200
    assert api.append(range_, [["y"]])[0] == 200
    assert api.values(range_.removesuffix("1") + ":A")[1]["values"] == [["x"], ["y"]]
    assert api.call("POST", f"/values/{quote(range_, safe='')}:clear")[0] == 200


def test_many_may_call_at_once(api: Bare) -> None:
    """Each over a connection of its own; no row is lost."""

    def call() -> None:
        own = Bare(api.url, api.id)
        for _ in range(5):
            assert own.append("A1", [["x"]])[0] == 200

    threads = [threading.Thread(target=call) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(api.values("A1:A")[1]["values"]) == 40


def test_single_precision_is_told_briefly(api: Bare) -> None:
    """Recorded: 66/255 is 0.25882354 in the theme of every spreadsheet."""
    change = {"properties": {"tabColor": {"red": 66 / 255, "green": 0.1}}, "fields": "tabColor"}
    api.batch({"updateSheetProperties": change})
    color = api.get()["sheets"][0]["properties"]["tabColor"]
    assert color == {"red": 0.25882354, "green": 0.09803922}
