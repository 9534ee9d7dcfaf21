"""Faults happen to the call they are ordered for, and calls are counted by kind."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.sheets_emulator import Emulator, Fault
from tests.sheets_emulator.__main__ import parser
from tests.sheets_emulator.clients import Bare
from tests.sheets_emulator.faults import load


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 429, 500, 502, 503, 504])
def test_the_nth_call_of_a_kind_fails_and_does_nothing(
    emulator: Emulator, api: Bare, status: int
) -> None:
    kind = "spreadsheets.values.update"
    emulator.script([Fault(kind=kind, nth=2, status=status, retry_after=7)])
    assert api.update("A1", [[1]])[0] == 200
    address = f"{emulator.url}/v4/spreadsheets/{api.id}/values/A1?valueInputOption=RAW"
    answer = requests.put(address, json={"values": [[2]]}, timeout=5)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, status)
    assert answer.headers["Retry-After"] == "7"
    assert emulator.read(api.id, "A1") == [[1]]
    assert api.update("A1", [[3]])[0] == 200
    assert emulator.calls == {kind: 3}


def test_a_fault_may_last(emulator: Emulator, api: Bare) -> None:
    emulator.script([{"nth": 2, "times": 2, "status": 503}])
    assert [api.values("A1")[0] for _ in range(4)] == [200, 503, 503, 200]


def test_a_reset_connection_did_nothing(emulator: Emulator, api: Bare) -> None:
    emulator.script([Fault(effect="reset")])
    with pytest.raises(requests.ConnectionError):
        api.update("A1", [[1]])
    assert emulator.read(api.id, "A1") == []


def test_a_dropped_answer_did_the_work(emulator: Emulator, api: Bare) -> None:
    emulator.script([Fault(effect="drop")])
    with pytest.raises(requests.ConnectionError):
        api.update("A1", [[1]])
    assert emulator.read(api.id, "A1") == [[1]]


def test_a_cut_answer_is_shorter_than_it_says(emulator: Emulator, api: Bare) -> None:
    emulator.script([Fault(effect="cut")])
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        api.values("A1")


@pytest.mark.parametrize("status", [None, 502])
def test_a_page_may_come_in_place_of_an_answer(
    emulator: Emulator, api: Bare, status: int | None
) -> None:
    emulator.script([Fault(effect="html", status=status)])
    answer = requests.get(f"{emulator.url}/v4/spreadsheets/{api.id}", timeout=5)
    assert answer.status_code == (status or 200)
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert "The server encountered a temporary error" in answer.text


def test_a_fault_is_told_in_the_form_of_its_api(emulator: Emulator, api: Bare) -> None:
    """With the details of a real refusal; Drive lists reasons, the token endpoint speaks OAuth."""
    emulator.script([Fault(status=429, times=2), Fault(kind="token", status=503, nth=2)])
    details = api.values("A1")[1]["error"]["details"]
    assert details[0]["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"
    drive = requests.get(f"{emulator.url}/drive/v3/files", timeout=5).json()["error"]
    assert drive["errors"][0]["reason"] == "rateLimitExceeded"
    token = [requests.post(f"{emulator.url}/token", data={}, timeout=5).json() for _ in range(2)]
    assert token[1] == {
        "error": "internal_failure",
        "error_description": "The service is currently unavailable.",
    }


def test_an_answer_may_be_late(emulator: Emulator, api: Bare) -> None:
    emulator.script([Fault(delay=0.3)])
    start = time.monotonic()
    assert api.values("A1")[0] == 200
    assert time.monotonic() - start > 0.3


def test_staff_may_act_between_two_calls(emulator: Emulator, api: Bare) -> None:
    """What the hook does, over HTTP or not, is neither counted nor faulted."""
    emulator.before_call(lambda kind: emulator.write(api.id, "B1", [[kind]]))
    emulator.before_call(lambda kind: Bare(emulator.url, api.id).append("A1", [[kind]]))
    api.values("A1")
    assert emulator.read(api.id, "B1") == [["spreadsheets.values.get"]]
    assert emulator.calls == {"spreadsheets.values.get": 1}


def test_a_fault_of_the_emulator_itself_is_loud() -> None:
    with pytest.raises(AssertionError, match="the emulator failed"), Emulator() as emulator:
        book = emulator.new_spreadsheet()
        book.properties = {**book.properties, "colour": "blue"}
        assert Bare(emulator.url, book.id).call("GET", "")[0] == 500


COMMAND = [sys.executable, "-m", "tests.sheets_emulator"]
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_is_started_by_hand_with_a_script(tmp_path: Path, end: signal.Signals) -> None:
    """And ends quietly."""
    script = tmp_path / "faults.json"
    script.write_text(json.dumps([{"kind": "spreadsheets.create", "status": 500}]))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [*COMMAND, "--script", str(script)]
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        url = process.stdout.readline().strip()
        codes = [
            requests.post(f"{url}/v4/spreadsheets", json={}, timeout=5).status_code
            for _ in range(2)
        ]
        calls = requests.get(f"{url}/__emulator__/calls", timeout=5).json()
        process.send_signal(end)
        _, told = process.communicate(timeout=10)
    assert (codes, calls) == ([500, 200], {"spreadsheets.create": 2})
    assert (process.returncode, told) == (0, "")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (None, "faults.json cannot be read: No such file or directory."),
        ("[", "faults.json is not JSON: Expecting value: line 1 column 2 (char 1)."),
        ("{}", "faults.json must hold a list of faults."),
        ("[5]", "faults.json, fault 1: a fault is an object."),
        ('[{}, {"sttus": 500}]', "faults.json, fault 2: no such field: sttus."),
        ('[{"status": 299}]', "faults.json, fault 1: no such status: 299."),
        ('[{"kind": "values.get"}]', "faults.json, fault 1: no such kind: values.get."),
        ('[{"effect": "explode"}]', "faults.json, fault 1: no such effect: explode."),
        ('[{"nth": "2"}]', "faults.json, fault 1: nth cannot be '2'."),
        ('[{"times": 0}]', "faults.json, fault 1: nth and times count from 1."),
        ('[{"delay": -1}]', "faults.json, fault 1: delay cannot be negative."),
    ],
)
def test_a_script_that_is_wrong_is_told_in_a_sentence(
    tmp_path: Path, script: str | None, told: str
) -> None:
    path = tmp_path / "faults.json"
    if script is not None:
        path.write_text(script)
    with pytest.raises(ValueError, match=re.escape(told) + "$"):
        load(path)


def test_what_stands_in_the_way_of_a_start_is_a_sentence(emulator: Emulator) -> None:
    port = emulator.url.rpartition(":")[2]
    found = subprocess.run(
        [*COMMAND, "--port", port], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert found.stderr == f"Port {port} cannot be used: Address already in use.\n"


def test_its_help_explains_faults_kinds_and_doubts() -> None:
    told = parser().format_help()
    for word in ("/__emulator__/calls", "retry_after", '"drop"', "spreadsheets.values.batchGet"):
        assert word in told
    assert "indonesian=in_ID|id_ID" in told
