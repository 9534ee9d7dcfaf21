"""A new folder of facts as text: commented TOML that an office can go on with.

What the office does not say otherwise is the standard folder's.
"""

import json
import re
from dataclasses import dataclass

from automation.setting_sections import STANDARD_SCHEMA

USUAL_HOURS = (
    ("07.30-12.00", "13.00-16.00"),
    ("07.30-11.30", "13.00-16.30"),
    (),
)
SERIAL, YEAR = r"(?P<serial>\d{4})", r"(?P<year>20\d{2})"
MONTH = "(?P<month>I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)"


@dataclass(frozen=True)
class AskedStep:
    name: str
    activity: str
    role: str
    minutes: int
    optional: bool


@dataclass(frozen=True)
class Answers:
    office: str
    number: str
    title: str
    code: str  # in the register number
    kinds: tuple[str, ...]
    channels: tuple[str, ...]
    steps: tuple[AskedStep, ...]
    keeper: str  # role
    head: str  # role
    hours: tuple[tuple[str, ...], ...]  # Monday to Thursday, Friday, Saturday: "07.30-12.00"

    @property
    def roles(self) -> tuple[str, ...]:
        """Each once, the head's last."""
        named = dict.fromkeys([self.keeper, *(step.role for step in self.steps)])
        named.pop(self.head, None)
        return *named, self.head


def files(answers: Answers) -> dict[str, str]:
    """The text of each file, by its name."""
    found = {"sop.toml": _sop(answers), "reminders.toml": _reminders(answers)}
    if answers.hours != USUAL_HOURS:
        found["working_hours.toml"] = _working_hours(answers)
    return found


def _sop(answers: Answers) -> str:
    last = [step.name for step in answers.steps if not step.optional][-1]
    parts = [
        "# Langkah, jabatan, dan mutu baku SOP kantor ini. Setelah mengubahnya, jalankan\n"
        "# `python -m automation schema check FOLDER`.\n",
        f"number = {_quoted(answers.number)}\n"
        f"title = {_quoted(answers.title)}\n"
        f"office = {_quoted(answers.office)}\n"
        f"channels = {_list(answers.channels)}\n"
        "# Bagian langkah yang diharapkan sesuai mutu baku, dalam persen.\n"
        "# target_percent = 90\n",
        "# Nomor register: nomor urut/kode/bulan Romawi/tahun.\n"
        "[case_number]\n"
        f"pattern = '{SERIAL}/{answers.code}/{MONTH}/{YEAR}'\n"
        f"example = {_quoted(f'0123/{answers.code}/XI/2026')}\n",
        "# Jabatan; superior adalah jabatan yang menerima eskalasi.",
        *(_role(role, answers.head) for role in answers.roles),
        "# Langkah menurut urutannya. optional = true: tidak setiap berkas memerlukannya.\n"
        "# role_confirmed = false: pelaksananya belum pasti.",
        *map(_step, answers.steps),
        "# Jenis berkas. Tenggat hukum ditambahkan dengan [[kinds.deadlines]].",
        *(f"[[kinds]]\nname = {_quoted(kind)}\n" for kind in answers.kinds),
        "# Keputusan, dan kapan keputusan itu menutup berkas: never, when_finished, at_once.",
        '[[decisions]]\nname = "Dikabulkan"\ncloses = "never"\n',
        '[[decisions]]\nname = "Ditolak"\ncloses = "when_finished"\n',
        f'[[decisions]]\nname = "Dicabut"\ncloses = "at_once"\nexcludes_step = {_quoted(last)}\n',
    ]
    return "\n".join(parts)


def _role(role: str, head: str) -> str:
    superior = "" if role == head else f"superior = {_quoted(head)}\n"
    return f"[[roles]]\nname = {_quoted(role)}\n{superior}"


def _step(step: AskedStep) -> str:
    return (
        f"[[steps]]\nname = {_quoted(step.name)}\n"
        f"activity = {_quoted(step.activity)}\n"
        f"role = {_quoted(step.role)}\n"
        "role_confirmed = true\n"
        f"standard_minutes = {step.minutes}\n" + ("optional = true\n" if step.optional else "")
    )


def _reminders(answers: Answers) -> str:
    """The standard policy, for this office's roles."""
    text = (STANDARD_SCHEMA / "reminders.toml").read_text("utf-8")
    text = _replaced(text, "keeper_role", answers.keeper)
    return _replaced(text, "head_role", answers.head)


def _replaced(text: str, key: str, role: str) -> str:
    """The text with another value behind the key."""
    return re.sub(rf"^{key} = .*$", lambda _: f"{key} = {_quoted(role)}", text, flags=re.MULTILINE)


def _working_hours(answers: Answers) -> str:
    usual, friday, saturday = map(_list, answers.hours)
    days = [f"{day} = {usual}" for day in ("monday", "tuesday", "wednesday", "thursday")]
    return "\n".join(
        [
            "# Jam kerja kantor. Bila jam berubah, TAMBAHKAN [[regimes]] dengan start, juga untuk",
            "# Ramadan (start dan end); yang ditulis lebih bawah berlaku pada hari yang sama.",
            "earliest = 2010-01-01",
            "",
            "# Libur nasional dan cuti bersama.",
            "[holidays]",
            'country = "ID"',
            'categories = ["public", "government"]',
            'language = "id"',
            "",
            "[[regimes]]",
            'name = "Jam kerja biasa"',
            'source = "ketetapan kantor"',
            "confirmed = true",
            *days,
            f"friday = {friday}",
            f"saturday = {saturday}",
            "",
        ]
    )


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A TOML basic string, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)
