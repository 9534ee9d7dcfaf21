"""What can be said to somebody, and what was said before: the words that reminders are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

Stage = Literal["turn", "soon", "overdue", "escalation", "legal", "findings"]


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class Notice:
    """One reason to write to one person. Never carries anything of the applicant."""

    key: str  # stable: case|step|stage|occurrence; never a row
    stage: Stage
    number: str  # of the case, or its row ("baris 41") where that may not be told; "" for findings
    kind: str  # of the case; "" = unknown
    row: int  # where the case stands in the Register now, for the link; never identity
    step: str  # header of the step, "" for findings
    standard_minutes: int
    since: datetime | None  # since when the step waits
    due: datetime | None  # when its standard is used up
    elapsed_seconds: int  # working time used up
    holders: tuple[str, ...]  # who holds the step
    on_behalf_of: str = ""  # the person on leave whom the recipient stands in for
    text: str = ""  # what else is to be said, line by line, in Indonesian
    count: int = 0  # for "findings": how many; for "escalation": reminders sent before


@dataclass(frozen=True)
class Letter:
    """One mail: everything that one person is to hear in this run, most urgent first."""

    to: Person
    notices: tuple[Notice, ...]
    copies: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Failure:
    """A mail that was given up."""

    name: str
    address: str
    reason: str  # in Indonesian
    at: datetime


Place = tuple[int, int, str]
_NOWHERE: Place = (-1, 0, "")
_HOLDERS = ("turn", "soon", "overdue")  # what the holder of a step hears, one after the other


@dataclass(frozen=True)
class History:
    """What was sent before, from the outbox.

    `told`: pairs (address, notice key) that were sent or given up.
    `mailed`: for each address the instants, ascending, at which a mail went out.
    `failures`: mails given up lately, latest first.
    """

    told: frozenset[tuple[str, str]]
    mailed: Mapping[str, tuple[datetime, ...]]
    failures: tuple[Failure, ...] = ()

    def was_told(self, address: str, key: str) -> bool:
        """Whether that was said, or something that follows it: a clock that was set back, or a
        pause that was entered afterwards, leads through the same stages once more."""
        line, place = _place(key)
        return (address, key) in self.told or place < self._furthest.get((address, line), _NOWHERE)

    @cached_property
    def _furthest(self) -> Mapping[tuple[str, str], Place]:
        found: dict[tuple[str, str], Place] = {}
        for address, key in self.told:
            line, place = _place(key)
            found[address, line] = max(place, found.get((address, line), _NOWHERE))
        return found


def _place(key: str) -> tuple[str, Place]:
    """The line of notices that follow each other, and a key's place in it.

    "0001/ADU/XI/2026|4|overdue|2" is the third of its kind, behind "|soon|0" on the same line. Days
    are in the order of the calendar, days that are left before a deadline in the opposite one.
    """
    line, _, occurrence = key.rpartition("|")
    parts = line.split("|")
    if parts[0] == "digest":
        return "digest", (0, 0, occurrence)
    if parts[-1] in _HOLDERS:
        return "|".join(parts[:-1]), (_HOLDERS.index(parts[-1]), len(occurrence), occurrence)
    if "legal" in parts and occurrence.isdecimal():
        return line, (0, -int(occurrence), "")
    return line, (0, len(occurrence), occurrence)
