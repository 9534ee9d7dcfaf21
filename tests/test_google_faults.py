"""Which faults are worth another try, how long they are waited for, and when that ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from google.auth.exceptions import RefreshError, TransportError
from requests import ConnectionError, Response, Timeout
from requests.exceptions import ChunkedEncodingError, JSONDecodeError

from automation.workbooks.google.wire.faults import (
    BrokenAnswerError,
    GivenUpError,
    Patience,
    RefusedError,
)

PASSING = [
    *(RefusedError(status, "", "") for status in (408, 429, 500, 502, 503, 504)),
    Timeout(),
    ConnectionError("reset"),
    ChunkedEncodingError("cut"),
    JSONDecodeError("not JSON", "<html>", 0),
    BrokenAnswerError("spreadsheetId"),
    TransportError("token server"),
    RefreshError("busy", retryable=True),
]
FINAL = [
    *(RefusedError(status, "", "") for status in (400, 401, 403, 404, 501)),
    RefreshError("invalid_grant"),
    KeyError("a fault of the program"),
]


def patience(waits: list[float], tries: int = 4, seconds: float = 100) -> Patience:
    return Patience(tries, seconds, waits.append)


def failing(error: Exception, times: int) -> Callable[[], str]:
    """Raises `error` so many times, then succeeds."""
    left = iter(range(times))

    def attempt() -> str:
        if next(left, None) is not None:
            raise error
        return "done"

    return attempt


@pytest.mark.parametrize("error", PASSING, ids=repr)
def test_a_passing_fault_is_waited_out(error: Exception) -> None:
    waits: list[float] = []
    assert patience(waits).persist(failing(error, 2)) == "done"
    assert len(waits) == 2
    assert waits[0] < waits[1] + 1


@pytest.mark.parametrize("error", FINAL, ids=repr)
def test_a_final_fault_is_not_tried_again(error: Exception) -> None:
    waits: list[float] = []
    with pytest.raises(type(error)):
        patience(waits).persist(failing(error, 1))
    assert waits == []


def test_tries_have_an_end() -> None:
    waits: list[float] = []
    with pytest.raises(GivenUpError) as raised:
        patience(waits, tries=4).persist(failing(Timeout("slow"), 99))
    assert len(waits) == 3
    assert isinstance(raised.value.__cause__, Timeout)


def test_time_has_an_end_too() -> None:
    waits: list[float] = []
    with pytest.raises(GivenUpError):
        patience(waits, seconds=5).persist(failing(RefusedError(429, "", "", 60), 99))
    assert waits == []


def test_waits_grow_and_differ() -> None:
    waits: list[float] = []
    with pytest.raises(GivenUpError):
        patience(waits, tries=6, seconds=1000).persist(failing(Timeout(), 99))
    assert waits == sorted(waits)
    assert waits[-1] > 8 * waits[0] / 2
    assert any(wait != round(wait) for wait in waits)


def test_the_server_is_given_the_time_it_asks_for() -> None:
    waits: list[float] = []
    patience(waits).persist(failing(RefusedError(429, "", "", 17), 1))
    assert waits == [17]


def answer(status: int, body: bytes, **headers: str) -> Response:
    response = Response()
    response.status_code, response.reason = status, "Reason"
    response._content = body
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


def test_google_s_words_and_code_are_kept() -> None:
    body = b"""{"error": {"code": 403, "message": "Off", "status": "PERMISSION_DENIED",
               "details": [{"@type": "x"}, {"reason": "SERVICE_DISABLED"}]}}"""
    error = RefusedError.by(answer(403, body))
    assert (error.status, error.message, error.reason) == (403, "Off", "SERVICE_DISABLED")


@pytest.mark.parametrize(
    "body", [b"<html>", b"", b"[]", b'"error"', b'{"error": "x"}', b'{"error": null}', b"\xff"]
)
def test_an_unusual_error_is_still_an_error(body: bytes) -> None:
    error = RefusedError.by(answer(502, body))
    assert (error.status, error.message) == (502, "Reason")


def test_retry_after_is_seconds_or_a_date() -> None:
    assert RefusedError.by(answer(429, b"", Retry_After="12")).retry_after == 12
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert 25 < RefusedError.by(answer(429, b"", Retry_After=date)).retry_after <= 30
    assert RefusedError.by(answer(429, b"", Retry_After="soon")).retry_after == 0
