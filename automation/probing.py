"""`doctor --probe`: what Google makes of the program's requests, found out on an empty spreadsheet.

The file that it leaves can be sent to the maintainers: neither the spreadsheet's id nor anybody's
address or token is part of it.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from automation import VERSION
from automation.answers import remember
from automation.core.edges import Check, EdgeError
from automation.core.office_time.office_hours import office_hours
from automation.core.register.reading import read_register
from automation.core.tabs.staff import Rows
from automation.demo import sample_rows
from automation.files import is_ours, regular_bytes, replace, unwritable
from automation.installation import Installation
from automation.setting_types import spreadsheet_id
from automation.settings import SettingsError
from automation.workbooks.google.probe import DAY, FORMAT, Probe

FILE = Path("probe.json")
CASES, SEED = 8, 1
YEARS_BACK = 3
LARGEST = 100 * 2**20  # bytes


def probe(
    installation: Installation, address: str, report: Callable[[str], None]
) -> Sequence[Check]:
    """What was found out, kept for later runs. Raises SettingsError, EdgeError."""
    spreadsheet = _spreadsheet(address)
    if spreadsheet == installation.settings.workbook.spreadsheet:
        raise EdgeError(
            "--probe: itu Buku Register kantor ini; buat spreadsheet kosong khusus untuk percobaan."
        )
    if FILE.exists() and not is_ours(FILE, _is_probe_s):
        raise EdgeError(f"{FILE} sudah ada dan bukan hasil percobaan; ganti nama berkas itu.")
    settings = installation.google_settings(spreadsheet, "--probe")
    trial = Probe(settings, _samples(installation), report)
    try:
        return trial.run()
    finally:
        if trial.calls:  # also of a probe that was broken off
            remember(installation.state, trial.ways)
            _write(trial)


def _spreadsheet(address: str) -> str:
    found = spreadsheet_id(address)
    if found is None:
        raise SettingsError("--probe: bukan alamat spreadsheet; salin seluruhnya dari peramban.")
    return found


def _samples(installation: Installation) -> dict[str, Rows]:
    """Made-up rows, always the same."""
    schema = installation.schema
    closures = read_register({}, schema).closures.frame
    hours = office_hours(schema.working_hours, closures, DAY.year - YEARS_BACK, DAY.year)
    return dict(sample_rows(schema, cases=CASES, seed=SEED, now=DAY, calendar=hours.calendar))


def _write(trial: Probe) -> None:
    found = {"program": VERSION, **trial.content()}
    content = json.dumps(found, ensure_ascii=False, indent=1).encode()
    try:
        replace(FILE.absolute(), content, _is_probe_s)
    except PermissionError as error:
        raise unwritable(FILE, error) from None


def _is_probe_s(file: Path) -> bool:
    try:
        found = json.loads(regular_bytes(file, LARGEST))
    except (OSError, ValueError, EdgeError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT
