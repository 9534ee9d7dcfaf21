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
from automation.workbooks.google.wire.identity import Identity, Kind
from automation.workbooks.google.wire.no_token import AGAIN, GUIDE, no_token

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
FROM_OUTSIDE = (Kind.WORKLOAD, Kind.WORKFORCE)
SHARE = "bagikan spreadsheet itu sebagai Editor kepada"


def sentence(error: BaseException, settings: GoogleSettings, identity: Identity | None) -> str:
    """`identity` as the connection has it."""
    while isinstance(error, GivenUpError | DoubtfulError) and error.__cause__:
        error = error.__cause__
    if is_passing(error):
        return _unreachable(error)
    if isinstance(error, RefreshError) and identity:
        return no_token(error, identity)
    if isinstance(error, RefusedError):
        return _refused(error, settings, identity)
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


def _refused(error: RefusedError, settings: GoogleSettings, identity: Identity | None) -> str:
    match error.status:
        case 400 if error.reason == "FAILED_PRECONDITION" and "document" in error.message:
            return (
                f"Register {settings.spreadsheet} adalah berkas Excel (.xlsx) yang dibuka dari "
                "Google Drive, yang tidak dapat dibaca program; buka berkas itu, pilih File > "
                "Simpan sebagai Google Spreadsheet, lalu tulis ID spreadsheet yang baru ke "
                f"{settings.named_by}."
            )
        case 400 | 403 if "protected cell" in error.message:
            return (
                "Tab program dilindungi dari akun yang dipakai program; hapus perlindungan tab itu "
                f"atau tambahkan {whom(identity)} sebagai penyuntingnya."
            )
        case 401:
            return (
                f"Google tidak menerima login program sebagai {whom(identity)}; periksa jam "
                f"komputer ini, lalu {_renewal(identity)} bila perlu ({GUIDE})."
            )
        case 403:
            return _forbidden(error, settings, identity)
        case 404:
            return (
                f"Spreadsheet {settings.spreadsheet} tidak ada; salin ID-nya dari alamat "
                f".../spreadsheets/d/<ID>/edit ke {settings.named_by}."
            )
    return (
        f"Google Sheets menolak permintaan program ({error.status}: {error.message}); jalankan "
        "`python -m automation setup` untuk memperbaiki tab, lalu `doctor` bila masih terjadi."
    )


def _forbidden(error: RefusedError, settings: GoogleSettings, identity: Identity | None) -> str:
    if error.reason in DISABLED or "disabled" in error.message:
        return (
            "Google Sheets API belum diaktifkan pada proyek Google Cloud yang dipakai program; "
            f"aktifkan di konsol Google Cloud dan tunggu beberapa menit ({GUIDE})."
        )
    if error.reason == "USER_PROJECT_DENIED":
        return (
            "Proyek Google Cloud yang disebut quota_project_id belum boleh dipakai "
            f"{whom(identity)}; beri kepadanya peran Service Usage Consumer ({GUIDE})."
        )
    if error.reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
        return _too_narrow(identity)
    return (
        f"Spreadsheet {settings.spreadsheet} belum dapat disunting program; {_sharing(identity)}."
    )


def _too_narrow(identity: Identity | None) -> str:
    """The token is not for spreadsheets. A machine's scopes are set where it was made."""
    if identity and identity.kind is Kind.MACHINE:
        advice = "pada setelan mesin itu tambahkan cakupan (access scope) spreadsheets"
    else:
        advice = _renewal(identity)
    return (
        f"Login program sebagai {whom(identity)} tidak mencakup izin atas spreadsheet; {advice} "
        f"({GUIDE})."
    )


def _sharing(identity: Identity | None) -> str:
    """What an owner of the spreadsheet can do for us."""
    if identity and identity.kind in FROM_OUTSIDE and not identity.address:
        return (
            "identitas dari luar Google tidak dapat diberi akses, jadi tambahkan akun layanan "
            f"(service_account_impersonation_url) pada {identity.file} ({GUIDE})"
        )
    return f"{SHARE} {whom(identity)}"


def whom(identity: Identity | None) -> str:
    """Whom the spreadsheet is shared with. A login does not tell whose it is."""
    if identity and identity.kind is Kind.LOGIN:
        return "akun Google yang dipakai saat `login`"
    return (identity and identity.address) or "akun yang dipakai program"


def _renewal(identity: Identity | None) -> str:
    match identity and identity.kind:
        case Kind.LOGIN:
            return AGAIN
        case Kind.KEY:
            return "buat kunci baru"
    return "buat ulang kredensialnya"
