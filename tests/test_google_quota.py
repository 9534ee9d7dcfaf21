"""Offices that share a login, or a project, make their calls in turn and not one too many."""

import random
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from automation.workbooks.google import GoogleWorkbook
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.wire.credentials_file import content, payer
from automation.workbooks.quota import PER_LOGIN, PER_PROJECT, Kind, Payer, Queue, Quotas, Ticket
from tests import google_identities
from tests.google_office import STAFF_ROWS, GoogleOffice, register_rows, service_account_key
from tests.google_tokens import TokenServer
from tests.offices import NOW, standard_schema
from tests.sheets_emulator import Emulator

MINUTE = 60.0
ADI, BUDI = Payer("adi", "satu"), Payer("budi", "satu")
CITRA = Payer("citra", "dua")


class Day:
    """A queue by a clock that a test sets; `made` is when each ticket had its turn."""

    def __init__(self) -> None:
        self.now = 0.0
        self.queue = Queue()
        self.came: list[Ticket] = []
        self.pending: set[int] = set()
        self.made: dict[int, float] = {}

    def arrive(self, payer: Payer, kind: Kind = "read", count: int = 1) -> None:
        for _ in range(count):
            self.pending.add(len(self.came))
            self.came.append(Ticket(payer, kind))
            self.queue.waiting.append(self.came[-1])
        self.admit()

    def admit(self) -> float:
        soonest = self.queue.admit(self.now)
        going = [place for place in self.pending if self.came[place].may_go]
        self.made |= dict.fromkeys(going, self.now)
        self.pending -= {*going}
        return soonest

    def until_nobody_waits(self) -> None:
        while self.queue.waiting:
            self.now = max(self.now, self.admit())

    def most_in_a_minute(self, *payers: Payer, kind: Kind = "read") -> int:
        times = sorted(
            at
            for place, at in self.made.items()
            if self.came[place].payer in payers and self.came[place].kind == kind
        )
        return max(bisect_left(times, begun + MINUTE) - place for place, begun in enumerate(times))


def test_a_login_s_sixty_calls_go_at_once_and_the_next_waits_for_the_minute() -> None:
    day = Day()
    day.arrive(ADI, count=61)
    assert len(day.made) == 60
    day.until_nobody_waits()
    assert day.made[60] == 61.0


def test_reads_wait_for_no_writes_and_no_login_waits_for_another() -> None:
    day = Day()
    day.arrive(ADI, count=70)
    day.arrive(ADI, "write")
    day.arrive(BUDI)
    assert {day.made[70], day.made[71]} == {0.0}


def test_the_logins_of_a_project_share_three_hundred_and_others_do_not_wait() -> None:
    day, logins = Day(), [Payer(str(place), "satu") for place in range(6)]
    for login in logins:
        day.arrive(login, count=60)
    assert len(day.made) == 300
    day.arrive(CITRA)
    assert day.made[360] == 0.0
    day.until_nobody_waits()
    assert day.most_in_a_minute(*logins) == PER_PROJECT


def test_calls_of_a_login_have_their_turn_in_the_order_in_which_they_came() -> None:
    day = Day()
    day.arrive(ADI, count=60)
    day.now = 1.0
    day.arrive(ADI, count=3)
    day.until_nobody_waits()
    assert [day.made[place] for place in (60, 61, 62)] == [61.0, 61.0, 61.0]
    day.arrive(ADI, count=60)
    day.until_nobody_waits()
    assert sorted(day.made.values()) == [day.made[place] for place in range(len(day.came))]


def test_machines_of_a_cluster_together_make_no_more_calls_than_one() -> None:
    days = [Day() for _ in range(8)]
    for day in days:
        day.queue.machines = len(days)
        day.arrive(ADI, count=60)
    assert [len(day.made) for day in days] == [7] * 8
    assert sum(len(day.made) for day in days) <= PER_LOGIN


@pytest.mark.parametrize("seed", range(3))
def test_no_minute_of_any_day_has_a_call_too_many_and_nobody_waits_for_nothing(seed: int) -> None:
    random.seed(seed)
    payers = [Payer(str(login), str(login % 2)) for login in range(14)]
    day = Day()
    for _ in range(300):
        day.now = max(day.now + random.choice([0.0, 0.05, 0.4]), 0.0)
        day.arrive(random.choice(payers), random.choice(["read", "write"]), random.randint(1, 9))
    day.until_nobody_waits()
    assert len(day.made) == len(day.came)
    for kind in ("read", "write"):
        for each in payers:
            assert day.most_in_a_minute(each, kind=kind) <= PER_LOGIN
        for project in "01":
            ours = [each for each in payers if each.project == project]
            assert day.most_in_a_minute(*ours, kind=kind) <= PER_PROJECT


def test_threads_wait_for_their_turn_by_one_clock() -> None:
    """Each sleep sets the clock on, as if that time had passed."""
    now, lock = [0.0], threading.Lock()

    def sleep(seconds: float) -> None:
        with lock:
            now[0] += seconds

    quotas, done = Quotas(clock=lambda: now[0], sleep=sleep), list[float]()

    def work() -> None:
        for _ in range(20):
            quotas.wait_turn(ADI, "read")
            done.append(now[0])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 80
    assert sum(1 for at in done if at < 61.0) == 60


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    with Emulator() as running:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", running.url)
        yield running


class Turns(Quotas):
    """Notes whose turn it was, and lets everybody pass."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[str, Kind]] = []

    def wait_turn(self, payer: Payer, kind: Kind) -> None:
        self.taken.append((f"{payer.login} of {payer.project}", kind))


def test_every_call_of_a_cycle_takes_a_turn_of_its_login(
    emulator: Emulator, tmp_path: Path
) -> None:
    office, turns = GoogleOffice(emulator), Turns()
    key = service_account_key(tmp_path, f"{emulator.url}/token")
    office.book = GoogleWorkbook(GoogleSettings(office.id, standard_schema(), key, quotas=turns))
    office.set_up({"Register": register_rows(2), "Petugas": STAFF_ROWS})
    office.cycle(NOW)
    made = defaultdict[Kind, int](int)
    for kind, count in emulator.calls.items():
        if kind != "token":
            made["read" if "et" in kind.rpartition(".")[2] else "write"] += count
    assert {login for login, _ in turns.taken} == {
        "pengingat@buku-register.iam.gserviceaccount.com of buku-register"
    }
    for kind in ("read", "write"):
        assert [each for _, each in turns.taken].count(kind) == made[kind] > 0


PAYERS = {
    "key": Payer("pengingat@buku-register.iam.gserviceaccount.com", "buku-register"),
    "impersonated": Payer("register@buku-register.iam.gserviceaccount.com", "buku-register"),
}


@pytest.mark.parametrize("kind", PAYERS)
def test_a_file_of_credentials_tells_the_login_and_its_project(
    emulator: Emulator, tmp_path: Path, kind: str
) -> None:
    with TokenServer(emulator) as server:
        file = getattr(google_identities, kind)(tmp_path, emulator, server)
    assert payer(content(file)) == PAYERS[kind]


def test_two_copies_of_a_login_are_one_and_its_secret_is_not_kept(
    emulator: Emulator, tmp_path: Path
) -> None:
    with TokenServer(emulator) as server:
        file = google_identities.login(tmp_path, emulator, server)
        other = google_identities.login(tmp_path / "..", emulator, server)
    found = content(file)
    assert payer(found) == payer(dict(found))
    assert payer(found).project == "1"
    assert found["refresh_token"] not in payer(found).login
    assert payer(content(other)) != payer(found)
    assert payer({**found, "quota_project_id": "lain"}).project == "lain"
