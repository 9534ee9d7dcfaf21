"""The mistakes that people make in a register, each put into a row of its own.

Each mistake is a function that spoils one row, named for what a reader of the register would see.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from automation.core.drawing import Value
from automation.core.words.indonesian import MONTHS, clock
from automation.demo.facts import Slips
from automation.demo.office import Row

ROWS_PER_MISTAKE = 3  # a small register has fewer mistakes


@dataclass(frozen=True)
class Desk:
    """What mistakes are made with."""

    steps: tuple[str, ...]  # keys of the step columns, in order
    later: datetime  # an instant to come, in working time
    slips: Slips


Spoil = Callable[[Row, Desk], None]
SpoilPair = Callable[[Row, Row], None]  # the earlier of two rows of one kind, and the later


def stamp_before_predecessor(row: Row, desk: Desk) -> None:
    third, fourth = desk.steps[2:4]
    row[third], row[fourth] = row[fourth], row[third]


def skipped_step(row: Row, desk: Desk) -> None:
    row[desk.steps[2]] = None


def day_that_does_not_exist(row: Row, desk: Desk) -> None:
    row[desk.steps[-2]] = f"31/02/{_stamp(row, desk.steps[-2]).year}"


def date_as_indonesian_text(row: Row, desk: Desk) -> None:
    """No mistake in the end: it can be read."""
    at = _stamp(row, desk.steps[-2])
    row[desk.steps[-2]] = f"{at.day} {MONTHS[at.month - 1][:3]} {at.year} {clock(at)}"


def stamp_in_the_future(row: Row, desk: Desk) -> None:
    row[desk.steps[-1]] = desk.later


def number_missing(row: Row, _: Desk) -> None:
    row["number"] = None


def channel_unknown(row: Row, desk: Desk) -> None:
    row["channel"] = desk.slips.channel


def disposed_to_stranger(row: Row, desk: Desk) -> None:
    """Who then cannot do what is left."""
    row["disposition"] = desk.slips.colleague
    row.update(dict.fromkeys((*desk.steps[4:], "decision")))


def phone_malformed(row: Row, desk: Desk) -> None:
    row["contact"] = desk.slips.phone


def id_number_in_subject(row: Row, desk: Desk) -> None:
    row["subject"] = f"{row['subject']} (NIK {desk.slips.id_number})"


def stamped_afterwards(row: Row, desk: Desk) -> None:
    """The last steps filled in together when all was over."""
    row.update(dict.fromkeys(desk.steps[-3:], row[desk.steps[-1]]))


def sent_twice(earlier: Row, later: Row) -> None:
    later["applicant"], later["contact"] = earlier["applicant"], earlier["contact"]
    later["subject"] = f"{earlier['subject']}."


def number_doubled(earlier: Row, later: Row) -> None:
    later["number"] = earlier["number"]


IN_PAIRS: tuple[SpoilPair, ...] = (sent_twice, number_doubled)
ALONE: tuple[Spoil, ...] = (
    stamp_before_predecessor,
    skipped_step,
    day_that_does_not_exist,
    date_as_indonesian_text,
    stamp_in_the_future,
    number_missing,
    channel_unknown,
    disposed_to_stranger,
    phone_malformed,
    id_number_in_subject,
    stamped_afterwards,
)


# These need room between the first and the last step.
AMONG_STEPS = (
    stamp_before_predecessor,
    skipped_step,
    day_that_does_not_exist,
    date_as_indonesian_text,
    disposed_to_stranger,
    stamped_afterwards,
)
FEWEST_STEPS = 5


def make_mistakes(rows: list[Row], spoilable: Sequence[Row], desk: Desk, rng: Random) -> None:
    """Spoils some of the `spoilable` rows, which are finished, and leaves a blank one in between.

    The cases of a pair are left alone by all other mistakes.
    """
    room = len(rows) // ROWS_PER_MISTAKE
    left = list(spoilable)
    for spoil_pair in IN_PAIRS[:room]:
        pair = _closest_pair(left)
        if pair:
            spoil_pair(*pair)
            left = [row for row in left if row not in pair]
    rng.shuffle(left)
    fitting = [
        spoil for spoil in ALONE if len(desk.steps) >= FEWEST_STEPS or spoil not in AMONG_STEPS
    ]
    for spoil, row in zip(fitting[: max(room - len(IN_PAIRS), 0)], left, strict=False):
        spoil(row, desk)
    rows.insert(len(rows) // 2, {})


def _closest_pair(rows: Sequence[Row]) -> tuple[Row, Row] | None:
    """The two rows of one kind that came in soonest after each other."""
    return min(_pairs(rows), key=lambda pair: _gap(*pair), default=None)


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    for kind in dict.fromkeys(row["kind"] for row in rows):
        yield from pairwise(row for row in rows if row["kind"] == kind)


def _gap(earlier: Row, later: Row) -> timedelta:
    return _stamp(later, "received") - _stamp(earlier, "received")


def _stamp(row: Row, key: str) -> datetime:
    at: Value = row[key]
    assert isinstance(at, datetime)
    return at
