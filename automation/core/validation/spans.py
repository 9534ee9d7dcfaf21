"""Spans of time that share some of it."""

import pandas as pd


def overlapped_rows(spans: pd.DataFrame) -> "pd.Series[int]":
    """For each span the sheet's row of an earlier one of its group that has not ended; NA = none.

    `spans` has the columns group, start, end (exclusive) and row. Spans that run backwards or lack
    a date, an end or a group have no part in it.
    """
    usable = spans[(spans["start"] < spans["end"]) & (spans["group"] != "")]
    usable = usable.sort_values(["group", "start"], kind="stable")
    reach = usable.groupby("group")["end"].cummax()
    furthest = usable["row"].where(usable["end"] == reach).groupby(usable["group"]).ffill()
    before = pd.DataFrame({"reach": reach, "row": furthest}).groupby(usable["group"]).shift()
    overlapped = before["row"].where(usable["start"] < before["reach"])
    return overlapped.reindex(spans.index).astype("Int64")
