"""Whether the wording of findings fits the rules: each name a rule, each placeholder supplied."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from automation.core.schema import nearest

ALWAYS = ("column", "tab")
TEXTS = ("message", "suggestion")


def wording_faults(
    wordings: Mapping[str, Any], rules: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str]]:
    """(key, reason) of each wording that no rule uses, and of each placeholder that stays empty.

    `wordings` are the tables of `findings.toml` as they were parsed, `rules` what each supplies.
    """
    for rule, wording in wordings.items():
        if rule not in rules:
            yield rule, f"tidak ada pemeriksaan dengan nama ini; {nearest(rule, rules)}"
        elif isinstance(wording, Mapping):
            names = (*ALWAYS, *rules[rule])
            yield from _unfilled(f"{rule}.title", str(wording.get("title", "")), ())
            for key in TEXTS:
                yield from _unfilled(f"{rule}.{key}", str(wording.get(key, "")), names)


def _unfilled(key: str, words: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    for written in re.findall(r"\{([^{}]*)\}", words):
        if written not in names:
            allowed = ", ".join(f"{{{name}}}" for name in names) or "tidak ada"
            yield key, f"{{{written}}} tidak dikenal; yang ada: {allowed}"
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", words)):
        yield key, "kurung kurawal tidak berpasangan"
