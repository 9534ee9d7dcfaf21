"""The `demo` command: a sample register, one run on it, and what to look at."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from automation import say
from automation.core.edges import EdgeError
from automation.core.indonesian import number
from automation.core.office_hours import office_hours
from automation.core.register import read_register
from automation.core.schema import Schema
from automation.core.staff_tabs import staff_sheets
from automation.cycle import Outcome, run
from automation.demo.rows import sample_rows
from automation.installation import Installation
from automation.mail.store import FILE_NAME
from automation.settings import Settings
from automation.workbooks.excel_mark import is_untouched_sample
from automation.workbooks.excel_writer import workbook_bytes
from automation.workbooks.files import is_ours, replace, resolved

YEARS_BACK = 3  # how far the sample's cases can reach back


def play(schema: Schema, folder: Path, cases: int, seed: int, now: datetime) -> Outcome:
    """Writes `folder`/register.xlsx anew and runs one cycle on it; the same for the same seed.

    Raises EdgeError where an office works in the folder, or somebody has changed the sample.
    """
    settings = Settings().in_folder(folder)
    _refuse_an_office(settings)
    installation = Installation(settings, schema, now)
    with installation.alone(), say.progress() as report:
        report(f"Menulis register contoh ({number(cases)} berkas)")
        _write_register(installation, cases, seed)
        outcome = run(installation.office, now, report)
    say.lines([*say.outcome_sentences(outcome), "", *_what_to_open(installation, outcome)])
    return outcome


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


def _write_register(installation: Installation, cases: int, seed: int) -> None:
    schema, now = installation.schema, installation.now
    nothing = read_register({}, schema).closures.frame
    hours = office_hours(schema.working_hours, nothing, now.year - YEARS_BACK, now.year)
    rows = sample_rows(schema, cases=cases, seed=seed, now=now, calendar=hours.calendar)
    file = installation.settings.path(installation.settings.workbook.register_file)
    content = workbook_bytes(staff_sheets(schema, rows), now, "contoh")
    replace(resolved(file), content, is_untouched_sample)


def _what_to_open(installation: Installation, outcome: Outcome) -> Iterator[str]:
    settings = installation.settings
    yield "Silakan buka:"
    yield f"  {settings.path(settings.workbook.summary)}: mulai dari tab Ringkasan"
    yield f"  {settings.path(settings.workbook.register_file)}: buku register yang diisi staf"
    if outcome.delivery.sent:
        yield f"  {settings.path(settings.mail.folder)}: surel pengingat (.eml)"
    elif not outcome.plan.may_write:
        yield "  Di luar jam kerja tidak ada surel; coba --now 2026-11-23T10:00."
