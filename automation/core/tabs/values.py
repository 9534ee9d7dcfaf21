"""Columns of the core's tables as cells: Python values, None for an empty cell."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from automation.core.drawing import Value


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
