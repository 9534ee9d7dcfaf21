"""Plays a file of `doctor --probe` against the emulator: where does it answer otherwise?

    python -m tests.sheets_emulator --play probe.json

The file holds every request that a probe made of Google, and every answer. The doubts that it
settled are set first, so that what is told is what the emulator should learn.
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import requests

from tests.sheets_emulator.doubts import Doubts, ways
from tests.sheets_emulator.emulator import Emulator

Json = dict[str, Any]

SPREADSHEET = "SPREADSHEET"  # stands in the file for the spreadsheet's id
# What differs from one spreadsheet to the next, or by who asks.
ANYTHING = {"spreadsheetUrl", "tableId", "editors", "requestingUserCanEdit", "metadataId"}
TAB = ("sheetId", "title", "gridProperties")
MOST = 5  # differences that are told of one answer
LONGEST = 120  # characters of a value that is told


def differences(file: Path) -> list[str]:
    """One line for each place in which an answer of the emulator differs from the file's.

    A ValueError says in a sentence what is wrong with the file.
    """
    content = load(file)
    with Emulator(doubts=settled(content.get("ways", {}))) as emulator:
        spreadsheet = begun(emulator, content["calls"])
        return [
            line
            for number, call in enumerate(content["calls"], start=1)
            for line in compared(
                f"{number}, {call['step']}", call, ask(emulator, spreadsheet, call)
            )
        ]


def begun(emulator: Emulator, calls: list[Json]) -> str:
    """The id of a spreadsheet that is as the probe's was when its first answer told of it."""
    first = calls[0]["answer"] if calls else {}
    tabs = [
        {
            "properties": {
                name: each["properties"][name] for name in TAB if name in each["properties"]
            }
        }
        for each in first.get("sheets", ())
    ]
    body = {"properties": first.get("properties", {}), "sheets": tabs}
    address = f"{emulator.url}/v4/spreadsheets"
    found: str = requests.post(address, json=body, timeout=60).json()["spreadsheetId"]
    return found


def load(file: Path) -> Json:
    try:
        content = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ValueError(f"{file} is not JSON: {error}.") from error
    if not isinstance(content, dict) or not isinstance(content.get("calls"), list):
        raise ValueError(f"{file} is no file of a probe.")
    return content


def settled(found: Json) -> Doubts:
    """The doubts as the probe found them, as far as the emulator knows these ways."""
    known = {each.name: ways(each.name) for each in fields(Doubts)}
    return Doubts(**{name: way for name, way in found.items() if way in known.get(name, ())})


def ask(emulator: Emulator, spreadsheet: str, call: Json) -> tuple[int, Json]:
    """Status and answer, the spreadsheet's id taken out again."""
    address = f"{emulator.url}/v4/spreadsheets{call['path'].replace(SPREADSHEET, spreadsheet)}"
    answer = requests.request(
        call["verb"], address, params=call["params"], json=call["body"], timeout=60
    )
    text = answer.text.replace(spreadsheet, SPREADSHEET)
    found: Json = json.loads(text)
    return answer.status_code, found.get("error", found)


def compared(place: str, call: Json, answered: tuple[int, Json]) -> Iterator[str]:
    status, ours = answered
    if status != call["status"]:
        told = shortened(ours.get("message", ours) if status >= 400 else call["answer"])
        yield f"Call {place}: status {call['status']}, here {status}: {told}"
        return
    theirs = call["answer"]
    if status >= 400:
        ours, theirs = ({"message": each.get("message")} for each in (ours, theirs))
    found = list(unlike(theirs, ours))
    yield from (f"Call {place}: {line}" for line in found[:MOST])
    if len(found) > MOST:
        yield f"Call {place}: and {len(found) - MOST} more"


def unlike(theirs: Any, ours: Any, at: str = "answer") -> Iterator[str]:
    """The places in which two answers differ."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in sorted((theirs.keys() | ours.keys()) - ANYTHING):
            yield from unlike(theirs.get(name), ours.get(name), f"{at}.{name}")
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for index, (one, other) in enumerate(zip(theirs, ours, strict=True)):
            yield from unlike(one, other, f"{at}[{index}]")
    elif theirs != ours:
        yield f"{at} is {shortened(theirs)}, here {shortened(ours)}"


def shortened(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
