"""Every change is reported before it is committed: between two releases, against a commit, against a folder."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from publisher import as_bytes, published_hle
from world import World, keep_only

from pipeline import store
from pipeline.cli import main
from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.review import diff
from pipeline.review.report import report

OLD, NEW = "2024-12-12", "2026-02-19"


OF_GAPS = (
    "hle/2022-01.csv",
    "hle/2024-12-12.csv",
    "hle/2026-02-19.csv",
    "income/2025-09-10.csv",
    "deprivation/2025-10.csv",
    "hle_deciles/2026-04-15.csv",
    "lookup/2026-01.csv",
    "population_sex/2022-11.csv",
)


@pytest.fixture(scope="module", autouse=True)
def each_state_is_worked_out_once() -> Iterator[None]:
    """Gaps and verdicts are the slow part; the same files give the same ones."""
    ours, known = diff._gaps_and_verdicts, dict[tuple[object, ...], pd.DataFrame]()

    def once(figures: diff.Figures) -> pd.DataFrame:
        files = (figures.upto, *(figures.texts.get(name) for name in OF_GAPS))
        if files not in known:
            known[files] = ours(figures)
        return known[files].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "_gaps_and_verdicts", once)
        yield


@pytest.fixture(scope="module")
def between() -> diff.Difference:
    held = diff.figures_in(store.RAW_FOLDER, "the figures held")
    return diff.difference(diff.at_release(held, OLD), diff.at_release(held, NEW))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Give a copy of the figures that gaps are made from."""
    keep_only(tmp_path / "raw", *OF_GAPS)
    return tmp_path / "raw"


def unchanged() -> diff.Figures:
    held = diff.figures_in(store.RAW_FOLDER, "before")
    return replace(held, texts={name: held.texts[name] for name in OF_GAPS})


def test_between_two_releases_the_new_period_the_changed_codes_and_the_largest_revision_are_named(
    between: diff.Difference,
) -> None:
    (change,) = between.tables
    assert change.releases == (OLD, NEW)
    assert change.periods_gained == ("2022 to 2024",)
    assert change.periods_lost == ()
    assert change.areas_lost == ()
    assert len(change.areas_gained) == 15
    assert all(area.startswith("E47") for area in change.areas_gained)
    assert change.codes_changed == (
        ("E08000016", "E08000038", "Barnsley"),
        ("E08000019", "E08000039", "Sheffield"),
    )
    largest = change.largest[0]
    assert largest.what == "Rutland, female, 2012 to 2014"
    assert largest.change == pytest.approx(-0.99)


def test_the_effect_on_every_gap_and_verdict_is_told(between: diff.Difference) -> None:
    told = {(gap.definition, gap.sex): gap for gap in between.gaps}
    assert len(told) == 2 * len(DEFINITIONS)
    men = told["deprivation-regions", "male"]
    # South East minus North East, men, from the published figures of both releases
    assert men.period == "2021 to 2023"
    assert (men.newest_period, round(men.newest_gap, 1)) == ("2022 to 2024", 6.0)
    assert (men.course_after, men.direction_after) == ("Not on course", "No clear change")


def test_the_report_is_plain_text_or_markdown(between: diff.Difference) -> None:
    text = report(between, markdown=False)
    assert "Periods gained (1): 2022 to 2024." in text
    assert "Code changed: E08000016 -> E08000038 (Barnsley)." in text
    assert "Rutland, female, 2012 to 2014" in text
    assert "-0.99 years" in text
    markdown = report(between, markdown=True)
    assert markdown.startswith("# Published figures: release 2026-02-19 against release 2024-12-12")
    assert "| Rutland, female, 2012 to 2014 | hle_years | 70.19 | 69.20 | -0.99 years |" in markdown


def test_the_same_figures_make_no_difference() -> None:
    held = diff.figures_in(store.RAW_FOLDER, "now")
    same = diff.difference(held, held)
    assert (same.files, same.tables, same.gaps) == ((), (), ())
    assert "Nothing has changed." in report(same, markdown=False)


def test_one_revised_figure_is_found_with_its_effect(raw: Path) -> None:
    path = raw / "hle" / f"{NEW}.csv"
    text = path.read_text(encoding="utf-8")
    line = next(
        row for row in text.splitlines() if row.startswith(f"{NEW},E12000001,") and ",male,2022 to 2024," in row
    )
    *cells, value, low, high = line.split(",")
    worse = ",".join([*cells, f"{float(value) - 0.4:.1f}", low, high])
    path.write_text(text.replace(line, worse), encoding="utf-8")
    found = diff.difference(
        *(diff.at_release(figures, NEW) for figures in (unchanged(), diff.figures_in(raw, "after")))
    )
    assert found.files == (("revised", f"hle/{NEW}.csv"),)
    (change,) = found.tables
    assert (change.figures_revised, change.beyond_rounding) == (1, 1)
    assert change.largest[0].what == "North East, male, 2022 to 2024"
    gaps = {(gap.definition, gap.sex): gap.gap_after - gap.gap_before for gap in found.gaps}
    # the poorer end fell by 0.4, so the gap widened by as much; women are untouched
    assert gaps["income-regions", "male"] == pytest.approx(0.4)
    assert gaps["income-regions", "female"] == 0


def test_files_gained_and_lost_are_listed(raw: Path) -> None:
    (raw / "hle" / "2022-01.csv").unlink()
    (raw / "population_sex" / "2022-11.csv").unlink()
    gone = ("hle/2022-01.csv", "population_sex/2022-11.csv")
    fewer = diff.figures_in(raw, "fewer")
    assert diff.files_changed(unchanged(), fewer) == tuple(("gone", name) for name in gone)
    assert diff.files_changed(fewer, unchanged()) == tuple(("new", name) for name in gone)
    without = replace(unchanged(), texts={name: text for name, text in unchanged().texts.items() if name != gone[1]})
    found = diff.difference(unchanged(), without)
    assert (found.files, found.tables, found.gaps) == ((("gone", gone[1]),), (), ())


def test_a_release_that_is_not_held_is_named() -> None:
    held = diff.figures_in(store.RAW_FOLDER, "now")
    with pytest.raises(UsageError, match="'2031-01-01' of healthy life expectancy is not held"):
        diff.at_release(held, "2031-01-01")


def test_a_folder_without_figures_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no published figures"):
        diff.figures_in(tmp_path, "empty")


def test_the_figures_of_a_commit_come_from_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    project = tmp_path / "project"
    (project / "data").mkdir(parents=True)
    subprocess.run(["cp", "-r", str(world.raw_folder), str(project / "data")], check=True)
    git = ["git", "-C", str(project), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for words in (["init", "-q"], ["add", "data"], ["commit", "-q", "-m", "figures"]):
        subprocess.run([*git, *words], check=True)
    (project / "data" / "raw" / "hle" / f"{OLD}.csv").unlink()
    monkeypatch.setattr(store, "ROOT", project)
    with diff.committed("HEAD") as folder:
        assert sorted(path.name for path in (folder / "hle").iterdir()) == [f"{OLD}.csv", f"{NEW}.csv"]
    with pytest.raises(UsageError, match="cannot be had from git"), diff.committed("no-such-revision"):
        pass


def test_the_command_compares_with_a_folder(raw: Path) -> None:
    path = raw / "population_sex" / "2022-11.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",47656", ",47660"), encoding="utf-8")
    done = CliRunner().invoke(main, ["diff", "--raw", str(raw), "--against", str(store.RAW_FOLDER), "--markdown"])
    assert done.exit_code == 0, done.output
    assert "population_sex/2022-11.csv: revised" in done.output
    assert "| Hartlepool, female | population | 47656.00 | 47660.00 | +4.00 residents |" in done.output


def test_a_publishers_file_that_came_in_shows_in_the_diff(world: World, hle_url: str) -> None:
    before = diff.figures_in(world.raw_folder, "before")
    published = published_hle(NEW)
    published["observation"] = [f"{float(text) + 0.1:.2f}" for text in published["observation"]]
    world.server.serve(hle_url, as_bytes(published))
    world.fetch()
    after = diff.figures_in(world.raw_folder, "after")
    assert diff.files_changed(before, after) == (("revised", f"hle/{NEW}.csv"),)
