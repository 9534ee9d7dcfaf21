"""What can be said to somebody, and what was said before: the words that reminders are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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

    key: str  # stable: case|step|stage|occurrence
    stage: Stage
    number: str  # of the case; "" for findings
    kind: str  # of the case
    row: int  # where the case stands in the Register now, for the link; never identity
    step: str  # header of the step, "" for findings
    standard_minutes: int
    since: datetime | None  # since when the step waits
    due: datetime | None  # when its standard is used up
    elapsed_seconds: int  # working time used up
    holders: tuple[str, ...]  # who holds the step
    on_behalf_of: str = ""  # the person on leave whom the recipient stands in for
    text: str = ""  # for stages "legal" and "findings": what is to be said, in Indonesian
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
