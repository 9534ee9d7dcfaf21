"""Which way each doubt fell and what follows from it, one Indonesian sentence for each."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

DOUBTS = Path(__file__).with_name("doubts.toml")
UNSETTLED = "unsettled"


def told(ways: Mapping[str, str]) -> Iterator[tuple[bool, str]]:
    """(whether it was settled, sentence) of every doubt."""
    for doubt, sentences in tomllib.loads(DOUBTS.read_text("utf-8")).items():
        way = ways.get(doubt, UNSETTLED)
        yield way != UNSETTLED, sentences[way]
