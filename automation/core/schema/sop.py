"""The SOP: steps, roles, standard times, kinds of case and their legal deadlines."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from automation.core.schema.fact import Fact, Faulty, Tuple, known, refuse, unique


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
        refuse(
            chain(
                unique("roles", roles),
                unique("steps", steps),
                unique("kinds", [kind.name for kind in self.kinds]),
                *(self._role_faults(role, roles) for role in self.roles),
                *(
                    known(f'steps "{step.name}"', name, roles)
                    for step in self.steps
                    for name in (step.role, *step.initials)
                ),
                *(
                    known(f'kinds "{kind.name}".until_step', deadline.until_step, steps)
                    for kind in self.kinds
                    for deadline in kind.deadlines
                ),
                *(
                    known(f'decisions "{decision.name}"', name, steps)
                    for decision in self.decisions
                    for name in (decision.needs_step, decision.excludes_step)
                ),
            )
        )
        return self

    def _role_faults(self, role: Role, roles: Sequence[str]) -> Faulty:
        key = f'roles "{role.name}".superior'
        unknown = list(known(key, role.superior, roles))
        yield from unknown
        if not unknown and role.name in self.superiors(role.name):
            yield key, "rantai atasan berputar"

    def superiors(self, role: str) -> tuple[str, ...]:
        """The roles above `role`, nearest first; each once, `role` too where they run in a circle
        (which is refused)."""
        above = {each.name: each.superior for each in self.roles}
        above_it: list[str] = []
        superior = above[role]
        while superior is not None and superior not in above_it:
            above_it.append(superior)
            superior = above.get(superior)
        return tuple(above_it)

    def step_named(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)


def step_key(number: int) -> str:
    return f"step_{number}"
