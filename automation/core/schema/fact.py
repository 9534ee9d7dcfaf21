"""What every fact has in common: frozen, strict, nothing unknown in it."""

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Severity = Literal["error", "warning", "info"]
Tuple = Field(default=(), strict=False)


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Faulty = Iterable[tuple[str, str]]  # (key, reason) of each thing that does not fit


class FactError(ValueError):
    """Everything that does not fit within one fact."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(": ".join(filter(None, fault)) for fault in faults))
        self.faults = faults


def refuse(faults: Faulty) -> None:
    """Raises FactError if there are any."""
    found = tuple(faults)
    if found:
        raise FactError(found)


def known(key: str, name: str | None, names: Sequence[str]) -> Faulty:
    """That `name`, where there is one, is among the names."""
    if name is not None and name not in names:
        yield key, f"{name!r} tidak ada di antara {', '.join(names)}"


def unique(key: str, names: Sequence[str]) -> Faulty:
    """That no name stands there twice."""
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        yield key, f"{', '.join(sorted(doubled))} disebut dua kali"
