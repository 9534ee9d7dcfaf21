"""Rules about the tab of closures and special hours."""

from collections.abc import Iterator

import pandas as pd

from automation.core.slips import LONGEST_CLOSURE, lasts_longer
from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.spans import overlapped_rows

DAY = pd.Timedelta(days=1)


def closure_reversed(context: Context) -> Iterator[Hit]:
    """A closure does not end before it starts."""
    closures = context.register.closures
    start, end = closures.frame["start"], closures.frame["end"]
    return hits(closures, "end", end < start, start=start.dt.date, end=end.dt.date)


def closure_too_long(context: Context) -> Iterator[Hit]:
    """No row lasts longer than an office can be closed: such a date is a slip of the pen."""
    closures = context.register.closures
    start, end = closures.frame["start"].dt.date, closures.frame["end"].dt.date
    too_long = _too_long(closures.frame)
    return hits(closures, "end", too_long, start=start, end=end, limit=LONGEST_CLOSURE.days)


def closure_overlaps(context: Context) -> Iterator[Hit]:
    """No day is closed twice, or given special hours twice; special hours may lie in a closure."""
    closures = context.register.closures
    spans = closures.frame[["row", "start"]].assign(
        end=closures.frame["end"].where(closures.filled["end"], closures.frame["start"]) + DAY,
        group=closures.filled["opens"].map({True: "special hours", False: "closed"}),
    )
    other_row = overlapped_rows(spans[~_too_long(closures.frame)]).reindex(spans.index)
    return hits(closures, "start", other_row.notna(), other_row=other_row)


def hours_incomplete(context: Context) -> Iterator[Hit]:
    """Special hours have both an opening and a closing time."""
    closures = context.register.closures
    times = closures.filled[["opens", "closes", "break_start", "break_end"]]
    complete = times["opens"] & times["closes"]
    return hits(closures, "opens", times.any(axis=1) & ~complete)


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


def _too_long(closures: pd.DataFrame) -> "pd.Series[bool]":
    return lasts_longer(closures["start"], closures["end"], LONGEST_CLOSURE)
