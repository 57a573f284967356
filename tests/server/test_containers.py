"""The container files, where no container engine runs: what they promise, read from the files themselves."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from running import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILES = [DEPLOY / "Dockerfile", DEPLOY / "proxy" / "Dockerfile"]


def instructions(file: Path) -> list[tuple[str, str]]:
    text = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", file.read_text(encoding="utf-8")))
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]  # type: ignore[misc]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def kubernetes(kind: str) -> dict[str, Any]:
    objects = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
    return next(one for one in objects if one["kind"] == kind)


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda file: file.parent.name)
def test_a_container_names_its_base_and_ends_without_root(file: Path) -> None:
    found = instructions(file)
    for base in [words for name, words in found if name == "FROM"]:
        assert re.match(r"[a-z]+:[\w.-]+( AS \w+)?$", base), base
        assert ":latest" not in base
    users = [words for name, words in found if name == "USER"]
    assert users
    assert users[-1].isdigit()
    assert int(users[-1]) > 1000
    names = [name for name, _ in found]
    assert "HEALTHCHECK" in names
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "RUN")


def copied_by_the_dashboard() -> list[str]:
    sources = []
    for name, words in instructions(DEPLOY / "Dockerfile"):
        if name == "COPY" and not words.startswith("--from"):
            sources += words.split()[:-1]
    return sources


def test_everything_copied_is_there_and_let_through_to_the_build() -> None:
    let_through = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    for source in copied_by_the_dashboard():
        assert (ROOT / source).exists(), source
        assert f"!{source}" in let_through


def test_the_container_holds_all_that_the_screens_import_and_read() -> None:
    own = {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()}
    needed = own - {"tests", "benchmarks"} | {
        "app.py",
        "pages",
        ".streamlit",
        "static",
        "data/processed",
        "GLOSSARY.md",
    }
    assert needed <= set(copied_by_the_dashboard())


def left_out() -> list[str]:
    lines = (DEPLOY / "not-served.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


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
screens = AppTest.from_file(str(pathlib.Path("app.py").resolve()), default_timeout=120).run()
assert not screens.exception, screens.exception
for page in sorted(pathlib.Path("pages").glob("*.py")):
    screens.switch_page(f"pages/{page.name}")
    screens.run()
    assert not screens.exception, (page, screens.exception)
    assert screens.title, page
"""


def test_every_screen_opens_without_the_libraries_that_the_container_leaves_out() -> None:
    modules = [name.replace("-", "_") for name in left_out()]
    assert "geopandas" in modules
    outcome = subprocess.run(
        [sys.executable, "-c", OPEN_EVERY_SCREEN, *modules], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr[-2000:]


def test_that_check_would_notice_a_library_that_a_screen_needs() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", OPEN_EVERY_SCREEN, "plotly"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode != 0


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
    assert service["restart"] == "unless-stopped"


def test_the_proxy_knows_every_dashboard_and_every_setting_has_an_example() -> None:
    found = compose()
    dashboards = {name for name in found["services"] if name.startswith("dashboard")}
    known = found["services"]["proxy"]["environment"]["DASHBOARDS"].split()
    assert {one.removesuffix(":8501") for one in known} == dashboards
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    example = (DEPLOY / "settings.env.example").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"(?m)^(?:# )?([A-Z_]+)=", example))


def test_kubernetes_asks_the_right_addresses_and_grants_nothing() -> None:
    pod = kubernetes("Deployment")["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert kubernetes("NetworkPolicy")["spec"]["egress"] == []
    annotations = kubernetes("Ingress")["metadata"]["annotations"]
    assert annotations["nginx.ingress.kubernetes.io/affinity"] == "cookie"


def test_the_documentation_explains_every_setting() -> None:
    text = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    example = (DEPLOY / "settings.env.example").read_text(encoding="utf-8")
    caddyfile = (DEPLOY / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    settings = set(re.findall(r"(?m)^(?:# )?([A-Z_]+)=", example)) | set(re.findall(r"\{\$(\w+)", caddyfile))
    assert sorted(name for name in settings | {"PORT", "ADDRESS"} if f"`{name}`" not in text) == []
