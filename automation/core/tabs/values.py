"""Columns of the core's tables as cells: Python values, None for an empty cell."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from automation.core.drawing import Value
from automation.core.progress import Status

STATUS_WORDS: Mapping[Status, str] = {
    "running": "Berjalan",
    "overdue": "Terlambat",
    "paused": "Dijeda",
    "on_time": "Selesai Tepat Waktu",
    "late": "Selesai Terlambat",
    "closed": "Ditutup",
    "invalid": "Perlu Diperbaiki",
}


def instants(values: pd.Series) -> list[Value]:
    """datetime64 as datetimes."""
    cells: list[Value] = values.to_numpy("datetime64[s]").tolist()
    return cells


def minutes(seconds: npt.ArrayLike) -> list[Value]:
    """Seconds as minutes with one decimal."""
    values = np.round(np.asarray(seconds, dtype=float) / 60, 1)
    return [None if value != value else value for value in values.tolist()]


def numbers(values: pd.Series) -> list[Value]:
    return [None if pd.isna(value) else value for value in values.tolist()]
