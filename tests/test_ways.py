"""A way out that is not e-mail: one file, one line, and for an office one column."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from automation.core.plan import Plan, plan
from automation.core.register.headers import Grid
from automation.core.reminders.notices import Failure, Told
from automation.core.schema import Schema, SchemaError, parse_schema
from automation.core.tabs.staff import staff_sheets
from automation.core.words.addresses import EMAIL_ONLY
from automation.core.words.ways import EMAIL, Way, Ways
from automation.cycle import run
from automation.installation import WAYS, Installation
from automation.mail.deliver import deliver
from automation.mail.email import Email
from automation.mail.folder import Folder
from automation.mail.mailbox import OutboxMailbox, composed
from automation.mail.outbox import Outbox
from automation.mail.outgoing import Mail
from automation.mail.preview import write_preview
from automation.mail.transport import Answered, Refusal
from automation.setting_sections import OfficeSection
from automation.settings import Settings
from automation.workbooks.excel.writer import write_workbook
from tests.gateway import Telegram
from tests.mail_letters import BUDI, NOW, OFFICE, SRI, letter, mail, notice, pairs
from tests.offices import STAFF, Row, at, case, documents, grids
from tests.schema_folders import standard_documents, write

TELEGRAM = {"key": "telegram", "header": "Telegram", "type": "text", "way": "telegram"}
LATER = NOW + timedelta(minutes=10)
CHAT = replace(SRI, way=Way("telegram", "777"))
CHECKS: Ways = {**EMAIL_ONLY, "telegram": Telegram().fault}


def with_telegram(facts: dict[str, Any], place: int = 99) -> dict[str, Any]:
    """The documents of an office that has a column for Telegram at this place."""
    facts["tabs"]["staff"]["columns"].insert(place, TELEGRAM)
    return facts


def schema(place: int = 99) -> Schema:
    return parse_schema(with_telegram(documents(), place), CHECKS)


def tabs(*cases: Row, chats: Mapping[str, object], without: str = "") -> dict[str, Grid]:
    """The usual office, in which these people have a chat and `without` no e-mail address."""
    staff = [{**row, "Surel": None} if row["Nama"] == without else row for row in STAFF]
    found = dict(grids(cases, staff=staff))
    header, *rows = found["Petugas"]
    chatting = [[*row, chats.get(str(row[0]))] for row in rows]
    return found | {"Petugas": [[*header, "Telegram"], *chatting]}


def seen(
    facts: Schema, found: Mapping[str, Grid], told: Told | None = None, now: str = "23/11 10.00"
) -> Plan:
    return plan(found, facts, at(now), CHECKS, told=told)


def reached(plan: Plan, facts: Schema, told: Told | None = None) -> dict[str, str]:
    """By which way the letters of this run go to whom."""
    return {each.to.name: str(each.to.way) for each in plan.letters(told or Told())}


# Who is reached how


def test_a_person_with_several_ways_is_told_once_by_the_one_that_stands_first() -> None:
    behind, before = schema(), schema(place=0)
    found = tabs(case(), chats={"Adi": "4711"})
    assert reached(seen(behind, found), behind)["Adi"] == "adi@kantor.example.id"
    letters = seen(before, found).letters(Told())
    assert [str(each.to.way) for each in letters if each.to.name == "Adi"] == ["telegram:4711"]


def test_a_person_with_one_usable_way_is_reached_by_it() -> None:
    facts = schema()
    only_chat = tabs(case(), chats={"Adi": "4711"}, without="Adi")
    assert reached(seen(facts, only_chat), facts)["Adi"] == "telegram:4711"
    before = schema(place=0)
    mistyped = tabs(case(), chats={"Adi": "@adi"})
    assert reached(seen(before, mistyped), before)["Adi"] == "adi@kantor.example.id"


def test_who_can_be_reached_in_no_way_is_passed_over_for_the_superior() -> None:
    facts = schema()
    neither = tabs(case(), chats={"Adi": "@adi"}, without="Adi")
    assert "Adi" not in reached(seen(facts, neither), facts)
    assert "Kasih" in reached(seen(facts, neither), facts)


def test_an_address_that_its_way_cannot_use_is_a_finding_in_its_own_cell() -> None:
    """Of somebody who is not active nothing is said."""
    found = tabs(case(), chats={"Adi": "@adi", "Tari": "@tari", "Joko": "4711"})
    found["Petugas"] = [
        ["Tidak" if (row[0], cell) == ("Tari", "Ya") else cell for cell in row]
        for row in found["Petugas"]
    ]
    (finding,) = [f for f in seen(schema(), found).findings if f.rule == "address_unusable"]
    assert (finding.cell, finding.severity) == ("H2", "error")
    assert finding.message == (
        "Isian Telegram tidak dapat digunakan: bukan nomor obrolan Telegram."
    )


def test_one_chat_for_two_people_is_a_warning_in_its_own_column() -> None:
    found = tabs(case(), chats={"Adi": "4711", "Tari": "4711"})
    (finding,) = [f for f in seen(schema(), found).findings if f.rule == "address_shared"]
    assert (finding.cell, finding.message[:13]) == ("H5", "Telegram ini ")


def test_a_chat_that_is_refused_is_named_to_the_keeper_with_its_column() -> None:
    facts = schema()
    failure = Failure("Tari", Way("telegram", "4711"), "obrolan tidak ada", at("20/11 08.00"))
    told = Told(failures=(failure,))
    found = seen(facts, tabs(chats={"Tari": "4711"}), told)
    texts = {n.text for each in found.letters(told) for n in each.notices}
    assert (
        "Petugas: telegram kepada Tari (4711) tidak dapat disampaikan: obrolan tidak ada. "
        "Periksa alamat pada kolom Telegram."
    ) in texts


def test_the_quiet_between_two_mails_is_a_person_s_whatever_the_way() -> None:
    """Tari was mailed at 9.30 and has a chat since; step 5, hers since 9.40, is told at 10.31."""
    facts = schema(place=0)
    stamps = {f"step_{step}": at("23/11 09.40") for step in (1, 2, 3, 4)}
    found = tabs(case(**stamps), chats={"Tari": "4711"})
    told = Told(mailed={replace(SRI, name="Tari").mark: (at("23/11 09.30"),)})
    assert "Tari" not in reached(seen(facts, found, told), facts, told)
    later = seen(facts, found, told, now="23/11 10.31")
    assert reached(later, facts, told)["Tari"] == "telegram:4711"


# The facts of an office


def test_a_way_that_the_program_does_not_know_is_refused_with_the_one_that_is_meant() -> None:
    facts = with_telegram(documents())
    with pytest.raises(SchemaError) as caught:
        parse_schema(facts)
    assert caught.value.faults == [
        "tabs.toml, staff.columns[8] \"telegram\".way: 'telegram' tidak ada di antara surel; "
        "periksa ejaannya"
    ]
    facts["tabs"]["staff"]["columns"][-1] = {**TELEGRAM, "way": "telegrm"}
    with pytest.raises(SchemaError, match="surel, telegram; apakah maksud Anda telegram"):
        parse_schema(facts, CHECKS)


@pytest.mark.parametrize(
    ("tab", "column"), [("cases", TELEGRAM), ("staff", {**TELEGRAM, "type": "date"})]
)
def test_only_text_of_the_tab_of_the_staff_says_how_somebody_is_reached(
    tab: str, column: dict[str, str]
) -> None:
    facts = documents()
    facts["tabs"][tab]["columns"].append(column)
    with pytest.raises(SchemaError, match=r'"telegram".way: hanya untuk kolom \[staff\]'):
        parse_schema(facts, CHECKS)


def test_an_office_whose_column_email_names_no_way_is_reached_by_e_mail() -> None:
    facts = documents()
    del next(each for each in facts["tabs"]["staff"]["columns"] if each["key"] == "email")["way"]
    assert parse_schema(facts).tabs.staff.ways == {"email": EMAIL}


# How letters go out


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


def mailbox(folder: Path, telegram: Telegram) -> OutboxMailbox:
    ways = {EMAIL: Email(Folder(folder / "surel")), "telegram": telegram}
    return OutboxMailbox(folder / "state", ways, OFFICE)


def mails(folder: Path) -> int:
    return len(list((folder / "surel").glob("*.eml")))


def test_each_letter_goes_its_person_s_way_once_and_pengingat_says_which(
    tmp_path: Path, telegram: Telegram
) -> None:
    wanted = letter(notice("1"), to=CHAT), letter(notice("2"), to=BUDI)
    box = mailbox(tmp_path, telegram)
    assert box.deliver(wanted, NOW).sent == 2
    assert telegram.sent == [("777", "Yth. Sri Lestari: 1")]
    assert mails(tmp_path) == 1
    assert {row.address for row in box.pengingat()} == {"telegram:777", "budi@kantor.go.id"}
    again = mailbox(tmp_path, telegram)
    again.restore(None, LATER)
    again.settle(pairs(*wanted), LATER)
    assert set(again.told().notices) == pairs(*wanted)
    assert again.deliver(wanted, LATER).sent == 0


def test_a_lost_state_folder_forgets_no_way(tmp_path: Path, telegram: Telegram) -> None:
    wanted = letter(to=CHAT), letter(to=SRI)
    old = mailbox(tmp_path, telegram)
    old.deliver(wanted, NOW)
    new = mailbox(tmp_path / "new", telegram)
    new.restore([[row.keys] for row in old.pengingat()], LATER)
    assert new.told() == old.told()
    assert new.told().mailed == {SRI.mark: (NOW, NOW)}, "one person, however reached"
    assert new.deliver(wanted, LATER).sent == 0


def test_a_gateway_that_is_down_holds_up_no_mail_and_catches_up(
    tmp_path: Path, telegram: Telegram
) -> None:
    wanted = letter(notice("1"), to=CHAT), letter(notice("2"), to=BUDI)
    box = mailbox(tmp_path, telegram)
    telegram.is_down = True
    done = box.deliver(wanted, NOW)
    assert (done.sent, done.waiting) == (1, 1)
    assert done.failed == ("Telegram tidak dapat dihubungi. Periksa jaringan.",)
    telegram.is_down = False
    box.settle(pairs(*wanted), LATER)
    assert box.deliver(wanted, LATER).sent == 1
    assert (len(telegram.sent), mails(tmp_path)) == (1, 1)


def test_mail_that_cannot_go_out_holds_up_no_gateway(tmp_path: Path, telegram: Telegram) -> None:
    (tmp_path / "surel").write_text("", encoding="utf-8")
    box = mailbox(tmp_path, telegram)
    done = box.deliver([letter(to=BUDI), letter(to=CHAT)], NOW)
    assert (done.sent, done.waiting, len(telegram.sent)) == (1, 1, 1)
    assert "Folder surel" in done.failed[0]


def test_a_way_with_much_to_send_leaves_time_to_the_others(
    tmp_path: Path, telegram: Telegram
) -> None:
    """No time at all: each sends one."""
    box = mailbox(tmp_path, telegram)
    wanted = [letter(notice(str(n)), to=to) for n in (1, 2) for to in (BUDI, CHAT)]
    box.outbox.queue(composed(wanted, box.ways, OFFICE, NOW)[0], NOW)
    transports = {kind: way.transport for kind, way in box.ways.items()}
    done = deliver(box.outbox, transports, NOW, budget=timedelta(0))
    assert (done.sent, done.waiting) == (2, 2)
    assert (len(telegram.sent), mails(tmp_path)) == (1, 1)


def test_what_a_gateway_refuses_is_told_in_its_own_words(
    tmp_path: Path, telegram: Telegram
) -> None:
    telegram.answer = Answered({"777": Refusal("obrolan tidak ada", "recipient")})
    box = mailbox(tmp_path, telegram)
    assert box.deliver([letter(to=CHAT)], NOW).failed == (
        "Telegram kepada Sri Lestari (777) tidak tersampaikan: obrolan tidak ada.",
    )
    assert box.told().failures == (Failure(SRI.name, CHAT.way, "obrolan tidak ada", NOW),)


def test_a_message_that_is_taken_by_one_way_gives_up_no_mail_that_waits_for_another(
    tmp_path: Path,
) -> None:
    """Why the mail server refused Budi is not known, and that Telegram works says nothing of it."""
    with Outbox(tmp_path) as outbox:
        outbox.queue([mail(letter(to=BUDI))], NOW)
        written = Telegram().write(letter(to=CHAT), OFFICE, NOW)
        outbox.queue([Mail.of(letter(to=CHAT), written)], NOW)
        chat, claim = outbox.claim("telegram", NOW), outbox.claim(EMAIL, NOW)
        assert chat and claim
        outbox.record(chat, Answered(), NOW)
        refused = Answered({BUDI.way.address: Refusal("server menjawab 550", "doubtful")})
        assert [each.state for each in outbox.record(claim, refused, NOW)] == ["waiting"]


def test_an_outbox_from_before_there_were_ways_goes_on(tmp_path: Path, telegram: Telegram) -> None:
    """It has the same tables: a sent mail, and one that was greylisted, both by address alone."""
    sent, waiting = letter(notice("1")), letter(notice("2"))
    with Outbox(tmp_path / "state") as outbox, outbox.store.transaction() as database:
        for place, (each, state) in enumerate([(sent, "closed"), (waiting, "deferred")]):
            content = mail(each).written.content if state == "deferred" else None
            database.execute(
                "INSERT INTO mail VALUES (?, ?, ?, 1, ?, 0, ?, ?, 'Giliran', '1', '5', '')",
                (place, f"<{place}@kantor.go.id>", state, NOW.isoformat(), OFFICE.sender, content),
            )
            database.execute(
                "INSERT INTO recipient VALUES (?, 0, 'sri@kantor.go.id', ?, ?, '', ?)",
                (place, SRI.name, "waiting" if content else "sent", NOW.isoformat()),
            )
            database.execute(
                "INSERT INTO told VALUES (?, ?, ?)",
                (f"{SRI.mark} sri@kantor.go.id", each.notices[0].key, place),
            )
    box = mailbox(tmp_path, telegram)
    box.restore(None, LATER)
    box.settle(pairs(sent, waiting), LATER)
    done = box.deliver([sent, waiting], LATER)
    assert (done.sent, done.waiting, done.failed) == (1, 0, ())
    assert (telegram.sent, mails(tmp_path)) == ([], 1)


def test_a_preview_shows_what_any_way_would_send(tmp_path: Path, telegram: Telegram) -> None:
    ways = mailbox(tmp_path, telegram).ways
    found, _ = composed([letter(to=CHAT), letter(to=BUDI)], ways, OFFICE, NOW)
    pages = write_preview(found, tmp_path)
    assert [page.suffix for page in pages] == [".txt", ".html"]
    assert pages[0].read_text(encoding="utf-8") == "Yth. Sri Lestari: 0123/ADU/XI/2026"


def test_one_line_in_the_installation_and_one_column_add_a_way(
    tmp_path: Path, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole run: Adi, who has a chat and no e-mail address, is told by Telegram; others by mail."""
    monkeypatch.setitem(WAYS, "telegram", lambda _: telegram)
    (tmp_path / "skema").mkdir()
    facts = with_telegram(standard_documents())
    write(tmp_path / "skema", facts)
    settings = Settings(office=OfficeSection(schema=Path("skema"))).in_folder(tmp_path)
    office = Installation.of(settings, NOW).office
    found = tabs(case(), chats={"Adi": "4711"}, without="Adi")
    rows = {title: cells[1:] for title, cells in found.items()}
    write_workbook(tmp_path / "register.xlsx", staff_sheets(office.schema, rows), NOW)
    assert run(office, NOW).delivery.sent == 2
    assert [chat for chat, _ in telegram.sent] == ["4711"]
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
