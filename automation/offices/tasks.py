"""What the commands do for a folder of offices: a line an office, and none waits for another.

Each answers whether all is well with all of them, where its exit code tells that.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from automation import say, say_status
from automation.core.words.indonesian import number
from automation.cycle import look
from automation.doctor import examine
from automation.installation import Installation
from automation.mishap import told
from automation.offices.crew import each
from automation.offices.folder import Roll, roll
from automation.tasks import instant
from automation.unattended import heartbeat

NOT_KNOWN = "-"
T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What is printed of an office: a row of the table, and an object of the JSON."""

    row: tuple[str, ...]
    json: Mapping[str, object]
    well: bool = True


def all_of(folder: Path, now: str | None, office: None) -> Roll:
    """As the command line has them. Raises SettingsError."""
    return roll(folder, instant(now))


def check(offices: Roll, as_json: bool) -> bool:
    return _printed(offices, _checked, ("Kantor", "Temuan"), as_json)


def _checked(installation: Installation) -> Answer:
    seen = look(installation.office, installation.now)
    well = not any(finding.severity == "error" for finding in seen.findings)
    return Answer((seen.doubt or say.findings_counted(seen),), say.findings_object(seen), well)


def status(offices: Roll, as_json: bool) -> bool:
    return _printed(offices, _measured, ("Kantor", "Terbuka", "Terlambat", "Putaran"), as_json)


def _measured(installation: Installation) -> Answer:
    seen = look(installation.office, installation.now)
    measures = seen.understood()
    totals, last = measures.summary.totals, heartbeat.pulse(installation.state).last
    pulse = last.sentence if last else "Belum pernah berjalan."
    row = (number(totals.open), number(totals.overdue), seen.doubt or pulse)
    found = say_status.status_object(measures, seen, installation.schema)
    return Answer(row, {**found, "last_run": last.at.isoformat() if last else None})


def _printed(
    offices: Roll,
    ask: Callable[[Installation], Answer],
    headers: tuple[str, ...],
    as_json: bool,
) -> bool:
    """The offices in the order of their names, those that cannot be served with the reason."""
    answers, faults = _asked(offices, ask)
    names = sorted({*answers, *faults})
    if as_json:
        objects = [_object(name, answers.get(name), faults.get(name)) for name in names]
        print(json.dumps({"offices": objects}))
    else:
        blank = (NOT_KNOWN,) * (len(headers) - 2)
        rows = {name: (name, *blank, fault) for name, fault in faults.items()}
        rows |= {name: (name, *answer.row) for name, answer in answers.items()}
        say_status.one_line_each([headers, *(rows[name] for name in names)])
    return not faults and all(answer.well for answer in answers.values())


def _object(name: str, answer: Answer | None, fault: str | None) -> Mapping[str, object]:
    return {"name": name, "fault": fault, **(answer.json if answer else {})}


def doctor(offices: Roll) -> bool:
    """Each office healthy, or the first that is wrong with it."""
    answers, faults = _asked(offices, _examined)
    wrong = faults | {name: fault for name, fault in answers.items() if fault}
    for name in sorted({*answers, *faults}):
        print(f"SALAH  {name}: {wrong[name]}" if name in wrong else f"baik   {name}: sehat.")
    return not wrong


def _examined(installation: Installation) -> str:
    faults = (f"{c.subject}: {c.sentence}" for c in examine(installation) if not c.healthy)
    return next(faults, "")


def _asked(offices: Roll, ask: Callable[[Installation], T]) -> tuple[dict[str, T], dict[str, str]]:
    """What the offices answer, and why others do not, on one line."""
    answers, faults = {}, dict(offices.faults)
    work = {name: partial(ask, office) for name, office in offices.served.items()}
    for name, answer in each(work):
        if isinstance(answer, Exception):
            faults[name] = told(answer)
        else:
            answers[name] = answer
    return answers, {name: " ".join(fault.split()) for name, fault in faults.items()}
