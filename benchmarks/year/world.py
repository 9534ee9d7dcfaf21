"""The office as the simulation has it: who works there, when, and the register as it is typed.

Everything is drawn beforehand from a seed and knows nothing of the program: the same year happens
whatever is mailed. What happens is a sequence of `Edit`s, in the order of their time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import numpy as np

from automation.core.office_time.office_hours import office_hours
from automation.core.office_time.working_time import WorkCalendar
from automation.core.register.headers import Grid
from automation.core.register.reading import read_register
from automation.core.schema import Schema

START = date(2026, 1, 1)
ONE_DAY = timedelta(days=1)
KEEPER, HEAD = "Petugas Pengadministrasi Pengaduan", "Penanggung Jawab (Kepala Dinas)"
# Name, role, and who usually stands in ("" = nobody is named: the role above has to).
PEOPLE = (
    ("Ratna Dewi", KEEPER, "Wahyu Nugroho"),
    ("Wahyu Nugroho", KEEPER, ""),
    ("Endang Susilowati", "Kasubbag Umum", "Ratna Dewi"),
    ("Bayu Prasetyo", "Pelaksana Teknis", "Sri Lestari"),
    ("Sri Lestari", "Anggota Tim Teknis", ""),
    ("Agus Santoso", "Penanggung Jawab Teknis", "Sri Lestari"),
    ("Hendra Wijaya", "Ketua Tim", ""),
    ("Titik Handayani", HEAD, "Hendra Wijaya"),
)
# First day, days, remark, opens, closes, and how many days before it was entered; negative: after.
CLOSURES = (
    (date(2026, 1, 28), 1, "Pemadaman listrik", None, None, -1),
    (date(2026, 3, 6), 1, "Rapat kerja daerah", None, None, 9),
    (date(2026, 4, 14), 1, "Pemeliharaan jaringan", time(8), time(12), 3),
    (date(2026, 5, 12), 1, "Banjir di ruang arsip", None, None, -1),
    (date(2026, 6, 13), 1, "Pelayanan akhir pekan", time(8), time(12), 6),
    (date(2026, 7, 22), 2, "Pelatihan pegawai", None, None, 14),
    (date(2026, 9, 9), 1, "Upacara daerah", time(13), time(15, 30), 2),
    (date(2026, 10, 15), 1, "Hari jadi kabupaten", None, None, -1),
    (date(2026, 11, 14), 1, "Pelayanan akhir pekan", time(8), time(12), 4),
)


@dataclass(frozen=True)
class Edit:
    """What somebody types at `at` into the row `key` of a tab; `cells` None takes the row out."""

    at: datetime
    tab: str
    key: str
    cells: Mapping[str, object] | None


@dataclass(frozen=True)
class Leave:
    name: str
    first: date
    last: date
    typed: datetime  # into `Petugas`
    substitute: str


class Book:
    """The staff's tabs as they stand: rows of header -> cell."""

    def __init__(self, schema: Schema) -> None:
        tabs = schema.tabs.all()
        self.headers = {tab.title: [column.header for column in tab.columns] for tab in tabs}
        self.rows: dict[str, dict[str, dict[str, object]]] = {title: {} for title in self.headers}

    def apply(self, edit: Edit) -> None:
        """A row that is not there yet is added at the end; one that was taken out stays out."""
        rows = self.rows[edit.tab]
        if edit.cells is None:
            rows.pop(edit.key, None)
        else:
            rows.setdefault(edit.key, {}).update(edit.cells)

    def grids(self) -> dict[str, Grid]:
        """The tabs as cells, header first."""
        return {
            title: [
                headers,
                *([row.get(header) for header in headers] for row in self.rows[title].values()),
            ]
            for title, headers in self.headers.items()
        }

    def away(self, day: date) -> set[str]:
        """Addresses of those who are on leave on that day, as far as `Petugas` tells."""
        return {str(row["Surel"]) for row in self.rows["Petugas"].values() if _is_away(row, day)}


def _is_away(row: Mapping[str, object], day: date) -> bool:
    first, last = row.get("Cuti Mulai"), row.get("Cuti Selesai")
    return (
        isinstance(first, datetime)
        and isinstance(last, datetime)
        and first.date() <= day <= (last.date())
    )


class Desk:
    """The office's working time as it truly was, and who was there."""

    def __init__(self, schema: Schema, days: int, rng: Random) -> None:
        self.schema, self.days, self.rng = schema, days, rng
        book = Book(schema)
        for edit in closure_edits():
            book.apply(edit)
        closures = read_register(book.grids(), schema).closures.frame
        hours = office_hours(schema.working_hours, closures, START.year - 1, START.year + 1)
        self.calendar: WorkCalendar = hours.calendar
        self.leaves = [leave for person in PEOPLE for leave in self._leaves(*person)]

    def later(self, at: datetime, minutes: float) -> datetime:
        """So many working minutes after `at`, never at closing time itself."""
        found = self._due(at, int(minutes) * 60)
        if not self.calendar.is_working(found):
            found = self._due(found, 60) - timedelta(seconds=60)
        return found.replace(second=0)

    def _due(self, at: datetime, seconds: int) -> datetime:
        due: datetime = self.calendar.due(at, seconds).astype("M8[s]").item()
        return due

    def is_away(self, name: str, day: date) -> bool:
        return any(each.name == name and each.first <= day <= each.last for each in self.leaves)

    def back(self, name: str, at: datetime) -> datetime:
        """`at`, or the midnight after the leave that it falls into."""
        for each in self.leaves:
            if each.name == name and each.first <= at.date() <= each.last:
                return datetime.combine(each.last + ONE_DAY, time())
        return at

    def working_days(self) -> Iterator[date]:
        for day in (START + n * ONE_DAY for n in range(self.days)):
            if int(self.calendar.working_days(day - ONE_DAY, day)):
                yield day

    def _leaves(self, name: str, role: str, usual: str) -> Iterator[Leave]:
        """Three or four blocks of leave, told some days before; now and then a sudden day."""
        rng, day = self.rng, START + timedelta(days=self.rng.randint(10, 60))
        while day < START + timedelta(days=365):
            sudden = rng.random() < 0.3
            length = 1 if sudden else rng.randint(2, 6)
            noticed = datetime.combine(
                day if sudden else day - timedelta(days=rng.randint(1, 9)), time(7, 10)
            )
            named = role == HEAD or rng.random() < 0.75
            yield Leave(name, day, day + (length - 1) * ONE_DAY, noticed, usual if named else "")
            day += timedelta(days=length + rng.randint(30, 110))


def staff_edits(desk: Desk) -> Iterator[Edit]:
    """The tab `Petugas` from before the first day, and the leave as it is typed."""
    for name, role, _ in PEOPLE:
        cells: dict[str, object] = {
            "Nama": name,
            "Jabatan dalam SOP": role,
            "Surel": address(name),
            "Aktif": "Ya",
        }
        yield Edit(datetime.combine(START - ONE_DAY, time()), "Petugas", name, cells)
    for leave in desk.leaves:
        away = {
            "Cuti Mulai": datetime.combine(leave.first, time()),
            "Cuti Selesai": datetime.combine(leave.last, time()),
            "Pengganti": leave.substitute or None,
        }
        yield Edit(leave.typed, "Petugas", leave.name, away)


def closure_edits() -> Iterator[Edit]:
    """The tab `Libur` as it is typed."""
    for first, days, remark, opens, closes, ahead in CLOSURES:
        cells = {
            "Mulai": datetime.combine(first, time()),
            "Selesai": datetime.combine(first + (days - 1) * ONE_DAY, time()),
            "Keterangan": remark,
            "Jam Masuk": opens,
            "Jam Pulang": closes,
        }
        typed = datetime.combine(first - ahead * ONE_DAY, time(9, 5))
        yield Edit(typed, "Libur", str(first), cells)


def address(name: str) -> str:
    return name.lower().replace(" ", ".") + "@kantor.example.id"


def arrivals(desk: Desk, a_day: float) -> list[datetime]:
    """When cases come in: so many a working day, a third of them at any time since the last one."""
    found: list[datetime] = []
    before = datetime.combine(START, time())
    for day in desk.working_days():
        midnight = datetime.combine(day, time())
        periods = desk.calendar.periods(midnight, midnight + ONE_DAY)
        opens, closes = periods[0][0], periods[-1][1]
        for _ in range(_about(a_day, desk.rng)):
            low = before if desk.rng.random() < 1 / 3 else opens
            seconds = max(60.0, (closes - low).total_seconds())
            found.append(low + timedelta(minutes=int(desk.rng.random() * seconds / 60)))
        before = closes
    return sorted(found)


def _about(expected: float, rng: Random) -> int:
    """A whole number around `expected`."""
    return int(np.clip(round(rng.gauss(expected, expected / 4)), 0, 2 * expected))


def in_order(edits: Sequence[Edit]) -> list[Edit]:
    return sorted(edits, key=lambda edit: edit.at)
