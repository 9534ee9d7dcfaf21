"""The facts of the sample register as frozen records, read from the TOML beside this file."""

import math
import tomllib
from datetime import datetime, time
from pathlib import Path

from automation.core.schema.fact import Fact, Tuple

Weights = dict[str, int]  # how often each of several words comes, in relation to the others
CLOCK = "%H.%M"


class Colleague(Fact):
    name: str
    role: str
    email: str
    active: str = "Ya"
    substitute: str | None = None
    leave: tuple[int, ...] = Tuple  # first and last day, in days from today


class Applicants(Fact):
    given: tuple[str, ...] = Tuple
    second: tuple[str, ...] = Tuple
    mail_domains: tuple[str, ...] = Tuple
    phone_prefixes: tuple[str, ...] = Tuple


class Subjects(Fact):
    kapanewon: tuple[str, ...] = Tuple
    by_kind: dict[str, list[str]]


class Slips(Fact):
    """What a mistyped cell holds."""

    channel: str
    colleague: str
    phone: str
    id_number: str


class Receipt(Fact):
    days_per_root_case: int
    longest_days: int
    recency: float
    quiet_weekend: float
    hours: tuple[int, ...] = Tuple

    def days(self, cases: int) -> float:
        """How far back a register of so many cases reaches."""
        return min(self.longest_days, self.days_per_root_case * math.sqrt(cases))


class Channels(Fact):
    weights: Weights
    at_any_hour: tuple[str, ...] = Tuple
    by_mail: tuple[str, ...] = Tuple


class SlowDays(Fact):
    step: str
    weekdays: tuple[int, ...] = Tuple
    factor: int


class SlowPerson(Fact):
    step: str
    person: str
    factor: int


class CoursePace(Fact):
    median: float
    case_spread: float
    step_spread: float
    least_minutes: int
    optional_share: float
    slow_days: tuple[SlowDays, ...] = Tuple
    slow_people: tuple[SlowPerson, ...] = Tuple


class Disposition(Fact):
    step: str
    to: Weights


class Endings(Fact):
    decisions: Weights
    withdrawn: str
    withdrawn_one_in: int
    withdrawn_after: str
    remarks: dict[str, list[str]]


class CoursePauses(Fact):
    step: str
    one_in: int
    shortest_minutes: int
    longest_minutes: int
    reasons: tuple[str, ...] = Tuple


class Scene(Fact):
    """An open case as it stands today."""

    step: str
    used: float
    paused_minutes: int = 0


class OpenCases(Fact):
    share: float
    most: int
    scenes: tuple[Scene, ...] = Tuple


class OwnDay(Fact):
    days_ago: int
    remarks: str
    opens: str | None = None
    closes: str | None = None

    def periods(self) -> tuple[tuple[int, int], ...]:
        """Working periods in minutes from midnight; none without hours."""
        if self.opens is None or self.closes is None:
            return ()
        return ((_minutes(self.opens), _minutes(self.closes)),)


class Facts(Fact):
    staff: tuple[Colleague, ...] = Tuple
    applicants: Applicants
    subjects: Subjects
    slips: Slips
    receipt: Receipt
    channels: Channels
    kinds: Weights
    pace: CoursePace
    disposition: Disposition
    endings: Endings
    pauses: CoursePauses
    open_cases: OpenCases
    own_days: tuple[OwnDay, ...] = Tuple


def load_facts() -> Facts:
    here = Path(__file__).parent
    names = "people_and_subjects.toml", "course_of_cases.toml"
    documents = [tomllib.loads((here / name).read_text("utf-8")) for name in names]
    return Facts.model_validate({**documents[0], **documents[1]})


def _minutes(clock: str) -> int:
    at: time = datetime.strptime(clock, CLOCK).time()
    return at.hour * 60 + at.minute
