"""Which offices of a folder are one machine's: every n-th, where a cluster has started n of them.

Kubernetes numbers the pods of an Indexed Job and does not tell how many there are, so that the
manifest says it once more (https://kubernetes.io/docs/concepts/workloads/controllers/job/); Cloud
Run tells both (https://cloud.google.com/run/docs/container-contract#jobs-env-vars).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from automation.settings import SettingsError

VARIABLES = (
    ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"),
    ("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT"),
)
NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Share:
    """The place of this machine, from 0, among so many."""

    index: int
    count: int

    def of(self, names: Sequence[str]) -> list[str]:
        """Every office is in one share and no office in two, if all machines see the same names."""
        return sorted(names)[self.index :: self.count]


WHOLE = Share(0, 1)


def share(environment: Mapping[str, str]) -> Share:
    """This machine's; all, where nobody counts. Raises SettingsError."""
    told = [pair for pair in VARIABLES if any(name in environment for name in pair)]
    if len(told) > 1:
        raise SettingsError(
            f"{told[0][0]} dan {told[1][0]} sama-sama terisi; bagian mana yang harus dikerjakan "
            "tidak jelas, hapus salah satunya."
        )
    for index, count in told:
        return _share(index, count, environment)
    return WHOLE


def _share(index: str, count: str, environment: Mapping[str, str]) -> Share:
    found = Share(_number(index, environment), _number(count, environment))
    if found.index >= found.count:
        raise SettingsError(
            f"{index}={found.index}: di luar {count}={found.count}; urutannya dihitung dari 0 dan "
            "jumlahnya harus sama dengan banyaknya bagian pada manifes."
        )
    return found


def _number(name: str, environment: Mapping[str, str]) -> int:
    written = environment.get(name)
    if written is None:
        raise SettingsError(
            f"Variabel lingkungan {name} belum diisi; tanpa itu bagian mesin ini tidak diketahui."
        )
    if not NUMBER.fullmatch(written):
        raise SettingsError(f"{name}={written!a}: bukan bilangan bulat, 0 atau lebih.")
    return int(written)
