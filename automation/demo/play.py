"""The `demo` command: a sample register, a morning played on it, and what to look at."""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from automation import say
from automation.core.edges import EdgeError
from automation.core.office_time.office_hours import office_hours
from automation.core.office_time.working_time import WorkCalendar
from automation.core.register.reading import read_register
from automation.core.schema import Schema
from automation.core.tabs.staff import staff_sheets
from automation.core.words.indonesian import DAYS, moment, number
from automation.cycle import Outcome, run
from automation.demo.morning import Rows, as_it_stood, moments
from automation.demo.rows import sample_rows
from automation.files import create, is_ours, regular_bytes, remove, replace, resolved
from automation.installation import Installation
from automation.mail.folder import clear
from automation.mail.store import FILE_NAME
from automation.setting_sections import STANDARD_SCHEMA
from automation.settings import Settings
from automation.workbooks.excel.mark import is_summary, is_untouched_sample
from automation.workbooks.excel.writer import workbook_bytes

MEMORY = (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm")
CONFIG = Path("demo.toml")
NOTHING_ELSE = "# Contoh: semua pengaturan seperti bawaannya, untuk isi folder ini.\n"
LONGEST_CONFIG = 10_000  # bytes
UNTOUCHED = re.compile(rf'{re.escape(NOTHING_ELSE)}(\[office\]\nschema = "[^\n]*"\n)?')
YEARS_BACK = 3  # how far the sample's cases can reach back


def play(
    schema: Schema,
    folder: Path,
    cases: int,
    seed: int,
    now: datetime,
    schema_folder: Path = STANDARD_SCHEMA,
) -> Outcome:
    """Plays the runs of a morning on `folder`/register.xlsx anew; the same for the same seed.

    `schema_folder` is where `schema` was read from.

    Raises EdgeError where an office works in the folder, or somebody has changed the sample.
    """
    settings = Settings().in_folder(folder)
    _refuse_an_office(settings)
    calendar = _calendar(schema, now)
    runs = moments(calendar, now)
    with Installation(settings, schema, now).alone(), say.progress() as report:
        report(f"Menulis register contoh ({number(cases)} berkas)")
        _start_clean(settings)
        _write_config(settings.path(CONFIG), schema_folder)
        last = runs[-1]
        tables = sample_rows(schema, cases=cases, seed=seed, now=last, calendar=calendar)
        outcomes = []
        for at in runs:
            _write_register(settings, schema, as_it_stood(tables, schema, at, last), at)
            outcomes.append(run(Installation(settings, schema, at).office, at, report))
    say.lines(
        f"{DAYS[done.plan.now.weekday()]} {moment(done.plan.now)}: "
        f"{number(done.delivery.sent)} surel dikirim"
        for done in outcomes
    )
    say.lines([*say.outcome_sentences(outcomes[-1]), "", *_what_to_open(settings, last)])
    return outcomes[-1]


def _refuse_an_office(settings: Settings) -> None:
    """Its summary and its memory are no place for a sample either."""
    register = settings.path(settings.workbook.register_file)
    kept = (settings.workbook.summary, settings.office.state / FILE_NAME)
    try:
        if os.path.lexists(register):
            sample = is_ours(resolved(register), is_untouched_sample)
        else:
            sample = not any(os.path.lexists(settings.path(each)) for each in kept)
    except OSError as error:
        raise EdgeError(f"{register} tidak dapat dibuka ({error.strerror}).") from None
    if not sample:
        raise EdgeError(
            f"Folder {register.parent} dipakai oleh kantor, atau contoh di dalamnya "
            "telah diubah; pilih folder lain dengan --dir, atau pindahkan isinya lebih dahulu."
        )


def _start_clean(settings: Settings) -> None:
    """Forgets the morning that was played here before."""
    state = settings.path(settings.office.state)
    for name in MEMORY:
        remove(state / name)
    summary = settings.path(settings.workbook.summary)
    if summary.is_file() and is_summary(summary):
        remove(summary)
    clear(settings.path(settings.mail.folder))


def _write_config(file: Path, schema_folder: Path) -> None:
    """One that somebody has changed stays."""
    text = NOTHING_ELSE
    if schema_folder != STANDARD_SCHEMA:
        text += f"[office]\nschema = {json.dumps(str(schema_folder), ensure_ascii=False)}\n"
    if file.is_file() and UNTOUCHED.fullmatch(regular_bytes(file, LONGEST_CONFIG).decode()):
        remove(file)
    create(file, text.encode())


def _calendar(schema: Schema, now: datetime) -> WorkCalendar:
    nothing = read_register({}, schema).closures.frame
    return office_hours(schema.working_hours, nothing, now.year - YEARS_BACK, now.year).calendar


def _write_register(
    settings: Settings, schema: Schema, rows: Mapping[str, Rows], at: datetime
) -> None:
    file = settings.path(settings.workbook.register_file)
    content = workbook_bytes(staff_sheets(schema, rows), at, "contoh")
    replace(resolved(file), content, is_untouched_sample)


def _what_to_open(settings: Settings, last: datetime) -> Iterator[str]:
    yield "Silakan buka:"
    yield f"  {settings.path(settings.workbook.summary)}: mulai dari tab Ringkasan"
    yield f"  {settings.path(settings.workbook.register_file)}: buku register yang diisi staf"
    yield f"  {settings.path(settings.mail.folder)}: surel yang dikirim (.eml)"
    yield f"Keadaannya seperti pada {moment(last)}. Untuk melihat setiap berkas:"
    config = settings.path(CONFIG)
    yield f"  {_python()} -m automation --config {config} --now {last:%Y-%m-%dT%H:%M} status"


def _python() -> str:
    """This Python as one would type it here."""
    python, here = Path(sys.executable), Path.cwd()
    return str(python.relative_to(here) if python.is_relative_to(here) else python)
