"""What no read of values tells of a row, as text in the hidden column: height, links, and notes.

    45 #gid=0&range=A2 9=1a2b3c4d

Its height in pixels where that is not the usual one, the addresses of its links, and for each note
the column that it is in with a checksum of its words.
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from automation.workbooks.google.wire.connection import Scalar

USUAL_HEIGHT = 21  # pixels, of a row of which the drawing says nothing
_NOTE = re.compile(r"(\d{1,3})=[0-9a-f]{8}")


@dataclass(frozen=True)
class Unseen:
    """The parts of such a text. Anybody may have written anything into its cell."""

    height: int
    links: frozenset[str]
    notes: frozenset[str]

    @classmethod
    def of(cls, text: Scalar) -> "Unseen":
        parts = str(text).split(" ")
        notes = frozenset(part for part in parts if _NOTE.fullmatch(part))
        height = int(parts[0]) if parts[0].isdecimal() else USUAL_HEIGHT
        return cls(height, _links(parts) - notes, notes)

    def noted_elsewise(self, other: "Unseen") -> set[int]:
        """The columns whose notes differ."""
        return {int(note.partition("=")[0]) for note in self.notes ^ other.notes}


def _links(parts: Sequence[str]) -> frozenset[str]:
    return frozenset(part for part in parts if part and not part.isdecimal())


def unseen_text(height: int | None, links: Iterable[str], notes: Mapping[int, str]) -> str:
    """The text of one row; `notes` by column."""
    sums = (f"{column}={zlib.crc32(note.encode()):08x}" for column, note in sorted(notes.items()))
    return " ".join([*([str(height)] if height else []), *links, *sums])
