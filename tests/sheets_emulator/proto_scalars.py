"""Numbers, texts, truth values and enums in the spellings that proto JSON allows.

Source: datapiece.cc and field_mask_utility.cc of protocolbuffers/protobuf
(src/google/protobuf/util/internal) and safe_strtob of its stubs/strutil.cc.
"""

import math
import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

INT32 = range(-(2**31), 2**31)
FLOAT_MAX = 3.4028234663852886e38
WHOLE = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
YES = frozenset({"true", "t", "yes", "y", "1"})
NO = frozenset({"false", "f", "no", "n", "0"})
KINDS = {
    "int32": "TYPE_INT32",
    "float": "TYPE_FLOAT",
    "double": "TYPE_DOUBLE",
    "string": "TYPE_STRING",
    "boolean": "TYPE_BOOL",
}


def kind_of(spec: Json) -> str:
    """The protocol buffer name of a scalar's type."""
    return KINDS.get(spec.get("format", "")) or KINDS.get(spec.get("type", ""), "TYPE_MESSAGE")


def told(value: Any) -> str:
    """A value as an error message gives it: a text in quotes, but nothing in it escaped."""
    if isinstance(value, str):
        return f'"{value}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        short = f"{value:.15g}"
        return short if float(short) == value else f"{value:.17g}"
    return str(value) if isinstance(value, int) else ""


def convert(spec: Json, value: Any) -> Any:
    """A scalar of the type that a field has, or None."""
    return CONVERSIONS[spec["type"]](spec, value)


def as_integer(_: Json, value: Any) -> int | None:
    """`3`, `3.0` or `"3"`."""
    if isinstance(value, str) and WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1:
        return None
    whole = int(value)  # a range is searched from its beginning for anything but an int
    return whole if whole in INT32 else None


def as_number(spec: Json, value: Any) -> float | None:
    """`1.5` or `"1.5"`; never infinite."""
    if isinstance(value, str) and DECIMAL.fullmatch(value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    limit = FLOAT_MAX if spec.get("format") == "float" else math.inf
    number = float(value)
    return number if math.isfinite(number) and abs(number) <= limit else None


def as_boolean(_: Json, value: Any) -> bool | None:
    """`true`, or a text for it; never a number."""
    if isinstance(value, bool):
        return value
    name = value.lower() if isinstance(value, str) else ""
    return True if name in YES else False if name in NO else None


def as_text(_: Json, value: Any) -> str | None:
    """Text only: a number is not text."""
    return value if isinstance(value, str) else None


CONVERSIONS: dict[str, Callable[[Json, Any], Any]] = {
    "integer": as_integer,
    "number": as_number,
    "boolean": as_boolean,
    "string": as_text,
}


def as_enum(known: list[str], value: Any) -> str | None:
    """An enum by its name, in letters of any case and with `-` for `_`, or by its number."""
    if isinstance(value, str) and not WHOLE.fullmatch(value):
        name = value if value in known else value.upper().replace("-", "_")
        return name if name in known else None
    number = as_integer({}, value)
    return known[number] if number is not None and 0 <= number < len(known) else None


def fault_of_mask(name: str, value: Any) -> str | None:
    """What is wrong with a field mask as text, apart from its paths."""
    if not isinstance(value, str):
        return f"Field '{name}', Invalid data type for field mask, value is {told(value)}"
    depth = 0
    for bracket in re.findall(r"[()]", value):
        depth += 1 if bracket == "(" else -1
        if depth < 0:
            break
    if depth:
        missing, there = ")(" if depth > 0 else "()"
        return (
            f"Field '{name}', Invalid FieldMask '{value}'. "
            f"Cannot find matching '{missing}' for all '{there}'."
        )
    return None
