"""How a program tab looks: formats, widths, merged cells, conditional formats, charts.

All of it is sent again when any of it changes. Rules and charts are replaced in place, so that a
layout can be repeated as long as their number stays.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from automation.core.drawing import LOOKS, Area, Column, Label, Sheet, Table
from automation.workbooks.google.drawing.charts import chart_position, chart_spec
from automation.workbooks.google.drawing.protection import protection_id
from automation.workbooks.google.drawing.rules import choice_rule, format_rule
from automation.workbooks.google.drawing.shapes import (
    cell_format,
    color,
    dimension,
    formula_data,
    grid_range,
    object_id,
    pixels,
)
from automation.workbooks.google.drawing.unseen import USUAL_HEIGHT
from automation.workbooks.google.program_tabs.page import Page
from automation.workbooks.google.wire.connection import Request

USUAL_WIDTH = 100  # pixels, of a column of which the drawing says nothing


@dataclass(frozen=True)
class Layout:
    """`formats` can be applied again and again; rules and charts are objects with a place or id."""

    formats: list[Request]
    rules: list[dict[str, Any]]  # ConditionalFormatRule
    charts: list[dict[str, Any]]  # EmbeddedChart


def chart_id(title: str, place: int) -> int:
    return object_id(f"{title}#{place}")


def layout(page: Page) -> Layout:
    sheet, sheet_id = page.sheet, page.sheet_id
    return Layout(
        formats=list(_formats(page)),
        rules=[
            format_rule([grid_range(sheet_id, each.area)], each.formula, each.look)
            for each in sheet.conditions
        ],
        charts=[
            {
                "chartId": chart_id(sheet.title, place),
                "spec": chart_spec(sheet_id, chart),
                "position": chart_position(sheet_id, chart),
            }
            for place, chart in enumerate(sheet.charts)
        ],
    )


def rule_requests(sheet_id: int, rules: Sequence[dict[str, Any]], there: int) -> Iterator[Request]:
    """Makes `rules` the only ones on a tab that has `there` of them."""
    for index in reversed(range(len(rules), there)):
        yield {"deleteConditionalFormatRule": {"sheetId": sheet_id, "index": index}}
    for index, rule in enumerate(rules):
        kind = "updateConditionalFormatRule" if index < there else "addConditionalFormatRule"
        yield {kind: {"index": index, "rule": rule}}


def chart_requests(charts: Sequence[dict[str, Any]], there: Set[int]) -> Iterator[Request]:
    """Makes `charts` the only ones on a tab that has those with the ids `there`."""
    for surplus in sorted(there - {chart["chartId"] for chart in charts}):
        yield {"deleteEmbeddedObject": {"objectId": surplus}}
    for chart in charts:
        if chart["chartId"] not in there:
            yield {"addChart": {"chart": chart}}
            continue
        yield {"updateChartSpec": {"chartId": chart["chartId"], "spec": chart["spec"]}}
        yield {
            "updateEmbeddedObjectPosition": {
                "objectId": chart["chartId"],
                "newPosition": chart["position"],
                "fields": "*",
            }
        }


def _formats(page: Page) -> Iterator[Request]:
    sheet, sheet_id = page.sheet, page.sheet_id
    yield {"unmergeCells": {"range": grid_range(sheet_id)}}
    yield _properties(page)
    yield _repeat(grid_range(sheet_id), {}, "userEnteredFormat,dataValidation")
    for table in sheet.tables:
        yield from _table(sheet_id, table)
    for label in sheet.labels:
        yield from _label(sheet_id, label)
    yield from _widths(page)
    height = {"pixelSize": page.heights.get(0, USUAL_HEIGHT)}
    yield dimension(sheet_id, "ROWS", 0, 0, height)
    if sheet.filtered:
        area = _whole(sheet.tables[0])
        yield {"setBasicFilter": {"filter": {"range": grid_range(sheet_id, area)}}}
    yield from _formulas(page)
    yield from _choices(page)


def _properties(page: Page) -> Request:
    """Title, size and frozen rows in one, since none of them may contradict another."""
    sheet = page.sheet
    grid = {
        "rowCount": len(page.rows),
        "columnCount": page.hidden_column + 1,
        "frozenRowCount": sheet.frozen_rows,
        "frozenColumnCount": sheet.frozen_columns,
        "hideGridlines": bool(sheet.labels),
    }
    properties = {"sheetId": page.sheet_id, "title": sheet.title, "gridProperties": grid}
    fields = ["title", *(f"gridProperties.{name}" for name in grid)]
    if sheet.color:
        properties["tabColorStyle"] = color(sheet.color)
        fields.append("tabColorStyle")
    return {"updateSheetProperties": {"properties": properties, "fields": ",".join(fields)}}


def _repeat(area: dict[str, int], cell: dict[str, Any], fields: str) -> Request:
    return {"repeatCell": {"range": area, "cell": cell, "fields": fields}}


def _table(sheet_id: int, table: Table) -> Iterator[Request]:
    right = table.column + len(table.columns) - 1
    header = Area(table.row, table.column, table.row, right)
    yield _repeat(
        grid_range(sheet_id, header),
        {"userEnteredFormat": cell_format(LOOKS["header"], "MIDDLE")},
        "userEnteredFormat",
    )
    yield _repeat(grid_range(sheet_id, header), {}, "note")
    for place, column in enumerate(table.columns, start=table.column):
        if column.note:
            cell = grid_range(sheet_id, Area(table.row, place, table.row, place))
            yield _repeat(cell, {"note": column.note}, "note")
        if table.height:
            area = Area(table.row + 1, place, table.row + table.height, place)
            yield _look(grid_range(sheet_id, area), column.look)


def _look(area: dict[str, int], look: str, vertical: str = "TOP") -> Request:
    cell = {"userEnteredFormat": cell_format(LOOKS[look], vertical)}
    return _repeat(area, cell, "userEnteredFormat")


def _label(sheet_id: int, label: Label) -> Iterator[Request]:
    area = Area(label.row, label.column, label.row, label.column + label.span - 1)
    if label.span > 1:
        yield {"mergeCells": {"range": grid_range(sheet_id, area), "mergeType": "MERGE_ALL"}}
    yield _look(grid_range(sheet_id, area), label.look, "MIDDLE")


def _formulas(page: Page) -> Iterator[Request]:
    for row, formulas in page.formulas.items():
        for column, formula in formulas.items():
            yield {
                "updateCells": {
                    "range": grid_range(page.sheet_id, Area(row, column, row, column)),
                    "rows": [{"values": [formula_data(formula.text)]}],
                    "fields": "userEnteredValue",
                }
            }


def _choices(page: Page) -> Iterator[Request]:
    """Drop-downs; their cells are the only ones of the tab that everybody may fill in."""
    areas = [grid_range(page.sheet_id, choice.area) for choice in page.sheet.choices]
    for area, choice in zip(areas, page.sheet.choices, strict=True):
        yield {"setDataValidation": {"range": area, "rule": choice_rule(choice)}}
    if areas:
        free = {"protectedRangeId": protection_id(page.sheet.title), "unprotectedRanges": areas}
        yield {"updateProtectedRange": {"protectedRange": free, "fields": "unprotectedRanges"}}


def _whole(table: Table) -> Area:
    """The table with its header."""
    right = table.column + len(table.columns) - 1
    return Area(table.row, table.column, table.row + table.height, right)


def _widths(page: Page) -> Iterator[Request]:
    """Widths, and which columns are hidden; alike neighbours in one request."""
    columns = {
        place: column
        for table in page.sheet.tables
        for place, column in enumerate(table.columns, start=table.column)
    }
    columns[page.hidden_column] = Column("", (), hidden=True)
    shown = [_column(page.sheet, columns.get(place), place) for place in range(page.width)]
    for properties, places in groupby(range(len(shown)), key=lambda place: shown[place]):
        found = list(places)
        yield dimension(page.sheet_id, "COLUMNS", found[0], found[-1], properties)


def _column(sheet: Sheet, column: Column | None, place: int) -> dict[str, Any]:
    """DimensionProperties."""
    width = sheet.widths.get(place, column.width if column else None)
    return {
        "pixelSize": pixels(width) if width else USUAL_WIDTH,
        "hiddenByUser": column is not None and column.hidden,
    }
