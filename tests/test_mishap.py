"""A fault of the program itself is told without the data it happened on."""

import pytest

from automation import __main__
from automation.core.office_time.office_hours import national_holidays
from automation.core.schema import Holidays
from automation.mishap import mishap

SECRET = "Budi Santoso 081234567890"


def fail() -> None:
    raise KeyError(SECRET)


def test_kind_and_place_are_told_and_nothing_else() -> None:
    with pytest.raises(KeyError) as caught:
        fail()
    told = mishap(caught.value)
    assert "KeyError, test_mishap.py baris" in told
    assert "Budi" not in told


def test_the_place_is_the_last_one_in_our_own_code() -> None:
    """There is no such country."""
    nowhere = Holidays.model_construct(country="XX", categories=(), language=None)
    with pytest.raises(KeyError) as caught:
        national_holidays(nowhere, 2026, 2026)
    assert "KeyError, holiday_source.py baris" in mishap(caught.value)


def test_the_command_line_ends_with_the_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(__main__, "app", lambda arguments, **options: fail())
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert "KeyError" in told
    assert "Budi" not in told
    assert len(told.splitlines()) == 1
