"""Rules about tabs, their headers, and rows that are no entries.

What is missing without harm to figures and mails has a rule of its own.
"""

from collections.abc import Iterator

from automation.core.register.register import HeaderFault
from automation.core.validation.findings import Context, Hit


def needed_tab_missing(context: Context) -> Iterator[Hit]:
    """The tabs of the cases and of the staff are there."""
    needed = _needed_tabs(context)
    return (Hit(tab) for tab in _missing_tabs(context) if tab in needed)


def tab_missing(context: Context) -> Iterator[Hit]:
    """The tabs of closures and pauses are there, even if nothing is written in them."""
    needed = _needed_tabs(context)
    return (Hit(tab) for tab in _missing_tabs(context) if tab not in needed)


def header_missing(context: Context) -> Iterator[Hit]:
    """Each column without which a tab cannot be understood has its header."""
    return _headers(context, "header_missing", essential=True)


def minor_header_missing(context: Context) -> Iterator[Hit]:
    """Each other column has its header as well."""
    return _headers(context, "header_missing", essential=False)


def header_doubled(context: Context) -> Iterator[Hit]:
    """The header of a column without which a tab cannot be understood stands there once."""
    return _headers(context, "header_doubled", essential=True)


def minor_header_doubled(context: Context) -> Iterator[Hit]:
    """The header of each other column stands there once as well."""
    return _headers(context, "header_doubled", essential=False)


def no_entry(context: Context) -> Iterator[Hit]:
    """Between and below the entries of a tab stands nothing else, such as totals or signatures."""
    for table in context.tables:
        for first, last in table.asides:
            rows = str(first) if first == last else f"{first} s.d. {last}"
            yield Hit(table.tab.title, first, cell=f"A{first}", values={"rows": rows})


def _missing_tabs(context: Context) -> list[str]:
    faults = context.register.header_faults
    return [fault.tab for fault in faults if fault.kind == "tab_missing"]


def _needed_tabs(context: Context) -> set[str]:
    return {context.register.cases.tab.title, context.register.staff.tab.title}


def _headers(context: Context, kind: str, essential: bool) -> Iterator[Hit]:
    for fault in context.register.header_faults:
        if fault.kind == kind and fault.essential == essential:
            yield _at_header(fault)


def _at_header(fault: HeaderFault) -> Hit:
    cell = f"{fault.letters[-1]}{fault.row}" if fault.letters else ""
    values = {"letters": " dan ".join(fault.letters)}
    return Hit(fault.tab, fault.row, fault.header, cell, values=values)
