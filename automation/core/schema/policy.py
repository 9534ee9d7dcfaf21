"""What is mailed when, and how a finding is worded."""

from pydantic import Field

from automation.core.schema.fact import Fact, Severity, Tuple


class TurnPolicy(Fact):
    pass


class SoonPolicy(Fact):
    share: float = Field(gt=0, lt=1)
    coarsest_minutes: int = Field(ge=0)


class OverduePolicy(Fact):
    repeat_minutes: int = Field(gt=0)


class EscalationPolicy(Fact):
    factor: float = Field(ge=1)
    repeat_minutes: int = Field(gt=0)


class LegalPolicy(Fact):
    days_before: tuple[int, ...] = Tuple


class FindingsPolicy(Fact):
    listed: int = Field(gt=0)  # findings spelled out in one mail


class DigestPolicy(Fact):
    until_hour: int = Field(gt=0, le=24)


class Limits(Fact):
    per_person_per_day: int = Field(gt=0)
    quiet_minutes: int = Field(ge=0)


class ReminderPolicy(Fact):
    """What is mailed when. A stage that the file leaves out is not mailed."""

    keeper_role: str
    head_role: str
    turn: TurnPolicy | None = None
    soon: SoonPolicy | None = None
    overdue: OverduePolicy | None = None
    escalation: EscalationPolicy | None = None
    legal: LegalPolicy | None = None
    findings: FindingsPolicy | None = None
    digest: DigestPolicy | None = None
    limits: Limits


class Wording(Fact):
    """What a finding of one rule says. `{name}` stands for a value that the rule supplies."""

    severity: Severity
    message: str
    suggestion: str
