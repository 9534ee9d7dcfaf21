"""Settings are read as people write them, and refused in words: file, key, reason."""

import re
from pathlib import Path

import pytest

from automation.core.tabs.staff import staff_sheets
from automation.core.words.encoding import decoded
from automation.doctor import examine
from automation.installation import Installation
from automation.settings import Settings, SettingsError, load_settings
from tests.excel_office import SCHEMA
from tests.offices import NOW

ROOT = Path(__file__).parent.parent
SMTP = '[mail]\nkind = "smtp"\nallowed_domains = ["x.go.id"]\n'


def loaded(folder: Path, text: str, encoding: str = "utf-8") -> Settings:
    (folder / "s.toml").write_bytes(text.encode(encoding))
    return load_settings(folder / "s.toml")


def refused(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        loaded(folder, text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("section", "line", "reason"),
    [
        ("mail", 'sender = "kantor"', "alamat surel"),
        ("mail", 'sender = "Kantor <a@x.go.id>"', "alamat surel"),
        ("mail", r'sender = "a@x.go.id\r\nBcc: b@x.go.id"', "alamat surel"),
        ("mail", 'sender = "kantór@x.go.id"', "alamat surel"),
        ("mail", 'sender = "=?utf-8?q?a?=@"', "alamat surel"),
        ("mail", 'reply_to = "kantor"', "alamat surel"),
        ("mail", "timeout_seconds = inf", "bilangan"),
        ("mail", "timeout_seconds = nan", "bilangan"),
        ("mail", "timeout_seconds = 1e300", "paling banyak 600"),
        ("mail", "timeout_seconds = 0", "lebih dari 0"),
        ("workbook", "timeout_seconds = inf", "bilangan"),
        ("mail", 'host = ""', "nama server"),
        ("mail", 'host = "smtp.x.go.id:587"', "nama server"),
        ("mail", 'host = "https://smtp.x.go.id"', "nama server"),
        ("mail", 'host = "smtp x"', "nama server"),
        ("mail", 'host = "smtp..x"', "nama server"),
        ("mail", f'host = "{"a" * 64}.id"', "nama server"),
        ("mail", 'user = "kantór"', "tanda biasa"),
        ("mail", 'allowed_domains = ["@x.id"]', "tanpa @"),
        ("mail", 'allowed_domains = ["x.id", "a@x.id"]', "tanpa @"),
        ("mail", 'allowed_domains = [""]', "tanpa @"),
        ("mail", r'folder = "out\u0000box"', "kutip tunggal"),
        ("mail", r'password_file = "a\u0000"', "kutip tunggal"),
        ("mail", r'oauth2_file = "a\u0000"', "kutip tunggal"),
        ("mail", r'ca_file = "a\u0000"', "kutip tunggal"),
        ("workbook", r'register = "D:\temp\nota.xlsx"', "kutip tunggal"),
        ("watch", 'ping = "rahasia"', "bukan alamat web"),
        ("watch", 'ping = "ftp://a.id/rahasia"', "bukan alamat web"),
        ("watch", 'ping = "https:///rahasia"', "bukan alamat web"),
        ("watch", 'ping = "http://[::1/rahasia"', "bukan alamat web"),
        ("watch", 'ping = "https://a.id:99999/rahasia"', "bukan alamat web"),
        ("watch", r'ping = "https://a.id/rahasia\nb"', "bukan alamat web"),
        ("watch", 'it_contact = "Budi"', "bukan satu alamat surel"),
        ("watch", "alarm_after = 0", "paling sedikit 1"),
        ("workbook", r'summary = "a\u0000"', "kutip tunggal"),
        ("workbook", r'key_file = "a\u0000"', "kutip tunggal"),
        ("workbook", 'register = ""', "kosong"),
        ("workbook", f'register = "{"a" * 300}.xlsx"', "terlalu panjang"),
        ("workbook", f'register = "{"a/" * 900}.xlsx"', "terlalu panjang"),
        ("workbook", 'spreadsheet = "lembar kami"', "ID lembar"),
        ("office", r'schema = "a\u0000"', "kutip tunggal"),
        ("office", r'state = "a\u0000"', "kutip tunggal"),
        ("office", 'timezone = "Asia"', "zona waktu"),
        ("office", 'timezone = ""', "zona waktu"),
        ("office", 'timezone = "/etc/localtime"', "zona waktu"),
        ("office", r'timezone = "\u0000"', "zona waktu"),
        ("office", 'timezone = "Asia/Jakrta"', "apakah maksud Anda Asia/Jakarta"),
        ("office", f'timezone = "{"a" * 400}"', "zona waktu"),
    ],
)
def test_what_a_setting_cannot_be_is_refused_with_its_key(
    tmp_path: Path, section: str, line: str, reason: str
) -> None:
    said = refused(tmp_path, f"[{section}]\n{line}")
    assert f"{tmp_path / 's.toml'}: kunci {section}.{line.split(' ')[0]}" in said
    assert reason in said
    assert len(said.splitlines()) == 1
    assert "rahasia" not in said


def test_an_it_contact_who_may_not_be_mailed_is_refused(tmp_path: Path) -> None:
    """Or the alarm would be refused when it is needed."""
    written = '[mail]\nallowed_domains = ["kantor.go.id"]\n[watch]\nit_contact = "it@{}"'
    assert "[watch] it_contact: domainnya" in refused(tmp_path, written.format("gmail.com"))
    assert loaded(tmp_path, written.format("kantor.go.id")).watch.it_contact


@pytest.mark.parametrize(
    "address", ["https://hc-ping.com/5f-2c", "http://10.0.0.1:8000/ping/a?b=c"]
)
def test_the_address_of_who_watches_is_kept_as_it_was_written(tmp_path: Path, address: str) -> None:
    assert loaded(tmp_path, f'[watch]\nping = "{address}"').watch.ping == address


def test_an_empty_sender_is_refused(tmp_path: Path) -> None:
    assert "mail.sender" in refused(tmp_path, '[mail]\nsender = ""')
    assert loaded(tmp_path, '[mail]\nreply_to = ""').mail.reply_to == ""


@pytest.mark.parametrize("host", ["localhost", "10.0.0.1", "::1", "smtp.x.go.id", "mail_server"])
def test_a_host_may_be_a_name_or_a_number(tmp_path: Path, host: str) -> None:
    assert loaded(tmp_path, f'[mail]\nhost = "{host}"').mail.host == host


def test_all_faults_are_told_at_once_and_counted_as_a_person_counts(tmp_path: Path) -> None:
    said = refused(tmp_path, '[mail]\nport = 0\nallowed_domains = ["x.id", 5]\n[watch]\nx = 1')
    assert [line.split("kunci ")[1].split(":")[0] for line in said.splitlines()] == [
        "mail.allowed_domains[2]",
        "mail.port",
        "watch.x",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[mial]\nport = 5", "mail"),
        ('[mail]\nreplyto = "a@x.id"', "reply_to"),
        ('[workbook]\nregster = "a"', "register"),
        ('[office]\nshema = "a"', "schema"),
    ],
)
def test_an_unknown_key_names_the_nearest_known_one(tmp_path: Path, text: str, name: str) -> None:
    assert f"apakah maksud Anda {name}" in refused(tmp_path, text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_settings_are_read_in_every_encoding_that_editors_write(
    tmp_path: Path, encoding: str
) -> None:
    assert loaded(tmp_path, "[watch]\nevery_minutes = 7", encoding).watch.every_minutes == 7


def test_a_text_in_the_other_byte_order_is_read_too() -> None:
    assert decoded(b"\xfe\xff" + "sandi é".encode("utf-16-be")) == "sandi é"


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_bytes(b"[mail]\nuser = '\xe9'")
    with pytest.raises(SettingsError, match=r"s\.toml bukan teks UTF-8"):
        load_settings(tmp_path / "s.toml")
    with pytest.raises(SettingsError, match="terlalu besar"):
        loaded(tmp_path, "#" * 1_000_001)
    with pytest.raises(SettingsError, match="bukan TOML yang sah"):
        loaded(tmp_path, "a = " + "[" * 90_000)


@pytest.mark.parametrize("path", [r"C:\Users\kantor\register.xlsx", r"C:\data\x.xlsx"])
def test_a_windows_path_in_double_quotes_is_told_to_take_single_ones(
    tmp_path: Path, path: str
) -> None:
    said = refused(tmp_path, f'[workbook]\nregister = "{path}"')
    assert "(baris 2): tulis letak berkas di antara tanda kutip tunggal" in said
    assert str(loaded(tmp_path, f"[workbook]\nregister = '{path}'").workbook.register_file) == path


@pytest.mark.parametrize(
    "line",
    [
        '[office]\nstate = "in_the_way.txt"',
        '[office]\nstate = "in_the_way.txt/state"',
        '[office]\nschema = "in_the_way.txt"',
        '[mail]\nfolder = "in_the_way.txt"',
    ],
)
def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "in_the_way.txt").write_text("")
    assert "in_the_way.txt adalah berkas, bukan folder" in refused(tmp_path, line)


@pytest.mark.parametrize(
    "line",
    [
        '[workbook]\nregister = "folder"',
        '[workbook]\nsummary = "folder"',
        '[workbook]\nkind = "google"\nspreadsheet = "x"\nkey_file = "folder"',
        '[mail]\npassword_file = "folder"',
        '[mail]\noauth2_file = "folder"',
        '[mail]\nca_file = "folder"',
    ],
)
def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "folder").mkdir()
    assert "adalah folder, bukan berkas" in refused(tmp_path, line)


def test_a_folder_in_place_of_the_settings_themselves_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="adalah folder, bukan berkas"):
        load_settings(tmp_path)


def test_settings_behind_a_broken_link_are_not_taken_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(None).file is None
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "settings.toml").symlink_to("gone.toml")
    with pytest.raises(SettingsError, match="tidak ditemukan"):
        load_settings(None)


def examined(settings: Settings) -> dict[str, tuple[bool, str]]:
    checks = examine(Installation(settings, SCHEMA, NOW))
    return {check.subject: (check.healthy, check.sentence) for check in checks}


def test_doctor_names_the_settings_that_it_read(tmp_path: Path) -> None:
    read = loaded(tmp_path, "[watch]\nevery_minutes = 7")
    assert str(tmp_path / "s.toml") in examined(read)["Pengaturan"][1]
    defaults = Settings().in_folder(tmp_path)
    assert "credentials/settings.toml tidak ada" in examined(defaults)["Pengaturan"][1]


def test_doctor_refuses_the_placeholder_as_sender(tmp_path: Path) -> None:
    healthy, sentence = examined(loaded(tmp_path, SMTP))["Surel"]
    assert not healthy
    assert "pengingat@kantor.example.id" in sentence and "[mail] sender" in sentence


def test_doctor_is_not_content_with_nobody_in_petugas(tmp_path: Path) -> None:
    settings = Settings().in_folder(tmp_path)
    Installation(settings, SCHEMA, NOW).workbook.setup(staff_sheets(SCHEMA))
    healthy, sentence = examined(settings)["Buku Register"]
    assert not healthy
    assert "Petugas belum memuat seorang pun" in sentence


def test_no_sentence_names_a_key_that_settings_refuse() -> None:
    """Every "[section] key" in the program's own words is a key of the settings."""
    named = set()
    for file in (ROOT / "automation").rglob("*.py"):
        text = re.sub(r'"\s*\n\s*f?"', "", file.read_text("utf-8"))
        named |= set(re.findall(r"\[(office|workbook|mail|watch)\] (\w+)", text))
    keys = {
        (section, field.alias or name)
        for section, model in Settings.model_fields.items()
        for name, field in model.default.__class__.model_fields.items()
    }
    assert named and named <= keys
    login = (ROOT / "automation" / "mail" / "login.py").read_text("utf-8")
    assert "atau password_variable" not in login
