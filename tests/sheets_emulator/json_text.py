"""The JSON of a request's body, and Google's words for what is none.

Source: json_stream_parser.cc of protocolbuffers/protobuf (src/google/protobuf/util/internal), whose
messages are those that users quote, behind `Invalid JSON payload received.` They are given for what
Python's encoders can produce (NaN, half of a surrogate pair); anything else that is not JSON is
called an unexpected token, where Google knows more words, and takes some that the standard does not.
"""

import json
import math
import re
from typing import Any

from tests.sheets_emulator.errors import ApiError, invalid

NEAR = 20  # characters of context on each side of an error
LONE = re.compile(r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")
NO_NUMBER = re.compile(r"(?<=[:,\[ ])-?(NaN|Infinity)")


def load(body: bytes) -> Any:
    """The JSON of a body; an empty body is an empty message."""
    text = body.decode(errors="replace")
    if lone := LONE.search(text):
        raise malformed("Missing low surrogate.", text, lone.start())
    try:
        return json.loads(text or "{}", parse_constant=finite, parse_float=finite)
    except json.JSONDecodeError as error:
        raise malformed("Unexpected token.", text, error.pos) from error
    except RecursionError as error:
        raise invalid("Invalid JSON payload received. Message too deep.") from error
    except ValueError as error:
        found = NO_NUMBER.search(text)
        raise malformed("Unexpected token.", text, found.start() if found else 0) from error


def finite(text: str) -> float:
    """A number that is one."""
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def malformed(told: str, text: str, at: int) -> ApiError:
    """The refusal, which shows the place."""
    start = max(at - NEAR, 0)
    excerpt = f"{text[start : at + NEAR]}\n{' ' * (at - start)}^"
    return invalid(f"Invalid JSON payload received. {told}\n{excerpt}")
