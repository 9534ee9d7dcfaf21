"""What is typed into a cell is understood, and shown again, as the spreadsheet's locale has it."""

import pytest

from tests.sheets_emulator.errors import ApiError
from tests.sheets_emulator.formatting import shown
from tests.sheets_emulator.parsing import entered


@pytest.mark.parametrize(
    ("locale", "typed", "value", "pattern"),
    [
        ("en_US", "42", 42, None),
        ("en_US", "-1.5", -1.5, None),
        ("en_US", "1,234.5", 1234.5, "#,##0.00"),
        ("en_US", "50%", 0.5, "0%"),
        ("en_US", "$3", 3, '"$"#,##0'),
        ("en_US", "(7)", -7, None),
        ("en_US", "1e3", 1000, "0.00E+00"),
        ("en_US", "2/1/2024", 45323, "M/d/yyyy"),
        ("en_US", "2024-02-01", 45323, "yyyy-mm-dd"),
        ("en_US", "Feb 1, 2024", 45323, "mmm d, yyyy"),
        ("en_US", "Mar 1 2016", 42430, "mmm d, yyyy"),
        ("en_US", "$100.15", 100.15, '"$"#,##0.00'),
        ("en_US", "2/1/2024 12:00", 45323.5, "M/d/yyyy H:mm"),
        ("en_US", "6:00 PM", 0.75, "h:mm AM/PM"),
        ("en_US", "36:00:00", 1.5, "[h]:mm:ss"),
        ("id_ID", "2/1/2024", 45293, "dd/MM/yyyy"),
        ("id_ID", "31/12/2024 15.00.00", 45657.625, "dd/MM/yyyy H.mm.ss"),
        ("id_ID", "06.00", 0.25, "H.mm"),
        ("id_ID", "06:00", 0.25, "H:mm"),
        ("id_ID", "1.234,5", 1234.5, "#,##0.00"),
        ("id_ID", "0,5", 0.5, None),
        ("id_ID", "17 Agustus 2024", 45521, "d mmm yyyy"),
    ],
)
def test_numbers_and_dates_are_recognised(
    locale: str, typed: str, value: float, pattern: str | None
) -> None:
    """`Mar 1 2016` and `$100.15` are the examples of the API's guide to reading and writing."""
    found = entered(typed, locale)
    assert found.value == {"numberValue": value}
    assert (found.number_format or {}).get("pattern") == pattern


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("en_US", "13/13/2024"),
        ("en_US", "30/2/2024"),
        ("en_US", "0812-345"),
        ("en_US", "0001/ADU/XI/2026"),
        ("en_US", "1,5"),
        ("en_US", "2024-01-02T10:00:00"),
        ("en_US", "10.30.00"),
        ("id_ID", "1.5x"),
        ("en_US", "="),
    ],
)
def test_all_else_is_text(locale: str, typed: str) -> None:
    assert entered(typed, locale).value == {"stringValue": typed}


def test_truth_formulas_and_forced_text() -> None:
    assert entered("true", "en_US").value == {"boolValue": True}
    assert entered("=A1", "en_US").value == {"formulaValue": "=A1"}
    assert entered("'0812", "en_US").value == {"stringValue": "0812"}
    assert entered("0812", "en_US").value == {"numberValue": 812}
    assert entered("0812", "en_US", {"type": "TEXT"}).value == {"stringValue": "0812"}


@pytest.mark.parametrize(
    ("typed", "formula"),
    [("+62 812", "=+62 812"), ("+Dri7", "=+Dri7"), ("+62-812-345", "=+62-812-345")],
)
def test_a_plus_sign_begins_a_formula_unless_a_number_follows(typed: str, formula: str) -> None:
    """OWOX/owox-data-marts#1535, nithinmurali/pygsheets#373"""
    assert entered(typed, "id_ID").value == {"formulaValue": formula}
    assert entered(typed, "id_ID", {"type": "TEXT"}).value == {"stringValue": typed}
    assert entered("'" + typed, "id_ID").value == {"stringValue": typed}
    assert entered("+62812", "id_ID").value == {"numberValue": 62812}
    assert entered("+", "id_ID").value == {"stringValue": "+"}


@pytest.mark.parametrize(
    ("locale", "value", "kind", "pattern", "text"),
    [
        ("en_US", 1 / 3, "", "", "0.3333333333"),
        ("en_US", 1e15, "", "", "1E+15"),
        ("en_US", 0.00005, "", "", "5E-05"),
        ("en_US", 123456789012.345, "", "", "123456789012.345"),
        ("en_US", 123456, "", "", "123456"),
        ("id_ID", 0.5, "", "", "0,5"),
        ("en_US", 1234.5, "NUMBER", "", "1,234.50"),
        ("id_ID", 1234.5, "NUMBER", "", "1.234,50"),
        ("id_ID", 1500000, "CURRENCY", "", "Rp1.500.000,00"),
        ("en_US", -3, "CURRENCY", "", "-$3.00"),
        ("en_US", 0.125, "PERCENT", "0.0%", "12.5%"),
        ("en_US", -5, "NUMBER", "0;(0);-", "(5)"),
        ("en_US", 0, "NUMBER", "0;(0);-", "-"),
        ("en_US", 7, "NUMBER", '000" kasus"', "007 kasus"),
        ("en_US", 2.5, "NUMBER", "0.##", "2.5"),
        ("en_US", 12345.678, "SCIENTIFIC", "", "1.23E+04"),
        ("en_US", 45323.75, "DATE", "", "2/1/2024"),
        ("en_US", 45323.75, "DATE_TIME", "", "2/1/2024 18:00:00"),
        ("id_ID", 45323.75, "DATE_TIME", "", "01/02/2024 18.00.00"),
        ("id_ID", 45323.75, "DATE_TIME", "dddd, d mmmm yyyy hh:mm", "Kamis, 1 Februari 2024 18:00"),
        ("en_US", 45323.75, "DATE_TIME", "ddd d-mmm-yy h:mm AM/PM", "Thu 1-Feb-24 6:00 PM"),
        ("en_US", 1.5, "TIME", "[h]:mm:ss", "36:00:00"),
    ],
)
def test_numbers_are_shown_by_their_format(
    locale: str, value: float, kind: str, pattern: str, text: str
) -> None:
    number_format = {"type": kind, "pattern": pattern} if kind else None
    assert shown(value, number_format, locale) == text


COLOURED = "[Blue]#,##0;[Red]#,##0;[Green]0.0;[Magenta]_(@_)"


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (12345.125, "####.#", "12345.1"),
        (12.34, "000.0000", "012.3400"),
        (12, "#.0#", "12.0"),
        (12000, "#,###", "12,000"),
        (123114.15115, '###0.000;"TEXT: "_(@_)', "123114.151"),
        ("MyText", '###0.000;"TEXT: "_(@_)', "TEXT:  MyText "),
        (1234, COLOURED, "1,234"),
        (-1234, COLOURED, "1,234"),
        (0, COLOURED, "0.0"),
        ("MyText", COLOURED, " MyText "),
        (3, "00.0", "03.0"),
        (3, "#0.#", "3."),
        (0.25, "#%", "25%"),
        (10, r"\#0", "#10"),
        (9.999, "0.00E+00", "1.00E+01"),
    ],
)
def test_number_patterns_mean_what_the_guide_says(
    value: float | str, pattern: str, text: str
) -> None:
    """Tables of https://developers.google.com/workspace/sheets/api/guides/formats; spaces, which
    the page swallows, by its words on `?` and `_`.
    """
    assert shown(value, {"type": "NUMBER", "pattern": pattern}, "en_US") == text


@pytest.mark.parametrize("pattern", ["# ?/?", "[>1000]0", "0.0,,", "00-00", "##0.0E+##"])
def test_other_patterns_are_not_guessed_at(pattern: str) -> None:
    with pytest.raises(ApiError, match="the number format"):
        shown(7, {"type": "NUMBER", "pattern": pattern}, "en_US")


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (654321, "#,##0", "654,321"),
        (0.1234, "0.00%", "12.34%"),
        (1234567890, "0.00E+00", "1.23E+09"),
        (0.36, '"$"#,##0.00', "$0.36"),
        (2.3456, "0.00", "2.35"),
        (317897.75, "#,##0", "317,898"),
        (0.5263144432081239, "0.00%", "52.63%"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
    ],
)
def test_numbers_are_rounded_as_google_rounds_them(value: float, pattern: str, text: str) -> None:
    """The table of formatted-numbers-and-formulas in jennybc/googlesheets (its vignette shows what
    Google answered); halves go up, as in every spreadsheet.
    """
    assert shown(value, {"type": "NUMBER", "pattern": pattern}, "en_US") == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("h:mm:ss.00 a/p", "4:08:53.53 p"),
        ('hh:mm A/P".M."', "04:08 P.M."),
        ("yyyy-mm-dd", "2016-04-05"),
        (r"mmmm d \[dddd\]", "April 5 [Tuesday]"),
        ("h PM, ddd mmm dd", "4 PM, Tue Apr 05"),
        ("dddd, m/d/yy at h:mm", "Tuesday, 4/5/16 at 16:08"),
    ],
)
def test_date_patterns_mean_what_the_guide_says(pattern: str, text: str) -> None:
    """Tuesday, April 5, 2016, 4:08:53.528 PM by the formats guide's own examples."""
    moment = 42465 + (16 * 3600 + 8 * 60 + 53.528) / 86400
    assert shown(moment, {"type": "DATE_TIME", "pattern": pattern}, "en_US") == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[hh]", "03"),
        ("[mmmm]", "0193"),
        ("[ss]", "11621"),
        ("[hh]:[mm]:[ss].000", "03:13:41.255"),
        ("[mmmm]:[ss].000", "0193:41.255"),
    ],
)
def test_elapsed_time_means_what_the_guide_says(pattern: str, text: str) -> None:
    """3 hours, 13 minutes, 41.255 seconds by the formats guide's own examples."""
    elapsed = (3 * 3600 + 13 * 60 + 41.255) / 86400
    assert shown(elapsed, {"type": "TIME", "pattern": pattern}, "en_US") == text
