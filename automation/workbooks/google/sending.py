"""Calls that write, made with patience, and what goes wrong said in a sentence at the rim."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Self

from google.auth.exceptions import RefreshError

from automation.core.edges import EdgeError
from automation.workbooks.google.publishing import is_repeatable
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.wire.connection import Connection, Request
from automation.workbooks.google.wire.faults import DoubtfulError, Patience, is_passing
from automation.workbooks.google.wire.sentences import FAULTS, sentence


def send(connection: Connection, patience: Patience, calls: Sequence[Sequence[Request]]) -> None:
    """Call by call. Raises DoubtfulError where one that cannot be repeated got no answer."""
    for call in calls:
        if is_repeatable(call):
            patience.persist(partial(connection.update, call))
            continue
        try:
            connection.update(call)
        except Exception as error:
            if is_passing(error):
                raise DoubtfulError from error
            raise


@contextmanager
def spoken(connection: Connection, settings: GoogleSettings) -> Iterator[None]:
    """Raises EdgeError where Google, or the way there, failed."""
    try:
        yield
    except FAULTS as error:
        told = sentence(error, settings, connection.identity)
        if isinstance(error, RefreshError):
            connection.log_in_anew()
        raise EdgeError(told) from error


@dataclass(frozen=True)
class Access:
    """A spreadsheet, and with how much patience it is written to."""

    settings: GoogleSettings
    connection: Connection
    patience: Patience

    @classmethod
    def of(cls, settings: GoogleSettings, sleep: Callable[[float], None] = time.sleep) -> Self:
        patience = Patience(settings.tries, settings.patience_seconds, sleep)
        return cls(settings, Connection(settings), patience)

    def send(self, calls: Sequence[Sequence[Request]]) -> None:
        send(self.connection, self.patience, calls)

    def spoken(self) -> AbstractContextManager[None]:
        return spoken(self.connection, self.settings)
