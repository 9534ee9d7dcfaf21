"""The outbox as rows of the tab Pengingat, and back again when the state folder was lost."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from automation.core.edges import SentMail
from automation.core.register.clock import SET_RIGHT
from automation.core.reminders.notices import mailbox_of
from automation.core.words import indonesian
from automation.mail.store import Store

MOST_ROWS = 2_000  # of the tab, written anew with every mail; what is older stays in the outbox
MOST_RECIPIENTS = 1_000  # of one mail; an office has not so many people
LONGEST_KEYS = 20_000  # characters in one row; a cell of Excel holds 32,767

_ROWS = """
SELECT mail.id, next_try, message_id, place, at, name, address, stages, numbers, steps,
       CASE recipient.state WHEN 'waiting' THEN mail.state ELSE recipient.state END, reason
FROM recipient JOIN mail ON mail.id = mail_id
ORDER BY at DESC, mail.id DESC, place LIMIT ?
"""
# What a row of the tab remembers, in the order of _ROWS; with it the keys.
REMEMBERED = (
    "mail",
    "place",
    "at",
    "name",
    "address",
    "stages",
    "numbers",
    "steps",
    "state",
    "reason",
)


def rows(store: Store) -> list[SentMail]:
    """What each recipient was sent, newest first. `keys` says all that the outbox must know again.

    A mail of very many notices takes several rows, so that its keys fit into cells.
    """
    return [
        SentMail(
            at=datetime.fromisoformat(record["at"]),
            name=record["name"],
            address=record["address"],
            stages=record["stages"],
            numbers=record["numbers"],
            steps=record["steps"],
            state=_in_words(record["state"], record["reason"], next_try),
            keys=json.dumps(record | {"keys": portion}, ensure_ascii=False),
        )
        for mail_id, next_try, *values in store.rows(_ROWS, (MOST_ROWS,))
        for record in [dict(zip(REMEMBERED, values, strict=True))]
        for portion in _portions(_keys(store, mail_id) if record["place"] == 0 else [])
    ]


def restore(store: Store, cells: Iterable[object], now: datetime) -> int:
    """Adds to the outbox what the `keys` of the tab, newest first, know beyond it; how many were
    understood. Other cells are passed over, and what claims to be later than `now` (naive, local).

    What was sent or given up is known again. What was waiting is not: its bytes are gone, and
    `decide` composes it anew.
    """
    latest = (now + SET_RIGHT).isoformat()
    parsed = (each for each in map(_parsed, cells) if each and each["at"] <= latest)
    done = [each for each in parsed if each["state"] in ("sent", "failed")]
    if _knows_all(store, done):
        return 0
    with store.transaction() as database:
        for record in reversed(done):  # oldest first, as they were written
            _restore(database, record)
    return len(done)


def _knows_all(store: Store, done: Sequence[dict[str, Any]]) -> bool:
    """An outbox that is whole is believed alone, unless the tab goes on where it ends: then it was
    put back to an earlier state, by a backup or a torn write-ahead file."""
    ((newest,),) = store.rows("SELECT max(at) FROM recipient")
    later = any(newest is None or each["at"] > newest for each in done)
    return not later and not store.repairs


def latest(cells: Iterable[object]) -> datetime | None:
    """When the last mail of the tab went out, by its `keys`; None where it tells of none."""
    found = (each for each in map(_parsed, cells) if each and each["state"] == "sent")
    return max((datetime.fromisoformat(each["at"]) for each in found), default=None)


def _keys(store: Store, mail_id: int) -> list[str]:
    """What the recipient was told. Who has a copy was told nothing of their own."""
    return [key for (key,) in store.rows("SELECT key FROM told WHERE mail_id = ?", (mail_id,))]


def _portions(keys: Sequence[str]) -> Iterator[list[str]]:
    """`keys` in lists short enough for a cell; one empty list for none."""
    portion: list[str] = []
    length = 0
    for key in keys:
        if portion and length + len(key) > LONGEST_KEYS:
            yield portion
            portion, length = [], 0
        portion.append(key)
        length += len(key) + len('"", ')
    yield portion


def _in_words(state: str, reason: str, next_try: str) -> str:
    match state:
        case "sent":
            return "Terkirim"
        case "failed":
            return f"Gagal: {reason}"
        case "withdrawn":
            return "Dibatalkan"
        case "deferred":
            again = indonesian.moment(datetime.fromisoformat(next_try))
            return f"Ditunda, dicoba lagi {again}: {reason}"
    return "Dalam antrean"


def _parsed(text: object) -> dict[str, Any] | None:
    """The record that `rows` wrote, or None where somebody changed it."""
    try:
        record = json.loads(str(text))
        at = datetime.fromisoformat(record["at"])
        texts = [record[name] for name in REMEMBERED if name != "place"]
        keys, place = record["keys"], record["place"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    sound = (
        at.tzinfo is None
        and type(place) is int
        and 0 <= place < MOST_RECIPIENTS
        and isinstance(keys, list)
        and all(isinstance(each, str) and each.isprintable() for each in (*texts, *keys))
    )
    return record | {"at": at.isoformat()} if sound else None


def _restore(database: sqlite3.Connection, record: dict[str, Any]) -> None:
    database.execute(
        "INSERT OR IGNORE INTO mail (message_id, state, next_try, stages, numbers, steps)"
        " VALUES (:mail, 'closed', :at, :stages, :numbers, :steps)",
        record,
    )
    this_mail = "(SELECT id FROM mail WHERE message_id = :mail)"
    database.execute(
        "INSERT INTO recipient (mail_id, place, address, name, state, reason, at)"
        f" VALUES ({this_mail}, :place, :address, :name, :state, :reason, :at)"
        " ON CONFLICT DO UPDATE SET state = :state, reason = :reason, at = :at"
        " WHERE state NOT IN ('sent', 'failed') AND address = :address",
        record,
    )
    database.execute(
        "UPDATE mail SET state = 'closed', message = NULL WHERE message_id = :mail AND NOT EXISTS"
        " (SELECT 1 FROM recipient WHERE mail_id = mail.id AND state = 'waiting')",
        record,
    )
    mailbox = mailbox_of(record["name"], record["address"])
    database.executemany(
        f"INSERT OR IGNORE INTO told (mail_id, mailbox, key) VALUES ({this_mail}, :mailbox, :key)",
        [record | {"key": key, "mailbox": mailbox} for key in record["keys"]],
    )
