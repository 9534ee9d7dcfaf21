"""Rules about the columns that the program shows in a staff tab."""

from collections.abc import Iterator
from itertools import islice

from automation.core.register.strays import Kind
from automation.core.validation.findings import SPELLED_OUT, Context, Hit


def look_up_filled(context: Context) -> Iterator[Hit]:
    """Nothing is typed below the headers of the program's columns."""
    return _strays(context, "filled")


def look_up_headless(context: Context) -> Iterator[Hit]:
    """The headers of the program's columns are as it left them."""
    return _strays(context, "headless")


def look_up_taken(context: Context) -> Iterator[Hit]:
    """Nobody uses a column of the program's as their own."""
    return _strays(context, "taken")


def look_up_tabled(context: Context) -> Iterator[Hit]:
    """The headers of the program's columns are not those of a table."""
    return _strays(context, "tabled")


def look_up_unmarked(context: Context) -> Iterator[Hit]:
    """Nothing is typed in such a column where the program cannot clear it."""
    return _strays(context, "unmarked")


def _strays(context: Context, kind: Kind) -> Iterator[Hit]:
    found = (each for each in context.register.strays if each.kind == kind)
    for each in islice(found, SPELLED_OUT):
        values = {"header": each.header, "cells": each.cells}
        yield Hit(each.tab, each.row, cell=each.cell, values=values)
