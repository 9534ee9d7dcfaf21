"""Rows and columns inserted, deleted and moved, and all that lies on them moved along."""

from collections.abc import Callable
from functools import cache
from typing import Any

from tests.sheets_emulator.model import Row, Sheet, Spreadsheet
from tests.sheets_emulator.references import GONE, Change, Span, follow

Json = dict[str, Any]

RANGE_KEYS = {"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
PLACE_KEYS = {"sheetId", "rowIndex", "columnIndex"}
SPAN_KEYS = {"sheetId", "dimension", "startIndex", "endIndex"}
NEEDED = ("range", "ranges", "dimensionRange", "location", "sourceRange", "sources")
AXIS = {"ROWS": "Row", "COLUMNS": "Column"}


def insert(
    book: Spreadsheet, sheet: Sheet, dimension: str, at: int, count: int, before: bool = True
) -> None:
    """Inserts blank rows or columns, which take the formats of the one before, or behind."""
    book_size = sheet.row_count, sheet.column_count
    model = at - 1 if before else at + count
    if dimension == "ROWS":
        sheet.rows[at:at] = [{} for _ in range(count)]
        sheet.row_properties[at:at] = [{} for _ in range(count)]
        sheet.resize(book_size[0] + count, book_size[1])
        inherit_rows(sheet, at, count, model)
    else:
        sheet.column_properties[at:at] = [{} for _ in range(count)]
        sheet.resize(book_size[0], book_size[1] + count)
        sheet.rows = [rekeyed(row, inserting(at, count)) for row in sheet.rows]
        inherit_columns(sheet, at, count, model)
    book.check_size()
    shift(book, sheet, dimension, inserting(at, count))


def inherit_rows(sheet: Sheet, at: int, count: int, model: int) -> None:
    """Gives new rows the look of another row."""
    if 0 <= model < sheet.row_count:
        for column, cell in sheet.rows[model].items():
            for row in range(at, at + count):
                sheet.put(row, column, look(cell))


def inherit_columns(sheet: Sheet, at: int, count: int, model: int) -> None:
    """Gives new columns the look of another column."""
    if 0 <= model < sheet.column_count:
        sheet.column_properties[at : at + count] = [sheet.column_properties[model]] * count
        for row, cells in enumerate(sheet.rows):
            for column in range(at, at + count):
                sheet.put(row, column, look(cells.get(model, {})))


def look(cell: Json) -> Json:
    """The part of a cell that inserted cells inherit."""
    return {name: cell[name] for name in ("userEnteredFormat", "dataValidation") if name in cell}


def delete(book: Spreadsheet, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Deletes rows or columns."""
    rows, columns = sheet.row_count, sheet.column_count
    if dimension == "ROWS":
        del sheet.rows[start:end]
        del sheet.row_properties[start:end]
        sheet.resize(rows - (end - start), columns)
    else:
        del sheet.column_properties[start:end]
        sheet.rows = [rekeyed(row, deleting(start, end)) for row in sheet.rows]
        sheet.resize(rows, columns - (end - start))
    shift(book, sheet, dimension, deleting(start, end))


def move(book: Spreadsheet, sheet: Sheet, dimension: str, span: Span, to: int) -> None:
    """Moves rows or columns before the one that is at `to` now."""
    change = moving(span, to)
    if dimension == "ROWS":
        sheet.rows = permuted(sheet.rows, change)
        sheet.row_properties = permuted(sheet.row_properties, change)
    else:
        sheet.rows = [rekeyed(row, change) for row in sheet.rows]
        sheet.column_properties = permuted(sheet.column_properties, change)
    shift(book, sheet, dimension, change)


def rekeyed(row: Row, change: Change) -> Row:
    """A row's cells in their new columns."""
    placed = ((change((column, column + 1)), cell) for column, cell in row.items())
    return {span[0]: cell for span, cell in placed if span}


def permuted(items: list[Any], change: Change) -> list[Any]:
    """The items of a list in their new places."""
    places = [change((index, index + 1)) for index in range(len(items))]
    order = sorted(range(len(items)), key=lambda index: places[index] or (0, 0))
    return [items[index] for index in order]


def inserting(at: int, count: int) -> Change:
    """What begins at the insertion or behind it moves; what spans it grows."""

    def change(span: Span) -> Span:
        start, end = span
        if at <= start:
            return start + count, end + count
        return (start, end + count) if at < end else span

    return change


def deleting(first: int, last: int) -> Change:
    """What loses all its cells is gone."""

    def place(index: int) -> int:
        return min(index, first) if index < last else index - (last - first)

    def change(span: Span) -> Span | None:
        start, end = place(span[0]), place(span[1])
        return (start, end) if start < end else None

    return change


def moving(source: Span, to: int) -> Change:
    """What is wholly inside moves along; other spans keep what stays between their ends."""
    size = source[1] - source[0]
    if source[0] <= to <= source[1]:
        return lambda span: span
    target = to - size if to > source[0] else to
    out, back = deleting(*source), inserting(target, size)

    def change(span: Span) -> Span | None:
        if source[0] <= span[0] and span[1] <= source[1]:
            return span[0] - source[0] + target, span[1] - source[0] + target
        left = out(span)
        return back(left) if left else None

    return change


OBJECTS = (
    "merges",
    "conditional_formats",
    "protected_ranges",
    "filter_views",
    "charts",
    "row_groups",
    "column_groups",
    "tables",
    "basic_filter",
)


def shift(book: Spreadsheet, sheet: Sheet, dimension: str, change: Change) -> None:
    """Moves every range and reference to the rows or columns of a tab."""
    axis = AXIS[dimension]
    for each in book.sheets:
        for name in OBJECTS:
            setattr(each, name, shifted(getattr(each, name), sheet.id, axis, change))
        each.merges = [merge for merge in each.merges if is_merge(merge)]
    book.named_ranges = shifted(book.named_ranges, sheet.id, axis, change)
    book.developer_metadata = shifted(book.developer_metadata, sheet.id, axis, change)
    rewrite(book, lambda text, here: follow(text, here, sheet.title, dimension, change))


def is_merge(merge: Json) -> bool:
    """Does a merge still cover more than one cell?"""
    rows = merge["endRowIndex"] - merge["startRowIndex"]
    return bool(rows * (merge["endColumnIndex"] - merge["startColumnIndex"]) > 1)


def shifted(value: Any, sheet_id: int, axis: str, change: Change) -> Any:
    """A message with its ranges moved; None if the cells it is about are gone."""
    if isinstance(value, list):
        pairs = [(item, shifted(item, sheet_id, axis, change)) for item in value]
        return [new for old, new in pairs if new is not None and not lost_data(old, new)]
    if not isinstance(value, dict):
        return value
    if value.get("sheetId") == sheet_id and value.keys() <= RANGE_KEYS:
        return shifted_range(value, f"start{axis}Index", f"end{axis}Index", change)
    if value.get("sheetId") == sheet_id and value.keys() <= PLACE_KEYS:
        return shifted_place(value, axis.lower() + "Index", change)
    if value.get("sheetId") == sheet_id and value.keys() <= SPAN_KEYS:
        here = AXIS[value["dimension"]] == axis
        return shifted_range(value, "startIndex", "endIndex", change) if here else value
    found = {name: shifted(item, sheet_id, axis, change) for name, item in value.items()}
    if any(name in found and not found[name] for name in NEEDED):
        return None
    return {name: item for name, item in found.items() if item is not None}


def lost_data(old: Any, new: Any) -> bool:
    """Has a chart's series or domain lost the cells it showed?"""
    return isinstance(old, dict) and any(
        name in old and name not in new for name in ("series", "domain")
    )


def shifted_range(range_: Json, start: str, end: str, change: Change) -> Json | None:
    """A range with the edges it has moved; an open edge stays open."""
    if start not in range_ and end not in range_:
        return range_
    span = change((range_.get(start, 0), range_.get(end, 10**9)))
    if span is None:
        return None
    return {
        **range_,
        **({start: span[0]} if start in range_ else {}),
        **({end: span[1]} if end in range_ else {}),
    }


def shifted_place(place: Json, name: str, change: Change) -> Json:
    """A GridCoordinate moved; one that lost its cell stays where that was."""
    index = place.get(name, 0)
    span = change((index, index + 1))
    return {**place, name: span[0]} if span else place


Rewriting = Callable[[str, str], str]  # a formula and the title of its tab


def rewrite(book: Spreadsheet, change: Rewriting) -> None:
    """Changes every formula: in cells, in validation rules and in conditional formats. A formula
    that stands in many cells is changed once, and cells that are one object stay one."""
    change = cache(change)
    for sheet in book.sheets:
        changed: dict[int, Json] = {}
        for row in sheet.rows:
            for column, cell in row.items():
                mark = id(cell)
                if mark not in changed:
                    changed[mark] = (
                        rewritten(cell, sheet.title, change) if has_formula(cell) else cell
                    )
                row[column] = changed[mark]
        sheet.conditional_formats = rewritten(sheet.conditional_formats, sheet.title, change)


def has_formula(cell: Json) -> bool:
    """Is there a formula in a cell, or in its validation rule?"""
    entered = cell.get("userEnteredValue", {})
    return "formulaValue" in entered or holds_formula(cell.get("dataValidation", {}))


def holds_formula(rule: Json) -> bool:
    """Does a validation rule look at cells?"""
    values = rule.get("condition", {}).get("values", [])
    return any(str(value.get("userEnteredValue", "")).startswith("=") for value in values)


def rewritten(value: Any, title: str, change: Rewriting) -> Any:
    """A message with the formulas in it changed."""
    if isinstance(value, list):
        return [rewritten(item, title, change) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: rewritten_item(name, item, title, change) for name, item in value.items()}


def rewritten_item(name: str, item: Any, title: str, change: Rewriting) -> Any:
    """A formula changed; a rule's stays as it is where the first of the rule's cells are gone."""
    if name not in ("formulaValue", "userEnteredValue") or not str(item).startswith("="):
        return rewritten(item, title, change)
    found = change(item, title)
    return item if name == "userEnteredValue" and GONE in found else found
