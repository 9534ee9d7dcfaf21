"""Requests about charts, kept as they are described; nothing is drawn."""

from typing import Any

from tests.sheets_emulator.batch.grid import RANGE_KEYS
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import ApiError, Refused, unimplemented
from tests.sheets_emulator.fields import for_writing, merge, with_styles
from tests.sheets_emulator.model import Sheet, fresh_id

Json = dict[str, Any]

WIDTH, HEIGHT = 600, 371  # Google's default size, from the API's reference (OverlayPosition)
NO_TYPE = (  # Google's words, its spelling too
    "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart must "
    "be set on chartSpec."
)
NO_POSITION = (
    "One of EmbeddedObjectPosition.overlayPosition or EmbeddedObjectPosition.sheetId must be set"
)


def add_chart(call: Call, request: Json) -> Json:
    """addChart"""
    given = request.get("chart", {})
    taken = {chart["chartId"] for sheet in call.book.sheets for chart in sheet.charts}
    number = given.get("chartId", fresh_id(taken))
    if number in taken:
        raise Refused(f"Chart with id {number} already exists.")
    sheet, position = positioned(call, given.get("position", {}))
    chart = {"chartId": number, "spec": specified(call, given.get("spec")), "position": position}
    if "border" in given:
        chart["border"] = with_styles(given["border"])
    sheet.charts.append(chart)
    return {"chart": chart}


def specified(call: Call, spec: Json | None) -> Json:
    """A chart's spec as it is kept; its sources must exist."""
    if not spec or not any(name.endswith("Chart") for name in spec):
        raise Refused(NO_TYPE)
    if "basicChart" in spec and not spec["basicChart"].keys() & {"domains", "series"}:
        raise ApiError(500, "Internal error encountered.")
    kept: Json = sourced(call, with_styles(spec))
    return {"hiddenDimensionStrategy": "SKIP_HIDDEN_ROWS_AND_COLUMNS", **kept}


def sourced(call: Call, value: Any) -> Any:
    """A spec whose ranges carry the id of a tab that exists."""
    if isinstance(value, list):
        return [sourced(call, item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() <= RANGE_KEYS and any(name.endswith("Index") for name in value):
        sheet, _ = call.area(value, writing=False)
        return {**value, "sheetId": sheet.id}
    return {name: sourced(call, item) for name, item in value.items()}


def positioned(call: Call, position: Json) -> tuple[Sheet, Json]:
    """(tab, position as it is kept) of an object that lies over cells."""
    if not position:
        raise Refused(NO_POSITION)
    if "overlayPosition" not in position:
        raise unimplemented("charts on tabs of their own")
    overlay = position["overlayPosition"]
    anchor = overlay.get("anchorCell", {})
    sheet = call.book.sheet(anchor.get("sheetId", 0))
    row, column = sheet.place(anchor)
    kept = {
        "widthPixels": WIDTH,
        "heightPixels": HEIGHT,
        **overlay,
        "anchorCell": {"sheetId": sheet.id, "rowIndex": row, "columnIndex": column},
    }
    return sheet, {"overlayPosition": kept}


def update_chart_spec(call: Call, request: Json) -> Json:
    """updateChartSpec: the whole spec, and nothing else of the chart."""
    sheet, old = chart_with(call, request.get("chartId", 0), "chart")
    new = {**old, "spec": specified(call, request.get("spec"))}
    sheet.charts[sheet.charts.index(old)] = new
    return {}


def update_position(call: Call, request: Json) -> Json:
    """updateEmbeddedObjectPosition: the mask is of the OverlayPosition."""
    sheet, old = chart_with(call, request.get("objectId", 0))
    given = request.get("newPosition", {})
    mask = for_writing(request.get("fields"), "OverlayPosition", "newPosition.overlayPosition")
    overlay = merge(old["position"]["overlayPosition"], given.get("overlayPosition", {}), mask)
    home, position = positioned(call, {"overlayPosition": overlay})
    sheet.charts.remove(old)
    home.charts.append({**old, "position": position})
    return {"position": position}


def delete_object(call: Call, request: Json) -> Json:
    """deleteEmbeddedObject"""
    sheet, old = chart_with(call, request.get("objectId", 0))
    sheet.charts.remove(old)
    return {}


def chart_with(call: Call, number: int, called: str = "embedded object") -> tuple[Sheet, Json]:
    """(tab, chart) of an id."""
    for sheet in call.book.sheets:
        for chart in sheet.charts:
            if chart["chartId"] == number:
                return sheet, chart
    raise Refused(f"No {called} with id: {number}")


HANDLERS = {
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "updateEmbeddedObjectPosition": update_position,
    "deleteEmbeddedObject": delete_object,
}
