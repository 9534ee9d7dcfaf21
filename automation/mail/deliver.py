"""Empties the outbox, way by way: one mail at a time, over one connection each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from automation.core.edges import Delivery
from automation.core.words.indonesian import number
from automation.core.words.ways import Way
from automation.mail.attempts import Claim, Result
from automation.mail.outbox import Outbox
from automation.mail.transport import Answered, Outcome, Refusal, Transport, TransportError

BUDGET = timedelta(minutes=4)  # of real time; what is left goes out in the next run
# Mails refused one after the other, none of them taken nor for a reason of the recipient's: then
# the server means the office, and to offer it everything only makes it angrier.
MOST_REFUSED = 3


@dataclass
class _Round:
    """What became of the mails of one run that go the same way."""

    noun: str  # "Surel"
    results: dict[int, tuple[Result, ...]] = field(default_factory=dict)  # by the mail's id
    doubtful: list[tuple[Claim, Answered]] = field(default_factory=list)
    held_up: list[Refusal] = field(default_factory=list)
    refused_in_a_row: int = 0
    halted: str = ""  # why it ended early

    def states(self) -> list[str]:
        return [result.state for results in self.results.values() for result in results]


def deliver(
    outbox: Outbox,
    transports: Mapping[str, Transport],
    now: datetime,
    budget: timedelta = BUDGET,
) -> Delivery:
    """Sends what can be sent at `now` (naive, local) by the transports, by kind of way, for about
    `budget` of real time at most. One that is down or slow holds up no other.

    Opens no connection where nothing waits. What cannot be sent stays in the outbox, and one
    sentence says why. Raises OutboxError where the outbox cannot be written.
    """
    with outbox.alone():
        due = [kind for kind in transports if outbox.is_due(kind, now)]
        rounds = [_round(outbox, kind, transports[kind], now, budget / len(due)) for kind in due]
    return Delivery(
        sent=sum(this.states().count("sent") for this in rounds),
        waiting=outbox.waiting(),
        failed=tuple(sentence for this in rounds for sentence in _troubles(this)),
    )


def _round(
    outbox: Outbox, kind: str, transport: Transport, now: datetime, budget: timedelta
) -> _Round:
    this = _Round(Way(kind, "").noun)
    end = monotonic() + budget.total_seconds()
    try:
        _send_due(outbox, kind, transport, now, end, this)
    except TransportError as error:
        this.halted = str(error)
    for claim, outcome in this.doubtful:
        _judge_again(outbox, claim, outcome, now, this)
    return this


def _send_due(
    outbox: Outbox, kind: str, transport: Transport, now: datetime, end: float, this: _Round
) -> None:
    with transport:
        while not this.halted and (claim := outbox.claim(kind, now)):
            addresses = [way.address for way in claim.recipients]
            outcome = transport.send(claim.message, claim.sender, addresses)
            this.results[claim.id] = outbox.record(claim, outcome, now)
            _judge(claim, outcome, this)
            reason = _reason_to_stop(outcome, this)
            if not reason and monotonic() > end:
                reason = "waktunya habis"
            if reason:
                this.halted = (
                    f"Pengiriman terhenti ({reason}); sisanya dicoba pada putaran berikutnya."
                )


def _judge(claim: Claim, outcome: Outcome, this: _Round) -> None:
    """Notes what is to be told to whoever runs the program, or can be judged only at the end."""
    if not isinstance(outcome, Answered):
        return
    refusals = [*outcome.refused.values()]
    faults = {refusal.fault for refusal in refusals}
    if "doubtful" in faults and _waits(this, claim):
        this.doubtful.append((claim, outcome))
    this.held_up += (each for each in refusals if each.fault in ("office", "limit"))
    taken = len(refusals) < len(claim.recipients)
    if taken or faults & {"recipient", "full"}:
        this.refused_in_a_row = 0
    elif faults & {"office", "doubtful"}:
        this.refused_in_a_row += 1


def _judge_again(
    outbox: Outbox, claim: Claim, outcome: Answered, now: datetime, this: _Round
) -> None:
    """With what was taken after it."""
    this.results[claim.id] = outbox.record(claim, outcome, now)
    if _waits(this, claim):
        this.held_up += (each for each in outcome.refused.values() if each.fault == "doubtful")


def _waits(this: _Round, claim: Claim) -> bool:
    return any(result.state == "waiting" for result in this.results[claim.id])


def _reason_to_stop(outcome: Outcome, this: _Round) -> str:
    reason = outcome.stop if isinstance(outcome, Answered) else outcome.reason
    if not reason and this.refused_in_a_row >= MOST_REFUSED:
        return f"{number(this.refused_in_a_row)} {this.noun.lower()} berturut-turut ditolak"
    return reason


def _troubles(this: _Round) -> Iterator[str]:
    yield from _failures(this)
    yield from _held_up(this)
    if this.halted:
        yield this.halted


def _failures(this: _Round) -> list[str]:
    return [
        f"{this.noun} kepada {result.name} ({result.way.address}) tidak tersampaikan:"
        f" {result.reason}."
        for results in this.results.values()
        for result in results
        if result.state == "failed"
    ]


def _held_up(this: _Round) -> list[str]:
    """One sentence for each kind of reason, with the server's own words of the first time."""
    first = {refusal.advice: refusal for refusal in reversed(this.held_up)}
    return [
        f"{this.noun} ditunda, bukan karena penerimanya: {refusal.reason}. {refusal.advice}"
        for refusal in reversed(first.values())
    ]
