"""What a letter says, to whom, and that no cell can make it say or do anything else."""

import re
from dataclasses import fields, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.core.reminders.notices import Letter, Notice, Person
from automation.core.reminders.stages import STAGES, Stage
from automation.core.words.ways import EMAIL, Way
from automation.mail.compose import MOST_LINES, compose, compose_test
from tests.mail_letters import BUDI, FIGURES, NOW, OFFICE, SRI, letter, notice

LINKED = replace(OFFICE, register_link=lambda row: f"https://lembar.example/?a=1&range=A{row}")
HOUR = 3600


def composed(letter: Letter) -> EmailMessage:
    """The mail as a recipient's program reads it."""
    return message_from_bytes(compose(letter, OFFICE, NOW).as_bytes(), policy=default)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def subject(*notices: Notice) -> str:
    """Unfolded; the standard library leaves a blank where a subject began on a second line."""
    return str(composed(letter(*notices))["Subject"]).strip()


def text(letter: Letter) -> str:
    """The text part on one line."""
    return " ".join(part(composed(letter), "plain").split())


def html(letter: Letter) -> str:
    return part(composed(letter), "html")


@pytest.mark.parametrize(
    ("stage", "says"),
    [
        ("turn", "Pengingat: 0123/ADU/XI/2026, Langkah 5, batas waktu 20/11/2026 15.30 WIB"),
        (
            "soon",
            "Segera jatuh tempo: 0123/ADU/XI/2026, Langkah 5, batas waktu 20/11/2026 15.30 WIB",
        ),
        (
            "overdue",
            "Pengingat: 0123/ADU/XI/2026, Langkah 5, melewati batas waktu 20/11/2026 15.30 WIB",
        ),
        ("escalation", "Pemberitahuan: 0123/ADU/XI/2026 melewati mutu baku Langkah 5"),
        ("legal", "Tenggat hukum: 0123/ADU/XI/2026, Langkah 5"),
    ],
)
def test_the_subject_says_what_one_case_is_about(stage: Stage, says: str) -> None:
    assert subject(notice(stage=stage)) == says


def test_the_subject_sums_up_several_cases() -> None:
    overdue = notice("1", "overdue"), notice("2", "overdue")
    turn = notice("3")
    findings = notice("", "findings", count=12)
    assert subject(*overdue) == "Pengingat: 2 berkas melewati mutu baku"
    assert subject(*overdue, turn, findings) == (
        "Pengingat: 3 berkas, 2 di antaranya melewati mutu baku, dan 12 temuan"
    )
    assert subject(findings) == "Temuan: 12 isian pada Buku Register perlu diperbaiki"


def test_the_text_is_a_letter_to_a_person() -> None:
    assert part(composed(letter()), "plain") == (
        "Yth. Bapak/Ibu Sri Lestari,\n\nDengan hormat,\n\n"
        "Berkas berikut menunggu tindak lanjut Bapak/Ibu sejak Jumat, 20 November\n"
        "2026, pukul 14.30 WIB.\n\n"
        "1. 0123/ADU/XI/2026 - Aduan\n"
        "   Langkah 5 (Jawaban), mutu baku 1 jam kerja\n"
        "   Batas waktu: 20/11/2026 15.30 WIB\n"
        "   Menjadi bagian Bapak/Ibu sejak 20/11/2026 14.30 WIB.\n\n"
        "Mohon tanggal dan jam penyelesaian diisikan pada kolom langkah tersebut di\n"
        "Buku Register. Apabila sudah diisi, pengingat ini dapat diabaikan.\n\n"
        "Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih.\n\n"
        "Dinas Kependudukan\n\n--\n"
        "Surel ini dikirim secara otomatis. Balasan diterima di\ndukcapil@kantor.go.id.\n"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (notice(stage="soon", elapsed_seconds=2700), "terpakai 45 menit kerja dari 1 jam kerja"),
        (notice(stage="overdue", elapsed_seconds=8400), "mutu baku selama 1 jam 20 menit kerja"),
        (
            notice(stage="escalation", elapsed_seconds=4 * HOUR, count=2),
            "Melewati mutu baku selama 3 jam kerja. Pengingat telah dikirim dua kali. Mohon arahan"
            " Bapak/Ibu, termasuk apabila perlu ditunjuk pengganti.",
        ),
        (notice(stage="escalation", holders=()), "Pemegang: belum ada"),
        (notice(stage="escalation"), "Pengingat belum pernah dikirim"),
        (notice(stage="legal", text="Tenggat tinggal 3 hari kerja."), "tinggal 3 hari kerja."),
        (notice(on_behalf_of="Agus"), "Bapak/Ibu menggantikan Agus, yang sedang tidak bertugas."),
        (
            notice("", "findings", step="", text="Sel G4: tanggal tidak dikenali.\nSel A9: ganda."),
            "- Sel G4: tanggal tidak dikenali. - Sel A9: ganda.",
        ),
    ],
)
def test_each_line_says_why_it_is_there(said: Notice, told: str) -> None:
    assert told in text(letter(said))
    for sentence in told.replace("- ", "").split(". "):
        if ":" not in sentence:
            assert sentence.rstrip(".") in " ".join(html(letter(said)).split())


def test_stages_are_grouped_in_the_letter_s_order_and_ask_once() -> None:
    mixed = letter(
        notice("1", "overdue"), notice("2", "legal"), notice("3", "overdue"), notice("4")
    )
    said = text(mixed)
    order = [
        "MELEWATI MUTU BAKU",
        "1. 1 ",
        "2. 3 ",
        "TENGGAT HUKUM",
        "1. 2 ",
        "MENUNGGU BAPAK/IBU",
        "1. 4 ",
    ]
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    assert said.count("diisikan pada kolom langkah") == 1


def test_more_than_three_cases_of_a_section_are_lines_and_no_cards() -> None:
    few, many = (letter(*(notice(str(n)) for n in range(count))) for count in (3, 4))
    assert html(few).count('class="card"') == 3
    assert 'class="card"' not in html(many)
    assert html(many).count("Langkah 5 (Jawaban), batas waktu 20/11/2026 15.30 WIB") == 4


def test_a_link_in_the_text_stays_beneath_its_case() -> None:
    long = replace(OFFICE, register_link=lambda row: "https://lembar.example/" + "d" * 90)
    assert "\n   https://lembar.example/" in part(compose(letter(), long, NOW), "plain")


def test_a_very_long_letter_counts_what_it_does_not_list() -> None:
    many = letter(*(notice(str(place), "overdue") for place in range(MOST_LINES + 1234)))
    assert "Masih ada 1.234 lagi" in text(many)
    assert len(compose(many, LINKED, NOW).as_bytes()) < 102_000, "Gmail cuts what is longer"


def test_lines_and_mail_link_to_the_register_where_it_has_a_link() -> None:
    page = part(compose(letter(), LINKED, NOW), "html")
    assert 'href="https://lembar.example/?a=1&amp;range=A41"' in page
    assert "Buka Buku Register" in page
    assert "href" not in html(letter())


def test_a_mail_from_an_excel_register_says_where_the_register_lies() -> None:
    """In words, as no link of a mail leads into a file; and not where a link does."""
    path = r"D:\Pengaduan & Permohonan\register.xlsx"
    message = compose(letter(), replace(OFFICE, register_place=path), NOW)
    assert f"Buku Register tersimpan pada komputer kantor: {path}" in " ".join(
        part(message, "plain").split()
    )
    assert path.replace("&", "&amp;") in part(message, "html")
    assert "href" not in part(message, "html")
    linked = compose(letter(), replace(LINKED, register_place=path), NOW)
    assert "tersimpan" not in part(linked, "plain") + part(linked, "html")
    assert "tersimpan" not in text(letter()) + html(letter())


def test_the_same_letter_is_the_same_mail_and_another_is_not() -> None:
    def identity(letter: Letter) -> str:
        return str(composed(letter)["Message-ID"])

    one, two = notice("1"), notice("2")
    assert identity(letter(one, two)) == identity(letter(two, one))
    assert identity(letter(one)) == str(
        compose(letter(replace(one, elapsed_seconds=9)), OFFICE, NOW + timedelta(1))["Message-ID"]
    )
    others = [letter(one, two), letter(two), letter(one, to=BUDI)]
    assert len({identity(each) for each in (letter(one), *others)}) == 4
    assert identity(letter(one)).endswith("@kantor.go.id>")


def test_one_case_s_mails_to_one_person_form_a_thread() -> None:
    turn, late = composed(letter(notice("1"))), composed(letter(notice("1", "overdue")))
    assert turn["References"] == turn["In-Reply-To"] == late["References"]
    assert turn["References"] != composed(letter(notice("1"), to=BUDI))["References"]
    assert composed(letter(notice("1"), notice("2")))["References"] is None


def test_the_headers_name_the_office_and_an_automatic_sender() -> None:
    message = composed(letter(notice(stage="escalation"), to=BUDI))
    assert message["From"] == "Dinas Kependudukan <pengingat@kantor.go.id>"
    assert message["To"] == "Budi Santoso <budi@kantor.go.id>"
    assert message["Cc"] is None
    assert message["Reply-To"] == "dukcapil@kantor.go.id"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Mon, 23 Nov 2026 10:00:00 +0700"
    assert message.get_content_type() == "multipart/alternative"


def test_a_test_mail_says_that_mail_arrives() -> None:
    to = Person(name="", way=Way(EMAIL, "it@kantor.go.id"), role="")
    message = compose_test(to, OFFICE, NOW)
    assert message["To"] == "it@kantor.go.id"
    assert "23 November 2026, pukul 10.00 WIB" in " ".join(part(message, "plain").split())


@pytest.mark.parametrize(
    "name",
    [
        "Sri\r\nBcc: lain@kantor.go.id",
        "Sri\nBcc: lain@kantor.go.id",
        "Sri\0Lestari",
        'Sri" <lain@kantor.go.id>, "',
        "lain@kantor.go.id",
        "lain@kantor.go.id, Sri",
        "=?utf-8?q?Sri=0D=0ABcc=3A_lain=40kantor.go.id?=",
        "\u202ediputar\u202c",
        "Sri (komentar) ; kelompok:",
        "Dewi \u00c9\u00e8, S.Kom., M.T., nama yang sangat panjang " + "sekali " * 40,
        "",
    ],
)
def test_a_name_stays_a_name_in_the_headers(name: str) -> None:
    person = Person(name, Way(EMAIL, "sri@kantor.go.id"), "")
    message = composed(letter(to=person))
    assert [each.addr_spec for each in message["To"].addresses] == ["sri@kantor.go.id"]
    assert message["Cc"] is message["Bcc"] is None
    shown = message["To"].addresses[0].display_name
    assert not set(shown) & set('@<>,;:"=?\u202e\u202c\r\n\0')
    assert "\u202e" not in part(message, "plain") + part(message, "html")


@pytest.mark.parametrize(
    "number",
    [
        "1\r\nBcc: lain@kantor.go.id",
        "=?utf-8?q?1=0D=0ABcc:_lain@kantor.go.id?=",
        "\u202e1\0\x1b[2J",
    ],
)
def test_a_number_stays_a_number_in_the_subject(number: str) -> None:
    message = composed(letter(notice(number)))
    assert message["Bcc"] is None
    assert message["Subject"].strip().startswith("Pengingat: ")
    assert message["Subject"].endswith("WIB")


TRICKS = [
    "<b>tebal</b>",
    "</td><script>x</script>",
    "\" onclick='x'",
    "&lt;",
    "{{ 7 * 7 }}",
    "{% x %}",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_cell_text_is_neither_markup_nor_template(trick: str) -> None:
    said = notice(
        f"1 {trick}", "escalation", kind=trick, step=f"5. {trick}", holders=(trick, "Budi")
    )
    message = composed(letter(said, to=replace(SRI, name=trick)))
    page = _Page()
    page.feed(part(message, "html"))
    plain_page = _Page()
    plain_page.feed(html(letter(notice(stage="escalation"))))
    assert page.tags == plain_page.tags
    assert page.text.count(trick) == 5
    assert part(message, "plain").count(trick) == 5


class _Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_cell_that_is_the_path_of_a_file_attaches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("isi berkas", encoding="utf-8")
    path = str(secret)
    message = composed(letter(notice(path, step=path, text=path), to=replace(SRI, name=path)))
    assert [each.get_content_type() for each in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert "isi berkas" not in message.as_string()


def test_a_notice_has_no_place_for_the_applicant() -> None:
    """So a mail, which is made of notices and the names of staff, cannot name one."""
    assert {field.name for field in fields(Notice)} == {
        "key", "stage", "number", "kind", "row", "step", "standard_minutes", "since", "due",
        "elapsed_seconds", "holders", "seen", "own", "late_since", "on_behalf_of", "reason", "text", "count", "figures", "report",
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_cells_hold_the_mail_has_its_headers_and_no_others(name: str, number: str) -> None:
    said = notice(number or "1", step=number, kind=name, on_behalf_of=name, text=number)
    message = composed(letter(said, to=replace(SRI, name=name)))
    assert message.keys() == [
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert [each.addr_spec for each in message["To"].addresses] == [SRI.way.address]
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects


def test_a_mail_that_a_machine_wrote_says_so_to_machines() -> None:
    message = composed(letter())
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"


@pytest.mark.parametrize("number", ["1", "0123/ADU/XI/2026", "9" * 60, "É" * 60, "9 " * 120])
def test_a_subject_arrives_as_it_was_written_however_long_it_is(number: str) -> None:
    """Unfolded by the rule of RFC 5322, with no blank before it or inside a word."""
    raw = compose(letter(notice(number)), OFFICE, NOW).as_bytes()
    head = raw.split(b"\r\n\r\n")[0] + b"\r\n"
    line = re.search(rb"^Subject:((?:.*\r\n)(?:[ \t].*\r\n)*)", head, re.M)
    assert line is not None
    assert line[1].startswith(b" ")
    assert not line[1].startswith((b"  ", b" \r\n"))
    assert len(max(line[1].split(b"\r\n"), key=len)) <= 998
    read = message_from_bytes(raw, policy=default)["Subject"]
    assert read == f"Pengingat: {number.strip()}, Langkah 5, batas waktu 20/11/2026 15.30 WIB"


def test_every_stage_has_its_template() -> None:
    """A stage is one row of `STAGES` and one template; a missing piece fails here."""
    templates = Path("automation/mail/templates/stages")
    folder = Path(__file__).parent.parent / templates
    assert {file.stem for file in folder.glob("*.j2")} == {fact.key for fact in STAGES} | {"common"}
    for fact in STAGES:
        said = FIGURES if fact.key == "figures" else notice(stage=fact.key)
        assert subject(said)
        other = notice("2", "overdue" if fact.key == "turn" else "turn")
        assert fact.heading.upper() in text(letter(said, other))


def test_a_morning_letter_says_that_it_holds_everything_and_the_figures_come_last() -> None:
    morning = Letter(BUDI, (notice("1", "overdue"), FIGURES), morning="morning|2026-11-23")
    assert str(composed(morning)["Subject"]) == (
        "Ringkasan pagi Senin, 23 November 2026: 1.234 berkas terbuka, 5 terlambat; "
        "1 menunggu Bapak/Ibu"
    )
    said = text(morning)
    assert "semua yang menunggu perhatian Bapak/Ibu pada pagi ini" in said
    assert said.index("MELEWATI MUTU BAKU") < said.index("KEADAAN PELAYANAN")
    for sentence in (
        "1.234 berkas masih terbuka, 5 di antaranya terlambat; 8 berkas jatuh tempo hari ini.",
        "Hambatan saat ini: 5. Jawaban, 5 dari 12 berkas yang menunggu di sana terlambat.",
        "0005/ADU/X/2026 - Aduan Langkah 5 (Jawaban), pemegang: Sri Lestari "
        "Terlambat 2 jam 20 menit kerja",
        "Dalam kurung: hari yang sama sepekan sebelumnya. - Masuk: 22 berkas (18)",
        "Selesai tepat waktu: 10 dari 14 (71,4%)",
        "belum ada yang selesai",
        "1. Unduh: 3 menunggu, 0 terlambat",
        "terdapat 3 kesalahan",
    ):
        assert sentence in said, sentence


def test_charts_are_table_cells_and_no_image_or_script() -> None:
    page = html(letter(FIGURES))
    assert 'width="25%" bgcolor="#4a90c4"' in page, "3 of 12 wait at step 1"
    assert not any(tag in page for tag in ("<img", "<svg", "<script", "background-image"))


def test_tables_have_a_width_that_outlook_keeps_to() -> None:
    """Word, which draws its mails, knows no max-width: it is given a table around the sheet."""
    page = html(letter())
    opens = page.index('<!--[if mso]><table role="presentation" width="600"')
    closes = page.index("<!--[if mso]></td></tr></table><![endif]-->")
    assert opens < page.index("max-width:600px") < closes


def test_a_turn_that_was_seen_long_after_it_began_says_since_when_it_is_counted() -> None:
    late = notice(stage="overdue", elapsed_seconds=8400, seen=datetime(2026, 11, 23, 8))
    assert (
        "Melewati mutu baku selama 1 jam 20 menit kerja, dihitung sejak terbaca pada Buku "
        "Register 23/11/2026 08.00 WIB."
    ) in text(letter(late))
    soon_seen = notice(seen=datetime(2026, 11, 20, 15, 30))
    assert "terbaca" not in text(letter(soon_seen)), "an hour is the way of things"
