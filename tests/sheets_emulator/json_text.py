"""JSON as Google's front end reads it, and its words for what is not JSON.

Source: json_stream_parser.cc of protocolbuffers/protobuf (src/google/protobuf/util/internal), whose
messages are those that users quote, behind `Invalid JSON payload received.` It is more lenient than
the standard: a comma may trail, keys may go without quotes, quotes may be single. What the parser
could not finish without more input it takes up again at the end, with only that rest in sight; so
the excerpt of an error begins there.
"""

import json
import math
import re
from contextlib import suppress
from typing import Any

from tests.sheets_emulator.errors import ApiError, invalid

NEAR = 20  # characters of context on each side of an error
DEPTH = 100
TOKEN = re.compile(r"true|false|null|[\"'{}\[\]:,]|[-0-9]|[A-Za-z_$]")
KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
NUMBER = re.compile(r"[-+0-9.eEx]*")
PLAIN = re.compile(r"[^\"'\\]+")
BLANK = re.compile(r"[ \t\n\r\v\f]*")
WORDS = {"true": True, "false": False, "null": None}
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
LONE = re.compile(r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")
KEY_EXPECTED = "Expected an object key or }."


def load(body: bytes) -> Any:
    """The JSON of a body; an empty body is an empty message.

    What the standard library refuses, the slower parser may accept, or knows Google's words for.
    """
    if not body:
        return {}
    with suppress(ValueError, RecursionError):
        text = body.decode()
        if not LONE.search(text):
            return json.loads(text, parse_constant=finite, parse_float=finite)
    return parse(body)


def finite(text: str) -> float:
    """A number that is one."""
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def parse(body: bytes) -> Any:
    """The JSON of a body in Google's own way."""
    try:
        return Parser(body.decode()).document()
    except UnicodeDecodeError as error:
        return Parser(body[: error.start].decode(), body[error.start :]).document()


def malformed(told: str) -> ApiError:
    """400 of a body that is not JSON; it names no field."""
    return invalid(f"Invalid JSON payload received. {told}")


class Parser:
    """Reads a text; `tail` is what follows it that is not UTF-8."""

    def __init__(self, text: str, tail: bytes = b"") -> None:
        self.text = text
        self.tail = tail
        self.at = 0
        self.start = 0  # where excerpts begin at the earliest
        self.finishing = False
        self.depth = 0

    def document(self) -> Any:
        """The one value of the text."""
        value = self.value("")
        self.skip(BLANK)
        if self.at < len(self.text):
            raise self.failure("Parsing terminated before end of input.")
        if self.tail:
            self.wait()
        return value

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Moves behind what a pattern matches; the text of it."""
        match = pattern.match(self.text, self.at)
        assert match
        self.at = match.end()
        return match[0]

    def wait(self) -> None:
        """The input so far does not tell; there is no more."""
        if self.tail:
            rest = self.text[self.at :] + self.tail.decode("utf-8", "replace")
            raise malformed(f"Encountered non UTF-8 code points.\n{rest[:NEAR]}\n^")
        if not self.finishing:
            self.finishing, self.start = True, self.at

    def failure(self, told: str) -> ApiError:
        """What is wrong, and where."""
        begin = max(self.at - NEAR, self.start)
        near = self.text[begin : self.at + NEAR]
        return malformed(f"{told}\n{near}\n{' ' * (self.at - begin)}^")

    def token(self, expected: str) -> str:
        """The next token, its first character if it is longer."""
        self.skip(BLANK)
        match = TOKEN.match(self.text, self.at)
        if match:
            return match[0]
        self.wait()
        end = "Unexpected end of string. " if self.at == len(self.text) else ""
        raise self.failure(end + expected)

    def value(self, key: str) -> Any:
        """Any value."""
        token = self.token("Expected a value.")
        if token == "{":
            return self.object(key)
        if token == "[":
            return self.array(key)
        if token in "\"'":
            return self.string()
        if token in "-0123456789":
            return self.number()
        if token in WORDS:
            self.at += len(token)
            return WORDS[token]
        if len(self.text) - self.at < len("false"):
            self.wait()
        raise self.failure("Unexpected token.")

    def deeper(self, key: str) -> None:
        """Enters an object or array."""
        self.at += 1
        self.depth += 1
        if self.depth > DEPTH:
            raise malformed(f"Message too deep. Max recursion depth reached for key '{key}'")

    def more(self, end: str, told: str) -> bool:
        """Behind an item: is there a comma?"""
        token = self.token(told)
        if token not in (",", end):
            raise self.failure(told)
        self.at += token == ","
        return token == ","

    def object(self, key: str) -> dict[str, Any]:
        """An object."""
        self.deeper(key)
        found: dict[str, Any] = {}
        while self.token(KEY_EXPECTED) != "}":
            name = self.key()
            if self.token(told := "Expected : between key:value pair.") != ":":
                raise self.failure(told)
            self.at += 1
            found[name] = self.value(name)
            if not self.more("}", "Expected , or } after key:value pair."):
                break
        self.at += 1
        self.depth -= 1
        return found

    def array(self, key: str) -> list[Any]:
        """An array."""
        self.deeper(key)
        found: list[Any] = []
        while self.token("Expected a value or ] within an array.") != "]":
            found.append(self.value(""))
            if not self.more("]", "Expected , or ] after array value."):
                break
        self.at += 1
        self.depth -= 1
        return found

    def key(self) -> str:
        """An object's key, with quotes or without."""
        if self.text[self.at] in "\"'":
            return self.string()
        if not (match := KEY.match(self.text, self.at)):
            raise self.failure(KEY_EXPECTED)
        if match.end() == len(self.text):
            self.wait()
        self.at = match.end()
        if match[0] in WORDS:
            raise self.failure(KEY_EXPECTED)
        return match[0]

    def string(self) -> str:
        """A text in quotes of either kind."""
        quote = self.text[self.at]
        self.at += 1
        parts: list[str] = []
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == quote:
                self.at += 1
                return "".join(parts)
            if char == "\\":
                parts.append(self.escape())
            elif char in "\"'":
                parts.append(char)
                self.at += 1
            else:
                parts.append(self.skip(PLAIN))
        self.wait()
        raise self.failure("Closing quote expected in string.")

    def escape(self) -> str:
        """What stands behind a backslash; any other character stands for itself."""
        if self.at + 1 == len(self.text):
            self.wait()
            raise self.failure("Closing quote expected in string.")
        char = self.text[self.at + 1]
        if char == "u":
            return self.code_point()
        self.at += 2
        return ESCAPES.get(char, char)

    def code_point(self) -> str:
        """A `u` escape, or two of them for a character above U+FFFF."""
        code = self.unit(0, "Illegal hex string.")
        length = 6
        if code in HIGH:
            if self.text[self.at + 6 : self.at + 8] not in ("\\u", "\\", ""):
                raise self.failure("Missing low surrogate.")
            low = self.unit(6, "Missing low surrogate.")
            if low not in LOW:
                raise self.failure("Invalid low surrogate.")
            code, length = ((code & 0x3FF) << 10 | low & 0x3FF) + 0x10000, 12
        if code in LOW:
            raise self.failure("Invalid unicode code point.")
        self.at += length
        return chr(code)

    def unit(self, offset: int, cut: str) -> int:
        """The four hexadecimal digits behind the backslash at an offset."""
        digits = self.text[self.at + offset + 2 : self.at + offset + 6]
        if len(digits) < 4:
            self.wait()
            raise self.failure(cut)
        if not re.fullmatch(r"[0-9a-fA-F]{4}", digits):
            raise self.failure("Invalid escape sequence.")
        return int(digits, 16)

    def number(self) -> int | float:
        """A number as the JSON standard has it."""
        begin, text = self.at, self.skip(NUMBER)
        if self.at == len(self.text):
            self.at = begin
            self.wait()
        self.at = begin
        digits = text.removeprefix("-")
        if len(digits) > 1 and digits[0] == "0" and not re.search("[.eE]", digits):
            raise self.failure("Octal/hex numbers are not valid JSON values.")
        try:
            number = int(text) if digits.isdigit() and len(digits) < NEAR else float(text)
        except ValueError:
            raise self.failure("Unable to parse number.") from None
        if math.isinf(number):
            raise self.failure("Number exceeds the range of double.")
        self.at += len(text)
        return number
