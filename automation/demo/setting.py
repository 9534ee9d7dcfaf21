"""What every part of the sample is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from automation.core.office_time.working_time import WorkCalendar
from automation.core.schema import Sop
from automation.demo.facts import Facts


@dataclass(frozen=True)
class Setting:
    sop: Sop
    facts: Facts
    calendar: WorkCalendar  # with the office's own days
    now: datetime  # local wall-clock time, whole minutes
    rng: Random

    def pick(self, weights: Mapping[str, int]) -> str:
        """One of the words, each as often as its weight says."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def place(self, step: str) -> int:
        """The place of a step, counted from 0."""
        return self.sop.step_named(step).number - 1
