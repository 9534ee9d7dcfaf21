"""Tabs that staff converted to a table, which refuses some of what a setup asks for.

What is known to be refused is not asked for in the first place (`staff_tab`). Google may refuse
more: that is left out as well, as far as a register can do without it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from automation.workbooks.google.staff_tabs.staff_tab import StaffTab
from automation.workbooks.google.wire.connection import Request
from automation.workbooks.google.wire.faults import RefusedError

REFUSED_REQUEST = re.compile(r"requests\[\d+\]\.(\w+)")
SPARED = frozenset(
    {
        "setBasicFilter",
        "setDataValidation",
        "addProtectedRange",
        "deleteProtectedRange",
        "repeatCell",
        "addConditionalFormatRule",
        "deleteConditionalFormatRule",
        "updateDimensionProperties",
    }
)


@dataclass
class Refusals:
    """Kinds of request that were refused on tabs with tables, by their sheetIds."""

    tabs: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def learn(self, error: RefusedError) -> bool:
        """Whether it tells of one more kind that can be left out."""
        named = REFUSED_REQUEST.search(error.message)
        kind = named[1] if named else ""
        if not self.tabs or kind not in SPARED or kind in self.kinds:
            return False
        self.kinds.add(kind)
        return True

    def without(self, requests: Sequence[Request]) -> list[Request]:
        return [request for request in requests if not self._holds(request)]

    def _holds(self, request: Request) -> bool:
        ((kind, content),) = request.items()
        return kind in self.kinds and not self.tabs.isdisjoint(_sheet_ids(content))


def _sheet_ids(content: Any) -> Iterator[int]:
    """Of the tabs that a request is about."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield from [value] if name == "sheetId" else _sheet_ids(value)
    elif isinstance(content, list):
        for value in content:
            yield from _sheet_ids(value)


def told(state: StaffTab) -> str:
    """What a setup leaves to a tab's tables, in one sentence."""
    return (
        f"Tab {state.sheet.title} memuat tabel Google: saringan, daftar pilihan, format dan "
        "perlindungan di dalamnya diatur tabel itu dan tidak dipasang program, dan kolom berumus "
        "berada di kanannya."
    )
