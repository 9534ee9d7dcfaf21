"""The outbox's file: how it is opened, what in it is believed, and what becomes of a damaged one.

WAL with synchronous=FULL: a transaction that has returned is on the disk, power cut or not. With
NORMAL the last ones could be undone by a power cut, and mails that were sent be sent again.

At each opening every mail is held against its seal. If anything is wrong, the file is set aside as
it is, and a new one takes its place with the mails that are whole; `repairs` then say so, and as
long as they do, the rest is to be had from the tab Pengingat (`pengingat.restore`).
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from automation.core.edges import EdgeError
from automation.mail import tables
from automation.mail.tables import Whole

FILE_NAME = "outbox.sqlite3"
BUSY_SECONDS = 30.0
NEWEST_THINKABLE = 1_000  # a version beyond is no version, but damage

_WHY = {
    sqlite3.SQLITE_FULL: "ruang disk habis; kosongkan sebagian",
    sqlite3.SQLITE_READONLY: "berkas hanya dapat dibaca; beri program hak tulis",
    sqlite3.SQLITE_PERM: "tidak ada izin; beri program hak tulis",
    sqlite3.SQLITE_CANTOPEN: "berkas tidak dapat dibuka; periksa hak atas folder itu",
    sqlite3.SQLITE_BUSY: "sedang dipakai program lain; tunggu sampai selesai",
    sqlite3.SQLITE_LOCKED: "sedang dipakai program lain; tunggu sampai selesai",
    sqlite3.SQLITE_IOERR: "disk tidak dapat dibaca atau ditulisi; periksa disk itu",
    sqlite3.SQLITE_CORRUPT: "isinya rusak; pada putaran berikutnya berkas itu disisihkan",
    sqlite3.SQLITE_NOTADB: "isinya rusak; pada putaran berikutnya berkas itu disisihkan",
}


class OutboxError(EdgeError):
    """The outbox cannot be used now. The message is one Indonesian sentence."""


class Store:
    """An open outbox file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        with explained(self.path):
            folder.mkdir(parents=True, exist_ok=True)
            self.connection = _opened(self.path)

    def close(self) -> None:
        self.connection.close()

    @property
    def repairs(self) -> tuple[str, ...]:
        """That a damaged file was set aside, as Indonesian sentences, until they are told."""
        return tuple(sentence for (sentence,) in self.rows("SELECT sentence FROM repair"))

    def repairs_told(self) -> None:
        with self.transaction() as database:
            database.execute("DELETE FROM repair")

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, as tuples."""
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing, and nobody else writes meanwhile."""
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                tables.seal_changed(self.connection)
            except BaseException:
                if self.connection.in_transaction:  # a full disk has ended it already
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raises OutboxError where the file at `path` cannot be used."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        why = _WHY.get(primary, str(error))
        raise OutboxError(f"Kotak keluar {path} tidak dapat dipakai: {why}.") from error
    except OSError as error:
        raise OutboxError(
            f"Kotak keluar {path} tidak dapat dipakai: {error.strerror};"
            " periksa folder itu dan hak tulisnya."
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    if path.exists() and not path.is_file():
        _renew(path, [], "bukan berkas")
    database, version = _believed(path)
    if tables.VERSION < version <= NEWEST_THINKABLE:
        raise OutboxError(
            f"Kotak keluar {path} ditulis oleh program yang lebih baru (versi {version}; program"
            f" ini mengenal versi {tables.VERSION}). Perbarui program; atau pindahkan berkas itu,"
            " maka isinya dipulihkan dari tab Pengingat."
        )
    if database is None:
        _renew(path, _saved(path), "rusak")
        database = _connected(path)
    tables.watch(database)
    return database


def _believed(path: Path) -> tuple[sqlite3.Connection | None, int]:
    """An open connection if all of the file can be believed, and the version that it has."""
    database, version, sound = None, 0, False
    try:
        database = _connected(path)
        version, sound = _examined(database)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # also of SQLite's own words
        if isinstance(error, sqlite3.OperationalError) and not means_damage(error, path):
            raise
    finally:
        if database and not sound:
            database.close()
    return (database if sound else None), version


def means_damage(error: sqlite3.OperationalError, path: Path) -> bool:
    """Whether it is the content that is wrong: "no such column" is an error like locks and disks,
    and a file that may be written to can call itself read-only."""
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return primary == sqlite3.SQLITE_ERROR or (primary == sqlite3.SQLITE_READONLY and writable)


def _examined(database: sqlite3.Connection) -> tuple[int, bool]:
    """The file's version and whether all of it can be believed; fills a new file.

    A program that is newer has other tables: where they are ours, it is the number that is wrong.
    """
    if not tables.structure(database):
        tables.create(database)
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if tables.structure(database) != _expected():
        return version, False
    if version != tables.VERSION:
        return tables.VERSION, False
    database.execute("BEGIN")  # one state of it, whoever writes meanwhile
    (check,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    orphans = database.execute("PRAGMA foreign_key_check").fetchone()
    sealed = all(tables.seal_of(each) == each.seal for each in tables.wholes(database))
    database.execute("ROLLBACK")
    return version, check == "ok" and orphans is None and sealed


def _expected() -> set[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        tables.create(database)
        return tables.structure(database)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _saved(path: Path) -> list[Whole]:
    """The mails that can be believed, as far as the file can be read."""
    saved: list[Whole] = []
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as database,
        suppress(sqlite3.DatabaseError, UnicodeDecodeError),
    ):
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        for each in tables.wholes(database):
            if tables.seal_of(each) == each.seal:
                saved.append(each)
    return saved


def _renew(path: Path, saved: Sequence[Whole], wrong: str) -> None:
    """Puts a new file with `saved` in the place of what is there, which is set aside first."""
    aside = _free_name(path)
    fresh = path.with_suffix(".baru")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
        tables.create(database)
        tables.watch(database)
        database.execute("BEGIN")
        for each in saved:
            tables.insert(database, each)
        tables.seal_changed(database)
        database.execute(
            "INSERT INTO repair VALUES (?)",
            (
                f"Kotak keluar {path} {wrong}. Yang lama disisihkan sebagai {aside.name};"
                " yang utuh dipertahankan, dan selebihnya dipulihkan dari tab Pengingat.",
            ),
        )
        database.execute("COMMIT")
    for ending in ("-wal", "-shm"):
        beside = Path(f"{path}{ending}")
        if beside.exists():
            beside.replace(f"{aside}{ending}")
    path.replace(aside)
    fresh.replace(path)


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}-rusak-{number}{path.suffix}")).exists():
        number += 1
    return aside
