"""A country of the package is what the package itself says it is, and no other is loaded with it."""

import holidays
import pytest

from automation.core.schema.holiday_source import CODES, country
from tests.commands import printed_alone


@pytest.mark.parametrize("code", ["ID", "IDN", "AX", "GB", "US", "HK"])
def test_a_country_has_the_holidays_that_the_package_gives_it(code: str) -> None:
    years = range(2024, 2028)
    assert country(code)(years=years) == holidays.country_holidays(code, years=years)


def test_every_country_of_the_package_is_known() -> None:
    assert set(CODES) == set(holidays.list_supported_countries(include_aliases=True))


def test_the_other_countries_are_not_loaded() -> None:
    script = (
        "import sys\n"
        "from automation.core.schema.holiday_source import country\n"
        "print(len(country('ID')(years=2026)) > 10)\n"
        "print([name for name in sys.modules if name.startswith('holidays.countries')])\n"
    )
    assert printed_alone(script) == "True\n[]\n"
