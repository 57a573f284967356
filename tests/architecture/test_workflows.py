"""What runs on GitHub runs pinned code and the same commands as here."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_full_checksum_and_says_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_pull_requests_are_tested_and_those_of_the_figures_too() -> None:
    tests, figures = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in WORKFLOWS)
    # YAML reads the word "on" as true
    assert set(tests[True]) == {"push", "pull_request", "workflow_dispatch"}
    assert tests["jobs"]["test"]["steps"][-1]["run"] == "make test COVERAGE=--cov"
    steps = " ".join(step.get("run", "") for step in figures["jobs"]["refresh"]["steps"])
    assert steps.index("gh pr create") < steps.index("gh workflow run ci.yml --ref")
    assert figures["permissions"]["actions"] == "write"
