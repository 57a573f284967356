"""What docs/for-analysts.md shows works as shown: shell, Python, notebook and R give the same figures."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline import store
from pipeline.answers.ask.reply import KEYS
from pipeline.answers.gap.question import FIRST_TARGET_YEAR, LAST_TARGET_YEAR
from pipeline.cli import main
from pipeline.measures.gap.definitions import DEFINITIONS

GUIDE = (store.DOCS_FOLDER / "for-analysts.md").read_text(encoding="utf-8")
NOTEBOOK = store.DOCS_FOLDER / "for-analysts.ipynb"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)


def usual() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CliRunner().invoke(main, ["ask", "--json"]).stdout)
    return found


def test_the_guide_lists_every_key_in_order() -> None:
    table = GUIDE.partition("## The reply")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"(?m)^\| `(\w+)` \|", table)) == KEYS


def test_the_guide_names_every_option_and_its_values() -> None:
    shell = GUIDE.partition("## From a shell")[2].partition("\n## ")[0]
    options = [one.opts[0] for one in main.commands["ask"].params if isinstance(one, click.Option)]
    assert [name for name in options if f"`{name}`" not in GUIDE] == []
    assert re.findall(r"`([a-z-]+)`", shell.partition("| `--definition` |")[2].partition("|")[0]) == list(DEFINITIONS)
    assert f"{FIRST_TARGET_YEAR} to {LAST_TARGET_YEAR}" in shell


def test_the_commands_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) > 5
    for line in lines:
        command, _, file = line.partition(" > ")
        done = CliRunner().invoke(main, shlex.split(command.removeprefix("python -m pipeline ")))
        assert done.exit_code == 0, f"{line}: {done.output}"
        if file:
            Path(file).write_text(done.stdout)


def test_the_python_of_the_guide_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(blocks("python")[0], {})
    assert capsys.readouterr().out == "5.9 Not on course\n"


def test_the_notebook_runs_and_says_what_the_command_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.DOCS_FOLDER)
    monkeypatch.setattr(sys, "path", [*sys.path])  # the notebook adds to it
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert not cell["outputs"]  # they would be of an older release
            exec("".join(cell["source"]), names)
    assert names["reply"].as_row() == usual()
    assert len(names["table"]) == 14
    assert names["history"]["gap_years"].iloc[-1] == usual()["gap_years"]


def has_r() -> bool:
    """Whether R is installed, with the one package that the guide uses."""
    command = ["Rscript", "-e", "quit(status = !requireNamespace('jsonlite', quietly = TRUE))"]
    return shutil.which("Rscript") is not None and subprocess.run(command, check=False).returncode == 0


@pytest.mark.skipif("not has_r()", reason="R or its package jsonlite is not installed")
def test_the_r_of_the_guide_gives_the_same_figures(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(store.DATA_FOLDER)
    done = subprocess.run(
        ["Rscript", "-"], check=False, input=blocks("r")[0], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    build, *numbers, course = done.stdout.splitlines()
    expected = usual()
    assert (build, course) == (expected["build"], expected["course"])
    names = ("gap_years", "target_gap_years", "required_pace", "probability")
    # the tables keep four decimals
    assert pd.to_numeric(numbers).tolist() == pytest.approx([expected[name] for name in names], abs=1e-4)
