"""What is mailed when, and how a finding is worded."""

from typing import Annotated

from pydantic import Field

from automation.core.schema.fact import Fact, Severity, Text

A_DAY = 24 * 60
Minutes = Annotated[int, Field(gt=0, le=A_DAY * 365)]
Count = Annotated[int, Field(gt=0, le=1000)]
Days = Annotated[int, Field(ge=0, le=365)]


class TurnPolicy(Fact):
    quiet_minutes: int = Field(ge=0, le=A_DAY)  # by the clock, before a new turn is told
    share: float = Field(ge=0, le=1)  # of the standard, likewise where that is longer


class BusyPolicy(Fact):
    mails: Count  # of one day, to one person: from then on what is not late yet waits longer
    quiet_minutes: int = Field(ge=0, le=A_DAY)  # by the clock, before a turn or a warning


class SoonPolicy(Fact):
    share: float = Field(gt=0, lt=1)
    coarsest_minutes: int = Field(ge=0, le=A_DAY)


class OverduePolicy(Fact):
    wait_minutes: int = Field(ge=0, le=A_DAY)  # by the clock, before lateness is told


class EscalationPolicy(Fact):
    factor: float = Field(ge=1, le=1000)


class LegalPolicy(Fact):
    days_before: tuple[Days, ...] = Field(min_length=1, strict=False)


class FindingsPolicy(Fact):
    listed: Count  # findings spelled out in one mail


class FiguresPolicy(Fact):
    pass


class MemoryPolicy(Fact):
    afterwards_minutes: Minutes
    changes_days: Days


class ReminderPolicy(Fact):
    """What is mailed when. A stage that the file leaves out is not mailed."""

    keeper_role: str
    head_role: str
    quiet_minutes: int = Field(ge=0, le=A_DAY)  # by the clock, between two mails
    memory: MemoryPolicy
    busy: BusyPolicy | None = None
    turn: TurnPolicy | None = None
    soon: SoonPolicy | None = None
    overdue: OverduePolicy | None = None
    escalation: EscalationPolicy | None = None
    legal: LegalPolicy | None = None
    findings: FindingsPolicy | None = None
    figures: FiguresPolicy | None = None


class Wording(Fact):
    """What a finding of one rule says. `{name}` stands for a value that the rule supplies, but in
    the title, which is the same for all its findings."""

    title: Text
    severity: Severity
    message: Text
    suggestion: Text
