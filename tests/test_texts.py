"""Two texts are the same or they are not, and everywhere in the same way."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from automation.core.register.headers import find_headers
from automation.core.words.texts import case_number, folded, header_name, plain, tidy
from tests.offices import STAFF, at, case, grids, person, seen, standard_schema
from tests.registers import cells, checked, found, read

FITS = standard_schema().sop.case_number.fits
NUMBER = "0041/ADU/XI/2026"
TARI = "Penanggung Jawab Teknis"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nu’man", "Nu'man"),
        ("Nu‘man", "Nu'man"),
        ("Nu`man", "Nu'man"),
        ("Nu´man", "Nu'man"),
        ("Nuʼman", "Nu'man"),
        ("Nuʿman", "Nu'man"),
        ("Nu′man", "Nu'man"),
        ("Nu＇man", "Nu'man"),
        ("Ir.ASPIYAH,M.Si", "Ir. ASPIYAH, M.Si"),
        ("Ir. Aspiyah , M. Si", "Ir.ASPIYAH,M.Si"),
        ("Penanggung Jawab(Kepala Dinas)", "Penanggung Jawab ( Kepala Dinas )"),
        ("Sri\u00a0 Lestari ", "SRI LESTARI"),
        ("Sri\nLestari", "Sri Lestari"),
        ("Sri\u3000Lestari", "Sri Lestari"),
        ("S\u00adri Les\u200btari\ufeff", "Sri Lestari"),
        ("\u202aSri Lestari\u202c", "Sri Lestari"),
        ("Nur‑Aini", "Nur-Aini"),
        ("Nur–Aini", "Nur-Aini"),
        ("Ｓｒｉ", "Sri"),
        ("José", "Jose\u0301"),
        ("STRASSE", "Straße"),
    ],
)
def test_what_cannot_be_seen_or_typed_otherwise_makes_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert header_name(one) == header_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Budi", "Budi S"),
        ("Budi S", "Budi T"),
        ("Nuraini", "Nur Aini"),
        ("Nur-Aini", "Nur Aini"),
        ("Numan", "Nu'man"),
        ("M.Si", "MSi"),
        ("Jose", "José"),
        ("Sri", "5ri"),
        ("Budi", "Вudi"),  # a Cyrillic letter
    ],
)
def test_what_can_be_seen_does(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    "written",
    [
        "0041/ADU/XI/2026",
        " 0041 / adu / xi / 2026 ",
        "００４１／ＡＤＵ／ＸＩ／２０２６",
        "٠٠٤١/ADU/XI/٢٠٢٦",
        "۰۰۴۱/ADU/XI/۲۰۲۶",
        "0041/ADU/Ⅺ/2026",
        "0041∕ADU⁄XI/2026",
        "0041\u00a0/ADU/\u200bXI/20\u00ad26",
    ],
)
def test_a_number_is_the_same_in_any_digits_for_cases_pauses_and_doubles(written: str) -> None:
    assert case_number(written, FITS) == NUMBER
    twice = grids([case(NUMBER), case(written)])
    rules = {(each.rule, each.cell) for each in checked(twice)}
    assert ("number_doubled", "A3") in rules
    assert not any(rule == "number_malformed" for rule, _ in rules)
    pause = {"No. Register": written, "Mulai": at("23/11 08.10"), "Alasan": "menunggu"}
    assert found("pause_of_unknown_case", case(NUMBER), pauses=[pause]) == []
    paused = seen([case(NUMBER)], pauses=[pause])
    assert paused.measures is not None
    assert paused.measures.progress.cases["status"].tolist() == ["paused"]


@pytest.mark.parametrize(("pattern", "shown"), [(r"reg-\d+", "reg-7"), (r"[A-Za-z]+-\d+", "Reg-7")])
def test_a_number_keeps_the_letters_that_its_office_writes(pattern: str, shown: str) -> None:
    assert case_number("Reg–７", re.compile(pattern).fullmatch) == shown


@example("\u0339 \u0334")
@example("\u0339\u200b\u0334")
@given(st.text(st.characters(exclude_categories=["Cs", "Sk"])))  # Sk: accents on their own
def test_folding_once_is_enough(text: str) -> None:
    for fold in (tidy, plain, folded, header_name):
        assert fold(fold(text)) == fold(text)
    assert case_number(case_number(text, FITS), FITS) == case_number(text, FITS)


@pytest.mark.parametrize("written", ["Nu’man, M.Si", "nu`man,m.si", "NU´MAN , M. Si"])
def test_one_person_in_many_spellings_is_one(written: str) -> None:
    staff = [*STAFF, person("Nu'man, M.Si", "Anggota Tim Teknis", Surel="numan@kantor.example.id")]
    opened = case(**{"Disposisi Kepada": written})
    opened |= case(step_1=at("23/11 08.05"), step_2=at("23/11 08.10"), step_3=at("23/11 08.15"),
                   step_4=at("23/11 08.20")) | {"Disposisi Kepada": written}  # fmt: skip
    assert found("disposition_unknown", opened, staff=staff) == []
    figures = seen([opened], staff=staff).measures
    assert figures is not None
    holding = figures.progress.holding(0)
    assert [str(*holder.ways) for holder in holding.holders] == ["numan@kantor.example.id"]


def test_one_person_in_two_spellings_and_roles_is_one_person() -> None:
    staff = [*STAFF, person("Nu’man", "Ketua Tim"), person("Nu'man", "Ketua Tim")]
    assert cells(found("person_doubled", staff=staff)) == ["A10"]


@pytest.mark.parametrize("kind", ["permintaan\u00a0informasi", "Permintaan\u200b Informasi", "ＰＥＲＭＩＮＴＡＡＮ informasi"])  # fmt: skip
def test_a_choice_is_read_in_any_such_spelling(kind: str) -> None:
    register = read(grids([case("0001/INF/XI/2026", Jenis=kind)]))
    assert register.cases.frame["kind"].tolist() == ["Permintaan Informasi"]


def test_a_text_is_shown_without_what_cannot_be_seen() -> None:
    assert tidy("  KTP\u00a0el\u200b hi\u00adlang\n lagi\x07") == "KTP el hilang lagi"


@pytest.mark.parametrize(
    "spelling",
    ["3. Disposisi\u200b", "3.\u00a0disposisi", "３．Disposisi", "3 .  DISPO\u00adSISI", "٣. Disposisi"],
)  # fmt: skip
def test_a_header_is_found_in_any_such_spelling(spelling: str) -> None:
    grid: list[list[Any]] = [["Buku Register 2026"], ["Diterima", spelling, 3, None]]
    found = find_headers(["No. Register", "Diterima", "3. Disposisi"], grid)
    assert (found.row, found.places) == (1, ((), (0,), (1,)))


def test_a_header_that_stands_twice_has_two_places_and_no_header_none() -> None:
    assert find_headers(["Mulai", "Selesai"], [["mulai", "Mulai "]]).places == ((0, 1), ())
    assert find_headers(["Mulai"], [["x"], []]).places == ((),)
    assert find_headers(["Mulai"], []).row == 0
