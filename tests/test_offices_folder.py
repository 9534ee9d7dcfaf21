"""A folder of settings files is a folder of offices, and what one of them lacks is no other's."""

import os
from pathlib import Path

import pytest

from automation.offices.folder import called, chosen, files, roll
from automation.settings import Settings, SettingsError, load_settings

GOOGLE = '[workbook]\nkind = "google"\nspreadsheet = "{}"\n'
IDS = [letter * 44 for letter in "ab"]


def folder_with(folder: Path, **texts: str) -> Path:
    """Settings files by the name of their office."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> dict[str, str]:
    return dict(roll(folder, None).faults)


def test_each_settings_file_is_an_office_by_its_name_and_nothing_else_is(tmp_path: Path) -> None:
    folder_with(tmp_path, sleman="", bantul="")
    for name in (
        ".bantul.toml",
        "settings.example.toml",
        "sleman.toml~",
        "mail_password",
        "a.json",
    ):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    assert list(files(tmp_path)) == ["bantul", "sleman"]


def test_a_link_that_leads_nowhere_is_an_office_that_cannot_be_served(tmp_path: Path) -> None:
    folder_with(tmp_path, bantul="")
    (tmp_path / "sleman.toml").symlink_to(tmp_path / "..data" / "sleman.toml")
    found = roll(tmp_path, None)
    assert (list(found.served), list(found.faults)) == (["bantul"], ["sleman"])


def test_all_of_an_office_s_files_lie_in_a_folder_of_its_own(tmp_path: Path) -> None:
    served = roll(folder_with(tmp_path / "credentials", bantul=""), None).served["bantul"]
    settings, own = served.settings, tmp_path / "kantor" / "bantul"
    assert served.state == own / "state"
    assert settings.path(settings.report.folder) == own / "arsip"
    assert settings.path(settings.mail.folder) == own / "outbox"
    assert settings.path(settings.workbook.register_file) == own / "register.xlsx"
    assert settings.path(settings.workbook.summary) == own / "ringkasan.xlsx"


def test_what_the_settings_say_and_what_offices_share_stays_where_it_is(tmp_path: Path) -> None:
    text = '[office]\nstate = "ingatan"\n[mail]\nfolder = "surat"\n'
    settings = (
        roll(folder_with(tmp_path / "credentials", bantul=text), None).served["bantul"].settings
    )
    assert settings.path(settings.office.state) == tmp_path / "ingatan"
    assert settings.path(settings.mail.folder) == tmp_path / "surat"
    key = settings.path(settings.workbook.key_file)
    assert key == tmp_path / "credentials/service_account.json"


def test_a_settings_file_alone_is_what_it_always_was(tmp_path: Path) -> None:
    file = folder_with(tmp_path / "credentials", settings="") / "settings.toml"
    settings = load_settings(file)
    assert settings.name == ""
    assert settings.path(settings.office.state) == tmp_path / "state"
    assert settings.model_dump() == Settings().model_dump()


BROKEN = {
    "[office": "bukan TOML yang sah",
    "[office]\nzona = 1": "office.zona",
    '[office]\nschema = "tidak ada"': "sop.toml",
    GOOGLE.format(""): "memerlukan spreadsheet",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_settings_file_leaves_the_other_offices_alone(tmp_path: Path, text: str) -> None:
    found = roll(folder_with(tmp_path, bantul="", rusak=text, sleman=""), None)
    assert list(found.served) == ["bantul", "sleman"]
    assert list(found.faults) == ["rusak"]
    assert BROKEN[text] in found.faults["rusak"]


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[2J", " a", "a "])
def test_a_name_that_no_line_can_hold_is_refused(tmp_path: Path, name: str) -> None:
    folder_with(tmp_path, **{name: "", "sleman": ""})
    (fault,) = faults(tmp_path).values()
    assert "ganti nama berkas itu" in fault
    assert fault.isprintable()


COMMON = {
    "state": ('[office]\nstate = "satu"', "[office] state"),
    "state in other letters": ('[office]\nstate = "SATU/."', "[office] state"),
    "reports": ('[report]\nfolder = "satu"', "[report] folder"),
    "mail": ('[mail]\nfolder = "satu"', "[mail] folder"),
    "register": ('[workbook]\nregister = "satu.xlsx"', "[workbook] register"),
    "summary": ('[workbook]\nsummary = "satu.xlsx"', "[workbook] summary"),
}
FIRST = {"state in other letters": '[office]\nstate = "satu"'}


@pytest.mark.parametrize("what", COMMON)
def test_two_offices_that_would_write_to_one_place_are_refused_in_one_sentence(
    tmp_path: Path, what: str
) -> None:
    text, key = COMMON[what]
    folder_with(tmp_path, a=FIRST.get(what, text), b=text, c="")
    found = roll(tmp_path, None)
    assert list(found.served) == ["c"]
    assert found.faults["a"] == found.faults["b"]
    assert f"Kantor a dan b memakai {key} yang sama" in found.faults["a"]
    assert found.faults["a"].endswith("pisahkan keduanya.")


def test_two_offices_with_one_spreadsheet_are_refused(tmp_path: Path) -> None:
    folder_with(tmp_path, a=GOOGLE.format(IDS[0]), b=GOOGLE.format(IDS[0]), c=GOOGLE.format(IDS[1]))
    assert list(faults(tmp_path)) == ["a", "b"]
    assert "spreadsheet yang sama" in faults(tmp_path)["a"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('[workbook]\nsummary = "x.xlsx"', '[workbook]\nregister = "x.xlsx"'),
        ('[mail]\nfolder = "x"', '[report]\nfolder = "x"'),
        ('[workbook]\nsummary = "kunci"', '[workbook]\nkey_file = "kunci"'),
        ('[workbook]\nsummary = "b.toml"', ""),
        ('[workbook]\nsummary = "kantor/b/state/outbox.sqlite3"', ""),
    ],
)
def test_what_one_office_writes_is_not_what_another_reads(
    tmp_path: Path, one: str, other: str
) -> None:
    assert list(faults(folder_with(tmp_path, a=one, b=other, c=""))) == ["a", "b"]


def test_a_second_name_of_one_file_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "satu.xlsx").write_bytes(b"")
    os.link(tmp_path / "satu.xlsx", tmp_path / "dua.xlsx")
    texts = [f'[workbook]\nregister = "{name}.xlsx"' for name in ("satu", "dua")]
    assert list(faults(folder_with(tmp_path, a=texts[0], b=texts[1]))) == ["a", "b"]


def test_offices_may_share_a_login_a_password_and_a_schema(tmp_path: Path) -> None:
    text = '[workbook]\nkey_file = "kunci.json"\n[mail]\npassword_file = "sandi"\n'
    assert faults(folder_with(tmp_path, a=text, b=text)) == {}


def test_an_office_that_is_served_already_has_the_older_right(tmp_path: Path) -> None:
    """A copy of its settings file comes into the folder."""
    text = '[office]\nstate = "satu"'
    served = {"b": roll(folder_with(tmp_path, b=text), None).served["b"].settings}
    folder_with(tmp_path, a=text)
    newcomers = called({"a": tmp_path / "a.toml"}, None, served)
    assert (list(newcomers.served), list(newcomers.faults)) == ([], ["a"])


def test_a_folder_without_a_settings_file_is_said(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "tidak ada"):
        with pytest.raises(SettingsError):
            roll(folder, None)


def test_one_office_is_picked_by_its_name(tmp_path: Path) -> None:
    folder_with(tmp_path, bantul="", sleman="", rusak="[office")
    assert chosen(tmp_path, "sleman", None).settings.name == "sleman"
    with pytest.raises(SettingsError, match="bukan TOML"):
        chosen(tmp_path, "rusak", None)


def test_a_name_that_is_not_there_is_answered_with_the_closest_or_with_all(tmp_path: Path) -> None:
    folder_with(tmp_path, **{f"kantor{place:02d}": "" for place in range(10)}, bantul="")
    with pytest.raises(SettingsError, match=r"--office bantl: .* apakah maksud Anda bantul\?$"):
        chosen(tmp_path, "bantl", None)
    with pytest.raises(SettingsError, match=r"yang ada: bantul, kantor00, .* dan 3 lainnya\.$"):
        chosen(tmp_path, "zzz", None)


def test_a_folder_of_which_no_office_is_named_is_answered_with_its_offices(tmp_path: Path) -> None:
    folder_with(tmp_path, bantul="", sleman="")
    with pytest.raises(SettingsError, match=r"memuat 2 kantor \(bantul, sleman\); .*--office"):
        chosen(tmp_path, None, None)
