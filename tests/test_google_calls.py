"""What a cycle costs: one read and at most one write, whatever the number of cases."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from automation.core.drawing import Column, Sheet, Table
from automation.workbooks.google import publishing
from automation.workbooks.google.publishing import LARGEST_CALL
from automation.workbooks.google.wire.client import compact
from automation.workbooks.google.wire.connection import Connection, Request
from tests.google_office import STAFF_ROWS, GoogleOffice, ready_office, register_rows
from tests.offices import NOW
from tests.sheets_emulator import Emulator

BEFORE_RECEIPT = "20/11/2026 08.00"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """Set up and without cases."""
    with Emulator() as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        yield ready_office(emulator, {"Petugas": STAFF_ROWS})


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Request]]:
    """The requests of each write call made."""
    found: list[Sequence[Request]] = []
    send = Connection.update

    def update(self: Connection, requests: Sequence[Request]) -> None:
        found.append(requests)
        send(self, requests)

    monkeypatch.setattr(Connection, "update", update)
    return found


def size(call: Sequence[Request]) -> int:
    """Bytes of a write call."""
    return len(compact({"requests": call}))


@pytest.mark.parametrize(("cases", "largest"), [(10, LARGEST_CALL), (1_000, LARGEST_CALL // 10)])
def test_a_cycle_is_one_read_and_at_most_one_write_for_each_two_megabytes(
    office: GoogleOffice,
    cases: int,
    largest: int,
    sent: list[Sequence[Request]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a call takes a tenth, 1,000 cases need as many calls as 10,000 do."""
    monkeypatch.setattr(publishing, "LARGEST_CALL", largest)
    office.fill(register_rows(cases))
    with office.counted() as first:
        office.cycle()
    sizes = [size(call) for call in sent]
    assert first == {"batchGet": 1, "batchUpdate": len(sizes)}
    assert max(sizes) <= largest
    assert len(sizes) == 1 if cases == 10 else 3 < len(sizes) <= sum(sizes) // largest + 2
    assert len(office.cells("Pemantauan")) == cases + 1

    with office.counted() as unchanged:
        office.cycle()
    assert unchanged == {"batchGet": 1}

    office.type("Register!I2", [[BEFORE_RECEIPT]])
    with office.counted() as changed:
        office.cycle(NOW + timedelta(minutes=5))
    assert changed == {"batchGet": 1, "batchUpdate": 1}
    assert size(sent[-1]) < 21_000, "one case goes from the ended ones to the top"


def test_of_a_case_that_became_late_the_row_alone_is_made_taller(
    office: GoogleOffice, sent: list[Sequence[Request]]
) -> None:
    tall = Table([Column("Uraian", ["a", "b", "c"])])
    for heights in ({2: 45}, {2: 45, 3: 30}):
        office.book.publish([Sheet("Temuan", [tall], heights=heights)], NOW)
    row = {"dimension": "ROWS", "startIndex": 3, "endIndex": 4}
    resized = [each for each in sent[-1] if "updateCells" not in each]
    assert [each["updateDimensionProperties"]["properties"] for each in resized] == [
        {"pixelSize": 40}
    ]
    assert resized[0]["updateDimensionProperties"]["range"].items() >= row.items()
