"""The tables of the outbox, and the seal on each mail by which damage to its rows is seen.

A disk or a hand that changes bytes leaves a file that SQLite reads without a word. So each mail is
sealed, with its recipients and keys, in the transaction that changed it: what does not fit its seal
was written by nobody here. Triggers note what changed, so that nobody need remember to seal.
"""

import hashlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from automation.core.words.ways import EMAIL

VERSION = 1  # of the tables, in PRAGMA user_version, never raised alone; 0: before the seals
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
    steps TEXT NOT NULL,
    seal TEXT NOT NULL DEFAULT ''        -- see `seal_of`
);
CREATE INDEX IF NOT EXISTS unsent ON mail (attempts, id) WHERE message IS NOT NULL;

CREATE TABLE IF NOT EXISTS recipient (
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    place INTEGER NOT NULL,              -- 0: the mail is to them; else they had a copy
    address TEXT NOT NULL,               -- `Way` as text: no kind before it means e-mail
    name TEXT NOT NULL,
    state TEXT NOT NULL,                 -- waiting, sent, failed, withdrawn
    reason TEXT NOT NULL DEFAULT '',     -- of the last refusal
    at TEXT NOT NULL,                    -- when the state was reached
    PRIMARY KEY (mail_id, place)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS told (        -- what is said by a mail that was not withdrawn
    mailbox TEXT NOT NULL,               -- `Person.mailbox`: who, at which address
    key TEXT NOT NULL,
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    PRIMARY KEY (mailbox, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS told_by ON told (mail_id);

CREATE TABLE IF NOT EXISTS repair (      -- of a damaged file, until it was told; see `store.py`
    sentence TEXT NOT NULL
);
"""
# The kind of way of a recipient, as `Way.parse` has it.
WAY = (
    f"CASE instr(address, ':') WHEN 0 THEN '{EMAIL}'"
    " ELSE substr(address, 1, instr(address, ':') - 1) END"
)
MAIL = (
    "id",
    "message_id",
    "state",
    "attempts",
    "next_try",
    "reached",
    "sender",
    "message",
    "stages",
    "numbers",
    "steps",
)
RECIPIENT = ("mail_id", "place", "address", "name", "state", "reason", "at")
TOLD = ("mailbox", "key", "mail_id")

_CHANGED = "CREATE TEMP TABLE changed (mail_id INTEGER PRIMARY KEY);" + "".join(
    f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table}"
    f" BEGIN INSERT OR IGNORE INTO changed VALUES ({row}.{identity}); END;"
    for table, identity in (("mail", "id"), ("recipient", "mail_id"), ("told", "mail_id"))
    for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
)


class Whole(NamedTuple):
    """A mail with all that belongs to it, as rows in the order of MAIL, RECIPIENT and TOLD."""

    mail: tuple[Any, ...]
    recipients: list[tuple[Any, ...]]
    told: list[tuple[Any, ...]]
    seal: str


def create(database: sqlite3.Connection) -> None:
    """Makes the tables of a new file, if another program did not make them meanwhile."""
    database.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")


def watch(database: sqlite3.Connection) -> None:
    """Notes from now on which mails change."""
    database.execute("PRAGMA recursive_triggers = ON")
    database.executescript(_CHANGED)


def seal_changed(database: sqlite3.Connection) -> None:
    """To be called at the end of each transaction, inside it."""
    for (mail_id,) in database.execute("SELECT mail_id FROM changed").fetchall():
        for each in wholes(database, " WHERE id = ?", " WHERE mail_id = ?", (mail_id,)):
            database.execute("UPDATE mail SET seal = ? WHERE id = ?", (seal_of(each), mail_id))
    database.execute("DELETE FROM changed")


def wholes(
    database: sqlite3.Connection,
    which: str = "",
    whose: str = "",
    values: Sequence[int] = (),
    sealed: bool = True,
) -> Iterator[Whole]:
    """The mails of the file, or the one that is asked for; without seals where it has none."""
    recipients, told = defaultdict(list), defaultdict(list)
    for row in database.execute(f"SELECT {', '.join(RECIPIENT)} FROM recipient{whose}", values):
        recipients[row[0]].append(row)
    for row in database.execute(f"SELECT {', '.join(TOLD)} FROM told{whose}", values):
        told[row[2]].append(row)
    seal = "seal" if sealed else "''"
    for row in database.execute(f"SELECT {', '.join(MAIL)}, {seal} FROM mail{which}", values):
        yield Whole(row[:-1], recipients[row[0]], told[row[0]], row[-1])


def seal_of(whole: Whole) -> str:
    """The same for the same content, and for no other."""
    content = repr((whole.mail, sorted(whole.recipients), sorted(whole.told)))
    return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()


def insert(database: sqlite3.Connection, whole: Whole) -> None:
    """Writes a mail; where it contradicts what is there, what is there stays."""
    for table, columns, rows in (
        ("mail", MAIL, [whole.mail]),
        ("recipient", RECIPIENT, whole.recipients),
        ("told", TOLD, whole.told),
    ):
        marks = ", ".join("?" * len(columns))
        database.executemany(
            f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows
        )


def structure(database: sqlite3.Connection) -> set[tuple[str, str]]:
    """Names and definitions of tables and indexes, without comments and layout."""
    found = database.execute("SELECT name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL")
    return {(str(name), " ".join(re.sub(r"--[^\n]*", "", str(sql)).split())) for name, sql in found}
