"""The command line: chooses the edges, wires them to the cycle, says what came of it."""

import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from automation import say
from automation.archive import archive
from automation.core.edges import EdgeError
from automation.core.notices import Letter
from automation.core.plan import Figures, Plan
from automation.core.staff_tabs import staff_sheets
from automation.cycle import look, republish, run
from automation.demo.play import play
from automation.doctor import believe_clock, examine
from automation.installation import Installation
from automation.mail.mailbox import composed
from automation.mail.preview import write_preview
from automation.mail.trial import send_test
from automation.mishap import mishap
from automation.scheduler import Shift
from automation.scheduler import watch as keep_watch
from automation.settings import SettingsError, load_settings

app = typer.Typer(
    help="Menjaga janji waktu layanan: memeriksa register, menghitung waktu kerja, mengingatkan.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

OFFICE_OPTIONS = {"--config": "credentials/settings.toml", "--now": "2026-11-23T10:00"}

Json = Annotated[bool, typer.Option("--json", help="Cetak sebagai JSON.")]


@app.callback()
def _installation(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(readable=False, help="Berkas pengaturan (TOML).")
    ] = None,
    now: Annotated[
        str | None, typer.Option(help="Waktu yang dianggap sekarang, contoh 2026-11-23T10:00.")
    ] = None,
) -> None:
    settings = load_settings(config)
    context.obj = Installation.of(settings, _instant(now))


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"--now {text}: bukan tanggal dan jam; tulis seperti 2026-11-23T10:00."
        ) from None


@app.command(epilog="Contoh: python -m automation setup")
def setup(context: typer.Context) -> None:
    """Membuat atau memperbaiki tab, atau menyebut apa yang kurang; isian staf tidak diubah."""
    installation: Installation = context.obj
    with installation.alone(), say.progress() as report:
        report("Menyiapkan tab")
        said = installation.workbook.setup(staff_sheets(installation.schema))
        report("Menerbitkan ringkasan")
        published = republish(installation.office, installation.now)
    say.lines([*said, published.note or "Tab program sesuai dengan keadaan register."])
    raise typer.Exit(not published.complete)


@app.command(epilog="Contoh: python -m automation check --json")
def check(context: typer.Context, json: Json = False) -> None:
    """Menampilkan temuan; kode keluar 1 bila ada kesalahan."""
    seen = say.doubt(look(context.obj.office, context.obj.now))
    say.findings(seen, as_json=json)
    raise typer.Exit(any(finding.severity == "error" for finding in seen.findings))


@app.command(epilog="Contoh: python -m automation status --explain 0042/ADU/XI/2026")
def status(
    context: typer.Context,
    json: Json = False,
    explain: Annotated[
        str | None, typer.Option(metavar="NOMOR", help="Uraikan hitungan satu berkas.")
    ] = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="Hanya berkas yang masih terbuka.")
    ] = False,
) -> None:
    """Mengukur setiap berkas terhadap mutu baku, tanpa mengubah apa pun."""
    installation: Installation = context.obj
    seen = say.doubt(look(installation.office, installation.now))
    figures = _figures(seen)
    if explain is None:
        say.status(figures, seen, installation.schema, as_json=json, only_open=only_open)
    elif not say.explanation(figures, seen, installation.schema, explain):
        raise EdgeError(f"No. Register {explain} tidak ada di Buku Register; periksa nomornya.")


def _figures(seen: Plan) -> Figures:
    if seen.figures is None:
        first = next(found for found in seen.findings if found.severity == "error")
        raise EdgeError(f"Buku Register tidak dapat dibaca: {first.message} {first.suggestion}")
    return seen.figures


@app.command("run", epilog="Contoh: python -m automation run --dry-run")
def run_once(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Hanya menyebut apa yang akan dilakukan.")
    ] = False,
) -> None:
    """Satu putaran: baca, periksa, ukur, ingatkan, terbitkan."""
    installation: Installation = context.obj
    if dry_run:
        say.intentions(*_foreseen(installation))
        return
    with installation.alone(), say.progress() as report:
        outcome = run(installation.office, installation.now, report)
    say.lines(say.outcome_sentences(outcome))
    raise typer.Exit(not outcome.complete)


@app.command(epilog="Contoh: python -m automation --config credentials/settings.toml watch")
def watch(context: typer.Context) -> None:
    """Menjalankan putaran berkala pada jam kerja sampai dihentikan (Ctrl-C atau SIGTERM)."""
    installation: Installation = context.obj
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    office = installation.office

    def run_and_say() -> Plan:
        outcome = run(office, installation.now)
        say.log_outcome(outcome)
        return outcome.plan

    def look_and_say() -> Plan:
        seen = look(office, installation.now)
        say.log_doubt(seen)
        return seen

    shift = Shift(run_and_say, look_and_say, lambda: installation.now)
    with installation.alone():
        keep_watch(shift, installation.settings.watch.every_minutes)


@app.command(epilog="Contoh: python -m automation report --month 2026-11 --out arsip")
def report(
    context: typer.Context,
    month: Annotated[str, typer.Option(help="Bulan penerimaan, contoh 2026-11.")],
    out: Annotated[Path, typer.Option(readable=False, help="Folder untuk laporan.")] = Path(),
) -> None:
    """Menulis laporan satu bulan: berkas yang diterima pada bulan itu."""
    try:
        first = datetime.strptime(month, "%Y-%m").date()
    except ValueError:
        raise SettingsError(f"--month {month}: bukan bulan; tulis seperti 2026-11.") from None
    print(f"Laporan ditulis: {archive(context.obj, first, out)}")


@app.command(epilog="Contoh: python -m automation mail --preview pratinjau")
def mail(
    context: typer.Context,
    preview: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", readable=False, help="Tulis surel yang akan dikirim sekarang."
        ),
    ] = None,
    test: Annotated[
        str | None, typer.Option(metavar="ALAMAT", help="Kirim satu surel uji.")
    ] = None,
) -> None:
    """Memperlihatkan surel yang akan dikirim sekarang, atau mengirim satu surel uji."""
    installation: Installation = context.obj
    if (preview is None) == (test is None):
        raise SettingsError("mail: pakai --preview FOLDER atau --test ALAMAT.")
    correspondent, now = installation.correspondent, installation.now
    if test is not None:
        print(send_test(test, installation.email, correspondent, now))
    elif preview is not None:
        seen, letters = _foreseen(installation)
        say.intentions(seen, letters)
        written, faults = composed(letters, installation.ways, correspondent, now)
        say.lines([*faults, *(f"Pratinjau: {page}" for page in write_preview(written, preview))])


def _foreseen(installation: Installation) -> tuple[Plan, Sequence[Letter]]:
    """What a run would see now, and what it would mail."""
    seen = say.doubt(look(installation.office, installation.now))
    told = installation.office.mailbox.told()
    return seen, seen.letters(installation.schema, told)


@app.command(epilog="Contoh: python -m automation doctor")
def doctor(
    context: typer.Context,
    confirm_clock: Annotated[
        bool,
        typer.Option("--confirm-clock", help="Jam komputer ini benar; percayai mulai sekarang."),
    ] = False,
) -> None:
    """Memeriksa pengaturan, register, surel, kalender, dan jam; menyebut apa yang kurang."""
    if confirm_clock:
        believe_clock(context.obj)
    checks = list(examine(context.obj))
    say.lines(f"{'baik ' if c.healthy else 'SALAH'}  {c.subject}: {c.sentence}" for c in checks)
    raise typer.Exit(not all(check.healthy for check in checks))


@app.command(epilog="Contoh: python -m automation demo --cases 40 --seed 7")
def demo(
    context: typer.Context,
    dir: Annotated[Path, typer.Option(readable=False, help="Folder untuk contoh ini.")] = Path(
        "demo"
    ),
    cases: Annotated[int, typer.Option(min=1, max=20000, help="Banyaknya berkas.")] = 40,
    seed: Annotated[int, typer.Option(help="Angka awal; angka sama, contoh sama.")] = 1,
) -> None:
    """Memainkan satu pagi kantor pada register contoh, dan menyebut apa yang dapat dibuka."""
    installation: Installation = context.obj
    play(installation.schema, dir, cases, seed, installation.now)


def office_first(arguments: Sequence[str]) -> list[str]:
    """`--config` and `--now` in front of the command, wherever they were typed."""
    moved, rest, coming = [], [], iter(arguments)
    for each in coming:
        name, equals, _ = each.partition("=")
        if name not in OFFICE_OPTIONS:
            rest.append(each)
            continue
        value = [] if equals else [*islice(coming, 1)]
        if not equals and not value:
            raise SettingsError(
                f"{name}: isinya belum ditulis; contoh {name} {OFFICE_OPTIONS[name]}."
            )
        moved += [each, *value]
    return [*moved, *rest]


def main() -> None:
    """Runs the command line; what goes wrong becomes one sentence and exit code 2."""
    say.on_any_console()
    try:
        app(office_first(sys.argv[1:]))
    except (SettingsError, EdgeError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        print(mishap(error), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
