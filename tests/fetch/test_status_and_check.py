"""What is held is told truthfully, and everything that is wrong with it is found."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from samples import sample
from world import TODAY, World, keep_only

from pipeline import store
from pipeline.cli import main
from pipeline.intake import check, ingest, lock, status
from pipeline.intake.outcomes import age
from pipeline.sources import SOURCES, Source
from pipeline.tables import SECOND


def edited(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(",60.5,", ",60.6,", 1), encoding="utf-8")


def without_a_column(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rpartition(",")[0] for line in lines) + "\n", encoding="utf-8")


def without_leeds(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "Leeds" not in line), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "message", "exit_code"),
    [
        (edited, "is not the one that the lock vouches for", 5),
        (without_a_column, "missing hle_uci_95", 5),
        (without_leeds, "Expected 151 areas of level utla for sex female, found 150", 4),
        (Path.unlink, "Table hle is not there", 5),
    ],
)
def test_damage_to_what_is_held_is_found(
    world: World, damage: Callable[[Path], None], message: str, exit_code: int
) -> None:
    damage(world.raw_folder / "hle" / "2026-02-19.csv")
    (problem,) = check.problems(world.raw_folder)
    assert message in problem.what
    assert problem.exit_code == exit_code


def test_a_file_that_the_lock_does_not_know_is_found(world: World) -> None:
    (world.raw_folder / "hle" / "2027-01-01.csv").write_text("release\n", encoding="utf-8")
    (problem,) = check.problems(world.raw_folder)
    assert "does not say where this file came from" in problem.what


def test_a_lock_that_cannot_be_read_is_named(world: World) -> None:
    (world.raw_folder / lock.NAME).write_text("{", encoding="utf-8")
    with pytest.raises(Exception, match="The lock cannot be read"):
        check.problems(world.raw_folder)


def hold(world: World, source_id: str, content: bytes) -> None:
    """Hold a second source from a sample, without the count of areas that a sample does not reach."""
    source = replace(SOURCES[source_id], areas=())
    upstream = ingest.Upstream(content=content, url=source.releases[-1].url, retrieved_from="mirror:sample")
    file = ingest.prepare(source, source.releases[-1], upstream, raw_folder=world.raw_folder, today=TODAY)
    ingest.put(world.raw_folder, file)


def fingertips_of_england(world: World, *, men_now: str = "") -> bytes:
    """Return a Fingertips file with the figures of England that are held, men's newest one put in its place if given."""
    held = store.read(SECOND["hle"], world.raw_folder / "hle" / "2026-02-19.csv")
    header = sample("fingertips_26.csv").decode().splitlines()[0]
    lines = [header]
    for row in held[held["area_code"] == "E92000001"].to_dict("records"):
        value = men_now if men_now and (row["sex"], row["period_start"]) == ("male", 2022) else row["hle_years"]
        cells = dict.fromkeys(header.split(","), "")
        cells |= {
            "Indicator ID": "90362",
            "Area Code": "E92000001",
            "Area Name": "England",
            "Sex": str(row["sex"]).title(),
            "Time period": f"{row['period_start']} - {row['period_end'] % 100}",
            "Value": str(value),
            "Lower CI 95.0 limit": str(row["hle_lci_95"]),
            "Upper CI 95.0 limit": str(row["hle_uci_95"]),
        }
        lines.append(",".join(cells.values()))
    return ("\n".join(lines) + "\n").encode()


def test_fingertips_is_compared_with_ons_cell_by_cell_and_differences_are_listed(world: World) -> None:
    hold(world, "ohid-hle", fingertips_of_england(world))
    (same,) = check.comparisons(world.raw_folder, world.processed_folder)
    # 12 periods, two sexes, a value and two limits each
    assert (same.cells, same.differences) == (72, ())
    hold(world, "ohid-hle", fingertips_of_england(world, men_now="60.8"))
    (other,) = check.comparisons(world.raw_folder, world.processed_folder)
    assert other.differences == ("E92000001, male, 2022 to 2024: hle_years 60.9, ohid-hle has 60.8",)


def test_check_fails_where_a_second_source_differs_by_more_than_its_tolerance(world: World) -> None:
    for men_now, exit_code in (("60.93", 0), ("60.8", 4)):
        hold(world, "ohid-hle", fingertips_of_england(world, men_now=men_now))
        done = CliRunner().invoke(main, ["check", "--raw", str(world.raw_folder)])
        assert done.exit_code == exit_code
        assert ("Two sources of the same figures differ" in done.stderr) == (exit_code == 4)
    # the second source holds England alone
    hold(world, "ohid-hle", fingertips_of_england(world))
    assert CliRunner().invoke(main, ["check", "--strict", "--raw", str(world.raw_folder)]).exit_code == 0


@pytest.mark.parametrize("source", [one for one in SOURCES.values() if one.role == "second"], ids=lambda one: one.id)
def test_every_second_source_states_how_far_each_figure_may_be(source: Source) -> None:
    columns = {column.name for column in source.contract.columns}
    assert set(source.tolerances) <= columns | {"*"}
    for column in source.contract.columns:
        if column.name in source.tolerances:
            assert 0 <= source.tolerance(column.name) <= 0.1
        elif "*" not in source.tolerances:
            # two roundings of one figure to one decimal
            assert source.tolerance(column.name) == pytest.approx(0.05, abs=0.002)


def test_the_published_slope_is_compared_with_the_one_we_compute(world: World) -> None:
    hold(world, "ohid-sii", sample("fingertips_slope.csv"))
    (comparison,) = check.comparisons(world.raw_folder, world.processed_folder)
    assert comparison.cells == 4
    # METHODS: deciles give 19.32 (men) and 20.15 (women) in 2022 to 2024; published 19.3 and 20.1, so rounding only
    assert not [words for words in comparison.differences if "2022 to 2024" in words]


def test_boundaries_of_a_second_source_must_reach_as_far(world: World) -> None:
    keep_only(world.raw_folder, "boundaries/2026-01.topojson")
    hold(world, "ons-open-geography-authorities", sample("open_geography.geojson"))
    (comparison,) = check.comparisons(world.raw_folder, world.processed_folder)
    assert (comparison.cells, comparison.differences) == (8, ())
    further_east = sample("open_geography.geojson", lambda text: text.replace("[-1.3,53.4]", "[-0.9,53.4]"))
    hold(world, "ons-open-geography-authorities", further_east)
    (comparison,) = check.comparisons(world.raw_folder, world.processed_folder)
    (words,) = comparison.differences
    assert words.startswith("E08000038: east -1.2")


def test_status_tells_release_age_and_origin_of_every_file(world: World) -> None:
    lines = {line.name: line for line in status.held(world.raw_folder, today=date(2027, 2, 20))}
    assert sorted(lines) == ["hle/2024-12-12.csv", "hle/2026-02-19.csv"]
    newest = lines["hle/2026-02-19.csv"]
    assert (newest.release, newest.age, newest.origin) == ("2026-02-19", "12 months old", "mirror")


@pytest.mark.parametrize(
    ("release", "words"),
    [
        ("2026-11-21", "0 months old"),
        ("2026-10", "1 month old"),
        ("2024-12-12", "23 months old"),
        ("2024-11-01", "2 years old"),
        ("2021", "5 years old"),
    ],
)
def test_age_is_told_in_months_then_years(release: str, words: str) -> None:
    assert age(release, TODAY) == words


def test_status_names_what_is_newer_upstream(world: World) -> None:
    latest = SOURCES["ons-hle"].latest
    assert latest is not None
    notes = '{"ess-beta-metadata": {"shared": {"sourceDate": "%s"}}}'
    world.server.serve(latest.about_url, (notes % "18/11/2026").encode())
    (found,) = status.upstream([SOURCES["ons-hle"]], raw_folder=world.raw_folder, fetcher=world.fetcher(), today=TODAY)
    assert (found.held, found.newest, found.is_newer) == ("2026-02-19", "2026-11-18", True)
    world.server.serve(latest.about_url, (notes % "19/02/2026").encode())
    (found,) = status.upstream([SOURCES["ons-hle"]], raw_folder=world.raw_folder, fetcher=world.fetcher(), today=TODAY)
    assert not found.is_newer


def test_a_publisher_that_cannot_be_asked_is_named_not_raised(world: World) -> None:
    (found,) = status.upstream([SOURCES["ons-hle"]], raw_folder=world.raw_folder, fetcher=world.fetcher(), today=TODAY)
    assert found.error is not None
    assert not found.is_newer


def test_sources_of_which_nothing_is_held_are_listed(world: World) -> None:
    absent = {source.id for source in status.not_held(world.raw_folder)}
    assert "ohid-hle" in absent
    assert "ons-hle" not in absent


def test_every_clone_has_the_bytes_that_the_checksums_vouch_for() -> None:
    """On Windows too, where git would write other line ends if it were not told."""
    names = ["data", "static", "docs/data-dictionary.md"]
    done = subprocess.run(
        ["git", "ls-files", "--eol", *names], cwd=store.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("not a clone")
    ends = {tuple(line.partition("\t")[0].split()) for line in done.stdout.splitlines()}
    assert ends <= {("i/lf", "w/lf", "attr/text=auto", "eol=lf"), ("i/-text", "w/-text", "attr/-text")}
