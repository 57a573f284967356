"""Release day, rehearsed on a made-up release: from `fetch` through `build` to charts, screens and files, with no other hand.

The figures are those of `rehearsal`: the next period, revised earlier ones, an area renamed, one founded, a new poorest region.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import rehearsal
import requests
from browser.tab import leave, open_tab, wait_until_drawn
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, expect
from server.container import copy_program
from server.running import dashboard
from streamlit.testing.v1 import AppTest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.export.cli import main as export_commands
from pipeline import store, succession
from pipeline.cli import main as commands
from pipeline.intake.outcomes import Outcome
from pipeline.periods import Period
from pipeline.processed import Tables

APP = str(store.ROOT / "app.py")
NEW = Period(rehearsal.next_start(), rehearsal.next_start() + 2).label
BEFORE = Period(rehearsal.next_start() - 1, rehearsal.next_start() + 1).label
FORMER_POOREST = "North East"
HELD_BEFORE = store.RAW_FOLDER


@dataclass
class Rehearsed:
    """What release day left in a copy of the project, and what its commands said."""

    project: Path
    outcomes: list[Outcome] = field(default_factory=list)
    said: dict[str, Result] = field(default_factory=dict)
    """Command -> how it ended."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsed]:
    """Fetch from a mirror that holds the new files alone, then `diff`, `build` and `check`, as the runbook says.

    All in a copy of what the container holds. The screens and exports of this process show its figures from then on.
    """
    project = tmp_path_factory.mktemp("project")
    copy_program(project)
    raw_folder = project / "data" / "raw"
    shutil.copytree(HELD_BEFORE, raw_folder)
    found = Rehearsed(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(succession, "SUCCESSION", [*succession.SUCCESSION, *rehearsal.CHANGES])
        patch.setattr(store, "PROCESSED_FOLDER", project / "data" / "processed")
        patch.setattr(store, "STATIC_FOLDER", project / "static")
        patch.setattr(store, "DOCS_FOLDER", project / "docs")
        found.outcomes = rehearsal.fetched(raw_folder, tmp_path_factory.mktemp("publishers"))
        for command in (["diff", "--against", str(HELD_BEFORE)], ["build"], ["check"]):
            found.said[command[0]] = CliRunner().invoke(commands, [*command, "--raw", str(raw_folder)])
        yield found


@pytest.fixture(scope="module")
def tables(day: Rehearsed) -> Tables:
    assert day.said["build"].exit_code == 0, day.said["build"].output
    return Tables.open_whole()


def test_the_new_releases_are_fetched_and_what_is_not_there_yet_is_kept(day: Rehearsed) -> None:
    results = {(one.source.id, one.release): one.result for one in day.outcomes}
    new = {source for (source, release), result in results.items() if (release, result) == (rehearsal.DAY, "new")}
    assert new == {"ons-hle", "ons-hle-nations", "ons-gdhi"}
    assert set(results.values()) == {"new", "kept"}
    notes = [note for one in day.outcomes if one.file for note in one.file.notes]
    assert any(rehearsal.FOUNDED in note for note in notes)
    assert any(" -> ".join(rehearsal.RENAMED_REGION) in note for note in notes)


def test_the_commands_of_the_runbook_say_what_changed_and_that_all_is_well(day: Rehearsed) -> None:
    assert {command: done.exit_code for command, done in day.said.items()} == {"diff": 0, "build": 0, "check": 0}
    changed = day.said["diff"].stdout
    assert f"Periods gained (1): {NEW}." in changed
    assert f"Areas gained (1): {rehearsal.FOUNDED} {rehearsal.FOUNDED_NAME}" in changed
    for names in (rehearsal.RENAMED_REGION, rehearsal.RENAMED_AUTHORITY):
        assert f"{names[0]} -> {names[1]}." in changed
    assert f"Build {Tables.open().build} from the release of {rehearsal.DAY}" in day.said["build"].stdout
    assert "the tables are of one build" in day.said["check"].stdout


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
    newest = f"period == '{NEW}' and area_type == 'region'"
    hle = tables.newest("hle").query(newest).set_index(["sex", "area_name"])["hle_years"]
    gaps = {
        poorest: ", ".join(f"{sex} {hle[sex, 'London'] - hle[sex, poorest]:.2f} years" for sex in ("female", "male"))
        for poorest in (FORMER_POOREST, rehearsal.POOREST)
    }
    said = day.said["diff"].stdout
    assert f"the pair is London and {rehearsal.POOREST}; it was London and {FORMER_POOREST}." in said
    assert f"{NEW}: {gaps[FORMER_POOREST]}; of the new pair: {gaps[rehearsal.POOREST]}." in said


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
        ("", {"tab": "lives"}, f"; life expectancy for {NEW} is not yet published"),
        ("pages/place.py", {"place": rehearsal.FOUNDED}, rehearsal.FOUNDED_NAME),
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


@pytest.mark.browser
def test_a_visitor_sees_the_new_figures(day: Rehearsed, chromium: Browser) -> None:
    with dashboard(project=day.project, DATA_FOLDER=str(day.project / "data")) as running:
        tab = open_tab(chromium, running.address)
        for address, said in (
            ("", "The pair has changed."),
            ("place?place=E12000006", rehearsal.RENAMED_REGION[1]),
            (f"map?level=combined-authority&place={rehearsal.FOUNDED}", f"More about {rehearsal.FOUNDED_NAME}"),
            ("slides?present=1&slide=1", NEW.replace("to ", "to")),  # the label of the axis has two lines
        ):
            tab.page.goto(f"{running.address}/{address}")
            expect(tab.page.locator("[data-testid=stMain]")).to_contain_text(said, timeout=60_000)
            wait_until_drawn(tab.page)
            if "map" in address:
                tab.page.locator(".choroplethlayer path").first.wait_for(state="attached", timeout=60_000)
                drawn = "places => places.map(one => one.__data__.loc)"
                assert rehearsal.FOUNDED in tab.page.eval_on_selector_all(".choroplethlayer path", drawn)
        assert (tab.console_errors, tab.other_hosts, tab.failed) == ([], [], [])
        leave(tab.page)
        assert NEW in requests.get(f"{running.address}/feed.xml", timeout=10).text


def test_an_export_carries_the_new_release(day: Rehearsed, tmp_path: Path) -> None:
    del day
    done = CliRunner().invoke(export_commands, ["export", "gap-path", "--format", "csv", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    names = [path.name for path in tmp_path.rglob("*.csv")]
    assert any(NEW.replace(" ", "-") in name for name in names)
    assert rehearsal.DAY in (tmp_path / "manifest.json").read_text(encoding="utf-8")
