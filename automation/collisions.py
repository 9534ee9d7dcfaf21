"""Whether a file that the program writes is also one that it must not write over."""

import unicodedata
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from automation.core.edges import EdgeError
from automation.files import resolved


def collision(written: Mapping[str, Path], kept: Mapping[str, Path]) -> str:
    """Why the program cannot write `written` beside each other and beside `kept`; "" = it can.

    The keys are what the paths are called. Two paths are one file also where they differ in
    capitals only, which some systems do not tell apart, and where one is a link or a second name.
    """
    try:
        places = {name: resolved(path) for name, path in {**written, **kept}.items()}
    except EdgeError as error:
        return str(error).rstrip(".")
    for one, other in combinations(places, 2):
        if one in written and _same(places[one], places[other]):
            return f"{one} dan {other} adalah berkas yang sama, {places[other]}; pisahkan keduanya"
    return ""


def _same(one: Path, other: Path) -> bool:
    if _spelling(one) == _spelling(other):
        return True
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there yet
        return False


def _spelling(path: Path) -> str:
    """As Windows and macOS compare: without capitals, accents composed, no dot or blank at ends."""
    parts = [part.rstrip(". ") for part in path.parts]
    return unicodedata.normalize("NFC", "/".join(parts).casefold())
