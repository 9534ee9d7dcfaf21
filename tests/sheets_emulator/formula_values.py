"""Values in formulas: how they are compared, converted, and taken together.

A value is a number, text, truth value, None for a blank, or an Error; several are an array, row by
row.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Error:
    """#N/A and the like."""

    code: str


Value = float | str | bool | None | Error
Array = Sequence[Sequence[Value]]
Result = Value | Array
NOT_THERE, NO_SUCH_CELLS = Error("#N/A"), Error("#REF!")
NOT_A_NUMBER, BY_ZERO = Error("#VALUE!"), Error("#DIV/0!")


class Index(Mapping[Value, int]):
    """Where each value stands first. Case does not count; `*` and `?` stand for any letters."""

    def __init__(self, values: Iterator[Value]) -> None:
        self.first: dict[tuple[type, Value], int] = {}
        for place, value in enumerate(values):
            self.first.setdefault(folded(value), place)

    def __getitem__(self, value: Value) -> int:
        return self.first[folded(value)]

    def __iter__(self) -> Iterator[Value]:
        return (value for _, value in self.first)

    def __len__(self) -> int:
        return len(self.first)

    def place(self, wanted: Value) -> int | None:
        if wanted is None or isinstance(wanted, Error):
            return None
        if isinstance(wanted, str) and re.search(r"[*?~]", wanted):
            return next((self[text] for text in self if fits(text, wanted)), None)
        return self.get(wanted)


def folded(value: Value) -> tuple[type, Value]:
    if isinstance(value, str):
        return str, value.casefold()
    return (bool, value) if isinstance(value, bool) else (float, value)


def fits(value: Value, pattern: str) -> bool:
    """Whether text fits a pattern with wildcards; `~` takes a wildcard for itself."""
    parts = re.findall(r"~[*?~]|[*?]|[^*?~]+|~", pattern)
    wild = {"*": ".*", "?": "."}
    shape = "".join(wild.get(part) or re.escape(part[-1:] if part[0] == "~" else part)
                    for part in parts)  # fmt: skip
    return isinstance(value, str) and bool(re.fullmatch(shape, value, re.IGNORECASE | re.DOTALL))


def as_array(result: Result) -> Array:
    is_array = isinstance(result, Sequence) and not isinstance(result, str)
    return result if is_array else [[result]]  # type: ignore[return-value, list-item]


def at(array: Array, row: int, column: int) -> Value:
    """An array of one row or column counts for all of them."""
    cells = array[0] if len(array) == 1 else array[row] if row < len(array) else ()
    if len(cells) == 1:
        return cells[0]
    return cells[column] if column < len(cells) else NOT_THERE


def flat(*results: Result) -> list[Value]:
    return list(chain.from_iterable(row for each in results for row in as_array(each)))


def as_text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return f"{value:.15g}"
    return value if isinstance(value, str) else ""


def number(value: Value) -> float:
    """Raises ValueError for text that is none."""
    return float(as_text(value) or 0) if isinstance(value, str) else float(value or 0)  # type: ignore[arg-type]


def failing(function: Callable[..., Value]) -> Callable[..., Value]:
    """A function that passes errors among its arguments on."""

    def careful(*values: Value) -> Value:
        fault = next((value for value in values if isinstance(value, Error)), None)
        if fault:
            return fault
        try:
            return function(*values)
        except ValueError:
            return NOT_A_NUMBER
        except ZeroDivisionError:
            return BY_ZERO

    return careful


def order(one: Value, other: Value) -> int:
    """Negative, 0 or positive: numbers before text before truth values; a blank suits either."""

    def key(value: Value, beside: Value) -> tuple[int, object]:
        if value is None:
            return key(
                "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0.0, None
            )
        if isinstance(value, bool):
            return 2, value
        return (1, value.casefold()) if isinstance(value, str) else (0, value)

    first, second = key(one, other), key(other, one)
    return (first > second) - (first < second)


def numbers(values: Iterable[Value]) -> list[float]:
    """The numbers among values; text and truth values do not count."""
    return [each for each in values if isinstance(each, int | float) and not isinstance(each, bool)]
