"""A table that crosses a room's border holds what its class says."""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import pytest

from automation.core.measures.deadlines import MeasuredDeadline
from automation.core.measures.progress import MeasuredCase
from automation.core.tables import checked, empty, rows
from tests.offices import case, grids
from tests.registers import read


class Stay(NamedTuple):
    Index: int
    guest: str
    nights: int
    price: float
    paid: bool
    since: pd.Timestamp


STAY = pd.DataFrame(
    {
        "guest": ["A", ""],
        "nights": [1, 2],
        "price": [10.5, float("nan")],
        "paid": [True, False],
        "since": pd.Series(["2026-11-23", None], dtype="datetime64[s]"),
    }
).set_axis([4, 7])


def test_a_table_is_read_row_by_row_as_its_class_says() -> None:
    first, second = rows(checked(STAY, Stay), Stay)
    assert first == Stay(4, "A", 1, 10.5, True, pd.Timestamp("2026-11-23"))
    assert (second.Index, second.guest, second.nights, second.paid) == (7, "", 2, False)
    assert second.price != second.price and pd.isna(second.since)


def test_columns_that_a_class_does_not_name_are_passed_over_by_who_reads() -> None:
    wider = STAY.assign(remark="x")[["remark", *STAY.columns[::-1]]]
    assert next(rows(wider, Stay)) == next(rows(STAY, Stay))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (STAY.drop(columns="paid"), "columns"),
        (STAY.assign(more=1), "columns"),
        (STAY[STAY.columns[::-1]], "columns"),
        (STAY.assign(guest=1), "guest does not hold str"),
        (STAY.assign(nights=1.0), "nights does not hold int"),
        (STAY.assign(price="10"), "price does not hold float"),
        (STAY.assign(paid=1), "paid does not hold bool"),
        (STAY.assign(since="2026"), "since does not hold Timestamp"),
        (
            STAY.assign(since=STAY["since"].astype("datetime64[ns]")),
            "since does not hold Timestamp",
        ),
    ],
)
def test_a_table_that_holds_something_else_is_refused(table: pd.DataFrame, complaint: str) -> None:
    with pytest.raises(TypeError, match=complaint):
        checked(table, Stay)


@pytest.mark.parametrize("row", [Stay, MeasuredCase, MeasuredDeadline])
def test_a_table_without_rows_holds_the_same(row: type[NamedTuple]) -> None:
    assert list(rows(checked(empty(row), row), row)) == []


def test_a_tab_that_was_read_holds_what_the_schema_says() -> None:
    cases = read(grids([case()])).cases
    wrong = cases.frame.assign(received="23/11/2026")
    with pytest.raises(TypeError, match="Register: received does not hold Timestamp"):
        replace(cases, frame=wrong)
