"""What python-calamine does not tell of an .xlsx: how far a tab reaches, which cells hold errors.

It reserves memory for a tab's whole rectangle, whatever size the file states, and unpacks whatever
is packed; so both are measured first, piece by piece. And it reads `#N/A` as an empty cell.
"""

import re
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_PARTS = 10_000
MOST_BYTES = 250_000_000  # of all that is read, unpacked; 100,000 cases have a third of it
PIECE = 1 << 20  # bytes that are looked at together
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]+)?(\d+)?")
LONGEST_LETTERS, LAST_COLUMN, LAST_ROW = 3, 16_384, 1_048_576
TOO_FAR = 10**9
PICTURES = ("xl/media/", "xl/embeddings/")
ERROR_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.S
)


class TooLargeError(Exception):
    """The workbook would take more memory than a register ever does."""


class Package:
    """The raw worksheets of an .xlsx or .xlsm. Raises BadZipFile, TooLargeError."""

    def __init__(self, content: bytes) -> None:
        self._zip = ZipFile(BytesIO(content))
        names = self._zip.namelist()
        if len(names) > MOST_PARTS:
            raise TooLargeError
        if len({name.casefold() for name in names}) < len(names):
            raise BadZipFile  # which of two parts of one name is read depends on the reader
        self._measure()
        self._parts = dict(_parts(self._zip))

    def _measure(self) -> None:
        """Unpacks once what a reader would, to see how much it is, whatever the package states."""
        total = 0
        for info in self._zip.infolist():
            if not info.filename.startswith(PICTURES):
                total += sum(map(len, self._pieces(info, MOST_BYTES - total)))

    def _pieces(self, info: ZipInfo, most: int) -> Iterator[bytes]:
        """A part in pieces; one that says less than it holds is read on."""
        honest = copy(info)
        honest.file_size = most + 2 * PIECE  # too much is noticed before the end is believed
        with self._zip.open(honest) as part:
            read = 0
            while piece := part.read(PIECE):
                read += len(piece)
                if read > most:
                    raise TooLargeError
                yield piece

    def cells(self, tab: str) -> int:
        """How many cells the rectangle of a tab has, at most. Raises BadZipFile if it is absent."""
        if tab not in self._parts:
            raise BadZipFile
        rows = columns = referred = cells = lines = 0
        rest = b""
        for piece in self._pieces(self._zip.getinfo(self._parts[tab]), MOST_BYTES):
            text = rest + piece
            end = text.rfind(b"<")
            text, rest = (text[:end], text[end:]) if end > 0 else (text, b"")
            if len(rest) > PIECE:
                raise TooLargeError
            found = REFERENCE.findall(text)
            letters, numbers = map(set, zip(*found, strict=True)) if found else ((), ())
            rows = max(rows, max(map(_row_number, numbers), default=0))
            columns = max(columns, max(map(_column_number, letters), default=0))
            referred += len(found)
            cells += len(CELL.findall(text))
            lines += len(ROW.findall(text))
        if cells + lines > referred:  # what has no reference follows what was before it
            rows, columns = rows + lines, columns + min(cells, LAST_COLUMN)
        return rows * columns

    def errors(self, tab: str) -> Iterator[tuple[int, int, str]]:
        """Cells whose formula failed: row and column from 0, and the error, such as "#N/A"."""
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


def _row_number(digits: bytes) -> int:
    return int(digits) if len(digits) <= len(str(LAST_ROW)) and digits else TOO_FAR * bool(digits)


def _column_number(letters: bytes) -> int:
    """b"" -> 0, b"A" -> 1, b"AA" -> 27."""
    if len(letters) > LONGEST_LETTERS:
        return TOO_FAR
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
