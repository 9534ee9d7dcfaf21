"""The rule about cases that were entered twice.

Comparing all cases of a week with each other would take minutes where somebody pasted a whole year
into one day. Each is compared with a fixed number of others instead: those that stand next to it
by applicant, by subject and by receipt.
"""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from automation.core.arrays import Bools, Instants, Ints, Texts
from automation.core.validation.findings import Context, Hit, hits

Pairs = Ints  # shape (2, pairs)

DAYS_APART = np.timedelta64(7, "D")
ALIKE = 0.85  # of two subjects: twice what they share, in order, over both lengths; 1 = the same
MISSPELT = 0.88  # of two names; "sri lestari" and "sri lestary" have 0.91
LOOKED_BACK = (5, 5, 20)  # cases, in the order of applicant, subject and receipt
COMPARED = 300  # characters of a name or subject: a cell can hold a hundred times as many
NOBODY = ("", "anonim", "anonymous", "hamba allah", "nn", "n n", "no name", "tanpa nama")

_TITLES = "bapak|bpk|pak|ibu|bu|saudara|saudari|sdr|sdri|tn|ny|nn|hj|h|kh|drs|dra|dr|ir|prof"
# Titles, degrees after a comma, and whatever stands between words.
_AROUND_NAMES = re.compile(rf"^\W*(?:(?:{_TITLES})\b\W*)+|,.*$|\W+")
_BETWEEN_WORDS = re.compile(r"\W+")


def entered_twice(context: Context) -> Iterator[Hit]:
    """The same applicant does not send nearly the same subject twice within a week.

    A name that is spelt a little differently is the same applicant; one with digits is not.
    """
    cases = context.register.cases
    rows = cases.frame["row"].to_numpy()
    other_row = np.zeros(len(rows), dtype=np.int64)  # 0 = entered once
    for later, earlier in _twins(cases.frame):
        other_row[later] = rows[earlier]
    return hits(cases, "subject", other_row > 0, other_row=other_row)


def _twins(frame: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """The place of each case that was entered twice, and that of the last one before it."""
    names, texts = list(map(_person, frame["applicant"])), list(map(_words, frame["subject"]))
    received = frame["received"].to_numpy("datetime64[s]")
    in_order = np.argsort(received, kind="stable")
    known = [
        place
        for place in in_order[~np.isnat(received[in_order])].tolist()
        if names[place] not in NOBODY and texts[place]
    ]
    applicants = np.array([names[place] for place in known], dtype=object)
    subjects = np.array([texts[place] for place in known], dtype=object)
    pairs = _pairs(applicants, subjects, received[known])
    pairs = pairs[:, _one_person(applicants, pairs)]
    earlier, later = pairs[:, _are_alike(subjects, pairs, ALIKE)]
    last = np.full(len(known), -1)
    np.maximum.at(last, later, earlier)
    return ((known[place], known[before]) for place, before in enumerate(last) if before >= 0)


def _pairs(applicants: Texts, subjects: Texts, received: Instants) -> Pairs:
    """Places (earlier, later) of cases received within a week, given in order of receipt."""
    found = [np.empty((2, 0), dtype=np.int64)]
    for values, most in zip((applicants, subjects, received), LOOKED_BACK, strict=True):
        order = np.argsort(values, kind="stable")
        for distance in range(1, min(most, len(order) - 1) + 1):
            pair = np.sort([order[:-distance], order[distance:]], axis=0)
            near = received[pair[1]] - received[pair[0]] <= DAYS_APART
            found.append(pair[:, near])
    return np.concatenate(found, axis=1)


def _one_person(names: Texts, pairs: Pairs) -> Bools:
    spelt, lettered = pd.factorize(names)[0], ~np.array(list(map(_has_digit, names)), dtype=bool)
    same: Bools = spelt[pairs[0]] == spelt[pairs[1]]
    same[~same] = lettered[pairs[:, ~same]].all(axis=0)
    same[same] = _are_alike(names, pairs[:, same], MISSPELT)
    return same


def _has_digit(text: str) -> bool:
    return re.search(r"\d", text) is not None


def _are_alike(texts: Texts, pairs: Pairs, least: float) -> Bools:
    """Whether the two texts of each pair are that much alike."""
    earlier, later = texts[pairs].tolist()
    alike = cpdist(earlier, later, scorer=Indel.normalized_similarity, score_cutoff=least)
    return np.asarray(alike > 0, dtype=np.bool_)


def _person(name: str) -> str:
    """The first characters of a name without titles and degrees, to be compared."""
    return _AROUND_NAMES.sub(" ", name.casefold()).strip()[:COMPARED]


def _words(text: str) -> str:
    """The first words of a text in lower case, without what stands between them."""
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()[:COMPARED]
