"""What becomes of a mail that was offered: for each of its recipients, and so for the mail itself.

A mail has one recipient. Those that older programs left waiting may have several, who had a copy.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from automation.core.words.ways import Way
from automation.mail.tables import WAY
from automation.mail.transport import Lost, Outcome, Refusal

# How long a mail that was not taken waits for its next try; from then on always the last of these.
# It is given up only where the recipient's mailbox is to blame: at once, or behind all of these if
# it was so for the moment only. What nobody takes ends when its notices are not live any more.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 80, 160, 320, 640))
INTERRUPTED = Lost("program terhenti ketika mengirim")


@dataclass(frozen=True)
class Claim:
    """A mail that this program, and no other, is to send now."""

    id: int
    attempts: int  # this one included
    sender: str
    message: bytes
    recipients: tuple[Way, ...]  # those who do not have it yet


@dataclass(frozen=True)
class Result:
    """What became of a mail for one recipient: `state` is sent, waiting or failed."""

    name: str
    way: Way
    state: str
    reason: str


def claims(database: sqlite3.Connection, where: str, values: Sequence[int] = ()) -> Iterator[Claim]:
    """The mails for which `where` holds, as they are to be sent."""
    mails = database.execute(
        f"SELECT id, attempts, sender, message FROM mail WHERE {where}", values
    )
    for mail_id, attempts, sender, message in mails.fetchall():
        waiting = database.execute(
            "SELECT address FROM recipient WHERE mail_id = ? AND state = 'waiting' ORDER BY place",
            (mail_id,),
        )
        ways = tuple(Way.parse(address) for (address,) in waiting)
        yield Claim(mail_id, attempts, sender, message, ways)


def record(
    database: sqlite3.Connection, claim: Claim, outcome: Outcome, now: datetime
) -> tuple[Result, ...]:
    """Writes down what became of a mail, for each recipient it was sent to."""
    refusals = _refusals(claim, outcome)
    others = None in refusals.values() or _others_taken(database, claim)
    for way, refusal in refusals.items():
        state, reason = _state(claim, refusal, others)
        database.execute(
            "UPDATE recipient SET state = ?, reason = ?, at = ?"
            " WHERE mail_id = ? AND address = ? AND state = 'waiting'",
            (state, reason, now.isoformat(), claim.id, str(way)),
        )
    results = tuple(
        Result(name, way, state, reason)
        for name, address, state, reason in database.execute(
            "SELECT name, address, state, reason FROM recipient WHERE mail_id = ? ORDER BY place",
            (claim.id,),
        )
        if (way := Way.parse(address)) in claim.recipients
    )
    if any(result.state == "waiting" for result in results):
        reached = isinstance(outcome, Lost) or any(result.state == "sent" for result in results)
        database.execute(
            "UPDATE mail SET state = 'deferred', reached = max(reached, ?) WHERE id = ?",
            (reached, claim.id),
        )
    else:
        database.execute(
            "UPDATE mail SET state = 'closed', message = NULL WHERE id = ?", (claim.id,)
        )
    return results


def _state(claim: Claim, refusal: Refusal | None, others_taken: bool) -> tuple[str, str]:
    """State and reason of one recipient after an attempt."""
    if refusal is None:
        return "sent", ""
    if refusal.fault == "recipient" or (refusal.fault == "doubtful" and others_taken):
        return "failed", refusal.reason
    if refusal.fault == "full" and claim.attempts > len(PAUSES):
        return "failed", f"setelah {claim.attempts} kali percobaan, {refusal.reason}"
    return "waiting", refusal.reason


def _refusals(claim: Claim, outcome: Outcome) -> dict[Way, Refusal | None]:
    """What was answered for each recipient, None where the mail was taken."""
    if isinstance(outcome, Lost):
        return dict.fromkeys(claim.recipients, Refusal(outcome.reason))
    return {way: outcome.refused.get(way.address) for way in claim.recipients}


def _others_taken(database: sqlite3.Connection, claim: Claim) -> bool:
    """Whether the same way took a mail for somebody since this one was last offered, or written
    down."""
    return bool(
        database.execute(
            f"SELECT 1 FROM recipient WHERE state = 'sent' AND {WAY} = ? AND at >="
            " (SELECT min(at) FROM recipient WHERE mail_id = ? AND state = 'waiting') LIMIT 1",
            (claim.recipients[0].kind, claim.id),
        ).fetchone()
    )
