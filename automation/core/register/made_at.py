"""When the program's tabs were made: written on `Ringkasan` for people, and read again from there.

So the run before this one is known wherever the workbook goes.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from automation.core.office_time.dates import read_moments
from automation.core.words.indonesian import clock, long_date

WORDS = "Keadaan per "
LOOKED_AT = 10  # rows


def made_at(now: datetime, zone: str) -> str:
    """ "Keadaan per Senin, 23 November 2026, pukul 10.00 WIB"."""
    return f"{WORDS}{long_date(now)}, pukul {clock(now)} {zone}"


def read_made_at(grid: Sequence[Sequence[object]] | None) -> datetime | None:
    """The instant that `made_at` told, local wall-clock time; None where nobody can read it."""
    for row in (grid or ())[:LOOKED_AT]:
        for cell in row:
            if isinstance(cell, str) and cell.startswith(WORDS):
                found = read_moments([cell.removeprefix(WORDS).rpartition(" ")[0]], zone="")
                if found.timed[0] and not np.isnat(found.instants[0]):
                    read: datetime = found.instants[0].item()
                    return read
    return None
