"""Rules about the tabs of closures and pauses."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from automation.core.validation.hits import Context, Hit, hits


def closures(context: Context) -> Iterator[Hit]:
    """A closure runs forward, does not overlap another, and its hours are complete."""
    table = context.register.closures
    frame = table.frame
    end = frame["end"].fillna(frame["start"])
    yield from hits("span_reversed", table, end < frame["start"], "end")
    for index, row in _overlaps(frame.assign(end=end, group="")):
        yield Hit("closure_overlaps", table.tab.title, index, "start", {"row": row})
    hours = frame[["opens", "closes", "break_start", "break_end"]].notna()
    given = table.filled[["opens", "closes", "break_start", "break_end"]]
    half = (given["opens"] != given["closes"]) | (given["break_start"] != given["break_end"])
    alone = given["break_start"] & ~given["opens"]
    yield from hits("hours_incomplete", table, half | alone, "opens")
    whole = hours["opens"] & hours["closes"]
    reversed_hours = whole & (frame["closes"] <= frame["opens"])
    yield from hits("hours_reversed", table, reversed_hours, "closes")
    has_break = whole & hours["break_start"] & hours["break_end"] & ~reversed_hours
    wrong_break = has_break & ~(
        (frame["opens"] <= frame["break_start"])
        & (frame["break_start"] < frame["break_end"])
        & (frame["break_end"] <= frame["closes"])
    )
    yield from hits("break_outside_hours", table, wrong_break, "break_start")


def pauses(context: Context) -> Iterator[Hit]:
    """A pause runs forward, belongs to a case, begins after its receipt, overlaps no other."""
    table = context.register.pauses
    frame = table.frame
    yield from hits("span_reversed", table, frame["end"] <= frame["start"], "end")
    cases = context.cases.frame
    unknown = (frame["number"] != "") & ~frame["number"].isin(cases["number"])
    yield from hits("pause_of_unknown_case", table, unknown, "number")
    firsts = cases.drop_duplicates("number")[["number", "received"]]
    received = frame[["number"]].merge(firsts, on="number", how="left")["received"]
    known = received.notna() & frame["start"].notna()
    early = known & (frame["start"].dt.normalize() < received.dt.normalize())
    yield from hits("pause_before_receipt", table, early, "start")
    lasting = frame["end"].where(table.filled["end"], pd.Timestamp(context.calendar.last))
    named = frame[frame["number"] != ""].assign(end=lasting, group=frame["number"])
    for index, row in _overlaps(named, touching=False):
        yield Hit("pause_overlaps", table.tab.title, index, "start", {"row": row})


def _overlaps(frame: pd.DataFrame, touching: bool = True) -> Iterator[tuple[int, int]]:
    """Rows that begin before an earlier one of their group has ended: (position, other row)."""
    usable = frame[(frame["start"] <= frame["end"])].sort_values(["group", "start"], kind="stable")
    for _, rows in usable.groupby("group"):
        starts, ends = rows["start"].to_numpy(), rows["end"].to_numpy()
        for place in range(1, len(rows)):
            reach = np.argmax(ends[:place])
            meets = starts[place] <= ends[reach] if touching else starts[place] < ends[reach]
            if meets:
                yield int(rows.index[place]), int(rows["row"].iat[reach])
