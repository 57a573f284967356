"""Every chart is on the screen that its link opens, and can be shown there alone, by its name of today or of old."""

import html
from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.choices import CHOICES
from charts.catalogue.view import View
from pipeline.processed import Tables

Screen = Callable[..., AppTest]
HARTLEPOOL, TEES_VALLEY = "E06000001", "E47000006"


def view_of(chart_id: str) -> View:
    values = {"place": TEES_VALLEY if chart_id.startswith("inside") else HARTLEPOOL, "case": "4.B"}
    return View(**{name: value for name, value in values.items() if name in CATALOGUE[chart_id].needs})


def address_of(chart_id: str) -> tuple[str, dict[str, str]]:
    screen, _, query = CATALOGUE[chart_id].live_view(view_of(chart_id)).partition("?")
    return f"pages/{screen}.py" if screen else "", dict(parse_qsl(query))


def title_of(chart_id: str, **settings: str) -> str:
    return CATALOGUE[chart_id].chart(Tables.open(), view_of(chart_id).with_settings(**settings)).title


def titles(shown: AppTest) -> list[str]:
    bodies = [one.proto.body for one in shown.get("html") if "chart-title" in one.proto.body]
    found = [body.partition('<h2 class="chart-title">')[2].partition("</h2>")[0] for body in bodies if "<h2" in body]
    return [html.unescape(title) for title in found]


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses with `embed=true`."""
    monkeypatch.setattr(ContextProxy, "is_embedded", True)


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_the_link_to_a_chart_opens_a_screen_that_shows_it(screen: Screen, chart_id: str) -> None:
    page, words = address_of(chart_id)
    shown = screen(page, **words)
    assert not shown.exception
    assert not shown.warning
    assert title_of(chart_id) in titles(shown)
    assert len(shown.get("plotly_chart")) <= 4


@pytest.mark.usefixtures("embedded")
@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_a_chart_shown_alone_needs_no_tab_opened(screen: Screen, chart_id: str) -> None:
    page, words = address_of(chart_id)
    tab = words.pop("tab", "")
    shown = screen(page, **words, chart=chart_id)
    assert not shown.exception
    assert titles(shown) == [title_of(chart_id)]
    assert len(shown.get("plotly_chart")) == 1
    if tab:
        assert any(f"tab={tab}" in one.value for one in shown.markdown)


@pytest.mark.usefixtures("embedded")
@pytest.mark.parametrize(
    ("page", "name", "words", "chart_id", "sex"),
    [
        ("", "gap-path-male", {}, "gap-path", "male"),
        ("", "pace-female", {}, "pace-gauge", "female"),
        ("", "gap-path", {"sex": "male"}, "gap-path", "male"),
        ("", "gap-path", {"sex": "Men"}, "gap-path", "male"),
        ("pages/progress.py", "pace", {"sex": "male"}, "pace-gauge", "male"),
        ("pages/map.py", "map-periods", {"periods": "four"}, "map", "female"),
        ("pages/place.py", "place-pockets", {"place": HARTLEPOOL}, "pockets", "female"),
        ("pages/place.py", "place-hle-male", {"place": HARTLEPOOL, "layout": "page"}, "place-hle", "male"),
        ("pages/levers.py", "local-action-all", {"view": "action"}, "local-action", "female"),
        ("pages/levers.py", "local-action", {"view": "action", "case": "4.B"}, "action-record", "female"),
    ],
)
def test_a_chart_is_found_by_the_name_that_old_links_carry(
    screen: Screen, page: str, name: str, words: dict[str, str], chart_id: str, sex: str
) -> None:
    shown = screen(page, **words, chart=name)
    own = {"periods": "four"} if name == "map-periods" else {}
    assert titles(shown) == [title_of(chart_id, sex=sex, **own)]


@pytest.mark.usefixtures("embedded")
def test_a_chart_that_is_not_there_is_said_with_those_that_are(screen: Screen) -> None:
    shown = screen("", chart="no-such-chart")
    assert titles(shown) == []
    said = shown.warning[0].value.partition("Its charts: ")[2].rstrip(".").split(", ")
    at_home = {one.id for one in CATALOGUE.values() if not one.screen.partition("?")[0]}
    assert set(said) == at_home | {"gap-path", "lives"}  # these two are at home on What it would take


def test_the_code_to_embed_one_of_a_pair_says_whom_it_is_about(screen: Screen) -> None:
    shown = screen()
    codes = " ".join(code.value for code in shown.code)
    assert "chart=gap-path&amp;sex=female" in codes


def test_beside_the_map_a_chosen_place_has_its_figures_whatever_the_map_shows(screen: Screen) -> None:
    for measure in CHOICES["measure"]:
        shown = screen("pages/map.py", measure=measure, place=HARTLEPOOL)
        assert not shown.exception, measure
        assert [one.label for one in shown.metric] == ["Healthy life expectancy, women, 2022 to 2024"], measure
