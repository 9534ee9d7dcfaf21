"""What the program saw of each case before, kept in a hidden column of its own tab `Pemantauan`.

A stamp says when a step was done, not when somebody wrote that down. What was seen before tells the
rest: since when a step is current, which stamps were changed, which were entered long afterwards.
The notes travel with the workbook, so that a lost state folder loses nothing. Anybody may have
written anything into their cells: a note that is none is no memory of that case, and no error.

    [1, "0042/ADU/XI/2026", 3, 2, 2, {"5f0c12ab01": [2, "6b03f280", false]}, 0, "",
     "6b03f280,,", [], []]

Version, the case's identity, current step (0 = none), turns begun so far, the first of them at this
step, who holds it now with the number of their turn and since when it is seen, how often the step
became late, since when it is, receipt and stamps ("" = empty, "?" = unreadable), steps entered
afterwards, changes of stamps. Instants are seconds from 1970 in local wall-clock time, in
hexadecimal digits.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from automation.core.words.texts import header_name

MEMORY_HEADER = "Ingatan"
VERSION = 1
LONGEST_NOTE = 4_000  # characters: no note of ours comes near it
MOST_CHANGES = 6  # of one case, the latest
EMPTY, UNREADABLE = "", "?"
SEPARATOR = ","  # of stamps
_EPOCH = datetime(1970, 1, 1)
_HEX = r"[0-9a-f]{1,9}"

Instant = Annotated[str, Field(pattern=rf"^{_HEX}$")]
Count = Annotated[int, Field(ge=0, le=100_000)]
Step = Annotated[int, Field(ge=0, le=99)]
Stamps = Annotated[str, Field(pattern=rf"^(?:\??|{_HEX})(?:,(?:\??|{_HEX}))*$", max_length=1000)]
_Change = tuple[Step, Instant, Stamps, Instant, Instant]
_Note = tuple[
    Annotated[int, Field(ge=VERSION, le=VERSION)],
    Annotated[str, Field(min_length=1, max_length=200)],
    Step,
    Count,
    Count,
    Annotated[dict[str, tuple[Count, Instant, bool]], Field(max_length=50)],
    Count,
    Stamps,
    Stamps,
    Annotated[list[Step], Field(max_length=99)],
    Annotated[list[_Change], Field(max_length=MOST_CHANGES)],
]
_NOTES: TypeAdapter[_Note] = TypeAdapter(_Note)


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that became somebody's: the how-many-eth of its case, and when the program saw it.

    `own`: it follows a step of theirs, so that they know.
    """

    number: int
    seen: datetime
    own: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A stamp that was changed or removed between two runs. Step 0 is the receipt."""

    step: int
    before: datetime
    after: datetime | None  # None: removed
    last_run: datetime  # that still saw `before`
    seen: datetime


@dataclass(frozen=True, slots=True)
class Remembered:
    """One case as a run left it."""

    step: int = 0  # the current one, 0 = none
    turns: int = 0  # begun so far
    began: int = 0  # the first of them at the current step, since it was reached or came back
    held: Mapping[str, Turn] = field(default_factory=dict)  # by person (`Person.mark`)
    lates: int = 0  # how often the present step became late
    late_since: datetime | None = None  # seen so; None: it is not late
    stamps: str = EMPTY  # receipt and steps: each an instant, EMPTY or UNREADABLE
    afterwards: frozenset[int] = frozenset()  # steps entered long after the time they claim
    changes: tuple[Change, ...] = ()

    def note(self, identity: str) -> str:
        """As it stands in the hidden cell of that case."""
        held = {
            who: (turn.number, token(turn.seen), turn.own)
            for who, turn in sorted(self.held.items())
        }
        changes = [
            (
                change.step,
                token(change.before),
                token(change.after),
                token(change.last_run),
                token(change.seen),
            )
            for change in self.changes
        ]
        note = (
            VERSION,
            identity,
            self.step,
            self.turns,
            self.began,
            held,
            self.lates,
            token(self.late_since),
            self.stamps,
            sorted(self.afterwards),
            changes,
        )
        return json.dumps(note, separators=(",", ":"))


Memory = Mapping[str, Remembered]  # by the case's identity (`Progress.cases`)


def token(at: datetime | None) -> str:
    """An instant in a note; EMPTY for none."""
    return EMPTY if at is None else f"{int((at - _EPOCH).total_seconds()):x}"


def instant(text: str) -> datetime | None:
    """Back again; None for EMPTY, UNREADABLE, and what no calendar has."""
    if text in (EMPTY, UNREADABLE):
        return None
    try:
        return _EPOCH + timedelta(seconds=int(text, 16))
    except OverflowError:
        return None


def read_memory(grid: Sequence[Sequence[object]] | None, number_header: str) -> Memory | None:
    """What the cells of `Pemantauan` remember, wherever its two columns stand; None where the tab
    is not there or lost its header: then nothing is known of before.

    A case that is listed there without a note that can be read was seen, and nothing more is known.
    """
    header = [header_name(str(cell)) for cell in grid[0]] if grid else []
    number, note = header_name(number_header), header_name(MEMORY_HEADER)
    if not grid or number not in header:
        return None
    place, noted = header.index(number), header.index(note) if note in header else len(header)
    found = [_remembered(row[noted]) if noted < len(row) else None for row in grid[1:]]
    unknown = Remembered()
    listed = {str(row[place]): unknown for row in grid[1:] if place < len(row)}
    return listed | dict(filter(None, found))


def _remembered(cell: object) -> tuple[str, Remembered] | None:
    """The case of one note, by its identity; None where the cell holds no note."""
    if not isinstance(cell, str) or len(cell) > LONGEST_NOTE:
        return None
    try:
        note = _NOTES.validate_json(cell)
    except ValidationError:
        return None
    _, identity, step, turns, began, held, lates, late, stamps, afterwards, changes = note
    return identity, Remembered(
        step=step,
        turns=turns,
        began=began,
        held={
            who: Turn(number, seen, own)
            for who, (number, at, own) in held.items()
            if (seen := instant(at))
        },
        lates=lates,
        late_since=instant(late),
        stamps=stamps,
        afterwards=frozenset(afterwards),
        changes=tuple(found for change in changes if (found := _change(*change))),
    )


def _change(step: int, before: str, after: str, last_run: str, seen: str) -> Change | None:
    was, last, now = instant(before), instant(last_run), instant(seen)
    return Change(step, was, instant(after), last, now) if was and last and now else None
