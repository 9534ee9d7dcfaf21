"""The look-up columns of the Register in one run: seen with the read, put right with the write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from automation.core.register.strays import Stray
from automation.core.words.failed_formulas import is_failure
from automation.core.words.titles import PEMANTAUAN
from automation.workbooks.google.reading import View
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.staff_tabs.marks import marked_columns
from automation.workbooks.google.staff_tabs.repair import (
    HEADERS,
    Diagnosis,
    Site,
    beside_tables,
    diagnose,
    needs_formula,
    repairs,
    shown,
    site_of,
    strays,
)
from automation.workbooks.google.wire.connection import Cells, Connection


@dataclass(frozen=True)
class LookUps:
    """Those of a Register as it was read."""

    register: str  # the title of its tab
    site: Site
    diagnosis: Diagnosis

    @property
    def strays(self) -> Sequence[Stray]:
        return tuple(strays(self.register, self.diagnosis.faults))

    @property
    def repairs(self) -> Sequence[Mapping[str, Any]]:
        """What `Connection.write_filtered` takes."""
        return repairs(self.register, self.site, self.diagnosis.faults)

    @property
    def mended(self) -> str:
        """What was done, in one sentence; "" where nobody typed anything."""
        cells = [each.cells for each in self.strays if each.kind in ("filled", "headless")]
        more = f" dan {len(cells) - MOST_NAMED} tempat lain" if len(cells) > MOST_NAMED else ""
        named = ", ".join(cells[:MOST_NAMED]) + more
        return f"Kolom program pada tab {self.register} dipulihkan ({named})." if cells else ""


MOST_NAMED = 6


def look_ups(connection: Connection, settings: GoogleSettings, view: View) -> LookUps | None:
    """More reads where the values do not tell that all is well; None without a Register."""
    register = settings.staff_titles[0]
    site = site_of(view.staff.get(register), settings)
    if site is None:
        return None
    tab, sheet_id = view.program.get(PEMANTAUAN), view.staff_ids.get(register)
    progress = tab.cells if tab else None
    if view.look_ups is not None and _are_well(site, view.look_ups, progress):
        return LookUps(register, site, Diagnosis(view.look_ups))
    if sheet_id is None:  # somebody wrote into our own memory
        return LookUps(register, site, Diagnosis(HEADERS))
    found = diagnose(site, marked_columns(connection, register, sheet_id), progress)
    if needs_formula(found):
        found = beside_tables(found, site, connection.structure().with_id(sheet_id))
    return LookUps(register, site, found)


def _are_well(site: Site, headers: Sequence[str], progress: Cells | None) -> bool:
    """Where the Register is to have none, no formula of the program can have failed."""
    failed = headers and any(map(is_failure, site.header_cells))
    return not failed and shown(site, progress) >= {*headers}
