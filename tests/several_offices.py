"""A folder of offices with Excel registers, for tests: `credentials/NAME.toml`, files in `kantor/`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from automation.installation import Installation
from automation.offices.folder import roll
from tests.cycle_offices import DeskOffice
from tests.offices import NOW, Row, case


class Offices:
    """Each name in `registers` has a register with these cases."""

    def __init__(self, folder: Path, registers: Mapping[str, Sequence[Row]]) -> None:
        self.folder = folder
        self.settings = folder / "credentials"
        self.settings.mkdir()
        for name, cases in registers.items():
            self.configure(name)
            self.home(name).mkdir(parents=True)
            DeskOffice(self.home(name)).write(list(cases))

    def configure(self, name: str, settings: str = "") -> Path:
        file = self.settings / f"{name}.toml"
        file.write_text(settings, encoding="utf-8")
        return file

    def home(self, name: str) -> Path:
        return self.folder / "kantor" / name

    def log(self, name: str) -> str:
        return (self.home(name) / "state/catatan.log").read_text(encoding="utf-8")

    def installation(self, name: str) -> Installation:
        return roll(self.settings, NOW).served[name]


def ordinary(*names: str) -> dict[str, list[Row]]:
    """Offices with one open case each."""
    return {name: [case()] for name in names}
