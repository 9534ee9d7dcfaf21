"""What stands in the tables that cross a room's border: a class for each, a field for each column.

    class MeasuredCase(NamedTuple):
        Index: int                the table's own index
        number: str               "" = empty
        elapsed: float            NaN = none
        since: pd.Timestamp       datetime64[s], local wall-clock time; NaT = none

The class tells it to the reader, to the type checker (`rows`), and to `checked`, which holds a
table to it where it is made.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeVar, get_type_hints

import numpy as np
import pandas as pd
from pandas.api.types import is_string_dtype

Row = TypeVar("Row", bound=NamedTuple)
DTYPES: Mapping[type, str] = {
    int: "int64",
    float: "float64",
    bool: "bool",
    pd.Timestamp: "datetime64[s]",
    str: "object",
}


def checked(frame: pd.DataFrame, row: type[NamedTuple]) -> pd.DataFrame:
    """The table. Raises TypeError where its columns are not those of `row`, in that order."""
    wanted = _columns(row)
    if [*frame.columns] != [*wanted]:
        raise TypeError(f"{row.__name__}: columns {[*frame.columns]}, not {[*wanted]}")
    hold(frame, wanted, row.__name__)
    return frame


def hold(frame: pd.DataFrame, columns: Mapping[str, type], name: str) -> None:
    """Raises TypeError where one of these columns is missing or holds something else."""
    for column, holds in columns.items():
        if column not in frame or not _holds(frame[column].dtype, holds):
            raise TypeError(f"{name}: {column} does not hold {holds.__name__}")


def _holds(dtype: object, holds: type) -> bool:
    return is_string_dtype(dtype) if holds is str else dtype == np.dtype(DTYPES[holds])


def empty(row: type[NamedTuple]) -> pd.DataFrame:
    """Such a table without rows."""
    return pd.DataFrame({name: np.empty(0, DTYPES[holds]) for name, holds in _columns(row).items()})


def rows(frame: pd.DataFrame, row: type[Row]) -> Iterator[Row]:
    """The table's rows, without columns that `row` does not name."""
    return map(row._make, frame[[*_columns(row)]].itertuples(name=None))


@cache
def _columns(row: type[NamedTuple]) -> Mapping[str, type]:
    """What each column holds; what is no number, instant or truth value is text."""
    hints = get_type_hints(row)
    return {
        name: hint if hint in DTYPES else str for name, hint in hints.items() if name != "Index"
    }
