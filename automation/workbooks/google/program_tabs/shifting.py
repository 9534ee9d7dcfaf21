"""Rows of a list inserted and deleted, so that a row that only moved away is not written anew.

In a working list a case goes from one place to another, or a new one comes in between: then all
rows below would differ from what stands there. Rows are known again by their key; those that kept
their order stay, and between them only as many are inserted or deleted as there are more or fewer.

    before  A B C D E      after  A C D B E      delete B, insert a row before E, write it

The first row of data and the last always stay where they are and are written over: what is said of
all rows (conditional formats, the filter) then grows and shrinks with what lies within it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from automation.workbooks.google.program_tabs.page import Page, Row, padded
from automation.workbooks.google.wire.connection import Cells, Request, Scalar

MOST_SHIFTS = 400  # requests: a list of which more changed is written over
FEWEST_ROWS = 3  # header, first and last row

Key = tuple[Hashable, int]  # a row's key, and the how-many-eth with it


@dataclass(frozen=True)
class Shifted:
    """The tab after `requests`: its rows in full length, None for one that was inserted."""

    requests: Sequence[Request]
    rows: Sequence[Sequence[Scalar] | None]


def shifted(page: Page, before: Cells) -> Shifted:
    """The rows of `before` brought to where `page` has them, as far as that pays."""
    rows = [padded(row, page.width) for row in before.values]
    rows += [padded((), page.width) for _ in range(before.rows - len(rows))]
    fewest = min(len(rows), len(page.rows))
    if not page.is_list or fewest < FEWEST_ROWS or rows[0][:-1] != page.rows[0][:-1]:
        return Shifted((), rows)
    gaps = list(_gaps(_anchors(_keys(page, rows), _keys(page, page.rows))))
    requests = [gap.request(page.sheet_id) for gap in reversed(gaps) if gap.more]
    if len(requests) > MOST_SHIFTS:
        return Shifted((), rows)
    return Shifted(requests, [row for gap in gaps for row in gap.filled(rows)])


@dataclass(frozen=True)
class _Gap:
    """The rows from `top` to before `bottom`, an anchor; so many `more` are needed there."""

    top: int
    bottom: int
    more: int

    def request(self, sheet_id: int) -> Request:
        """Applied from the lowest gap up, so that places above hold still."""
        start, end = sorted((self.bottom, self.bottom + self.more))
        place = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": start, "endIndex": end}
        if self.more > 0:
            return {"insertDimension": {"range": place, "inheritFromBefore": True}}
        return {"deleteDimension": {"range": place}}

    def filled(self, rows: Sequence[Row]) -> list[Row | None]:
        """The rows that stand here afterwards, the anchor at their end included."""
        kept = rows[self.top : self.bottom + min(self.more, 0)]
        return [*kept, *[None] * self.more, rows[self.bottom]]


def _gaps(anchors: Sequence[tuple[int, int]]) -> Iterator[_Gap]:
    above, above_now = -1, -1
    for old, new in anchors:
        yield _Gap(above + 1, old, (new - above_now) - (old - above))
        above, above_now = old, new


def _anchors(before: Sequence[Key], after: Sequence[Key]) -> list[tuple[int, int]]:
    """(place before, place after) of the rows that stay: header, first, last, and most others."""
    last = len(before) - 1, len(after) - 1
    places = {key: place for place, key in enumerate(before[2:-1], start=2)}
    known = [
        (places[key], place) for place, key in enumerate(after[2:-1], start=2) if key in places
    ]
    return [(0, 0), (1, 1), *_longest_rising(known), last]


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of the pairs, in their order, whose first parts rise."""
    ends: list[int] = []  # the least end of a run of each length
    runs: list[int] = []  # likewise, the place of that end in `pairs`
    before: list[int] = []  # of each pair the one before it in its run, -1 for none
    for place, (old, _) in enumerate(pairs):
        length = bisect_left(ends, old)
        ends[length : length + 1] = [old]
        runs[length : length + 1] = [place]
        before.append(runs[length - 1] if length else -1)
    found = []
    place = runs[-1] if runs else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]


def _keys(page: Page, rows: Sequence[Row]) -> list[Key]:
    """By the list's own column, else by all that is seen of a row."""
    seen: Counter[Hashable] = Counter()
    keys: list[Key] = []
    for row in rows:
        key = tuple(row[:-1]) if page.key_column is None else row[page.key_column]
        keys.append((key, seen[key]))
        seen[key] += 1
    return keys
