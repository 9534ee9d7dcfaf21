"""What the page for the head says. Expected figures are counted by hand."""

from datetime import datetime
from typing import Any

from automation.core.plan import Plan
from automation.core.tabs.ringkasan.months import bar
from tests.offices import STAFF, Row, at, case, person, seen
from tests.ringkasan_page import ReadPage, chosen, page_of
from tests.runs import Runs, cells


def number(serial: int) -> str:
    return f"{serial:04}/ADU/XI/2026"


def done(serial: int, received: str, minutes: int = 10, **cells: Any) -> Row:
    """A finished case; its first step took so many minutes, the others none."""
    start = at(received)
    first = start.replace(minute=start.minute + minutes)
    stamps = {f"step_{step}": first for step in range(1, 8)}
    return case(number(serial), Diterima=start, **stamps, **cells)


def waiting(serial: int, steps: int, since: str, **cells: Any) -> Row:
    """A case that stands at the step after `steps`, each done as soon as it began."""
    stamps = {f"step_{step}": at(since) for step in range(1, steps + 1)}
    return case(number(serial), Diterima=at(since), **stamps, **cells)


def page(*cases: Row, now: str = "23/11 10.00", **tabs: Any) -> ReadPage:
    return ReadPage(seen(cases, now=at(now), **tabs))


# What needs a hand now


def test_what_needs_the_head_is_named_with_holder_since_when_and_by_how_much() -> None:
    """Monday 10.00. Step 5 has 60 minutes, since 07.30: 90 over, 2 times; step 3 has 15."""
    found = page(
        waiting(1, 4, "23/11 07.30"),
        waiting(2, 2, "23/11 09.55"),
        waiting(3, 2, "23/11 09.00"),
        waiting(4, 4, "23/11 09.30"),
    )
    assert found.attention() == [
        ["◆ Menunggu Bapak/Ibu (4 kali mutu baku)", number(3), "3. Disposisi", "Kepala",
         "23/11 09.00", "45 m"],
        ["◆ Menunggu Bapak/Ibu", number(2), "3. Disposisi", "Kepala", "23/11 09.55", "–"],
        ["▲ Terlambat 2 kali mutu baku", number(1), "5. Jawaban", "Tari", "23/11 07.30", "1 j 30 m"],
    ]  # fmt: skip
    row = found.row("◆ Menunggu Bapak/Ibu (4")
    link = next(each.link for each in found.sheet.labels if (each.row, each.column) == (row, 3))
    assert link == "#Register!A4"


def test_exactly_at_the_standard_a_step_is_not_late_and_a_minute_later_it_is() -> None:
    at_the_standard = page(waiting(1, 4, "23/11 09.00"))
    assert at_the_standard.attention() == []
    assert at_the_standard.grid[at_the_standard.row("Perlu perhatian") + 1][0] == (
        "Tidak ada yang perlu ditangani sekarang."
    )
    late = page(waiting(1, 4, "23/11 08.59"))
    assert late.attention() == [
        ["▲ Terlambat", number(1), "5. Jawaban", "Tari", "23/11 08.59", "1 m"]
    ]


def test_legal_deadlines_come_first_the_first_to_end_first() -> None:
    """A complaint of 9 November is to be answered by the 23rd (14 days), one of the 6th was by the
    20th. A request of the 9th has 10 working days: the 23rd. One of the 10th ends tomorrow."""
    found = page(
        waiting(1, 4, "23/11 07.30"),
        waiting(2, 4, "09/11 08.00"),
        waiting(3, 4, "06/11 08.00"),
        waiting(4, 4, "10/11 08.00"),
        waiting(5, 4, "13/11 08.00"),
        case("0006/INF/XI/2026", Jenis="Permintaan Informasi", Diterima=at("09/11 08.00")),
    )
    assert [line[:2] for line in found.attention()] == [
        ["● Tenggat hukum lewat 3 hari", number(3)],
        ["● Tenggat hukum hari ini", number(2)],
        ["● Tenggat hukum hari ini", "0006/INF/XI/2026"],
        ["● Tenggat hukum 1 hari lagi", number(4)],
        ["▲ Terlambat 47 kali mutu baku", number(5)],
        ["▲ Terlambat 2 kali mutu baku", number(1)],
    ]
    assert found.figures()["Tenggat hukum terlewati"][0::2] == [1, "3 lagi mendekati tenggat"]


def test_a_legal_deadline_runs_through_a_pause_and_through_what_cannot_be_measured() -> None:
    paused = {"No. Register": number(1), "Mulai": at("10/11 08.00"), "Alasan": "KTP"}
    broken = case(number(2), Diterima=at("06/11 08.00"), step_1=at("05/11 08.00"))
    found = page(waiting(1, 4, "06/11 08.00"), broken, pauses=(paused,))
    assert [line[:3] for line in found.attention()] == [
        ["● Tenggat hukum lewat 3 hari", number(1), "5. Jawaban"],
        ["● Tenggat hukum lewat 3 hari", number(2), "2. Register"],
    ]
    assert found.attention()[1][3:] == ["Adi", "–", "–"]


def test_a_case_stands_there_once_and_at_most_ten_stand_there() -> None:
    found = page(*(waiting(serial, 2, "23/11 09.00") for serial in range(1, 12)))
    assert len(found.attention()) == 10
    assert found.grid[found.row("Perlu perhatian")][0] == (
        "Perlu perhatian Bapak/Ibu sekarang (10 dari 11; lainnya pada tab Pemantauan)"
    )
    ten = page(*(waiting(serial, 2, "23/11 09.00") for serial in range(1, 11)))
    assert ten.grid[ten.row("Perlu")][0] == "Perlu perhatian Bapak/Ibu sekarang"


def test_what_nobody_holds_says_so_and_a_substitute_whom_for() -> None:
    away = person("Tari", "Anggota Tim Teknis", Pengganti="Pelita") | {
        "Cuti Mulai": datetime(2026, 11, 23)
    }
    staff = [away if row["Nama"] == "Tari" else row for row in STAFF]
    found = page(waiting(1, 4, "23/11 07.30"), staff=staff)
    assert found.attention()[0][3] == "Pelita (untuk Tari)"
    assert found.people() == [["Pelita (untuk Tari)", 1, 1, "23/11 07.30"]]
    nobody = page(waiting(1, 4, "23/11 07.30"), staff=())
    assert nobody.attention()[0][3] == "belum ada pemegang"
    assert nobody.people() == [["Belum ada pemegang", 1, 1, "23/11 07.30"]]


# Figures that add up


def test_six_figures_stand_beside_the_same_days_of_the_month_before() -> None:
    """On 23 November at 10.00, beside 1 to 23 October and 23 October at 10.00."""
    found = page(
        *(done(serial, f"{serial + 1:02}/11 08.00") for serial in range(1, 5)),  # 10 minutes
        done(5, "06/11 08.00", 16),
        *(done(serial, f"{serial:02}/10 08.00", 12) for serial in range(6, 10)),
        done(10, "20/10 08.00", 15),  # exactly at the standard
        done(11, "26/10 08.00"),  # after the 23rd
        waiting(12, 4, "23/10 08.59"),  # late then, and now
        waiting(13, 4, "23/11 09.50"),
    )
    assert found.compared() == (
        "1 s.d. 23 November 2026, dibandingkan dengan 1 s.d. 23 Oktober 2026"
    )
    assert found.figures() == {
        "Terlambat sekarang": [1, "● sama dengan 23 Oktober", "dari 2 terbuka"],
        "Tenggat hukum terlewati": [1, "▲ 1 dari 23 Oktober", "0 lagi mendekati tenggat"],
        "Masuk": [6, "● sama dengan 1 s.d. 23 Oktober", "berkas diterima"],
        "Keluar": [5, "● sama dengan 1 s.d. 23 Oktober", "5 di antaranya selesai"],
        # 34 of 35 steps and the 4 of the open case, beside 35 of 35 and the 4 of the other
        "Sesuai mutu baku": ["97,4%", "▼ 2,6 poin dari 1 s.d. 23 Oktober", "38 dari 39 langkah"],
        "Median seluruh layanan": ["10 m", "▼ 2 m dari 1 s.d. 23 Oktober", "mutu baku 3 j 20 m"],
    }
    assert found.sums() == [
        "1 belum selesai pada awal bulan, ditambah 6 masuk, dikurangi 5 keluar (5 selesai): 2 belum selesai.",
        "Seluruh Buku Register: 13 berkas = 2 terbuka + 11 selesai + 0 ditutup + "
        "0 perlu diperbaiki.",
    ]


def test_every_case_is_in_one_of_the_sums_whatever_became_of_it() -> None:
    reversed_ = done(4, "20/11 08.00") | {"1. Unduh": at("20/11 07.00")}
    found = page(
        done(1, "20/11 08.00"),
        waiting(2, 2, "20/11 08.00", Keputusan="Dicabut"),
        waiting(3, 2, "20/11 08.00"),
        reversed_,
        case(number(5), Diterima=at("20/11 08.00"), step_1=at("19/11 08.00")),
    )
    assert found.sums() == [
        "0 belum selesai pada awal bulan, ditambah 5 masuk, dikurangi 3 keluar "
        "(1 selesai, 1 ditutup, 1 perlu diperbaiki): 2 belum selesai.",
        "Seluruh Buku Register: 5 berkas = 1 terbuka + 1 selesai + 1 ditutup + 2 perlu diperbaiki.",
    ]
    assert found.figures()["Keluar"][2] == "1 di antaranya selesai"


def test_what_was_late_a_month_ago_is_counted_as_it_stood_then() -> None:
    """On 23 October at 10.00: the first was late (stamped an hour later), the second within its
    hour, the third had left, the fourth had not come."""
    found = page(
        waiting(1, 4, "23/10 08.30", step_5=at("23/10 11.00")),
        waiting(2, 4, "23/10 09.30", step_5=at("23/10 11.00")),
        done(3, "23/10 08.00", 40),
        waiting(4, 4, "23/10 10.01"),
    )
    assert found.figures()["Terlambat sekarang"][:2] == [3, "▲ 2 dari 23 Oktober"]


def test_a_first_month_has_nothing_to_be_compared_with() -> None:
    found = page(done(1, "23/11 08.00"))
    assert found.compared() == "1 s.d. 23 November 2026, belum ada pembanding"
    changes = [change for _, change, _ in found.figures().values()]
    assert changes == ["belum ada pembanding"] * 4 + ["–", "belum ada pembanding"]


# The steps


def test_a_step_shows_median_ninety_share_and_what_waits_there() -> None:
    """Step 1 took 10, 10, 10, 15 (exactly the standard) and 20 minutes; step 2 nothing."""
    minutes = 10, 10, 10, 15, 20
    cases = [done(serial, "20/11 08.00", took) for serial, took in enumerate(minutes, start=1)]
    found = page(*cases, waiting(6, 4, "23/11 08.00"), waiting(7, 4, "23/11 09.30"))
    first, second, *_, fifth, _, _, together = found.steps()
    # with the two open cases seven were measured: 0, 0, 10, 10, 10, 15, 20
    assert first == [
        "1. Unduh", "15 m", "10 m", "20 m", "  █████████████████···", "85,7%", "–", 0, 0,
    ]  # fmt: skip
    assert second[:4] == ["2. Register", "15 m", "< 1 m", "< 1 m"]
    assert fifth[0] == "5. Jawaban ◀ hambatan"  # an hour is being lost there, 5 minutes were above
    assert fifth[-2:] == [2, 1]
    assert together == [
        "Seluruh langkah", "3 j 20 m", None, None, "  ████████████████████", "97,7%", "–", 2, 1,
    ]  # fmt: skip


def test_nine_of_ten_were_done_within_the_ninth_of_ten() -> None:
    cases = [done(serial, "20/11 08.00", serial) for serial in range(1, 11)]
    assert page(*cases).steps()[0][2:4] == ["5 m", "9 m"]


def test_under_five_measured_there_is_no_verdict() -> None:
    four = page(*(done(serial, "20/11 08.00", 20) for serial in range(1, 5)))
    assert four.steps()[0] == ["1. Unduh", "15 m", "20 m", "–", "  ", "4 diukur", "–", 0, 0]
    five = page(*(done(serial, "20/11 08.00", 20) for serial in range(1, 6)))
    assert five.steps()[0][0] == "1. Unduh ◀ hambatan"
    assert five.steps()[0][4:6] == ["  ····················", "0,0%"]


def test_one_case_is_no_obstacle_of_a_hundred_percent() -> None:
    found = page(done(1, "20/11 08.00", 30))
    assert [step[0] for step in found.steps()[:2]] == ["1. Unduh", "2. Register"]
    assert found.figures()["Sesuai mutu baku"][0] == "85,7%"  # 6 of 7 steps


def test_the_bottleneck_is_where_most_time_was_lost_and_is_being_lost() -> None:
    """At step 1 five cases lost 8 and 9 minutes each: 40 and 45. At step 5 one is 41 over now."""
    assert bottleneck(23) == "5. Jawaban ◀ hambatan"
    assert bottleneck(24) == "1. Unduh ◀ hambatan"


def bottleneck(minutes: int) -> object:
    cases = [done(serial, "20/11 08.00", minutes) for serial in range(1, 6)]
    steps = page(*cases, waiting(6, 4, "23/11 08.19")).steps()
    (found,) = [step[0] for step in steps if "hambatan" in str(step[0])]
    return found


def test_the_target_is_drawn_where_the_office_has_one_and_only_there() -> None:
    assert bar(0.87, None) == "  █████████████████···"
    assert bar(0.87, 90) == "  █████████████████·│··"
    assert bar(1.0, 100) == "  ████████████████████│"
    assert bar(0.0, 50) == "  ··········│··········"


# The month that the reader chooses


def test_a_month_that_was_chosen_is_shown_whole_beside_the_month_before_it() -> None:
    cases = [done(1, "02/09 08.00"), done(2, "05/10 08.00"), done(3, "28/10 08.00")]
    shown = chosen(seen(cases, now=at("23/11 10.00")), "Oktober 2026")
    assert shown.compared() == "Oktober 2026, dibandingkan dengan September 2026"
    assert shown.figures()["Masuk"] == [2, "▲ 1 dari September", "berkas diterima"]
    present = shown.figures()["Terlambat sekarang"]
    assert present == ReadPage(seen(cases, now=at("23/11 10.00"))).figures()["Terlambat sekarang"]


def test_what_is_no_month_of_the_list_shows_the_present_one() -> None:
    found = chosen(seen([done(1, "20/11 08.00")], now=at("23/11 10.00")), "=1+1")
    assert found.compared() == "1 s.d. 23 November 2026, belum ada pembanding"


def test_the_choice_lasts_for_the_day() -> None:
    runs, cases = Runs(), [done(1, "02/10 08.00"), done(2, "20/11 08.00")]
    runs.run(*cases, now="23/11 10.00")
    choose(runs, "Oktober 2026")
    runs.run(*cases, now="23/11 15.00")
    assert months_shown(runs) == "Oktober 2026"
    runs.run(*cases, now="24/11 07.30")
    assert months_shown(runs) == "Bulan ini"


def choose(runs: Runs, month: str) -> None:
    row = next(row for row in runs.tabs["Ringkasan"] if row[0] == "Bulan yang ditampilkan:")
    assert isinstance(row, list)
    row[3] = month


def months_shown(runs: Runs) -> object:
    return next(row for row in runs.tabs["Ringkasan"] if row[0] == "Bulan yang ditampilkan:")[3]


# Trust, and looks


def test_whether_the_figures_can_be_trusted_is_said_in_numbers() -> None:
    """The case's seven stamps of one minute are doubted; its second step cannot be measured."""
    doubted = done(1, "23/11 08.00") | {"2. Register": at("23/11 07.00")}
    assert page(doubted).trust() == [
        "1 kesalahan dan 1 peringatan (tab Temuan)",
        "1 langkah tidak dapat diukur",
        "0 isian dicatat lama sesudah waktunya",
        "0 isian diubah atau dihapus kemudian",
        "1 berkas dengan langkah yang diisi sekaligus",
        "Kurang dari 5 pengukuran tidak dinilai.",
    ]
    assert page().trust()[0] == "Buku Register bersih: tidak ada kesalahan."


def test_an_empty_office_and_its_first_case_are_told_without_figures_from_nothing() -> None:
    empty = page()
    assert empty.attention() == []
    assert empty.people() == []
    assert empty.figures()["Sesuai mutu baku"] == ["–", "–", "baru 0 langkah diukur"]
    assert empty.sums()[1] == (
        "Seluruh Buku Register: 0 berkas = 0 terbuka + 0 selesai + 0 ditutup + 0 perlu diperbaiki."
    )
    assert empty.sheet.charts == []
    assert page(done(1, "23/10 08.00")).sheet.charts != []


def test_the_page_is_one_sheet_of_paper_however_much_there_is() -> None:
    few, many = (page_of(plan) for plan in (some(1), some(30)))
    assert few.paper == many.paper
    assert few.paper is not None
    assert few.paper.one_page
    assert {label.row for label in few.labels} <= {*range(few.paper.area.bottom + 1)}
    assert few.widths == many.widths


def test_what_stands_somewhere_has_a_line_and_what_does_not_has_next_to_none() -> None:
    for found in (page(), page(*(waiting(serial, 2, "23/11 09.00") for serial in range(1, 12)))):
        heights, paper = found.sheet.heights, found.sheet.paper
        assert paper is not None
        said = {label.row for label in found.sheet.labels}
        for row in range(paper.area.bottom + 1):
            assert (heights[row] >= 16) == (row in said), row


def test_what_the_page_is_made_from_is_hidden_and_stands_beside_it() -> None:
    found = page(done(1, "23/10 08.00"), done(2, "20/11 08.00"))
    hidden = {
        place
        for table in found.sheet.tables
        for place, column in enumerate(table.columns, start=table.column)
        if column.hidden
    }
    assert hidden == {*range(13, 13 + sum(len(table.columns) for table in found.sheet.tables))}


def test_the_page_calls_itself_old_from_a_working_hour_after_it_was_made() -> None:
    """Made on Friday at 16.00, half an hour before the end: old on Monday at 08.00."""
    found = page(now="20/11 16.00")
    old = next(each for each in found.sheet.conditions if each.formula.startswith("NOW()>"))
    assert old.formula == "NOW()>$P$2"
    assert cells(found.sheet)[1][15] == at("23/11 08.00")


def test_a_past_month_is_not_blamed_for_what_is_late_now() -> None:
    cases = [done(serial, "20/10 08.00", 20) for serial in range(1, 6)]
    plan = seen([*cases, waiting(6, 4, "02/11 08.00")], now=at("23/11 10.00"))
    marked = [step[0] for step in chosen(plan, "Oktober 2026").steps() if "hambatan" in str(step)]
    assert marked == ["1. Unduh ◀ hambatan"]


def some(count: int) -> Plan:
    return seen([waiting(serial, 2, "23/11 07.30") for serial in range(1, count + 1)])


def test_the_most_loaded_of_more_people_than_fit_come_first_and_the_rest_are_counted() -> None:
    """Nine answerers: the n-th holds n cases; all are late by now."""
    names = [f"Penjawab {letter}" for letter in "ABCDEFGHI"]
    staff = [*STAFF, *(person(name, "Anggota Tim Teknis") for name in names)]
    cases = [
        waiting(serial, 4, "23/11 08.00", **{"Disposisi Kepada": name})
        for serial, name in enumerate(
            [name for count, name in enumerate(names, start=1) for _ in range(count)], start=1
        )
    ]
    people = page(*cases, staff=staff).people()
    assert [line[:3] for line in people[:2]] == [["Penjawab I", 9, 9], ["Penjawab H", 8, 8]]
    assert people[7][0] == "dan 2 pemegang lain, 3 berkas terlambat"
    seven = page(*cases[3:], staff=staff).people()
    assert [line[1] for line in seven] == [9, 8, 7, 6, 5, 4, 3]


def test_of_those_with_as_much_that_is_late_who_has_more_waiting_comes_first() -> None:
    found = page(waiting(1, 4, "23/11 09.50"), *(waiting(at_, 5, "23/11 09.55") for at_ in (2, 3)))
    assert [line[0] for line in found.people()] == ["Pelita", "Tari"]
