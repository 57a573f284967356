"""The container files, where no container engine runs: checked by a linter, and what they promise by their keys."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import container
import pytest
import yaml
from running import ROOT

from dashboard.server.app import MOST_WAITING_DOWNLOADS
from dashboard.server.run import FILES_OF_A_VISITOR, KEPT_FILES

DEPLOY = ROOT / "deploy"
HADOLINT = Path(sys.executable).parent / "hadolint"
DOCKERFILES = [container.DOCKERFILE, DEPLOY / "proxy" / "Dockerfile"]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def names_in(text: str) -> set[str]:
    """Names of the settings that a file takes from the environment, written "${NAME:-default}"."""
    return {part.partition("}")[0].partition(":")[0] for part in text.split("${")[1:]}


def examples() -> list[str]:
    """Names of the settings that have an example, also those commented out."""
    lines = (DEPLOY / "settings.env.example").read_text(encoding="utf-8").splitlines()
    names = [line.removeprefix("# ").partition("=")[0] for line in lines if "=" in line]
    return [name for name in names if name.isupper()]


def kubernetes(kind: str) -> dict[str, Any]:
    objects = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
    return next(one for one in objects if one["kind"] == kind)


def faults(file: Path) -> list[str]:
    """What hadolint finds in a Dockerfile, as the names of its rules."""
    found = subprocess.run([HADOLINT, "--format", "json", file], capture_output=True, text=True, check=False)
    return [fault["code"] for fault in json.loads(found.stdout)]


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda file: file.parent.name)
def test_hadolint_finds_no_fault_in_a_dockerfile(file: Path) -> None:
    assert faults(file) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("python:3.11-slim-bookworm", "python:latest", "DL3007"),
        ("USER 10001", "USER root", "DL3002"),
        ("WORKDIR /srv/dashboard", "WORKDIR srv", "DL3000"),
    ],
)
def test_it_would_find_one_that_is_there(tmp_path: Path, right: str, wrong: str, rule: str) -> None:
    text = DOCKERFILES[0].read_text(encoding="utf-8")
    assert right in text
    spoiled = tmp_path / "Dockerfile"
    spoiled.write_text(text.replace(right, wrong), encoding="utf-8")
    assert rule in faults(spoiled)


def test_everything_copied_is_there_and_let_through_to_the_build() -> None:
    let_through = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    for source in container.copied():
        assert (ROOT / source).exists(), source
        assert f"!{source}" in let_through


def named_in(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {line.split("==")[0] for line in lines if "==" in line and line[0].isalpha()}


def left_out() -> list[str]:
    return sorted(named_in("requirements-pipeline.txt") - named_in("requirements.txt"))


OPEN_EVERY_SCREEN = """
import logging, pathlib, sys
from importlib.abc import MetaPathFinder

class LeftOut(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in LEFT_OUT:
            raise ModuleNotFoundError(name)

LEFT_OUT = set(sys.argv[1:])
sys.meta_path.insert(0, LeftOut())
logging.disable(logging.CRITICAL)
from streamlit.testing.v1 import AppTest
import dashboard.server.app
pages = sorted(page.as_posix() for page in pathlib.Path("pages").glob("*.py"))
for page, part in [("", ""), *((page, "") for page in pages), ("pages/data.py", "methods")]:
    screens = AppTest.from_file(str(pathlib.Path("app.py").resolve()), default_timeout=120)
    if page:
        screens.switch_page(page)
    if part:
        screens.query_params["part"] = part
    screens.run()
    assert not screens.exception, (page, part, screens.exception)
    assert screens.title, page
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """All that the container holds, but its figures."""
    container.copy_program(tmp_path)
    return tmp_path


def opened(program: Path, *without: str) -> "subprocess.CompletedProcess[str]":
    """Open every screen of a copy, without some libraries."""
    words = [sys.executable, "-c", OPEN_EVERY_SCREEN, *without]
    return subprocess.run(words, cwd=program, capture_output=True, text=True, check=False)


def test_every_screen_opens_with_the_files_and_libraries_that_the_container_holds(program: Path) -> None:
    assert container.FIGURES in container.copied()
    modules = [name.replace("-", "_") for name in left_out()]
    assert "geopandas" in modules
    outcome = opened(program, *modules)
    assert outcome.returncode == 0, outcome.stderr[-2000:]


def test_that_check_would_notice_a_library_or_a_file_that_a_screen_needs(program: Path) -> None:
    assert opened(program, "plotly").returncode != 0
    (program / "docs" / "methods.md").unlink()
    assert "('pages/data.py', 'methods'" in opened(program).stderr


def test_only_the_proxy_can_be_reached_and_no_dashboard_can_reach_out() -> None:
    found = compose()
    assert found["networks"]["inside"]["internal"] is True
    for name, service in found["services"].items():
        if name.startswith("dashboard"):
            assert service["networks"] == ["inside"]
            assert "ports" not in service
        else:
            assert service["networks"] == ["inside", "outside"]


@pytest.mark.parametrize("name", ["dashboard-a", "dashboard-b", "proxy"])
def test_every_service_is_read_only_unprivileged_and_bounded(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"]) > 1000
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["ulimits"]["nofile"] >= 4096
    assert service["restart"] == "unless-stopped"


def test_a_dashboard_may_have_a_thread_for_each_visitor_and_download() -> None:
    service = compose()["services"]["dashboard-a"]
    visitors = int(service["environment"]["MOST_VISITORS"].removeprefix("${MOST_VISITORS:-").removesuffix("}"))
    assert service["pids_limit"] > 2 * visitors + MOST_WAITING_DOWNLOADS
    assert service["ulimits"]["nofile"] >= FILES_OF_A_VISITOR * visitors + KEPT_FILES


def test_the_proxy_knows_every_dashboard_and_every_setting_has_an_example() -> None:
    found = compose()
    dashboards = {name for name in found["services"] if name.startswith("dashboard")}
    known = found["services"]["proxy"]["environment"]["DASHBOARDS"].split()
    assert {one.removesuffix(":8501") for one in known} == dashboards
    assert names_in(json.dumps(found)) == set(examples())


def test_kubernetes_asks_the_right_addresses_and_grants_nothing() -> None:
    pod = kubernetes("Deployment")["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    policy = kubernetes("NetworkPolicy")["spec"]
    assert (policy["policyTypes"], policy["egress"]) == (["Ingress", "Egress"], [])
    assert [way["ports"] for way in policy["ingress"]] == [[{"port": "http"}], [{"port": "metrics"}]]
    assert all(way["from"] for way in policy["ingress"])
    annotations = kubernetes("Ingress")["metadata"]["annotations"]
    assert annotations["nginx.ingress.kubernetes.io/affinity"] == "cookie"


def test_the_documentation_explains_every_setting() -> None:
    text = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    caddyfile = (DEPLOY / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    settings = {*examples(), *names_in(caddyfile.replace("{$", "${")), "PORT", "ADDRESS", "METRICS_PORT"}
    assert sorted(name for name in settings if f"`{name}`" not in text) == []
