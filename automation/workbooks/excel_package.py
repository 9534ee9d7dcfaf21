"""What python-calamine does not tell of an .xlsx: how far a tab reaches, which cells hold errors.

It reserves memory for a tab's whole rectangle, which one stray cell in the last row makes larger
than there is; and it reads `#N/A` as an empty cell.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
HEAD = 4096  # bytes of a worksheet that surely hold its <dimension>
DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
ERROR_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>(?:(?!</c>).)*<v>([^<]*)</v>', re.S
)


class Package:
    """The raw worksheets of a workbook; none where it is not an .xlsx or .xlsm."""

    def __init__(self, content: bytes) -> None:
        self._zip = ZipFile(BytesIO(content)) if content.startswith(b"PK") else None
        self._parts = dict(_parts(self._zip)) if self._zip else {}

    def cells(self, tab: str) -> int:
        """How many cells the tab's rectangle has, as the file says; 0 where it says nothing."""
        if self._zip is None or tab not in self._parts:
            return 0
        with self._zip.open(self._parts[tab]) as part:
            found = DIMENSION.search(part.read(HEAD))
        return _column_number(found[1]) * int(found[2]) if found else 0

    def errors(self, tab: str) -> Iterator[tuple[int, int, str]]:
        """Cells whose formula failed: row and column from 0, and the error, such as "#N/A"."""
        if self._zip is None or tab not in self._parts:
            return
        content = self._zip.read(self._parts[tab])
        if b' t="e"' in content:
            for letters, row, error in ERROR_CELL.findall(content):
                yield int(row) - 1, _column_number(letters) - 1, error.decode()


def _parts(package: ZipFile) -> Iterator[tuple[str, str]]:
    """(title, file in the package) for each tab."""
    files = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= files:
        return
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for tab in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = targets.get(tab.get(LINKED), "")
        file = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if file in files:
            yield tab.get("name", ""), file


def _column_number(letters: bytes) -> int:
    """b"A" -> 1, b"AA" -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
