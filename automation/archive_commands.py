"""The commands for what an office keeps: the reports of months and years, and the year's close.

What they do is loaded when they are carried out, as in `commands`.
"""

from pathlib import Path
from typing import Annotated

import typer

from automation.terminal import MistypedError


def report(
    context: typer.Context,
    month: Annotated[
        str | None, typer.Option(metavar="BULAN", help="Bulan penerimaan, contoh 2026-11.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(metavar="TAHUN", help="Tahun penerimaan, contoh 2026.")
    ] = None,
    verify: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", readable=False, help="Periksa folder sebuah laporan; 1 bila berubah."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            readable=False,
            help="Tempat folder laporan; bawaannya menurut pengaturan.",
        ),
    ] = None,
) -> None:
    """Menulis laporan satu bulan atau satu tahun untuk arsip, atau memeriksa yang sudah ada."""
    from automation import tasks

    if [month, year, verify].count(None) != 2 or (verify and out):
        raise MistypedError(
            "Pakai salah satu: --month BULAN, --year TAHUN, atau --verify FOLDER.", context
        )
    if verify:
        raise typer.Exit(not tasks.verify(verify))
    tasks.report(tasks.installation(*context.obj), month, year, out)


def rollover(
    context: typer.Context,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="BUKU",
            help="Buku register baru: berkas Excel yang belum ada, atau alamat spreadsheet "
            "kosong di Google.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Hanya menyebut apa yang akan dilakukan.")
    ] = False,
) -> None:
    """Menutup tahun yang lalu: berkas terbuka ke buku register baru, buku lama ke arsip."""
    from automation import tasks

    raise typer.Exit(not tasks.rollover(tasks.installation(*context.obj), to, dry_run))
