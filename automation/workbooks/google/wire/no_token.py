"""Why Google gives no token, in one Indonesian sentence for each kind of credentials.

Neither what stands in their file nor what Google answered is ever part of it.
"""

from collections.abc import Callable

from google.auth.exceptions import OAuthError, RefreshError

from automation.workbooks.google.wire.identity import Identity, Kind

GUIDE = "lihat credentials/README.md"
AGAIN = "jalankan `python -m automation login` lagi"
WRONG_CLOCK = ("iat and exp", "short-lived")
WRONG_CLIENT = ("invalid_client", "unauthorized_client", "deleted_client", "disabled_client")
NOT_IMPERSONATED = "Unable to acquire impersonated credentials"


def no_token(error: RefreshError, identity: Identity) -> str:
    words = " ".join(map(str, error.args))
    if any(sign in words for sign in WRONG_CLOCK):
        return (
            "Google menolak kunci karena jam komputer ini tidak tepat; samakan jamnya dengan "
            "waktu internet (NTP)."
        )
    if NOT_IMPERSONATED in words:
        return (
            f"Kredensial {identity.file} belum boleh bertindak sebagai akun layanan "
            f"{identity.address}; beri peran Service Account Token Creator pada akun layanan itu, "
            f"dan aktifkan IAM Service Account Credentials API ({GUIDE})."
        )
    if identity.kind is Kind.WORKLOAD and isinstance(error.__cause__, OAuthError):
        return (
            f"Google menolak token penyedia identitas menurut {identity.file}; periksa pool, "
            f"penyedia, dan audience-nya di konsol Google Cloud ({GUIDE})."
        )
    return SENTENCES[identity.kind](identity, words)


def _key(identity: Identity, words: str) -> str:
    return (
        f"Google menolak kunci akun layanan {identity.address}: kunci atau akunnya sudah dihapus; "
        f"buat kunci baru dan simpan menggantikan yang lama ({GUIDE})."
    )


def _login(identity: Identity, words: str) -> str:
    file = identity.file
    if "Reauthentication is needed" in words:
        return (
            f"Login Google pada {file} harus diulang karena Workspace kantor membatasi lama login; "
            f"{AGAIN}, dan minta admin Workspace mengecualikan aplikasi ini ({GUIDE})."
        )
    if "invalid_grant" in words:
        return (
            f"Login Google pada {file} tidak berlaku lagi: aplikasi OAuth berstatus Testing "
            f"melupakan login setelah tujuh hari, atau login itu dicabut; {AGAIN}, dan ubah status "
            f"aplikasi itu menjadi In production ({GUIDE})."
        )
    if any(sign in words for sign in WRONG_CLIENT):
        return (
            f"Google menolak klien OAuth dari login {file}: klien atau rahasianya sudah diganti; "
            f"unduh lagi sebagai oauth_client.json, lalu {AGAIN} ({GUIDE})."
        )
    if "invalid_scope" in words:
        return f"Login Google pada {file} tanpa izin atas spreadsheet; {AGAIN} dan setujui izinnya."
    return (
        f"Google menolak login pada {file}; {AGAIN}, dan bila masih ditolak minta admin Workspace "
        f"mengizinkan aplikasi itu ({GUIDE})."
    )


def _impersonated(identity: Identity, words: str) -> str:
    return (
        f"Google menolak kredensial sumber di dalam {identity.file}, yang sudah dicabut atau "
        f"kedaluwarsa; buat ulang berkas itu ({GUIDE})."
    )


def _workload(identity: Identity, words: str) -> str:
    return (
        f"Token penyedia identitas yang ditunjuk {identity.file} pada credential_source tidak "
        f"diperoleh; periksa letak dan hak aksesnya ({GUIDE})."
    )


def _workforce(identity: Identity, words: str) -> str:
    return f"Google menolak login workforce pada {identity.file}; buat ulang berkas itu ({GUIDE})."


def _machine(identity: Identity, words: str) -> str:
    return (
        "Komputer ini tidak mendapat token dari Google: server metadata tidak menjawab, mesin ini "
        "tanpa akun layanan, atau login gcloud-nya kedaluwarsa; periksa akun layanan mesin ini di "
        f"konsol Google Cloud ({GUIDE})."
    )


SENTENCES: dict[Kind, Callable[[Identity, str], str]] = {
    Kind.KEY: _key,
    Kind.LOGIN: _login,
    Kind.IMPERSONATED: _impersonated,
    Kind.WORKLOAD: _workload,
    Kind.WORKFORCE: _workforce,
    Kind.MACHINE: _machine,
}
