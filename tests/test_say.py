"""What the commands say of a run to come."""

from datetime import datetime

import pytest

from automation import say
from automation.core.plan import plan
from tests.mail_letters import BUDI, FIGURES, SRI, letter, notice
from tests.offices import NOW, case, grids, standard_schema


def told(capsys: pytest.CaptureFixture[str], now: datetime = NOW) -> list[str]:
    seen = plan(grids([case()]), standard_schema(), now)
    findings = notice("", "findings", step="", count=12)
    say.intentions(seen, [letter(notice(stage="escalation"), findings), letter(FIGURES, to=BUDI)])
    return capsys.readouterr().out.splitlines()


def test_a_mail_to_come_is_told_with_its_reasons(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(capsys) == [
        f"Surel kepada Sri Lestari <{SRI.way.address}>:",
        "  Eskalasi: 0123/ADU/XI/2026 5. Jawaban",
        "  Temuan: 12 kesalahan",
        f"Surel kepada Budi Santoso <{BUDI.way.address}>:",
        "  Ringkasan: angka untuk pimpinan",
        "2 surel akan dikirim; tidak ada yang diterbitkan.",
    ]


def test_outside_working_hours_it_is_said_why_nothing_goes_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(capsys, datetime(2026, 11, 22, 10, 0))[0].startswith("Di luar jam kerja")
