"""The commands for what keeps `watch` running: `service install`, `status`, `remove`.

What they do is loaded when they are carried out, as in `commands`.
"""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import typer

from automation.terminal import Command, MistypedError, new_app

if TYPE_CHECKING:
    from automation.installation import Installation
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
    from automation.unattended import heartbeat

    told = _asked(context, lambda home, program: home.status(program))
    for name, office in _installed(context)[1].items():
        pulse = heartbeat.pulse(office.state).sentences
        print(f"{name}: {pulse}" if name else pulse)
    _end(told)


@app.command(cls=Command, epilog="Contoh: sudo .venv/bin/python -m automation service remove")
def remove(context: typer.Context) -> None:
    """Menghentikan dan menghapus layanan; pengaturan, ingatan, dan arsip tetap ada."""
    _end(_asked(context, lambda home, program: home.remove(program)))


def _asked(context: typer.Context, ask: "Callable[[Home, Program], Told]") -> "Told":
    from automation.service.homes import home

    return ask(home(), _installed(context)[0])


def _installed(context: typer.Context) -> "tuple[Program, Mapping[str, Installation]]":
    """What a home is to run, and its offices by name; the only one has none."""
    from automation import tasks
    from automation.service.program import program_of, program_of_all

    config, now, office = context.obj
    if config is None or not os.path.isdir(config):  # noqa: PTH112 - unlike Path's it never raises
        only = tasks.installation(config, now, office)
        return program_of(only), {"": only}
    if office is not None:
        raise MistypedError(
            "Layanan adalah untuk semua kantor folder itu; hapus --office.", context
        )
    from automation.offices.tasks import all_of

    served = all_of(config, now, None).served
    return program_of_all(config, served.values()), served


def _end(told: "Told") -> None:
    print(told.sentence)
    raise typer.Exit(0 if told.well else 1)
