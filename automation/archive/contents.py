"""The files of an archive, by name."""

from datetime import datetime

from automation import VERSION
from automation.archive.manifest import FILE_NAME, Manifest
from automation.archive.paper import Paper, page
from automation.archive.shelf import page_name
from automation.core.office_time.periods import Period
from automation.core.plan import Plan
from automation.core.tabs.archived import Archived, head_of
from automation.core.tabs.separated import separated
from automation.core.words.indonesian import clock, long_date
from automation.installation import Installation
from automation.workbooks.excel.writer import workbook_bytes


def contents(
    installation: Installation, period: Period, archived: Archived, seen: Plan, now: datetime
) -> dict[str, bytes]:
    """The files by name; the manifest last."""
    name, created = period.name, now.replace(tzinfo=installation.settings.zone)
    paper = _paper(installation, period, seen, created)
    files = {
        f"laporan-{name}.xlsx": workbook_bytes(archived.sheets, now),
        page_name(period): page(archived.page, paper),
        f"pemantauan-{name}.csv": separated(archived.measures),
    }
    if archived.figures:
        files[f"angka-{name}.csv"] = separated(archived.figures)
    manifest = Manifest.of(
        files,
        period=name,
        office=installation.schema.sop.office,
        sop=installation.schema.sop.number,
        cases=archived.cases,
        created=created.isoformat(),
        program=VERSION,
    )
    return files | {FILE_NAME: manifest.text()}


def _paper(installation: Installation, period: Period, seen: Plan, created: datetime) -> Paper:
    schema, zone = installation.schema, installation.office.zone
    made = f"{long_date(created)}, pukul {clock(created.replace(second=0))} {zone}"
    return Paper(
        title="Laporan tahunan" if period.is_year else "Laporan bulanan",
        period=period.name if period.is_year else period.words,
        office=schema.sop.office,
        role=schema.reminders.head_role,
        name=head_of(seen.snapshot.register.staff, schema),
        remarks=(
            f"Disusun dari Buku Register pada {made}, oleh program pemantauan versi {VERSION}.",
            f"Daftar berkas dengan checksum SHA-256 ada pada {FILE_NAME} di folder laporan ini.",
        ),
        created=created,
    )
