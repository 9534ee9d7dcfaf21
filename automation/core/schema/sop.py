"""The SOP: steps, roles, standard times, kinds of case and their legal deadlines."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from automation.core.schema.fact import (
    Fact,
    FactError,
    Faulty,
    Line,
    Text,
    Tuple,
    known,
    refuse,
    unique,
)
from automation.core.schema.patterns import hazard

LONGEST_NUMBER = 60  # characters of a register number
LONGEST_STANDARD = 366 * 24 * 60  # minutes; no step takes longer than a year
LONGEST_DEADLINE = 1000  # days


def _pattern(text: str) -> str:
    """A regular expression that Python can use, and in bounded time."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        raise ValueError("bukan ekspresi reguler; periksa tanda kurungnya") from None
    if hazard(text):
        raise ValueError(
            "terlalu banyak pengulangan, atau pengulangan di dalam pengulangan; pakai jumlah yang "
            r"tetap, contoh \d{4}"
        )
    return text


class Role(Fact):
    name: Line
    superior: str | None = None  # the role that an overdue step is escalated to


class Step(Fact):
    name: Line  # short, as in the column header
    activity: Text  # the SOP's own wording
    role: str  # the role that holds the step
    role_confirmed: bool
    follows_disposition: bool = False
    optional: bool = False  # not every case needs it
    initials: tuple[str, ...] = Tuple  # roles that put their initials
    requirement: Text = ""
    standard_minutes: int = Field(gt=0, le=LONGEST_STANDARD)  # working minutes
    output: Text = ""
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
    name: Line
    days: int = Field(gt=0, le=LONGEST_DEADLINE)  # counted from the day after receipt
    extension_days: int = Field(default=0, ge=0, le=LONGEST_DEADLINE)
    unit: Literal["working", "calendar"]
    until_step: str  # the step whose stamp meets the deadline
    source: Text
    confirmed: bool


class Kind(Fact):
    name: Line
    code: str = ""
    deadlines: tuple[Deadline, ...] = Tuple


class Decision(Fact):
    name: Line
    closes: Literal["never", "when_finished", "at_once"]
    needs_step: str | None = None
    excludes_step: str | None = None


class CaseNumber(Fact):
    pattern: Annotated[str, AfterValidator(_pattern)]
    example: Line

    @model_validator(mode="after")
    def _example_fits(self) -> Self:
        if not self.fits(self.example):
            raise FactError([("example", "tidak sesuai dengan pattern; nomor dibaca tanpa spasi")])
        return self

    def fits(self, number: str) -> bool:
        return self._match(number) is not None

    def parts(self, number: str) -> dict[str, str | None]:
        """What the named groups of the pattern hold; nothing for a number that does not fit."""
        found = self._match(number)
        return found.groupdict() if found else {}

    def _match(self, number: str) -> re.Match[str] | None:
        """What is longer than any number is none, and takes no time."""
        return re.fullmatch(self.pattern, number) if len(number) <= LONGEST_NUMBER else None


class Sop(Fact):
    number: Line
    title: Line
    office: Line
    revised: date | None = None
    channels: tuple[Line, ...] = Tuple
    annual_report_source: Text = ""  # the law that asks for a yearly report
    target_percent: int | None = Field(default=None, gt=0, le=100)  # of steps within the standard
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
        if all(step.optional for step in self.steps):
            raise FactError([("steps", "paling sedikit satu langkah tanpa optional = true")])
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
                    self._until_faults(f'kinds "{kind.name}".until_step', deadline.until_step)
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

    def _until_faults(self, key: str, name: str) -> Faulty:
        """A deadline runs to a step that every case comes to."""
        unknown = list(known(key, name, [step.name for step in self.steps]))
        yield from unknown
        if not unknown and self.step_named(name).optional:
            yield key, f'langkah "{name}" tidak wajib; sebut langkah yang wajib'

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

    @property
    def required(self) -> tuple[Step, ...]:
        """The steps that every case needs, at least one."""
        return tuple(step for step in self.steps if not step.optional)

    @property
    def standard_seconds(self) -> int:
        """The standards of the steps that every case needs, together."""
        return sum(step.standard_seconds for step in self.required)

    def step_named(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)


def step_key(number: int) -> str:
    return f"step_{number}"
