"""What would go out, written to a folder to be looked at. Nothing is sent or remembered."""

from collections.abc import Sequence
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from automation.core.words.ways import EMAIL
from automation.mail.folder import Folder
from automation.mail.outgoing import Mail


def write_preview(mails: Sequence[Mail], path: Path) -> list[Path]:
    """Each mail as .eml and, beside it, its HTML part, whose files are returned in order; what goes
    out by another way as a file of what is sent.

    Raises TransportError where the folder cannot be made, OSError where it cannot be written.
    """
    pages = []
    with Folder(path) as folder:
        for place, mail in enumerate(mails, start=1):
            content = mail.written.content
            if mail.to.way.kind != EMAIL:
                page = path / f"{mail.to.way.kind}-{place}.txt"
                page.write_bytes(content)
            else:
                page = folder.write(content).with_suffix(".html")
                html = message_from_bytes(content, policy=default).get_body(("html",))
                page.write_text(html.get_content() if html else "", encoding="utf-8")
            pages.append(page)
    return pages
