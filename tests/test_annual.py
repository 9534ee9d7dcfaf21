"""The figures of a year, each reckoned by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from automation.archive import archive
from automation.archive.manifest import verify
from automation.archive.paper import page
from automation.core.measures.annual import OTHER, KindOfYear, Times, Year, annual
from automation.core.office_time.periods import whole_month, whole_year
from automation.core.plan import Plan, plan
from automation.core.register.reading import read_register
from automation.core.register.received import received_within
from automation.core.schema import Schema
from automation.core.tabs.annual import UNKNOWN_CHANNEL, annual_page, annual_table
from automation.core.tabs.archived import archived_year
from automation.setting_sections import OfficeSection
from automation.settings import Settings, load_schema
from tests.cycle_offices import DeskOffice
from tests.offices import ROOT, Row, at, case, grids, seen, standard_schema
from tests.test_archive_paper import AROUND, pages

NOW = datetime(2026, 11, 30, 10)  # a Monday
INFORMATION = {"Jenis": "Permintaan Informasi", "Saluran": "Website"}


def information(serial: int, **cells: Any) -> dict[str, Any]:
    return case(f"{serial:04}/INF/XI/2026", **{**INFORMATION, **cells})


def complaint(serial: int, **cells: Any) -> dict[str, Any]:
    return case(f"{serial:04}/ADU/XI/2026", **cells)


def on(day: str) -> datetime:
    return at(f"{day} 10.00")


# Mondays of November 2026: 2, 9, 16, 23, 30; no holiday in it. Step 6 (Balasan) answers.
CASES: Sequence[Row] = (
    information(1, Diterima=on("02/11"), step_6=at("02/11 15.00"), Keputusan="Dikabulkan"),  # 0
    information(2, Diterima=on("02/11"), step_6=on("16/11"), Keputusan="Dikabulkan"),  # 10: within
    information(3, Diterima=on("02/11"), step_6=on("17/11"), Saluran="Surat"),  # 11: extended
    information(4, Diterima=on("02/11"), step_6=on("26/11")),  # 18: late
    information(5, Diterima=on("23/11")),  # waits, 5 days old
    information(6, Diterima=on("02/11")),  # waits, 20 days old: late
    information(7, Diterima=on("03/11"), Keputusan="Dicabut"),  # closed without an answer
    information(8, Diterima=on("03/11"), step_6=on("05/11"), step_7=on("06/11"), Keputusan="Ditolak"),  # 2, refused
    information(9, Diterima=on("04/11"), step_6=on("03/11"), Saluran="Lain"),  # before its receipt
    complaint(10, Diterima=on("02/11"), step_6=on("16/11"), step_7=on("16/11")),  # 10; 14 days: within
    complaint(11, Diterima=on("02/11"), step_6=on("17/11")),  # 11; 15 days: late; 60 still run
    complaint(12, Diterima=on("02/11"), step_7=on("09/11")),  # 5: answered when finished
)  # fmt: skip


def year(cases: Sequence[Row], now: datetime = NOW) -> Year:
    return of_plan(seen(cases, now=now), standard_schema())


def of_plan(found: Plan, schema: Schema) -> Year:
    progress = found.understood().progress
    return annual(found.snapshot.register, progress, schema, found.calendar, found.now)


def kind(found: Year, name: str) -> KindOfYear:
    return next(each for each in found.kinds if each.name == name)


def test_requests_are_counted_by_channel_decision_and_answer() -> None:
    found = kind(year(CASES), "Permintaan Informasi")
    assert found.received == 9
    assert found.channels == {"Website": 7, "Kotak Saran": 0, "Surat": 1, "Surel": 0, OTHER: 1}
    assert found.decisions == {"Dikabulkan": 2, "Ditolak": 1, "Dicabut": 1, OTHER: 5}
    assert (found.closed, found.waiting, found.unmeasurable) == (1, 2, 1)
    assert found.times.answered + found.closed + found.waiting + found.unmeasurable == 9


def test_the_time_to_answer_is_in_working_days_from_the_day_after_receipt() -> None:
    """0, 10, 11, 18 and 2: 41 in five cases. Complaints 10, 11 and 5: 26 in three."""
    found = year(CASES)
    assert kind(found, "Permintaan Informasi").times == Times(5, 8.2, 10, 18)
    assert kind(found, "Aduan").times == Times(3, pytest.approx(26 / 3), 10, 11)
    assert found.together.times == Times(8, 67 / 8, 10, 18)  # 0 2 5 10 10 11 11 18


def test_a_kind_without_a_legal_deadline_is_answered_by_the_last_step() -> None:
    """Days 3, 4, 5, 6 and 9 of November from receipt to step 7; step 6 came on the first of them."""
    kinds = tuple(each.model_copy(update={"deadlines": ()}) for each in standard_schema().sop.kinds)
    sop = standard_schema().sop.model_copy(update={"kinds": kinds})
    schema = standard_schema().model_copy(update={"sop": sop})
    case = complaint(1, Diterima=on("02/11"), step_6=on("03/11"), step_7=on("09/11"))
    found = of_plan(plan(grids([case]), schema, NOW), schema)
    assert kind(found, "Aduan").times == Times(1, 5, 5, 5)


def test_a_deadline_is_kept_missed_or_still_running_and_its_share_is_of_the_known() -> None:
    found = year(CASES)
    (answer,) = kind(found, "Permintaan Informasi").deadlines
    assert (answer.within, answer.extended, answer.late, answer.waiting) == (3, 1, 2, 1)
    assert answer.share == 3 / 6
    first, settled = kind(found, "Aduan").deadlines
    assert (first.within, first.extended, first.late, first.waiting) == (2, 0, 1, 0)
    assert first.share == 2 / 3
    assert (settled.within, settled.late, settled.waiting) == (2, 0, 1)
    assert settled.share == 1


@pytest.mark.parametrize(
    ("answered", "days", "outcome"),
    [
        (datetime(2026, 4, 6, 9), 10, (1, 0, 0)),
        (datetime(2026, 4, 15, 9), 17, (0, 1, 0)),
        (datetime(2026, 4, 16, 9), 18, (0, 0, 1)),
    ],
)
def test_the_worked_example_of_komisi_informasi(
    answered: datetime, days: int, outcome: tuple[int, int, int]
) -> None:
    """Received 13/03/2026: ten working days end on 06/04/2026, seventeen on 15/04/2026."""
    found = year([information(1, Diterima=datetime(2026, 3, 13, 9), step_6=answered)])
    assert found.together.times.longest == days
    (kept,) = kind(found, "Permintaan Informasi").deadlines
    assert (kept.within, kept.extended, kept.late) == outcome


def test_a_year_without_cases_has_no_averages_and_no_shares() -> None:
    found = year([])
    assert found.together.received == 0
    assert found.together.times == Times(0, None, None, None)
    assert [kept.share for each in found.kinds for kept in each.deadlines] == [None] * 3
    sheet = annual_page(found, standard_schema().sop, whole_year(2026), "", ())
    at_mean = next(
        label.row for label in sheet.labels if label.value == "Median" and label.column == 0
    )
    assert [x.value for x in sheet.labels if x.row == at_mean] == ["Median", "–", "–", "–"]
    assert found.received == found.answered == (0,) * 12


def test_the_months_count_receipts_and_the_answers_to_them_within_the_year() -> None:
    found = year(
        [
            information(1, Diterima=datetime(2025, 1, 31, 23, 59), step_6=datetime(2025, 2, 1, 8)),
            information(2, Diterima=datetime(2025, 12, 31, 9), step_6=datetime(2026, 1, 2, 9)),
        ]
    )
    assert found.received == (1, *[0] * 10, 1)
    assert found.answered == (0, 1, *[0] * 10)


def test_a_case_of_no_known_kind_has_a_place_of_its_own() -> None:
    found = year([*CASES, case("x", Jenis="Entah", Diterima=on("02/11"))])
    assert [each.name for each in found.kinds] == ["Aduan", "Permintaan Informasi", OTHER]
    assert sum(each.received for each in found.kinds) == found.together.received == 13


def test_a_year_has_the_cases_received_in_it_from_its_first_minute_to_its_last() -> None:
    moments = {
        1: datetime(2025, 12, 31, 23, 59),
        2: datetime(2026, 1, 1, 0, 0),
        3: datetime(2026, 12, 31, 23, 59),
        4: datetime(2027, 1, 1, 0, 0),
    }
    tabs = grids([information(serial, Diterima=moment) for serial, moment in moments.items()])
    kept = received_within(read_register(tabs, standard_schema()), whole_year(2026))
    assert kept.cases.frame["number"].str[:4].tolist() == ["0002", "0003"]


def test_a_period_has_a_name_for_files_and_words_for_people() -> None:
    month, year_ = whole_month(date(2024, 2, 9)), whole_year(2026)
    assert (month.start, month.end) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (month.name, month.words, month.noun) == ("2024-02", "Februari 2024", "bulan")
    assert (year_.name, year_.words, year_.noun) == ("2026", "tahun 2026", "tahun")


def figures(found: Year) -> Mapping[tuple[object, ...], object]:
    rows = zip(*(column.values for column in annual_table(found).columns), strict=True)
    return {tuple(keys): value for *keys, value in rows}


def test_every_figure_is_a_line_of_the_table() -> None:
    told = figures(year(CASES))
    days, request = "Hari kerja sampai dijawab", "Permintaan Informasi"
    assert told["Seluruhnya", "Diterima", "Berkas yang diterima"] == 12
    assert told[request, days, "Rata-rata"] == 8.2
    assert told["Aduan", days, "Rata-rata"] == 8.7
    assert told["Seluruhnya", days, "Rata-rata"] == 8.4
    assert told["Seluruhnya", days, "Terlama"] == 18
    assert told[request, "Keputusan", "Belum diputuskan"] == 5
    limit = "Tenggat hukum: jawaban permintaan informasi (10 hari kerja (+7))"
    assert told[request, limit, "Dalam tenggat (%)"] == 50
    assert told[request, limit, "Lewat tenggat"] == 2


@pytest.mark.parametrize(("channel", "told"), [("Lain", True), ("Surat", False)])
def test_other_channels_have_a_line_where_there_are_any(channel: str, told: bool) -> None:
    found = figures(year([complaint(1, Diterima=on("02/11"), Saluran=channel)]))
    assert (("Aduan", "Saluran", UNKNOWN_CHANNEL) in found) == told
    assert found["Aduan", "Saluran", "Surat"] == (not told)


def test_the_page_tells_them_and_where_the_limits_come_from() -> None:
    sheet = annual_page(year(CASES), standard_schema().sop, whole_year(2026), "Keadaan per …", ())
    rows: dict[int, list[object]] = {}
    for label in sheet.labels:
        rows.setdefault(label.row, []).append(label.value)
    by_name = {str(row[0]): row[1:] for row in rows.values()}
    assert by_name["Ukuran"] == ["Aduan", "Permintaan Informasi", "Seluruhnya"]
    assert by_name["Berkas yang diterima"] == [3, 9, 12]
    assert by_name["Surat"] == [3, 1, 4]
    assert by_name["Median"] == [10, 10, 10]
    assert by_name["Jawaban permintaan informasi"] == ["10 hari kerja (+7)", 3, 1, 2, 1, "50,0%"]
    assert by_name["Tanggapan aduan"] == ["14 hari", 2, 0, 1, 0, "66,7%"]
    told = "\n".join(str(row[0]) for row in rows.values())
    assert "Dasar jawaban permintaan informasi: UU 14/2008" in told
    assert "UU 25/2009 tentang Pelayanan Publik; belum dikonfirmasi." in told
    assert "Dasar laporan: UU 14/2008 Pasal 12" in told


def perizinan() -> Schema:
    return load_schema(Settings(office=OfficeSection(schema=ROOT / "docs" / "perizinan")))


def test_another_offices_year_is_told_in_its_own_words() -> None:
    schema = perizinan()
    headers = [column.header for column in schema.tabs.cases.columns]
    row = {
        "No. Register": "IP-2026-0001", "Diterima": on("02/11"), "Saluran": "Portal",
        "Jenis": "Izin Baru", "5. Serahkan": on("07/11"), "Keputusan": "Diterbitkan",
    }  # fmt: skip
    tabs = {"Register": [headers, [row.get(header) for header in headers]]}
    found = plan(tabs, schema, NOW)
    told = figures(of_plan(found, schema))  # from Monday to Saturday, in a week of six days
    assert told["Izin Baru", "Saluran", "Portal"] == 1
    assert told["Izin Baru", "Keputusan", "Diterbitkan"] == 1
    assert told["Izin Baru", "Hari kerja sampai dijawab", "Median"] == 5
    assert told["Perpanjangan", "Diterima", "Berkas yang diterima"] == 0
    limit = "Tenggat hukum: penerbitan izin penelitian (5 hari kerja)"
    assert told["Izin Baru", limit, "Dalam tenggat"] == 1
    archived = archived_year(found, tabs, schema, whole_year(2026), "WIB")
    assert pages(page(archived.page, AROUND)) == 1


@pytest.mark.parametrize("kinds", [0, 1, 3, 9])
def test_an_sop_of_any_number_of_kinds_fits_on_the_page(kinds: int) -> None:
    sop = standard_schema().sop
    some = [*sop.kinds, *(sop.kinds[0].model_copy(update={"name": f"Jenis {n}"}) for n in range(9))]
    changed = sop.model_copy(update={"kinds": tuple(some[:kinds])})
    schema = standard_schema().model_copy(update={"sop": changed})
    tabs = grids(CASES)
    archived = archived_year(plan(tabs, schema, NOW), tabs, schema, whole_year(2026), "WIB")
    assert pages(page(archived.page, AROUND)) == 1
    ends = [label.column + label.span for label in archived.page.labels]
    assert max(ends) <= 12


def test_the_year_is_archived_in_a_folder_of_its_own(tmp_path: Path) -> None:
    desk = DeskOffice(tmp_path)
    desk.write(CASES)
    done = archive(desk.installation(NOW), whole_year(2026))
    assert done.folder == tmp_path / "arsip" / "laporan-2026"
    assert done.notes == (
        "Tahun 2026 belum berakhir: laporan ini memuat keadaan sampai 30/11/2026 10.00.",
    )
    assert sorted(verify(done.folder).manifest.files) == [
        "angka-2026.csv", "halaman-2026.pdf", "laporan-2026.xlsx", "pemantauan-2026.csv",
    ]  # fmt: skip
    assert verify(done.folder).whole
    book = CalamineWorkbook.from_path(str(done.folder / "laporan-2026.xlsx"))
    assert book.sheet_names == ["Laporan Tahunan", "Register", "Pemantauan", "Temuan", "SOP"]
    assert len(book.get_sheet_by_name("Register").to_python()) == 1 + len(CASES)
    assert b"Pemohon" not in (done.folder / "angka-2026.csv").read_bytes()


def some_year(count: int, chance: Random) -> list[Row]:
    """Cases of all sorts: stamps missing, out of order, unreadable; any channel, any decision."""
    stamps = (None, None, on("02/11"), on("09/11"), on("20/11"), on("29/12"), "kemarin")
    return [
        case(
            f"{place:04}/INF/XI/2026",
            Diterima=chance.choice([on("01/10"), on("05/11"), on("23/11"), on("28/11")]),
            Jenis=chance.choice(["Aduan", "Permintaan Informasi", "Entah", None]),
            Saluran=chance.choice(["Surat", "Surel", "Lain", None]),
            Keputusan=chance.choice(["Dikabulkan", "Ditolak", "Dicabut", "?", None, None]),
            step_6=chance.choice(stamps),
            step_7=chance.choice(stamps),
        )
        for place in range(count)
    ]


def test_in_any_year_the_parts_add_up_to_the_whole() -> None:
    found = year(some_year(400, Random(7)))
    for each in (*found.kinds, found.together):
        parts = each.times.answered, each.closed, each.waiting, each.unmeasurable
        assert sum(parts) == each.received
        assert all(parts), "each of them occurs"
        assert sum(each.channels.values()) == sum(each.decisions.values()) == each.received
        for kept in each.deadlines:
            counted = kept.within + kept.extended + kept.late + kept.waiting
            assert 0 < counted < each.received
    assert sum(each.received for each in found.kinds) == found.together.received == 400
    assert sum(found.received) == 400
    assert sum(found.answered) == found.together.times.answered
