"""README.md says what is there, and no more."""

import re
from dataclasses import fields
from pathlib import Path

from tests.sheets_emulator.batch.apply import HANDLERS
from tests.sheets_emulator.doubts import Doubts, ways

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text(encoding="utf-8")


def test_every_kind_of_request_is_listed() -> None:
    listed = re.search(r"these kinds are carried out: ([^;]*);", README)
    assert listed
    assert re.findall(r"\w+", listed[1]) == sorted(HANDLERS)


def test_every_doubt_and_its_ways_are_listed_the_default_first() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", README, re.MULTILINE)
    told = {name: tuple(re.findall(r"`(\w+)`", text)) for name, text in rows}
    assert told == {each.name: ways(each.name) for each in fields(Doubts)}


def test_every_file_has_its_place() -> None:
    listed = " ".join(
        re.findall(r"^\| (`.*`) \|", README.split("## Where things are")[1], re.MULTILINE)
    )
    patterns = re.findall(r"`([^`]+)`", listed)
    files = [path.name for path in HOUSE.glob("*.py") if not path.name.startswith("__")]
    lost = [name for name in files if not any(Path(name).match(each) for each in patterns)]
    assert lost == []
    assert [each for each in patterns if not list(HOUSE.glob(each))] == []
