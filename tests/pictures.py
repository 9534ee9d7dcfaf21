"""The pictures in README and guides, made from the real program: `make pictures`.

Plays the demo's morning in a temporary folder, turns its workbooks, mails and terminal output into
PDF with LibreOffice and Chromium, and cuts each picture out of a page.
"""

import html
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from tests.picture_files import cut, read_ppm, write_png

DOCS = Path(__file__).parents[1] / "docs"
NOW = "2026-11-23T10:00"
SEED = "1"
OFFICE_FOLDER = r"C:\Kantor"  # in place of the temporary one
LARGEST = 150_000  # bytes of a picture
WIDTH = 116  # characters of the terminal
TOOLS = {
    "LibreOffice": ("soffice", "libreoffice"),
    "Chromium": ("chromium", "chromium-browser", "google-chrome", "chrome"),
    "pdftoppm": ("pdftoppm",),
    "pdftotext": ("pdftotext",),
}
# LibreOffice sets Calibri, where it is missing, in a font that is far too wide.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match><test name="family"><string>Calibri</string></test>
<edit name="family" mode="prepend" binding="strong">
<string>Carlito</string><string>Liberation Sans</string></edit></match></fontconfig>"""
PAGE = "<style>@page {{ size: {width}px {height}px; margin: 0 }} {look}</style>"
CONSOLE = """body { margin: 0; background: #1e1e1e }
pre { margin: 0; padding: 14px; color: #e6e6e6; font: 13px/1.45 "Liberation Mono", monospace }"""


class Part(NamedTuple):
    """What of a page is kept, as shares of its width and height."""

    left: float = 0
    top: float = 0
    right: float = 1
    bottom: float = 1


ABOVE_THE_FOOTER = Part(bottom=0.93)
ALL = Part(right=0.998)  # Chromium leaves a white line at the right edge


@dataclass(frozen=True)
class Tab:
    """A tab of a workbook."""

    title: str
    file: str = "ringkasan"
    part: Part = ABOVE_THE_FOOTER
    dots: int = 110  # an inch


@dataclass(frozen=True)
class Mail:
    """The letter that somebody got at some time of the morning."""

    to: str  # how the address begins
    time: str


@dataclass(frozen=True)
class Terminal:
    """What a command prints."""

    command: str


@dataclass(frozen=True)
class Report:
    """The page of a report."""

    period: tuple[str, str]
    name: str  # of its folder, and of the page in it


Source = Tab | Mail | Terminal | Report
PICTURES: dict[str, Source] = {
    "ringkasan": Tab("Ringkasan"),
    "pemantauan": Tab("Pemantauan", dots=130),
    "temuan": Tab("Temuan", dots=120),
    "pengingat": Tab("Pengingat", part=Part(bottom=0.6)),
    "register": Tab("Register", "register", Part(0.03, 0, 0.5155, 0.412), 200),
    "register-langkah": Tab("Register", "register", Part(0.5155, 0, 0.97, 0.412), 200),
    "petugas": Tab("Petugas", "register", dots=110),
    "libur": Tab("Libur", "register", dots=110),
    "jeda": Tab("Jeda", "register", dots=110),
    "surel-pimpinan": Mail("kepala@", "07:35"),
    "surel-petugas": Mail("wahyu.n@", "08:45"),
    "surel-atasan": Mail("agung.p@", "10:00"),
    "surel-temuan": Mail("bagas.p@", "07:35"),
    "laporan-bulan": Report(("--month", "2026-11"), "2026-11"),
    "laporan-tahun": Report(("--year", "2026"), "2026"),
    "terminal": Terminal("status --open"),
    "terminal-doctor": Terminal("doctor"),
}  # fmt: skip


class PictureError(Exception):
    """Why there are no pictures: one sentence."""


def main() -> None:
    try:
        tools = found_tools()
        with tempfile.TemporaryDirectory() as folder:
            for name, size in made(Path(folder), tools):
                print(f"docs/{name}.png: {size // 1000} kB")
    except PictureError as error:
        sys.exit(str(error))


def found_tools(which: Callable[[str], str | None] = shutil.which) -> dict[str, str]:
    """Paths by name. Raises PictureError with the tools that are missing."""
    found = {tool: next(filter(None, map(which, names)), None) for tool, names in TOOLS.items()}
    missing = [tool for tool, path in found.items() if path is None]
    if missing:
        raise PictureError(f"The pictures need {', '.join(missing)}: please install first.")
    return {tool: path for tool, path in found.items() if path}


def made(folder: Path, tools: dict[str, str]) -> Iterable[tuple[str, int]]:
    """Makes all pictures; their names and sizes in bytes. Raises PictureError for one that is large."""
    program("--now", NOW, "demo", "--dir", str(folder), "--seed", SEED)
    workbooks_to_pdf(folder, tools["LibreOffice"])
    for name, source in PICTURES.items():
        page, number, part, dots = _page(name, source, folder, tools)
        content = _picture(page, number, part, dots, tools["pdftoppm"])
        if len(content) > LARGEST:
            raise PictureError(f"docs/{name}.png would have {len(content)} bytes: show less of it.")
        (DOCS / f"{name}.png").write_bytes(content)
        yield name, len(content)


def _page(
    name: str, source: Source, folder: Path, tools: dict[str, str]
) -> tuple[Path, int, Part, int]:
    """The page that shows it: PDF, number, what of it is kept, dots an inch."""
    if isinstance(source, Tab):
        file = folder / f"{source.file}.pdf"
        return file, page_of(source.title, file, tools["pdftotext"]), source.part, source.dots
    if isinstance(source, Report):
        return report(source, folder), 1, Part(), 84
    text = letter(source, folder) if isinstance(source, Mail) else terminal(source, folder)
    page = folder / f"{name}.html"
    page.write_text(_in_the_office(text, folder), "utf-8")
    return html_to_pdf(page, tools["Chromium"]), 1, ALL, 96


def report(wanted: Report, folder: Path) -> Path:
    office = ["--config", str(folder / "demo.toml"), "--now", NOW]
    program(*office, "report", *wanted.period, "--out", str(folder / "arsip"))
    return folder / "arsip" / f"laporan-{wanted.name}" / f"halaman-{wanted.name}.pdf"


def program(*arguments: str) -> str:
    """What a command of the program prints."""
    return subprocess.run(
        [sys.executable, "-m", "automation", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
        cwd=DOCS.parent,
    ).stdout


def workbooks_to_pdf(folder: Path, soffice: str) -> None:
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.xlsx") for name in ("ringkasan", "register")]
    command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    _quietly([*command, *files], os.environ | {"FONTCONFIG_FILE": str(fonts)})


def html_to_pdf(page: Path, chromium: str) -> Path:
    pdf = page.with_suffix(".pdf")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={page.parent / 'chromium'}"
    _quietly([chromium, *options, profile, f"--print-to-pdf={pdf}", page.as_uri()])
    return pdf


def _quietly(command: list[str], environment: dict[str, str] | None = None) -> None:
    subprocess.run(command, capture_output=True, check=True, env=environment)


def page_of(title: str, pdf: Path, pdftotext: str) -> int:
    """The first page of a tab: its footer begins with the title."""
    pages = subprocess.run(
        [pdftotext, "-layout", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    )
    for number, text in enumerate(pages.stdout.decode().split("\f"), start=1):
        if text.rstrip().rpartition("\n")[2].strip().startswith(title):
            return number
    raise PictureError(f"{pdf.name} has no page of the tab {title}.")


def letter(wanted: Mail, folder: Path) -> str:
    """The page of a mail, under its subject."""
    for file in sorted((folder / "outbox").rglob("*.eml")):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        address = mail["To"].addresses[0].addr_spec
        if address.startswith(wanted.to) and f" 23 Nov 2026 {wanted.time}" in mail["Date"]:
            return _under_its_subject(mail)
    raise PictureError(f"The demo sends no mail to {wanted.to} at {wanted.time}: name another one.")


def _under_its_subject(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    style = PAGE.format(width=700, height=2400, look="")
    subject = html.escape(str(mail["Subject"]))
    head = f'<p style="font: bold 17px sans-serif; margin: 14px 16px 4px">{subject}</p>'
    before, tag, rest = str(body.get_content()).partition("<body")
    attributes, closing, content = rest.partition(">")
    return f"{before}{style}{tag}{attributes}{closing}{head}{content}"


def terminal(source: Terminal, folder: Path) -> str:
    """A command and what it prints, as it stands in a terminal."""
    office = ["--config", str(folder / "demo.toml"), "--now", NOW]
    printed = _in_the_office(program(*office, *source.command.split()), folder)
    shown = [f"$ python -m automation {source.command}", *_wrapped(printed.splitlines())]
    longest = max(map(len, shown))
    style = PAGE.format(width=longest * 8 + 28, height=len(shown) * 19 + 30, look=CONSOLE)
    return f'<meta charset="utf-8">{style}<pre>{html.escape(chr(10).join(shown))}</pre>'


def _in_the_office(text: str, folder: Path) -> str:
    return text.replace(f"{folder}/", f"{OFFICE_FOLDER}\\").replace(str(folder), OFFICE_FOLDER)


def _wrapped(lines: Iterable[str]) -> Iterator[str]:
    """As a terminal breaks them."""
    for line in lines:
        yield from (line[at : at + WIDTH] for at in range(0, len(line), WIDTH))


def _picture(pdf: Path, page: int, part: Part, dots: int, pdftoppm: str) -> bytes:
    pages = ["-f", str(page), "-l", str(page)]
    drawn = subprocess.run(
        [pdftoppm, "-r", str(dots), *pages, str(pdf)], capture_output=True, check=True
    )
    return write_png(cut(read_ppm(drawn.stdout), *part))


if __name__ == "__main__":
    main()
