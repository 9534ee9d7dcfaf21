"""Many offices at once: who hangs keeps nobody waiting for long, and is told of."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from automation.core.edges import EdgeError
from automation.core.once import cached_property
from automation.offices import crew
from automation.offices.crew import Places, each

NEVER = 60.0  # seconds: no test waits so long


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """What hanging work waits for: the end of the test."""
    event = threading.Event()
    yield event
    event.set()


def hanging(release: threading.Event) -> Callable[[], str]:
    def hang() -> str:
        release.wait(NEVER)
        return "late"

    return hang


def test_offices_that_hang_leave_the_others_alone_even_where_they_fill_all_places(
    release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "Places", lambda: Places(count=2, longest=0.1))
    work = {f"a{place}": hanging(release) for place in range(5)}
    work |= {f"b{place}": lambda: "done" for place in range(20)}
    answers = dict(each(work, seconds=0.5))
    assert sum(1 for answer in answers.values() if answer == "done") == 20
    late = [answer for answer in answers.values() if isinstance(answer, EdgeError)]
    assert len(late) == 5
    assert str(late[0]).startswith("Belum selesai setelah")


def test_what_goes_wrong_for_one_office_is_its_own_answer() -> None:
    def fail() -> str:
        raise KeyError("Budi Santoso")

    answers = dict(each({"a": fail, "b": lambda: "done"}))
    assert isinstance(answers["a"], KeyError)
    assert answers["b"] == "done"


def test_no_more_work_at_once_than_there_are_places() -> None:
    places, lock = Places(count=3, longest=NEVER), threading.Lock()
    at_work, most = [0], [0]

    def work() -> None:
        with places.one():
            with lock:
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
            time.sleep(0.01)
            with lock:
                at_work[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(NEVER)
    assert (at_work, most) == ([0], [3])


def test_what_hangs_while_it_is_worked_out_for_one_office_is_had_by_the_others(
    release: threading.Event,
) -> None:
    class Home:
        def __init__(self, answers: bool) -> None:
            self.answers = answers
            self.asked = 0

        @cached_property
        def state(self) -> str:
            self.asked += 1
            if not self.answers:
                release.wait(NEVER)
            return "there"

    slow, quick = Home(answers=False), Home(answers=True)
    threading.Thread(target=lambda: slow.state, daemon=True).start()
    while not slow.asked:
        time.sleep(0.001)
    answers = dict(each({"quick": lambda: quick.state}, seconds=5.0))
    assert answers == {"quick": "there"}
    assert (quick.state, quick.asked) == ("there", 1)
