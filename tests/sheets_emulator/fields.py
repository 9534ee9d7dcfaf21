"""Field masks: which part of a message is read or written.

Source: https://developers.google.com/workspace/sheets/api/guides/field-masks. A mask is a tree:
`a.b,c(d,e)` is `{"a": {"b": {}}, "c": {"d": {}, "e": {}}}`; an empty branch means all below it.
"""

import re
from functools import lru_cache
from typing import Any

from tests.sheets_emulator.answers import single
from tests.sheets_emulator.discovery import SCHEMAS
from tests.sheets_emulator.errors import Refused, bad_request
from tests.sheets_emulator.proto_json import camel

Json = dict[str, Any]
Mask = dict[str, Any]

NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
CHANNELS = ("red", "green", "blue")
TOKEN = re.compile(r"[^,()./]+|[,()./]")


def parse(text: str) -> Mask:
    """The tree of a mask's text; `*` is the empty tree: everything."""
    tokens = TOKEN.findall(text)
    mask: Mask = {}
    group(tokens, mask)
    return {} if "*" in mask else mask


def group(tokens: list[str], into: Mask) -> None:
    """Reads paths up to the closing parenthesis, off the front of `tokens`."""
    while tokens and tokens[0] != ")":
        node = into
        while tokens and tokens[0] not in (",", ")"):
            token = tokens.pop(0)
            if token == "(":
                group(tokens, node)
                if tokens:
                    tokens.pop(0)
            elif token not in ("/", "."):
                node = node.setdefault(token if token == "*" else camel(token), {})
        if tokens and tokens[0] == ",":
            tokens.pop(0)


def unknown(mask: Mask, schema: str, path: str = "") -> str | None:
    """The first path of a mask that the message does not have."""
    known = SCHEMAS[schema]["properties"]
    for name, below in mask.items():
        if name == "*":
            continue
        if name not in known:
            return path + name
        spec = known[name].get("items", known[name])
        inner = spec.get("additionalProperties", spec).get("$ref")
        if below and inner is None:
            return f"{path}{name}.{next(iter(below))}"
        fault = unknown(below, inner, f"{path}{name}.") if below else None
        if fault:
            return fault
    return None


def for_reading(text: str | None, schema: str) -> Mask:
    """The mask of a `fields` parameter, or Google's 400; spaces are part of a name."""
    mask = parse(text or "")
    whole = (text or "").count("(") == (text or "").count(")")
    fault = unknown(mask, schema) if whole else text
    if fault:
        words = (
            f"Error expanding 'fields' parameter. Cannot find matching fields for path '{fault}'."
        )
        raise bad_request([(text or "", words)], "Request contains an invalid argument.")
    return mask


def for_writing(text: str | None, schema: str, root: str) -> Mask:
    """The mask of an update request; everything when it is `*`. `root` may not be repeated in it."""
    if not text or not text.strip():
        raise Refused(NO_FIELDS)
    mask = parse("".join(text.split()))
    fault = unknown(mask, schema)
    if fault:
        told = f" (The root '{root}' is implied.)" if fault.startswith(root) else ""
        raise Refused(f"Invalid field: {fault}{told}")
    return mask


def select(value: Any, mask: Mask) -> Any:
    """What a mask leaves of an answer."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    return {
        name: select(item, mask[name]) if isinstance(item, dict | list) else item
        for name, item in value.items()
        if name in mask
    }


def merge(old: Json, new: Json, mask: Mask) -> Json:
    """`old` with the fields of the mask as in `new`: listed but absent is cleared."""
    if not mask:
        return dict(new)
    merged = dict(old)
    for name, below in twins(mask).items():
        repeated = isinstance(old.get(name), list) or isinstance(new.get(name), list)
        if below and "*" not in below and not repeated:  # of what repeats there is no part alone
            value: Any = merge(old.get(name, {}), new.get(name, {}), below)
        else:
            value = new.get(name)
        if value is None or value == {}:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged


@lru_cache
def is_color(name: str) -> bool:
    """Is it the name of a colour or of a colour's style?"""
    return name.endswith(("olor", "olorStyle")) and name != "rgbColor"


def is_rgb(name: str, value: Any) -> bool:
    """Is it a colour by its channels?"""
    return isinstance(value, dict) and (
        name == "rgbColor" or (is_color(name) and not name.endswith("Style"))
    )


def in_eight_bits(color: Json) -> Json:
    """A colour as Google keeps it: 0.5 becomes 127/255, as the code in Color's description does."""
    return {
        name: int(single(part) * 255) / 255 if name in CHANNELS else part
        for name, part in color.items()
    }


def twins(mask: Mask) -> Mask:
    """A mask that names a colour names its style too, and the other way round: they are one."""
    both = dict(mask)
    for name, below in mask.items():
        if not is_color(name):
            continue
        if name.endswith("Style"):
            both.setdefault(name.removesuffix("Style"), below.get("rgbColor", {}))
        else:
            both.setdefault(name + "Style", {} if not below else {"rgbColor": below})
    return both


def with_styles(value: Any) -> Any:
    """Every colour in eight bits a channel, with its style, and every style with its colour."""
    if isinstance(value, list):
        return [with_styles(item) for item in value]
    if not isinstance(value, dict):
        return value
    paired = {
        name: in_eight_bits(item) if is_rgb(name, item) else with_styles(item)
        for name, item in value.items()
    }
    for name in [name for name in value if is_color(name)]:
        item = paired[name]
        if not name.endswith("Style"):
            paired.setdefault(name + "Style", {"rgbColor": item})
        elif "rgbColor" in item:
            paired[name.removesuffix("Style")] = item["rgbColor"]
    return paired
