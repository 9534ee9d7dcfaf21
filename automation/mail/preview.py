"""What would go out, written to a folder to be looked at. Nothing is sent or remembered."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from automation.core.notices import Letter
from automation.mail.compose import compose
from automation.mail.folder import Folder
from automation.mail.message import Office


def write_preview(
    letters: Sequence[Letter], office: Office, path: Path, now: datetime
) -> list[Path]:
    """Each letter as .eml and, beside it, its HTML part, whose files are returned in order.

    Raises TransportError where the folder cannot be made, OSError where it cannot be written.
    """
    pages = []
    with Folder(path) as folder:
        for letter in letters:
            message = compose(letter, office, now)
            page = folder.write(message.as_bytes()).with_suffix(".html")
            html = message.get_body(("html",))
            page.write_text(html.get_content() if html else "", encoding="utf-8")
            pages.append(page)
    return pages
