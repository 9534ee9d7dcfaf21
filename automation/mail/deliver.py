"""Empties the outbox through a transport: one mail at a time, over one connection."""

from datetime import datetime, timedelta
from time import monotonic

from automation.core.edges import Delivery
from automation.mail.outbox import Outbox, Result
from automation.mail.transport import Answered, Transport, TransportError

BUDGET = timedelta(minutes=4)  # of real time; what is left goes out in the next run


def deliver(
    outbox: Outbox, transport: Transport, now: datetime, budget: timedelta = BUDGET
) -> Delivery:
    """Sends what can be sent at `now` (naive, local), for about `budget` of real time at most.

    Opens no connection where nothing waits. What cannot be sent stays in the outbox, and one
    sentence says why. Raises OutboxError where the outbox cannot be written.
    """
    results: list[Result] = []
    end = monotonic() + budget.total_seconds()
    with outbox.alone():
        try:
            halted = _send_due(outbox, transport, now, end, results)
        except TransportError as error:
            halted = str(error)
    failures = [_failure(result) for result in results if result.state == "failed"]
    return Delivery(
        sent=sum(result.state == "sent" for result in results),
        waiting=outbox.waiting(),
        failed=(*failures, halted) if halted else tuple(failures),
    )


def _send_due(
    outbox: Outbox, transport: Transport, now: datetime, end: float, results: list[Result]
) -> str:
    """Adds to `results`. Returns why it stopped early, as a sentence, else ""."""
    if not outbox.is_due(now):
        return ""
    with transport:
        while claim := outbox.claim(now):
            outcome = transport.send(claim.message, claim.sender, claim.recipients)
            results += outbox.record(claim, outcome, now)
            reason = outcome.stop if isinstance(outcome, Answered) else outcome.reason
            if not reason and monotonic() > end:
                reason = "waktunya habis"
            if reason:
                return f"Pengiriman terhenti ({reason}); sisanya dicoba pada putaran berikutnya."
    return ""


def _failure(result: Result) -> str:
    return f"Surel kepada {result.name} ({result.address}) tidak tersampaikan: {result.reason}."
