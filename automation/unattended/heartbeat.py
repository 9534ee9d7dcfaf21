"""The pulse in the state folder, and the last month that has its archive.

A file that cannot be read counts as lost: a heartbeat is no reason to fail.
"""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from automation.core.edges import EdgeError
from automation.core.watch.pulse import Pulse
from automation.files import replace
from automation.settings import ARCHIVED_FILE, PULSE_FILE

_PULSE = TypeAdapter(Pulse)
_MONTH = TypeAdapter(date)


def pulse(state: Path) -> Pulse:
    kept: Pulse | None = _kept(state / PULSE_FILE, _PULSE)
    return kept if kept and _is_local(kept) else Pulse()


def _is_local(pulse: Pulse) -> bool:
    last = pulse.last.at if pulse.last else None
    instants = (last, pulse.good, pulse.failing_since, pulse.alarmed)
    return all(each is None or each.tzinfo is None for each in instants)


class Heart:
    """The pulse of an office, in memory where the folder cannot be written: a full disk is a fault
    that somebody must hear of, and only once."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._unsaved: Pulse | None = None

    @property
    def pulse(self) -> Pulse:
        return self._unsaved or pulse(self._state)

    def keep(self, pulse: Pulse) -> None:
        """Raises EdgeError where it is kept in memory only."""
        self._unsaved = pulse
        _keep(self._state / PULSE_FILE, _PULSE.dump_json(pulse, indent=1))
        self._unsaved = None


def archived(state: Path) -> date | None:
    """The first day of that month."""
    month: date | None = _kept(state / ARCHIVED_FILE, _MONTH)
    return month


def keep_archived(state: Path, month: date) -> None:
    """Raises EdgeError."""
    _keep(state / ARCHIVED_FILE, _MONTH.dump_json(month))


def _kept(file: Path, shape: TypeAdapter[Any]) -> Any:
    try:
        return shape.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def _keep(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, content, ours=lambda file: True)
    except OSError as error:
        raise EdgeError(
            f"{file} tidak dapat ditulisi ({error.strerror}); periksa [office] state."
        ) from None
