"""Release day, rehearsed on a made-up release: from `fetch` through `build` to charts, screens and files, with no other hand.

The figures are those of `rehearsal`: the next period, revised earlier ones, an area renamed, one founded, a new poorest region.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import rehearsal
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.export.cli import main as export_commands
from pipeline import store, succession
from pipeline.build import build
from pipeline.intake import check
from pipeline.intake.fetch import Fetcher
from pipeline.intake.outcomes import Outcome
from pipeline.intake.refresh import refresh
from pipeline.periods import Period
from pipeline.processed import Tables
from pipeline.review.pairs import PairChange, pair_change
from pipeline.review.report import _pair
from pipeline.sources import HOSTS, SOURCES

APP = str(store.ROOT / "app.py")
NEW = Period(rehearsal.next_start(), rehearsal.next_start() + 2).label
BEFORE = Period(rehearsal.next_start() - 1, rehearsal.next_start() + 1).label
FORMER_POOREST = "North East"


@dataclass
class Rehearsed:
    """What release day left."""

    outcomes: list[Outcome]
    raw_folder: Path
    processed_folder: Path


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsed]:
    """Fetch from a mirror that holds the new files alone, then build; the dashboard shows these figures from then on."""
    folder = tmp_path_factory.mktemp("release-day")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(succession, "SUCCESSION", [*succession.SUCCESSION, *rehearsal.CHANGES])
        raw_folder = rehearsal.held_before(folder)
        mirror = str(rehearsal.mirror(folder / "mirror"))
        outcomes = refresh(
            [SOURCES[name] for name in ("ons-hle", "ons-hle-nations", "ons-gdhi")],
            fetcher=Fetcher(hosts=HOSTS, cache_folder=folder / "cache", mirror=mirror),
            raw_folder=raw_folder,
            today=date.fromisoformat(rehearsal.DAY),
        )
        rehearsal.with_founded(raw_folder)
        build(raw_folder, folder / "processed", folder / "docs", folder / "static")
        patch.setattr(store, "PROCESSED_FOLDER", folder / "processed")
        yield Rehearsed(outcomes, raw_folder, folder / "processed")


@pytest.fixture(scope="module")
def tables(day: Rehearsed) -> Tables:
    return Tables.open_whole(day.processed_folder)


def test_the_new_releases_are_fetched_and_what_is_not_there_yet_is_kept(day: Rehearsed) -> None:
    results = {(one.source.id, one.release): one.result for one in day.outcomes}
    new = {source for (source, release), result in results.items() if (release, result) == (rehearsal.DAY, "new")}
    assert new == {"ons-hle", "ons-hle-nations", "ons-gdhi"}
    assert set(results.values()) == {"new", "kept"}
    notes = [note for one in day.outcomes if one.file for note in one.file.notes]
    assert any(rehearsal.FOUNDED in note for note in notes)
    assert any(" -> ".join(rehearsal.RENAMED_REGION) in note for note in notes)
    assert check.problems(day.raw_folder) == []


def test_every_gap_of_regions_and_authorities_has_the_new_period(tables: Tables) -> None:
    newest = tables.table("gaps").groupby("definition")["period"].max()
    assert tables.release == rehearsal.DAY
    # tenths and what rests on them are published on a day of their own
    assert newest.to_dict() == {name: BEFORE if "deciles" in name else NEW for name in newest.index}
    london = tables.newest("hle").query("area_name == 'London'").set_index(["sex", "period"])["hle_years"]
    assert london["female", NEW] - london["female", BEFORE] == pytest.approx(0.3)
    assert london["male", NEW] - london["male", BEFORE] == pytest.approx(-0.1)


def test_changed_areas_have_their_new_names_everywhere(tables: Tables) -> None:
    for old, new in (rehearsal.RENAMED_REGION, rehearsal.RENAMED_AUTHORITY):
        names = set(tables.table("areas")["area_name"])
        assert new in names
        assert old not in names
    areas = tables.table("areas").set_index("area_code")
    assert set(areas.loc[list(rehearsal.MEMBERS), "combined_authority_code"]) == {rehearsal.FOUNDED}


def test_new_incomes_change_the_pair_and_the_former_one_still_stands(day: Rehearsed, tables: Tables) -> None:
    newest = f"period == '{NEW}' and sex == 'female' and area_type == 'region'"
    hle = tables.newest("hle").query(newest).set_index("area_name")["hle_years"]
    change = pair_change(
        income_before=rehearsal.newest_held("income"), income_after=tables.table("income"), hle=tables.newest("hle")
    )
    assert isinstance(change, PairChange)
    assert change.former == ("London", FORMER_POOREST)
    assert change.now == ("London", rehearsal.POOREST)
    assert change.former_gaps["female"] == pytest.approx(hle["London"] - hle[FORMER_POOREST])
    assert change.gaps_now["female"] == pytest.approx(hle["London"] - hle[rehearsal.POOREST])
    (section,) = _pair(change)
    assert f"the pair is London and {rehearsal.POOREST}; it was London and {FORMER_POOREST}." in section.lines[0]


ENDS_EARLIER = ("decomposition", "lives", "points-by-age")
"""Charts that need what is published later than healthy life expectancy."""
PLACES = {"": "E06000019", "inside": rehearsal.FOUNDED, "places-compared": "E12000006"}


@pytest.mark.parametrize("chart_id", list(CATALOGUE))
def test_every_chart_is_drawn_of_what_there_is(tables: Tables, chart_id: str) -> None:
    view = View(place=PLACES.get(chart_id, PLACES[""])) if "place" in CATALOGUE[chart_id].needs else View()
    if chart_id in ("inside", "inside-over-time"):
        view = view.with_settings(place=rehearsal.FOUNDED)
    chart = CATALOGUE[chart_id].chart(tables, view)
    said = " ".join([chart.title, chart.alt, chart.settings, *chart.caveats])
    assert (f"for {NEW} is not yet published" in said) == (chart_id in ENDS_EARLIER)
    assert "nan" not in said.split()
    assert ("The pair has changed." in said) == (chart_id == "gap-path")


@pytest.mark.parametrize(
    ("page", "address", "said"),
    [
        ("", {}, "The pair has changed."),
        ("", {"tab": "lives"}, f"; life expectancy for {NEW} is not yet published"),
        ("pages/place.py", {"place": rehearsal.FOUNDED}, rehearsal.FOUNDED_NAME),
        ("pages/place.py", {"place": "E12000006", "tab": "halving"}, rehearsal.RENAMED_REGION[1]),
        ("pages/map.py", {"level": "combined-authority"}, NEW),
        ("pages/progress.py", {}, NEW),
    ],
)
def test_every_screen_opens_on_the_new_figures(day: Rehearsed, page: str, address: dict[str, str], said: str) -> None:
    del day
    test = AppTest.from_file(APP, default_timeout=60)
    if page:
        test.switch_page(page)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    assert not test.error
    shown = [part.value for part in [*test.title, *test.markdown, *test.info]]
    assert said in " ".join([*shown, *(part.proto.body for part in test.get("html"))])


def test_an_export_carries_the_new_release(day: Rehearsed, tmp_path: Path) -> None:
    del day
    done = CliRunner().invoke(export_commands, ["export", "gap-path", "--format", "csv", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    names = [path.name for path in tmp_path.rglob("*.csv")]
    assert any(NEW.replace(" ", "-") in name for name in names)
    assert rehearsal.DAY in (tmp_path / "manifest.json").read_text(encoding="utf-8")
