"""The rule about cases that were entered twice.

Comparing all cases of a week with each other would take minutes where somebody pasted a whole year
into one day. Each is compared with a fixed number of others instead: those that stand next to it
by applicant, by subject and by receipt.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from automation.core.validation.findings import Context, Hit, hits

DAYS_APART = pd.Timedelta(days=7)
ALIKE = 0.85  # of two subjects: twice what they share, in order, over both lengths; 1 = the same
MISSPELT = 0.88  # of two names; "sri lestari" and "sri lestary" have 0.91
LOOKED_BACK = {"applicant": 5, "subject": 5, "received": 20}  # cases, in the order of each
COMPARED = 300  # characters of a name or subject: a cell can hold a hundred times as many
NOBODY = ("", "anonim", "anonymous", "hamba allah", "nn", "n n", "no name", "tanpa nama")

_TITLES = "bapak|bpk|pak|ibu|bu|saudara|saudari|sdr|sdri|tn|ny|nn|hj|h|kh|drs|dra|dr|ir|prof"
# Titles, degrees after a comma, and whatever stands between words.
_AROUND_NAMES = rf"^\W*(?:(?:{_TITLES})\b\W*)+|,.*$|\W+"


def entered_twice(context: Context) -> Iterator[Hit]:
    """The same applicant does not send nearly the same subject twice within a week.

    A name that is spelt a little differently is the same applicant; one with digits is not.
    """
    cases = context.register.cases
    earlier = _twins(cases.frame)
    other_row = cases.frame["row"].astype("Int64").reindex(earlier).set_axis(earlier.index)
    other_row = other_row.reindex(cases.frame.index)
    return hits(cases, "subject", other_row.notna(), other_row=other_row)


def _twins(frame: pd.DataFrame) -> "pd.Series[int]":
    """By the place of each case that was entered twice, that of the last one before it."""
    cases = pd.DataFrame(
        {
            "applicant": _person(frame["applicant"]),
            "subject": _words(frame["subject"]),
            "received": frame["received"],
        }
    )
    known = ~cases["applicant"].isin(NOBODY) & (cases["subject"] != "") & cases["received"].notna()
    cases = cases[known].sort_values("received", kind="stable")
    pairs = _pairs(cases)
    pairs = pairs[_one_person(cases["applicant"], pairs)]
    alike = _are_alike(cases["subject"], pairs, ALIKE)
    last = pairs[alike].groupby("later")["earlier"].max()
    return pd.Series(cases.index[last], index=cases.index[last.index])


def _pairs(cases: pd.DataFrame) -> pd.DataFrame:
    """Places (later, earlier) in `cases`, which are in order of receipt, within a week."""
    received = cases["received"].to_numpy()
    found = []
    for key, most in LOOKED_BACK.items():
        order = np.argsort(pd.factorize(cases[key], sort=True)[0], kind="stable")
        for distance in range(1, min(most, len(order) - 1) + 1):
            pair = np.sort([order[:-distance], order[distance:]], axis=0)
            near = received[pair[1]] - received[pair[0]] <= DAYS_APART
            found.append(pair[:, near])
    earlier, later = np.concatenate(found, axis=1) if found else np.empty((2, 0), dtype=int)
    return pd.DataFrame({"later": later, "earlier": earlier})


def _one_person(names: "pd.Series[str]", pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    spelt, later, earlier = pd.factorize(names)[0], pairs["later"], pairs["earlier"]
    same: npt.NDArray[np.bool_] = spelt[later] == spelt[earlier]
    lettered = ~names.str.contains(r"\d").to_numpy(dtype=bool)
    same[~same] = lettered[later[~same]] & lettered[earlier[~same]]
    same[same] = _are_alike(names, pairs[same], MISSPELT)
    return same


def _are_alike(texts: "pd.Series[str]", pairs: pd.DataFrame, least: float) -> npt.NDArray[np.bool_]:
    """Whether the two texts of each pair are that much alike."""
    one, other = (texts.iloc[pairs[side]].tolist() for side in ("later", "earlier"))
    alike = cpdist(one, other, scorer=Indel.normalized_similarity, score_cutoff=least)
    return np.asarray(alike > 0, dtype=np.bool_)


def _person(names: "pd.Series[str]") -> "pd.Series[str]":
    """The first characters of names without titles and degrees, to be compared."""
    bare = names.str.casefold().str.replace(_AROUND_NAMES, " ", regex=True).str.strip()
    return bare.str[:COMPARED]


def _words(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The first words of texts in lower case, without what stands between them."""
    words = texts.str.casefold().str.replace(r"\W+", " ", regex=True).str.strip()
    return words.str[:COMPARED]
