"""The commands, their options and their help: what they do is in `tasks`.

`tasks` takes half a second to load, with all that tables need. A help page or a mistyped line
needs none of that, so it is loaded by the command that is carried out.
"""

import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from automation import VERSION, archive_commands, schema_commands, service_commands
from automation.terminal import Command, MistypedError, new_app

app = new_app(
    "Menjaga janji waktu layanan: memeriksa register, menghitung waktu kerja, mengingatkan."
)

app.add_typer(schema_commands.app, name="schema")
app.add_typer(service_commands.app, name="service")

OFFICE_OPTIONS = {
    "--config": "credentials/settings.toml",
    "--now": "2026-11-23T10:00",
    "--office": "bantul",
}

Verbose = Annotated[
    bool, typer.Option("--verbose", help="Catat juga setiap tahap, di layar dan di catatan.log.")
]
Json = Annotated[bool, typer.Option("--json", help="Cetak sebagai JSON.")]


def _print_version(asked: bool) -> None:
    if asked:
        print(f"automation {VERSION}")
        raise typer.Exit


def _end(*, well: bool) -> None:
    raise typer.Exit(0 if well else 1)


@app.callback()
def _office(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="BERKAS",
            readable=False,
            help="Berkas pengaturan (TOML), atau folder dengan satu berkas untuk setiap kantor.",
        ),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(
            metavar="WAKTU", help="Waktu yang dianggap sekarang, contoh 2026-11-23T10:00."
        ),
    ] = None,
    office: Annotated[
        str | None, typer.Option(metavar="NAMA", help="Satu kantor dari folder pengaturan.")
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Tampilkan versi program."
        ),
    ] = False,
) -> None:
    context.obj = config, now, office


def _several(context: typer.Context) -> bool:
    """Whether the command is for all offices of a folder."""
    config, _, office = context.obj
    return config is not None and os.path.isdir(config) and office is None  # noqa: PTH112 - unlike Path's it never raises


@app.command(cls=Command, epilog="Contoh: python -m automation setup")
def setup(context: typer.Context) -> None:
    """Membuat atau memperbaiki tab, atau menyebut apa yang kurang; isian staf tidak diubah."""
    from automation import tasks

    _end(well=tasks.setup(tasks.installation(*context.obj)))


@app.command(
    cls=Command, epilog="Contoh: python -m automation --config credentials/settings.toml login"
)
def login(context: typer.Context) -> None:
    """Masuk ke Google sekali lewat peramban, sebagai ganti kunci akun layanan."""
    from automation import tasks

    tasks.login(tasks.installation(*context.obj))


@app.command(cls=Command, epilog="Contoh: python -m automation check --json")
def check(context: typer.Context, json: Json = False) -> None:
    """Menampilkan temuan; kode keluar 1 bila ada kesalahan."""
    from automation import tasks

    if _several(context):
        from automation.offices import tasks as offices

        _end(well=offices.check(offices.all_of(*context.obj), json))
    _end(well=tasks.check(tasks.installation(*context.obj), json))


@app.command(cls=Command, epilog="Contoh: python -m automation status --explain 0042/ADU/XI/2026")
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
    from automation import tasks

    if _several(context) and explain is None and not only_open:
        from automation.offices import tasks as offices

        _end(well=offices.status(offices.all_of(*context.obj), json))
    tasks.status(tasks.installation(*context.obj), json, explain, only_open)


@app.command("run", cls=Command, epilog="Contoh: python -m automation run --dry-run")
def run_once(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Hanya menyebut apa yang akan dilakukan.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Satu putaran: baca, periksa, ukur, ingatkan, terbitkan."""
    from automation import tasks

    if _several(context):
        from automation.offices import tasks as offices

        mine = offices.share_of(*context.obj)
        _end(well=offices.foresee(mine) if dry_run else offices.run_once(mine, verbose))
    office = tasks.installation(*context.obj)
    _end(well=tasks.foresee(office) if dry_run else tasks.run_once(office, verbose))


@app.command(
    cls=Command, epilog="Contoh: python -m automation --config credentials/settings.toml watch"
)
def watch(context: typer.Context, verbose: Verbose = False) -> None:
    """Menjalankan putaran berkala pada jam kerja sampai dihentikan (Ctrl-C atau SIGTERM)."""
    from automation import tasks

    if _several(context):
        from automation.offices import tasks as offices

        offices.watch(*context.obj, verbose=verbose)
    else:
        tasks.watch(tasks.installation(*context.obj), verbose)


app.command(cls=Command, epilog="Contoh: python -m automation report --month 2026-11 --out arsip")(
    archive_commands.report
)
app.command(cls=Command, epilog="Contoh: python -m automation rollover --dry-run")(
    archive_commands.rollover
)


@app.command(cls=Command, epilog="Contoh: python -m automation mail --preview pratinjau")
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
    from automation import tasks

    if preview is not None and test is None:
        tasks.preview(tasks.installation(*context.obj), preview)
    elif test is not None and preview is None:
        tasks.send_trial(tasks.installation(*context.obj), test)
    else:
        raise MistypedError("Pakai salah satu: --preview FOLDER atau --test ALAMAT.", context)


@app.command(cls=Command, epilog="Contoh: python -m automation doctor")
def doctor(
    context: typer.Context,
    confirm_clock: Annotated[
        bool,
        typer.Option("--confirm-clock", help="Jam komputer ini benar; percayai mulai sekarang."),
    ] = False,
    probe: Annotated[
        str | None,
        typer.Option(
            metavar="SPREADSHEET",
            help="Cari tahu perilaku Google pada spreadsheet kosong ini; hasilnya probe.json.",
        ),
    ] = None,
) -> None:
    """Memeriksa pengaturan, register, surel, kalender, dan jam; menyebut apa yang kurang."""
    from automation import tasks

    if probe is not None and confirm_clock:
        raise MistypedError("Pakai salah satu: --probe SPREADSHEET atau --confirm-clock.", context)
    if _several(context) and probe is None and not confirm_clock:
        from automation.offices import tasks as offices

        _end(well=offices.doctor(offices.all_of(*context.obj)))
    office = tasks.installation(*context.obj)
    _end(well=tasks.doctor(office, confirm_clock) if probe is None else tasks.probe(office, probe))


@app.command(cls=Command, epilog="Contoh: python -m automation demo --cases 40 --seed 7")
def demo(
    context: typer.Context,
    dir: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER", readable=False, help="Folder untuk contoh ini; bawaannya demo."
        ),
    ] = Path("demo"),
    cases: Annotated[
        int,
        typer.Option(
            metavar="JUMLAH",
            min=1,
            max=20000,
            help="Banyaknya berkas, 1 sampai 20000; bawaannya 40.",
        ),
    ] = 40,
    seed: Annotated[
        int,
        typer.Option(metavar="ANGKA", help="Bilangan bulat: angka sama, contoh sama; bawaannya 1."),
    ] = 1,
) -> None:
    """Memainkan satu pagi kantor pada register contoh, dan menyebut apa yang dapat dibuka."""
    from automation import tasks

    tasks.demo(tasks.installation(*context.obj), dir, cases, seed)


def office_first(arguments: Sequence[str]) -> list[str]:
    """`--config`, `--now` and `--office` in front of the command, wherever they were typed."""
    moved, rest, coming = [], [], iter(arguments)
    for each in coming:
        name, equals, _ = each.partition("=")
        if name not in OFFICE_OPTIONS:
            rest.append(each)
            continue
        value = [] if equals else [*islice(coming, 1)]
        if not equals and not value:
            raise MistypedError(
                f"{name}: isinya belum ditulis; contoh {name} {OFFICE_OPTIONS[name]}."
            )
        moved += [each, *value]
    return [*moved, *rest]
