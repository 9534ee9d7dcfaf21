"""Which tab must be there so that figures can be computed, and people written to."""

import pytest

from tests.offices import case, grids
from tests.registers import read


@pytest.mark.parametrize(
    ("missing", "understood", "trusted"),
    [
        ("Register", False, False),
        ("Petugas", True, False),
        ("Libur", True, True),
        ("Jeda", True, True),
        ("", True, True),
    ],
)
def test_what_a_register_without_a_tab_is_good_for(
    missing: str, understood: bool, trusted: bool
) -> None:
    tabs = {title: grid for title, grid in grids([case()]).items() if title != missing}
    register = read({**tabs, **({missing: None} if missing else {})})
    assert (register.understood, register.trusted) == (understood, trusted)
