"""What the commands print: data on stdout, progress on stderr.

JSON is written in ASCII, so that it arrives whole on a console of any code page.
"""

import json
import logging
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from automation.core.measures.explain import explain, python_instant
from automation.core.measures.progress import MeasuredCase
from automation.core.measures.urgency import working_order
from automation.core.plan import Measures, Plan
from automation.core.reminders.notices import Letter, Notice
from automation.core.reminders.stages import STAGE
from automation.core.schema import Schema
from automation.core.tables import rows
from automation.core.tabs.temuan import SEVERITY_WORDS
from automation.core.validation import counted
from automation.core.words.indonesian import (
    clock,
    duration,
    long_date,
    moment,
    number,
    percent,
)
from automation.core.words.statuses import OPEN, STATUS_WORDS
from automation.core.words.texts import case_number
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
    """Says on stderr what speaks against the machine's clock; hands on what was seen by it."""
    if seen.doubt:
        print(seen.doubt, file=sys.stderr)
    return seen


def findings(seen: Plan, as_json: bool) -> None:
    if as_json:
        keys = ("number", "row", "tab", "column", "rule", "severity", "message", "suggestion")
        found = [{key: getattr(finding, key) for key in keys} for finding in seen.findings]
        print(json.dumps({"now": seen.now.isoformat(), "findings": found}))
        return
    for finding in seen.findings:
        place = f"{finding.tab} {finding.cell}".strip()
        level = SEVERITY_WORDS[finding.severity]
        print(f"{level}: {place}: {finding.message} {finding.suggestion}")
    told = (
        f"{number(counted(seen.findings, key))} {word.lower()}"
        for key, word in SEVERITY_WORDS.items()
    )
    print(f"Jumlah: {', '.join(told)}.")


def status(
    measures: Measures, seen: Plan, schema: Schema, *, as_json: bool, only_open: bool
) -> None:
    """Every case, most urgent first; in JSON all of them, in the order of the Register."""
    if as_json:
        print(json.dumps(_status_object(measures, seen, schema)))
        return
    cases = _most_urgent_first(measures, schema)
    shown = [case for case in cases if case.status in OPEN or not only_open]
    _one_line_each([_status_row(case, measures, schema) for case in shown])
    totals = measures.summary.totals
    kept = "" if totals.compliance is None else f", {percent(totals.compliance)} tepat waktu"
    print(
        f"{number(totals.cases)} berkas: {number(totals.open)} terbuka, {number(totals.overdue)} "
        f"terlambat, {number(totals.finished)} selesai{kept}."
    )


def _most_urgent_first(measures: Measures, schema: Schema) -> list[MeasuredCase]:
    order = working_order(measures.progress, measures.deadlines, schema)
    return list(rows(measures.progress.cases.iloc[order], MeasuredCase))


def _status_row(case: MeasuredCase, measures: Measures, schema: Schema) -> tuple[str, ...]:
    late = f"lewat {duration(case.elapsed - case.standard)}" if case.status == "overdue" else ""
    return (
        case.reference,
        STATUS_WORDS[case.status],
        schema.sop.steps[case.step - 1].header if case.step else "",
        "" if pd.isna(case.due) else moment(case.due),
        late,
        ", ".join(holder.name for holder in measures.progress.holding(case.Index).holders),
    )


def _one_line_each(rows: Sequence[tuple[str, ...]]) -> None:
    """A row a line: whole in a pipe, and as far as it has room in a terminal."""
    table = [("No. Register", "Status", "Langkah", "Batas Waktu", "Terlambat", "Pemegang"), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        line = "  ".join(cells).rstrip()
        print(line if room is None or len(line) <= room else f"{line[: room - 1]}…")


def _status_object(measures: Measures, seen: Plan, schema: Schema) -> dict[str, object]:
    totals = measures.summary.totals
    compliance = totals.compliance
    return {
        "now": seen.now.isoformat(),
        "sop": schema.sop.number,
        "cases": [*_cases(measures, schema)],
        "summary": {
            "cases": totals.cases,
            "open": totals.open,
            "overdue": totals.overdue,
            "finished": totals.finished,
            "on_time": totals.on_time,
            "compliance": None if compliance is None else round(compliance, 3),
        },
    }


def _cases(measures: Measures, schema: Schema) -> Iterator[dict[str, object]]:
    progress = measures.progress
    standards = [step.standard_seconds for step in schema.sop.steps]
    for case, elapsed in zip(
        rows(progress.cases, MeasuredCase), progress.intervals.elapsed.tolist(), strict=True
    ):
        holders = [holder.name for holder in progress.holding(case.Index).holders]
        yield {
            "number": case.number,
            "row": case.row,
            "kind": case.kind,
            "received": _iso(case.received),
            "status": case.status,
            "step": case.step or None,
            "holders": holders if case.step else None,
            "since": _iso(case.since),
            "due": _iso(case.due),
            "elapsed_seconds": [None if value != value else int(value) for value in elapsed],
            "standard_seconds": standards,
            "total_seconds": int(case.total),
        }


def _iso(instant: pd.Timestamp) -> str | None:
    return None if pd.isna(instant) else instant.isoformat()


def explanation(measures: Measures, seen: Plan, schema: Schema, wanted: str) -> bool:
    """How each figure of one case came about; False where the register has no such case."""
    cases = measures.progress.cases
    number_wanted = case_number(wanted, schema.sop.case_number.fits)
    found = cases.index[cases["number"] == number_wanted]
    for index in found:
        _explain_case(measures, seen, schema, int(index))
    return len(found) > 0


def _explain_case(measures: Measures, seen: Plan, schema: Schema, index: int) -> None:
    progress = measures.progress
    case = next(rows(progress.cases.loc[[index]], MeasuredCase))
    intervals, spans = progress.intervals, progress.pauses.spans(index)
    received = "tidak diketahui" if pd.isna(case.received) else moment(case.received)
    kind = case.kind or "jenis belum dikenali"
    print(f"{case.reference} ({kind}), baris {case.row}: {STATUS_WORDS[case.status]}")
    print(f"Diterima {received}")
    for place, step in enumerate(schema.sop.steps):
        elapsed, standard = intervals.elapsed[index, place], intervals.standard[index, place]
        if intervals.unmeasurable[index, place]:
            print(f"{step.header}: tidak dapat diukur; lihat temuan pada berkas ini.")
        elif not np.isnan(elapsed):
            start = python_instant(intervals.starts[index, place])
            end = python_instant(intervals.ends[index, place])
            over = f" — terlambat {duration(elapsed - standard)}" if elapsed > standard else ""
            print(
                f"{step.header}: {explain(seen.snapshot.hours, start, end, spans, standard)}{over}"
            )
        elif step.number == case.step and not pd.isna(case.since):
            since = case.since.to_pydatetime()
            told = explain(seen.snapshot.hours, since, seen.now, spans, case.standard)
            due = "belum diketahui" if pd.isna(case.due) else moment(case.due)
            print(f"{step.header} (sekarang): {told}; batas waktu {due}")
        elif step.optional:
            print(f"{step.header}: tidak wajib, belum dikerjakan.")
        elif not case.step or step.number < case.step:
            print(f"{step.header}: dilewati; waktunya dihitung pada langkah berikut yang terisi.")
    print(f"Jumlah langkah yang diukur: {duration(case.total)} kerja")


def intentions(seen: Plan, letters: Sequence[Letter]) -> None:
    """What a run would send now, and why."""
    if not seen.may_write:
        print("Di luar jam kerja: tidak ada surel yang dikirim sekarang.")
    for letter in letters:
        print(f"{letter.to.way.noun} kepada {letter.to.name} <{letter.to.way.address}>:")
        for notice in letter.notices:
            print(f"  {STAGE[notice.stage].word}: {_about(notice)}")
    print(f"{number(len(letters))} surel akan dikirim; tidak ada yang diterbitkan.")


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
