"""Many offices in one process, and over several machines, on an emulator of Google Sheets over HTTP
that refuses what is beyond Google's quotas: 60 reads and 60 writes a minute of a login, 300 of a
project.

First, `watch` for 140 offices with one login and cycles of five minutes, as a process of its own
and in real time: nothing is accelerated. Each register has ten cases, into one of which somebody
types every second. One more office's spreadsheet is never answered for. Printed are the calls that
were refused, how far apart the cycles of an office lay, the process's largest memory and its share
of one processor, and the calls of a cycle, which tell how many offices a login's quota would carry.

Then `run` as 2, 4 and 8 machines of a cluster start it, all at once, over the same offices by seven
logins: how many offices each took, how many were forgotten or taken twice.

    python -m benchmarks.offices [--offices 140] [--minutes 16]

Exits with 1 where a call was refused, an office was forgotten, taken twice, or late by more than a
minute, or where memory is beyond MOST_MEGABYTES. Linux only; needs `tests/requirements.txt`.
"""

import argparse
import gc
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from tests.google_office import service_account_key
from tests.offices import ROOT
from tests.several_offices import Offices, copies, filled_office
from tests.sheets_emulator import Emulator

EVERY = timedelta(minutes=5)
MINUTE = LATE = timedelta(minutes=1)
CALLS = 59  # of a login in a minute, as the program paces them
LOGINS = 7
CASES = 10
MOST_MEGABYTES = 600
READS = (
    "spreadsheets.values.batchGet",
    "spreadsheets.get",
    "spreadsheets.values.batchGetByDataFilter",
)
ZONE = ZoneInfo("Asia/Jakarta")  # the offices'
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--offices", type=int, default=140)
    options.add_argument("--minutes", type=float, default=16)
    chosen = options.parse_args()
    with TemporaryDirectory() as folder, Emulator() as emulator:
        os.environ["SHEETS_EMULATOR_HOST"] = emulator.url
        town = Town(Path(folder), emulator, chosen.offices)
        emulator.quotas.user, emulator.quotas.project = 60, 300
        well = [town.watched(chosen.minutes * 60)]
        well += [town.divided(machines) for machines in (2, 4, 8)]
    return int(not all(well))


class Town:
    """Offices whose registers are in the emulator."""

    def __init__(self, folder: Path, emulator: Emulator, count: int) -> None:
        self.emulator, self.folder = emulator, folder
        self.names = [f"kantor-{place:03d}" for place in range(count)]
        self.keys = [_key(folder, emulator, place) for place in range(LOGINS)]
        self.ids = copies(filled_office(emulator, self.keys[0].file, CASES), count + 1)
        gc.freeze()  # the emulator's spreadsheets are no garbage
        _open_now(folder / "skema")

    def watched(self, seconds: float) -> bool:
        """`watch` for all of them by one login, one of them silent beside them."""
        offices = self._offices("watch", [self.keys[0]] * len(self.names))
        offices.on_google("diam", self.ids[-1], _more(self.folder, self.keys[0]))
        self.emulator.silent = {self.ids[-1]}
        with self._staff_at_work():
            watch = Watch(offices.folder)
            time.sleep(seconds / 2)
            half, before = datetime.now(ZONE).replace(tzinfo=None), Counter(self.emulator.calls)
            time.sleep(seconds / 2)
            made, usage = self.emulator.calls - before, watch.ended()
        self.emulator.silent = set()
        rounds = [_rounds(offices.log(name)) for name in self.names]
        gaps = [later - earlier for each in rounds for earlier, later in pairwise(each)]
        late = sum(1 for each in rounds for at in each if at > half)
        return self._told(rounds, gaps, max(late, 1), made, usage)

    def _told(
        self,
        rounds: Sequence[Sequence[datetime]],
        gaps: Sequence[timedelta],
        late: int,
        made: Counter[str],
        usage: "Usage",
    ) -> bool:
        """Whether it is as it should be. `made` are the calls of the `late` cycles, those of the
        second half: the first cycle of an office makes more."""
        reads = sum(count for kind, count in made.items() if kind in READS)
        writes = sum(count for kind, count in made.items() if kind not in (*READS, "token"))
        refused, most = self.emulator.quotas.refused, max(reads, writes) / late
        apart = _range(int(gap.total_seconds()) for gap in gaps)
        print(f"watch: {len(self.names)} offices, one login, {usage.minutes:.1f} min of real time")
        print(f"  cycles of an office {_range(map(len, rounds))}, {apart} s apart")
        print(f"  at most {_most_at_once(rounds)} of them ended within the same ten seconds")
        print(f"  a cycle reads {reads / late:.2f} and writes {writes / late:.2f} times")
        print(f"  calls refused (429) {refused}")
        print(f"  one login carries {int(CALLS * EVERY / MINUTE / most)} offices")
        print(f"  memory {usage.megabytes:.0f} MB, {usage.share:.0%} of one processor")
        punctual = bool(gaps) and max(gaps) <= EVERY + LATE
        return punctual and usage.megabytes <= MOST_MEGABYTES and not refused

    def divided(self, machines: int) -> bool:
        """`run` as so many machines start it at once, each on an empty disk."""
        keys = [self.keys[place % LOGINS] for place in range(len(self.names))]
        offices, before = self._offices(f"run-{machines}", keys), self.emulator.quotas.refused
        began = time.monotonic()
        processes = [_machine(offices.folder, i, machines) for i in range(machines)]
        said = [process.communicate()[0] for process in processes]
        seconds = time.monotonic() - began
        taken = [re.findall(r"^(kantor-\d+): \d+ berkas", text, re.MULTILINE) for text in said]
        times = Counter(name for each in taken for name in each)
        forgotten = {*self.names} - times.keys()
        twice = [name for name, count in times.items() if count > 1]
        refused = self.emulator.quotas.refused - before
        shares = ", ".join(str(len(each)) for each in taken)
        print(f"run on {machines} machines: {shares} offices in {seconds:.0f} s")
        print(f"  forgotten {len(forgotten)}, taken twice {len(twice)}, refused (429) {refused}")
        return not (forgotten or twice or refused)

    def _offices(self, folder: str, keys: Sequence["Key"]) -> Offices:
        (self.folder / folder).mkdir()
        offices = Offices(self.folder / folder, {})
        for name, spreadsheet, key in zip(self.names, self.ids, keys, strict=False):
            book = self.emulator.spreadsheets[spreadsheet]
            book.owner = key.account  # who may edit what is protected
            offices.on_google(name, spreadsheet, _more(self.folder, key))
        return offices

    @contextmanager
    def _staff_at_work(self) -> Iterator[None]:
        """Somebody types into one register after the other."""
        over = threading.Event()

        def work() -> None:
            place = 0
            while not over.wait(1.0):
                spreadsheet = self.ids[place % len(self.names)]
                remark = [[f"dicatat {datetime.now():%H.%M}"]]
                self.emulator.write(spreadsheet, f"Register!Q{2 + place % CASES}", remark)
                place += 1

        typing = threading.Thread(target=work, daemon=True)
        typing.start()
        yield
        over.set()
        typing.join()


@dataclass(frozen=True)
class Key:
    """A service account's."""

    file: Path
    account: str


@dataclass(frozen=True)
class Usage:
    """What a process has used."""

    minutes: float
    megabytes: float
    share: float  # of one processor


class Watch:
    """`watch` as a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._process, self._began = _started(folder, "watch"), time.monotonic()

    def ended(self) -> Usage:
        """Ends it as a service manager does."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        largest = re.search(r"VmHWM:\s+(\d+) kB", status)
        seconds = time.monotonic() - self._began
        self._process.send_signal(signal.SIGTERM)
        _, _, used = os.wait4(self._process.pid, 0)
        share = (used.ru_utime + used.ru_stime) / seconds
        return Usage(seconds / 60, int(largest[1]) / 1024 if largest else 0.0, share)


def _machine(folder: Path, index: int, count: int) -> "subprocess.Popen[str]":
    number = {"JOB_COMPLETION_INDEX": str(index), "JOB_COMPLETIONS": str(count)}
    return _started(folder, "run", **number)


def _started(folder: Path, command: str, **more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "automation", "--config", "credentials", command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _key(folder: Path, emulator: Emulator, place: int) -> Key:
    """Of a service account of its own, in one of two projects."""
    home = folder / f"kunci-{place}"
    home.mkdir()
    file = service_account_key(home, f"{emulator.url}/token")
    project = f"proyek-{place % 2}"
    account = f"pengingat-{place}@{project}.iam.gserviceaccount.com"
    key = json.loads(file.read_text())
    file.write_text(json.dumps({**key, "project_id": project, "client_email": account}))
    return Key(file, account)


def _more(folder: Path, key: Key) -> str:
    return f'key_file = "{key.file}"\n[office]\nschema = "{folder / "skema"}"\n'


def _open_now(folder: Path) -> None:
    """The standard SOP in an office that works eight hours around now, on each day."""
    shutil.copytree(ROOT / "sheets_schema", folder)
    hour = datetime.now(ZONE).hour
    around = f'["{hour - 4:02d}.00-{hour + 4:02d}.00"]'
    open_ = around if 4 <= hour < 20 else '["00.00-06.00", "18.00-23.59"]'
    hours = "\n".join(f"{day} = {open_}" for day in DAYS)
    regime = f'[[regimes]]\nname = "Selalu"\nsource = "percobaan"\nconfirmed = true\n{hours}\n'
    (folder / "working_hours.toml").write_text(f"earliest = 2010-01-01\n{regime}")


def _rounds(log: str) -> list[datetime]:
    """When cycles of an office came to their end."""
    lines = [line for line in log.splitlines() if " berkas: " in line]
    return [datetime.fromisoformat(line[:19]) for line in lines]


def _most_at_once(rounds: Sequence[Sequence[datetime]]) -> int:
    return max(Counter(int(at.timestamp()) // 10 for each in rounds for at in each).values())


def _range(values: Iterable[int]) -> str:
    found = sorted(values)
    return f"{found[0]} to {found[-1]}" if found else "none"


if __name__ == "__main__":
    sys.exit(main())
