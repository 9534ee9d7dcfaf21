"""A whole cycle on Google Sheets beside raw gspread: read the staff's tabs, write the program's.

Both talk over HTTP to an emulator in another process, which is not measured. The peer reads the
same four tabs and writes the values of all that the cycle draws, without formats and notes. The
first cycle draws everything; the next, ten minutes later, also reads its own tabs and writes what
differs.
Prints the processor time of each; there is no limit to pass.

    python -m benchmarks.google_cycle [CASES ...]
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import gspread
from google.auth.credentials import AnonymousCredentials
from gspread.http_client import HTTPClient
from requests import Response

from automation.core.drawing import cell_name
from automation.core.tabs.staff import staff_sheets
from automation.cycle import run
from automation.demo import sample_rows
from automation.installation import Installation
from automation.setting_sections import WorkbookSection
from automation.settings import Settings
from benchmarks import bare
from benchmarks.cycle import MINUTES, NOW, TABS, keep_cells, middle, roomy, sample_calendar
from benchmarks.fresh import cost
from tests.sheets_emulator import Emulator

ROUNDS = 3
SIZES = (10_000,)
ROWS = 2_000  # of a tab that the peer writes in one call


def main() -> None:
    for cases in [int(word) for word in sys.argv[1:]] or SIZES:
        with TemporaryDirectory() as name, Emulator() as emulator:
            os.environ["SHEETS_EMULATOR_HOST"] = emulator.url.removeprefix("http://")
            measure(Path(name), emulator, cases)


def measure(folder: Path, emulator: Emulator, cases: int) -> None:
    office, copy = (emulator.new_spreadsheet(title).id for title in ("Register", "Salinan"))
    cost(set_up, folder, office, cases)
    first = cost(cycle, folder, office, NOW)
    cost(drawn, folder, office)
    following, raw = [], []
    for place in range(1, ROUNDS + 1):
        following.append(cost(cycle, folder, office, NOW + place * MINUTES))
        raw.append(cost(raw_work, folder, office, copy))
    peer = middle(raw)
    print(f"{cases:,} cases on Google Sheets: processor seconds, median of {ROUNDS} rounds")
    print(f"  raw gspread   {peer.processor:6.2f}")
    for name, each in (("first cycle", first), ("next cycle", middle(following))):
        times = each.processor / peer.processor
        print(
            f"  {name:13} {each.processor:6.2f}, at most {each.megabytes:.0f} MB, {times:.2f} times"
        )


def set_up(folder: Path, office: str, cases: int) -> Callable[[], object]:
    installation = _installation(folder, office, NOW)
    installation.state.mkdir()
    schema = installation.schema
    rows = sample_rows(schema, cases=cases, seed=1, now=NOW, calendar=sample_calendar(schema))
    return lambda: installation.workbook.setup(staff_sheets(schema, rows))


def cycle(folder: Path, office: str, now: datetime) -> Callable[[], object]:
    ours = _installation(folder, office, now).office
    return lambda: run(ours, now)


def drawn(folder: Path, office: str) -> Callable[[], object]:
    """Leaves the cells of the next cycle for the peer."""
    installation = _installation(folder, office, NOW + MINUTES)
    return lambda: keep_cells(installation.office, folder / TABS)


def raw_work(folder: Path, office: str, copy: str) -> Callable[[], object]:
    anybody = AnonymousCredentials()  # type: ignore[no-untyped-call]
    client = gspread.Client(auth=anybody, http_client=_Local)
    tabs = [(f"Salinan {place}", grid(tab)) for place, tab in enumerate(bare.kept(folder / TABS))]
    register, target = client.open_by_key(office), client.open_by_key(copy)
    known = {page.title for page in target.worksheets()}
    for title, rows in tabs:
        if title not in known:
            target.add_worksheet(title, len(rows), max(map(len, rows)))

    def work() -> None:
        register.values_batch_get(
            list(bare.TITLES),
            {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"},
        )
        for title, rows in tabs:
            for first in range(0, len(rows), ROWS):
                place = f"'{title}'!{cell_name(first, 0)}"
                values = {"range": place, "values": rows[first : first + ROWS]}
                target.values_batch_update({"valueInputOption": "RAW", "data": [values]})

    return work


def grid(tab: bare.Tab) -> list[list[object]]:
    """The cells of a tab as gspread takes them."""
    cells: dict[tuple[int, int], object] = {(row, col): text for row, col, text, _ in tab.texts}
    cells |= {(row, col): value for row, col, value, _ in tab.numbers}
    cells |= {(row, col): text for row, col, _, text, _ in tab.links}
    height, width = (max(place) + 1 for place in zip(*cells, strict=True))
    return [[cells.get((row, column), "") for column in range(width)] for row in range(height)]


class _Local(HTTPClient):
    """gspread's own, sent to the emulator."""

    def request(self, method: str, endpoint: str, *rest: Any, **more: Any) -> Response:
        host = os.environ["SHEETS_EMULATOR_HOST"]
        address = urlunsplit(urlsplit(endpoint)._replace(scheme="http", netloc=host))
        return super().request(method, address, *rest, **more)


def _installation(folder: Path, office: str, now: datetime) -> Installation:
    section = WorkbookSection(kind="google", spreadsheet=office)
    return roomy(Settings(workbook=section).in_folder(folder), now)


if __name__ == "__main__":
    main()
