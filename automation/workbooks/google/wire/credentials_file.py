"""A file of credentials of any kind that google-auth knows: read, judged, and never quoted.

google-auth's own loader of all kinds would call a further service for the name of the project.
https://google.aip.dev/auth/4110
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from google.auth import aws, identity_pool, impersonated_credentials, pluggable
from google.auth.exceptions import GoogleAuthError
from google.auth.external_account_authorized_user import Credentials as WorkforceUser
from google.oauth2.credentials import Credentials as User
from google.oauth2.service_account import Credentials as ServiceAccount

from automation.core.edges import EdgeError
from automation.core.words.encoding import decoded
from automation.workbooks.google.wire.identity import Identity, Kind
from automation.workbooks.google.wire.no_token import AGAIN, GUIDE
from automation.workbooks.google.wire.token_file import save
from automation.workbooks.quota import Payer

Content = Mapping[str, Any]
Scopes = Sequence[str] | None

GOOGLE_S_ACCOUNTS = ".iam.gserviceaccount.com"
GOOGLE_S_TOKENS = "https://oauth2.googleapis.com/token"  # where a file does not say it
ADDRESSES = ("token_uri", "token_url", "service_account_impersonation_url")
AWS = "urn:ietf:params:aws:token-type:aws4_request"
BROKEN = (GoogleAuthError, ValueError, TypeError, AttributeError, LookupError)

NEEDED = {
    Kind.KEY: ("client_email", "private_key", "token_uri"),
    Kind.LOGIN: ("refresh_token", "client_id", "client_secret"),
    Kind.IMPERSONATED: ("service_account_impersonation_url", "source_credentials"),
    Kind.WORKLOAD: ("audience", "subject_token_type", "token_url", "credential_source"),
    Kind.WORKFORCE: ("audience", "refresh_token", "token_url", "client_id", "client_secret"),
}
CALLED = {
    Kind.KEY: ("kunci akun layanan Google", "buat kunci baru berjenis JSON dan unduh ulang"),
    Kind.LOGIN: ("login Google", AGAIN),
    Kind.IMPERSONATED: ("penyamaran akun layanan", "buat ulang berkas itu"),
    Kind.WORKLOAD: ("workload identity", "unduh ulang berkas konfigurasinya"),
    Kind.WORKFORCE: ("workforce identity", "buat ulang berkas itu"),
}


def identity(path: Path, scopes: Sequence[str]) -> Identity:
    """Whoever the file says that we are. Raises EdgeError."""
    found = content(path)
    kind = Kind(found["type"])
    try:
        source = _loaded(found, scopes)
    except BROKEN:  # their messages may quote the file
        raise EdgeError(_malformed(path, kind)) from None

    def renewed(token: str) -> None:
        save(path, {**found, "refresh_token": token})

    told_of_renewal = renewed if kind is Kind.LOGIN else None
    return Identity(source, kind, payer(found), path, told_of_renewal)


def payer(found: Content) -> Payer:
    """Whose quotas calls count against, as far as a file tells: copies of one file are one login,
    and logins of one project share its quotas."""
    principal = str(found.get("service_account_impersonation_url", "")).rpartition("/")[2]
    account = str(found.get("client_email") or principal.removesuffix(":generateAccessToken"))
    secret = str(found.get("refresh_token") or found.get("audience"))
    login = account or hashlib.sha256(secret.encode()).hexdigest()
    domain = account.partition("@")[2]
    project = domain.removesuffix(GOOGLE_S_ACCOUNTS) if domain.endswith(GOOGLE_S_ACCOUNTS) else ""
    client = str(found.get("client_id") or "").partition("-")[0]
    named = found.get("quota_project_id") or found.get("project_id") or project or client
    return Payer(login, str(named or login))


def content(path: Path) -> Content:
    """What stands in a file of a kind that is known, with all that its kind needs.

    Raises EdgeError.
    """
    found = _json(path)
    if not isinstance(found, dict) or found.get("type") not in list(NEEDED):
        raise EdgeError(_unknown(path, found))
    if not _is_complete(found):
        raise EdgeError(_malformed(path, Kind(found["type"])))
    return found


def _json(path: Path) -> Any:
    """None for what is no JSON. Raises EdgeError."""
    try:
        return json.loads(decoded(path.read_bytes()))
    except OSError as error:
        raise EdgeError(
            f"Kredensial {path} tidak dapat dibaca ({error.strerror}); periksa hak akses berkas "
            "itu."
        ) from None
    except (ValueError, RecursionError):
        return None


def _unknown(path: Path, found: Any) -> str:
    if isinstance(found, dict) and ("installed" in found or "web" in found):
        return (
            f"Berkas {path} adalah klien OAuth, bukan login; simpan sebagai oauth_client.json, "
            f"lalu jalankan `python -m automation login` ({GUIDE})."
        )
    known = isinstance(found, dict)
    reason = "jenisnya tidak dikenal program" if known else "isinya bukan JSON yang utuh"
    return (
        f"Berkas {path} bukan kredensial Google yang sah, {reason}; unduh atau buat ulang "
        f"({GUIDE})."
    )


def _malformed(path: Path, kind: Kind) -> str:
    noun, advice = CALLED[kind]
    return f"Berkas {path} bukan {noun} yang sah atau tidak lengkap; {advice} ({GUIDE})."


def _is_complete(found: Content) -> bool:
    """Whether all that is needed is there, and tokens come from somewhere that can be called."""
    if not isinstance(found.get("quota_project_id") or "", str):  # would be part of a header
        return False
    try:
        return all(found.get(name) for name in NEEDED[Kind(found["type"])]) and all(
            urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname
            for address in addresses(found)
        )
    except BROKEN:
        return False


def addresses(found: Content) -> Iterator[str]:
    """Where its tokens come from."""
    named = [found[name] for name in ADDRESSES if found.get(name)]
    yield from named
    if "source_credentials" in found:
        yield from addresses(found["source_credentials"])
    elif not named:
        yield GOOGLE_S_TOKENS


def _loaded(found: Content, scopes: Scopes) -> Any:
    return LOADERS[Kind(found["type"])](found, scopes=scopes)


def _key(found: Content, scopes: Scopes) -> Any:
    """Signs once, since a key of another algorithm shows only then."""
    account: Any = ServiceAccount.from_service_account_info(  # type: ignore[no-untyped-call]
        found, scopes=scopes
    )
    account.sign_bytes(b"")
    return account


def _user(found: Content, scopes: Scopes) -> Any:
    """google-auth asks Google's token endpoint, whatever stands in the file."""
    user: Any = User.from_authorized_user_info(found, scopes)  # type: ignore[no-untyped-call]
    return user.with_token_uri(next(addresses(found)))


def _impersonated(found: Content, scopes: Scopes) -> Any:
    """google-auth asks Google's worldwide endpoint, whatever stands in the file."""
    address = found["service_account_impersonation_url"]
    principal = address.rpartition("/")[2].removesuffix(":generateAccessToken")
    if "@" not in principal:
        raise ValueError("no service account's address")
    return impersonated_credentials.Credentials(  # type: ignore[no-untyped-call]
        _loaded(found["source_credentials"], None),
        principal,
        scopes,
        found.get("delegates"),
        quota_project_id=found.get("quota_project_id"),
        iam_endpoint_override=address,
    )


def _workload(found: Content, scopes: Scopes) -> Any:
    source = found["credential_source"]
    kind: Any = identity_pool.Credentials
    if not all(isinstance(source.get(name) or "", str) for name in ("file", "url")):
        raise TypeError("no name")
    if found["subject_token_type"] == AWS:
        kind = aws.Credentials
    elif "executable" in source:
        kind = pluggable.Credentials
    return kind.from_info(found, scopes=scopes)


def _workforce(found: Content, scopes: Scopes) -> Any:
    """Its scopes were chosen when somebody logged in."""
    return WorkforceUser.from_info(found)  # type: ignore[no-untyped-call]


LOADERS: Mapping[Kind, Callable[..., Any]] = {
    Kind.KEY: _key,
    Kind.LOGIN: _user,
    Kind.IMPERSONATED: _impersonated,
    Kind.WORKLOAD: _workload,
    Kind.WORKFORCE: _workforce,
}
