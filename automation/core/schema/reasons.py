"""Why a value of a TOML file does not fit, in the words of whoever keeps that file.

Source of the kinds: https://docs.pydantic.dev/latest/errors/validation_errors/
"""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from automation.core.schema.fact import FactError, nearest

WHOLE, NUMBER, DATE = "harus bilangan bulat", "harus bilangan", "harus tanggal, contoh 2026-02-19"
LIST, TABLE, TEXT, TRUTH = "harus daftar", "harus tabel", "harus teks", "harus true atau false"
REASONS = {
    "missing": "wajib diisi",
    "extra_forbidden": "tidak dikenal; {nearest}",
    "literal_error": "isi dengan {expected}",
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "string_type": TEXT,
    "path_type": TEXT,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "date_type": DATE,
    "date_parsing": DATE,
    "tuple_type": LIST,
    "list_type": LIST,
    "dict_type": TABLE,
    "model_type": TABLE,
    "greater_than": "harus lebih dari {gt}",
    "greater_than_equal": "paling sedikit {ge}",
    "less_than": "harus kurang dari {lt}",
    "less_than_equal": "paling banyak {le}",
    "finite_number": NUMBER,
    "string_pattern_mismatch": "hanya huruf kecil, angka dan garis bawah, diawali huruf",
    "string_too_short": "tidak boleh kosong",
    "too_short": "paling sedikit {min_length} isian",
    "value_error": "{error}",
}
NAMES = ("name", "key", "title")  # what an entry of a list is called by


def reasons(error: ValidationError, shape: Any, data: object) -> Iterator[tuple[str, str]]:
    """(key, reason) of everything in `data` that does not fit its shape: a model, or a dict of one.

    Entries of a list are counted from 1 and named: `regimes[2] "Ramadan 1447 H".monday[1]`.
    """
    for found in error.errors():
        key = _place(found["loc"], data)
        fault = found.get("ctx", {}).get("error")
        if isinstance(fault, FactError):
            yield from ((".".join(filter(None, (key, at))), why) for at, why in fault.faults)
            continue
        context = {name: str(value) for name, value in found.get("ctx", {}).items()}
        if "expected" in context:
            context["expected"] = context["expected"].replace("'", '"').replace(" or ", " atau ")
        if found["type"] == "extra_forbidden":
            context["nearest"] = nearest(str(found["loc"][-1]), _keys(shape, found["loc"][:-1]))
        yield key, REASONS.get(found["type"], "isinya tidak sesuai").format_map(context)


def _place(path: tuple[int | str, ...], data: object) -> str:
    key = ""
    for part in path:
        data = _within(data, part)
        if isinstance(part, int):
            key += f"[{part + 1}]{_called(data)}"
        else:
            key += f".{part}" if key else part
    return key


def _within(data: object, part: int | str) -> Any:
    if isinstance(data, Mapping):
        return data.get(part)
    if isinstance(data, list | tuple) and isinstance(part, int) and part < len(data):
        return data[part]
    return None


def _called(entry: object) -> str:
    names = [entry.get(key) for key in NAMES] if isinstance(entry, Mapping) else []
    return next((f' "{name}"' for name in names if isinstance(name, str)), "")


def _keys(shape: Any, path: tuple[int | str, ...]) -> list[str]:
    """The keys that the table at `path` may have."""
    for part in path:
        if isinstance(part, str):
            fields = _fields(shape)
            shape = _model_in(fields[part].annotation if part in fields else shape)
    return list(_fields(_model_in(shape)))


def _fields(model: Any) -> dict[str, FieldInfo]:
    """A model's fields by the keys that a file writes; none of what is no model."""
    own: dict[str, FieldInfo] = getattr(model, "model_fields", {})
    return {field.alias or name: field for name, field in own.items()}


def _model_in(shape: Any) -> Any:
    """The model in `Model`, `Model | None`, `tuple[Model, ...]` or `dict[str, Model]`."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return shape
    return next(filter(None, map(_model_in, get_args(shape))), None)
