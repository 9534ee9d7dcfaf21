"""The outbox's file: its tables, how it is opened, and what happens when it is damaged.

WAL with synchronous=FULL: a transaction that has returned is on the disk, power cut or not. With
NORMAL the last ones could be undone by a power cut, and mails that were sent be sent again.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from automation.core.edges import EdgeError

FILE_NAME = "outbox.sqlite3"
BUSY_SECONDS = 30.0

TABLES = """
CREATE TABLE IF NOT EXISTS mail (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,                 -- queued, sending, deferred, closed, withdrawn
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT NOT NULL,
    reached INTEGER NOT NULL DEFAULT 0,  -- 1: somebody has it, or may have it
    sender TEXT NOT NULL DEFAULT '',
    message BLOB,                        -- NULL once it will not be sent any more
    stages TEXT NOT NULL,                -- this and the next two as the tab Pengingat shows them
    numbers TEXT NOT NULL,
    steps TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS unsent ON mail (attempts, id) WHERE message IS NOT NULL;

CREATE TABLE IF NOT EXISTS recipient (
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    place INTEGER NOT NULL,              -- 0: the mail is to them; else they have a copy
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,                 -- waiting, sent, failed, withdrawn
    reason TEXT NOT NULL DEFAULT '',     -- of the last refusal
    at TEXT NOT NULL,                    -- when the state was reached
    PRIMARY KEY (mail_id, place)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS told (        -- what is said by a mail that was not withdrawn
    address TEXT NOT NULL,
    key TEXT NOT NULL,
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    PRIMARY KEY (address, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS told_by ON told (mail_id);
"""


class OutboxError(EdgeError):
    """The outbox cannot be used now. The message is one Indonesian sentence."""


class Store:
    """An open outbox file. `repaired` says, in Indonesian, that a damaged one was set aside."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self.repaired = ""
        with self._explained(sqlite3.DatabaseError, OSError):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                self.connection = _opened(self.path)
            except _DamagedError:
                aside = _set_aside(self.path)
                self.repaired = (
                    f"Kotak keluar {self.path} rusak. Berkas itu disisihkan sebagai {aside.name},"
                    " dan isinya dipulihkan dari tab Pengingat."
                )
                self.connection = _opened(self.path)

    def close(self) -> None:
        self.connection.close()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, as tuples."""
        with self._explained(sqlite3.DatabaseError):
            return self.connection.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing, and nobody else writes meanwhile."""
        with self._explained(sqlite3.DatabaseError):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                if self.connection.in_transaction:  # a full disk has ended it already
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    @contextmanager
    def _explained(self, *faults: type[Exception]) -> Iterator[None]:
        try:
            yield
        except faults as error:
            raise OutboxError(
                f"Kotak keluar {self.path} tidak dapat dipakai ({error})."
                " Periksa ruang disk dan hak tulis pada folder itu."
            ) from error


class _DamagedError(Exception):
    pass


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(TABLES)
        with closing(connection.execute("PRAGMA quick_check(1)")) as check:
            if check.fetchone() != ("ok",):
                raise _DamagedError
    except sqlite3.OperationalError:  # locked, full, not permitted: the file itself may be sound
        connection.close()
        raise
    except (sqlite3.DatabaseError, _DamagedError):
        connection.close()
        raise _DamagedError from None
    return connection


def _set_aside(path: Path) -> Path:
    """Renames the damaged file, with its journal, to the first free name."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-rusak-{number}{path.suffix}")).exists():
        number += 1
    for ending in ("-wal", "-shm"):
        journal = Path(f"{path}{ending}")
        if journal.exists():
            journal.replace(f"{aside}{ending}")
    return path.replace(aside)
