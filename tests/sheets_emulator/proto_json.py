"""Requests as Google's JSON front end reads them: names, types and enums, or a 400 that says where.

Sources: https://protobuf.dev/programming-guides/json/, protostream_objectwriter.cc of
protocolbuffers/protobuf (src/google/protobuf/util/internal), and the messages that users quote, such
as `Invalid JSON payload received. Unknown name "foo" at 'requests[0]': Cannot find field.`
"""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

from tests.sheets_emulator.discovery import (
    ONEOFS,
    SCHEMAS,
    Method,
    Oneof,
    enum_name,
    message_name,
)
from tests.sheets_emulator.errors import Violation, bad_request, invalid
from tests.sheets_emulator.proto_scalars import as_enum, convert, fault_of_mask, kind_of, told

Json = dict[str, Any]

At = tuple["At", str | int] | None  # a path as its parent and its last step; text only when told

PROTOBUF = "type.googleapis.com/google.protobuf."
LIST_VALUE = PROTOBUF + "ListValue"
NOT_REPEATING = "Proto field is not repeating, cannot start list."


def read(schema: str, value: Any, at: str = "") -> Json:
    """A message from its JSON, with camelCase names and typed values, or a 400.

    `at` is the field of the request that holds the body, where it is not the request itself.
    """
    reader = Reader()
    message = reader.body(schema, value, at)
    if reader.violations:
        raise bad_request(reader.violations)
    return message


def read_query(method: Method, query: dict[str, list[str]], shared: Json) -> Json:
    """The parameters of a URL, typed; `shared` describes those that every method takes, which may
    be written with a `$` in front (https://cloud.google.com/apis/docs/system-parameters)."""
    reader = Reader()
    values: Json = {}
    for name, texts in query.items():
        field = camel(name)
        common = name if name in shared else name.removeprefix("$")
        spec = method.parameters.get(field) or method.parameters.get(name)
        if spec is None and common not in shared:
            reader.unbound(name)
        elif spec is None:
            values[common] = texts[-1]
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
        place = f" at '{path}'" if path else ""
        self.violations.append((path, f"Invalid value{place} ({kind}), {what}"))

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

    def body(self, schema: str, value: Any, at: str) -> Json:
        """The whole of a request's JSON."""
        if isinstance(value, list):
            self.unknown(None, at, NOT_REPEATING if at else "Root element must be a message.")
        elif isinstance(value, dict) or (at and value is not None):
            return self.message(schema, value, (None, at) if at else None)
        elif not at:
            self.unknown(None, "", "Root element must be a message.")
        return {}

    def message(self, schema: str, value: Any, at: At) -> Json:
        """A message's fields; null is the same as absent."""
        if not isinstance(value, dict):
            self.wrong(at, message_name(schema), told(value))
            return {}
        known = SCHEMAS[schema]["properties"]
        oneofs = ONEOFS.get(schema, ())
        found: Json = {}
        for name, item in value.items():
            field = name if name in known else camel(name)
            if field not in known:
                self.unknown(at, name, "Cannot find field.")
            elif item is None or not self.room(oneofs, found, field, name, at):
                continue
            elif isinstance(item, list) and not takes_list(known[field]):
                self.unknown(at, name, NOT_REPEATING)
            else:
                found[field] = self.field(schema, field, known[field], item, (at, field))
        return found

    def room(self, oneofs: Iterable[Oneof], found: Json, field: str, name: str, at: At) -> bool:
        """May this field be set beside those that were found before it?"""
        for title, fields in oneofs:
            if field in fields and fields & found.keys():
                taken = f"oneof field '{title}' is already set. Cannot set '{name}'"
                self.wrong(at, "oneof", taken)
                return False
        return True

    def field(self, owner: str, name: str, spec: Json, value: Any, at: At) -> Any:
        """One field's value: repeated, a map, a message, or a scalar."""
        if "$ref" in spec and isinstance(value, dict):
            return self.message(spec["$ref"], value, at)
        if spec.get("type") == "array":
            return self.repeated(owner, name, spec["items"], value, at)
        if "additionalProperties" in spec:
            return self.map(spec["additionalProperties"]["$ref"], value, at)
        if "$ref" in spec:
            return self.message(spec["$ref"], value, at)
        return self.scalar(owner, name, spec, value, at)

    def repeated(self, owner: str, name: str, spec: Json, value: Any, at: At) -> list[Any]:
        """A repeated field; one item may stand for a list of one, lists within it are its items, and
        null is no item."""
        if spec.get("type") == "array":
            return self.rows(value, at)
        if not isinstance(value, list):
            return [self.field(owner, name, spec, value, at)]
        items = chain.from_iterable(each if isinstance(each, list) else [each] for each in value)
        return [
            self.field(owner, name, spec, item, (at, index))
            for index, item in enumerate(item for item in items if item is not None)
        ]

    def rows(self, value: Any, at: At) -> list[Any]:
        """Cell values: a list of lists, whose items are looked at when they are written."""
        if not isinstance(value, list):
            self.row(value, at)
            return []
        found = [row for row in value if row is not None]
        for index, row in enumerate(found):
            if not isinstance(row, list):
                self.row(row, (at, index))
        return found

    def row(self, value: Any, at: At) -> None:
        """What stands where a list of cell values should."""
        if not isinstance(value, dict):
            self.wrong(at, LIST_VALUE, told(value))
        for name in value if isinstance(value, dict) else ():
            self.unknown(at, name, "Cannot find field.")

    def map(self, inner: str, value: Any, at: At) -> Json:
        """A map; the front end speaks of its entries by their number."""
        if not isinstance(value, dict):
            is_list = isinstance(value, list)
            self.wrong(at, "Map", "Cannot bind a list to map." if is_list else told(value))
            return {}
        return {
            key: self.message(inner, item, ((at, index), "value"))
            for index, (key, item) in enumerate(value.items())
        }

    def scalar(self, owner: str, name: str, spec: Json, value: Any, at: At) -> Any:
        """A number, text, truth value or enum."""
        if isinstance(value, dict):
            self.wrong(at and at[0], snake(name), "Starting an object on a scalar field")
            return None
        if "enum" in spec:
            found, kind = as_enum(spec["enum"], value), enum_name(owner, name)
        elif spec.get("format") == "google-fieldmask" and (fault := fault_of_mask(name, value)):
            self.wrong(at, PROTOBUF + "FieldMask", fault)
            return None
        else:
            found, kind = convert(spec, value), kind_of(spec)
        if found is None:
            self.wrong(at, kind, told(value))
        return found


def takes_list(spec: Json) -> bool:
    """May a list stand for a field? A map has words of its own."""
    return spec.get("type") == "array" or "additionalProperties" in spec


def required(parameters: Json, name: str) -> Any:
    """A parameter that Google insists on though its description calls it optional."""
    if not parameters.get(name) or str(parameters[name]).endswith("_UNSPECIFIED"):
        raise invalid(f"'{name}' is required but not specified")
    return parameters[name]
