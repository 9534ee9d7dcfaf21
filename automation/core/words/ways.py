"""The ways in which somebody can be reached. E-mail is one; the edges know how each is written.

The program asks of an address only what its way says of it, and hands it on.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Self

EMAIL = "surel"


class Way(NamedTuple):
    """As text an e-mail address alone, "telegram:12345" for other ways: no e-mail address that is
    written to holds a colon."""

    kind: str  # as staff say it: "surel"
    address: str  # in lower case

    def __str__(self) -> str:
        return self.address if self.kind == EMAIL else f"{self.kind}:{self.address}"

    @classmethod
    def parse(cls, text: str) -> Self:
        kind, colon, address = text.partition(":")
        return cls(kind, address) if colon else cls(EMAIL, text)

    @property
    def noun(self) -> str:
        """What goes out by it, at the beginning of a sentence: "Surel"."""
        return self.kind.capitalize()


class Unfit(NamedTuple):
    """What speaks against an address, and the finding that says so."""

    reason: str  # a few Indonesian words that can follow the address
    rule: str = "address_unusable"
    facts: tuple[tuple[str, str], ...] = ()  # that the finding's wording can name beside `reason`


Fitness = Callable[[str], Unfit | None]  # of an address as typed; None: it can be written to
Ways = Mapping[str, Fitness]  # what the program can send by, by kind
