"""What the functions come to by which dates are read from text."""

import pytest

from tests.sheets_emulator.clients import Bare


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=DATE(2026,11,23)", 46349),
        ("=DATE(2026,13,1)", 46388),
        ('=DATE("2026","11","23")', 46349),
        ("=TIME(8,15,0)", 0.34375),
        ("=TIME(32,15,0)", 0.34375),
        ("=N(3)", 3),
        ('=N("3")', 0),
        ("=ADDRESS(1,28,4)", "AB1"),
        (r'=REGEXEXTRACT("a12b","\d+")', "12"),
        (r'=REGEXEXTRACT("a12b","a(\d)")', "1"),
        (r'=REGEXEXTRACT("ab","\d+")', "#N/A"),
        (r'=REGEXEXTRACT(12,"\d+")', "#VALUE!"),
        (r'=REGEXMATCH("a12b","^\d+$")', False),
        (r'=REGEXMATCH("12","^\d+$")', True),
    ],
)
def test_a_function_comes_to(api: Bare, formula: str, value: object) -> None:
    """https://support.google.com/docs/table/25273: regular expressions take text alone."""
    api.update("A1", [[formula]], "USER_ENTERED")
    assert api.stored("A1") == [[value]]
