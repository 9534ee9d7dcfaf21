"""A user's and a project's calls in a minute, reads and writes each for themselves."""

import pytest

from tests.sheets_emulator import Emulator
from tests.sheets_emulator.clients import Bare
from tests.sheets_emulator.errors import ApiError
from tests.sheets_emulator.quotas import Quotas

READ, WRITE = "spreadsheets.values.batchGet", "spreadsheets.batchUpdate"
FILTERED = "spreadsheets.values.batchGetByDataFilter"
ADI, BUDI = "adi@satu.iam.gserviceaccount.com", "budi@satu.iam.gserviceaccount.com"
CITRA = "citra@dua.iam.gserviceaccount.com"


class Minute:
    """A clock that a test sets, and quotas of three calls a user and four a project."""

    def __init__(self) -> None:
        self.now = 0.0
        self.quotas = Quotas(user=3, project=4, clock=lambda: self.now)

    def passes(self, kind: str, *callers: str) -> list[bool]:
        return [self._passes(kind, caller) for caller in callers]

    def _passes(self, kind: str, caller: str) -> bool:
        try:
            self.quotas.count(kind, caller)
        except ApiError as error:
            assert error.code == 429
            return False
        return True


def test_a_user_s_call_too_many_is_refused_until_the_minute_is_over() -> None:
    minute = Minute()
    assert minute.passes(READ, *[ADI] * 4) == [True, True, True, False]
    minute.now = 59.9
    assert minute.passes(READ, ADI) == [False]
    minute.now = 60.0
    assert minute.passes(READ, ADI) == [True]
    assert minute.quotas.refused == 2


def test_users_of_one_project_share_its_quota_and_no_other_s() -> None:
    assert Minute().passes(READ, ADI, ADI, BUDI, BUDI, BUDI, CITRA) == [
        True, True, True, True, False, True,
    ]  # fmt: skip


def test_reads_and_writes_are_counted_apart_and_a_filter_is_a_read() -> None:
    minute = Minute()
    assert minute.passes(READ, ADI, ADI) == [True, True]
    assert minute.passes(WRITE, ADI, ADI, ADI) == [True, True, True]
    assert minute.passes(FILTERED, ADI, ADI) == [True, False]


def test_over_http_the_refusal_is_google_s(emulator: Emulator, api: Bare) -> None:
    emulator.quotas.user = 1
    assert api.values("A1")[0] == 200
    status, body = api.values("A1")
    assert (status, body["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")
    emulator.quotas.user = None
    assert api.values("A1")[0] == 200


@pytest.mark.parametrize("kind", [READ, WRITE])
def test_without_numbers_everybody_may_call(kind: str) -> None:
    quotas = Quotas()
    for _ in range(1000):
        quotas.count(kind, ADI)
    assert quotas.refused == 0
