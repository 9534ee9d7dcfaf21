"""What may be repeated of a cell: what has its column's form; no number of a person's papers."""

import re

import pandas as pd

from automation.core.register.reading import shown
from automation.core.schema import CaseNumber

HIDDEN = "(tidak ditampilkan)"
ID_DIGITS = 16  # of a NIK or KK number; an NIP has 18 and is none

# Digits, or groups of digits with blanks, dots or dashes between them.
_RUN = re.compile(r"\d(?:[ .\-]{0,3}\d)*")
_MANY_DIGITS = re.compile(rf"(?:\d[ .\-]{{0,3}}){{{ID_DIGITS - 1}}}\d")
_GROUP = re.compile(r"\d+")
# Province, regency and district, then a day: of a birth (+40 for women) or of a family card.
_GROUPED_ID = re.compile(
    r"(?:1[1-9]|[2-8]\d|9[1-6])\d{4}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}"
)


def holds_id_number(text: str) -> bool:
    """Whether a NIK or KK number, or what looks like one, stands in the text."""
    if _MANY_DIGITS.search(text) is None:
        return False
    return any(_is_id_number(run) for run in _RUN.findall(text))


def _is_id_number(run: str) -> bool:
    """Sixteen digits at a stretch always are; in groups they may also be two dates."""
    groups = _GROUP.findall(run)
    if any(len(group) == ID_DIGITS for group in groups):
        return True
    return _GROUPED_ID.fullmatch("".join(groups)) is not None


def told(value: object) -> str:
    """A cell's value in a sentence: short, printable, and without such a number."""
    return HIDDEN if holds_id_number(str(value)) else shown(value)


def repeatable_numbers(numbers: "pd.Series[str]", form: CaseNumber) -> "pd.Series[bool]":
    """Which register numbers may be told: a cell pasted one column off holds anything."""
    fitting = numbers.map(form.fits).astype(bool)
    fitting[fitting] = ~numbers[fitting].map(holds_id_number).astype(bool)
    return fitting
