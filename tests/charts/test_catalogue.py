"""The catalogue: every chart by name, drawn with any settings; what it says of a chart is true."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pytest
from plotly.io import to_json

from charts.catalogue import deprivation, gap, levers, levers_places, own_place, promise, scenarios
from charts.catalogue import map as maps
from charts.catalogue.catalogue import CATALOGUE, OLD_NAMES, charts_named, entry, shots
from charts.catalogue.entry import Answer
from charts.catalogue.packs import PACKS, SEXES, area, area_of_level
from charts.catalogue.view import SETTINGS, View, period_of, question_of, view_of
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT, Palette
from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.processed import Tables

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
HARTLEPOOL, NORTH_EAST, LONDON, TEES_VALLEY = "E06000001", "E12000001", "E12000007", "E47000006"
OWN_AREA = {"place": "Our area", "codes": "E06000003~E06000004"}
ANOTHER = {
    "sex": "male",
    "definition": "deprivation-regions",
    "baseline": "2014 to 2016",
    "target": 2040,
    "share": 33,
    "rule": "england",
    "path": "geometric",
    "model": "drift",
    "among": "target",
    "beside": "definition=deprivation-regions&target=2040",
    "level": "region",
    "period": "2015 to 2017",
    "since": "2012 to 2014",
    "measure": "difference",
    "place": "E06000002",
    "codes": "E06000002~E06000003",
    "compare": "E06000009",
    "against": "E12000007",
    "quantity": "share",
    "alike": "global",
    "view": "tiles",
    "periods": "four",
    "groups": "regions",
    "index": "rii",
    "block": "adult-obesity",
    "line": "adult-obesity",
    "case": "4.B",
    "part": "Work",
    "department": "Department for Transport",
    "acts": "combined-authority",
    "term": "long",
    "scale": "both",
    "rows": "screen",
    "layout": "page",
}


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def drawn(chart_id: str, view: View) -> Chart:
    return CATALOGUE[chart_id].chart(tables(), view)


def base(chart_id: str) -> View:
    place = LONDON if chart_id.startswith("inside") else HARTLEPOOL
    return View(place=place if "place" in CATALOGUE[chart_id].needs else "")


def shown(chart: Chart) -> tuple[object, ...]:
    return (chart.title, chart.subtitle, chart.settings, chart.alt, chart.table.to_csv(), chart.figure.to_json())


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_every_chart_is_complete(chart_id: str) -> None:
    chart = drawn(chart_id, base(chart_id))
    assert len(chart.figure.data) > 0
    assert len(chart.table) > 0
    for text in (chart.title, chart.subtitle, chart.source, chart.alt, chart.file_stem):
        assert text.strip()
    assert chart.alt != chart.title
    assert chart.figure.layout.title.text is None
    assert len(set(chart.table.columns)) == len(chart.table.columns)


LONGEST_TITLE = 78
"""Characters of a title in which every name of a place or building block counts as at most `NAME`."""
NAME = 12
LONG_ENDS = ("extreme-tenths", "deprivation-fifths", "slope-deciles")
"""Definitions whose ends have the longest names."""


@cache
def long_names() -> list[str]:
    gaps = tables().table("gaps")
    names = {*gaps["better_off"], *gaps["worse_off"], *tables().table("areas")["area_name"]}
    return sorted((name for name in names | {"Child poverty after housing costs"} if len(name) > NAME), key=len)[::-1]


def counted(title: str) -> int:
    for name in long_names():
        title = re.sub(re.escape(name), "x" * NAME, title, flags=re.IGNORECASE)
    return len(title)


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_titles_are_short_whatever_is_asked(chart_id: str) -> None:
    bases = [base(chart_id), base(chart_id).with_settings(sex="male")]
    if "definition" in CATALOGUE[chart_id].needs:
        bases += [View(definition=one) for one in LONG_ENDS]
    for view in bases:
        with suppress(UsageError):  # no such chart on that definition
            title = drawn(chart_id, view).title
            assert counted(title) <= LONGEST_TITLE, title


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_what_is_sent_to_the_browser_is_what_plotly_would_send(chart_id: str, palette: Palette) -> None:
    chart = CATALOGUE[chart_id].chart(tables(), base(chart_id), palette=palette)
    sent = to_json({"data": chart.drawing.traces, "layout": chart.drawing.layout}, validate=False)
    assert json.loads(sent) == json.loads(chart.figure.to_json())


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_settings_that_a_chart_does_not_name_change_nothing(chart_id: str) -> None:
    before = base(chart_id)
    others = {name: ANOTHER[name] for name in SETTINGS if name not in CATALOGUE[chart_id].settings}
    assert shown(drawn(chart_id, before)) == shown(drawn(chart_id, before.with_settings(**others)))


@pytest.mark.parametrize(
    ("chart_id", "setting"), [(chart_id, name) for chart_id, one in CATALOGUE.items() for name in one.settings]
)
def test_a_setting_that_a_chart_names_changes_it(chart_id: str, setting: str) -> None:
    # a change alone has an earlier period; the wider scale of the two, women's or men's, is the one for both
    special = {"since": [{"measure": "change"}], "scale": [{"sex": sex} for sex in SEXES], "codes": [OWN_AREA]}
    bases = [base(chart_id).with_settings(**other) for other in special.get(setting, [{}])]
    another = ANOTHER | ({"place": TEES_VALLEY} if chart_id.startswith("inside") else {})
    afters = [before.with_settings(**{setting: another[setting]}) for before in bases]
    pairs = zip(bases, afters, strict=True)
    assert any(shown(drawn(chart_id, before)) != shown(drawn(chart_id, after)) for before, after in pairs)


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_the_live_view_is_a_screen_that_exists(chart_id: str) -> None:
    screen, _, query = CATALOGUE[chart_id].live_view(base(chart_id)).partition("?")
    assert screen == "" or (ROOT / "pages" / f"{screen}.py").is_file()
    fixed = CATALOGUE[chart_id].screen.partition("?")[2].split("&")
    words_in_address = {part.split("=")[0] for part in query.split("&") if part and part not in fixed}
    assert words_in_address <= set(CATALOGUE[chart_id].needs)


ANSWERS = {
    one.id: one
    for part in (gap, promise, scenarios, deprivation, levers, levers_places, maps, own_place)
    for one in part.ANSWERS
}


@cache
def said(answer: Answer[object], view: View) -> str:
    found = answer.of(tables(), view)
    return found.to_csv() if isinstance(found, pd.DataFrame) else repr(found)


def usual(answer: Answer[object]) -> View:
    values = {"place": HARTLEPOOL, "case": "4.A", "block": "child-poverty-after-housing", "acts": "local"}
    return View(**{name: value for name, value in values.items() if name in answer.needs and answer.id != "blocks"})


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_settings_that_an_answer_does_not_name_change_nothing(answer: Answer[object]) -> None:
    before = usual(answer)
    others = {name: ANOTHER[name] for name in SETTINGS if name not in answer.needs}
    assert said(answer, before) == said(answer, before.with_settings(**others))


@pytest.mark.parametrize("sex", words.PEOPLE)
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_no_answer_fails_for_any_definition(definition: str, sex: str) -> None:
    for answer in ANSWERS.values():
        if "definition" in answer.needs:
            view = usual(answer).with_settings(definition=definition, **({"sex": sex} if "sex" in answer.needs else {}))
            with suppress(UsageError):  # in the words of the screens; a measure's own refusal would reach the visitor
                assert said(answer, view)


OTHER_BASES = (
    {},
    {"measure": "change"},
    {"measure": "poor-health"},
    {"share": 5},
    {"target": 2050, "baseline": "2019 to 2021"},
)
WITH_OTHER_FIGURES = {("verdict", "rule"), ("map-notes", "sex"), ("map-notes", "since")} | {
    ("readings-agree", "model"),
    ("pair-changed", "definition"),
    ("latest-step", "definition"),
    *(("headline", name) for name in ("baseline", "target", "share", "model")),
    *((answer, name) for answer in ("definitions-agree", "verdicts") for name in ("baseline", "target")),
}
"""What would matter if England or the richest region gained years, or if areas lacked figures for one sex alone, if a gap
were nearer to its target, if new incomes had changed the pair, or if the newest release had revised one gap and not another."""


@pytest.mark.parametrize(
    ("name", "setting"),
    [(one.id, name) for one in ANSWERS.values() for name in one.needs if (one.id, name) not in WITH_OTHER_FIGURES],
)
def test_a_setting_that_an_answer_names_changes_it(name: str, setting: str) -> None:
    answer = ANSWERS[name]
    bases = [usual(answer).with_settings(**other) for other in ([OWN_AREA] if setting == "codes" else OTHER_BASES)]
    assert any(said(answer, one) != said(answer, one.with_settings(**{setting: ANOTHER[setting]})) for one in bases)


def frames_in(made: object) -> list[pd.DataFrame | pd.Series]:
    if isinstance(made, pd.DataFrame | pd.Series):
        return [made]
    return [frame for part in vars(made).values() for frame in frames_in(part)] if is_dataclass(made) else []


class Noting(Tables):
    """Tables that keep a copy of every frame as it was when it was made."""

    def __init__(self) -> None:
        super().__init__(tables().folder, tables().package)
        self.noted: list[tuple[pd.DataFrame | pd.Series, pd.DataFrame | pd.Series]] = []

    def once(self, name: str, make: Callable[[], T]) -> T:
        def noted() -> T:
            made = make()
            self.noted += [(frame, frame.copy(deep=True)) for frame in frames_in(made)]
            return made

        return super().once(name, noted)


def test_what_all_visitors_share_stays_as_it_was_made_whatever_is_drawn_and_said_of_it() -> None:
    own = Noting()
    for one in CATALOGUE.values():
        one.chart(own, base(one.id))
    for answer in ANSWERS.values():
        answer.of(own, usual(answer))
    assert len(own.noted) > 50
    assert all(frame.equals(copy) for frame, copy in own.noted)


def test_no_two_answers_or_charts_are_kept_under_one_name() -> None:
    assert len(ANSWERS) == sum(
        len(part.ANSWERS) for part in (gap, promise, scenarios, deprivation, levers, levers_places, maps, own_place)
    )


@pytest.mark.parametrize(
    ("name", "ids", "sex"),
    [
        ("gap-path", ("gap-path",), ""),
        ("gap-path-male", ("gap-path",), "male"),
        ("pace-female", ("pace-gauge",), "female"),
        ("place-pockets", ("pockets",), ""),
        ("local-action", ("local-action", "action-record"), ""),
        ("no-such-chart", ("no-such-chart",), ""),
    ],
)
def test_the_names_of_charts_in_old_links_lead_to_todays(name: str, ids: tuple[str, ...], sex: str) -> None:
    assert charts_named(name) == (ids, sex)


def test_every_old_name_leads_to_a_chart_that_there_is() -> None:
    assert {chart_id for ids in OLD_NAMES.values() for chart_id in ids} <= set(CATALOGUE)


def test_both_charts_of_a_pair_reach_equally_far_and_differ_in_nothing_else() -> None:
    for sex in SEXES:
        own, paired = (drawn("gap-path", View(sex=sex, scale=scale)) for scale in ("", "both"))
        assert paired.table.equals(own.table)
        assert paired.title == own.title
    women, men = (drawn("gap-path", View(sex=sex, scale="both")).figure.layout.yaxis.range for sex in SEXES)
    assert women == men


def test_an_unknown_chart_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(UsageError, match="gap-path"):
        entry("gap-paths")


@pytest.mark.parametrize(
    "settings",
    [
        {"colour": "red"},
        {"sex": "persons"},
        {"target": "1999"},
        {"target": "soon"},
        {"share": "120"},
        {"definition": "rich-and-poor"},
        {"level": "country"},
    ],
)
def test_a_setting_that_cannot_be_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        view_of(settings)


def test_a_place_without_life_expectancy_has_no_such_chart() -> None:
    with pytest.raises(UsageError, match="No life expectancy is held for Lancashire"):
        drawn("place-le", View(place="E47000018"))


def test_words_of_an_address_give_the_view_they_came_from() -> None:
    view = View(**ANOTHER)
    assert view_of(view.chosen(SETTINGS)) == view


def test_a_view_without_a_baseline_takes_the_first_period_of_a_definition_that_starts_late() -> None:
    assert question_of(tables(), View()).baseline == "2011 to 2013"
    assert question_of(tables(), View(definition="deprivation-deciles")).baseline == "2013 to 2015"


def test_a_period_without_figures_is_refused() -> None:
    hle = tables().newest("hle")
    assert period_of(hle, View()) == "2022 to 2024"
    with pytest.raises(UsageError, match="2011 to 2013"):
        period_of(hle, View(period="1999 to 2001"))


def test_a_map_of_changes_names_both_its_periods_and_refuses_a_later_start() -> None:
    view = View(measure="change", period="2015 to 2017", since="2012 to 2014")
    assert "2012 to 2014" in drawn("map", view).subtitle
    assert "since=2012+to+2014" in CATALOGUE["map"].live_view(view)
    with pytest.raises(UsageError, match="2012 to 2014"):
        drawn("map", view.with_settings(since="2016 to 2018"))


def test_the_national_pack_is_a_story_of_eleven_slides_after_the_cover_that_speaks_of_both_sexes() -> None:
    pack = PACKS["national"](tables(), View())
    assert len(pack) == 11
    assert [(shot.entry.id, shot.view.sex) for shot in pack[:2]] == [("gap-path", "female"), ("gap-path", "male")]
    for shot in pack[2:]:
        subtitle = shot.chart(tables()).subtitle
        assert ("sex" in shot.entry.needs) == (drawn(shot.entry.id, View(sex="male")).title in subtitle)


def test_a_national_pack_of_one_sex_has_all_its_charts_and_says_nothing_of_the_other() -> None:
    pack = PACKS["national"](tables(), View(), ["male"])
    assert len(pack) == 10
    assert {shot.view.sex for shot in pack} == {"male"}
    assert not any("Women: " in shot.chart(tables()).subtitle for shot in pack)


@pytest.mark.parametrize(("name", "code"), [("region", NORTH_EAST), ("place", HARTLEPOOL), ("place", "E47000006")])
def test_packs_of_areas_are_about_that_area(name: str, code: str) -> None:
    pack = PACKS[name](tables(), View(place=code))
    assert len(pack) > 2
    assert all(shot.view.place == code for shot in pack if "place" in shot.entry.needs)
    about = [shot for shot in pack if "place" in shot.entry.needs]
    assert about
    called = str(area(tables(), code)["area_name"])
    assert [title for shot in about if called not in (title := shot.chart(tables()).title)] == []


def test_the_pack_of_a_place_set_beside_or_against_others_holds_the_comparison() -> None:
    view = View(place=HARTLEPOOL, compare="E06000002~E06000003", against="E06000003")
    held = [shot.entry.id for shot in PACKS["place"](tables(), view)]
    for name in ("places-compared", "own-pair-path", "own-pair-pace"):
        assert held.count(name) == 2  # women and men
        assert name not in [shot.entry.id for shot in PACKS["place"](tables(), View(place=HARTLEPOOL))]


@pytest.mark.parametrize("text", ["Hartlepool", "hartlepool", "E06000001", "e06000001"])
def test_an_area_is_found_by_name_or_code_in_any_case(text: str) -> None:
    assert area(tables(), text)["area_code"] == HARTLEPOOL


def test_a_replaced_code_leads_to_the_one_in_force() -> None:
    assert area(tables(), "E08000016")["area_name"] == "Barnsley"


def test_an_area_that_is_not_there_is_refused_with_those_meant() -> None:
    with pytest.raises(UsageError, match="Hartlepool"):
        area(tables(), "Hartlepoo")
    with pytest.raises(UsageError):
        area(tables(), "")


def test_a_region_is_not_taken_for_a_place_nor_a_place_for_a_region() -> None:
    assert area_of_level(tables(), "London", pack="region")["area_code"] == LONDON
    with pytest.raises(UsageError, match="region"):
        area_of_level(tables(), "London", pack="place")
    with pytest.raises(UsageError, match="place"):
        area_of_level(tables(), "Hartlepool", pack="region")


def test_shots_go_chart_by_chart() -> None:
    found = shots(("gap-path", "levelling"), sexes=SEXES, view=View())
    assert [(shot.entry.id, shot.view.sex) for shot in found] == [
        ("gap-path", "female"),
        ("gap-path", "male"),
        ("levelling", "female"),
        ("levelling", "male"),
    ]
