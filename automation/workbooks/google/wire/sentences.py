"""What went wrong, in one Indonesian sentence that says where and what to do.

Google's own words are quoted where they help; neither key nor token is ever part of them.
"""

from google.auth.exceptions import GoogleAuthError, RefreshError
from requests import RequestException

from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.wire.faults import (
    BrokenAnswerError,
    DoubtfulError,
    GivenUpError,
    RefusedError,
    is_passing,
)

# What this edge raises inside, and turns into EdgeError at its rim.
FAULTS = (
    RefusedError,
    GivenUpError,
    BrokenAnswerError,
    DoubtfulError,
    RequestException,
    GoogleAuthError,
)
DISABLED = ("SERVICE_DISABLED", "accessNotConfigured")
SHARE = "bagikan spreadsheet itu sebagai Editor kepada"


def sentence(error: BaseException, settings: GoogleSettings, address: str | None) -> str:
    """`address` is the service account's, None where there is no login."""
    while isinstance(error, GivenUpError | DoubtfulError) and error.__cause__:
        error = error.__cause__
    if is_passing(error):
        return _unreachable(error)
    if isinstance(error, RefreshError):
        return _no_token(error, address)
    if isinstance(error, RefusedError):
        return _refused(error, settings, address)
    return _unreachable(error)


def _unreachable(error: BaseException) -> str:
    if isinstance(error, RefusedError) and error.status == 429:
        return (
            "Kuota permintaan Google Sheets sedang habis; tunggu beberapa menit, putaran "
            "berikutnya mencoba lagi."
        )
    reason = f"status {error.status}" if isinstance(error, RefusedError) else type(error).__name__
    return (
        f"Google Sheets tidak menjawab dengan baik setelah beberapa kali dicoba ({reason}); "
        "periksa sambungan internet, putaran berikutnya mencoba lagi."
    )


def _no_token(error: RefreshError, address: str | None) -> str:
    words = str(error.args[0]) if error.args else ""
    if "iat and exp" in words or "short-lived" in words:
        return (
            "Google menolak kunci karena jam komputer ini tidak tepat; samakan jamnya dengan "
            "waktu internet (NTP)."
        )
    return (
        f"Google menolak kunci akun layanan {address or ''}: kunci atau akunnya sudah dihapus; "
        "buat kunci baru dan simpan menggantikan yang lama (lihat credentials/README.md)."
    ).replace(" :", ":")


def _refused(error: RefusedError, settings: GoogleSettings, address: str | None) -> str:
    match error.status:
        case 400 if error.reason == "FAILED_PRECONDITION" and "document" in error.message:
            return (
                f"Register {settings.spreadsheet} adalah berkas Excel (.xlsx) yang dibuka dari "
                "Google Drive, yang tidak dapat dibaca program; buka berkas itu, pilih File > "
                "Simpan sebagai Google Spreadsheet, lalu tulis ID spreadsheet yang baru ke "
                "[workbook] spreadsheet pada pengaturan."
            )
        case 400 | 403 if "protected cell" in error.message:
            return (
                "Tab program dilindungi dari akun layanan; hapus perlindungan tab itu atau "
                f"tambahkan {address or 'akun layanan'} sebagai penyuntingnya."
            )
        case 401:
            return (
                "Google tidak menerima login akun layanan; periksa jam komputer ini, lalu buat "
                "kunci baru bila perlu (lihat credentials/README.md)."
            )
        case 403:
            return _forbidden(error, settings, address)
        case 404:
            return (
                f"Spreadsheet {settings.spreadsheet} tidak ada; salin ID-nya dari alamat "
                ".../spreadsheets/d/<ID>/edit ke [workbook] spreadsheet pada pengaturan."
            )
    return (
        f"Google Sheets menolak permintaan program ({error.status}: {error.message}); jalankan "
        "`python -m automation setup` untuk memperbaiki tab, lalu `doctor` bila masih terjadi."
    )


def _forbidden(error: RefusedError, settings: GoogleSettings, address: str | None) -> str:
    if error.reason in DISABLED or "disabled" in error.message:
        return (
            "Google Sheets API belum diaktifkan pada proyek Google Cloud milik akun layanan; "
            "aktifkan di konsol Google Cloud dan tunggu beberapa menit (lihat "
            "credentials/README.md)."
        )
    return (
        f"Spreadsheet {settings.spreadsheet} belum dapat disunting akun layanan; {SHARE} "
        f"{address or 'alamat akun layanan'}."
    )
