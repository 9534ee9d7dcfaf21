"""Requests as Google's JSON front end reads them: names, types and enums, or a 400 that says where.

Sources: https://protobuf.dev/programming-guides/json/ and the messages that users quote, such as
`Invalid JSON payload received. Unknown name "foo" at 'requests[0]': Cannot find field.`
"""

import json
import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from tests.sheets_emulator.discovery import (
    ONEOFS,
    PACKAGE,
    SCHEMAS,
    Method,
    Oneof,
    enum_name,
)
from tests.sheets_emulator.errors import Violation, bad_request, invalid

Json = dict[str, Any]

At = tuple["At", str | int] | None  # a path as its parent and its last step; text only when told

LIST_VALUE = "type.googleapis.com/google.protobuf.ListValue"
INT32 = range(-(2**31), 2**31)


def load(body: bytes) -> Any:
    """The JSON of a body; an empty body is an empty message."""
    if not body.strip():
        return {}
    try:
        return json.loads(body)
    except ValueError as error:
        position = getattr(error, "pos", 0)
        near = body.decode("utf-8", "replace")[max(0, position - 20) : position + 20]
        told = "Unexpected end of string." if position >= len(body) else "Unexpected token."
        raise bad_request(
            [("", f"Invalid JSON payload received. {told}\n{near}\n{' ' * min(position, 20)}^")]
        ) from error


def read(schema: str, value: Any, at: str = "") -> Json:
    """A message from its JSON, with camelCase names and typed values, or a 400."""
    reader = Reader()
    message = reader.message(schema, value, (None, at) if at else None)
    if reader.violations:
        raise bad_request(reader.violations)
    return message


def read_query(method: Method, query: dict[str, list[str]], shared: Json) -> Json:
    """The parameters of a URL, typed; `shared` describes those that every method takes."""
    reader = Reader()
    values: Json = {}
    for name, texts in query.items():
        field = camel(name)
        spec = method.parameters.get(field) or method.parameters.get(name)
        if spec is None and name not in shared:
            reader.unbound(name)
        elif spec is None:
            values[name] = texts[-1]
        elif spec.get("repeated"):
            values[field] = [reader.scalar("", field, spec, text, (None, field)) for text in texts]
        else:
            values[field] = reader.scalar("", field, spec, texts[-1], (None, field))
    if reader.violations:
        raise bad_request(reader.violations)
    return values


def snake(name: str) -> str:
    """`addSheet` is `add_sheet` in messages."""
    return re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), name)


def path_of(at: At) -> str:
    """A path as Google writes it: `requests[0].add_sheet`."""
    if at is None:
        return ""
    parent, step = path_of(at[0]), at[1]
    if isinstance(step, int):
        return f"{parent}[{step}]"
    return f"{parent}.{snake(step)}" if parent else snake(step)


def camel(name: str) -> str:
    """`add_sheet` may be sent for `addSheet`."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


class Reader:
    """Walks a JSON value beside its description and collects what is wrong with it."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []

    def wrong(self, at: At, kind: str, what: str) -> None:
        """A value of another type."""
        path = path_of(at)
        self.violations.append((path, f"Invalid value at '{path}' ({kind}), {what}"))

    def unknown(self, at: At, name: str, why: str) -> None:
        """A name that the message does not have, or not like this."""
        path = path_of(at)
        place = f" at '{path}'" if path else ""
        words = f'Invalid JSON payload received. Unknown name "{name}"{place}: {why}'
        self.violations.append((path, words))

    def unbound(self, name: str) -> None:
        """A query parameter that the method does not have."""
        words = (
            f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
            f"Field '{name}' could not be found in request message."
        )
        self.violations.append(("", words))

    def message(self, schema: str, value: Any, at: At) -> Json:
        """A message's fields; null is the same as absent."""
        if not isinstance(value, dict):
            self.wrong(at, PACKAGE + schema, json.dumps(value))
            return {}
        known = SCHEMAS[schema]["properties"]
        oneofs = ONEOFS.get(schema, ())
        found: Json = {}
        for name, item in value.items():
            field = name if name in known else camel(name)
            if field not in known:
                self.unknown(at, name, "Cannot find field.")
            elif item is not None and self.room(oneofs, found, field, name, at):
                found[field] = self.field(schema, field, known[field], item, (at, field))
        return found

    def room(self, oneofs: Iterable[Oneof], found: Json, field: str, name: str, at: At) -> bool:
        """May this field be set beside those that were found before it?"""
        for title, fields in oneofs:
            if field in fields and fields & found.keys():
                told = f"oneof field '{title}' is already set. Cannot set '{name}'"
                self.wrong(at, "oneof", told)
                return False
        return True

    def field(self, owner: str, name: str, spec: Json, value: Any, at: At) -> Any:
        """One field's value: repeated, a map, a message, or a scalar."""
        if "$ref" in spec and isinstance(value, dict):
            return self.message(spec["$ref"], value, at)
        if spec.get("type") == "array":
            return self.repeated(owner, name, spec["items"], value, at)
        if isinstance(value, list):
            self.unknown(at and at[0], name, "Proto field is not repeating, cannot start list.")
            return None
        if "additionalProperties" in spec:
            inner = spec["additionalProperties"]["$ref"]
            return {key: self.message(inner, item, (at, key)) for key, item in value.items()}
        if "$ref" in spec:
            return self.message(spec["$ref"], value, at)
        return self.scalar(owner, name, spec, value, at)

    def repeated(self, owner: str, name: str, spec: Json, value: Any, at: At) -> list[Any]:
        """A repeated field; one item may stand for a list of one."""
        if spec.get("type") == "array":
            return self.rows(value, at)
        if not isinstance(value, list):
            return [self.field(owner, name, spec, value, at)]
        return [
            self.field(owner, name, spec, item, (at, index)) for index, item in enumerate(value)
        ]

    def rows(self, value: Any, at: At) -> list[Any]:
        """Cell values: a list of lists, whose items are looked at when they are written."""
        if not isinstance(value, list):
            self.wrong(at, LIST_VALUE, json.dumps(value))
            return []
        for index, row in enumerate(value):
            if not isinstance(row, list):
                self.wrong((at, index), LIST_VALUE, json.dumps(row))
        return value

    def scalar(self, owner: str, name: str, spec: Json, value: Any, at: At) -> Any:
        """A number, text, truth value or enum, in any of the spellings that proto JSON allows."""
        if isinstance(value, dict):
            self.wrong(at, kind_of(spec), "Starting an object on a scalar field")
            return None
        if "enum" in spec:
            return self.enum(owner, name, spec["enum"], value, at)
        converted = CONVERSIONS[spec["type"]](value)
        if converted is None:
            self.wrong(at, kind_of(spec), json.dumps(value))
        return converted

    def enum(self, owner: str, name: str, known: list[str], value: Any, at: At) -> str | None:
        """An enum by its name or its number."""
        if value in known and isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(known):
            return known[value]
        self.wrong(at, enum_name(owner, name), json.dumps(value))
        return None


def kind_of(spec: Json) -> str:
    """The protocol buffer name of a scalar's type."""
    kinds = {"int32": "TYPE_INT32", "float": "TYPE_FLOAT", "double": "TYPE_DOUBLE"}
    plain = {"string": "TYPE_STRING", "boolean": "TYPE_BOOL"}
    return kinds.get(spec.get("format", "")) or plain.get(spec.get("type", ""), "TYPE_MESSAGE")


def as_integer(value: Any) -> int | None:
    """`3`, `3.0` or `"3"`."""
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        return None
    return int(value) if int(value) in INT32 else None


def as_number(value: Any) -> float | None:
    """`1.5` or `"1.5"`; never infinite."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def as_boolean(value: Any) -> bool | None:
    """`true`, or its name as text."""
    return {"true": True, "false": False}.get(str(value).lower())


def as_text(value: Any) -> str | None:
    """Text only: a number is not text."""
    return value if isinstance(value, str) else None


CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    "integer": as_integer,
    "number": as_number,
    "boolean": as_boolean,
    "string": as_text,
}


def required(parameters: Json, name: str) -> Any:
    """A parameter that Google insists on though its description calls it optional."""
    if not parameters.get(name) or str(parameters[name]).endswith("_UNSPECIFIED"):
        raise invalid(f"'{name}' is required but not specified")
    return parameters[name]
