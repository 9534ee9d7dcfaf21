"""Colours are kept as Google keeps them: in bytes, with their style, and written in parts."""

from typing import Any

import pytest

from tests.sheets_emulator.clients import Bare

Json = dict[str, Any]

AREA = {
    "sheetId": 0,
    "startRowIndex": 0,
    "endRowIndex": 2,
    "startColumnIndex": 0,
    "endColumnIndex": 2,
}


def test_a_mask_may_name_one_part_of_a_colour(api: Bare) -> None:
    shown = {"backgroundColor": {"red": 1, "green": 1}}
    api.batch({"repeatCell": {"range": AREA, "cell": {"userEnteredFormat": shown}, "fields": "*"}})
    red = {"userEnteredFormat": {"backgroundColor": {"red": 0}}}
    mask = "userEnteredFormat.backgroundColor.red"
    status, _ = api.batch({"repeatCell": {"range": AREA, "cell": red, "fields": mask}})
    assert status == 200
    sheet = api.get(includeGridData="true")["sheets"][0]
    kept = sheet["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"]
    assert kept["backgroundColor"] == {"green": 1}


def first_cell(api: Bare) -> Json:
    """A1 as it is kept."""
    cell: Json = api.get(includeGridData="true")["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    return cell


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(0.5, 0.49803922), (1, 1), (0.999, 0.99607843), (66 / 255, 0.25882354), (0.003, None)],
)
def test_a_colour_has_eight_bits_a_channel(api: Bare, sent: float, kept: float | None) -> None:
    """Color's description turns a channel into a byte by rounding it down."""
    color = {"red": sent}
    cell = {
        "userEnteredValue": {"stringValue": "ab"},
        "userEnteredFormat": {"backgroundColorStyle": {"rgbColor": color}},
        "textFormatRuns": [{"startIndex": 1, "format": {"foregroundColor": color}}],
    }
    write = {"rows": [{"values": [cell]}], "start": {"sheetId": 0}, "fields": "*"}
    api.batch({"updateCells": write})
    told = {} if kept is None else {"red": kept}
    found = first_cell(api)
    assert found["userEnteredFormat"]["backgroundColor"] == told
    assert found["textFormatRuns"][0]["format"]["foregroundColorStyle"] == {"rgbColor": told}


def test_a_colour_that_was_read_is_written_back_unchanged(api: Bare) -> None:
    def written(color: Json) -> Json:
        cell = {"userEnteredFormat": {"backgroundColor": color}}
        api.batch({"repeatCell": {"range": AREA, "cell": cell, "fields": "userEnteredFormat"}})
        kept: Json = first_cell(api)["userEnteredFormat"]["backgroundColor"]
        return kept

    for byte in (27, 116, 254):  # their shortest decimals are a little too small
        color = written({"green": byte / 255})
        assert written(color) == color
