"""The charts of a `Sheet` in the shapes of the Sheets API, fed from cells of its own tab.

https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets/charts
"""

from dataclasses import replace
from typing import Any

from automation.core.drawing import INK, MUTED, Area, Chart, Series
from automation.workbooks.google.drawing.shapes import color, grid_range

SMALL = {"fontSize": 9, "foregroundColorStyle": color(MUTED)}
LABELS = {"type": "DATA", "placement": "OUTSIDE_END", "textFormat": SMALL}
VALUES = "LEFT_AXIS"
TITLE = {"fontSize": 12, "bold": True, "foregroundColorStyle": color(INK)}


def chart_spec(sheet_id: int, chart: Chart) -> dict[str, Any]:
    """ChartSpec. A series takes its name from the header above its cells."""
    alone = len(chart.series) == 1
    basic = {
        "chartType": chart.kind.upper(),
        "legendPosition": "NO_LEGEND" if alone else "BOTTOM_LEGEND",
        "headerCount": 1,
        "axis": [
            {"position": "BOTTOM_AXIS"},
            {"position": VALUES, "viewWindowOptions": _window(chart)},
        ],
        "domains": [{"domain": _source(sheet_id, chart.categories)}],
        "series": [_series(sheet_id, series, chart) for series in chart.series],
    }
    spec = {"title": chart.title, "titleTextFormat": TITLE, "basicChart": basic}
    return spec | {"hiddenDimensionStrategy": "SHOW_ALL"}  # what feeds a chart may be hidden


def _window(chart: Chart) -> dict[str, Any]:
    """ChartAxisViewWindowOptions: columns begin at zero. In any other mode the ends are ignored."""
    window: dict[str, Any] = {"viewWindowMode": "EXPLICIT", "viewWindowMin": 0}
    return window if chart.maximum is None else window | {"viewWindowMax": chart.maximum}


def _series(sheet_id: int, series: Series, chart: Chart) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "series": _source(sheet_id, series.values),
        "targetAxis": VALUES,
        "colorStyle": color(series.color),
    }
    if len(chart.series) == 1 and chart.kind != "line":
        drawn["dataLabel"] = LABELS
    return drawn


def _source(sheet_id: int, area: Area) -> dict[str, Any]:
    """The cells of a table's column with the header above them."""
    with_header = replace(area, top=area.top - 1)
    return {"sourceRange": {"sources": [grid_range(sheet_id, with_header)]}}


def chart_position(sheet_id: int, chart: Chart) -> dict[str, Any]:
    """EmbeddedObjectPosition."""
    anchor = {"sheetId": sheet_id, "rowIndex": chart.row, "columnIndex": chart.column}
    return {
        "overlayPosition": {
            "anchorCell": anchor,
            "widthPixels": chart.width,
            "heightPixels": chart.height,
        }
    }
