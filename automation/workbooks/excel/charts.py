"""The charts of a `Sheet` for XlsxWriter."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from automation.core.drawing import INK, MUTED, Area, Chart, Series

FAINT_LINE = {"color": "#E5E7EB", "width": 0.75}
SMALL = {"size": 9, "color": f"#{MUTED}"}


def insert_chart(workbook: Workbook, worksheet: Worksheet, chart: Chart) -> None:
    """Draws `chart` onto the sheet whose cells feed it."""
    drawn: Any = workbook.add_chart({"type": chart.kind})
    alone = len(chart.series) == 1 and chart.kind != "line"
    for series in chart.series:
        drawn.add_series(_series(worksheet.get_name(), chart, series, labelled=alone))
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "color": f"#{INK}"}})
    drawn.set_legend(
        {"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": SMALL}
    )
    drawn.set_x_axis({"num_font": SMALL, "line": FAINT_LINE, "major_tick_mark": "none"})
    drawn.set_y_axis(_value_axis(chart, labelled=alone))
    drawn.set_size({"width": chart.width, "height": chart.height})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("gap")
    drawn.show_hidden_data()
    worksheet.insert_chart(chart.row, chart.column, drawn, {"object_position": 3})


def _series(tab: str, chart: Chart, series: Series, *, labelled: bool) -> dict[str, Any]:
    color = {"color": f"#{series.color}"}
    look: dict[str, Any] = {"fill": color, "gap": 60}
    if chart.kind == "line":
        look = {"line": {**color, "width": 2.25}, "marker": {"type": "circle", "size": 5}}
        look["marker"] |= {"fill": color, "border": color}
    if labelled:
        look["data_labels"] = {"value": True, "num_format": chart.number_format, "font": SMALL}
    return {
        "name": series.name,
        "categories": _cells(tab, chart.categories),
        "values": _cells(tab, series.values),
        **look,
    }


def _cells(tab: str, area: Area) -> list[str | int]:
    return [tab, area.top, area.left, area.bottom, area.right]


def _value_axis(chart: Chart, *, labelled: bool) -> dict[str, Any]:
    """Numbers on the columns make the axis superfluous."""
    return {
        "num_format": chart.number_format,
        "num_font": SMALL,
        "min": 0,
        "max": chart.maximum,
        "line": {"none": True},
        "major_tick_mark": "none",
        "major_gridlines": {"visible": not labelled, "line": FAINT_LINE},
        "label_position": "none" if labelled else "next_to",
    }
