"""The SOP: steps, roles, standard times, kinds of case and their legal deadlines."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from automation.core.schema.fact import Fact, Tuple, known, unique


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"bukan ekspresi reguler: {error}") from error
    return text


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
        unique("roles", roles)
        unique("steps", steps)
        unique("kinds", [kind.name for kind in self.kinds])
        for role in self.roles:
            known(f"roles.{role.name}.superior", role.superior, roles)
        for step in self.steps:
            for role_name in (step.role, *step.initials):
                known(f"steps.{step.name}", role_name, roles)
        for kind in self.kinds:
            for deadline in kind.deadlines:
                known(f"kinds.{kind.name}.until_step", deadline.until_step, steps)
        for decision in self.decisions:
            for name in (decision.needs_step, decision.excludes_step):
                known(f"decisions.{decision.name}", name, steps)
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
                raise ValueError(f"roles.{role}.superior: rantai atasan berputar")
            chain.append(superior)
            superior = above[superior]
        return tuple(chain)

    def step_named(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)


def step_key(number: int) -> str:
    return f"step_{number}"
