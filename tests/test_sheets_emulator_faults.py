"""Faults happen to the call they are ordered for, and calls are counted by kind."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.sheets_emulator import Emulator, Fault
from tests.sheets_emulator.clients import Bare

pytest_plugins = "tests.sheets_emulator.fixtures"


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


def test_a_page_may_come_in_place_of_an_answer(emulator: Emulator, api: Bare) -> None:
    emulator.script([Fault(effect="html")])
    with pytest.raises(requests.exceptions.JSONDecodeError):
        api.values("A1")


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


def test_it_is_started_by_hand_with_a_script(tmp_path: Path) -> None:
    script = tmp_path / "faults.json"
    script.write_text(json.dumps([{"kind": "spreadsheets.create", "status": 500}]))
    command = [sys.executable, "-m", "tests.sheets_emulator", "--script", str(script)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        codes = [
            requests.post(f"{url}/v4/spreadsheets", json={}, timeout=5).status_code
            for _ in range(2)
        ]
        calls = requests.get(f"{url}/__emulator__/calls", timeout=5).json()
        process.terminate()
    assert (codes, calls) == ([500, 200], {"spreadsheets.create": 2})
