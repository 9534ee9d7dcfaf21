"""Runs the mail part of a cycle in processes that can be killed.

`python -m tests.mail_driver FOLDER PORT` does a run that is killed at its first write, then a whole
one; then, with other letters, one that is killed at its second write; and so on, until a run ends
before its turn to be killed. Each run is a forked child, so that nothing is imported twice. Prints
how many runs were killed.

`python -m tests.mail_driver FOLDER PORT race` sends LETTERS letters, if another program that does
the same leaves any.
"""

import os
import signal
import smtplib
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from automation.core.reminders.notices import Letter
from automation.core.words.ways import EMAIL
from automation.mail import store
from automation.mail.deliver import deliver
from automation.mail.login import SmtpSettings
from automation.mail.outbox import Outbox
from automation.mail.smtp import Smtp
from automation.mail.store import OutboxError
from tests.mail_letters import NOW, letter, mail, notice, pairs

LETTERS = 2
RACING_LETTERS = 40


def letters(attempt: int, count: int = LETTERS) -> list[Letter]:
    """Letters about cases that are named after the attempt and nobody else's."""
    return [letter(notice(f"{attempt}-{place}")) for place in range(count)]


def run(folder: Path, port: int, wanted: Sequence[Letter], hours: int = 0) -> None:
    """What the cycle does: settle, decide what was not told yet, queue, deliver."""
    now = NOW + timedelta(hours=hours)
    with Outbox(folder) as outbox:
        outbox.settle(pairs(*wanted), now)
        told = outbox.told().notices
        outbox.queue((mail(each, now) for each in wanted if not pairs(each) & set(told)), now)
        deliver(outbox, {EMAIL: Smtp(SmtpSettings("127.0.0.1", port, "none"))}, now)


def die_at(write: int) -> None:
    """Kills this process before its `write`-th statement of SQL or word to or from the server. To
    be killed before what only reads is to be killed before the next write."""
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == write:
            os.kill(os.getpid(), signal.SIGKILL)

    def count_writes(statement: str) -> None:
        if not statement.startswith(("--", "SELECT", "PRAGMA", "CREATE TEMP")):
            count()

    connect = sqlite3.connect

    def traced_connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(count_writes)
        return connection

    store.sqlite3.connect = traced_connect
    for name in ("send", "getreply"):
        setattr(smtplib.SMTP, name, counted(getattr(smtplib.SMTP, name), count))


def counted(method: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        count()
        result = method(*arguments)
        count()
        return result

    return call


def forked(action: Callable[[], None]) -> int:
    """Runs `action` in a child; its exit status, negative for the signal that killed it."""
    child = os.fork()
    if not child:
        try:
            action()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at_every_write(folder: Path, port: int) -> int:
    mail(letter())  # so that no child need compile the templates
    write = 0
    status = -signal.SIGKILL
    while status == -signal.SIGKILL:
        write += 1
        here, wanted = folder / str(write), letters(write)
        status = forked(lambda: (die_at(write), run(here, port, wanted)))  # noqa: B023
        assert status in (0, -signal.SIGKILL), status
        assert forked(lambda: run(here, port, wanted, hours=1)) == 0  # noqa: B023
    return write - 1


def race(folder: Path, port: int) -> None:
    wanted = letters(0, RACING_LETTERS)
    for _ in range(20):
        try:
            run(folder, port, wanted)
        except OutboxError:
            time.sleep(0.01)


if __name__ == "__main__":
    place, server = Path(sys.argv[1]), int(sys.argv[2])
    if sys.argv[3:] == ["race"]:
        race(place, server)
    else:
        print(kill_at_every_write(place, server))
