"""`Temuan` is worked through line by line: what, where, how many, how to mend it."""

from typing import Any

import pytest

from automation.core.tabs.temuan import Group, details, grouped, message, place, suggestion
from automation.core.validation import Finding
from tests.offices import at, case, documents, seen, standard_schema
from tests.test_working_list import column, tab


def finding(row: int, said: str = "Belum diisi.", **facts: Any) -> Finding:
    known: dict[str, Any] = {
        "number": f"{row:04}/ADU/XI/2026",
        "tab": "Register",
        "column": "Diterima",
    }
    known |= {"rule": "required", "severity": "error", "suggestion": "Lengkapi."}
    return Finding(**(known | {"row": row, "cell": f"B{row}", "message": said} | facts))


def line(*rows: int) -> Group:
    return [finding(row) for row in rows]


@pytest.mark.parametrize(
    ("group", "told"),
    [
        (line(42), "baris 42"),
        (line(4, 5, 6), "baris 4–6"),
        (line(4, 7, 8, 9, 15), "baris 4, 7–9 dan 15"),
        (line(4, 9, 15), "baris 4, 9 dan 15"),
        (line(4, 4, 9, 9), "baris 4 dan 9"),
        (line(2, 4, 6, 8, 10, 12, 14, 15, 30), "baris 2, 4, 6, 8, 10, 12 dan 3 lainnya"),
        ([*line(4, 5), finding(9, count=1234)], "baris 4–5 dan 1.234 lainnya"),
        ([finding(0, cell="")], None),
    ],
)
def test_the_rows_of_a_mistake_are_told_as_people_write_them(
    group: Group, told: str | None
) -> None:
    assert place(group) == told


def test_one_mistake_in_three_rows_or_more_is_one_line() -> None:
    few, many = line(2, 3), [finding(row, column="Kontak") for row in (4, 5, 6)]
    other = [finding(7, column="Kontak", tab="Petugas")]
    assert grouped([*few, *many, *other]) == [few[:1], few[1:], many, other]


def test_what_concerns_a_tab_as_a_whole_is_told_each_by_itself() -> None:
    roles = [finding(0, f"Tidak ada {role}.", cell="") for role in "ABC"]
    assert grouped(roles) == [[role] for role in roles]


def test_of_different_words_one_is_the_example_and_a_note_has_them_all() -> None:
    group = [finding(row, f"Tanggal tidak dikenali: {row}/13.") for row in (4, 7, 8)]
    assert message(group) == "Misalnya baris 4: Tanggal tidak dikenali: 4/13."
    assert suggestion(group) == "Lengkapi."
    assert details(group) == (
        "Baris 4: Tanggal tidak dikenali: 4/13.\n"
        "Baris 7: Tanggal tidak dikenali: 7/13.\n"
        "Baris 8: Tanggal tidak dikenali: 8/13."
    )
    assert message(line(4, 5, 6)) == "Belum diisi."
    assert details(line(4, 5, 6)) is None


def test_a_long_note_says_how_much_it_leaves_out() -> None:
    group = [finding(row, f"Tanggal {row}.") for row in range(2, 22)]
    told = details([*group, finding(22, "100 temuan lain seperti ini.", count=100)])
    assert told is not None
    assert told.splitlines()[-2:] == ["Baris 16: Tanggal 16.", "dan 105 lainnya"]


CASES = [
    case("0001/ADU/XI/2026", Diterima="31/02/2026", Kontak="abc"),
    *(case(f"000{n}/ADU/XI/2026", Diterima=at("23/11 09.50"), Kontak="abc") for n in (2, 3, 4)),
]


def test_a_line_names_the_mistake_in_words_links_to_it_and_knows_its_cases() -> None:
    """The most serious first; the program's own name of a rule is nowhere to be seen."""
    sheet = tab(seen(CASES), "Temuan")
    columns = ("Tingkat", "Aturan", "Kolom", "Sel", "Tempat", "Jumlah", "No. Register", "Berkas")
    lines = list(zip(*(column(sheet, name).values for name in columns), strict=True))
    assert lines == [
        ("Kesalahan", "Tanggal tidak dikenali", "Diterima", "B2", "baris 2", 1,
         "0001/ADU/XI/2026", "|0001/ADU/XI/2026|"),
        ("Peringatan", "Kontak tidak lengkap", "Kontak", "F2", "baris 2–5", 4, None,
         "|0001/ADU/XI/2026|0002/ADU/XI/2026|0003/ADU/XI/2026|0004/ADU/XI/2026|"),
    ]  # fmt: skip
    assert column(sheet, "Sel").links == ["#Register!B2", "#Register!F2"]
    assert not any("contact_malformed" in str(each.values) for each in sheet.tables[0].columns)


def test_every_mistake_has_a_short_name() -> None:
    titles = {rule: wording.title for rule, wording in standard_schema().findings.items()}
    assert all(3 < len(title) <= 30 and "_" not in title for title in titles.values()), titles
    assert titles.keys() == documents()["findings"].keys()
