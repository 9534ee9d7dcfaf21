"""Whether a regular expression can take time out of all proportion to the text it is tried on.

Source of the kind: https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
"""

from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]
from typing import Any

FEW = 4  # repeating something so often costs nothing worth speaking of
REPEATS = 5  # of any length within a pattern: each multiplies the ways to read a text


def hazard(pattern: str) -> bool:
    """Whether a part that can be read in several ways is repeated, or too many parts are."""
    repeated = [
        (least, most, body)
        for code, argument in _parts(_parser.parse(pattern))
        if code in ("MAX_REPEAT", "MIN_REPEAT")
        for least, most, body in [argument]
        if most > FEW
    ]
    open_ended = [least for least, most, _ in repeated if least != most]
    return len(open_ended) > REPEATS or any(_ambiguous(body) for _, _, body in repeated)


def _ambiguous(body: Any) -> bool:
    least, most = body.getwidth()
    return least != most or any(code == "BRANCH" for code, _ in _parts(body))


def _parts(tree: Any) -> Iterator[tuple[str, Any]]:
    """Every operation of a parsed pattern, at any depth."""
    for code, argument in tree:
        yield str(code), argument
        for inner in _trees(argument):
            yield from _parts(inner)


def _trees(argument: Any) -> Iterator[Any]:
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for each in argument:
            yield from _trees(each)
