"""A formula's text as a tree.

Source: https://support.google.com/docs/answer/46977 (the order of operators is the usual one). In
a locale that writes the decimal comma only ";" parts the arguments of a function.
"""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"]|"")*")'
    r"|(?P<cells>(?:'(?:[^']|'')+'!|[A-Za-z_][\w.]*!)?"
    r"(?:\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}(?:\$?\d+)?)?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?:\$?\d+)?|\$?\d+:\$?\d+))(?![\w(.!])"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][\w.]*)"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%(),;])|(?P<end>$))"
)
LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


@dataclass(frozen=True)
class Literal:
    """A number, text or truth value; None for an argument that was left out."""

    value: float | str | bool | None


@dataclass(frozen=True)
class Cells:
    """A reference, as it is written."""

    text: str


@dataclass(frozen=True)
class Function:
    """A call; an operator is one too, by its sign."""

    name: str
    arguments: tuple["Node", ...]


Node = Literal | Cells | Function


class FormulaSyntaxError(Exception):
    """Text that is no formula: Sheets shows #ERROR!."""


def parse(formula: str, decimal: str = ".") -> Node:
    """The tree of `=A1+1`; `decimal` is the locale's mark. Raises FormulaSyntaxError."""
    parser = Parser(tokens(formula.removeprefix("=")), ";" if decimal == "," else ",;")
    tree = parser.expression()
    parser.expect("end")
    return tree


def tokens(text: str) -> list[tuple[str, str]]:
    """(kind, text) of every token; a sign is its own kind."""
    found: list[tuple[str, str]] = []
    place = 0
    while not found or found[-1][0] != "end":
        match = TOKEN.match(text, place)
        if match is None:
            raise FormulaSyntaxError(text[place:])
        kind, place = str(match.lastgroup), match.end()
        found.append((match[kind] if kind == "sign" else kind, match[kind]))
    return found


class Parser:
    """Recursive descent over tokens."""

    def __init__(self, found: list[tuple[str, str]], separators: str) -> None:
        self.tokens = found
        self.separators = separators

    def expect(self, kind: str) -> str:
        """Takes the next token, which must be of this kind."""
        if self.tokens[0][0] != kind:
            raise FormulaSyntaxError(self.tokens[0][1])
        return self.tokens.pop(0)[1]

    def next_is(self, *kinds: str) -> bool:
        return self.tokens[0][0] in kinds

    def expression(self, level: int = 0) -> Node:
        """Operands joined by the operators of a level, weakest first."""
        if level == len(LEVELS):
            return self.signed()
        left = self.expression(level + 1)
        while self.next_is(*LEVELS[level]):
            sign = self.tokens.pop(0)[1]
            left = Function(sign, (left, self.expression(level + 1)))
        return left

    def signed(self) -> Node:
        """An operand with the signs before and behind it."""
        if self.next_is("-", "+"):
            sign = self.tokens.pop(0)[1]
            return Function(sign, (Literal(0.0), self.signed()))
        node = self.operand()
        while self.next_is("%"):
            self.expect("%")
            node = Function("/", (node, Literal(100.0)))
        return node

    def operand(self) -> Node:
        if self.next_is("("):
            self.expect("(")
            node = self.expression()
            self.expect(")")
            return node
        kind, text = self.tokens.pop(0)
        match kind:
            case "number":
                return Literal(float(text))
            case "text":
                return Literal(text[1:-1].replace('""', '"'))
            case "cells":
                return Cells(text)
            case "name":
                return self.named(text.upper())
        raise FormulaSyntaxError(text)

    def named(self, name: str) -> Node:
        """A function's call, or TRUE and FALSE."""
        if not self.next_is("("):
            if name in ("TRUE", "FALSE"):
                return Literal(name == "TRUE")
            raise FormulaSyntaxError(name)
        self.expect("(")
        arguments: list[Node] = []
        while not self.next_is(")"):
            left_out = self.next_is(*self.separators)
            arguments.append(Literal(None) if left_out else self.expression())
            if not self.next_is(")"):
                self.tokens.pop(0) if self.next_is(*self.separators) else self.expect(")")
                if self.next_is(")"):
                    arguments.append(Literal(None))
        self.expect(")")
        return Function(name, tuple(arguments))
