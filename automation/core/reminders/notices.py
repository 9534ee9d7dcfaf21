"""What can be said to somebody, and what was said before: the words that letters are made of."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from automation.core.measures.figures import Figures
from automation.core.office_time.periods import Period
from automation.core.once import cached_property
from automation.core.reminders.stages import OF_TURN, Stage
from automation.core.words.texts import folded
from automation.core.words.ways import Way

MORNING = "morning|"  # what the key of a morning letter begins with
# How far a turn was told to its holder: how often it was late, and the stage.
Place = tuple[int, int]
NOWHERE: Place = (-1, -1)


@dataclass(frozen=True)
class Person:
    """Somebody who is written to. One person may be reached in several ways, in each role."""

    name: str
    way: Way
    role: str

    @property
    def mark(self) -> str:
        """Who it is, without the name: the same for every way in which the name is written."""
        return mark_of(self.name)

    @property
    def mailbox(self) -> str:
        """Person and address: what was told to one is not told to another behind one address."""
        return mailbox_of(self.name, str(self.way))


@cache
def mark_of(name: str) -> str:
    return hashlib.sha256(folded(name).encode("utf-8", "replace")).hexdigest()[:10]


def mailbox_of(name: str, way: str) -> str:
    """Of a person of this name who is reached in this way, as text."""
    return f"{mark_of(name)} {way}"


@dataclass(frozen=True)
class Recipient:
    """A person who is told of a step, and why it comes to them."""

    person: Person
    on_behalf_of: str = ""  # the person on leave whom they stand in for
    reason: str = ""  # in Indonesian, where the step is not theirs by role or disposition

    @property
    def mark(self) -> str:
        return self.person.mark


@dataclass(frozen=True)
class Notice:
    """One reason to write to one person. Never carries anything of the applicant."""

    # What a mailbox was told under it is no news to it again. It names the case by its identity
    # (`Progress.cases`), which stays as rows are moved, and also turn and stage, or the day.
    key: str
    stage: Stage
    number: str  # of the case, or its row ("baris 41") where that may not be told; else ""
    kind: str  # of the case; "" = unknown
    row: int  # where the case stands in the Register now, for the link; never identity
    step: str  # header of the step, "" for findings and figures
    standard_minutes: int
    since: datetime | None  # since when the step waits
    due: datetime | None  # when its standard is used up
    elapsed_seconds: int  # working time used up, on the turn's clock
    holders: tuple[str, ...]  # who holds the step
    seen: datetime | None = None  # since when the program sees that it is the recipient's
    own: bool = False  # the step before was theirs too
    late_since: datetime | None = None  # since when the program sees that it is late
    on_behalf_of: str = ""  # the person on leave whom the recipient stands in for
    reason: str = ""  # why it comes to this mailbox, in Indonesian
    text: str = ""  # for "legal" and "findings": what is to be said, in Indonesian
    count: int = 0  # for "findings": how many; for "escalation": reminders sent before
    figures: Figures | None = None  # for "figures"
    report: Period | None = None  # for "report": whose page goes with the letter


@dataclass(frozen=True)
class Letter:
    """One mail: everything that one person is to hear in this run, most urgent first.

    `keys` is what it tells, by the notices' keys; a morning letter's own key is among them.
    """

    to: Person
    notices: tuple[Notice, ...]
    morning: str = ""  # the key of the morning, "" for news during the day

    @property
    def keys(self) -> tuple[str, ...]:
        return (*filter(None, [self.morning]), *(notice.key for notice in self.notices))


@dataclass(frozen=True)
class Failure:
    """A mail that was given up."""

    name: str
    way: Way
    reason: str  # in Indonesian
    at: datetime


@dataclass(frozen=True)
class ToldTurn:
    """That somebody was told of a turn, at some stage."""

    step: int
    turn: int
    late: int  # the how-many-eth time that the step was late, 0 = not yet
    mark: str  # `Person.mark`
    at: datetime


@dataclass(frozen=True)
class Told:
    """What people were told before.

    `notices`: when a notice was sent, given up, or put off for another try, by (`Person.mailbox`,
    notice key). `mailed`: for each person (`Person.mark`) the instants, ascending, at which a mail
    went out or was put off.
    `failures`: for each way whose last mail was given up, that mail, latest first.
    `unsent`: what the last run wrote down as told and could not send, as in `told`.
    """

    notices: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    mailed: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    unsent: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def furthest(self) -> Mapping[tuple[str, str], Place]:
        """How far each turn was told, by (mailbox, turn)."""
        found: dict[tuple[str, str], Place] = {}
        for mailbox, key in self.notices:
            place = turn_place(key)
            if place:
                turn = mailbox, turn_of(key)
                found[turn] = max(place, found.get(turn, NOWHERE))
        return found

    @cached_property
    def last_morning(self) -> Mapping[str, str]:
        """The latest key of a morning letter, by mailbox: ISO dates sort."""
        mornings = [(mailbox, key) for mailbox, key in self.notices if key.startswith(MORNING)]
        return dict(sorted(mornings, key=lambda pair: pair[1]))

    @cached_property
    def mornings(self) -> Mapping[str, Sequence[datetime]]:
        """When each mailbox got its morning letters."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for (mailbox, key), at in self.notices.items():
            if key.startswith(MORNING):
                found[mailbox].append(at)
        return found

    def turns(self) -> Mapping[str, Sequence[ToldTurn]]:
        """Everything that was told of turns, by register number."""
        found: dict[str, list[ToldTurn]] = defaultdict(list)
        for (mailbox, key), at in self.notices.items():
            number, *parts = key.rsplit("|", 4)
            if len(parts) == 4 and all(part.isdecimal() for part in (*parts[:2], parts[3])):
                step, turn, late = int(parts[0]), int(parts[1]), int(parts[3])
                found[number].append(ToldTurn(step, turn, late, mailbox.partition(" ")[0], at))
        return found


def turn_key(number: str, step: int, turn: int) -> str:
    """What all notices of one turn begin with: the rest is "|stage|late"."""
    return f"{number}|{step}|{turn}"


def turn_of(key: str) -> str:
    """The turn that a notice's key speaks of."""
    return key.rsplit("|", 2)[0]


def turn_place(key: str) -> Place | None:
    """The place of a notice in its turn; None for one that is not told to the holder of a turn."""
    _, stage, late = key.rsplit("|", 2) if key.count("|") > 1 else ("", "", "")
    return (int(late), OF_TURN.index(stage)) if stage in OF_TURN and late.isdecimal() else None
