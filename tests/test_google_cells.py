"""Which cells a publish writes: those that changed, as what they are, in few requests."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

import numpy as np
import pandas as pd
import pytest

from automation.core.drawing import Column, Formula, Label, Sheet, Table, Value
from automation.workbooks.google.drawing.shapes import cell_data, color, number_format, scalar
from automation.workbooks.google.program_tabs.difference import cell_requests
from automation.workbooks.google.program_tabs.layout import layout
from automation.workbooks.google.program_tabs.page import page
from automation.workbooks.google.publishing import LARGEST_CALL, calls
from automation.workbooks.google.wire.client import compact
from automation.workbooks.google.wire.connection import Request, Scalar

LINKS = ("#gid=7&range=A2", "#gid=7&range=A3")


def sheet(*columns: Sequence[Value], links: Sequence[str | None] | None = None) -> Sheet:
    """A tab with the headers "0", "1", ...; `links` are those of the first column."""
    drawn = [
        Column(str(place), values, links=links if place == 0 else None)
        for place, values in enumerate(columns)
    ]
    return Sheet("Pemantauan", tables=[Table(drawn)])


def written(requests: Sequence[Request]) -> dict[tuple[int, int], object]:
    """The values that updateCells requests write, by (row, column)."""
    cells: dict[tuple[int, int], object] = {}
    for request in requests:
        update = request["updateCells"]
        start = update["start"]
        for row, data in enumerate(update["rows"], start=start["rowIndex"]):
            for column, cell in enumerate(data["values"], start=start["columnIndex"]):
                value = cell.get("userEnteredValue", {"": None})
                (cells[row, column],) = value.values()
    return cells


def read(drawn: Sheet) -> list[list[Scalar]]:
    """A tab as it reads after `drawn` was published: without empty cells at a row's end."""
    rows = []
    for row in page(drawn, {}).rows:
        while row and row[-1] == "":
            row = row[:-1]
        rows.append(row)
    return rows


def test_what_did_not_change_is_not_written() -> None:
    drawn = sheet(["a", None, "c"], [1, 2.5, datetime(2026, 11, 23, 8, 15)], links=[*LINKS, None])
    assert cell_requests(page(drawn, {}), read(drawn)) == []


def test_a_changed_cell_is_written_alone() -> None:
    before, after = sheet(["a", "b", "c"], [1, 2, 3]), sheet(["a", "b", "c"], [1, 9, 3])
    assert written(cell_requests(page(after, {}), read(before))) == {(2, 1): 9}


def test_a_cell_that_became_empty_is_emptied() -> None:
    before, after = sheet(["a", "b"]), sheet(["a", None])
    assert written(cell_requests(page(after, {}), read(before))) == {(2, 0): None}


def test_the_last_digits_of_a_date_do_not_count() -> None:
    moment = datetime(2026, 11, 23, 8, 20)
    before = read(sheet([moment]))
    before[1][0] = round(float(before[1][0]), 9)
    assert cell_requests(page(sheet([moment]), {}), before) == []


def test_a_number_is_not_the_text_that_looks_like_it() -> None:
    assert written(cell_requests(page(sheet(["1"]), {}), read(sheet([1])))) == {(1, 0): "1"}


def test_a_changed_column_is_one_request() -> None:
    before = sheet(["x"] * 100, list(range(100)), ["x"] * 100)
    after = sheet(["x"] * 100, list(range(1, 101)), ["x"] * 100)
    assert len(cell_requests(page(after, {}), read(before))) == 1


def test_a_link_that_leads_elsewhere_is_written_again() -> None:
    """Staff inserted a row: the text is the same, the row it leads to is another."""
    before, after = sheet(["a"], [1], links=LINKS[:1]), sheet(["a"], [1], links=LINKS[1:])
    (request,) = cell_requests(page(after, {}), read(before))
    linked = request["updateCells"]["rows"][0]["values"][0]
    assert linked["textFormatRuns"] == [{"startIndex": 0, "format": {"link": {"uri": LINKS[1]}}}]


def test_a_link_that_is_gone_is_taken_off() -> None:
    before, after = sheet(["a"], links=LINKS[:1]), sheet(["a"], links=[None])
    (request,) = cell_requests(page(after, {}), read(before))
    assert request["updateCells"]["rows"][0]["values"][0] == cell_data("a")
    assert "textFormatRuns" in request["updateCells"]["fields"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://example.id", "file:///etc", "#x"])
def test_only_https_and_this_spreadsheet_are_linked_to(link: str) -> None:
    assert page(sheet(["a"], links=[link]), {}).links == {}


def test_a_link_to_a_cell_of_another_tab_uses_its_id() -> None:
    drawn = Sheet("Ringkasan", labels=[Label(0, 0, "lihat", link="#Register!A7")])
    assert page(drawn, {"Register": 42}).links == {0: {0: "#gid=42&range=A7"}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (float("nan"), ""),
        (float("inf"), ""),
        (pd.NaT, ""),
        (np.float64(1.5), 1.5),
        (np.int64(3), 3),
        (True, True),
        (datetime(2026, 11, 23, 12), 46349.5),
        ("=1+1", "=1+1"),
    ],
)
def test_values_are_what_a_read_returns(value: Value, expected: Scalar) -> None:
    assert scalar(value) == expected
    assert type(scalar(value)) is type(expected)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert cell_data("=IMPORTXML(1)") == {"userEnteredValue": {"stringValue": "=IMPORTXML(1)"}}


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    assert len(str(scalar("x" * 60_000))) == 50_000


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("@", "TEXT"),
        ('dd/mm/yyyy hh"."mm', "DATE_TIME"),
        ("dd/mm/yyyy", "DATE"),
        ('hh"."mm', "TIME"),
        ("0.0%", "PERCENT"),
        ("#,##0", "NUMBER"),
    ],
)
def test_a_number_format_names_its_type(pattern: str, kind: str) -> None:
    assert number_format(pattern) == {"type": kind, "pattern": pattern}


def test_calls_stay_below_the_limit_and_the_summary_is_undivided_and_last() -> None:
    lists = [[{"updateCells": {"rows": ["x" * 300_000], "place": place}}] for place in range(10)]
    summary = [{"updateCells": {"rows": ["y" * 400_000], "place": place}} for place in (1, 2)]
    found = calls([*lists, summary])
    assert [request for call in found for request in call] == [*chain(*lists), *summary]
    assert all(len(compact({"requests": call})) <= LARGEST_CALL for call in found)
    assert found[-1][-2:] == summary


def test_what_fits_is_one_call() -> None:
    assert len(calls([[{"a": {}}], [{"b": {}}], [{"c": {}}]])) == 1
    assert calls([[], [], []]) == []


def test_a_formula_is_left_alone_while_it_comes_to_what_is_expected() -> None:
    drawn = sheet(["a", Formula("INDEX(C2:C9,1)", 7), "b"])
    assert read(drawn)[2][0] == 7
    assert cell_requests(page(drawn, {}), read(drawn)) == []


def test_what_was_typed_over_a_formula_gives_way_to_it_and_not_to_its_value() -> None:
    formula = {"userEnteredValue": {"formulaValue": "=INDEX(C2:C9;1)"}}
    drawn = sheet(["a", Formula("INDEX(C2:C9,1)", 7), "b"])
    typed = read(drawn)
    typed[2][0] = 81
    (request,) = cell_requests(page(drawn, {}), typed)
    assert request["updateCells"]["rows"] == [{"values": [formula]}]


def test_what_a_formula_comes_to_as_time_goes_by_is_no_change() -> None:
    drawn = sheet([Formula("IF(NOW()>C2,1,2)", 1, moves=True)])
    assert cell_requests(page(drawn, {}), [["0", "40"], [2]]) == []


def test_a_formula_is_set_with_the_layout_too_since_it_may_come_to_nothing() -> None:
    drawn = page(sheet([Formula("IF(NOW()>C2,1,2)", "")]), {})
    assert cell_requests(drawn, [["0", "40"]]) == []
    set_ = [each["updateCells"]["rows"] for each in layout(drawn).formats if "updateCells" in each]
    formula = {"userEnteredValue": {"formulaValue": "=IF(NOW()>C2;1;2)"}}
    assert set_ == [[{"values": [formula]}]]


def noted(*notes: str | None, header: str = "") -> Sheet:
    """A tab with a note on each cell of its second column; the first one has links."""
    names = ["a"] * len(notes)
    columns = [
        Column("0", names, links=[LINKS[0]] * len(notes)),
        Column("1", names, notes=notes, note=header),
        Column("2", names),
    ]
    return Sheet("Pemantauan", tables=[Table(columns)])


def test_a_changed_note_is_written_with_its_cell_alone() -> None:
    before, after = noted("jumlah 20", "jumlah 30"), noted("jumlah 20", "jumlah 31")
    (request,) = cell_requests(page(after, {}), read(before))
    update = request["updateCells"]
    assert update["start"] == {"sheetId": page(after, {}).sheet_id, "rowIndex": 2, "columnIndex": 1}
    assert update["rows"][0]["values"][0]["note"] == "jumlah 31"
    assert not any("textFormatRuns" in cell for cell in update["rows"][0]["values"])


def test_a_note_that_is_gone_is_taken_off() -> None:
    (request,) = cell_requests(page(noted(None), {}), read(noted("jumlah 20")))
    assert request["updateCells"]["rows"][0]["values"][0] == cell_data("a")
    assert "note" in request["updateCells"]["fields"]


def test_a_header_that_is_written_keeps_its_note() -> None:
    after = page(noted(header="Menit kerja."), {})
    (request,) = cell_requests(after, [["0", "lain", "2"]])
    assert request["updateCells"]["rows"][0]["values"][0]["note"] == "Menit kerja."


@pytest.mark.parametrize("forged", ["999=0badcafe", "-1=0badcafe 1=0badcafe", "45 #gid 2=x", 7.5])
def test_whatever_stands_in_the_hidden_column_the_cells_come_right(forged: Scalar) -> None:
    drawn = page(noted("jumlah 20"), {})
    (request,) = cell_requests(drawn, [read(noted("x"))[0], ["a", "a", "a", forged]])
    assert request["updateCells"]["rows"][0]["values"][-1] == cell_data(drawn.rows[1][-1])


def test_a_colour_is_sent_so_that_google_keeps_its_bytes() -> None:
    """It multiplies a channel by 255 and rounds down; what is sent stays short, as it is sent often."""
    for byte in range(256):
        sent = color(f"{byte:02x}{byte:02X}00")["rgbColor"]
        assert (int(sent["red"] * 255), sent["green"], sent["blue"]) == (byte, sent["red"], 0)
        assert len(str(sent["red"])) <= len("0.1234")
