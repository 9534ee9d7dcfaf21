"""Rules about the tab of pauses."""

from collections.abc import Iterator

import pandas as pd

from automation.core.slips import LONGEST_PAUSE, lasts_longer
from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.spans import overlapped_rows


def pause_reversed(context: Context) -> Iterator[Hit]:
    """A pause ends after it starts."""
    pauses = context.register.pauses
    return hits(pauses, "end", pauses.frame["end"] <= pauses.frame["start"])


def pause_too_long(context: Context) -> Iterator[Hit]:
    """No pause lasts longer than an applicant is waited for; one may have no end yet."""
    pauses = context.register.pauses
    start, end = pauses.frame["start"].dt.date, pauses.frame["end"].dt.date
    limit = LONGEST_PAUSE.days
    return hits(pauses, "end", _too_long(pauses.frame), start=start, end=end, limit=limit)


def pause_overlaps(context: Context) -> Iterator[Hit]:
    """The pauses of a case do not overlap; one without an end is still on."""
    pauses = context.register.pauses
    frame = pauses.frame
    lasting = pd.Timestamp(context.calendar.last)
    spans = frame[["row", "start"]].assign(
        end=frame["end"].where(pauses.filled["end"], lasting), group=frame["number"]
    )
    other_row = overlapped_rows(spans[~_too_long(frame)]).reindex(spans.index)
    return hits(pauses, "start", other_row.notna(), other_row=other_row)


def pause_of_unknown_case(context: Context) -> Iterator[Hit]:
    """A pause belongs to a case of the register."""
    cases, pauses = context.register.cases, context.register.pauses
    numbers = pauses.frame["number"]
    if "number" in cases.letters:
        unknown = (numbers != "") & ~numbers.isin(cases.frame["number"])
        yield from hits(pauses, "number", unknown)


def pause_before_receipt(context: Context) -> Iterator[Hit]:
    """A pause does not start on a day before its case was received."""
    cases, pauses = context.register.cases.frame, context.register.pauses
    received_days = cases.drop_duplicates("number").set_index("number")["received"].dt.normalize()
    received = received_days.reindex(pauses.frame["number"]).set_axis(pauses.frame.index)
    early = pauses.frame["start"].dt.normalize() < received
    return hits(pauses, "start", early, received=received.dt.date)


def pause_in_future(context: Context) -> Iterator[Hit]:
    """A pause has begun."""
    pauses = context.register.pauses
    return hits(pauses, "start", pauses.frame["start"] > context.now)


def _too_long(pauses: pd.DataFrame) -> "pd.Series[bool]":
    return lasts_longer(pauses["start"], pauses["end"], LONGEST_PAUSE)
