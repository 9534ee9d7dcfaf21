"""The commands for what keeps `watch` running: `service install`, `status`, `remove`.

What they do is loaded when they are carried out, as in `commands`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from automation.terminal import Command, new_app

if TYPE_CHECKING:
    from automation.service.homes import Home, Told
    from automation.service.program import Program

app = new_app("Menitipkan `watch` kepada systemd atau Task Scheduler, agar hidup bersama komputer.")


@app.command(cls=Command, epilog="Contoh: sudo .venv/bin/python -m automation service install")
def install(context: typer.Context) -> None:
    """Memasang atau memperbarui layanan, dan menjalankannya."""
    _end(_asked(context, lambda home, program: home.install(program)))


@app.command(cls=Command, epilog="Contoh: python -m automation service status")
def status(context: typer.Context) -> None:
    """Menyebut apakah layanan berjalan, dan putaran terakhirnya; 1 bila tidak berjalan."""
    from automation import tasks
    from automation.unattended import heartbeat

    told = _asked(context, lambda home, program: home.status(program))
    print(heartbeat.pulse(tasks.installation(*context.obj).state).sentences)
    _end(told)


@app.command(cls=Command, epilog="Contoh: sudo .venv/bin/python -m automation service remove")
def remove(context: typer.Context) -> None:
    """Menghentikan dan menghapus layanan; pengaturan, ingatan, dan arsip tetap ada."""
    _end(_asked(context, lambda home, program: home.remove(program)))


def _asked(context: typer.Context, ask: "Callable[[Home, Program], Told]") -> "Told":
    from automation import tasks
    from automation.service.homes import home
    from automation.service.program import program_of

    return ask(home(), program_of(tasks.installation(*context.obj)))


def _end(told: "Told") -> None:
    print(told.sentence)
    raise typer.Exit(0 if told.well else 1)
