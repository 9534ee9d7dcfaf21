"""An office that is watched: Excel workbooks, a settings file, and a clock that a test sets."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

import automation
from automation.installation import Installation
from automation.settings import load_settings
from tests.cycle_offices import DeskOffice
from tests.offices import NOW, Row, case

JAKARTA = ZoneInfo("Asia/Jakarta")


class WatchedOffice(DeskOffice):
    """Its register has one case, unless it is written anew."""

    def __init__(self, folder: Path, settings: str = "") -> None:
        super().__init__(folder)
        self.file = folder / "pengaturan.toml"
        self.configure(settings)
        self.write([case()])

    def configure(self, settings: str) -> None:
        self.file.write_text(settings, encoding="utf-8")

    def write(self, *given: list[Row], **tabs: list[Row]) -> None:  # type: ignore[override]
        """Saved at NOW, so that no clock of a test lies far from it."""
        super().write(*given, **tabs)
        saved = NOW.replace(tzinfo=JAKARTA).timestamp()
        os.utime(self.register, (saved, saved))

    @property
    def register(self) -> Path:
        return self.folder / "register.xlsx"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def log(self) -> str:
        return (self.state / "catatan.log").read_text(encoding="utf-8")

    def installation(self, now: datetime | None = None) -> Installation:
        """By the machine's clock, unless `now` is given."""
        return Installation.of(load_settings(self.file), now)

    @contextmanager
    def at(self, now: datetime) -> Iterator[Installation]:
        """As a program finds it that is started at `now`."""
        with clock_at(now):
            yield self.installation()


def clock_at(now: datetime) -> "time_machine.travel":
    """The machine's clock stands at `now`, local to the office."""
    return time_machine.travel(now.replace(tzinfo=JAKARTA), tick=False)


def program_on_disk(folder: Path, content: str, environment: Any) -> None:
    """What now lies where the program was; `environment` is pytest's monkeypatch."""
    (folder / "__init__.py").write_text(content)
    environment.setattr(automation, "__file__", str(folder / "__init__.py"))
