"""Tells an address on the net that a run begins, went well, or failed, so that somebody elsewhere
notices when nothing is told any more. The convention is that of https://healthchecks.io/docs/http_api/

The address is a secret and never logged. Whoever does not answer holds nothing up: each request is
made beside the run, in its turn, and not made at all while too many wait.
"""

import logging
import time
from collections.abc import Sequence
from contextvars import copy_context
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

Sign = Literal["/start", "", "/fail"]

TIMEOUT = 5.0  # seconds for a connection, and for an answer
MOST_WAITING = 4

log = logging.getLogger(__name__)


class Beacon:
    """`address` is the base of the addresses that are requested; "": none is."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._asking: list[Thread] = []
        self._answers = True

    def tell(self, sign: Sign) -> None:
        """Returns at once."""
        self._asking = [each for each in self._asking if each.is_alive()]
        if self._address and len(self._asking) < MOST_WAITING:
            here = copy_context()  # whose log it is
            thread = Thread(target=here.run, args=(self._tell, sign, [*self._asking]), daemon=True)
            thread.start()
            self._asking.append(thread)

    def settle(self, seconds: float = TIMEOUT) -> None:
        """Waits for what was told to arrive, so long at most."""
        end = time.monotonic() + seconds
        for each in self._asking:
            each.join(max(end - time.monotonic(), 0))

    def _tell(self, sign: Sign, before: Sequence[Thread]) -> None:
        for each in before:
            each.join(2 * TIMEOUT)
        fault = _requested(_with(self._address, sign))
        if fault and self._answers:
            log.warning("Alamat pemantau ([watch] ping) tidak dapat dihubungi: %s.", fault)
        elif not fault and not self._answers:
            log.info("Alamat pemantau ([watch] ping) menjawab lagi.")
        self._answers = not fault


def _with(address: str, sign: Sign) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + sign))


def _requested(address: str) -> str:
    """Why it did not work, in a few words without the address; "" if it did."""
    import requests  # for the offices that have such an address

    try:
        with requests.get(address, timeout=TIMEOUT, stream=True) as answer:
            return "" if answer.ok else f"menjawab {answer.status_code}"
    except Exception as error:  # its own words hold the address
        return type(error).__name__
