"""One country of the package `holidays`, without the two hundred others.

The package loads all of them as soon as one is asked for: a fifth of what `status` takes on a small
register. A country is a file of its own in it, and is loaded from there.
"""

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import holidays
from holidays.registry import COUNTRIES

LONGEST_CODE = 3  # what is longer is another name of the class
# A country's code -> (name of its file, name of its class).
CODES = {
    code: (file, name)
    for file, (name, *codes) in COUNTRIES.items()
    for code in codes
    if len(code) <= LONGEST_CODE
}


@cache
def country(code: str) -> Any:
    """The class of a country's holidays."""
    file, name = CODES[code]
    place = f"{holidays.__path__[0]}/countries/{file}.py"
    spec = spec_from_file_location(f"holidays.countries.{file}", place)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)
