"""Credentials files of every kind that google-auth knows, for tests."""

import json
from pathlib import Path
from typing import Any

from tests.google_office import SERVICE_ACCOUNT, service_account_key
from tests.google_tokens import CLIENT, SUBJECT_TOKEN, TokenServer
from tests.sheets_emulator import Emulator

TARGET = "register@buku-register.iam.gserviceaccount.com"
POOL = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/o"


def written(folder: Path, name: str, content: dict[str, Any]) -> Path:
    file = folder / f"{name}.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    file.chmod(0o600)
    return file


def key(folder: Path, emulator: Emulator, server: TokenServer) -> Path:
    return service_account_key(folder, f"{emulator.url}/token")


def login(folder: Path, emulator: Emulator, server: TokenServer) -> Path:
    own = {"refresh_token": server.login(), "token_uri": f"{server.url}/token", **CLIENT}
    return written(folder, "google_login", {"type": "authorized_user", **own})


def impersonated(folder: Path, emulator: Emulator, server: TokenServer) -> Path:
    source = json.loads(key(folder, emulator, server).read_text())
    content = {
        "type": "impersonated_service_account",
        "service_account_impersonation_url": _impersonation(server),
        "source_credentials": source,
        "delegates": [],
    }
    return written(folder, "impersonated", content)


def impersonated_by_a_login(folder: Path, emulator: Emulator, server: TokenServer) -> Path:
    content = json.loads(impersonated(folder, emulator, server).read_text())
    content["source_credentials"] = json.loads(login(folder, emulator, server).read_text())
    return written(folder, "impersonated_by_login", content)


def workload(folder: Path, emulator: Emulator, server: TokenServer) -> Path:
    return written(folder, "workload", _workload(folder, server))


def workload_as_a_service_account(folder: Path, emulator: Emulator, server: TokenServer) -> Path:
    more = {"service_account_impersonation_url": _impersonation(server)}
    return written(folder, "workload_account", {**_workload(folder, server), **more})


def workforce(folder: Path, emulator: Emulator, server: TokenServer) -> Path:
    content = {
        "type": "external_account_authorized_user",
        "audience": "//iam.googleapis.com/locations/global/workforcePools/p/providers/o",
        "refresh_token": server.login(),
        "token_url": f"{server.url}/token",
        **CLIENT,
    }
    return written(folder, "workforce", content)


def _workload(folder: Path, server: TokenServer) -> dict[str, Any]:
    subject = folder / "subject_token"
    subject.write_text(SUBJECT_TOKEN, encoding="utf-8")
    return {
        "type": "external_account",
        "audience": POOL,
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": f"{server.url}/sts",
        "credential_source": {"file": str(subject)},
    }


def _impersonation(server: TokenServer) -> str:
    path = f"v1/projects/-/serviceAccounts/{TARGET}:generateAccessToken"
    return f"{server.url}/{path}"


KINDS = {
    key: SERVICE_ACCOUNT,
    login: None,
    impersonated: TARGET,
    impersonated_by_a_login: TARGET,
    workload: None,
    workload_as_a_service_account: TARGET,
    workforce: None,
}
