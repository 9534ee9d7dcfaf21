"""A whole cycle beside bare reading and writing of the same cells, with Excel workbooks.

The cycle is an office's ordinary one: it ran before, ten minutes ago, and in those minutes the
working time of every open case has moved. Exit code 1 where it takes more than twice the peer's
processor time, or more memory than is promised.

    python -m benchmarks.cycle [CASES ...]
"""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from automation.core.office_time.office_hours import office_hours
from automation.core.office_time.working_time import WorkCalendar
from automation.core.register.reading import read_register
from automation.core.schema import Schema
from automation.core.tabs import program_sheets
from automation.core.tabs.staff import staff_sheets
from automation.cycle import Office, look, run
from automation.demo import sample_rows
from automation.installation import Installation
from automation.settings import Settings, load_schema
from automation.workbooks.excel.writer import write_workbook
from benchmarks import bare
from benchmarks.fresh import Cost, cost

NOW = datetime(2026, 11, 23, 10, 0)
MINUTES = timedelta(minutes=10)  # between two cycles
MOST_TIMES = 2.0
PROMISED = {10_000: 500, 100_000: 1000}  # megabytes
ROUNDS = {10_000: 5, 100_000: 3}
TABS = "tabs.pickle"


def main() -> int:
    sizes = [int(word) for word in sys.argv[1:]] or list(PROMISED)
    kept = [keeps_promise(cases) for cases in sizes]
    return int(not all(kept))


def keeps_promise(cases: int) -> bool:
    """Prints what a cycle over so many cases costs; whether it is as little as promised."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        cost(first_cycle, folder, cases)
        ours, theirs = [], []
        for place in range(ROUNDS.get(cases, 3)):  # by turns: a busy machine slows both
            ours.append(cost(next_cycle, folder, place + 1))
            theirs.append(cost(bare_work, folder))
        tabs = bare.kept(folder / TABS)
    cells, notes = sum(tab.cells for tab in tabs), sum(len(tab.notes) for tab in tabs)
    times = middle(ours).processor / middle(theirs).processor
    print(f"{cases:,} cases, {cells:,} cells and {notes:,} notes; median of {len(ours)} rounds")
    print(f"  cycle               {_told(middle(ours))}")
    print(f"  bare read and write {_told(middle(theirs))}")
    print(f"  {times:.2f} times the processor time (at most {MOST_TIMES})")
    most = PROMISED.get(cases, max(PROMISED.values()))
    return times <= MOST_TIMES and middle(ours).megabytes <= most


def first_cycle(folder: Path, cases: int) -> Callable[[], object]:
    """Leaves a register, the state of a first run on it, and the cells of a second."""
    installation = _installation(folder, NOW)
    write_register(installation, cases)
    run(installation.office, NOW)
    keep_cells(_installation(folder, NOW + MINUTES).office, folder / TABS)
    return lambda: None


def keep_cells(office: Office, file: Path) -> None:
    """What the next cycle will draw."""
    seen = look(office, NOW + MINUTES)
    mails, link = office.mailbox.pengingat(), office.workbook.cell_link
    sheets = program_sheets(seen, office.schema, mails, link, "WIB")
    bare.keep([bare.tab_of(sheet) for sheet in sheets], file)


def next_cycle(folder: Path, place: int) -> Callable[[], object]:
    now = NOW + place * MINUTES
    office = _installation(folder, now).office
    return lambda: run(office, now)


def bare_work(folder: Path) -> Callable[[], object]:
    tabs = bare.kept(folder / TABS)

    def work() -> None:
        bare.read(folder / "register.xlsx")
        bare.write(tabs, folder / "bare.xlsx")

    return work


def _installation(folder: Path, now: datetime) -> Installation:
    return roomy(Settings().in_folder(folder), now)


def roomy(settings: Settings, now: datetime) -> Installation:
    """An office whose register numbers have room for so many cases."""
    schema = load_schema(settings)
    form = schema.sop.case_number
    wider = form.model_copy(update={"pattern": form.pattern.replace(r"\d{4})", r"\d{4,6})", 1)})
    sop = schema.sop.model_copy(update={"case_number": wider})
    return Installation(settings, schema.model_copy(update={"sop": sop}), now)


def write_register(installation: Installation, cases: int) -> None:
    schema = installation.schema
    rows = sample_rows(schema, cases=cases, seed=1, now=NOW, calendar=sample_calendar(schema))
    write_workbook(
        installation.settings.path(Path("register.xlsx")), staff_sheets(schema, rows), NOW
    )


def sample_calendar(schema: Schema) -> WorkCalendar:
    nothing = read_register({}, schema).closures.frame
    return office_hours(schema.working_hours, nothing, NOW.year - 3, NOW.year).calendar


def middle(costs: list[Cost]) -> Cost:
    return Cost(*(median(values) for values in zip(*costs, strict=True)))


def _told(each: Cost) -> str:
    return (
        f"{each.processor:6.2f} s of processor time, {each.wall:6.2f} s by the clock, "
        f"at most {each.megabytes:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
