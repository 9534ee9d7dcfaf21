"""Rendered templates and headers as one EmailMessage. What a mail says is not decided here.

Everything that may come from a cell has passed `cells.clean`; here it becomes headers, escaped
HTML, and an identity that depends on nothing but what is said and to whom.
"""

import hashlib
import re
import textwrap
from collections.abc import Collection
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from automation.core.reminders.notices import Person
from automation.core.words import indonesian
from automation.mail.cells import clean, display_name, header_text
from automation.mail.correspondent import Correspondent

TEXT_WIDTH = 76
FIRST_ROW = 1  # of the Register: what a link to the whole of it points at
LONGEST_LINE = 998  # RFC 5322, 2.1.1


class _Policy(EmailPolicy):
    """Leaves a subject on its line: folded behind its name, it would arrive with a blank."""

    def fold(self, name: str, value: str) -> str:
        line = f"{name}: {value}"
        if name.lower() == "subject" and line.isascii() and len(line) <= LONGEST_LINE:
            return line + self.linesep
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


# 7bit passes every server, also those without 8BITMIME.
POLICY = _Policy(linesep="\r\n", cte_type="7bit")


def _environment(autoescape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["working_time"] = _working_time
    environment.filters["times"] = _times
    environment.filters["count"] = indonesian.number
    environment.filters["percent"] = indonesian.percent
    environment.filters["long_date"] = indonesian.long_date
    return environment


def _working_time(seconds: float) -> str:
    """ "1 jam 20 menit kerja"."""
    return f"{indonesian.duration(seconds)} kerja"


def _times(count: int) -> str:
    """How often, in words while they are short: "dua kali", "12 kali"."""
    words = ("belum pernah", "satu kali", "dua kali", "tiga kali", "empat kali", "lima kali")
    return words[count] if count < len(words) else f"{indonesian.number(count)} kali"


# Both parts import the same sentences, escaped for one and plain for the other: hence two.
_PLAIN = _environment(autoescape=False)
_HTML = _environment(autoescape=True)


def build(
    template: str,
    context: dict[str, object],
    *,
    office: Correspondent,
    to: Person,
    keys: Collection[str],
    case: str = "",
    now: datetime,
) -> EmailMessage:
    """The mail of `template` (its .subject.j2, .txt.j2 and .html.j2), rendered with `context`.

    `keys` say what the mail is about; with the recipient they make its Message-ID. Mails to one
    person with the same `case` form a thread. `now` is naive and local to the office.
    """
    names = _names(office, to, now) | context
    message = EmailMessage(POLICY)
    message["From"] = Address(display_name(office.name), addr_spec=office.sender)
    message["To"] = _address(to)
    message["Reply-To"] = office.reply_to
    message["Subject"] = header_text(_render(_PLAIN, f"{template}.subject.j2", names))
    message["Date"] = now.replace(tzinfo=office.timezone)
    message["Message-ID"] = identity("mail", office, to, *sorted(keys))
    if case:
        root = identity("thread", office, to, case)
        message["In-Reply-To"] = message["References"] = root
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange's word for the same
    message.set_content(_wrapped(_render(_PLAIN, f"{template}.txt.j2", names)))
    message.add_alternative(_render(_HTML, f"{template}.html.j2", names), subtype="html")
    return message


def _names(office: Correspondent, to: Person, now: datetime) -> dict[str, object]:
    """What every template may speak of."""
    zone = office.zone_name(now)

    def short_time(when: datetime) -> str:
        return f"{indonesian.moment(when)} {zone}"

    def long_time(when: datetime) -> str:
        return f"{indonesian.long_date(when)}, pukul {indonesian.clock(when)} {zone}"

    return {
        "short_time": short_time,
        "long_time": long_time,
        "office": clean(office.name),
        "reply_to": office.reply_to,
        "name": clean(to.name),
        "register_link": office.register_link(FIRST_ROW),
        "register_place": clean(office.register_place),
    }


def _render(environment: Environment, template: str, names: dict[str, object]) -> str:
    return environment.get_template(template).render(names)


def _address(person: Person) -> Address:
    return Address(display_name(person.name), addr_spec=person.way.address)


def identity(purpose: str, office: Correspondent, to: Person, *parts: str) -> str:
    """As a Message-ID is written: another one for each person, way and part."""
    domain = office.sender.rpartition("@")[2]
    return f"<{purpose}.{_content_hash(to.mailbox, *parts)}@{domain}>"


def _content_hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _wrapped(text: str) -> str:
    """`text` with long lines broken as a person would, and at most one empty line in a row."""
    lines = (_wrapped_line(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _wrapped_line(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    mark = re.match(r"\d+\. |- ", line.lstrip())
    return textwrap.fill(
        line.strip(),
        TEXT_WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + (" " * len(mark[0]) if mark else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )
