"""Rules about what is written freely: contacts, and numbers of papers. None repeats the text.

A contact needs only to be plausible, among labels, remarks and other contacts in one cell. (The
package phonenumbers knows the numbering plans of all countries, and reads one number at a time.)
"""

import re
from collections.abc import Iterator

import numpy as np

from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.privacy import holds_id_number

_GAP = r"[ .()\-]*"
_LABEL = r"(?:(?:wa|whatsapp|hp|no|telp?|tlp|telepon|surel|e-?mail)\b[ .:]*)*"
_PHONE = rf"(?:\(?0|\+?62)(?:{_GAP}\d){{8,13}}"  # 9 to 14 digits with its zero, 10 to 15 with 62
_EMAIL = r"[^\s@/,;()<>]+@[^\s@/,;()<>.]+(?:\.[^\s@/,;()<>.]+)+"
_REMARK = r"(?: ?\([^()@\d]*\))?"  # whose it is
_BETWEEN = r" ?(?:[/,;]|\batau\b) ?"


LONGEST_CONTACT = 300  # characters; in what a cell can hold the search would take seconds


def _contacts(one: str) -> re.Pattern[str]:
    """The pattern of one contact or several."""
    written = f"{_LABEL}(?:{one}){_REMARK}"
    return re.compile(f"(?i:{written}(?:{_BETWEEN}{written})*)")


_PLAUSIBLE = _contacts(f"{_PHONE}|{_EMAIL}")
_WITHOUT_ZERO = _contacts(rf"8(?:{_GAP}\d){{8,11}}|{_PHONE}|{_EMAIL}")
_WORDED = re.compile(r"\w")  # a dash says that there is none


def contact_malformed(context: Context) -> Iterator[Hit]:
    """A contact is an e-mail address or an Indonesian telephone number."""
    cases = context.register.cases
    malformed = [
        not _fits(contact, _WITHOUT_ZERO)
        and _WORDED.search(contact) is not None
        and not holds_id_number(contact)  # has its own rule
        for contact in cases.frame["contact"]
    ]
    return hits(cases, "contact", np.array(malformed, dtype=bool))


def phone_lost_zero(context: Context) -> Iterator[Hit]:
    """A telephone number keeps its leading zero."""
    cases = context.register.cases
    lost = [
        not _fits(contact, _PLAUSIBLE) and _fits(contact, _WITHOUT_ZERO)
        for contact in cases.frame["contact"]
    ]
    return hits(cases, "contact", np.array(lost, dtype=bool))


def _fits(contact: str, pattern: re.Pattern[str]) -> bool:
    return len(contact) <= LONGEST_CONTACT and pattern.fullmatch(contact) is not None


def identity_number(context: Context) -> Iterator[Hit]:
    """No text holds a NIK or KK number: the register is no place for it."""
    register = context.register
    for table in (register.cases, register.closures, register.pauses):
        for column in table.tab.columns:
            if column.type == "text" and column.key != "number":
                found = list(map(holds_id_number, table.frame[column.key]))
                yield from hits(table, column.key, np.array(found, dtype=bool))
