"""A program that runs on ends when it is told to, within seconds, whatever it is doing."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from automation.unattended import stopping
from automation.unattended.stopping import Stop, Stopped, stoppable
from tests.offices import ROOT


@pytest.fixture
def silent_server() -> Iterator[socket.socket]:
    """A connection to somebody who never answers."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        yield client


def signalled(number: int, work: Callable[[Stop], None]) -> Stop:
    """`work`, in the midst of which the signal comes."""
    stop = Stop()
    sender = threading.Timer(0.1, os.kill, (os.getpid(), number))
    with stoppable(stop):
        sender.start()
        work(stop)
    sender.join()
    return stop


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_wait_ends_with_the_signal(number: int) -> None:
    assert signalled(number, lambda stop: stop.wait(60)).asked


def test_the_step_at_hand_is_done_to_its_end() -> None:
    done = []

    def work(stop: Stop) -> None:
        while not stop.asked:
            time.sleep(0.01)
        done.append("this step")
        stop.check()
        done.append("the next")

    signalled(signal.SIGTERM, work)
    assert done == ["this step"]


def test_a_wait_for_an_answer_that_does_not_come_is_cut_off(
    silent_server: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not left to the end of the process, which would be the end of the tests."""
    monkeypatch.setattr(stopping, "PATIENCE", 0.2)
    monkeypatch.setattr(stopping.os, "_exit", lambda status: None)
    silent_server.settimeout(60)
    assert signalled(signal.SIGTERM, lambda stop: silent_server.recv(1)).reached  # type: ignore[arg-type, return-value]


def test_who_asks_twice_need_not_wait() -> None:
    stop = Stop()
    stop.ask()
    stop.reached = True
    with pytest.raises(Stopped):
        stop.ask()


def test_the_signals_mean_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stoppable(Stop()):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_cannot_be_interrupted_ends_with_the_process() -> None:
    """As a call that waits does on Windows: here it takes what cuts it off for somebody else's."""
    script = """
import os, signal, time
from automation.unattended import stopping
stopping.PATIENCE = 0.2
with stopping.stoppable(stopping.Stop()):
    os.kill(os.getpid(), signal.SIGTERM)
    while True:
        try:
            time.sleep(60)
        except BaseException:
            print("cut off", flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"cut off\n")
