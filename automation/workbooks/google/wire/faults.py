"""What goes wrong between us and Google, and which of it is worth another try.

Passing: 408, 429, 500, 502, 503, 504, timeouts, lost connections, cut or unreadable answers.
Everything else is final and is said in `sentences`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self, TypeVar

from google.auth.exceptions import RefreshError, TransportError
from requests import RequestException, Response
from tenacity import (
    RetryCallState,
    RetryError,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

PASSING_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
BACK_OFF = wait_exponential_jitter(initial=1, max=32, jitter=1)  # seconds

T = TypeVar("T")


class RefusedError(Exception):
    """An answer with an error status. `gspread.exceptions.APIError` fails on unusual bodies."""

    def __init__(self, status: int, message: str, reason: str, retry_after: float = 0) -> None:
        super().__init__(f"{status} {reason}: {message}")
        self.status = status  # of HTTP
        self.message = message  # Google's words
        self.reason = reason  # Google's code, such as PERMISSION_DENIED or SERVICE_DISABLED
        self.retry_after = retry_after  # seconds

    @classmethod
    def by(cls, response: Response) -> Self:
        """https://cloud.google.com/apis/design/errors#http_mapping"""
        try:
            error = response.json()["error"]
            message, reason = str(error["message"]), _reason(error)
        except (ValueError, KeyError, TypeError):
            message, reason = response.reason or "", ""
        wait = _seconds(response.headers.get("Retry-After", ""))
        return cls(response.status_code, message, reason, wait)


class BrokenAnswerError(Exception):
    """An answer of status 200 that is not what was asked for."""


class DoubtfulError(Exception):
    """A write that may or may not have been applied, and that cannot simply be repeated."""


class GivenUpError(Exception):
    """A passing fault that did not pass in time. Its `__cause__` is the last of them."""


def _reason(error: dict[str, Any]) -> str:
    for detail in error.get("details", ()):
        if "reason" in detail:
            return str(detail["reason"])
    return str(error.get("status", ""))


def _seconds(retry_after: str) -> float:
    """The header Retry-After, a number of seconds or a date."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        instant = parsedate_to_datetime(retry_after)
        return max(0.0, (instant - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def is_passing(error: BaseException) -> bool:
    """Whether the same call may well succeed a little later."""
    if isinstance(error, RefusedError):
        return error.status in PASSING_STATUSES
    if isinstance(error, RefreshError):
        return bool(error.retryable)
    return isinstance(error, RequestException | TransportError | BrokenAnswerError | DoubtfulError)


@dataclass(frozen=True)
class Patience:
    """How often and how long a call is tried again."""

    tries: int
    seconds: float  # for all tries together, waits included
    sleep: Callable[[float], None]

    def persist(self, attempt: Callable[[], T]) -> T:
        """`attempt`, until it succeeds. It must be safe to repeat.

        Raises GivenUpError when tries or time are used up, and at once what is not passing.
        """
        retrying = Retrying(
            stop=stop_after_attempt(self.tries) | stop_before_delay(self.seconds),
            wait=_wait,
            retry=retry_if_exception(is_passing),
            sleep=self.sleep,
        )
        try:
            return retrying(attempt)
        except RetryError as error:
            raise GivenUpError from error.last_attempt.exception()


def _wait(state: RetryCallState) -> float:
    """Exponential with jitter, and no shorter than the server asks for."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, RefusedError) else 0.0
    return max(BACK_OFF(state), asked)
