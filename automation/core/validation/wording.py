"""Whether the wording of findings fits the rules: each name a rule, each placeholder supplied."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from automation.core.schema import nearest

ALWAYS = ("column", "tab")
TEXTS = ("message", "suggestion")

# What a rule supplies beside the column and the tab.
SUPPLIED: Mapping[str, tuple[str, ...]] = {
    "header_doubled": ("letters",),
    "minor_header_doubled": ("letters",),
    "no_entry": ("rows",),
    "look_up_filled": ("header", "cells"),
    "look_up_headless": ("header", "cells"),
    "look_up_taken": ("header", "cells"),
    "look_up_tabled": ("header", "cells"),
    "look_up_unmarked": ("header", "cells"),
    "unknown_choice": ("words",),
    "unknown_kind": ("words",),
    "unreadable": ("text",),
    "unreadable_date": ("text",),
    "unreadable_time": ("text",),
    "time_missing": ("text",),
    "too_early": ("text", "earliest"),
    "received_in_future": ("received", "now"),
    "number_malformed": ("example",),
    "address_unusable": ("reason",),
    "number_doubled": ("other_row",),
    "number_of_other_kind": ("written", "expected"),
    "number_before_receipt": ("received",),
    "number_after_receipt": ("received",),
    "number_gap": ("missing",),
    "number_out_of_sequence": ("received", "row_before"),
    "stamp_before_receipt": ("stamp", "received"),
    "stamp_before_predecessor": ("stamp", "previous", "previous_step"),
    "stamp_in_future": ("stamp", "now"),
    "step_skipped": ("step", "name", "later"),
    "stamp_outside_hours": ("stamp",),
    "stamped_afterwards": ("steps",),
    "stamp_changed": ("before", "after", "last_run", "seen"),
    "stamp_removed": ("before", "last_run", "seen"),
    "decision_too_early": ("decision", "step", "name"),
    "decision_after_end": ("decision", "step", "name"),
    "entered_twice": ("other_row",),
    "disposition_inactive": ("name",),
    "address_not_allowed": ("domains",),
    "role_unattended": ("role",),
    "role_without_holder": ("role",),
    "role_on_leave": ("role",),
    "person_doubled": ("first_row",),
    "address_shared": ("first_row",),
    "leave_reversed": ("start", "end"),
    "leave_too_long": ("start", "end", "limit"),
    "closure_reversed": ("start", "end"),
    "closure_too_long": ("start", "end", "limit"),
    "closure_overlaps": ("other_row",),
    "pause_too_long": ("start", "end", "limit"),
    "pause_overlaps": ("other_row",),
    "pause_before_receipt": ("received",),
}


def wording_faults(
    wordings: Mapping[str, Any], rules: Collection[str]
) -> Iterator[tuple[str, str]]:
    """(key, reason) of each wording that no rule uses, and of each placeholder that stays empty.

    `wordings` are the tables of `findings.toml` as they were parsed.
    """
    for rule, wording in wordings.items():
        if rule not in rules:
            yield rule, f"tidak ada pemeriksaan dengan nama ini; {nearest(rule, rules)}"
        elif isinstance(wording, Mapping):
            names = (*ALWAYS, *SUPPLIED.get(rule, ()))
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
