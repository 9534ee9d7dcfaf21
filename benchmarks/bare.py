"""The least that a cycle must do: read the register's cells, write those that it draws.

python-calamine reads and XlsxWriter writes, as for the program: the same texts, numbers and dates,
with the same formats, notes and links. What a cycle also does costs the peer nothing: heights,
drop-downs, conditional formats, charts, boxes in which a whole note can be read.
"""

import pickle
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from automation.core.drawing import LOOKS, Formula, Sheet, Value
from automation.core.office_time.serials import serial
from automation.workbooks.excel.cells import Styles, clean
from automation.workbooks.excel.writer import MOST_LINKS, OPTIONS

TITLES = ("Register", "Petugas", "Libur", "Jeda")

Text = tuple[int, int, str, str]  # row, column, text, look
Number = tuple[int, int, float, str]
Link = tuple[int, int, str, str, str]  # row, column, where to, text, look
Note = tuple[int, int, str]
Placed = tuple[int, int, Value, str, str | None]  # row, column, value, look, link


class Tab(NamedTuple):
    """What stands in a tab, as XlsxWriter takes it."""

    title: str
    texts: Sequence[Text]
    numbers: Sequence[Number]
    links: Sequence[Link]
    notes: Sequence[Note]

    @property
    def cells(self) -> int:
        return len(self.texts) + len(self.numbers) + len(self.links)


def tab_of(sheet: Sheet) -> Tab:
    texts: list[Text] = []
    numbers: list[Number] = []
    links: list[Link] = []
    for row, column, value, look, link in _placed(sheet):
        plain = _plain(value)
        if isinstance(plain, float):
            numbers.append((row, column, plain, look))
        elif plain and link and len(links) < MOST_LINKS:
            links.append((row, column, _address(link), plain, look))
        elif plain:
            texts.append((row, column, plain, look))
    return Tab(sheet.title, texts, numbers, links, list(_notes(sheet)))


def _placed(sheet: Sheet) -> Iterator[Placed]:
    for table in sheet.tables:
        for place, column in enumerate(table.columns, start=table.column):
            yield table.row, place, column.header, "header", None
            links = column.links or [None] * len(column.values)
            for row, (value, link) in enumerate(zip(column.values, links, strict=True)):
                yield table.row + 1 + row, place, value, column.look, link
    for label in sheet.labels:
        yield label.row, label.column, label.value, label.look, label.link


def _address(link: str) -> str:
    return f"internal:{link[1:]}" if link.startswith("#") else link


def _plain(value: Value) -> str | float:
    """A text or a number; "" for what leaves a cell empty."""
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    if isinstance(value, Formula):
        return _plain(value.value)
    if isinstance(value, datetime):
        return float(serial(value))
    return clean(value) if isinstance(value, str) else float(value)


def _notes(sheet: Sheet) -> Iterator[Note]:
    for table in sheet.tables:
        for place, column in enumerate(table.columns, start=table.column):
            for row, note in enumerate((column.note, *(column.notes or ())), start=table.row):
                if note:
                    yield row, place, clean(note)


def keep(tabs: Sequence[Tab], file: Path) -> None:
    file.write_bytes(pickle.dumps([tuple(tab) for tab in tabs]))


def kept(file: Path) -> list[Tab]:
    return [Tab(*tab) for tab in pickle.loads(file.read_bytes())]


def read(register: Path) -> None:
    book = CalamineWorkbook.from_path(str(register))
    for title in TITLES:
        book.get_sheet_by_name(title).to_python(skip_empty_area=False)


def write(tabs: Sequence[Tab], file: Path) -> None:
    with Workbook(str(file), OPTIONS) as workbook:
        styles = Styles(workbook)
        formats = {name: styles.of(look) for name, look in LOOKS.items()}
        linked = {name: styles.of(look, link=True) for name, look in LOOKS.items()}
        for tab in tabs:
            page = workbook.add_worksheet(tab.title)
            for row, column, text, look in tab.texts:
                page.write_string(row, column, text, formats[look])
            for row, column, number, look in tab.numbers:
                page.write_number(row, column, number, formats[look])
            for row, column, to, text, look in tab.links:
                page.write_url(row, column, to, linked[look], text)
            for row, column, note in tab.notes:
                page.write_comment(row, column, note)
