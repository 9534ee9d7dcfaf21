"""The register at one moment, and what it is measured by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from automation.core.office_time.office_hours import OfficeHours
from automation.core.office_time.working_time import WorkCalendar
from automation.core.people.holders import Roster
from automation.core.register.memory import Remembered
from automation.core.register.register import Register
from automation.core.schema import Schema
from automation.core.words.ways import Ways


@dataclass(frozen=True)
class Snapshot:
    """What a run looks at. `now` is local wall-clock time."""

    register: Register
    schema: Schema
    now: datetime
    hours: OfficeHours
    roster: Roster
    ways: Ways  # those that can be sent by
    memory: Mapping[str, Remembered] = field(default_factory=dict)  # this run included

    @property
    def calendar(self) -> WorkCalendar:
        return self.hours.calendar
