"""The homes without a machine of one's own, held against the platforms' official descriptions.

For Kubernetes that is the OpenAPI description as kubernetes-validate ships it, for Google Cloud the
discovery documents as google-api-python-client ships them.
"""

import fnmatch
import json
import re
import shutil
from pathlib import Path
from typing import Any

import googleapiclient
import jsonschema
import kubernetes_validate
import pytest
import yaml

from automation.mail.login import PASSWORD_VARIABLE
from automation.offices.share import VARIABLES
from automation.settings import load_settings
from tests.commands import program, started
from tests.offices import ROOT
from tests.test_closed_places import AS_OTHERS

DEPLOY = ROOT / "docs" / "deploy"
DISCOVERY = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
DOCKERFILE = (ROOT / "Dockerfile").read_text()
ACCOUNT = 10001
VERSIONS = ("1.30", "1.37")


def parsed(name: str) -> dict[str, Any]:
    """What stands in a file, by kind."""
    return {each["kind"]: each for each in yaml.safe_load_all((DEPLOY / name).read_text())}


def instructions(name: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return [line.split(None, 1)[1] for line in joined.splitlines() if line.startswith(f"{name} ")]


def copied() -> list[str]:
    return [word for line in instructions("COPY") for word in line.split()[:-1]]


def cronjob() -> Any:
    return parsed("kubernetes.yaml")["CronJob"]["spec"]


def pod() -> Any:
    return cronjob()["jobTemplate"]["spec"]["template"]["spec"]


def cloud_run() -> Any:
    return parsed("cloud-run-job.yaml")["Job"]["spec"]["template"]["spec"]


def google_schema(document: str, name: str) -> dict[str, Any]:
    """A message of Google's as a JSON schema that takes no keys beyond its own.

    An int64 travels as text in JSON and as a number in YAML.
    """
    messages = json.loads((DISCOVERY / document).read_text())["schemas"]
    return {
        "$ref": f"#/$defs/{name}",
        "$defs": {key: _strict(each) for key, each in messages.items()},
    }


def _strict(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in part:
        return {"$ref": f"#/$defs/{part['$ref']}"}
    if part.get("format") == "int64":
        return {"type": ["integer", "string"]}
    found: dict[str, Any] = {"type": part["type"]} if part.get("type") != "any" else {}
    if "enum" in part:
        found["enum"] = part["enum"]
    if "properties" in part:
        found["properties"] = {key: _strict(each) for key, each in part["properties"].items()}
        found["additionalProperties"] = False
    if "additionalProperties" in part:
        found["additionalProperties"] = _strict(part["additionalProperties"])
    if "items" in part:
        found["items"] = _strict(part["items"])
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["ServiceAccount", "CronJob"])
@pytest.mark.parametrize("file", ["kubernetes.yaml", "kubernetes-kantor.yaml"])
def test_kubernetes_takes_the_files_as_they_are(file: str, kind: str, version: str) -> None:
    kubernetes_validate.validate(parsed(file)[kind], version, strict=True)


def test_kubernetes_would_not_take_a_key_that_it_does_not_know() -> None:
    wrong = parsed("kubernetes.yaml")["CronJob"]
    wrong["spec"]["concurencyPolicy"] = "Forbid"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


@pytest.mark.parametrize("file", ["cloud-run-job.yaml", "cloud-run-kantor.yaml"])
def test_cloud_run_takes_the_job_as_it_is(file: str) -> None:
    schema = google_schema("run.v1.json", "Job")
    job = parsed(file)["Job"]
    jsonschema.validate(job, schema)
    job["spec"]["template"]["spec"]["taskcount"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(job, schema)


def test_runs_on_two_disks_never_overlap() -> None:
    """No lock is shared, so that one run must be over before the next begins."""
    assert cronjob()["schedule"].startswith("*/5 ")
    assert cronjob()["concurrencyPolicy"] == "Forbid"
    assert cronjob()["jobTemplate"]["spec"]["activeDeadlineSeconds"] < 5 * 60
    assert (cloud_run()["taskCount"], cloud_run()["parallelism"]) == (1, 1)
    assert cloud_run()["template"]["spec"]["timeoutSeconds"] < 5 * 60
    assert cloud_run()["template"]["spec"]["maxRetries"] == 0


def test_pods_for_many_offices_know_of_how_many_and_one_that_fails_ends_no_other() -> None:
    job = parsed("kubernetes-kantor.yaml")["CronJob"]["spec"]["jobTemplate"]["spec"]
    (container,) = job["template"]["spec"]["containers"]
    told = {each["name"]: each["value"] for each in container["env"]}
    assert job["completionMode"] == "Indexed"
    assert told == {VARIABLES[0][1]: str(job["completions"])}
    assert job["parallelism"] == job["completions"] > 1
    assert (job["backoffLimitPerIndex"], "backoffLimit" in job) == (0, False)


def test_all_tasks_for_many_offices_are_over_before_the_next_run_begins() -> None:
    pods = parsed("kubernetes-kantor.yaml")["CronJob"]["spec"]
    assert (pods["schedule"][:4], pods["concurrencyPolicy"]) == ("*/5 ", "Forbid")
    assert pods["jobTemplate"]["spec"]["activeDeadlineSeconds"] < 5 * 60
    tasks = parsed("cloud-run-kantor.yaml")["Job"]["spec"]["template"]["spec"]
    assert tasks["parallelism"] == tasks["taskCount"] > 1
    assert tasks["template"]["spec"]["timeoutSeconds"] < 5 * 60
    assert tasks["template"]["spec"]["maxRetries"] == 0


def many_offices() -> list[Any]:
    job = parsed("kubernetes-kantor.yaml")["CronJob"]["spec"]["jobTemplate"]["spec"]
    tasks = parsed("cloud-run-kantor.yaml")["Job"]["spec"]["template"]["spec"]
    return [each["template"]["spec"]["containers"][0] for each in (job, tasks)]


def test_a_container_for_many_offices_takes_the_folder_in_place_of_the_image_s_file(
    tmp_path: Path,
) -> None:
    """Of two `--config` the last counts."""
    for container in many_offices():
        mounts = [each["mountPath"] for each in container["volumeMounts"]]
        assert container["args"] == ["--config", mounts[0], "run"]
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "bantul.toml").write_text("")
    given = ["--config", "credentials/settings.toml", "--config", "credentials", "run"]
    assert program(tmp_path, *given).stdout.startswith("bantul: ")


def test_a_pod_is_not_root_and_writes_to_nothing_but_its_empty_folders() -> None:
    (container,) = pod()["containers"]
    assert pod()["securityContext"]["runAsNonRoot"]
    assert pod()["securityContext"]["runAsUser"] == ACCOUNT
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    kinds = {each["name"]: next(key for key in each if key != "name") for each in pod()["volumes"]}
    places = {each["mountPath"]: kinds[each["name"]] for each in container["volumeMounts"]}
    assert places == {"/data/credentials": "secret", "/data/state": "emptyDir", "/tmp": "emptyDir"}


@pytest.mark.parametrize("where", [pod, lambda: cloud_run()["template"]["spec"]])
def test_a_job_is_one_run_with_the_settings_and_the_password_where_it_looks(where: Any) -> None:
    (container,) = where()["containers"]
    assert container["args"] == ["run"]
    assert [each["name"] for each in container["env"]] == [PASSWORD_VARIABLE]
    (secret,) = (each["secret"] for each in where()["volumes"] if "secret" in each)
    assert [each["path"] for each in secret["items"]] == ["settings.toml"]
    mounts = [each["mountPath"] for each in container["volumeMounts"]]
    assert f"{mounts[0]}/settings.toml" in instructions("ENTRYPOINT")[0]


def test_the_settings_for_no_machine_need_no_key_and_keep_nothing_on_disk(tmp_path: Path) -> None:
    text = (DEPLOY / "settings.toml").read_text()
    file = tmp_path / "settings.toml"
    file.write_text(text.replace("ID_SPREADSHEET", "1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcd"))
    settings = load_settings(file)
    assert settings.workbook.credentials is None
    assert (settings.workbook.kind, settings.mail.kind) == ("google", "smtp")


def test_the_scheduler_s_command_calls_what_cloud_run_offers() -> None:
    page = (DEPLOY / "cloud-run.md").read_text()
    address = re.search(r'--uri="(https://run\.googleapis\.com/[^"]+)"', page)
    assert address
    api = json.loads((DISCOVERY / "run.v2.json").read_text())
    method = api["resources"]["projects"]["resources"]["locations"]["resources"]["jobs"]["methods"]
    assert method["run"]["httpMethod"] == "POST"
    path = address[1].removeprefix(api["rootUrl"])
    assert re.fullmatch(
        r"v2/projects/PROJEK/locations/asia-southeast2/jobs/pengingat-sop:run", path
    )
    assert (method["run"]["path"], "--http-method=POST" in page) == ("v2/{+name}:run", True)


def test_the_image_is_not_root_and_has_one_volume_and_a_named_base() -> None:
    assert instructions("USER") == [f"{ACCOUNT}:{ACCOUNT}"]
    assert instructions("VOLUME") == ["/data"]
    (base,) = instructions("FROM")
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base)
    assert DOCKERFILE.index("USER ") < DOCKERFILE.index("ENTRYPOINT ")


def test_nothing_but_the_program_goes_into_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    admitted = [line.removeprefix("!") for line in rules if line.startswith("!")]
    assert (
        sorted(admitted) == sorted(copied()) == ["automation", "requirements.txt", "sheets_schema"]
    )
    for secret in ("credentials/settings.toml", "register.xlsx", "state/outbox.sqlite3"):
        assert not any(fnmatch.fnmatch(secret, f"{each}*") for each in admitted)


def test_what_is_copied_is_enough_and_only_the_volume_is_written(tmp_path: Path) -> None:
    """The image's steps by hand: its files, read-only, and the volume beside them."""
    image, data = tmp_path / "image", tmp_path / "data"
    image.mkdir()
    for name in copied():
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, image / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, image / name)
    (data / "credentials").mkdir(parents=True)
    settings = data / "credentials" / "settings.toml"
    settings.write_text("")
    for each in [image, settings.parent, *image.rglob("*")]:
        each.chmod(each.stat().st_mode & 0o555)
    before = sorted(image.rglob("*"))
    by = ["env", "PYTHONDONTWRITEBYTECODE=1", *AS_OTHERS]
    arguments = ("--config", str(settings), "--now", "2026-11-23T10:00")
    done = [
        started(image, *arguments, each, started_by=by, path=image) for each in ("setup", "run")
    ]
    assert [(each.returncode, each.stderr) for each in done] == [(0, ""), (0, "")]
    assert sorted(image.rglob("*")) == before
    names = {each.name for each in data.iterdir()}
    assert names == {"credentials", "state", "register.xlsx", "ringkasan.xlsx"}
