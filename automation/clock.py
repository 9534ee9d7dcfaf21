"""The machine's clock as a run is handed it: what speaks against it, and what was confirmed."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from automation.core.edges import EdgeError, Workbook
from automation.core.register.clock import (
    Evidence,
    Trust,
    Witness,
    against,
    confirmed,
    doubt,
    stamps,
)
from automation.core.register.headers import Grid
from automation.core.register.register import Register
from automation.files import replace
from automation.mail.pengingat import latest

FILE_NAME = "clock.json"


@dataclass(frozen=True)
class MachineClock:
    """The promise `core.edges.Clock`. `state` is the office's folder for what is remembered."""

    state: Path
    zone: ZoneInfo
    workbook: Workbook

    def doubt(self, register: Register, pengingat: Grid | None, now: datetime) -> str:
        trust = self._trust()
        witness = against(now, self._evidence(register, pengingat, trust), trust.lead)
        return "" if witness is None else doubt(now, witness)

    def believe(self, now: datetime) -> None:
        self._keep(Trust(now, self._trust().lead))

    def evidence(self, register: Register, pengingat: Grid | None) -> Evidence:
        """All that `workbook`, as it was just read, and the last runs tell of the time."""
        return self._evidence(register, pengingat, self._trust())

    def confirm(self, register: Register, pengingat: Grid | None, now: datetime) -> None:
        """From now on this clock is believed. Raises EdgeError."""
        self._keep(confirmed(now, self.evidence(register, pengingat)))

    def _evidence(self, register: Register, pengingat: Grid | None, trust: Trust) -> Evidence:
        signs, (typical, newest) = self.workbook.time_signs(), stamps(register)
        return Evidence(
            present=self._witness("Google menyebut", signs.present),
            run=_last_run(trust, pengingat),
            past=(*filter(None, [self._witness("register disimpan", signs.saved)]), *typical),
            typed=newest,
        )

    def _witness(self, told: str, at: datetime | None) -> Witness | None:
        if at is None:
            return None
        return Witness(told, at.astimezone(self.zone).replace(tzinfo=None, microsecond=0))

    def _trust(self) -> Trust:
        """What was kept; where it cannot be read it counts as lost."""
        try:
            kept = json.loads((self.state / FILE_NAME).read_text(encoding="utf-8"))
            last, lead = datetime.fromisoformat(kept["last"]), timedelta(seconds=kept["lead"])
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return Trust()
        return Trust(last, lead) if last.tzinfo is None else Trust()

    def _keep(self, trust: Trust) -> None:
        kept = {"last": trust.last and trust.last.isoformat(), "lead": trust.lead.total_seconds()}
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            replace(self.state / FILE_NAME, json.dumps(kept).encode(), ours=lambda file: True)
        except OSError as error:
            raise EdgeError(
                f"Folder {self.state} tidak dapat ditulisi ({error.strerror}); periksa [office] "
                "state."
            ) from None


def _last_run(trust: Trust, pengingat: Grid | None) -> Witness | None:
    """From the state folder or, where that was lost, from the last mail in `Pengingat`."""
    if trust.last is not None:
        return Witness("program terakhir berjalan pada", trust.last)
    at = latest(cell for row in pengingat or () for cell in row)
    return None if at is None else Witness("surel terakhir pada tab Pengingat dikirim pada", at)
