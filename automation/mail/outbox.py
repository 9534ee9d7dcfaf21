"""The outbox: every mail, from before it is sent until its outcome is known, and ever after.

A mail is `queued`; is `sending` once a program claimed it; `deferred` when it is to be tried again;
`closed` when each recipient's outcome is known; `withdrawn` when it became pointless. It is written
down before it is sent and its outcome after, so a program that dies leaves at most one mail
`sending`, whose fate is unknown: that one goes out again as the same bytes.

A mail still `queued` in the next run was never tried. It is forgotten, for `decide` composes it
anew from the register as it is then, together with what has come since: a server that is down for
days costs nobody more than one mail.

Datetimes are naive and local to the office; in the file they are ISO 8601, so that they sort.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from automation.core.reminders.notices import Failure, Told, mark_of
from automation.core.words.ways import Way
from automation.mail.attempts import INTERRUPTED, PAUSES, Claim, Result, claims, record
from automation.mail.outgoing import Mail
from automation.mail.store import OutboxError, Store
from automation.mail.tables import WAY
from automation.mail.transport import Outcome

LOCK_FILE = "outbox.lock"
FAILURES_TOLD = 20  # the latest

_DUE = (
    "message IS NOT NULL AND mail.state IN ('queued', 'deferred') AND next_try <= ?"
    f" AND (SELECT {WAY} FROM recipient WHERE mail_id = id AND place = 0) = ?"
)


class Outbox:
    """The outbox of the office whose state folder is `folder`. Raises OutboxError with a sentence
    for the user where its file cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        self._lock = FileLock(folder / LOCK_FILE, timeout=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @property
    def is_empty(self) -> bool:
        return not self.store.rows("SELECT 1 FROM mail LIMIT 1")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps others from sending; a crash lets go. Raises OutboxError if one is at it."""
        try:
            with self._lock:
                yield
        except Timeout:
            raise OutboxError("Program lain sedang mengirim dari kotak keluar ini.") from None

    def settle(self, live: Collection[tuple[str, str]], now: datetime) -> None:
        """Puts in order what the last run left behind, before anything new is decided.

        `live` holds the pairs (mailbox, notice key) that would still make sense now. A waiting mail
        none of whose notices is live is withdrawn; so is one that is partly live, to be composed
        anew, unless somebody has it or may have it already.
        """
        with self.alone(), self.store.transaction() as database:
            database.execute("DELETE FROM mail WHERE state = 'queued'")
            for claim in claims(database, "state = 'sending'"):
                record(database, claim, INTERRUPTED, now)
            database.execute(  # the clock was set back: no mail waits until it has caught up
                "UPDATE mail SET next_try = ? WHERE state = 'deferred' AND next_try > ?",
                (now.isoformat(), (now + PAUSES[-1]).isoformat()),
            )
            deferred = database.execute("SELECT id, reached FROM mail WHERE state = 'deferred'")
            for mail_id, reached in deferred.fetchall():
                told = set(
                    database.execute("SELECT mailbox, key FROM told WHERE mail_id = ?", (mail_id,))
                )
                still = told.intersection(live)
                if not still or (still != told and not reached):
                    _withdraw(database, mail_id, now)

    def told(self) -> Told:
        """What `decide` must know. A mail that waits for another try counts as said and mailed."""
        told = self.store.rows(
            "SELECT told.mailbox, key, at FROM told"
            " JOIN recipient ON recipient.mail_id = told.mail_id AND place = 0"
        )
        mailed: dict[str, list[datetime]] = defaultdict(list)
        for name, at in self.store.rows(
            "SELECT name, at FROM recipient WHERE state IN ('sent', 'waiting') ORDER BY at"
        ):
            mailed[mark_of(name)].append(datetime.fromisoformat(at))
        failures = self.store.rows(
            "SELECT name, address, reason, at FROM"
            " (SELECT name, address, reason, state, max(at) AS at FROM recipient"
            " WHERE state IN ('sent', 'failed') GROUP BY address)"
            " WHERE state = 'failed' ORDER BY at DESC LIMIT ?",
            (FAILURES_TOLD,),
        )
        return Told(
            notices={(mailbox, key): datetime.fromisoformat(at) for mailbox, key, at in told},
            mailed={mark: tuple(at) for mark, at in mailed.items()},
            failures=tuple(
                Failure(name, Way.parse(address), reason, datetime.fromisoformat(at))
                for name, address, reason, at in failures
            ),
        )

    def queue(self, mails: Iterable[Mail], now: datetime) -> int:
        """Writes down mails that are to be sent; how many. One that says something to somebody who
        was told it already is left out: another program was faster."""
        with self.store.transaction() as database:
            return sum(_queue(database, mail, now) for mail in mails)

    def claim(self, kind: str, now: datetime) -> Claim | None:
        """The next mail to send by this kind of way, least tried first, or None. No two programs
        get the same one."""
        with self.store.transaction() as database:
            found = database.execute(
                f"SELECT id, attempts FROM mail WHERE {_DUE} ORDER BY attempts, id LIMIT 1",
                (now.isoformat(), kind),
            ).fetchone()
            if not found:
                return None
            mail_id, attempts = found
            pause = PAUSES[min(attempts, len(PAUSES) - 1)]
            database.execute(
                "UPDATE mail SET state = 'sending', attempts = attempts + 1, next_try = ?"
                " WHERE id = ?",
                ((now + pause).isoformat(), mail_id),
            )
            return next(claims(database, "id = ?", (mail_id,)))

    def record(self, claim: Claim, outcome: Outcome, now: datetime) -> tuple[Result, ...]:
        """Writes down what became of a claimed mail, for each recipient it was sent to."""
        with self.store.transaction() as database:
            return record(database, claim, outcome, now)

    def is_due(self, kind: str, now: datetime) -> bool:
        """Whether any mail can be sent now by this kind of way."""
        due = f"SELECT 1 FROM mail WHERE {_DUE} LIMIT 1"
        return bool(self.store.rows(due, (now.isoformat(), kind)))

    def waiting(self) -> int:
        """How many mails are still to be sent, now or later."""
        return len(self.store.rows("SELECT id FROM mail WHERE message IS NOT NULL"))


def _queue(database: sqlite3.Connection, mail: Mail, now: datetime) -> bool:
    pairs = [(mail.to.mailbox, key) for key in mail.keys]
    said = "SELECT 1 FROM told WHERE mailbox = ? AND key = ?"
    news = [(mail.to.mailbox, mail.first)] if mail.first else pairs
    if any(database.execute(said, pair).fetchone() for pair in news):
        return False
    if mail.first:
        _withdraw_said_again(database, set(pairs), now)
    identity, sender, content = mail.written
    database.execute("DELETE FROM mail WHERE message_id = ? AND state = 'withdrawn'", (identity,))
    cursor = database.execute(
        "INSERT INTO mail (message_id, state, next_try, sender, message, stages, numbers, steps)"
        " VALUES (?, 'queued', ?, ?, ?, ?, ?, ?)",
        (
            identity,
            now.isoformat(),
            sender,
            content,
            mail.stages,
            mail.numbers,
            mail.steps,
        ),
    )
    database.execute(
        "INSERT INTO recipient (mail_id, place, address, name, state, at)"
        " VALUES (?, 0, ?, ?, 'waiting', ?)",
        (cursor.lastrowid, str(mail.to.way), mail.to.name, now.isoformat()),
    )
    database.executemany(
        "INSERT OR IGNORE INTO told (mailbox, key, mail_id) VALUES (?, ?, ?)",
        [(mailbox, key, cursor.lastrowid) for mailbox, key in pairs],
    )
    return True


def _withdraw_said_again(
    database: sqlite3.Connection, pairs: set[tuple[str, str]], now: datetime
) -> None:
    """A mail that waits since yesterday is pointless where the morning letter says all of it."""
    mailbox, _ = next(iter(pairs))
    waiting = database.execute(
        "SELECT DISTINCT id FROM mail JOIN told ON mail_id = id"
        " WHERE state = 'deferred' AND NOT reached AND mailbox = ?",
        (mailbox,),
    )
    for (mail_id,) in waiting.fetchall():
        said = database.execute("SELECT mailbox, key FROM told WHERE mail_id = ?", (mail_id,))
        if pairs >= set(said.fetchall()):
            _withdraw(database, mail_id, now)


def _withdraw(database: sqlite3.Connection, mail_id: int, now: datetime) -> None:
    database.execute("UPDATE mail SET state = 'withdrawn', message = NULL WHERE id = ?", (mail_id,))
    database.execute(
        "UPDATE recipient SET state = 'withdrawn', at = ? WHERE mail_id = ? AND state = 'waiting'",
        (now.isoformat(), mail_id),
    )
    database.execute("DELETE FROM told WHERE mail_id = ?", (mail_id,))
