"""The office as its letters name it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from automation.core.office_time.periods import Period


def _no_link(row: int) -> None:
    """An Excel file has no address that a mail could carry."""


def _no_page(month: Period) -> tuple[str, bytes]:
    raise LookupError(f"no report of {month.name} is at hand")


@dataclass(frozen=True)
class Correspondent:
    """Who writes. `sender` and `reply_to` are plain addresses; `register_link` gives the URL of a
    row of the Register, None where there is none; `register_place` says where it lies then;
    `report_page` gives the page of a month's report as file name and PDF, and raises where it is
    not at hand."""

    name: str
    sender: str
    reply_to: str
    timezone: ZoneInfo
    register_link: Callable[[int], str | None] = _no_link
    register_place: str = ""
    report_page: Callable[[Period], tuple[str, bytes]] = _no_page

    def zone_name(self, now: datetime) -> str:
        """What the office's clocks are called: "WIB"."""
        return now.replace(tzinfo=self.timezone).strftime("%Z")
