"""What the commands do for a folder of offices: a line an office, and none waits for another.

Each answers whether all is well with all of them, where its exit code tells that.
"""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from automation import say, say_status
from automation.core.words.indonesian import number
from automation.core.words.titles import TEMUAN
from automation.cycle import look
from automation.doctor import examine
from automation.installation import PATIENCE, Installation
from automation.mishap import told
from automation.offices.crew import each, load
from automation.offices.folder import Roll, roll
from automation.offices.share import share
from automation.offices.watching import Watches
from automation.settings import Settings
from automation.tasks import instant
from automation.unattended import heartbeat
from automation.unattended.journal import kept, spoken
from automation.unattended.rounds import logged_round
from automation.unattended.stopping import Stop, stoppable
from automation.unattended.successor import until_replaced
from automation.workbooks.quota import Quotas

log = logging.getLogger(__name__)

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


def share_of(folder: Path, now: str | None, office: None) -> Roll:
    """Those that are this machine's, where a cluster divides them. Raises SettingsError."""
    return roll(folder, instant(now), share(os.environ))


def run_once(offices: Roll, verbose: bool) -> bool:
    with spoken(_zone(offices), verbose=verbose, aloud=verbose):
        return _told_of_each(offices, _run)


def _run(installation: Installation) -> tuple[bool, str]:
    with installation.alone(PATIENCE), kept(installation.state, installation.settings.zone):
        outcome = logged_round(installation, lambda stage: None)
    installation.beacon.settle()
    return outcome.complete, " ".join(say.outcome_sentences(outcome))


def foresee(offices: Roll) -> bool:
    return _told_of_each(offices, _foreseen)


def _foreseen(installation: Installation) -> tuple[bool, str]:
    seen = look(installation.office, installation.now)
    letters = seen.letters(installation.office.mailbox.told())
    return True, seen.doubt or say.letters_counted(letters)


def _told_of_each(offices: Roll, ask: Callable[[Installation], tuple[bool, str]]) -> bool:
    """A line an office as soon as it is known; whether all is well with all of them."""
    all_well = not offices.faults
    for name, fault in offices.faults.items():
        print(f"{name}: {_on_one_line(fault)}", flush=True)
    for name, answer in _each(offices, ask):
        well, sentences = (False, told(answer)) if isinstance(answer, Exception) else answer
        print(f"{name}: {_on_one_line(sentences)}", flush=True)
        all_well = all_well and well
    return all_well


def watch(folder: Path, now: str | None, office: None, *, verbose: bool) -> None:
    stop = Stop()
    watches = Watches(folder, instant(now), stop)
    with spoken(Settings().zone, verbose=verbose, aloud=True):
        with stoppable(stop), until_replaced(stop):
            watches.keep()
        log.info("Dihentikan.")


def _zone(offices: Roll) -> ZoneInfo:
    """The first office's; times on the screen are those of one clock."""
    return next((each.settings.zone for each in offices.served.values()), Settings().zone)


def check(offices: Roll, as_json: bool) -> bool:
    return _printed(offices, _checked, ("Kantor", TEMUAN), as_json)


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
    for name, answer in _each(offices, ask):
        if isinstance(answer, Exception):
            faults[name] = told(answer)
        else:
            answers[name] = answer
    return answers, {name: _on_one_line(fault) for name, fault in faults.items()}


def _each(offices: Roll, ask: Callable[[Installation], T]) -> Iterator[tuple[str, T | Exception]]:
    """All of them share Google's quotas."""
    quotas = Quotas(offices.machines)
    served = {name: replace(office, quotas=quotas) for name, office in offices.served.items()}
    return each({name: partial(_loaded, ask, office) for name, office in served.items()})


def _loaded(ask: Callable[[Installation], T], office: Installation) -> T:
    load(office)
    return ask(office)


def _on_one_line(sentences: str) -> str:
    return " ".join(sentences.split())
