"""`schema new`: an office's folder of facts from a few answers, typed or piped in.

Nothing is written before all answers are there and fit together, and no file is replaced.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from automation import say
from automation.core.edges import EdgeError
from automation.core.schema import DOCUMENTS, Regime, SchemaError, parse_schema
from automation.files import create
from automation.schema_text import Answers, AskedStep, files
from automation.setting_sections import STANDARD_SCHEMA

CODE = re.compile(r"[A-Z0-9]{1,10}")
CLOSED = "tutup"

Fits = Callable[[str], str]  # why an answer cannot be used; "" for one that can


def new(folder: Path) -> None:
    """Asks, writes, says what comes next. Raises EdgeError, SettingsError."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise EdgeError(f"{folder} sudah ada isinya; pilih folder yang belum ada.")
    print("Jawab setiap pertanyaan, lalu tekan Enter. Kosong berarti isi di dalam [kurung].")
    written = files(_answers())
    _refuse(written)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EdgeError(f"Folder {folder} tidak dapat dibuat ({error.strerror}).") from None
    for name, text in written.items():
        create(folder / name, text.encode())
    say.lines(_next(folder, list(written)))


def _refuse(written: Mapping[str, str]) -> None:
    """Raises EdgeError where the answers contradict each other, before anything is written."""
    standard = {f"{name}.toml": STANDARD_SCHEMA / f"{name}.toml" for name in DOCUMENTS}
    texts = {name: written.get(name) or file.read_text("utf-8") for name, file in standard.items()}
    try:
        parse_schema({name: tomllib.loads(texts[f"{name}.toml"]) for name in DOCUMENTS})
    except SchemaError as error:
        raise EdgeError(
            "\n".join([*error.faults, "Jawaban belum cocok; tidak ada yang ditulis."])
        ) from None


def _next(folder: Path, names: list[str]) -> Iterator[str]:
    yield f"Ditulis dalam {folder}: {', '.join(names)}."
    yield "Berkas lain (tabs.toml, findings.toml) diambil dari bawaan program."
    yield f"Berikutnya: periksa dengan `python -m automation schema check {folder}`,"
    yield f'lalu tulis [office] schema = "{folder.as_posix()}" pada settings.toml.'


def _answers() -> Answers:
    office = _ask("Nama kantor")
    number = _ask("Nomor SOP")
    title = _ask("Judul SOP")
    code = _ask("Kode pada nomor register, contoh IZN untuk 0001/IZN/XI/2026", "BKS", _code)
    kinds = _listed("Jenis berkas, dipisahkan koma", "Permohonan")
    channels = _listed("Saluran masuk, dipisahkan koma", "Loket, Surat, Surel")
    steps = [*_steps()]
    keeper = _ask("Jabatan pengelola register, yang menerima temuan", steps[0].role)
    head = _ask("Jabatan pimpinan, yang menerima ringkasan dan eskalasi", "Kepala Kantor")
    return Answers(
        office=office,
        number=number,
        title=title,
        code=code,
        kinds=kinds,
        channels=channels,
        steps=tuple(steps),
        keeper=keeper,
        head=head,
        hours=tuple(_hours()),
    )


def _steps() -> Iterator[AskedStep]:
    """Until an empty name; at least one that every case needs."""
    names: list[str] = []
    needed = False

    def unused(text: str) -> str:
        if text in names:
            return "nama ini sudah dipakai langkah lain"
        return "" if text or needed else "paling sedikit satu langkah wajib"

    while True:
        place = len(names) + 1
        name = _ask(f"Langkah {place}, nama singkat (kosong bila sudah semua)", "", unused)
        if not name:
            return
        names.append(name)
        step = AskedStep(
            name=name,
            activity=_ask("  Uraian prosedur", name),
            role=_ask("  Jabatan pelaksana"),
            minutes=int(_ask("  Mutu baku dalam menit kerja", "", _minutes)),
            optional=_ask("  Wajib untuk setiap berkas (ya/tidak)", "ya", _yes_or_no) == "tidak",
        )
        needed = needed or not step.optional
        yield step


def _hours() -> Iterator[tuple[str, ...]]:
    """Monday to Thursday, Friday, Saturday; empty for a day on which the office is closed."""
    for days, usual in (
        ("Senin sampai Kamis", "07.30-12.00, 13.00-16.00"),
        ("Jumat", "07.30-11.30, 13.00-16.30"),
        ("Sabtu", CLOSED),
    ):
        told = _ask(f"Jam kerja {days}", usual, _periods)
        yield () if told == CLOSED else tuple(re.split(", ?", told))


def _listed(question: str, usual: str) -> tuple[str, ...]:
    words = (word.strip() for word in _ask(question, usual, _words).split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _ask(question: str, usual: str = "", fits: Fits | None = None) -> str:
    """The answer, asked for again until it can be used."""
    shown = f"{question} [{usual}]: " if usual else f"{question}: "
    while True:
        try:
            answer = input(shown).strip() or usual
        except EOFError:
            raise EdgeError(
                f"Jawaban habis pada pertanyaan: {question}. Tidak ada yang ditulis."
            ) from None
        except KeyboardInterrupt:
            raise EdgeError("Dibatalkan. Tidak ada yang ditulis.") from None
        wrong = _unprintable(answer) or (fits or _some)(answer)
        if not wrong:
            return answer
        print(f"  Belum dapat dipakai: {wrong}.")


def _unprintable(text: str) -> str:
    return "" if text.isprintable() else "ada tanda yang tidak dapat dicetak"


def _some(text: str) -> str:
    return "" if text else "perlu diisi"


def _words(text: str) -> str:
    return "" if text.replace(",", " ").strip() else "perlu diisi"


def _code(text: str) -> str:
    return "" if CODE.fullmatch(text) else "tulis 1 sampai 10 huruf besar atau angka, contoh IZN"


def _minutes(text: str) -> str:
    is_number = text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0
    return "" if is_number else "tulis bilangan bulat, contoh 30"


def _yes_or_no(text: str) -> str:
    return "" if text in ("ya", "tidak") else "tulis ya atau tidak"


def _periods(text: str) -> str:
    day = [] if text == CLOSED else re.split(", ?", text)
    regime = {"name": "", "source": "", "confirmed": True, "monday": day}
    try:
        Regime.model_validate(regime)
    except ValueError:
        return f"tulis seperti 07.30-12.00, 13.00-16.00, atau {CLOSED}"
    return ""
