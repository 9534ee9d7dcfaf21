"""What every fact has in common: frozen, strict, nothing unknown in it."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Severity = Literal["error", "warning", "info"]
Tuple = Field(default=(), strict=False)


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def known(key: str, name: str | None, names: Sequence[str]) -> None:
    if name is not None and name not in names:
        raise ValueError(f"{key}: {name!r} tidak ada di antara {', '.join(names)}")


def unique(key: str, names: Sequence[str]) -> None:
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise ValueError(f"{key}: {', '.join(sorted(doubled))} disebut dua kali")
