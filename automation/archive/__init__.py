"""`report`: a month, or a year, as a folder for the files.

In it lie a workbook (register, measures, findings, summary), a page for the paper archive (PDF),
the measures as CSV, and a manifest with checksums. Only the workbook holds what staff typed of the
applicants. `folder.py` puts it down, `manifest.py` checks it years later, `paper/` prints.
"""

from dataclasses import dataclass
from pathlib import Path

from automation.archive.folder import put
from automation.core.edges import EdgeError
from automation.core.office_time.periods import Period
from automation.core.tabs.archived import archived_month, archived_year
from automation.cycle import look_closely
from automation.installation import Installation


@dataclass(frozen=True)
class Report:
    """What was put into the files."""

    period: Period
    folder: Path
    cases: int
    notes: tuple[str, ...]  # what a reader must know of it, in Indonesian


def archive(installation: Installation, period: Period, parent: Path | None = None) -> Report:
    """Puts the report of `period` into a new folder below `parent`, or where the settings say.

    The cases are those received in it, as they stand now. Raises EdgeError, and then nothing has
    changed.
    """
    from automation.archive.contents import contents  # what writes pages is loaded for one only

    now = installation.now
    _refuse_unthinkable(period, installation)
    grids, seen = look_closely(installation.office, now)
    if seen.doubt:
        raise EdgeError(seen.doubt)
    zone = installation.office.zone
    told = archived_year if period.is_year else archived_month
    archived = told(seen, grids, installation.schema, period, zone)
    folder = put(
        parent or installation.settings.path(installation.settings.report.folder),
        period.name,
        contents(installation, period, archived, seen, now),
    )
    return Report(period, folder, archived.cases, archived.notes)


def _refuse_unthinkable(period: Period, installation: Installation) -> None:
    earliest = installation.schema.working_hours.earliest
    if period.start > installation.now.date():
        raise EdgeError(f"{period.opening} belum dimulai; belum ada yang dapat dilaporkan.")
    if period.end < earliest:
        raise EdgeError(
            f"{period.opening}: di luar waktu yang dikenal program, yang mulai {earliest:%d/%m/%Y}."
        )
