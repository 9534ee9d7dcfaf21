"""The Google Sheets path without an account: `make demo-google`.

Starts the emulator, sets a spreadsheet up, fills it with the demo's register, and runs the program
on it as an office would, with staff working in between. What each run costs in calls is shown.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from automation.core.office_time.office_hours import office_hours
from automation.core.register.reading import read_register
from automation.core.tabs.staff import staff_sheets
from automation.demo import sample_rows
from automation.installation import Installation
from automation.settings import load_schema, load_settings
from tests.sheets_emulator import Emulator

NOW = datetime(2026, 11, 23, 10, 0)
CASES = 40


def main() -> None:
    with Emulator() as emulator, tempfile.TemporaryDirectory() as folder:
        os.environ["SHEETS_EMULATOR_HOST"] = emulator.url.removeprefix("http://")
        spreadsheet = emulator.new_spreadsheet("Buku Register").id
        config = write_settings(Path(folder), spreadsheet)
        print(f"Emulator at {emulator.url}, spreadsheet {spreadsheet}\n")
        set_up(config)
        run("The first run publishes everything", emulator, config, NOW)
        run(
            "Five minutes later hardly anything changed",
            emulator,
            config,
            NOW + timedelta(minutes=5),
        )
        sort_register(emulator, spreadsheet)
        run("Staff sorted the register", emulator, config, NOW + timedelta(minutes=10))


def write_settings(folder: Path, spreadsheet: str) -> Path:
    config = folder / "settings.toml"
    config.write_text(f'[workbook]\nkind = "google"\nspreadsheet = "{spreadsheet}"\n', "utf-8")
    return config


def set_up(config: Path) -> None:
    """As `setup` does, with the demo's rows in the staff's tabs."""
    settings = load_settings(config)
    schema = load_schema(settings)
    nothing = read_register({}, schema).closures.frame
    calendar = office_hours(schema.working_hours, nothing, NOW.year - 3, NOW.year).calendar
    rows = sample_rows(schema, cases=CASES, seed=1, now=NOW, calendar=calendar)
    installation = Installation(settings, schema, NOW)
    print("Setting the spreadsheet up:")
    for sentence in installation.workbook.setup(staff_sheets(schema, rows)):
        print(f"  {sentence}")


def run(title: str, emulator: Emulator, config: Path, now: datetime) -> None:
    before = Counter(emulator.calls)
    program = [sys.executable, "-m", "automation", "--config", str(config)]
    done = subprocess.run([*program, "--now", now.isoformat(), "run"], text=True, check=False,
                          stdout=subprocess.PIPE)  # fmt: skip
    print(f"\n{title}:")
    for line in done.stdout.splitlines():
        print(f"  {line}")
    calls = Counter(emulator.calls) - before
    print("  calls: " + ", ".join(f"{count} x {kind}" for kind, count in sorted(calls.items())))


def sort_register(emulator: Emulator, spreadsheet: str) -> None:
    """The cases by subject, as somebody looking for one might leave them."""
    sheet = emulator.spreadsheets[spreadsheet].titled("Register")
    assert sheet is not None
    area = {"sheetId": sheet.id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 17}
    by_subject = {"dimensionIndex": 6, "sortOrder": "ASCENDING"}
    emulator.batch_update(spreadsheet, [{"sortRange": {"range": area, "sortSpecs": [by_subject]}}])


if __name__ == "__main__":
    main()
