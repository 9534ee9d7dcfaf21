"""What a person can be told: one row for each stage, and one template of its sentences.

The row says everything that the program must know of a stage; `mail/templates/stages/<key>.j2` has
its words. A new stage is one row, one template, and the function in `reminders` that finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Stage = Literal["escalation", "overdue", "legal", "soon", "turn", "figures", "report", "findings"]
Request = Literal["fill_in", "direct", "hurry", "mend", ""]


@dataclass(frozen=True)
class StageFact:
    """`is_news`: mailed during the day; what is no news waits for the morning letter.
    `counts_late`: says of a case that it is over its standard. `is_once`: not said again in a
    morning letter."""

    key: Stage
    word: str  # in the tab Pengingat
    heading: str  # above its section in a mail of several
    request: Request  # what it asks of the reader
    color: str  # of its cards in a mail, RRGGBB
    is_news: bool = True
    counts_late: bool = False
    is_once: bool = False


# Most urgent first: the order within a letter.
STAGES: tuple[StageFact, ...] = (
    StageFact("escalation", "Eskalasi", "Mohon arahan", "direct", "c0392b", counts_late=True),
    StageFact("overdue", "Terlambat", "Melewati mutu baku", "fill_in", "c0392b", counts_late=True),
    StageFact("legal", "Tenggat Hukum", "Tenggat hukum", "hurry", "b7791f"),
    StageFact("soon", "Segera Jatuh Tempo", "Segera jatuh tempo", "fill_in", "b7791f"),
    StageFact("turn", "Giliran", "Menunggu Bapak/Ibu", "fill_in", "1f4e79"),
    StageFact("figures", "Ringkasan", "Keadaan pelayanan", "", "1f4e79", is_news=False),
    StageFact("report", "Laporan Bulanan", "Laporan bulanan", "", "1f4e79", is_once=True),
    StageFact("findings", "Temuan", "Temuan pada Buku Register", "mend", "6b7280", is_news=False),
)
STAGE: Mapping[Stage, StageFact] = {fact.key: fact for fact in STAGES}
URGENCY: tuple[Stage, ...] = tuple(fact.key for fact in STAGES)
# What the holder of a turn is told, one after the other.
OF_TURN: tuple[Stage, ...] = tuple(
    fact.key for fact in reversed(STAGES) if fact.request == "fill_in"
)
