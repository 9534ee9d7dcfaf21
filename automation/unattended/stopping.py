"""How a program that runs on is told to end, and how soon it does.

SIGTERM, Ctrl-C, Ctrl-Break, and a console of Windows' that is closed ask it to: it ends behind the
step at hand. A step that takes too long, since a server does not answer, is cut off; so it is when
asked again. A run may be cut off anywhere: the next one carries on.
"""

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 5.0  # seconds for the step at hand
NAP = 1.0  # seconds; so soon it is noticed that the end was asked for

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGBREAK") if hasattr(signal, name)
)


class Stopped(BaseException):
    """Cuts off whatever is being done."""


class Stop:
    """Whether the end was asked for. Plain values and no locks: a signal handler sets them, in the
    midst of whatever the program does."""

    def __init__(self) -> None:
        self.asked = False
        self.reached = False

    def ask(self) -> None:
        """Asks for the end. Raises Stopped the second time."""
        if self.asked:
            raise Stopped
        self.asked = True
        _thread.start_new_thread(self._insist, ())

    def check(self) -> None:
        """Between two steps. Raises Stopped."""
        if self.asked:
            raise Stopped

    def wait(self, seconds: float) -> None:
        """Waits so long, unless the end is asked for."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, NAP))

    def is_reached_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not self.reached and time.monotonic() < end:
            time.sleep(NAP / 20)
        return self.reached

    def _insist(self) -> None:
        """Interrupts what waits, where the system lets it; else the process ends as it is."""
        if self.is_reached_within(PATIENCE):
            return
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        else:
            _thread.interrupt_main(signal.SIGTERM)
        if not self.is_reached_within(PATIENCE):
            os._exit(0)


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Within, the signals ask `stop`; what they cut off ends here, quietly."""

    def handler(number: int, frame: FrameType | None) -> None:
        stop.ask()

    before = {each: signal.signal(each, handler) for each in SIGNALS}
    try:
        with _console_closing(stop):
            yield
    except Stopped:
        pass
    finally:
        stop.reached = True
        for number, handled in before.items():
            signal.signal(number, handled)


@contextmanager
def _console_closing(stop: Stop) -> Iterator[None]:
    """Windows ends a process as soon as its handler returns from one of these events, which Python
    does not hand on: so it is made to wait.

    https://learn.microsoft.com/windows/console/handlerroutine
    """
    if sys.platform != "win32":
        yield
        return
    import ctypes

    closing = (2, 5, 6)  # CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT

    @ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)
    def handler(event: int) -> int:
        if event not in closing:
            return 0
        if not stop.asked:
            stop.ask()
        stop.is_reached_within(2 * PATIENCE)
        return 1

    ctypes.windll.kernel32.SetConsoleCtrlHandler(handler, 1)
    try:
        yield
    finally:
        ctypes.windll.kernel32.SetConsoleCtrlHandler(handler, 0)
