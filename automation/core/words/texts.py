"""One way to decide that two texts are the same: headers, choices, names, register numbers.

What people cannot see, or cannot type otherwise, makes no difference: which apostrophe, dash, slash
or digit it is, capitals, how many blanks and of which kind, characters without width. What they can
see does: `Budi` and `Budi S`, `Nuraini` and `Nur Aini`, `Numan` and `Nu'man`, `M.Si` and `MSi` are
two texts each, since they may be two people. How alike two subjects are is another question; see
`validation/duplicates.py`.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from functools import lru_cache

_APOSTROPHES = "'`´’‘‛′‵ʹʺʻʼʽʾʿˈˊˋ՚׳ꞌ＇｀᾽᾿"
_SLASHES = "⁄∕⧸"
_LOOK_ALIKES = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_SLASHES, "/"), "−": "-", "⁃": "-"}
)
_WITHOUT_WIDTH = "\u034f\u115f\u1160\u3164\uffa0"  # they have none, and are not told as such
KINDS = 4096  # characters that are remembered: a long cell repeats few of them
_AROUND_MARKS = re.compile(r" ?([.,;:()/]) ?")


def tidy(text: str) -> str:
    """A text as it is shown: single blanks, and nothing that cannot be seen."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    kept = "".join(map(_seen, unicodedata.normalize("NFC", text)))
    return _joined(kept.split(), " ")


def plain(text: str) -> str:
    """A text in small ASCII letters as far as it has such, with single blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _unified(text).casefold())
    return " ".join(_unified(text).casefold().split())


def folded(text: str) -> str:
    """A name or a choice as it is compared: blanks beside a dot or a comma mean nothing."""
    return _AROUND_MARKS.sub(r"\1", plain(text))


def header_name(header: str) -> str:
    """The header of a column, or a tab's title, as it is compared: without any blanks."""
    return _joined(plain(header).split(), "")


def case_number(text: str, fits: Callable[[str], bool]) -> str:
    """A register number as it is compared and shown: in ASCII as far as possible, without blanks.

    In capitals or in small letters where only these make it fit the office's form.
    """
    number = _joined(_unified(unicodedata.normalize("NFKC", _unified(text))).split(), "")
    spellings = (number, number.upper(), number.lower())
    return next(filter(fits, spellings), number)


def _joined(words: Sequence[str], between: str) -> str:
    """In one spelling: accents that now stand beside each other have an order."""
    return unicodedata.normalize("NFC", between.join(words))


def _unified(text: str) -> str:
    """Of characters that mean the same, the usual one; none that has no width."""
    text = text.translate(_LOOK_ALIKES)
    return text if text.isascii() else "".join(map(_usual, text))


@lru_cache(KINDS)
def _usual(character: str) -> str:
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Pd":
            return "-"
    return _seen(character)


@lru_cache(KINDS)
def _seen(character: str) -> str:
    """Nothing for a character without width; a blank for another that cannot be printed."""
    if unicodedata.category(character) == "Cf" or character in _WITHOUT_WIDTH:
        return ""
    if "\ufe00" <= character <= "\ufe0f":  # which variant of a letter is drawn
        return ""
    return character if character.isprintable() else " "


def likeliest(written: str, names: Collection[str]) -> str | None:
    """The one of the known names that was probably meant."""
    alike = get_close_matches(written, names, n=1)
    return alike[0] if alike else None
