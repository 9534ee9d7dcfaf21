"""Rules about free text: contacts, personal numbers, cases entered twice."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from automation.core.addresses import address_fault
from automation.core.register import Table
from automation.core.validation.hits import Context, Hit, has, hits

FREE_TEXTS = {
    "cases": ("applicant", "contact", "subject", "remarks"),
    "closures": ("remarks",),
    "pauses": ("reason",),
}
SIXTEEN_DIGITS = r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){15}(?![ .-]?\d)"
PHONE = re.compile(r"(?:\+?62|0)(?:8\d{7,11}|[2-79]\d{6,10})")
LOST_ZERO = re.compile(r"8\d{8,11}")
BETWEEN_CONTACTS = re.compile(r"\s*(?:[/,;]|\batau\b)\s*")
TITLES = re.compile(r"\b(?:bapak|ibu|bpk|sdr|sdri|saudara|saudari|hj?|dr|ir|drs|dra)\b\.?")
ALIKE = 0.85  # of two subjects, as difflib counts
DAYS_APART = pd.Timedelta(days=7)


def contact(context: Context) -> Iterator[Hit]:
    """A contact is an Indonesian telephone number or an e-mail address."""
    table = context.cases
    contacts = table.frame["contact"]
    faults = contacts[contacts != ""].map(_contact_fault)
    for rule in ("contact_malformed", "phone_lost_zero"):
        for index in faults.index[faults == rule]:
            yield Hit(rule, table.tab.title, int(index), "contact")


def _contact_fault(text: str) -> str:
    for part in filter(None, BETWEEN_CONTACTS.split(text)):
        digits = re.sub(r"[ .()-]", "", part)
        if PHONE.fullmatch(digits) or ("@" in part and address_fault(part) is None):
            continue
        return "phone_lost_zero" if LOST_ZERO.fullmatch(digits) else "contact_malformed"
    return ""


def identity_number(context: Context) -> Iterator[Hit]:
    """No free text holds a number that looks like a NIK or KK number."""
    for name, keys in FREE_TEXTS.items():
        table: Table = getattr(context.register, name)
        for key in keys:
            if has(table, key):
                found = table.frame[key].str.contains(SIXTEEN_DIGITS, regex=True).astype(bool)
                yield from hits("identity_number", table, found, key)


def entered_twice(context: Context) -> Iterator[Hit]:
    """The same applicant does not hand in nearly the same subject within days."""
    table = context.cases
    if not has(table, "applicant", "subject", "received"):
        return
    frame = table.frame.assign(
        who=table.frame["applicant"].map(_name), what=table.frame["subject"].str.casefold()
    )
    frame = frame[(frame["who"] != "") & (frame["what"] != "") & frame["received"].notna()]
    earlier: list[Any] = []
    for row in _soon_again(frame).itertuples():
        earlier = [
            each
            for each in earlier
            if each.who == row.who and row.received - each.received <= DAYS_APART
        ]
        twin = next((each for each in earlier if _alike(each.what, row.what)), None)
        if twin is not None:
            values = {"row": twin.row, "number": twin.number or "tanpa nomor"}
            yield Hit("entered_twice", table.tab.title, row.Index, "subject", values)
        earlier.append(row)


def _soon_again(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of applicants who come again within days, by applicant and receipt."""
    frame = frame.sort_values(["who", "received"], kind="stable")
    near = (frame["who"] == frame["who"].shift()) & (frame["received"].diff() <= DAYS_APART)
    return frame[near | near.shift(-1, fill_value=False)]


def _name(text: str) -> str:
    return " ".join(TITLES.sub(" ", text.casefold()).replace(",", " ").replace(".", " ").split())


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
