"""A spreadsheet in the emulator for tests: set up, filled, and read back as staff see it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from automation.core.drawing import Sheet, Value
from automation.core.edges import Published
from automation.core.plan import Plan, follow, past_of
from automation.core.register.reading import read_register
from automation.core.reminders.notices import Told
from automation.core.tabs import program_sheets
from automation.core.tabs.staff import Rows, staff_sheets
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google import GoogleSettings, GoogleWorkbook
from automation.workbooks.google.drawing.shapes import scalar
from tests.offices import NOW, STAFF, standard_schema
from tests.sheets_emulator import Emulator
from tests.sheets_emulator.model import Spreadsheet

ROOM = 5  # empty rows: fewer than an office has, since every formatted cell costs a test time
SERVICE_ACCOUNT = "pengingat@buku-register.iam.gserviceaccount.com"


def service_account_key(folder: Path, token_uri: str) -> Path:
    """A key file of a service account that gets its tokens at `token_uri`."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    key = {
        "type": "service_account",
        "project_id": "buku-register",
        "private_key_id": "1",
        "private_key": private.decode(),
        "client_email": SERVICE_ACCOUNT,
        "client_id": "1",
        "token_uri": token_uri,
    }
    file = folder / "service_account.json"
    file.write_text(json.dumps(key), encoding="utf-8")
    file.chmod(0o600)
    return file


class GoogleOffice:
    """An office whose register is a spreadsheet in the emulator."""

    def __init__(self, emulator: Emulator, **properties: str) -> None:
        self.emulator = emulator
        self.id = emulator.new_spreadsheet("Buku Register", **properties).id
        self.waits: list[float] = []
        self.book = self.workbook()

    def workbook(self, **settings: Any) -> GoogleWorkbook:
        """The program's workbook as a new process opens it; waits are noted, not waited."""
        chosen = GoogleSettings(self.id, standard_schema(), **settings)
        return GoogleWorkbook(chosen, self.waits.append)

    def set_up(self, rows: Mapping[str, Rows] = MappingProxyType({})) -> list[str]:
        """Sets staff's tabs up, `rows` in them, in the schema's order of columns."""
        sheets = staff_sheets(standard_schema(), rows)
        return self.book.setup([replace(sheet, room=ROOM) for sheet in sheets])

    def cycle(self, now: datetime = NOW) -> Published:
        """What a run does with the workbook."""
        seen = self.seen(now)
        return self.book.publish(self.drawn(seen), now)

    def seen(self, now: datetime = NOW) -> Plan:
        """What the program makes of a read."""
        grids, schema = self.book.read(), standard_schema()
        register = replace(read_register(grids, schema), strays=tuple(self.book.strays()))
        return follow(register, schema, now, past=past_of(grids, schema, Told()))

    def drawn(self, seen: Plan) -> tuple[Sheet, ...]:
        return program_sheets(seen, standard_schema(), (), self.book.cell_link, "WIB")

    @property
    def register_id(self) -> int:
        """The sheetId of the tab `Register`."""
        return int(self.tab("Register").id)

    def staff(self, *requests: dict[str, Any]) -> None:
        """What somebody does to the spreadsheet by hand."""
        self.emulator.batch_update(self.id, list(requests))

    def type(self, cells: str, values: list[list[Any]]) -> None:
        """What somebody types."""
        self.emulator.write(self.id, cells, values)

    def fill(self, rows: Rows) -> None:
        """Staff have filled the Register with `rows`, below what the setup has formatted."""
        more = {"dimension": "ROWS", "length": len(rows), "sheetId": self.register_id}
        self.staff({"appendDimension": more})
        values = [[scalar(value) for value in row] for row in rows]
        self.emulator.write(self.id, f"Register!A2:Q{len(rows) + 1}", values, option="RAW")

    def cells(self, title: str) -> list[list[Any]]:
        return self.emulator.read(self.id, f"'{title}'")

    def tab(self, title: str) -> Any:
        """The emulator's own record of a tab."""
        found = self.emulator.spreadsheets[self.id].titled(title)
        assert found is not None, f"there is no tab {title}"
        return found

    def program_record(self) -> dict[str, Any]:
        """All of the program's tabs but their place among the others."""
        tabs = {title: vars(self.tab(title)) for title in PROGRAM_TITLES}
        return {
            title: {**record, "properties": {**record["properties"], "index": None}}
            for title, record in tabs.items()
        }

    def snapshot(self) -> str:
        """All of the spreadsheet, to see whether anything changed."""
        return json.dumps(asdict(self.emulator.spreadsheets[self.id]), sort_keys=True)

    @contextmanager
    def counted(self) -> Iterator[Counter[str]]:
        """The calls made within, by the method's last name."""
        before, made = Counter(self.emulator.calls), Counter[str]()
        yield made
        for kind, count in (self.emulator.calls - before).items():
            made[kind.rpartition(".")[2]] = count


_READY: dict[str, Spreadsheet] = {}


def ready_office(
    emulator: Emulator, rows: Mapping[str, Rows], *, published: bool = False
) -> GoogleOffice:
    """Set up, with `rows` in staff's tabs, and `published` once at NOW. Done once and copied for
    each test: to the emulator it is a spreadsheet that nobody has called for yet."""
    mark = repr((rows, published, emulator.doubts))
    if mark not in _READY:
        first = GoogleOffice(emulator)
        first.set_up(rows)
        if published:
            first.cycle()
        _READY[mark] = emulator.spreadsheets.pop(first.id)
        emulator.calls.clear()
    office = GoogleOffice(emulator)
    emulator.service.keep(replace(deepcopy(_READY[mark]), id=office.id))
    return office


def register_rows(count: int) -> list[list[Value]]:
    """Cases that are finished in time, so that the passing of time changes nothing about them."""
    start = datetime(2026, 11, 23, 7, 40)
    rows: list[list[Value]] = []
    for place in range(count):
        received = start + timedelta(seconds=place % 60)
        stamps = [received + timedelta(minutes=minutes) for minutes in (5, 9, 15, 20, 50, 70, 80)]
        number = f"{place + 1:04d}/ADU/XI/2026"
        facts: list[Value] = [
            "Surat",
            "Aduan",
            f"Pemohon {place}",
            None,
            f"Perihal {place}",
            "Tari",
        ]
        rows.append([number, received, *facts, *stamps, "Dikabulkan", None])
    return rows


STAFF_ROWS: list[list[Value]] = [
    [each["Nama"], each["Jabatan dalam SOP"], each["Surel"], each["Aktif"]] for each in STAFF
]
