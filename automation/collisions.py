"""Whether a file that the program writes is also one that it must not write over, and whether two
offices have a file or a folder in common that is to be each one's own."""

import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Clash:
    """Two offices, what each calls the place that they have in common, and where it is."""

    one: str
    other: str
    keys: tuple[str, str]
    place: Path


def clashes(
    own: Mapping[str, Mapping[str, Path]], read: Mapping[str, Mapping[str, Path]]
) -> Iterator[Clash]:
    """Where an office's `own` place is another's as well, or is `read` by another; by office, and
    there by what the path is called. Paths are compared as for `collision`."""
    held: dict[Hashable, tuple[str, str]] = {}
    for office, places in own.items():
        for key, place in places.items():
            for mark in _marks(place):
                owner, called = held.setdefault(mark, (office, key))
                if owner != office:
                    yield Clash(owner, office, (called, key), place)
    for office, places in read.items():
        for key, place in places.items():
            for owner, called in filter(None, map(held.get, _marks(place))):
                if owner != office:
                    yield Clash(owner, office, (called, key), place)


def _marks(path: Path) -> Iterator[Hashable]:
    """What two paths to one place have in common, one of them at least."""
    try:
        yield _spelling(resolved(path))
        known = path.stat()
    except (OSError, EdgeError):  # not there yet, or never to be reached
        return
    yield known.st_dev, known.st_ino


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
