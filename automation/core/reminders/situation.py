"""What those who decide on letters know, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from automation.core.measures.deadlines import Deadlines
from automation.core.measures.figures import Figures
from automation.core.measures.progress import Progress
from automation.core.office_time.periods import Period
from automation.core.reminders.notices import Notice, Person, Recipient, Told
from automation.core.reminders.recipients import Reach
from automation.core.reminders.turns import Turns
from automation.core.snapshot import Snapshot
from automation.core.validation import Finding

Candidate = tuple[Person, Notice]


@dataclass(frozen=True)
class Situation:
    """What a snapshot means for those who are told of it."""

    snapshot: Snapshot
    progress: Progress
    deadlines: Deadlines
    findings: Sequence[Finding]
    reach: Reach
    turns: Turns
    figures: Figures
    told: Told
    report: Period | None = None  # of the month that is over, where it is to be sent


def to(recipient: Recipient, notice: Notice) -> Candidate:
    return recipient.person, replace(
        notice, on_behalf_of=recipient.on_behalf_of, reason=recipient.reason
    )
