"""Which e-mail addresses may be written to.

Stricter than RFC 5321 on purpose: what an office's addresses never contain, and what could carry
a second recipient or a look-alike, is refused rather than understood; so is "=?", by which the
standard library takes an address for an encoded word and then cannot write its header.
(The package email-validator answers another question: what the standards allow, in any script, and
whether a domain exists.)
"""

import re
from collections.abc import Collection
from functools import partial

from automation.core.words.ways import EMAIL, Unfit, Ways

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
LONGEST_DOMAIN = 253  # RFC 1035, 2.3.4

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])")


MALFORMED = Unfit("bukan satu alamat surel yang lengkap", "address_malformed")
NOT_ASCII = Unfit("memuat huruf di luar ASCII", "address_not_ascii")


def address_fault(address: str, allowed_domains: Collection[str] = ()) -> Unfit | None:
    """Why `address` is refused, or None where it may be written to.

    `allowed_domains` are compared whole and without regard to case: "office.id" allows neither
    "mail.office.id" nor "my-office.id". An empty collection allows every domain.
    """
    if not address.isascii():
        return NOT_ASCII
    local_part, _, domain = address.partition("@")
    if not (
        "=?" not in address
        and len(address) <= LONGEST_ADDRESS
        and len(local_part) <= LONGEST_LOCAL_PART
        and len(domain) <= LONGEST_DOMAIN
        and _LOCAL_PART.fullmatch(local_part)
        and _DOMAIN.fullmatch(domain)
    ):
        return MALFORMED
    if allowed_domains and domain.lower() not in {each.lower() for each in allowed_domains}:
        return Unfit(
            "domainnya tidak ada pada [mail] allowed_domains",
            "address_not_allowed",
            (("domains", " atau ".join(allowed_domains)),),
        )
    return None


def by_email(allowed_domains: Collection[str] = ()) -> Ways:
    """E-mail as the only way. `allowed_domains` as above."""
    return {EMAIL: partial(address_fault, allowed_domains=allowed_domains)}


EMAIL_ONLY = by_email()
