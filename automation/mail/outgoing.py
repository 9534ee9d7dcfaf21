"""A composed mail with what is to be remembered of it: what the outbox takes in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from automation.core.reminders.notices import Letter, Person
from automation.core.reminders.stages import STAGE
from automation.core.words.indonesian import number
from automation.mail.ways import Written

MOST_LISTED = 20  # case numbers of one mail, in the tab Pengingat


@dataclass(frozen=True)
class Mail:
    """`keys` name the notices it carries; the mail goes out only if `first`, or without it all of
    them, are said for the first time. Stages, numbers and steps are as the tab Pengingat shows
    them."""

    written: Written
    to: Person
    keys: Collection[str]
    first: str = ""
    stages: str = ""
    numbers: str = ""
    steps: str = ""

    @classmethod
    def of(cls, letter: Letter, written: Written) -> Self:
        """`written` is `letter`."""
        return cls(
            written=written,
            to=letter.to,
            keys=letter.keys,
            first=letter.morning,
            stages=_listed(STAGE[notice.stage].word for notice in letter.notices),
            numbers=_listed(notice.number for notice in letter.notices),
            steps=_listed(notice.step for notice in letter.notices),
        )


def _listed(values: Iterable[str]) -> str:
    """Each value once, in order, as far as a cell has room: "Terlambat, Giliran"."""
    names = list(dict.fromkeys(filter(None, values)))
    more = len(names) - MOST_LISTED
    rest = [f"dan {number(more)} lainnya"] if more > 0 else []
    return ", ".join([*names[:MOST_LISTED], *rest])
