"""Which cells of a sheet its conditional formats paint, as a spreadsheet would reckon it.

Paper reckons nothing, so it is done once here. Only the forms that the printed tabs use are known.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from automation.core.drawing import Area, Condition, Formula, Sheet, Value, column_letter

Place = tuple[int, int]  # row and column, from 0
Plain = str | int | float | bool | datetime | None  # a `Value` that was reckoned
Cells = Mapping[Place, Plain]

CELL = r"(\$?[A-Z]+\$?\d+)"
_AGES = re.compile(r"NOW\(\)>.+")  # what is printed ages no more
_POSITIVE = re.compile(rf"{CELL}>0")
_BEGINS = re.compile(rf'LEFT\({CELL},1\)="(.)"')
_CONTAINS = re.compile(rf'ISNUMBER\(SEARCH\("([^"]+)",{CELL}\)\)')


def painted(sheet: Sheet) -> dict[Place, str]:
    """The look that a condition puts over each cell; the first that holds wins."""
    cells = {(label.row, label.column): plain(label.value) for label in sheet.labels}
    found: dict[Place, str] = {}
    for condition in sheet.conditions:
        area = condition.area
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if _holds(condition, (row, column), cells):
                    found.setdefault((row, column), condition.look)
    return found


def plain(value: Value) -> Plain:
    """What a cell shows."""
    return value.value if isinstance(value, Formula) else value


def _holds(condition: Condition, here: Place, cells: Cells) -> bool:
    formula, area = condition.formula, condition.area

    def value(name: str) -> Plain:
        return cells.get(_meant(name, here, area))

    rules: tuple[tuple[re.Pattern[str], Callable[..., bool]], ...] = (
        (_AGES, lambda: False),
        (_POSITIVE, lambda name: isinstance(found := value(name), int | float) and found > 0),
        (_BEGINS, lambda name, sign: str(value(name) or "").startswith(sign)),
        (_CONTAINS, lambda text, name: text in str(value(name) or "")),
    )
    for pattern, holds in rules:
        if match := pattern.fullmatch(formula):
            return holds(*match.groups())
    raise ValueError(f"no such condition on paper: {formula}")


def _meant(name: str, here: Place, area: Area) -> Place:
    """The cell that a formula written for the area's first cell means at `here`."""
    fixed_column, letters, fixed_row, digits = re.findall(r"(\$?)([A-Z]+)(\$?)(\d+)", name)[0]
    row = int(digits) - 1 + (0 if fixed_row else here[0] - area.top)
    return row, _column(letters) + (0 if fixed_column else here[1] - area.left)


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    assert column_letter(place - 1) == letters
    return place - 1
