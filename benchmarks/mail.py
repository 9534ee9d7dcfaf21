"""Composing and sending 1,000 mails through outbox and SMTP, against plain smtplib.

The peer composes comparable mails (the same headers, a text part and an HTML part of the same
size) and sends them over one connection, but remembers nothing: a crash would cost it mails or
send them twice. Both send to a local aiosmtpd server in another process. Run with
`python -m benchmarks.mail`; exit code 1 where ours takes LIMIT times as long or more.
"""

import smtplib
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from multiprocessing import Event, Pipe, Process
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event as EventType
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from automation.core.reminders.notices import Letter, Notice, Person
from automation.core.words.ways import EMAIL, Way
from automation.mail.compose import compose
from automation.mail.correspondent import Correspondent
from automation.mail.deliver import deliver
from automation.mail.email import Email
from automation.mail.login import SmtpSettings
from automation.mail.outbox import Outbox
from automation.mail.outgoing import Mail
from automation.mail.smtp import Smtp

MAILS = 1_000
ROUNDS = 3
LIMIT = 2.0
HOST = "127.0.0.1"
NOW = datetime(2026, 11, 23, 10, 0)
OFFICE = Correspondent(
    name="Dinas Kependudukan dan Pencatatan Sipil",
    sender="pengingat@kantor.example.id",
    reply_to="dukcapil@kantor.example.id",
    timezone=ZoneInfo("Asia/Jakarta"),
)


def letter(place: int) -> Letter:
    notice = Notice(
        key=f"{place:04}/ADU/XI/2026|5|overdue|1",
        stage="overdue",
        number=f"{place:04}/ADU/XI/2026",
        kind="Aduan",
        row=place + 2,
        step="5. Jawaban",
        standard_minutes=60,
        since=datetime(2026, 11, 20, 14, 30),
        due=datetime(2026, 11, 20, 15, 30),
        elapsed_seconds=8400,
        holders=("Sri Lestari",),
    )
    way = Way(EMAIL, f"sri{place}@kantor.example.id")
    return Letter(Person("Sri Lestari", way, "Ketua Tim"), (notice,))


def through_the_outbox(port: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Outbox(Path(folder)) as outbox:
        email = Email(Smtp(SmtpSettings(HOST, port, "none")))
        letters = (letter(place) for place in range(MAILS))
        outbox.queue((Mail.of(each, email.write(each, OFFICE, NOW)) for each in letters), NOW)
        delivery = deliver(outbox, {EMAIL: email.transport}, NOW)
    assert delivery.sent == MAILS, delivery


def with_plain_smtplib(port: int) -> None:
    sample = compose(letter(0), OFFICE, NOW)
    text, html = (part.get_content() for part in sample.iter_parts())
    with smtplib.SMTP(HOST, port, timeout=30) as server:
        for place in range(MAILS):
            person = letter(place).to
            message = EmailMessage(SMTP)
            message["From"] = f"{OFFICE.name} <{OFFICE.sender}>"
            message["To"] = f"{person.name} <{person.way}>"
            message["Reply-To"] = OFFICE.reply_to
            message["Subject"] = f"Pengingat: {place:04}/ADU/XI/2026 melewati batas waktu"
            message["Date"] = format_datetime(NOW)
            message["Message-ID"] = make_msgid(domain="kantor.example.id")
            message["In-Reply-To"] = message["References"] = f"<{place}@kantor.example.id>"
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(text.replace("0000/ADU", f"{place:04}/ADU"))
            message.add_alternative(html.replace("0000/ADU", f"{place:04}/ADU"), subtype="html")
            server.send_message(message)


@contextmanager
def local_server() -> Iterator[int]:
    """The port of a server in a process of its own."""
    ours, theirs = Pipe()
    done = Event()
    process = Process(target=_serve, args=(theirs, done), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        done.set()
        process.join()


def _serve(port: Connection, done: EventType) -> None:
    controller = Controller(Sink(), hostname=HOST, port=_free_port())
    controller.start()
    port.send(controller.port)
    done.wait()
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _seconds(send: Callable[[int], None], port: int) -> float:
    start = perf_counter()
    send(port)
    return perf_counter() - start


def main() -> int:
    with local_server() as port:
        rounds = [
            (_seconds(through_the_outbox, port), _seconds(with_plain_smtplib, port))
            for _ in range(ROUNDS)
        ]
    ours, plain = (min(times) for times in zip(*rounds, strict=True))
    ratio = ours / plain
    print(f"{MAILS} mails: outbox and SMTP {ours:.2f} s, plain smtplib {plain:.2f} s")
    print(f"ratio {ratio:.2f} (limit {LIMIT})")
    return 0 if ratio < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
