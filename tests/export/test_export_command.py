"""The command line: what it writes, what it says, and how it fails on a machine without Chromium."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pptx import Presentation

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.packs import PACKS
from charts.catalogue.view import View
from charts.export.chromium import Chromium, chromium_path
from charts.export.cli import main
from charts.export.publish import publish
from charts.export.run import Order, export
from charts.kit.chart import Chart
from pipeline.errors import PictureFailed, ToolMissing
from pipeline.processed import Tables

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_BROWSER = ("html", "xlsx", "csv", "data")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no Chromium can be found."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.delenv("CHROMIUM", raising=False)


def formats(*names: str) -> list[str]:
    return [word for name in names for word in ("--format", name)]


def test_a_machine_without_chromium_is_told_what_to_install(tmp_path: Path, no_chromium: None) -> None:
    result = run("export", "gap-path", "--out", str(tmp_path), "--format", "png")
    assert result.exit_code == ToolMissing.exit_code != 0
    assert "Chromium was not found" in result.stderr
    assert "apt-get install chromium" in result.stderr
    assert "BROWSER_PATH" in result.stderr
    assert "Traceback" not in result.output
    assert not list(tmp_path.rglob("*.png"))


def test_the_static_edition_needs_chromium_and_writes_nothing_without(tmp_path: Path, no_chromium: None) -> None:
    result = run("site", "--out", str(tmp_path))
    assert result.exit_code == ToolMissing.exit_code
    assert "Chromium was not found" in result.stderr
    assert "static edition" in result.stderr
    assert not list(tmp_path.iterdir())


def test_without_chromium_everything_but_pictures_can_be_had(tmp_path: Path, no_chromium: None) -> None:
    result = run("export", "gap-path", "both-ends", "--out", str(tmp_path), *formats(*WITHOUT_BROWSER, "pptx"))
    assert result.exit_code == 0, result.output
    endings = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert {".html", ".xlsx", ".csv", ".json", ".pptx"} <= endings


def test_a_browser_that_does_not_start_is_reported_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(broken))
    with pytest.raises(ToolMissing, match="did not start"), Chromium():
        pass


def test_a_named_browser_that_is_not_there_is_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chrome")
    assert chromium_path() == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gap-paths",), "There is no chart 'gap-paths'"),
        (("region",), "needs a name or a code"),
        (("region", "Hartlepool"), "is not a region"),
        (("place", "Atlantis"), "No area goes by 'Atlantis'"),
        (("region", "Yorkshire & the Humber"), "Did you mean Yorkshire and The Humber (E12000003)"),
        (("place", "Hartlepol"), "Did you mean Hartlepool (E06000001)"),
        (("national", "England"), "takes no further word"),
        (("gap-path", "--target", "1999"), "target cannot be '1999'"),
        (("gap-path", "--definition", "rich"), "definition cannot be 'rich'"),
        (("gap-path", "--level", "region"), "--level would change nothing"),
        (("gap-path", "--shape", "square"), "--shape would change nothing"),
        (("national", "--measure", "difference"), "--measure would change nothing"),
    ],
)
def test_a_slip_of_the_user_is_answered_in_plain_words(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = run("export", *words, "--out", str(tmp_path), "--format", "csv")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "What to do: " in result.stderr


def test_a_chart_that_cannot_be_drawn_is_named_and_the_others_are_kept(tables: Tables) -> None:
    def broken(*_: object) -> Chart:
        raise KeyError("no such column")

    good = Shot(entry=CATALOGUE["levelling"], view=View())
    bad = Shot(entry=replace(CATALOGUE["floor"], draw=broken), view=View())
    order = Order(shots=[bad, good], view=View(), title="T", name="england", formats=("csv",))
    told: dict[str, str] = {}
    files = export(order, tables, failed=told.setdefault)
    assert told == {"floor": "KeyError: 'no such column'"}
    assert [file.chart for file in files if file.path.startswith("csv/")] == ["levelling"]
    with pytest.raises(PictureFailed, match="floor could not be drawn"):
        export(order, tables)


def test_the_list_names_every_chart_and_pack() -> None:
    result = run("list")
    assert result.exit_code == 0
    for name in (*CATALOGUE, *PACKS):
        assert name in result.output


@pytest.mark.parametrize("words", [("region", "North East"), ("place", "E06000001"), ("place", "North East CA")])
def test_packs_of_areas_are_written_under_their_names(tmp_path: Path, words: tuple[str, ...], tables) -> None:
    if words[1] == "North East CA":
        areas = tables.table("areas")
        name = areas.loc[areas["area_type"] == "combined-authority", "area_name"].iloc[0]
        words = ("place", str(name))
    result = run("export", *words, "--out", str(tmp_path), "--format", "csv")
    assert result.exit_code == 0, result.output
    names = [path.name for path in (tmp_path / "csv").iterdir()]
    assert len(names) > 2


def test_settings_of_the_command_reach_the_charts_and_the_manifest(tmp_path: Path) -> None:
    words = ("--sex", "male", "--definition", "deprivation-regions", "--target", "2040")
    assert run("export", "gap-path", "--out", str(tmp_path), "--format", "csv", *words).exit_code == 0
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    (file,) = manifest["files"]
    assert file["settings"]["sex"] == "male"
    assert file["settings"]["definition"] == "deprivation-regions"
    assert file["settings"]["target"] == "2040"
    assert file["path"].startswith("csv/england-men-gap-path-deprivation-regions")
    text = (tmp_path / file["path"]).read_text(encoding="utf-8-sig")
    assert "2038 to 2040" in text


def test_the_manifest_tells_release_build_and_digest_of_every_file(national: Path, tables: Tables) -> None:
    manifest = json.loads((national / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["release"], manifest["build"]) == (tables.release, tables.build)
    listed = {file["path"]: file for file in manifest["files"]}
    there = {path.relative_to(national).as_posix() for path in national.rglob("*") if path.is_file()}
    assert set(listed) | {"manifest.json"} == there
    for path, file in listed.items():
        content = (national / path).read_bytes()
        assert file["bytes"] == len(content)
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["title"]


def test_an_export_can_be_one_zip(tmp_path: Path) -> None:
    assert run("export", "levelling", "--out", str(tmp_path), "--format", "csv", "--zip").exit_code == 0
    (archive,) = tmp_path.iterdir()
    with zipfile.ZipFile(archive) as held:
        assert "manifest.json" in held.namelist()
        assert held.testzip() is None


def test_published_addresses_stay_and_dated_ones_never_change(tmp_path: Path, tables: Tables) -> None:
    shots = PACKS["national"](tables, View())[:2]
    order = Order(shots=shots, view=View(), title="T", name="england", formats=("csv", "data"), period_in_names=False)
    first = publish(order, tables, tmp_path)
    latest = {path.relative_to(tmp_path / "latest") for path in (tmp_path / "latest").rglob("*")}
    assert first.dated_is_new
    assert first.dated.name == f"{tables.release}-{tables.build}"
    assert not any("2022-to-2024" in path.name for path in latest)
    assert Path("data/gaps.csv") in latest
    assert Path("data.zip") in latest

    kept = first.dated / "csv" / "kept.txt"
    kept.write_text("as it was")
    (tmp_path / "latest" / "stale.txt").write_text("of an earlier release")
    assert publish(order, tables, tmp_path).files == 0  # the same release and build: nothing is written again
    assert (tmp_path / "latest" / "stale.txt").exists()

    (tmp_path / "latest" / "manifest.json").write_text("{}")  # as an earlier release left it
    second = publish(order, tables, tmp_path)
    assert second.files > 0
    assert not second.dated_is_new
    assert kept.read_text() == "as it was"
    assert not (tmp_path / "latest" / "stale.txt").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"latest", first.dated.name}


def test_the_command_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "charts", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0
    assert "export" in done.stdout
    assert "publish" in done.stdout


def test_an_own_area_is_exported_under_its_name(tmp_path: Path, no_chromium: None) -> None:
    own = ("--codes", "E06000001~E06000002~E06000003~E06000004~E06000011", "--name", "Coast and Tees")
    result = run("export", "place", *own, "--sex", "female", "--out", str(tmp_path), *formats("csv", "xlsx"))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "coast-and-tees.xlsx").is_file()
    assert (tmp_path / "csv" / "coast-and-tees-women-place-hle-2022-to-2024.csv").is_file()
    result = run("export", "place-hle", *own, "--sex", "female", "--out", str(tmp_path), *formats("pptx"))
    assert result.exit_code == 0, result.output
    slides = Presentation(tmp_path / "place-hle.pptx").slides
    assert any("Coast and Tees, women" in shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)


def test_an_own_area_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    result = run("export", "place", "--codes", "E06000099", "--name", "Our area", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "no authority in England today: E06000099" in result.stderr
    assert not list(tmp_path.iterdir())
