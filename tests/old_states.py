"""What programs of the first days left behind."""

import sqlite3
from contextlib import closing
from pathlib import Path

from automation.mail.store import FILE_NAME
from tests.offices import ROOT

VERSIONS = ROOT / "tests" / "data" / "versions"
MARK = "versi.json"


def old_outbox(state: Path, name: str, *statements: str) -> None:
    """The outbox that a program of that time has written."""
    state.mkdir(exist_ok=True)
    with closing(sqlite3.connect(state / FILE_NAME)) as database:
        database.executescript((VERSIONS / f"outbox-{name}.sql").read_text("utf-8"))
        for statement in statements:
            database.execute(statement)
        database.commit()


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".lock"
    }
