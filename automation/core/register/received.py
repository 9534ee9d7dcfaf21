"""The cases of a Register that were received on some days."""

from dataclasses import replace

import numpy as np

from automation.core.office_time.periods import Period
from automation.core.register.register import Register


def received_within(register: Register, period: Period) -> Register:
    """The Register with these cases only; one whose receipt cannot be read is in no period."""
    received = register.cases.frame["received"].to_numpy("datetime64[D]")
    kept = (np.datetime64(period.start) <= received) & (received <= np.datetime64(period.end))
    places = {old: new for new, old in enumerate(np.flatnonzero(kept).tolist())}
    cases = replace(
        register.cases,
        frame=register.cases.frame[kept].reset_index(drop=True),
        filled=register.cases.filled[kept].reset_index(drop=True),
        faults=tuple(
            replace(fault, index=places[fault.index])
            for fault in register.cases.faults
            if fault.index in places
        ),
    )
    return replace(register, cases=cases)
