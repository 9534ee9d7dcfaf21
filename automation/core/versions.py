"""Which version of the program wrote what is found, and whether this one reads it.

The first number of a version counts the forms of what the program keeps: in the state folder, and
in the cells of its own tabs that it reads again. Older forms are carried over, newer ones are left
alone. The tabs say who wrote them in the header of the hidden column of `Pengingat`.
"""

import re
from collections.abc import Sequence

import automation

UNMARKED = "1.0.0"  # who noted no version
PATTERN = r"\d{1,4}\.\d{1,4}\.\d{1,4}"
MOST_NOTES = 1  # that a tab holds before it has headers: how it is to be laid out
_HEADER = re.compile(rf"Kode \(program ({PATTERN})\)")


def form(version: str) -> int:
    return int(version.partition(".")[0])


def is_older(version: str) -> bool:
    """Whether what it wrote has to be carried over."""
    return form(version) < form(automation.VERSION)


def refusal(what: str, version: str) -> str:
    """Why `what` is left alone, in one Indonesian sentence; "" where this program reads it."""
    if form(version) <= form(automation.VERSION):
        return ""
    return (
        f"{what} ditulis oleh program versi {version}, sedangkan program ini versi "
        f"{automation.VERSION}: pasang versi {version} atau yang lebih baru, dan mulai ulang "
        "`watch`; tidak ada yang diubah."
    )


def keys_header() -> str:
    """Of the column of `Pengingat` from which a lost memory is rebuilt."""
    return f"Kode (program {automation.VERSION})"


def tabs_version(pengingat: Sequence[Sequence[object]] | None) -> str | None:
    """Who wrote the program's tabs, by the cells of `Pengingat`, wherever the header stands; None
    where there is no such tab, or `setup` has only made room for it."""
    filled = [cell for row in pengingat or () for cell in row if cell not in (None, "")]
    if len(filled) <= MOST_NOTES:
        return None
    texts = (cell for cell in filled if isinstance(cell, str))
    found = (_HEADER.fullmatch(text) for text in texts if text.startswith("Kode"))
    return next((match[1] for match in found if match), UNMARKED)
