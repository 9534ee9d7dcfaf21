"""The rule about cases that were entered twice."""

from collections.abc import Iterator
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from automation.core.validation.findings import Context, Hit, hits

DAYS_APART = pd.Timedelta(days=7)
ALIKE = 0.85  # of two subjects, as difflib counts; 1 = the same
LOOKED_BACK = 5  # cases of one applicant
COMPARED = 300  # characters of a subject: what a cell can hold would take minutes to compare
NOBODY = ("", "anonim", "anonymous", "hamba allah", "nn", "n n", "no name", "tanpa nama")

_TITLES = "bapak|bpk|pak|ibu|bu|saudara|saudari|sdr|sdri|tn|ny|nn|hj|h|kh|drs|dra|dr|ir|prof"
# Titles, degrees after a comma, and whatever stands between words.
_AROUND_NAMES = rf"^\W*(?:(?:{_TITLES})\b\W*)+|,.*$|\W+"


def entered_twice(context: Context) -> Iterator[Hit]:
    """The same applicant does not send nearly the same subject twice within a week."""
    cases = context.register.cases
    twins = _twins(cases.frame)
    earlier = cases.frame.loc[list(twins.values()), ["row", "number"]].set_axis(list(twins))
    earlier = earlier.astype({"row": "Int64"}).reindex(cases.frame.index)
    found = earlier["row"].notna()
    return hits(cases, "subject", found, other_row=earlier["row"], other_number=earlier["number"])


def _twins(frame: pd.DataFrame) -> dict[int, int]:
    """The places of cases that were entered twice, each with that of the one before it."""
    pairs = _pairs(frame)
    subjects = _words(frame.loc[np.unique(pairs), "subject"])
    twins: dict[int, int] = {}
    for later, earlier in pairs.itertuples(index=False):
        if later not in twins and _alike(subjects[later], subjects[earlier]):
            twins[later] = earlier
    return twins


def _pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """The places (later, earlier) of cases that one applicant sent within a week."""
    applicant = _person(frame["applicant"])
    known = ~applicant.isin(NOBODY) & (frame["subject"] != "") & frame["received"].notna()
    chosen = applicant[known & applicant.duplicated(keep=False)]
    cases = pd.DataFrame({"applicant": chosen, "received": frame["received"][chosen.index]})
    cases = cases.sort_values(["applicant", "received"], kind="stable")
    found = [_pairs_apart(cases, distance) for distance in range(1, LOOKED_BACK + 1)]
    return pd.concat(found, ignore_index=True)


def _pairs_apart(cases: pd.DataFrame, distance: int) -> pd.DataFrame:
    """The pairs of sorted cases that stand so many places from each other."""
    before = cases.shift(distance)
    same = cases["applicant"] == before["applicant"]
    near = np.flatnonzero(same & (cases["received"] - before["received"] <= DAYS_APART))
    return pd.DataFrame({"later": cases.index[near], "earlier": cases.index[near - distance]})


def _person(names: "pd.Series[str]") -> "pd.Series[str]":
    """Names without titles and degrees, to be compared."""
    return names.str.casefold().str.replace(_AROUND_NAMES, " ", regex=True).str.strip()


def _words(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The first words of texts in lower case, without what stands between them."""
    words = texts.str.casefold().str.replace(r"\W+", " ", regex=True).str.strip()
    return words.str[:COMPARED]


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
