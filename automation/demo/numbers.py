"""Register numbers of the sample, made after the example that the SOP gives."""

import re
from collections.abc import Callable
from datetime import datetime

from automation.core.edges import EdgeError
from automation.core.schema import Sop

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def is_yearly(sop: Sop) -> bool:
    """Whether serials begin anew each year: where the number tells the year."""
    return "year" in sop.case_number.parts(sop.case_number.example)


def register_number(sop: Sop, serial: int, received: datetime, kind: str) -> str:
    """Raises EdgeError where the example cannot be continued."""
    form = sop.case_number
    code = next((each.code for each in sop.kinds if each.name == kind), "")
    told: dict[str, Callable[[str], str]] = {
        "serial": lambda old: f"{serial:0{len(old)}}",
        "kind": lambda old: code or old,
        "month": lambda old: (
            f"{received.month:02}" if old.isdigit() else ROMAN_MONTHS[received.month - 1]
        ),
        "year": lambda old: f"{received.year}"[-len(old) :],
    }
    found = re.fullmatch(form.pattern, form.example)
    assert found is not None  # the schema has seen to it
    number = form.example
    named = [name for name in told if found.groupdict().get(name)]
    for name in sorted(named, key=found.start, reverse=True):
        start, end = found.span(name)
        number = number[:start] + told[name](number[start:end]) + number[end:]
    if "serial" not in named or not form.fits(number):
        raise EdgeError(
            "Contoh tidak dapat dibuat: nomor register sesudah "
            f"{form.example} tidak dapat disusun dari [case_number] pattern pada sop.toml; "
            "periksa (?P<serial>…) dan kode jenisnya, atau pakai --cases yang lebih kecil."
        )
    return number
