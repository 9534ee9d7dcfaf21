"""What the commands print: data on stdout, progress on stderr.

JSON is written in ASCII, so that it arrives whole on a console of any code page.
"""

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from automation.core.plan import Plan
from automation.core.reminders.notices import Letter, Notice
from automation.core.reminders.stages import STAGE
from automation.core.tabs.temuan import SEVERITY_WORDS
from automation.core.validation import counted
from automation.core.words.indonesian import (
    clock,
    long_date,
    moment,
    number,
)
from automation.cycle import Outcome
from automation.cycle import Report as Stage
from automation.settings import Settings

if TYPE_CHECKING:  # a report is written by one command only
    from automation.archive import Report
    from automation.archive.manifest import Verdict

log = logging.getLogger(__name__)

LONGEST_REST = timedelta(days=31)
SPREADSHEET = "https://docs.google.com/spreadsheets/d/{}/edit"


def lines(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(sentence)


@contextmanager
def progress() -> Iterator[Stage]:
    """Shows on stderr what is being done."""
    from rich.console import Console  # for these commands only

    console = Console(stderr=True)
    with console.status("Mulai") as status:
        yield lambda stage: status.update(f"{stage} …")


def doubt(seen: Plan) -> Plan:
    """Says on stderr what speaks against the machine's clock, or against the register; hands on
    what was seen."""
    if seen.doubt:
        print(seen.doubt, file=sys.stderr)
    if seen.successor:
        print(seen.successor.sentence, file=sys.stderr)
    return seen


def findings(seen: Plan, as_json: bool) -> None:
    if as_json:
        print(json.dumps(findings_object(seen)))
        return
    for finding in seen.findings:
        place = f"{finding.tab} {finding.cell}".strip()
        level = SEVERITY_WORDS[finding.severity]
        print(f"{level}: {place}: {finding.message} {finding.suggestion}")
    print(f"Jumlah: {findings_counted(seen)}.")


def findings_object(seen: Plan) -> dict[str, object]:
    """What `check --json` prints."""
    keys = ("number", "row", "tab", "column", "rule", "severity", "message", "suggestion")
    found = [{key: getattr(finding, key) for key in keys} for finding in seen.findings]
    return {"now": seen.now.isoformat(), "findings": found}


def findings_counted(seen: Plan) -> str:
    """ "2 kesalahan, 3 peringatan, 0 informasi"."""
    return ", ".join(
        f"{number(counted(seen.findings, key))} {word.lower()}"
        for key, word in SEVERITY_WORDS.items()
    )


def intentions(seen: Plan, letters: Sequence[Letter]) -> None:
    """What a run would send now, and why."""
    if not seen.may_write:
        print("Di luar jam kerja: tidak ada surel yang dikirim sekarang.")
    for letter in letters:
        print(f"{letter.to.way.noun} kepada {letter.to.name} <{letter.to.way.address}>:")
        for notice in letter.notices:
            print(f"  {STAGE[notice.stage].word}: {_about(notice)}")
    print(letters_counted(letters))


def letters_counted(letters: Sequence[Letter]) -> str:
    return f"{number(len(letters))} surel akan dikirim; tidak ada yang diterbitkan."


def _about(notice: Notice) -> str:
    if notice.number:
        return f"{notice.number} {notice.step}"
    if notice.report:
        return f"halaman {notice.report.words}, terlampir"
    return "angka untuk pimpinan" if notice.figures else f"{number(notice.count)} kesalahan"


def outcome_sentences(done: Outcome) -> Iterator[str]:
    """A run in a few lines."""
    if done.plan.doubt:
        yield done.plan.doubt
        return
    measures = done.plan.measures
    if measures is None:
        yield "Buku Register tidak dapat dibaca: perbaiki menurut temuan; tidak ada surel dikirim."
        yield from (f"{found.message} {found.suggestion}" for found in done.plan.findings)
    else:
        totals = measures.summary.totals
        yield (
            f"{number(totals.cases)} berkas: {number(totals.open)} terbuka, "
            f"{number(totals.overdue)} terlambat, {number(totals.finished)} selesai; "
            f"{number(sum(found.count for found in done.plan.findings))} temuan."
        )
    yield from done.plan.unreached
    delivery = done.delivery
    yield f"{number(delivery.sent)} surel dikirim, {number(delivery.waiting)} menunggu."
    yield from delivery.failed
    if done.published.note:
        yield done.published.note


def log_outcome(done: Outcome) -> None:
    level = logging.INFO if done.complete and not done.plan.unreached else logging.WARNING
    for sentence in outcome_sentences(done):
        log.log(level, sentence)


def log_look(seen: Plan) -> None:
    """What a look found that was no run: the office is closed, or the clock cannot be true."""
    if seen.doubt:
        log.warning(seen.doubt)
    elif not seen.may_write:
        log.info(next_round(seen))


def next_round(seen: Plan) -> str:
    """When the office works again, after a moment at which it does not."""
    ahead = seen.calendar.periods(seen.now, seen.now + LONGEST_REST)
    if not ahead:
        return "Di luar jam kerja; dalam sebulan ini kantor tidak buka."
    opens = ahead[0][0]
    return f"Di luar jam kerja; putaran berikutnya {long_date(opens)}, pukul {clock(opens)}."


def log_watch(settings: Settings) -> None:
    minutes = settings.watch.every_minutes
    log.info(f"Satu putaran setiap {minutes} menit pada jam kerja; hentikan dengan Ctrl-C.")
    for sentence in where_things_are(settings):
        log.info(sentence)


def login_page(address: str) -> None:
    """At once, since somebody is waited for."""
    print(
        "Buka alamat ini di peramban, masuk dengan akun Google yang dapat menyunting spreadsheet, "
        "lalu pilih Izinkan:",
        address,
        "Bila peramban itu ada di komputer lain, halaman terakhirnya gagal dimuat: salin "
        'alamatnya, lalu di komputer ini jalankan curl "ALAMAT ITU" pada terminal kedua.',
        sep="\n",
        flush=True,
    )


def login_sentences(file: Path) -> Iterator[str]:
    yield f"Login disimpan di {file}; jaga berkas itu seperti kata sandi."
    yield (
        "Aplikasi OAuth berstatus Testing melupakannya setelah tujuh hari; ubah statusnya menjadi "
        "In production, atau buat aplikasi Internal (lihat credentials/README.md)."
    )
    yield "Berikutnya: jalankan `python -m automation doctor`."


def where_things_are(settings: Settings) -> Iterator[str]:
    """What to open: the register's summary, and the mails where they are files."""
    workbook, mail = settings.workbook, settings.mail
    if workbook.kind == "excel":
        yield f"Ringkasan: {settings.path(workbook.summary)}"
    else:
        yield f"Ringkasan: {SPREADSHEET.format(workbook.spreadsheet)}"
    if mail.kind == "folder":
        yield f"Surel: berkas .eml di {settings.path(mail.folder)}"


def where_trial_went(settings: Settings) -> Iterator[str]:
    if settings.mail.kind == "folder":
        yield f"Berkasnya di {settings.path(settings.mail.folder)}; buka dengan program surel."
    else:
        yield "Periksa kotak masuk alamat itu, juga folder spamnya."


def report_sentences(done: "Report") -> Iterator[str]:
    period = done.period
    if done.cases:
        yield f"Laporan {period.words} ditulis: {done.folder} ({number(done.cases)} berkas)."
    else:
        yield (
            f"Laporan {period.words} ditulis: {done.folder}; tidak ada berkas yang diterima pada "
            f"{period.noun} itu."
        )
    yield from done.notes
    yield (
        "Berikutnya: cetak dan tanda tangani halaman PDF di dalamnya. Buku kerjanya memuat data "
        "pemohon: simpan seaman register."
    )


def verdict_sentences(folder: Path, verdict: "Verdict") -> Iterator[str]:
    found = {
        "Hilang": verdict.missing,
        "Berubah": verdict.changed,
        "Tidak terdaftar": verdict.unlisted,
    }
    for word, names in found.items():
        yield from (f"{word}: {_printable(name)}" for name in names)
    made = moment(datetime.fromisoformat(verdict.manifest.created))
    told = f"dibuat {made}, program versi {verdict.manifest.program}"
    if verdict.whole:
        yield f"{folder} utuh: {number(len(verdict.manifest.files))} berkas ({told})."
    else:
        yield f"{folder} tidak lagi seperti ketika ditulis ({told}); pulihkan dari cadangan."


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)
