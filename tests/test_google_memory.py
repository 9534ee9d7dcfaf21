"""The note in a program tab is believed only where it is one that the program can have written."""

import json

import pytest

from automation.workbooks.google.program_tabs.memory import Memory
from automation.workbooks.google.wire.connection import Cells

NOTE = Memory("c0ffee", "2026-11-23", 4, 3, 2, 1, {"Register": 7}, ("Status",))
WRITTEN = json.loads(NOTE.text())


def tab(note: object) -> Cells:
    return Cells([["a", "b", note], ["c"]], 4, 3)  # type: ignore[list-item]


def test_what_was_noted_is_read_back() -> None:
    assert Memory.of(tab(NOTE.text())) == NOTE
    assert NOTE.fits(tab(""))
    assert not NOTE.fits(Cells((), 5, 3))


@pytest.mark.parametrize(
    "note",
    [
        "",
        "[]",
        "null",
        "1e999",
        "x" * 40_000,
        3,
        True,
        "#DIV/0!",
        '{"layout":"c0ffee"}',
        *(
            json.dumps(WRITTEN | change)
            for change in (
                {"staff_ids": []},
                {"look_ups": "Status"},
                {"look_ups": [1]},
                {"staff_ids": {"Register": "7"}},
                {"rules": -1},
                {"rules": 2.5},
                {"charts": "1"},
                {"charts": 10**9},
                {"rows": None},
                {"day": 5},
                {"more": 1},
            )
        ),
    ],
)
def test_anything_else_is_no_note(note: object) -> None:
    assert Memory.of(tab(note)) is None
