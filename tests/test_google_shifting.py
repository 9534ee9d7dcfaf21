"""A row of a list that moves is not written anew with all that stand below it."""

import random
from collections.abc import Iterator, Sequence

import pytest
from requests import ConnectionError as ConnectionLostError

from automation.core.drawing import Column, Condition, Sheet, Table
from automation.workbooks.google.program_tabs.difference import cell_requests
from automation.workbooks.google.program_tabs.page import page
from automation.workbooks.google.program_tabs.shifting import MOST_SHIFTS, shifted
from automation.workbooks.google.wire.connection import Cells, Request
from tests.google_office import GoogleOffice
from tests.offices import NOW
from tests.sheets_emulator import Emulator


def working_list(cases: str, *, said: str = "") -> Sheet:
    """One row for each letter, which is its key. Each second one has a note; all have links."""
    notes = [f"catatan {case}" if ord(case) % 2 else None for case in cases]
    links = [f"#gid=7&range=A{ord(case)}" for case in cases]
    table = Table(
        [
            Column("Nomor", list(cases), links=links),
            Column("Sisa", [f"sisa {case}{said}" for case in cases], notes=notes),
            Column("Sejak", [ord(case) for case in cases], "minutes", note="Menit kerja."),
        ],
        key="Nomor",
    )
    late = Condition(table.area("Sisa"), 'B2="lewat"', "bad")
    heights = {row: 45 for row, case in enumerate(cases, start=1) if case in "AEIO"}
    return Sheet("Pemantauan", [table], heights=heights, conditions=[late], filtered=True)


def read(cases: str) -> Cells:
    rows = page(working_list(cases), {}).rows
    return Cells(rows, len(rows), len(rows[0]))


def shifts(before: str, after: str) -> list[tuple[str, int, int]]:
    """What is inserted and deleted: (kind, first row, row behind the last)."""
    found = []
    for request in shifted(page(working_list(after), {}), read(before)).requests:
        ((kind, what),) = request.items()
        found.append((kind, what["range"]["startIndex"], what["range"]["endIndex"]))
    return found


def written(before: str, after: str) -> set[int]:
    """The rows in which a cell is written."""
    drawn = page(working_list(after), {})
    rows: set[int] = set()
    for request in cell_requests(drawn, shifted(drawn, read(before)).rows):
        update = request["updateCells"]
        top = update["start"]["rowIndex"]
        rows |= set(range(top, top + len(update["rows"])))
    return rows


INSERT, DELETE = "insertDimension", "deleteDimension"


@pytest.mark.parametrize(
    ("before", "after", "moves", "rows"),
    [
        ("ABCDE", "ABCDE", [], set()),
        ("ABCDE", "ACDBE", [(INSERT, 5, 6), (DELETE, 2, 3)], {4}),  # finished: goes down
        ("ABCDE", "ADBCE", [(DELETE, 4, 5), (INSERT, 2, 3)], {2}),  # late: goes up
        ("ABCDE", "ABXCDE", [(INSERT, 3, 4)], {3}),  # new
        ("ABCDE", "ABDE", [(DELETE, 3, 4)], set()),  # gone
        ("ABCDE", "ABXDE", [], {3}),  # one in place of another
        ("ABCDE", "BCDAE", [(INSERT, 5, 6), (DELETE, 2, 3)], {1, 4}),  # the first is written over
        ("ABCDE", "XABCDE", [(INSERT, 2, 3)], {1, 2}),
        ("ABCDE", "ABCDEX", [(INSERT, 5, 6)], {5, 6}),
        ("ABCDE", "EABCD", [(INSERT, 2, 3), (DELETE, 4, 5)], {1, 2, 5}),
        ("AB", "BA", [], {1, 2}),
        ("A", "AB", [], {2}),
    ],
)
def test_only_what_moved_is_inserted_deleted_and_written(
    before: str, after: str, moves: list[tuple[str, int, int]], rows: set[int]
) -> None:
    assert sorted(shifts(before, after)) == sorted(moves)
    assert written(before, after) == rows


def test_two_rows_with_one_key_are_two_rows() -> None:
    """Two cases may bear one number, until somebody mends it."""
    assert shifts("ABBCD", "ABBCD") == []
    assert shifts("ABBCD", "ABCD") == [(DELETE, 3, 4)]


def test_a_list_of_which_too_much_changed_is_written_over() -> None:
    letters = [chr(0x4E00 + place) for place in range(3 * MOST_SHIFTS + 6)]
    without = [letter for place, letter in enumerate(letters) if place % 3 != 1]
    assert shifts("".join(letters), "".join(without)) == []
    assert len(shifts("".join(letters[:300]), "".join(without[:200]))) == 100


def test_a_tab_with_other_columns_is_written_over() -> None:
    other = Cells([["Lain", *row[1:]] for row in read("ABCDE").values], 6, 4)
    assert not shifted(page(working_list("ABDE"), {}), other).requests


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


def published(office: GoogleOffice, lists: Sequence[Sheet]) -> object:
    """All that is on the tab after the lists were published one after the other."""
    for each in lists:
        office.book.publish([each], NOW)
    record = vars(office.tab("Pemantauan"))
    return {**record, "properties": {**record["properties"], "index": None}}


def one_moved(cases: str, chance: random.Random) -> str:
    rest = list(cases)
    case = rest.pop(chance.randrange(len(rest)))
    rest.insert(chance.randrange(len(cases)), case)
    return "".join(rest)


def test_whatever_moved_the_tab_is_as_if_it_were_published_at_once(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values, formats, heights, links, notes, conditional formats, filter."""
    monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
    chance = random.Random(11)
    courses = [["ABCDEFGH", "HABCDEFG"], ["ABCDEFG", "BCDEFGA"], ["ABC", "A", "BAC"]]
    courses += [["".join(chance.sample("ABCDEFGHIJKLMNOP", chance.randint(1, 16)))
                 for _ in range(4)] for _ in range(4)]  # fmt: skip
    courses += [["ABCDEFGHI", one_moved("ABCDEFGHI", chance)] for _ in range(6)]
    for course in courses:
        lists = [working_list(cases, said=str(place)) for place, cases in enumerate(course)]
        mended, fresh = GoogleOffice(emulator), GoogleOffice(emulator)
        assert published(mended, lists) == published(fresh, lists[-1:]), course


def test_a_lost_answer_does_not_move_rows_twice(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
    office, sent = GoogleOffice(emulator), []
    office.book.publish([working_list("ABCDEFG")], NOW)
    send = type(office.book._connection).update

    def lose_the_first(connection: object, call: Sequence[Request]) -> None:
        sent.append(call)
        send(connection, call)  # type: ignore[arg-type]
        if len(sent) == 1:
            raise ConnectionLostError

    monkeypatch.setattr(type(office.book._connection), "update", lose_the_first)
    office.book.publish([working_list("ADBCEFG")], NOW)
    assert [row[0] for row in office.cells("Pemantauan")[1:]] == list("ADBCEFG")
