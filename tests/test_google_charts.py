"""Native charts of Google Sheets, as the summary's drawing asks for them."""

from typing import Any

from automation.core.drawing import Area, Chart, Series
from automation.workbooks.google.drawing.charts import chart_spec

SHARES = Chart(
    "column",
    "Kepatuhan",
    categories=Area(5, 0, 11, 0),
    series=[Series("Kepatuhan", Area(5, 4, 11, 4), "1F4E79")],
    row=0,
    column=0,
    maximum=1,
)


def basic(chart: Chart) -> dict[str, Any]:
    found: dict[str, Any] = chart_spec(7, chart)["basicChart"]
    return found


def test_columns_begin_at_zero_and_end_at_the_maximum() -> None:
    """Only the mode EXPLICIT keeps to the ends that are given."""
    (_, values) = basic(SHARES)["axis"]
    assert values == {
        "position": "LEFT_AXIS",
        "viewWindowOptions": {
            "viewWindowMode": "EXPLICIT",
            "viewWindowMin": 0,
            "viewWindowMax": 1,
        },
    }


def test_a_series_is_fed_from_cells_and_named_by_the_header_above_them() -> None:
    (series,) = basic(SHARES)["series"]
    (source,) = series["series"]["sourceRange"]["sources"]
    assert source == {
        "sheetId": 7,
        "startRowIndex": 4,
        "endRowIndex": 12,
        "startColumnIndex": 4,
        "endColumnIndex": 5,
    }
    assert series["targetAxis"] == "LEFT_AXIS"
    assert basic(SHARES)["headerCount"] == 1
