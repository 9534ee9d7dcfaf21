"""The outbox as versions 1.x of the program left it, carried over to the tables of today.

In the first ones mails had no seal, and told was whoever is behind an address; later a mail was
sealed, and only then was told a person. What of it cannot be believed is left out, and told, so
that the rest is had from the tab Pengingat.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from automation.core.reminders.notices import mailbox_of
from automation.mail import tables
from automation.mail.store import BUSY_SECONDS, FILE_NAME, explained, means_damage
from automation.mail.tables import Whole


def carry_over(folder: Path) -> None:
    """All of it in one transaction, or nothing. An outbox of today, and one that SQLite cannot
    read, stay as they are: the store sees to them. Raises OutboxError."""
    path = folder / FILE_NAME
    if not path.is_file():
        return
    with explained(path), closing(_connected(path)) as database:
        try:
            if "address" not in _columns(database, "told"):
                return
            database.execute("BEGIN IMMEDIATE")
            _write_anew(database, path)
            database.execute("COMMIT")
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if isinstance(error, sqlite3.OperationalError) and not means_damage(error, path):
                raise


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    return database


def _columns(database: sqlite3.Connection, table: str) -> set[str]:
    return {name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")}


def _write_anew(database: sqlite3.Connection, path: Path) -> None:
    database.execute("ALTER TABLE told RENAME COLUMN address TO mailbox")
    sealed = "seal" in _columns(database, "mail")
    found = list(tables.wholes(database, sealed=sealed))
    sound = [each for each in found if _is_sound(each, sealed)]
    for table in ("told", "recipient", "mail", "repair"):
        database.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _statements():
        database.execute(statement)
    for each in map(_to_persons, sound):
        tables.insert(database, each)
        database.execute(
            "UPDATE mail SET seal = ? WHERE id = ?", (tables.seal_of(each), each.mail[0])
        )
    if len(sound) < len(found):
        database.execute(
            "INSERT INTO repair VALUES (?)",
            (
                f"Kotak keluar {path} memuat {len(found) - len(sound)} surel yang rusak; yang utuh "
                "dipertahankan, dan selebihnya dipulihkan dari tab Pengingat.",
            ),
        )
    database.execute(f"PRAGMA user_version = {tables.VERSION}")


def _statements() -> Iterator[str]:
    """That make the tables of today."""
    with closing(sqlite3.connect(":memory:")) as database:
        tables.create(database)
        for (statement,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"):
            yield statement


def _is_sound(whole: Whole, sealed: bool) -> bool:
    return tables.seal_of(whole) == whole.seal if sealed else _is_thinkable(whole)


def _is_thinkable(whole: Whole) -> bool:
    """Whether the program can have written an unsealed mail."""
    state, attempts, next_try = whole.mail[2:5]
    try:
        for text in (next_try, *(at for *_, at in whole.recipients)):
            datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return False
    texts = (*whole.mail[8:], *(text for row in whole.recipients for text in row[2:]))
    return (
        isinstance(attempts, int)
        and all(isinstance(text, str) for text in texts)
        and state in ("queued", "sending", "deferred", "closed", "withdrawn")
        and {row[4] for row in whole.recipients} <= {"waiting", "sent", "failed", "withdrawn"}
        and all(isinstance(key, str) for _, key, _ in whole.told)
    )


def _to_persons(whole: Whole) -> Whole:
    """The same, told to whom it is to: who had a copy was told nothing of their own."""
    named = {address: name for _, place, address, name, *_ in whole.recipients if place == 0}
    told = [
        (mailbox_of(named.get(address, ""), address), key, mail)
        for address, key, mail in whole.told
    ]
    return whole._replace(told=told)
