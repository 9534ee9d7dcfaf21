"""The facts of an office as frozen records: SOP, tabs, hours, reminder policy, wording.

The facts themselves are TOML, in `sheets_schema/` or in another office's folder. This file says
which shape they must have and refuses what does not fit; it reads no file.
"""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

DOCUMENTS = ("sop", "tabs", "working_hours", "reminders", "findings")
STEPS_KEY = "steps"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Minutes = Annotated[int, Field(ge=0, le=1440)]
Period = tuple[Minutes, Minutes]
Severity = Literal["error", "warning", "info"]


class SchemaError(ValueError):
    """A fact that does not fit. The message names the document, the key and the reason."""


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


def _period(text: object) -> Period:
    """'07.30-12.00' as minutes from midnight: (450, 720)."""
    match = re.fullmatch(r"(\d{2})\.(\d{2})-(\d{2})\.(\d{2})", str(text))
    if not match:
        raise ValueError(f"{text!r} is not a period such as '07.30-12.00'")
    h1, m1, h2, m2 = map(int, match.groups())
    if not (h1 <= 24 and h2 <= 24 and m1 < 60 and m2 < 60 and h1 * 60 + m1 < h2 * 60 + m2 <= 1440):
        raise ValueError(f"{text!r} does not run forward within one day")
    return h1 * 60 + m1, h2 * 60 + m2


def _day(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    if any(end > start for (_, end), (start, _) in pairwise(periods)):
        raise ValueError("periods of a day must follow each other without overlap")
    return periods


Day = Annotated[tuple[Annotated[Period, BeforeValidator(_period)], ...], AfterValidator(_day)]
Tuple = Field(default=(), strict=False)


# --- the SOP ---------------------------------------------------------------------------------


class Role(Fact):
    name: str
    superior: str | None = None  # the role that an overdue step is escalated to


class Step(Fact):
    name: str  # short, as in the column header
    activity: str  # the SOP's own wording
    role: str  # the role that holds the step
    role_confirmed: bool
    follows_disposition: bool = False
    initials: tuple[str, ...] = Tuple  # roles that put their initials
    requirement: str = ""
    standard_minutes: int = Field(gt=0)  # working minutes
    output: str = ""
    number: int = 0  # 1-based place, given by the SOP

    @property
    def header(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def key(self) -> str:
        """The step's column in the tables of the core."""
        return step_key(self.number)

    @property
    def standard_seconds(self) -> int:
        return self.standard_minutes * 60


class Deadline(Fact):
    name: str
    days: int = Field(gt=0)  # counted from the day after receipt
    extension_days: int = 0
    unit: Literal["working", "calendar"]
    until_step: str  # the step whose stamp meets the deadline
    source: str
    confirmed: bool


class Kind(Fact):
    name: str
    code: str = ""
    deadlines: tuple[Deadline, ...] = Tuple


class Decision(Fact):
    name: str
    closes: Literal["never", "when_finished", "at_once"]
    needs_step: str | None = None
    excludes_step: str | None = None


class CaseNumber(Fact):
    pattern: Annotated[str, AfterValidator(_pattern)]
    example: str


class Sop(Fact):
    number: str
    title: str
    office: str
    revised: date | None = None
    channels: tuple[str, ...] = Tuple
    case_number: CaseNumber
    roles: tuple[Role, ...] = Field(min_length=1, strict=False)
    steps: tuple[Step, ...] = Field(min_length=1, strict=False)
    kinds: tuple[Kind, ...] = Tuple
    decisions: tuple[Decision, ...] = Tuple

    @model_validator(mode="before")
    @classmethod
    def _number_steps(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("steps"), list):
            steps = [
                {**step, "number": place} if isinstance(step, dict) else step
                for place, step in enumerate(data["steps"], start=1)
            ]
            return {**data, "steps": steps}
        return data

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        roles, steps = [r.name for r in self.roles], [s.name for s in self.steps]
        _unique("roles", roles)
        _unique("steps", steps)
        _unique("kinds", [kind.name for kind in self.kinds])
        for role in self.roles:
            _known(f"roles.{role.name}.superior", role.superior, roles)
        for step in self.steps:
            for role_name in (step.role, *step.initials):
                _known(f"steps.{step.name}", role_name, roles)
        for kind in self.kinds:
            for deadline in kind.deadlines:
                _known(f"kinds.{kind.name}.until_step", deadline.until_step, steps)
        for decision in self.decisions:
            for name in (decision.needs_step, decision.excludes_step):
                _known(f"decisions.{decision.name}", name, steps)
        for role in self.roles:
            self.superiors(role.name)
        return self

    def superiors(self, role: str) -> tuple[str, ...]:
        """The roles above `role`, nearest first. Raises ValueError where they run in a circle."""
        above = {each.name: each.superior for each in self.roles}
        chain: list[str] = []
        superior = above[role]
        while superior is not None:
            if superior in chain or superior == role:
                raise ValueError(f"roles.{role}.superior: the chain of superiors runs in a circle")
            chain.append(superior)
            superior = above[superior]
        return tuple(chain)

    def step_named(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)

    def decision_named(self, name: str) -> Decision | None:
        return next((each for each in self.decisions if each.name == name), None)


# --- the tabs --------------------------------------------------------------------------------

ColumnType = Literal["text", "choice", "person", "datetime", "moment", "until", "date", "time"]


class Column(Fact):
    key: str
    header: str
    type: ColumnType
    required: bool = False
    essential: bool = False
    choices: tuple[str, ...] = Tuple
    choices_from: Literal["", "channels", "kinds", "decisions", "roles", "staff"] = ""
    width: int = Field(default=16, gt=0)
    note: str = ""


class Tab(Fact):
    title: str
    purpose: str
    columns: tuple[Column, ...] = Field(min_length=1, strict=False)

    @model_validator(mode="after")
    def _headers_differ(self) -> Self:
        _unique("columns.key", [column.key for column in self.columns])
        _unique("columns.header", [header_name(column.header) for column in self.columns])
        return self

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


class Tabs(Fact):
    register_: Tab = Field(alias="register")
    staff: Tab
    closures: Tab
    pauses: Tab

    def all(self) -> tuple[Tab, ...]:
        return self.register_, self.staff, self.closures, self.pauses


# --- the hours -------------------------------------------------------------------------------


class Holidays(Fact):
    country: str
    categories: tuple[str, ...] = Tuple
    language: str | None = None


class Regime(Fact):
    """Weekly hours that hold from `start` to `end`, both included; None = no limit."""

    name: str
    source: str
    confirmed: bool
    start: date | None = None
    end: date | None = None
    monday: Day = Tuple
    tuesday: Day = Tuple
    wednesday: Day = Tuple
    thursday: Day = Tuple
    friday: Day = Tuple
    saturday: Day = Tuple
    sunday: Day = Tuple

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"{self.name}: end lies before start")
        return self

    def periods(self, weekday: int) -> tuple[Period, ...]:
        """Working periods on a weekday (0 = Monday), minutes from midnight."""
        periods: tuple[Period, ...] = getattr(self, WEEKDAYS[weekday])
        return periods

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class WorkingHours(Fact):
    earliest: date  # no date of the register can lie before it
    holidays: Holidays | None = None
    regimes: tuple[Regime, ...] = Field(min_length=1, strict=False)


# --- the reminders ---------------------------------------------------------------------------


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
    per_day: int = Field(ge=0, le=1)


class Limits(Fact):
    per_person_per_day: int = Field(gt=0)
    quiet_minutes: int = Field(ge=0)
    oldest_news_minutes: int = Field(gt=0)


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
    limits: Limits


class Wording(Fact):
    """What a finding of one rule says. `{name}` stands for a value that the rule supplies."""

    severity: Severity
    message: str
    suggestion: str


class Schema(Fact):
    """All facts of one office."""

    sop: Sop
    tabs: Tabs
    working_hours: WorkingHours
    reminders: ReminderPolicy
    findings: dict[str, Wording]

    @model_validator(mode="after")
    def _roles_exist(self) -> Self:
        roles = [role.name for role in self.sop.roles]
        _known("reminders.keeper_role", self.reminders.keeper_role, roles)
        _known("reminders.head_role", self.reminders.head_role, roles)
        return self

    def choices(self, column: Column) -> tuple[str, ...]:
        """The words a choice column allows; empty for names of staff, which the tab decides."""
        match column.choices_from:
            case "channels":
                return self.sop.channels
            case "kinds":
                return tuple(kind.name for kind in self.sop.kinds)
            case "decisions":
                return tuple(decision.name for decision in self.sop.decisions)
            case "roles":
                return tuple(role.name for role in self.sop.roles)
        return column.choices


def parse_schema(documents: Mapping[str, Mapping[str, Any]]) -> Schema:
    """The schema from its parsed TOML documents, by name (`DOCUMENTS`).

    Raises SchemaError with document, key and reason for the first fact that does not fit.
    """
    parts: dict[str, Any] = {}
    models: dict[str, type[Fact]] = {"sop": Sop, "working_hours": WorkingHours, "reminders": ReminderPolicy}
    for name, model in models.items():
        parts[name] = _part(name, model, documents[name])
    parts["tabs"] = _part("tabs", Tabs, _with_steps(documents["tabs"], parts["sop"]))
    parts["findings"] = {
        rule: _part("findings", Wording, fact, rule) for rule, fact in documents["findings"].items()
    }
    try:
        return Schema(**parts)
    except ValidationError as error:
        raise SchemaError(_reason("reminders", error)) from None


def step_key(number: int) -> str:
    return f"step_{number}"


def header_name(header: str) -> str:
    """A header as it is compared: without blanks, without case."""
    return "".join(header.split()).casefold()


def _part(document: str, model: type[Fact], data: Any, key: str = "") -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise SchemaError(_reason(document, error, key)) from None


def _with_steps(tabs: Mapping[str, Any], sop: Sop) -> dict[str, Any]:
    """The tabs with the column "steps" replaced by a column for each step of the SOP."""
    register = tabs.get("register")
    if not isinstance(register, dict) or not isinstance(register.get("columns"), list):
        return dict(tabs)
    columns: list[Any] = []
    for column in register["columns"]:
        is_place = isinstance(column, dict) and column.get("key") == STEPS_KEY
        columns.extend(map(_step_column, sop.steps) if is_place else [column])
    return {**tabs, "register": {**register, "columns": columns}}


def _step_column(step: Step) -> dict[str, Any]:
    initials = f"\nParaf: {', '.join(step.initials)}." if step.initials else ""
    note = (
        f"{step.activity}.\nPemegang: {step.role}"
        f"{'' if step.role_confirmed else ' (belum dikonfirmasi)'}.{initials}\n"
        f"Mutu baku: {step.standard_minutes} menit kerja.\n"
        "Isi tanggal dan jam selesai, contoh 23/11/2026 08.15."
    )
    return {
        "key": step.key,
        "header": step.header,
        "type": "datetime",
        "essential": True,
        "width": 17,
        "note": note,
    }


def _reason(document: str, error: ValidationError, key: str = "") -> str:
    first = error.errors()[0]
    place = ".".join([key, *map(str, first["loc"])] if key else map(str, first["loc"]))
    reason = first["msg"].removeprefix("Value error, ")
    return f"{document}.toml, {place}: {reason}" if place else f"{document}.toml, {reason}"


def _known(key: str, name: str | None, names: list[str]) -> None:
    if name is not None and name not in names:
        raise ValueError(f"{key}: {name!r} is not among {', '.join(names)}")


def _unique(key: str, names: list[str]) -> None:
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise ValueError(f"{key}: {', '.join(sorted(doubled))} appears twice")
