"""`Sheet`s as an Excel workbook; the same sheets give the same bytes."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import chain, islice, repeat
from pathlib import Path
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from automation.core.drawing import (
    LOOKS,
    Area,
    Column,
    Label,
    Sheet,
    Table,
    cell_name,
    header_height,
    wrapped_heights,
)
from automation.workbooks.excel.cells import Styles, clean, write_links, write_values
from automation.workbooks.excel.charts import insert_chart
from automation.workbooks.excel.mark import FINGERPRINT, PROPERTY, Mark
from automation.workbooks.excel.rules import WordLists, add_choice, add_condition, add_moment

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4 = 9
MOST_LINKS = 65_530  # that Excel allows on a tab
TALLEST_ROW = 409  # points that Excel allows
NOTE_WIDTH, NOTE_LINE, NOTE_CHARACTERS = 320, 17, 46  # pixels, pixels, characters a line


class _Packager(Packager):  # type: ignore[misc]
    """Lets go of cells and notes as soon as they are XML: of a large workbook they take as much
    room as all the rest."""

    def _write_worksheet_files(self) -> None:
        super()._write_worksheet_files()
        for page in self.workbook.worksheets():
            page.table.clear()

    def _write_comment_files(self) -> None:
        super()._write_comment_files()
        for page in self.workbook.worksheets():
            page.comments.clear()
            page.comments_list.clear()


class _Book(Workbook):  # type: ignore[misc]
    def _get_packager(self) -> Packager:
        return _Packager()


def write_workbook(file: Path, sheets: Sequence[Sheet], created: datetime) -> None:
    """Writes `sheets` over `file`, without a mark. Raises OSError."""
    file.write_bytes(workbook_bytes(sheets, created))


def workbook_bytes(
    sheets: Sequence[Sheet], created: datetime, mark: Mark | None = None, drawn: str = ""
) -> bytes:
    """The .xlsx of `sheets`, made at `created` as its properties say, with the mark of its kind and
    the fingerprint of what is `drawn`."""
    content = BytesIO()
    with _Book(content, OPTIONS) as workbook:
        workbook.set_properties({"created": created})
        if mark:
            workbook.set_custom_property(PROPERTY, mark)
        if drawn:
            workbook.set_custom_property(FINGERPRINT, drawn)
        styles, lists = Styles(workbook), WordLists(workbook)
        tabs = [workbook.add_worksheet(sheet.title) for sheet in sheets]
        for worksheet, sheet in zip(tabs, sheets, strict=True):
            _set_page(worksheet, sheet)
            _set_grid(worksheet, sheet, styles)
            _fill(worksheet, sheet, styles)
            _add_rules(worksheet, sheet, styles, lists)
            for chart in sheet.charts:
                insert_chart(workbook, worksheet, chart)
    return content.getvalue()


def _set_page(worksheet: Worksheet, sheet: Sheet) -> None:
    """How the tab prints: on A4, as wide as a page, the frozen rows on each page."""
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 1 if sheet.paper and sheet.paper.one_page else 0)
    if sheet.paper:
        area = sheet.paper.area
        worksheet.print_area(area.top, area.left, area.bottom, area.right)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.set_footer("&L&A&RHalaman &P dari &N")
    if sheet.landscape:
        worksheet.set_landscape()
    if sheet.frozen_rows:
        worksheet.repeat_rows(0, sheet.frozen_rows - 1)
    if sheet.color:
        worksheet.set_tab_color(f"#{sheet.color}")
    worksheet.hide_gridlines(2 if sheet.labels else 0)  # 0: lines on paper too


def _set_grid(worksheet: Worksheet, sheet: Sheet, styles: Styles) -> None:
    """Widths and heights, and the look of the empty rows that staff will fill in."""
    columns = {
        place: column
        for table in sheet.tables
        for place, column in enumerate(table.columns, start=table.column)
    }
    for place in sorted({*columns, *sheet.widths}):
        column = columns.get(place, Column("", ()))
        width = sheet.widths.get(place, column.width)
        style = styles.of(LOOKS[column.look]) if sheet.room else None
        worksheet.set_column(place, place, width, style, {"hidden": column.hidden})
    heights: dict[int, float] = {}
    for table in sheet.tables:
        heights[table.row] = header_height(table.columns, sheet.widths, table.column)
        heights |= {row: min(h, TALLEST_ROW) for row, h in wrapped_heights(table).items()}
    for row, height in (heights | dict(sheet.heights)).items():
        worksheet.set_row(row, height)
    worksheet.freeze_panes(sheet.frozen_rows, sheet.frozen_columns)


def _fill(worksheet: Worksheet, sheet: Sheet, styles: Styles) -> None:
    for table in sheet.tables:
        _write_headers(worksheet, table, styles)
        for place, column in enumerate(table.columns, start=table.column):
            _write_column(worksheet, table.row + 1, place, column, styles)
    for label in sheet.labels:
        _write_label(worksheet, label, styles)
    if sheet.filtered:
        area = _first_table(sheet)
        worksheet.autofilter(area.top, area.left, area.bottom, area.right)
    _allow_digits_as_text(worksheet, sheet)


def _first_table(sheet: Sheet) -> Area:
    """The first table with its header and the room below it."""
    table = sheet.tables[0]
    return Area(
        table.row,
        table.column,
        table.row + max(table.height, 1) + sheet.room,
        table.column + len(table.columns) - 1,
    )


def _write_headers(worksheet: Worksheet, table: Table, styles: Styles) -> None:
    style = styles.of(LOOKS["header"], "vcenter")
    for place, column in enumerate(table.columns, start=table.column):
        worksheet.write_string(table.row, place, column.header, style)
        if column.note:
            worksheet.write_comment(table.row, place, clean(column.note), _note_box(column.note))


def _note_box(note: str) -> dict[str, float]:
    """A box in which the whole note can be read."""
    lines = sum(map(_lines, note.splitlines()))
    return {"width": NOTE_WIDTH, "height": (lines + 1) * NOTE_LINE, "font_size": 9}


def _lines(text: str) -> int:
    return len(wrap(text, NOTE_CHARACTERS)) if len(text) > NOTE_CHARACTERS else 1


def _write_column(
    worksheet: Worksheet, row: int, place: int, column: Column, styles: Styles
) -> None:
    look = LOOKS[column.look]
    write_values(worksheet, row, place, column.values, look, styles)
    if column.links is not None:
        linked = zip(column.values, column.links, strict=True)
        cells = ((at, place, text, link) for at, (text, link) in enumerate(linked, start=row))
        write_links(worksheet, islice(cells, MOST_LINKS), styles.of(look, link=True))
    for at, note in enumerate(column.notes or (), start=row):
        if note:
            worksheet.write_comment(at, place, clean(note), _note_box(note))


def _write_label(worksheet: Worksheet, label: Label, styles: Styles) -> None:
    row, column, look = label.row, label.column, LOOKS[label.look]
    style = styles.of(look, "vcenter")
    if label.span > 1:
        worksheet.merge_range(row, column, row, column + label.span - 1, "", style)
    else:
        worksheet.write_blank(row, column, None, style)
    write_values(worksheet, row, column, [label.value], look, styles, "vcenter")
    linked = styles.of(look, "vcenter", link=True)
    write_links(worksheet, [(row, column, label.value, label.link)], linked)


def _allow_digits_as_text(worksheet: Worksheet, sheet: Sheet) -> None:
    """Telephone numbers are text on purpose: no warning triangles beside them."""
    typed = [
        f"{cell_name(table.row + 1, place)}:{cell_name(table.row + table.height + room, place)}"
        for table, room in zip(sheet.tables, chain([sheet.room], repeat(0)), strict=False)
        for place, column in enumerate(table.columns, start=table.column)
        if LOOKS[column.look].number_format == "@" and table.height + room
    ]
    if typed:
        worksheet.ignore_errors({"number_stored_as_text": " ".join(typed)})


def _add_rules(worksheet: Worksheet, sheet: Sheet, styles: Styles, lists: WordLists) -> None:
    for condition in sheet.conditions:
        add_condition(worksheet, condition, styles)
    for choice in sheet.choices:
        add_choice(worksheet, choice, lists)
    for moment in sheet.moments:
        add_moment(worksheet, moment)
