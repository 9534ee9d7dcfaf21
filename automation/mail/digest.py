"""The head of office's digest as a mail: yesterday's figures, on Mondays the week's."""

from datetime import datetime
from email.message import EmailMessage

from automation.core.digest import Figures
from automation.core.notices import Person
from automation.mail.cells import clean
from automation.mail.message import Office, build
from automation.mail.outgoing import DIGEST, Mail

MOST_OLD_CASES = 5


def compose_digest(to: Person, figures: Figures, office: Office, now: datetime) -> EmailMessage:
    """The digest as a mail. Its charts are table cells, which every mail program shows. `now` is
    naive and local to the office."""
    return build(
        "digest",
        {
            "figures": figures,
            "oldest": [
                {
                    "number": clean(case.number),
                    "kind": clean(case.kind),
                    "step": clean(case.step),
                    "holders": ", ".join(map(clean, case.holders)) or "belum ada",
                    "received": case.received.date(),
                    "link": office.register_link(case.row),
                }
                for case in figures.oldest[:MOST_OLD_CASES]
            ],
            "busiest": max((step.waiting for step in figures.steps), default=0),
            "liveliest": max((max(day.received, day.finished) for day in figures.days), default=0),
        },
        office=office,
        to=to,
        keys=[figures.key],
        now=now,
    )


def digest_mail(to: Person, figures: Figures, office: Office, now: datetime) -> Mail:
    """The digest as the outbox takes it in."""
    message = compose_digest(to, figures, office, now)
    return Mail(message=message, to=to, keys=[figures.key], stages=DIGEST)
