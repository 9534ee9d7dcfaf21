"""What is longer than it can be: where a date holds a slip of the pen, such as a year of 2062.

A row that lasts so long is a finding and counts for nothing; one may well have no end yet.
"""

from datetime import timedelta

import numpy as np

from automation.core.arrays import Bools, Instants

LONGEST_CLOSURE = timedelta(days=183)
LONGEST_PAUSE = timedelta(days=366)
LONGEST_LEAVE = timedelta(days=4 * 366)  # three years without pay and a fourth (PerBKN 24/2017)


def lasts_longer(start: Instants, end: Instants, longest: timedelta) -> Bools:
    """Where the time from `start` to `end` reaches `longest`; nowhere without an end."""
    too_long: Bools = end - start >= np.timedelta64(longest)
    return too_long
