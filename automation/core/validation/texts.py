"""Rules about what is written freely: contacts, and numbers of papers. None repeats the text."""

from collections.abc import Iterator

import pandas as pd

from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.privacy import ID_DIGITS, holds_id_number

_GAP = r"[ .()\-]*"
_LABEL = r"(?:(?:wa|whatsapp|hp|no|telp?|tlp|telepon|surel|e-?mail)\b[ .:]*)*"
_PHONE = rf"(?:\(?0|\+?62)(?:{_GAP}\d){{8,13}}"  # 9 to 14 digits with its zero, 10 to 15 with 62
_EMAIL = r"[^\s@/,;()<>]+@[^\s@/,;()<>.]+(?:\.[^\s@/,;()<>.]+)+"
_REMARK = r"(?: ?\([^()@\d]*\))?"  # whose it is
_BETWEEN = r" ?(?:[/,;]|\batau\b) ?"


LONGEST_CONTACT = 300  # characters; in what a cell can hold the search would take seconds


def _contacts(one: str) -> str:
    """The pattern of one contact or several."""
    written = f"{_LABEL}(?:{one}){_REMARK}"
    return f"(?i:{written}(?:{_BETWEEN}{written})*)"


_PLAUSIBLE = _contacts(f"{_PHONE}|{_EMAIL}")
_WITHOUT_ZERO = _contacts(rf"8(?:{_GAP}\d){{8,11}}|{_PHONE}|{_EMAIL}")
_MANY_DIGITS = rf"(?:\d[ .\-]{{0,3}}){{{ID_DIGITS - 1}}}\d"


def contact_malformed(context: Context) -> Iterator[Hit]:
    """A contact is an e-mail address or an Indonesian telephone number."""
    cases = context.register.cases
    contacts, fits = cases.frame["contact"], _fits(cases.frame["contact"], _WITHOUT_ZERO)
    malformed = ~fits & contacts.str.contains(r"\w")  # a dash says that there is none
    malformed[malformed] = ~contacts[malformed].map(holds_id_number).astype(bool)  # has its own
    return hits(cases, "contact", malformed)


def phone_lost_zero(context: Context) -> Iterator[Hit]:
    """A telephone number keeps its leading zero."""
    cases = context.register.cases
    contacts = cases.frame["contact"]
    return hits(cases, "contact", _fits(contacts, _WITHOUT_ZERO) & ~_fits(contacts, _PLAUSIBLE))


def _fits(contacts: "pd.Series[str]", pattern: str) -> "pd.Series[bool]":
    written = contacts.where(contacts.str.len() <= LONGEST_CONTACT, "")
    return written.str.fullmatch(pattern).astype(bool)


def identity_number(context: Context) -> Iterator[Hit]:
    """No text holds a NIK or KK number: the register is no place for it."""
    register = context.register
    for table in (register.cases, register.closures, register.pauses):
        for column in table.tab.columns:
            if column.type == "text" and column.key != "number":
                texts = table.frame[column.key]
                found = texts.str.contains(_MANY_DIGITS).astype(bool)
                found[found] = texts[found].map(holds_id_number)
                yield from hits(table, column.key, found)
