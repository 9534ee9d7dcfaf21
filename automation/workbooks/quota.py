"""Google's quotas: how many calls a login, and all logins of a project, may make in a minute.

https://developers.google.com/workspace/sheets/api/limits tells 60 reads and 60 writes for each user
of a project, 300 and 300 for the project, and counts each batch as one. Calls of one process wait
for their turn instead of being refused; what other processes call is not known here, and their
calls may still be answered with 429.
"""

import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

PER_LOGIN, PER_PROJECT = 60, 300  # calls of a kind
WINDOW = 61.0  # seconds: a minute, and one more, since not all calls are equally long on their way

Kind = Literal["read", "write"]


@dataclass(frozen=True)
class Payer:
    """Whose quotas a call counts against."""

    login: str
    project: str


@dataclass(eq=False)
class Ticket:
    """A call that waits for its turn."""

    payer: Payer
    kind: Kind
    may_go: bool = False


@dataclass
class Queue:
    """Calls in the order in which they came. Each has its turn as soon as there is room for it;
    those of another login, for whom there is room already, do not wait for it.

    Instants are seconds of any clock that is never set back.
    """

    machines: int = 1  # that share the quotas, each by a part of its own
    waiting: list[Ticket] = field(default_factory=list)
    made: dict[Hashable, "deque[float]"] = field(default_factory=dict)  # the last calls, by budget

    def admit(self, now: float) -> float:
        """Lets go whose turn it is; when the next one can have its turn."""
        soonest = now + WINDOW
        for ticket in list(self.waiting):
            budgets = self._budgets(ticket)
            room = max(_room_at(budget) for budget in budgets)
            if room > now:
                soonest = min(soonest, room)
                continue
            for budget in budgets:
                budget.append(now)
            ticket.may_go = True
            self.waiting.remove(ticket)
        return soonest

    def _budgets(self, ticket: Ticket) -> tuple["deque[float]", "deque[float]"]:
        return (
            self._budget(("login", ticket.payer, ticket.kind), PER_LOGIN),
            self._budget(("project", ticket.payer.project, ticket.kind), PER_PROJECT),
        )

    def _budget(self, key: Hashable, calls: int) -> "deque[float]":
        return self.made.setdefault(key, deque(maxlen=max(calls // self.machines, 1)))


def _room_at(budget: "deque[float]") -> float:
    """When one more call fits into the window behind it."""
    return budget[0] + WINDOW if len(budget) == budget.maxlen else 0.0


class Quotas:
    """What the offices of one process share, each of which works in a thread of its own. Where so
    many `machines` work for offices of the same logins, each keeps to its part."""

    def __init__(
        self,
        machines: int = 1,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._queue, self._lock = Queue(machines), Lock()

    def wait_turn(self, payer: Payer, kind: Kind) -> None:
        """Returns when the call may be made."""
        ticket = Ticket(payer, kind)
        with self._lock:
            self._queue.waiting.append(ticket)
        while (wait := self._wait(ticket)) is not None:
            self._sleep(wait)

    def _wait(self, ticket: Ticket) -> float | None:
        """Seconds until to ask again; None: it may go."""
        with self._lock:
            now = self._clock()
            soonest = self._queue.admit(now)
        return None if ticket.may_go else soonest - now
