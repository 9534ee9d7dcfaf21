"""What a mail says, read from its plain text as the reader sees it.

The only file that knows the mails' wording: when that changes, this follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.year.office import Sent

_ITEM = re.compile(r"^\d+\. (\d{4}/\w+/\w+/\d{4})\b(.*(?:\n   .*)*)", re.MULTILINE)
_STEP = re.compile(r"Langkah (\d+)\b")
_OVER = re.compile(r"elewati mutu baku selama (?:([\d.]+) jam ?)?(?:(\d+) menit )?")
_STAGES = (
    ("legal", re.compile(r"Tenggat .+?: \d\d/\d\d/\d{4} \(.+?\)")),
    ("escalation", re.compile(r"Pemegang: .*elewati mutu baku selama")),
    ("overdue", re.compile(r"elewati mutu baku selama")),
    ("soon", re.compile(r"Waktu yang telah terpakai")),
    ("turn", re.compile(r"enjadi bagian Bapak/Ibu")),
)
_AMONG_FIGURES = re.compile(r", pemegang: .* Terlambat ")
UNREAD = "unread"  # the stage of a line whose wording is not known here
LATE = ("overdue", "escalation")


@dataclass(frozen=True)
class Line:
    """A case in a mail. `news` tells two sayings of one stage apart where both are news."""

    number: str
    step: int
    stage: str
    over_seconds: int  # said to be overdue by so much; 0 = not said
    news: str = ""


def lines_of(mail: Sent) -> Iterator[Line]:
    """The cases that a mail speaks of; those that merely stand among figures are passed over."""
    for number, rest in _ITEM.findall(mail.text):
        text = " ".join(rest.split())
        if not _AMONG_FIGURES.search(text):
            yield _line(number, text)


def _line(number: str, text: str) -> Line:
    step = _STEP.search(text)
    for stage, pattern in _STAGES:
        found = pattern.search(text)
        if found and step:
            news = found[0] if stage == "legal" else ""
            return Line(number, int(step[1]), stage, _over(text), news)
    return Line(number, 0, UNREAD, 0)


def _over(text: str) -> int:
    found = _OVER.search(text)
    if not found:
        return 0
    hours, minutes = found[1] or "0", found[2] or "0"
    return int(hours.replace(".", "")) * 3600 + int(minutes) * 60


def tells_morning_figures(mail: Sent) -> bool:
    """Whether the head of office's figures of the morning are in this mail."""
    return "HARI KERJA LALU" in mail.text or "PEKAN LALU" in mail.text
