"""The line for cron: `run` every five minutes, for machines that have nothing else."""

import shlex

from automation.service.program import Program


def line(program: Program) -> str:
    """A line of a crontab, in which an unmasked "%" would end the command."""
    command = shlex.join((str(program.python), *program.arguments("run")))
    folder = shlex.quote(str(program.folder))
    return f"*/5 * * * * cd {folder} && {command} >/dev/null 2>&1".replace("%", "\\%")
