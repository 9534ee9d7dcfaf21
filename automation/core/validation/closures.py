"""Rules about the tab of closures and special hours."""

from collections.abc import Iterator

import numpy as np

from automation.core.arrays import Bools
from automation.core.office_time.dates import NAT
from automation.core.office_time.slips import LONGEST_CLOSURE, lasts_longer
from automation.core.register.register import Entries
from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.spans import days, overlapped_rows


def closure_reversed(context: Context) -> Iterator[Hit]:
    """A closure does not end before it starts."""
    closures = context.register.closures
    start, end = days(closures, "start"), days(closures, "end")
    return hits(closures, "end", end < start, start=start, end=end)


def closure_too_long(context: Context) -> Iterator[Hit]:
    """No row lasts longer than an office can be closed: such a date is a slip of the pen."""
    closures = context.register.closures
    start, end = days(closures, "start"), days(closures, "end")
    limit = LONGEST_CLOSURE.days
    return hits(closures, "end", _too_long(closures), start=start, end=end, limit=limit)


def closure_overlaps(context: Context) -> Iterator[Hit]:
    """No day is closed twice, or given special hours twice; special hours may lie in a closure."""
    closures = context.register.closures
    start, end = days(closures, "start"), days(closures, "end")
    last = np.where(closures.filled["end"], end, start) + 1
    last[_too_long(closures)] = NAT
    groups = np.where(closures.filled["opens"], "special hours", "closed").tolist()
    other_row = overlapped_rows(closures, groups, start, last)
    return hits(closures, "start", other_row > 0, other_row=other_row)


def hours_incomplete(context: Context) -> Iterator[Hit]:
    """Special hours have both an opening and a closing time."""
    closures = context.register.closures
    times = ["opens", "closes", "break_start", "break_end"]
    filled = closures.filled[times].to_numpy(bool)
    complete = filled[:, :2].all(axis=1)
    return hits(closures, "opens", filled.any(axis=1) & ~complete)


def hours_reversed(context: Context) -> Iterator[Hit]:
    """The office closes after it opens."""
    closures = context.register.closures
    return hits(closures, "closes", closures.frame["closes"] <= closures.frame["opens"])


def break_incomplete(context: Context) -> Iterator[Hit]:
    """A break has both a start and an end."""
    closures = context.register.closures
    halves = closures.filled["break_start"] != closures.filled["break_end"]
    return hits(closures, "break_start", halves)


def break_outside_hours(context: Context) -> Iterator[Hit]:
    """A break runs forward and lies within its special hours."""
    frame = context.register.closures.frame
    opens, closes = frame["opens"], frame["closes"]
    start, end = frame["break_start"], frame["break_end"]
    outside = (opens < closes) & ((start < opens) | (end <= start) | (closes < end))
    return hits(context.register.closures, "break_start", outside)


def _too_long(closures: Entries) -> Bools:
    return lasts_longer(days(closures, "start"), days(closures, "end"), LONGEST_CLOSURE)
