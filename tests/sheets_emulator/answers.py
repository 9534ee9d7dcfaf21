"""Answers as Google's JSON front end writes them, held to the official description.

Protocol buffers do not send scalars that are zero, false or empty, save where their presence is
tracked; so neither do Google's answers, nor these. An answer that does not conform is a fault of
the emulator and raises.
"""

import struct
from typing import Any, TypeVar

from tests.sheets_emulator.discovery import SCHEMAS, TRACKED

Json = dict[str, Any]
T = TypeVar("T")

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


class DoesNotConform(Exception):  # noqa: N818
    """An answer that the API's description does not allow."""


def answer(schema: str, value: Any, at: str = "answer") -> Json:
    """A message as it is sent."""
    if not isinstance(value, dict):
        raise DoesNotConform(f"{at} is {value!r}, not a {schema}")
    known = SCHEMAS[schema]["properties"]
    tracked = TRACKED.get(schema, frozenset())
    sent: Json = {}
    for name, item in value.items():
        if name not in known:
            raise DoesNotConform(f"{at}: {schema} has no {name}")
        item = sendable(known[name], item, f"{at}.{name}")
        if name in tracked or not is_default(known[name], item):
            sent[name] = item
    return sent


def sendable(spec: Json, value: Any, at: str) -> Any:
    """A field's value, checked all the way down."""
    if spec.get("type") == "array":
        if spec["items"].get("type") == "array":
            return value
        return [sendable(spec["items"], item, f"{at}[{i}]") for i, item in enumerate(value)]
    if "additionalProperties" in spec:
        inner = spec["additionalProperties"]["$ref"]
        return {key: answer(inner, item, at) for key, item in value.items()}
    if "$ref" in spec:
        return answer(spec["$ref"], value, at)
    return checked(spec, value, at)


def checked(spec: Json, value: Any, at: str) -> Any:
    """A scalar of the right type, an enum of a known name; whole numbers without their `.0`."""
    kind = spec.get("type", "any")
    wrong_bool = isinstance(value, bool) and kind in ("integer", "number")
    if kind in TYPES and (not isinstance(value, TYPES[kind]) or wrong_bool):
        raise DoesNotConform(f"{at} is {value!r}, not of type {kind}")
    if "enum" in spec and value not in spec["enum"]:
        raise DoesNotConform(f"{at}: no enum value {value}")
    return plain(narrow(value) if spec.get("format") == "float" else value)


def single(value: float) -> float:
    """A number with what single precision keeps of it."""
    (kept,) = struct.unpack("f", struct.pack("f", value))
    return float(kept)


def narrow(value: float) -> float:
    """A number of single precision, as short as it can be told: 0.25882354 of 66/255."""
    kept = single(value)
    spellings = (float(f"{kept:.{digits}g}") for digits in range(6, 10))
    return next(each for each in spellings if single(each) == kept)


def plain(value: T) -> T | int:
    """A number as JSON writes it: 3, not 3.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def is_default(spec: Json, value: Any) -> bool:
    """Is it what a protocol buffer does not send?"""
    if spec.get("type") == "array" or "additionalProperties" in spec:
        return not value
    if "$ref" in spec:
        return False
    if "enum" in spec:
        return str(value).endswith("UNSPECIFIED") and value == spec["enum"][0]
    return value in ("", 0, False)
