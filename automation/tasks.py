"""What the commands do: each chooses the edges, wires them to the cycle, says what came of it.

Each answers whether all is well, where its exit code tells that.
"""

import logging
import os
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from automation import say, say_status
from automation.core.edges import Check, EdgeError
from automation.core.office_time.periods import Period, whole_month, whole_year
from automation.core.plan import Plan
from automation.core.reminders.notices import Letter
from automation.core.tabs.staff import staff_sheets
from automation.cycle import look, refuse_newer_tabs, republish
from automation.doctor import believe_clock, examine
from automation.installation import PATIENCE, Installation
from automation.settings import SettingsError, load_settings
from automation.unattended import heartbeat
from automation.unattended.journal import journal
from automation.unattended.rounds import logged_round
from automation.unattended.stopping import Stop, stoppable
from automation.unattended.successor import until_replaced

log = logging.getLogger(__name__)


def installation(config: Path | None, now: str | None, office: str | None = None) -> Installation:
    """Of one office: `office` names it where `config` is a folder of several. Raises
    SettingsError."""
    if config is not None and os.path.isdir(config):  # noqa: PTH112 - unlike Path's it never raises
        from automation.offices.folder import chosen

        return chosen(config, office, instant(now))
    if office is not None:
        raise SettingsError(
            f"--office {office}: memilih satu kantor dari sebuah folder; sebut folder itu dengan "
            "--config FOLDER."
        )
    return Installation.of(load_settings(config), instant(now))


def instant(text: str | None) -> datetime | None:
    """What `--now` says. Raises SettingsError."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"--now {text}: bukan tanggal dan jam; tulis seperti 2026-11-23T10:00."
        ) from None


def setup(installation: Installation) -> bool:
    with say.progress() as report, installation.alone(PATIENCE):
        report("Menyiapkan tab")
        refuse_newer_tabs(installation.workbook)
        said = installation.workbook.setup(staff_sheets(installation.schema))
        report("Menerbitkan ringkasan")
        published = republish(installation.office, installation.now)
    say.lines([*said, published.note or "Tab program sesuai dengan keadaan register."])
    if published.complete:
        say.lines(say.where_things_are(installation.settings))
        print("Berikutnya: isi tab Petugas, lalu jalankan `python -m automation doctor`.")
    return published.complete


def login(installation: Installation) -> None:
    from automation.workbooks.google.login import log_in

    file = installation.login_file
    log_in(file, say.login_page, installation.settings.workbook.timeout_seconds)
    say.lines(say.login_sentences(file))


def check(installation: Installation, as_json: bool) -> bool:
    seen = say.doubt(look(installation.office, installation.now))
    say.findings(seen, as_json=as_json)
    return not any(finding.severity == "error" for finding in seen.findings)


def status(installation: Installation, as_json: bool, explain: str | None, only_open: bool) -> None:
    seen = say.doubt(look(installation.office, installation.now))
    measures = seen.understood()
    if explain is None:
        say_status.status(measures, seen, installation.schema, as_json=as_json, only_open=only_open)
        if not as_json and installation.fixed_now is None:
            say.lines([heartbeat.pulse(installation.state).sentences])
    elif not say_status.explanation(measures, seen, installation.schema, explain):
        raise EdgeError(f"No. Register {explain} tidak ada di Buku Register; periksa nomornya.")


def foresee(installation: Installation) -> bool:
    say.intentions(*_foreseen(installation))
    return True


def _foreseen(installation: Installation) -> tuple[Plan, Sequence[Letter]]:
    """What a run would see now, and what it would mail."""
    seen = say.doubt(look(installation.office, installation.now))
    told = installation.office.mailbox.told()
    return seen, seen.letters(told)


def run_once(installation: Installation, verbose: bool = False) -> bool:
    with (
        say.progress() as report,
        installation.alone(PATIENCE),
        journal(installation.state, installation.settings.zone, verbose=verbose, aloud=verbose),
    ):
        outcome = logged_round(installation, report)
    say.lines(say.outcome_sentences(outcome))
    if not outcome.plan.doubt:
        say.lines(say.where_things_are(installation.settings))
    installation.beacon.settle()
    return outcome.complete


def watch(installation: Installation, verbose: bool) -> None:
    from automation.unattended.watching import Watch

    stop = Stop()
    with (
        installation.watched(),
        journal(installation.state, installation.settings.zone, verbose=verbose, aloud=True),
    ):
        with stoppable(stop), until_replaced(stop):
            Watch(installation, stop).keep()
        log.info("Dihentikan.")
        installation.beacon.settle()


def report(
    installation: Installation, month: str | None, year: str | None, folder: Path | None
) -> None:
    """`month` or `year` is given."""
    from automation.archive import archive  # with what writes workbooks and pages

    period = _month(month) if month else _year(year or "")
    with say.progress() as report_stage:
        report_stage("Menyusun laporan")
        done = archive(installation, period, folder)
    say.lines(say.report_sentences(done))


def _month(written: str) -> Period:
    try:
        return whole_month(datetime.strptime(written, "%Y-%m").date())
    except ValueError:
        raise SettingsError(f"--month {written}: bukan bulan; tulis seperti 2026-11.") from None


def _year(written: str) -> Period:
    try:
        return whole_year(datetime.strptime(written, "%Y").year)
    except ValueError:
        raise SettingsError(f"--year {written}: bukan tahun; tulis seperti 2026.") from None


def rollover(installation: Installation, to: str | None, dry_run: bool) -> bool:
    from automation.rollover import roll_over  # with what writes workbooks
    from automation.rollover.sentences import sentences

    alone = nullcontext() if dry_run else installation.alone(PATIENCE)
    with say.progress() as report_stage, alone:
        report_stage("Menutup tahun")
        done = roll_over(installation, to, dry_run=dry_run)
    key = "register" if installation.settings.workbook.kind == "excel" else "spreadsheet"
    say.lines(sentences(done, key, dry_run=dry_run))
    return not done.missing


def verify(folder: Path) -> bool:
    from automation.archive.manifest import verify as held_against_manifest

    verdict = held_against_manifest(folder)
    say.lines(say.verdict_sentences(folder, verdict))
    return verdict.whole


def preview(installation: Installation, folder: Path) -> None:
    from automation.mail.mailbox import composed
    from automation.mail.preview import write_preview

    seen, letters = _foreseen(installation)
    say.intentions(seen, letters)
    written, faults = composed(letters, installation.ways, installation.correspondent, seen.now)
    say.lines([*faults, *(f"Pratinjau: {page}" for page in write_preview(written, folder))])


def send_trial(installation: Installation, address: str) -> None:
    from automation.mail.trial import send_test

    print(send_test(address, installation.email, installation.correspondent, installation.now))
    say.lines(say.where_trial_went(installation.settings))


def doctor(installation: Installation, confirm_clock: bool) -> bool:
    if confirm_clock:
        believe_clock(installation)
    return _told(list(examine(installation)))


def probe(installation: Installation, address: str) -> bool:
    from automation.probing import FILE
    from automation.probing import probe as settle

    installation.put_in_order()
    with say.progress() as report:
        checks = settle(installation, address, report)
    well = _told(checks)
    print(f"Semua permintaan dan jawaban ada pada {FILE}; kirimkan berkas itu kepada pemelihara.")
    return well


def _told(checks: Sequence[Check]) -> bool:
    say.lines(f"{'baik ' if c.healthy else 'SALAH'}  {c.subject}: {c.sentence}" for c in checks)
    return all(check.healthy for check in checks)


def demo(installation: Installation, folder: Path, cases: int, seed: int) -> None:
    from automation.demo.play import play

    settings = installation.settings
    schema_folder = settings.path(settings.office.schema_folder).absolute()
    play(installation.schema, folder, cases, seed, installation.now, schema_folder)
