"""Register numbers: each rule on the register that it is about."""

from datetime import datetime
from typing import Any

import pytest

from tests.offices import Row, at, case
from tests.registers import cells, found


def received(number: str, day: str, **more: Any) -> Row:
    return case(number, Diterima=at(f"{day} 08.00"), **more)


def test_every_case_has_a_number() -> None:
    (finding,) = found("number_missing", case(None))
    assert (finding.cell, finding.severity) == ("A2", "error")
    assert not found("required", case(None))


@pytest.mark.parametrize("number", ["42/ADU/XI/2026", "0042/ABC/XI/2026", "0042/ADU/XIII/2026"])
def test_a_number_has_the_office_s_form(number: str) -> None:
    (finding,) = found("number_malformed", case(number))
    assert number not in finding.message and "0123/ADU/XI/2026" in finding.suggestion
    assert (finding.number, finding.cell) == ("", "A2")


def test_a_number_in_small_letters_or_with_blanks_is_understood() -> None:
    assert not found("number_malformed", case(" 0042 / adu/xi/2026"))


def test_a_number_is_used_once() -> None:
    """Rows 2 and 4 have one number, as does row 5."""
    rows = [case(), case("0002/ADU/XI/2026"), case(), case()]
    findings = found("number_doubled", *rows)
    assert [(finding.row, finding.message) for finding in findings] == [
        (2, "No. Register sudah dipakai pada baris 4."),
        (4, "No. Register sudah dipakai pada baris 2."),
        (5, "No. Register sudah dipakai pada baris 2."),
    ]


def test_a_number_names_the_kind_of_its_case() -> None:
    row = case("0001/ADU/XI/2026", Jenis="Permintaan Informasi")
    (finding,) = found("number_of_other_kind", row)
    assert "ADU" in finding.message and "INF" in finding.message


def test_a_number_does_not_name_a_month_before_the_receipt() -> None:
    """A case received late in December may get a number of January, not of November."""
    assert not found("number_before_receipt", case("0001/ADU/XII/2026"), case("0001/ADU/I/2027"))
    assert cells(found("number_before_receipt", case("0001/ADU/X/2026"))) == ["A2"]
    assert cells(found("number_before_receipt", case("0001/ADU/XII/2025"))) == ["A2"]


def test_the_serials_of_a_year_have_no_gap() -> None:
    """They may start anywhere, are shared by all kinds, and stand in any order."""
    numbers = ["0009/ADU/XI/2026", "0005/INF/XI/2026", "0006/ADU/XI/2026", "0012/ADU/XI/2026"]
    findings = found("number_gap", *map(case, [*numbers, "0001/ADU/I/2027"]))
    assert [(finding.row, finding.message) for finding in findings] == [
        (2, "Nomor urut 0007 s.d. 0008 tidak ada sebelum nomor ini."),
        (5, "Nomor urut 0010 s.d. 0011 tidak ada sebelum nomor ini."),
    ]
    assert "0002 tidak" in found("number_gap", case(), case("0003/ADU/XI/2026"))[0].message


def test_a_higher_serial_is_not_received_on_an_earlier_day() -> None:
    """0002 was received later on the same day; 0003 three days before them."""
    rows = [
        received("0001/ADU/XI/2026", "23/11"),
        case("0002/ADU/XI/2026", Diterima=at("23/11 07.50")),
        received("0003/ADU/XI/2026", "20/11"),
        received("0004/ADU/XI/2026", "23/11"),
    ]
    (finding,) = found("number_out_of_sequence", *rows)
    assert finding.row == 4 and "baris 3" in finding.message


def test_a_serial_of_any_length_is_harmless() -> None:
    assert found("number_malformed", case("9" * 400))


def test_a_number_names_the_month_of_its_receipt_or_the_next() -> None:
    """Excel's fill handle counts the year up; what came on the 30th may be registered on the 1st."""
    rule = "number_after_receipt"
    filled_down = [case(f"0041/ADU/XI/{year}") for year in (2026, 2027, 2028)]
    assert cells(found(rule, *filled_down)) == ["A3", "A4"]
    assert not found(rule, case("0041/ADU/XII/2026", Diterima=at("30/11 15.00")))
    december = datetime(2026, 12, 31, 15)
    assert not found(rule, case("0001/ADU/I/2027", Diterima=december), now=datetime(2027, 1, 5))
    late = case("0001/ADU/II/2027", Diterima=december)
    (finding,) = found(rule, late, now=datetime(2027, 2, 5))
    assert (finding.severity, finding.cell) == ("warning", "A2")
