"""The commands for a folder of facts: `schema check`, `schema new`.

What they do is loaded when they are carried out, as in `commands`.
"""

from pathlib import Path
from typing import Annotated

import typer

from automation.terminal import Command, new_app

app = new_app("Memeriksa folder skema kantor, atau membuat yang baru.")

Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", readable=False, help="Folder skema, contoh skema_kantor."),
]


@app.command(cls=Command, epilog="Contoh: python -m automation schema check skema_kantor")
def check(folder: Folder) -> None:
    """Menyebut semua yang keliru dalam folder skema; bila sah, SOP-nya dicetak sebagai tabel."""
    from automation.schema_check import check as checked

    checked(folder)


@app.command(cls=Command, epilog="Contoh: python -m automation schema new skema_kantor")
def new(folder: Folder) -> None:
    """Membuat folder skema baru dari beberapa pertanyaan; berkas yang ada tidak ditimpa."""
    from automation.schema_new import new as asked

    asked(folder)
