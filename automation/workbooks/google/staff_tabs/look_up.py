"""Where each case stands, shown in the Register itself: columns filled by formulas.

One formula in the header fills its whole column, so that sorting, filtering and inserting rows
leave it alone. It follows the column of case numbers wherever that is moved, since a reference to a
whole column moves along; looking for the header in its own row would be a circle. Other tabs are
reached through INDIRECT, which still holds after a tab was deleted and made anew; it never reaches
beyond their last column.
"""

from collections.abc import Iterator
from typing import Any

from automation.core.drawing import Column, column_letter
from automation.core.tabs.temuan import CASES, LEVEL, SEVERITY_WORDS
from automation.core.words.statuses import STATUS_WORDS
from automation.core.words.titles import PEMANTAUAN, TEMUAN
from automation.workbooks.google.drawing.rules import format_rule
from automation.workbooks.google.staff_tabs.staff_tab import StaffTab, new_column, whole_column
from automation.workbooks.google.wire.connection import Request

STATUS, DUE = "Status", "Batas Waktu"
COLUMNS = (
    Column(STATUS, (), "text", 20),
    Column("Langkah Saat Ini", (), "text", 16),
    Column("Pemegang", (), "text", 30),
    Column(DUE, (), "datetime", 16),
)


def look_up_places(state: StaffTab) -> dict[str, int]:
    """The place of each look-up column by its header, to the right of all where it is missing and
    cannot be put back.

    `state.cells` must show formulas.
    """
    headers = state.cells.values[state.header_row] if state.cells.values else ()
    places: dict[str, int] = {}
    after = state.width
    for column in COLUMNS:
        found = [at for at, cell in enumerate(headers) if is_look_up(str(cell), column.header)]
        place = found[0] if found else state.put_back.get(column.header)
        places[column.header] = after if place is None else place
        after += place is None
    return places


def is_look_up(cell: str, header: str) -> bool:
    """Whether a cell, as it was entered, is that look-up's header."""
    return cell.startswith("=") and f';"{header}";IF(' in cell.replace(",", ";")


def look_up_requests(state: StaffTab, number_header: str) -> Iterator[Request]:
    """The columns that are missing, and formulas that do not follow the case numbers any more."""
    headers = state.cells.values[state.header_row] if state.cells.values else ()
    places = look_up_places(state)
    for column in COLUMNS:
        place = places[column.header]
        formula = look_up_formula(column.header, state.place(number_header), state.header_row)
        there = str(headers[place]) if place < len(headers) else ""
        if there.replace(",", ";") != formula:
            yield from new_column(
                state, place, {"userEnteredValue": {"formulaValue": formula}}, column
            )


def look_up_formula(header: str, number: int, header_row: int) -> str:
    """Beginning at the header's own row, so that rows inserted anywhere keep it in step.

    `number` is the column of case numbers, both from 0.
    """
    letter, row = column_letter(number), header_row + 1
    numbers = f"${letter}${row}:${letter}"
    key = _written(numbers, ";")
    place = _place(PEMANTAUAN, header, ";")
    found = f'VLOOKUP({key};INDIRECT("{PEMANTAUAN}!A:"&{_letter(place, ";")});{place};FALSE)'
    return (
        f'=ARRAYFORMULA(IF(ROW({numbers})=ROW(${letter}${row});"{header}";'
        f'IF({key}="";;IFERROR({found}))))'
    )


def look_up_rules(state: StaffTab, number_header: str) -> list[dict[str, Any]]:
    """Late cases, also between two runs, and cases with errors: seen in the Register itself.

    Neither holds for the headers, from which they are seen.
    """
    places, number = look_up_places(state), state.place(number_header)
    row = state.header_row + 1
    status, due = (f"${column_letter(places[header])}{row}" for header in (STATUS, DUE))
    late = (
        f'OR({status}="{STATUS_WORDS["overdue"]}",'
        f'AND(ISNUMBER({due}),{due}<NOW(),{status}<>"{STATUS_WORDS["paused"]}"))'
    )
    case = f"${column_letter(number)}{row}"
    faults = (
        f'COUNTIFS({_column(TEMUAN, CASES)},"*|"&{_written(case, ",")}&"|*",'
        f'{_column(TEMUAN, LEVEL)},"{SEVERITY_WORDS["error"]}")'
    )
    shown = [whole_column(state, place) for place in (number, *places.values())]
    return [
        format_rule(shown, late, "bad"),
        format_rule([whole_column(state, number)], f"AND(LEN({case})>0,{faults}>0)", "warn"),
    ]


def _written(number: str, mark: str) -> str:
    """A case number as the program's tabs write it: without the blanks that were typed, those that
    hold words together among them.

    Capitals make no difference to the formulas. A number in other digits, with another dash or with
    a character of no width is found by the program alone.
    """
    without_blanks = f'SUBSTITUTE({number}{mark}" "{mark}"")'
    return f'SUBSTITUTE({without_blanks}{mark}"\u00a0"{mark}"")'


def _column(tab: str, header: str) -> str:
    """A column of another tab by its header, whatever its letter."""
    letter = _letter(_place(tab, header, ","), ",")
    return f'INDIRECT("{tab}!"&{letter}&":"&{letter})'


def _place(tab: str, header: str, mark: str) -> str:
    return f'MATCH("{header}"{mark}INDIRECT("{tab}!$1:$1"){mark}0)'


def _letter(place: str, mark: str) -> str:
    """Of a column by its place: INDIRECT beyond a tab's last column may fail."""
    return f'SUBSTITUTE(ADDRESS(1{mark}{place}{mark}4){mark}"1"{mark}"")'
