"""What every fact has in common: frozen, strict, nothing unknown in it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from automation.core.words.texts import likeliest

Severity = Literal["error", "warning", "info"]
Tuple = Field(default=(), strict=False)
LONGEST_LINE = 200  # characters of a name: it stands in headers, subjects and lists
LONGEST_TEXT = 2000


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable() or len(text) > LONGEST_LINE:
        raise ValueError(f"harus satu baris teks, paling banyak {LONGEST_LINE} huruf")
    return text


def _text(text: str) -> str:
    if not text.replace("\n", "").isprintable() or len(text) > LONGEST_TEXT:
        raise ValueError(f"harus teks biasa, paling banyak {LONGEST_TEXT} huruf")
    return text


Line = Annotated[str, AfterValidator(_line)]
Text = Annotated[str, AfterValidator(_text)]


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


def nearest(written: str, names: Collection[str]) -> str:
    """What to do about a name that is not known: the one that was probably meant."""
    meant = likeliest(written, names)
    return f"apakah maksud Anda {meant}?" if meant else "periksa ejaannya"
