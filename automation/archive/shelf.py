"""The reports that lie in the archive: what of them can be sent to the head of office."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from automation.archive.folder import PREFIX
from automation.archive.manifest import FILE_NAME, checksum, read_manifest
from automation.core.edges import EdgeError
from automation.core.office_time.months import previous_month
from automation.core.office_time.periods import Period, whole_month


def page_name(period: Period) -> str:
    """The file of the printable page in a report of that period."""
    return f"halaman-{period.name}.pdf"


@dataclass(frozen=True)
class Shelf:
    """The promise `core.edges.Reports`. `folder` holds the folders of reports."""

    folder: Path
    zone: ZoneInfo

    def ready(self, now: datetime) -> Period | None:
        month = whole_month(previous_month(now.date()).start)
        return month if any(self._pages(month)) else None

    def page(self, month: Period) -> tuple[str, bytes]:
        """The page's file name and its content. Raises EdgeError where it is there no more."""
        for content in self._pages(month):
            return page_name(month), content
        raise EdgeError(f"Laporan {month.words} tidak ada lagi di {self.folder}.")

    def _pages(self, month: Period) -> Iterator[bytes]:
        """The page of each report that was made when the month was over and is as it was written,
        the newest first."""
        with suppress(OSError):  # no folder yet, or one that is closed to us: nothing to be sent
            for folder in _newest_first(self.folder, f"{PREFIX}{month.name}"):
                with suppress(OSError, EdgeError, ValueError):  # somebody's, or spoiled
                    manifest = read_manifest(folder / FILE_NAME)
                    content = (folder / page_name(month)).read_bytes()
                    sound = manifest.files.get(page_name(month)) == checksum(content)
                    if sound and self._day(manifest.created) > month.end:
                        yield content

    def _day(self, created: str) -> date:
        return datetime.fromisoformat(created).astimezone(self.zone).date()


def _newest_first(parent: Path, name: str) -> list[Path]:
    numbered = re.compile(rf"{re.escape(name)}(?:-ke-(\d{{1,9}}))?")
    found = [
        (int(match[1] or 1), each)
        for each in parent.iterdir()
        if (match := numbered.fullmatch(each.name))
    ]
    return [each for _, each in sorted(found, reverse=True)]
