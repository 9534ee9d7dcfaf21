"""How many calls a minute Google lets pass: of a user, and of a project.

Source: https://developers.google.com/workspace/sheets/api/limits. Which minute is meant is not said
there; here it is any sixty seconds, which no calls can pass that another reckoning would refuse. A
refused call counts for nothing.
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.sheets_emulator.errors import quota_exceeded

MINUTE = 60.0  # seconds
ACCOUNTS = ".iam.gserviceaccount.com"


@dataclass
class Quotas:
    """Without numbers, everybody may call as often as he likes."""

    user: int | None = None
    project: int | None = None
    clock: Callable[[], float] = time.monotonic
    refused: int = 0
    _made: defaultdict[tuple[str, str], deque[float]] = field(
        default_factory=lambda: defaultdict(deque)
    )

    def count(self, kind: str, caller: str) -> None:
        """Raises ApiError (429) for one call too many."""
        looks = "get" in kind.rpartition(".")[2].lower()
        metric = "Read" if looks else "Write"
        project = caller.partition("@")[2].removesuffix(ACCOUNTS)
        limits = {(metric, caller): self.user, (metric, f"project {project}"): self.project}
        for key, limit in limits.items():
            made, earliest = self._made[key], self.clock() - MINUTE
            while made and made[0] <= earliest:
                made.popleft()
            if limit is not None and len(made) >= limit:
                self.refused += 1
                raise quota_exceeded(metric, project, limit)
        for key in limits:
            self._made[key].append(self.clock())
