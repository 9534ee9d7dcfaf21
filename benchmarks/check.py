"""Checking a register of 10,000 cases against merely reading its cells, in one run.

The peer is python-calamine, which reads the same register from an .xlsx in Rust. Prints the best
seconds of each. Exits with 1 if the check takes more than three times as long.

    python -m benchmarks.check
"""

import sys
from datetime import datetime
from io import BytesIO
from time import process_time

from python_calamine import CalamineWorkbook

from automation.core.office_time.office_hours import office_hours
from automation.core.people.holders import Roster
from automation.core.register.reading import read_register
from automation.core.snapshot import Snapshot
from automation.core.tabs.staff import staff_sheets
from automation.core.validation import check
from automation.core.words.addresses import EMAIL_ONLY
from automation.demo import sample_rows
from automation.settings import Settings, load_schema
from automation.workbooks.excel.writer import workbook_bytes

CASES = 10_000
NOW = datetime(2026, 11, 23, 10, 0)
ROUNDS = 5
MOST_TIMES = 3.0


def main() -> int:
    schema = load_schema(Settings())
    nothing = read_register({}, schema).closures.frame
    hours = office_hours(schema.working_hours, nothing, NOW.year - 3, NOW.year)
    rows = sample_rows(schema, cases=CASES, seed=1, now=NOW, calendar=hours.calendar)
    content = workbook_bytes(staff_sheets(schema, rows), NOW)
    ours, theirs = [], []
    for _ in range(ROUNDS):  # side by side, so that a busy machine slows both
        began = process_time()
        grids = {
            tab.title: CalamineWorkbook.from_filelike(BytesIO(content))
            .get_sheet_by_name(tab.title)
            .to_python(skip_empty_area=False)
            for tab in schema.tabs.all()
        }
        theirs.append(process_time() - began)
        register = read_register(grids, schema)
        roster = Roster(register.staff, schema.sop, NOW.date())
        snapshot = Snapshot(register, schema, NOW, hours, roster, EMAIL_ONLY)
        began = process_time()
        check(snapshot)
        ours.append(process_time() - began)
    times = min(ours) / min(theirs)
    print(f"check of {CASES:,} cases {min(ours):6.2f} s, reading them {min(theirs):6.2f} s")
    print(f"ratio {times:.2f} (at most {MOST_TIMES}), best of {ROUNDS} rounds")
    return int(times > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main())
