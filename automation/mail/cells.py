"""Text from cells (names, numbers, steps), made safe to show and to put into headers."""

import re
import unicodedata

LONGEST_TEXT = 500  # characters; longer text is cut
LONGEST_NAME = 80


def clean(text: str) -> str:
    """`text` as one line of visible characters.

    What is not printable goes: control characters, line breaks of any kind, and format characters,
    among them the bidirectional ones, which make a text read differently from what it is.
    """
    normal = unicodedata.normalize("NFC", text[: 4 * LONGEST_TEXT])
    seen = "".join(each if each.isprintable() else " " for each in normal)
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def header_text(text: str) -> str:
    """`text` for an unstructured header, free of encoded words.

    The standard library decodes an encoded word that it is given, line breaks included, and so
    would let "=?utf-8?q?=0D=0ABcc:...?=" add a header (Python 3.11).
    """
    return clean(text).replace("=?", "= ?")


def display_name(name: str) -> str:
    """`name` for an address header: letters, digits, dots, hyphens and apostrophes only."""
    letters = re.sub(r"[^\w.' -]|_", " ", clean(name))
    return " ".join(letters.split())[:LONGEST_NAME].strip()
