"""What the container of the dashboard holds, read from its Dockerfile."""

import shutil
from pathlib import Path

from pipeline.store import ROOT

DOCKERFILE = ROOT / "deploy" / "Dockerfile"
FIGURES = "data/processed"


def copied() -> list[str]:
    """Files and folders of the project that the container holds."""
    lines = (line.split() for line in DOCKERFILE.read_text(encoding="utf-8").splitlines())
    return [source for line in lines if line[:1] == ["COPY"] and "--from" not in line[1] for source in line[1:-1]]


def copy_program(to: Path) -> None:
    """Copy all that the container holds, but its figures."""
    for source in set(copied()) - {FIGURES, "requirements.txt"}:
        target = to / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, target)
