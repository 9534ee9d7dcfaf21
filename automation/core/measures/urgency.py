"""In which order people work through the cases: the open ones first, the most urgent on top.

    legal deadline passed or near   the first to end first
    late                            the most over its standard first
    running                         the first to be due first
    paused, to be mended            the first received first
    ended                           the last to end first

Of equals the first received comes first, then the upper one in the Register.
"""

import numpy as np
import pandas as pd

from automation.core.arrays import Floats, Ints
from automation.core.measures.attention import near_deadlines
from automation.core.measures.deadlines import Deadlines
from automation.core.measures.progress import Progress
from automation.core.schema import Schema
from automation.core.words.statuses import ENDED, STATUSES

LEGAL = -1  # before every status


def working_order(progress: Progress, deadlines: Deadlines, schema: Schema) -> Ints:
    """Places of the cases in `progress.cases`, the most urgent first."""
    cases = progress.cases
    near = near_deadlines(deadlines, schema)["due"].reindex(cases.index).astype("datetime64[s]")
    ended = cases["status"].isin(ENDED).to_numpy(bool)
    legal = ~ended & near.notna().to_numpy(bool)
    late = (cases["status"] == "overdue").to_numpy(bool)
    within = np.select(
        [ended, legal, late],
        [_latest(_ends(progress)), _earliest(near), cases["standard"] - cases["elapsed"]],
        default=_earliest(cases["due"]),
    )
    received = np.where(ended, _latest(cases["received"]), _earliest(cases["received"]))
    rank = np.where(legal, LEGAL, _ranks(cases["status"]))
    return np.lexsort((cases["row"].to_numpy(), received, within, rank))


def _ranks(statuses: "pd.Series[str]") -> Ints:
    """The place of each status in the table; one for all that have ended."""
    ranks = {fact.key: place for place, fact in enumerate(STATUSES)}
    ranks |= dict.fromkeys(ENDED, len(STATUSES))
    return np.array([ranks[status] for status in statuses], np.int64)


def _ends(progress: Progress) -> "pd.Series[pd.Timestamp]":
    """When the last thing was done in each case."""
    stamps = np.fmax.reduce(progress.intervals.ends, axis=1)
    received = progress.cases["received"].to_numpy("datetime64[s]")
    return pd.Series(np.fmax(stamps, received))


def _earliest(instants: "pd.Series[pd.Timestamp]") -> Floats:
    """Keys that put the earliest first and none last."""
    at = instants.to_numpy("datetime64[s]")
    return np.where(np.isnat(at), np.inf, at.astype(np.int64))


def _latest(instants: "pd.Series[pd.Timestamp]") -> Floats:
    """Keys that put the latest first and none last."""
    earliest = _earliest(instants)
    return np.where(np.isinf(earliest), np.inf, -earliest)
