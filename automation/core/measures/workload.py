"""Who holds what now: the same holders as in `Pemantauan` and in mail."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from automation.core.measures.progress import Progress
from automation.core.schema import Sop
from automation.core.words.statuses import OPEN

NOBODY = ""


@dataclass
class Load:
    """What one person, or nobody (""), holds. What several hold together counts for each."""

    name: str
    waiting: int = 0  # open cases
    late: int = 0  # of these
    oldest: datetime | None = None  # since when the longest of them waits there
    absent: set[str] = field(default_factory=set)  # for whom the person stands in


@dataclass(frozen=True)
class StepLoad:
    """Open cases that stand at a step, and how many of them are late."""

    waiting: int
    late: int


def loads_of_people(progress: Progress) -> tuple[Load, ...]:
    """Everybody who holds something; those who need help first: most late, most waiting, oldest."""
    found: dict[str, Load] = {}
    for place, held in _open(progress).groupby("holding"):
        holders = progress.holdings[place].holders if place >= 0 else ()
        absent = {holder.name: holder.on_behalf_of for holder in holders}
        for name in absent or (NOBODY,):
            load = found.setdefault(name, Load(name))
            _add(load, held)
            load.absent |= {absent[name]} - {""} if absent else set()
    return tuple(sorted(found.values(), key=_urgency))


def loads_of_steps(progress: Progress, sop: Sop) -> tuple[StepLoad, ...]:
    """In the order of the SOP; together they are the open cases."""
    cases = progress.cases
    found = Counter(zip(cases["step"], cases["status"], strict=True))
    return tuple(
        StepLoad(
            waiting=sum(found[step.number, status] for status in OPEN),
            late=found[step.number, "overdue"],
        )
        for step in sop.steps
    )


def _open(progress: Progress) -> pd.DataFrame:
    return progress.cases[progress.cases["status"].isin(OPEN)]


def _add(load: Load, held: pd.DataFrame) -> None:
    load.waiting += len(held)
    load.late += int((held["status"] == "overdue").sum())
    oldest = held["since"].min().to_pydatetime()
    load.oldest = min(load.oldest or oldest, oldest)


def _urgency(load: Load) -> tuple[int, int, datetime, str]:
    return -load.late, -load.waiting, load.oldest or datetime.max, load.name
