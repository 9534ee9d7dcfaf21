"""Spans of time that share some of it.

row 2   02/11–09/11   it ends last so far
row 3   04/11–05/11   within row 2: overlaps row 2
row 4   09/11–12/11   begins on the last day of row 2: overlaps row 2, and now ends last
row 5   13/11         the day after: overlaps none
"""

from collections.abc import Sequence

import numpy as np

from automation.core.arrays import Instants, Ints
from automation.core.register.register import Entries


def days(table: Entries, key: str) -> Instants:
    """The days of a column of dates; datetime64[D]."""
    found: Instants = table.frame[key].to_numpy("datetime64[D]")
    return found


def overlapped_rows(
    table: Entries, groups: Sequence[str], starts: Instants, ends: Instants
) -> Ints:
    """For each span the sheet's row of an earlier one of its group that has not ended; 0 = none.

    There is one for each row of the table; ends are exclusive. Spans that run backwards or lack a
    date, an end or a group have no part in it.
    """
    rows = table.frame["row"].to_numpy()
    found = np.zeros(len(rows), dtype=np.int64)
    usable = [place for place in np.flatnonzero(starts < ends).tolist() if groups[place]]
    furthest: dict[str, int] = {}  # of each group, the span that ends last so far
    for place in sorted(usable, key=lambda place: starts[place]):
        before = furthest.setdefault(groups[place], place)
        if before != place and starts[place] < ends[before]:
            found[place] = rows[before]
        if ends[place] >= ends[before]:
            furthest[groups[place]] = place
    return found
