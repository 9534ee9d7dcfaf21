"""What a probe found out about Google, kept in the state folder for all later runs."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from automation.core.edges import EdgeError
from automation.files import replace
from automation.settings import ANSWERS_FILE
from automation.workbooks.google.settings import Answers

KEPT = {"locale": "indonesian", "dotted_times": "dotted_times", "coloned_times": "coloned_times"}
_ANSWERS: TypeAdapter[Answers] = TypeAdapter(Answers)


def remembered(state: Path) -> Answers:
    """Nothing is known where it was lost or cannot be read: the program works either way."""
    try:
        return _ANSWERS.validate_json((state / ANSWERS_FILE).read_bytes())
    except (OSError, ValidationError):
        return Answers()


def remember(state: Path, ways: Mapping[str, str]) -> None:
    """`ways` are a probe's; what it did not settle stays as it was known. Raises EdgeError."""
    found = {name: ways[doubt] for name, doubt in KEPT.items() if doubt in ways}
    content = json.dumps(asdict(remembered(state)) | found).encode()
    try:
        state.mkdir(parents=True, exist_ok=True)
        replace(state / ANSWERS_FILE, content, ours=lambda file: True)
    except OSError as error:
        raise EdgeError(
            f"Folder {state} tidak dapat ditulisi ({error.strerror}); periksa [office] state."
        ) from None
