"""What can be said of a case as a whole: one row for each status."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Status = Literal["running", "overdue", "paused", "invalid", "on_time", "late", "closed"]
Course = Literal["open", "finished", "neither"]


@dataclass(frozen=True)
class StatusFact:
    """`word` is what staff read; `look` the colour of the cell that says it ("" = none)."""

    key: Status
    word: str
    look: str
    course: Course


# The most urgent first.
STATUSES: tuple[StatusFact, ...] = (
    StatusFact("overdue", "Terlambat", "bad", "open"),
    StatusFact("running", "Berjalan", "", "open"),
    StatusFact("paused", "Dijeda", "next", "open"),
    StatusFact("invalid", "Perlu Diperbaiki", "warn", "neither"),
    StatusFact("on_time", "Selesai Tepat Waktu", "good", "finished"),
    StatusFact("late", "Selesai Terlambat", "warn", "finished"),
    StatusFact("closed", "Ditutup", "off", "neither"),
)
OPEN: tuple[Status, ...] = tuple(fact.key for fact in STATUSES if fact.course == "open")
FINISHED: tuple[Status, ...] = tuple(fact.key for fact in STATUSES if fact.course == "finished")
ENDED: tuple[Status, ...] = (*FINISHED, "closed")
STATUS_WORDS: Mapping[Status, str] = {fact.key: fact.word for fact in STATUSES}
