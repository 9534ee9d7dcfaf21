"""`Pengingat`: whatever a mail was about can be read in its row."""

from automation.core.edges import SentMail
from automation.core.tabs.lists import pengingat
from tests.offices import NOW


def mail(numbers: str, stages: str = "Giliran", steps: str = "5. Jawaban") -> SentMail:
    return SentMail(NOW, "Tari", "tari@kantor.go.id", stages, numbers, steps, "Terkirim", "")


def numbers(count: int) -> str:
    return ", ".join(f"{serial:04}/ADU/XI/2026" for serial in range(1, count + 1))


def test_no_row_of_reminders_is_cut_off() -> None:
    """Two numbers go in a line of the column, since a line ends between words."""
    sheet = pengingat([
        mail(numbers(1)),
        mail(numbers(2)),
        mail(numbers(3)),
        mail(numbers(20) + " dan 31 lainnya"),
        mail("", stages="Terlambat, Tenggat Hukum, Segera Jatuh Tempo, Giliran"),
        mail("", steps="5. Jawaban, 6. Balasan, 7. Arsip"),
    ])  # fmt: skip
    line = 15
    assert sheet.heights == {3: 2 * line, 4: 11 * line, 5: 3 * line, 6: 2 * line}
