"""`Pemantauan` is the working list: what is to be done next stands on top, in words."""

from collections.abc import Sequence
from typing import Any

from automation.core.drawing import Area, Column, Sheet
from automation.core.plan import Plan
from automation.core.tabs import program_sheets
from tests.offices import STAFF, at, case, person, seen, standard_schema

STAMPS = ("08.05", "08.10", "08.15", "08.20", "08.40", "08.50")


def finished(number: str, end: str, received: str = "23/11 08.00", **cells: Any) -> dict[str, Any]:
    """A case whose steps were done in time on one day, the last of them at `end`."""
    day = received.partition(" ")[0]
    steps = {f"step_{place}": at(f"{day} {time}") for place, time in enumerate(STAMPS, start=1)}
    return case(number, Diterima=at(received), **steps, step_7=at(end), **cells)


LEGAL = case(  # to be answered by 24/11; its step is not late
    "0001/ADU/XI/2026",
    Diterima=at("10/11 08.00"),
    step_1=at("10/11 08.10"),
    step_2=at("10/11 08.20"),
    step_3=at("10/11 08.30"),
    step_4=at("23/11 09.50"),
)
REGISTER = [
    finished("0002/ADU/XI/2026", "23/11 08.55"),
    finished("0003/ADU/XI/2026", "23/11 09.05"),
    case("0004/ADU/XI/2026", Diterima=at("23/11 09.55")),
    case("0005/ADU/XI/2026", Diterima=at("23/11 09.50")),
    case("0006/ADU/XI/2026", Diterima=None),
    case("0007/ADU/XI/2026", Diterima=at("23/11 08.00")),
    case("0008/ADU/XI/2026", Diterima=at("23/11 09.30")),
    case("0009/ADU/XI/2026", Diterima=at("23/11 08.30")),
    LEGAL,
    case("0010/ADU/XI/2026", Diterima=at("20/11 08.00"), Keputusan="Dicabut"),
    case("0011/ADU/XI/2026", Diterima=at("23/11 08.30")),
]
PAUSES = [{"No. Register": "0007/ADU/XI/2026", "Mulai": at("23/11 08.05"), "Alasan": "Menunggu"}]


def tab(plan: Plan, title: str = "Pemantauan") -> Sheet:
    sheets = program_sheets(plan, standard_schema(), (), lambda tab, cell: f"#{tab}!{cell}", "WIB")
    return next(sheet for sheet in sheets if sheet.title == title)


def column(sheet: Sheet, header: str) -> Column:
    return next(each for each in sheet.tables[0].columns if each.header == header)


def told(sheet: Sheet, header: str) -> dict[str, Any]:
    """A column's cells by the serial of the case."""
    numbers = column(sheet, "No. Register").values
    cells: Sequence[Any] = column(sheet, header).values
    return {str(number)[:4]: cell for number, cell in zip(numbers, cells, strict=True)}


def test_open_cases_stand_on_top_most_urgent_first_then_the_ended_ones_latest_first() -> None:
    assert list(told(tab(seen(REGISTER, pauses=PAUSES)), "Status").items()) == [
        ("0001", "Berjalan"),  # its legal deadline ends tomorrow
        ("0009", "Terlambat"),  # by 75 minutes, above 0011 in the Register
        ("0011", "Terlambat"),  # likewise
        ("0008", "Terlambat"),  # by 15 minutes
        ("0005", "Berjalan"),  # due at 10.05
        ("0004", "Berjalan"),  # due at 10.10
        ("0007", "Dijeda"),
        ("0006", "Perlu Diperbaiki"),
        ("0003", "Selesai Tepat Waktu"),
        ("0002", "Selesai Tepat Waktu"),
        ("0010", "Ditutup"),
    ]


def test_links_and_the_programs_memory_go_with_their_case() -> None:
    plan = seen(REGISTER, pauses=PAUSES)
    sheet = tab(plan)
    assert column(sheet, "No. Register").links == [
        f"#Register!A{row}" for row in (10, 9, 12, 8, 5, 4, 7, 6, 3, 2, 11)
    ]
    for serial, note in told(sheet, "Ingatan").items():
        assert serial == "0006" or f'"{serial}/ADU/XI/2026"' in note


def test_what_is_left_is_said_in_words() -> None:
    left = told(tab(seen(REGISTER, pauses=PAUSES)), "Sisa")
    assert left["0001"] == "sisa 50 menit"
    assert left["0009"] == "lewat 1 jam 15 menit"
    assert left["0008"] == "lewat 15 menit"
    assert left["0005"] == "sisa 5 menit"
    assert left["0007"] is left["0003"] is left["0006"] is None


def test_the_sum_of_a_late_step_is_a_note_on_its_cell() -> None:
    late = finished("0001/ADU/XI/2026", "23/11 09.30")
    running = case("0002/ADU/XI/2026", Diterima=at("20/11 16.10"))
    sheet = tab(seen([late, running]))
    assert column(sheet, "Sisa").notes == [
        "1. Unduh\nJum 20/11 16.10–16.30: 20 mnt\nSab 21/11, Min 22/11: tutup\n"
        "Sen 23/11 07.30–10.00: 150 mnt\njumlah 170 dari 15 mnt",
        None,
    ]
    assert column(sheet, "7. Arsip (mutu baku 20)").notes == [
        None,
        "Sen 23/11 08.50–09.30: 40 mnt\njumlah 40 dari 20 mnt",
    ]
    assert column(sheet, "6. Balasan (mutu baku 60)").notes == [None, None]


def test_no_text_is_wider_than_its_column() -> None:
    sheet = tab(seen(REGISTER, pauses=PAUSES))
    for each in sheet.tables[0].columns:
        if not each.hidden:
            assert all(len(str(cell)) <= each.width for cell in each.values if type(cell) is str)


def test_every_row_has_one_height() -> None:
    sheet = tab(seen(REGISTER, pauses=PAUSES))
    assert not sheet.heights
    assert not any(each.look == "wrap" for each in sheet.tables[0].columns)


def test_more_holders_than_a_cell_has_room_for_are_named_in_a_note() -> None:
    names = ("Bambang Setiawan", "Citra Ayuningtyas", "Dwi Rahmawati")
    staff = [*STAFF[1:], *(person(name, "Petugas Pengadministrasi Pengaduan") for name in names)]
    holder = column(tab(seen([case()], staff)), "Pemegang")
    assert holder.values == ["Bambang Setiawan dan 2 lainnya"]
    assert holder.notes == ["Bambang Setiawan, Citra Ayuningtyas, Dwi Rahmawati"]
    assert column(tab(seen([case()])), "Pemegang").notes == [None]


def test_paper_holds_the_open_cases_and_none_else() -> None:
    def printed(*cases: Any) -> Area:
        paper = tab(seen(cases, pauses=PAUSES)).paper
        assert paper is not None
        return paper.area

    assert printed(*REGISTER) == Area(0, 0, 7, 9)  # No. Register to Diterima, without the times
    assert printed(REGISTER[0]) == Area(0, 0, 0, 9)
    assert printed() == Area(0, 0, 0, 9)


def test_a_legal_deadline_that_ends_soon_is_coloured() -> None:
    passed = case("0002/ADU/XI/2026", Diterima=at("02/11 08.00"))
    marks = told(tab(seen([LEGAL, passed, case("0003/ADU/XI/2026")])), "Tanda")
    assert marks == {"0002": "|lewat|", "0001": "|4|dekat|", "0003": None}
