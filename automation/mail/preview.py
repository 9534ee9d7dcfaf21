"""What would go out, written to a folder to be looked at. Nothing is sent or remembered."""

from collections.abc import Sequence
from pathlib import Path

from automation.mail.folder import Folder
from automation.mail.outgoing import Mail


def write_preview(mails: Sequence[Mail], path: Path) -> list[Path]:
    """Each mail as .eml and, beside it, its HTML part, whose files are returned in order.

    Raises TransportError where the folder cannot be made, OSError where it cannot be written.
    """
    pages = []
    with Folder(path) as folder:
        for mail in mails:
            page = folder.write(mail.content).with_suffix(".html")
            html = mail.message.get_body(("html",))
            page.write_text(html.get_content() if html else "", encoding="utf-8")
            pages.append(page)
    return pages
