"""Rules about the tab of pauses."""

from collections.abc import Iterator

import numpy as np

from automation.core.arrays import Bools
from automation.core.office_time.dates import NAT
from automation.core.office_time.slips import LONGEST_PAUSE, lasts_longer
from automation.core.register.register import Entries
from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.spans import days, overlapped_rows


def pause_reversed(context: Context) -> Iterator[Hit]:
    """A pause ends after it starts."""
    pauses = context.register.pauses
    return hits(pauses, "end", pauses.frame["end"] <= pauses.frame["start"])


def pause_too_long(context: Context) -> Iterator[Hit]:
    """No pause lasts longer than an applicant is waited for; one may have no end yet."""
    pauses = context.register.pauses
    start, end = days(pauses, "start"), days(pauses, "end")
    limit = LONGEST_PAUSE.days
    return hits(pauses, "end", _too_long(pauses), start=start, end=end, limit=limit)


def pause_overlaps(context: Context) -> Iterator[Hit]:
    """The pauses of a case do not overlap; one without an end is still on."""
    pauses = context.register.pauses
    start, end = pauses.frame["start"].to_numpy(), pauses.frame["end"].to_numpy()
    last = np.where(pauses.filled["end"], end, context.calendar.last)
    last[_too_long(pauses)] = NAT
    other_row = overlapped_rows(pauses, pauses.frame["number"].tolist(), start, last)
    return hits(pauses, "start", other_row > 0, other_row=other_row)


def pause_of_unknown_case(context: Context) -> Iterator[Hit]:
    """A pause belongs to a case of the register."""
    cases, pauses = context.register.cases, context.register.pauses
    numbers = pauses.frame["number"]
    if "number" in cases.letters:
        unknown = (numbers != "") & ~numbers.isin(cases.frame["number"])
        yield from hits(pauses, "number", unknown)


def pause_before_receipt(context: Context) -> Iterator[Hit]:
    """A pause does not start on a day before its case was received."""
    cases, pauses = context.register.cases, context.register.pauses
    numbers = reversed(cases.frame["number"].tolist())
    firsts = dict(zip(numbers, days(cases, "received")[::-1], strict=True))
    paused = [firsts.get(number, NAT) for number in pauses.frame["number"]]
    received = np.array(paused, dtype="datetime64[D]")
    return hits(pauses, "start", days(pauses, "start") < received, received=received)


def pause_in_future(context: Context) -> Iterator[Hit]:
    """A pause has begun."""
    pauses = context.register.pauses
    return hits(pauses, "start", pauses.frame["start"] > context.now)


def _too_long(pauses: Entries) -> Bools:
    start, end = pauses.frame["start"].to_numpy(), pauses.frame["end"].to_numpy()
    return lasts_longer(start, end, LONGEST_PAUSE)
