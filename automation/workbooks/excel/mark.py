"""Who made a workbook: the program marks its own, and replaces no other.

The mark is a document property, which Excel keeps when staff save the file. A summary with a tab
that somebody added, and a sample register that somebody saved, hold somebody's work all the same.
"""

import zlib
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from automation.core.words.titles import ALWAYS, LIST_TAB, PROGRAM_TITLES

# a workbook of the program's tabs; a sample register; a register for a new year
Mark = Literal["ringkasan", "contoh", "buku baru"]

PROPERTY = "Dibuat oleh program pemantauan"
FINGERPRINT = "Sidik isi"  # of what was drawn
LARGEST_PART = 1_000_000  # bytes of a part that is looked at; the program's own have a thousand
UNREADABLE = (BadZipFile, ElementTree.ParseError, zlib.error, EOFError, NotImplementedError)


def is_summary(file: Path) -> bool:
    """Whether the program made `file`, and nothing but the program's tabs stands in it.

    Versions of the program that set no mark are known by their tabs. Raises OSError.
    """
    parts = _Parts(file)
    titles = parts.titles()
    made = parts.mark() == "ringkasan" or titles.issuperset(ALWAYS)
    return made and titles.issubset((*PROGRAM_TITLES, LIST_TAB))


def holds(file: Path, fingerprint: str) -> bool:
    """Whether that stands in `file`, which nobody has saved and nothing has damaged since."""
    try:
        parts = _Parts(file)
        drawn = parts.property(FINGERPRINT) == fingerprint
        return drawn and is_summary(file) and parts.saved_once() and _is_whole(file)
    except OSError:
        return False


def _is_whole(file: Path) -> bool:
    try:
        with ZipFile(file) as package:
            return package.testzip() is None
    except UNREADABLE:
        return False


def is_untouched_sample(file: Path) -> bool:
    """Whether `file` is a sample register that nobody has saved since. Raises OSError."""
    return _is_untouched(file, "contoh")


def is_untouched_new_year(file: Path) -> bool:
    """Likewise of a register for a new year."""
    return _is_untouched(file, "buku baru")


def _is_untouched(file: Path, mark: Mark) -> bool:
    parts = _Parts(file)
    return parts.mark() == mark and parts.saved_once()


class _Parts:
    """The small parts of a workbook that tell of it; empty where it is none."""

    def __init__(self, file: Path) -> None:
        names = ("docProps/custom.xml", "docProps/core.xml", "xl/workbook.xml")
        self._parts: dict[str, ElementTree.Element] = {}
        if not file.is_file():
            return
        try:
            with ZipFile(file) as package:
                for name in set(names) & set(package.namelist()):
                    with package.open(name) as part:
                        self._parts[name] = ElementTree.fromstring(part.read(LARGEST_PART))
        except (*UNREADABLE, ValueError, LookupError, RuntimeError):
            self._parts = {}

    def mark(self) -> str | None:
        return self.property(PROPERTY)

    def property(self, name: str) -> str | None:
        for each in self._iterate("docProps/custom.xml", "property"):
            if each.get("name") == name:
                return "".join(each.itertext())
        return None

    def titles(self) -> set[str]:
        return {tab.get("name", "") for tab in self._iterate("xl/workbook.xml", "sheet")}

    def saved_once(self) -> bool:
        """Every program that saves a workbook again notes when."""
        moments = [
            each.text
            for name in ("created", "modified")
            for each in self._iterate("docProps/core.xml", name)
        ]
        return len(moments) == 2 and moments[0] == moments[1]

    def _iterate(self, part: str, tag: str) -> list[ElementTree.Element]:
        root = self._parts.get(part)
        return [] if root is None else root.findall(f".//{{*}}{tag}")
