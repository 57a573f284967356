"""Maps show every area once, in the right class and words, with a table of the same numbers, and nothing by colour alone."""

import json
from collections import Counter
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from held_periods import FIRST, LATEST, PERIODS

from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT, contrast
from charts.map.classes import map_classes
from charts.map.from_tables import main_map, maps_by_period
from charts.map.measures import MEASURES
from charts.map.small_multiples import SERIES
from charts.map.views import MapView
from pipeline import store
from pipeline.answers.map.rows import map_rows
from pipeline.answers.map.scale import Scale
from pipeline.processed import Tables

LEVELS = {"region": 9, "combined-authority": 15, "utla": 153}
LAMBETH, MANCHESTER, GREATER_MANCHESTER, LONDON = "E09000022", "E08000003", "E47000001", "E12000007"
MOST_BYTES = 26_000

views = pytest.mark.parametrize(
    ("measure", "area_type", "form"),
    [
        (measure, area_type, form)
        for measure, area_type, form in product(MEASURES, LEVELS, ("map", "tiles"))
        if form == "map" or area_type == "utla"
    ],
)


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def view(measure: str, area_type: str, form: str = "map", sex: str = "female", selected: str = "") -> MapView:
    since = FIRST if measure == "change" else ""
    return MapView(
        measure=measure, area_type=area_type, sex=sex, period=LATEST, since=since, form=form, selected=selected
    )


@cache
def drawn(measure: str, area_type: str, form: str = "map", sex: str = "female", selected: str = "") -> Chart:
    return main_map(tables(), view(measure, area_type, form, sex, selected))


def areas_on(chart: Chart, *, geo: str = "geo") -> dict[str, tuple[str, float, str]]:
    """Return area code -> (class, value, fill) of the areas that can be pointed at."""
    found: dict[str, tuple[str, float, str]] = {}
    for trace in chart.figure.data:
        if trace.type != "choropleth" or trace.hoverinfo == "skip" or (trace.geo or "geo") != geo:
            continue
        assert len(trace.locations) == len(trace.z)
        for code, value in zip(trace.locations, trace.z, strict=True):
            assert code not in found, f"{code} is drawn twice"
            found[code] = (trace.name, value, trace.colorscale[0][1])
    return found


@cache
def codes_in(file: str) -> set[str]:
    features = json.loads((store.DATA_FOLDER / "static" / "boundaries" / file).read_text(encoding="utf-8"))["features"]
    return {one["id"] for one in features}


@views
def test_every_area_is_drawn_once(measure: str, area_type: str, form: str) -> None:
    assert len(areas_on(drawn(measure, area_type, form))) == LEVELS[area_type]


@views
def test_the_table_has_the_same_numbers_as_the_map(measure: str, area_type: str, form: str) -> None:
    chart = drawn(measure, area_type, form)
    column = next(
        name
        for name in chart.table.columns
        if name.startswith((MEASURES[measure].label, "Change", "Healthy life expectancy"))
        and (measure != "difference" or name.startswith("Difference"))
    )
    listed = chart.table.set_index("Code")[column]
    shown = areas_on(chart)
    assert set(listed.index) == set(shown)
    for code, (name, value, _) in shown.items():
        if name == "No data":
            assert pd.isna(listed[code])
        else:
            assert listed[code] == pytest.approx(value, abs=0.005)


@views
def test_an_area_without_a_figure_is_grey_named_in_the_legend_and_explained(
    measure: str, area_type: str, form: str
) -> None:
    chart = drawn(measure, area_type, form)
    missing = {code for code, (name, _, _) in areas_on(chart).items() if name == "No data"}
    expected = chart.table.iloc[:, 2:].isna().all(axis=1) if measure in {"level", "life-expectancy"} else None
    if expected is not None:
        assert missing == set(chart.table.loc[expected, "Code"])
    for trace in chart.figure.data:
        if trace.name == "No data":
            assert trace.colorscale[0][1] == LIGHT.no_figure
            assert all(len(reason) > 10 for reason in trace.customdata)
    if missing:
        assert any("too few residents" in caveat or "no life expectancy" in caveat for caveat in chart.caveats)


@views
def test_boundaries_come_by_address_and_hold_every_area_named(measure: str, area_type: str, form: str) -> None:
    for trace in drawn(measure, area_type, form, selected=MANCHESTER).figure.data:
        if trace.name == "London":  # a name: no area is drawn
            continue
        assert trace.geojson.startswith("app/static/boundaries/")
        assert set(trace.locations) <= codes_in(trace.geojson.rsplit("/", 1)[1])


@pytest.mark.parametrize("area_type", ["region", "combined-authority"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_classes_suit_the_level_so_that_none_is_empty_and_none_holds_half_of_the_areas(
    area_type: str, sex: str
) -> None:
    held = Counter(name for name, _, _ in areas_on(drawn("level", area_type, sex=sex)).values())
    named = [
        trace.name
        for trace in drawn("level", area_type, sex=sex).figure.data
        if trace.showlegend is not False and trace.hoverinfo != "skip"
    ]
    assert set(named) == set(held)
    assert 4 <= len(held) <= 6
    assert max(held.values()) < LEVELS[area_type] / 2


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("measure", ["level", "life-expectancy", "poor-health", "deprivation"])
def test_the_worst_is_darkest_on_light_and_dark_screens(measure: str, palette: Any) -> None:
    chart = main_map(tables(), view(measure, "utla"), palette=palette)
    shown = [(value, fill) for name, value, fill in areas_on(chart).values() if name != "No data"]
    ends = min(shown), max(shown)
    worst, best = ends[::-1] if measure in {"poor-health", "deprivation"} else ends
    assert contrast(worst[1], "#000000") < 3
    assert contrast(best[1], "#000000") > 10


def test_the_outline_of_the_city_of_london_does_not_fill_it_with_the_colour_of_a_class() -> None:
    for trace in drawn("level", "utla").figure.data:
        if trace.name == "No data":
            assert trace.marker.line.color == LIGHT.boundary
            assert trace.marker.line.width < 1


def test_land_without_a_combined_authority_is_in_the_key() -> None:
    [land] = [
        trace
        for trace in drawn("level", "combined-authority").figure.data
        if trace.name == "Blank: no combined authority"
    ]
    assert land.showlegend
    assert land.colorscale[0][1] == LIGHT.paper  # as no class and no missing figure is, but outlined
    assert land.marker.line.color == LIGHT.no_figure


@pytest.mark.parametrize("measure", ["level", "difference", "change", "deprivation"])
def test_each_region_bears_its_figure(measure: str) -> None:
    chart = drawn(measure, "region")
    [written] = [trace for trace in chart.figure.data if trace.name == "Values"]
    shown = {code: value for code, (_, value, _) in areas_on(chart).items()}
    assert set(written.locations) == set(shown)
    for code, text in zip(written.locations, written.text, strict=True):
        bare = text.removeprefix("<b>").removesuffix("</b>").replace("\N{MINUS SIGN}", "-")
        assert float(bare) == pytest.approx(shown[code], abs=0.0501)


def test_the_chosen_area_bears_its_name_figure_and_interval() -> None:
    hartlepool = "E06000001"
    [told] = [t for t in drawn("level", "utla", selected=hartlepool).figure.data if t.name == "Chosen figures"]
    assert list(told.locations) == [hartlepool]
    assert told.text[0].startswith("<b>Hartlepool</b><br>51.2 years<br>(47.1 to 55.2)")
    assert told.textposition.endswith("left")  # to the right is the enlarged London, which would hide them
    assert "markers" in told.mode  # the mark, though unseen, keeps them off the sign of its class
    assert not [t for t in drawn("level", "utla").figure.data if t.name == "Chosen figures"]


@views
def test_a_map_is_small_enough_to_be_sent_with_every_changed_control(measure: str, area_type: str, form: str) -> None:
    assert len(drawn(measure, area_type, form).figure.to_json()) <= MOST_BYTES


@views
def test_the_description_states_the_ends_the_period_and_what_is_missing(
    measure: str, area_type: str, form: str
) -> None:
    chart = drawn(measure, area_type, form)
    assert chart.alt != chart.title
    assert ("ile map of England" in chart.alt) == (form == "tiles")
    if measure != "deprivation":
        assert LATEST in chart.alt
        assert "women" in chart.alt
    shown = {code: value for code, (name, value, _) in areas_on(chart).items() if name != "No data"}
    if not shown:
        assert "No area has a figure" in chart.alt
        return
    names = chart.table.set_index("Code")["Area"]
    lowest, highest = min(shown, key=lambda code: shown[code]), max(shown, key=lambda code: shown[code])
    assert names[lowest] in chart.alt
    assert words.number(shown[lowest]) in chart.alt
    assert names[highest] in chart.alt
    assert words.number(shown[highest]) in chart.alt
    if len(shown) < LEVELS[area_type]:
        assert f"{LEVELS[area_type] - len(shown)} have no data" in chart.alt


@pytest.mark.parametrize("area_type", LEVELS)
@pytest.mark.parametrize("measure", ["level", "life-expectancy", "poor-health", "deprivation"])
def test_every_value_lies_in_the_class_that_its_legend_says(measure: str, area_type: str) -> None:
    for name, value, _ in areas_on(drawn(measure, area_type)).values():
        if name.startswith("Under "):
            assert value < float(name.split()[1])
        elif name.endswith(" or more"):
            assert value >= float(name.split()[0])
        elif name != "No data":
            low, high = float(name.split()[0]), float(name.split()[-1])
            assert low <= value < high


@pytest.mark.parametrize("measure", ["level", "difference"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_both_sexes_and_all_periods_have_the_same_classes(measure: str, sex: str) -> None:
    first = MapView(measure=measure, area_type="utla", sex="male" if sex == "female" else "female", period=FIRST)
    fills: dict[str, set[str]] = {}
    for chart in (drawn(measure, "utla", sex=sex), main_map(tables(), first)):
        for name, _, fill in areas_on(chart).values():
            fills.setdefault(name, set()).add(fill)
    assert all(len(found) == 1 for found in fills.values())
    assert len(fills) <= 7


def test_only_a_clear_difference_is_coloured() -> None:
    rows = map_rows(tables(), area_type="utla", sex="female", period=LATEST).set_index("area_code")
    for code, (name, value, _) in areas_on(drawn("difference", "utla")).items():
        standing = rows.loc[code, "against_england"]
        if standing == "not clearly different":
            assert name == "Not clearly different"
        elif standing != "no figure":
            assert ("Clearly lower" in name) == (value < 0)
            assert ("Clearly higher" in name) == (value > 0)


def test_the_finding_counts_what_is_clear() -> None:
    rows = map_rows(tables(), area_type="region", sex="male", period=LATEST)
    lower = ((rows["difference_years"] < 0) & (rows["difference_uci_95"] < 0)).sum()
    higher = ((rows["difference_years"] > 0) & (rows["difference_lci_95"] > 0)).sum()
    title = drawn("difference", "region", sex="male").title
    assert f"Men: {lower} of 9 regions clearly below England, {higher} clearly above" in title


def test_a_change_between_periods_that_share_years_is_called_not_tested() -> None:
    shown = MapView(measure="change", area_type="utla", sex="female", period=LATEST, since=PERIODS[-2])
    chart = main_map(tables(), shown)
    assert "not tested" in chart.title
    assert not any("Clearly" in name for name, _, _ in areas_on(chart).values())
    assert any("share years" in caveat for caveat in chart.caveats)


def test_london_is_drawn_once_more_enlarged_in_the_same_colours() -> None:
    chart = drawn("level", "utla")
    land, inset = areas_on(chart), areas_on(chart, geo="geo2")
    assert len(inset) == 33
    assert all(land[code] == inset[code] for code in inset)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("measure", MEASURES)
def test_every_tile_bears_its_name_in_letters_that_can_be_read(measure: str, palette: Any) -> None:
    chart = main_map(tables(), view(measure, "utla", "tiles"), palette=palette)
    names = next(trace for trace in chart.figure.data if trace.name == "Names")
    assert len(set(names.locations)) == 153
    fills = {code: fill for code, (_, _, fill) in areas_on(chart).items()}
    for code, colour in zip(names.locations, names.textfont.color, strict=True):
        assert colour == palette.on(fills[code])


def test_a_difference_is_told_by_a_sign_as_well_as_by_colour() -> None:
    chart = drawn("difference", "utla", "tiles")
    names = next(trace for trace in chart.figure.data if trace.name == "Names")
    text = dict(zip(names.locations, names.text, strict=True))
    for code, (name, value, _) in areas_on(chart).items():
        if name.startswith(("▲", "▼")):
            assert text[code].endswith(name.split()[0])
            assert ("▲" in name) == (value > 0)
        else:
            assert "<br>" not in text[code]
    land = drawn("difference", "combined-authority")
    on_land = next(trace for trace in land.figure.data if trace.name == "Signs")
    signs = {code: name.split()[0] for code, (name, _, _) in areas_on(land).items() if name.startswith(("▲", "▼"))}
    assert dict(zip(on_land.locations, on_land.text, strict=True)) == signs  # as in the key


@pytest.mark.parametrize("form", ["map", "tiles"])
def test_the_key_of_the_two_way_map_counts_every_area_once(form: str) -> None:
    chart = drawn("hle-deprivation", "utla", form)
    counts = [int(note.text) for note in chart.figure.layout.annotations if note.text.isdigit()]
    assert len(counts) == 9
    assert sum(counts) == 151
    held = Counter(name for name, _, _ in areas_on(chart).values())
    assert sorted(count for count in counts if count) == sorted(n for name, n in held.items() if name != "No data")
    fills = [note.bgcolor for note in chart.figure.layout.annotations if note.text.isdigit()]
    assert fills == [colour for row in LIGHT.two_way for colour in row]


def test_deprived_areas_with_few_healthy_years_get_the_last_colour() -> None:
    blackpool = areas_on(drawn("hle-deprivation", "utla"))["E06000009"]
    assert blackpool[0] == "Lowest third by healthy life, highest by deprivation"
    assert blackpool[2] == LIGHT.two_way[2][2]


def outlined(chart: Chart) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (trace.geojson.rsplit("/", 1)[1], tuple(trace.locations))
        for trace in chart.figure.data
        if trace.name == "Chosen place"
    ]


def test_a_chosen_place_is_outlined_on_land_and_in_the_inset() -> None:
    assert outlined(drawn("level", "utla", selected=MANCHESTER)) == [("utla.geojson", (MANCHESTER,))] * 2
    assert len(outlined(drawn("level", "utla", selected=LAMBETH))) == 4


def test_a_larger_place_is_outlined_by_its_own_boundary_or_by_its_tiles() -> None:
    on_land = outlined(drawn("level", "utla", selected=GREATER_MANCHESTER))
    assert on_land[0] == ("combined-authority.geojson", (GREATER_MANCHESTER,))
    file, tiles = outlined(drawn("level", "utla", "tiles", selected=GREATER_MANCHESTER))[0]
    assert (file, len(tiles)) == ("tiles.geojson", 10)
    assert len(outlined(drawn("level", "utla", "tiles", selected=LONDON))[0][1]) == 33


def test_no_place_chosen_leaves_nothing_outlined() -> None:
    assert outlined(drawn("level", "utla")) == []


def test_an_empty_class_does_not_shift_the_colours_of_the_others() -> None:
    rows = pd.DataFrame({"area_code": ["a", "b"], "hle_years": [50.0, 70.0]})
    classes = map_classes(rows.to_dict("records"), MEASURES["level"], Scale(edges=(58, 60, 62, 64, 66)), LIGHT)
    assert [len(one.rows) for one in classes] == [1, 0, 0, 0, 0, 1]
    assert [one.colour for one in classes] == list(LIGHT.sequence)[::-1]


@pytest.mark.parametrize("form", ["map", "tiles"])
@pytest.mark.parametrize("area_type", LEVELS)
@pytest.mark.parametrize("measure", SERIES)
def test_small_maps_have_one_scale_and_the_numbers_of_their_table(measure: str, area_type: str, form: str) -> None:
    chart = maps_by_period(tables(), view(measure, area_type, form))
    periods = [name.removesuffix(" (years)") for name in chart.table.columns if name.endswith("(years)")]
    assert periods == ["2013 to 2015", "2016 to 2018", "2019 to 2021", "2022 to 2024"]
    fills: dict[str, set[str]] = {}
    for position, period in enumerate(periods):
        shown = areas_on(chart, geo="geo" if position == 0 else f"geo{position + 1}")
        assert len(shown) == LEVELS[area_type]
        listed = chart.table.set_index("Code")[f"{period} (years)"]
        for code, (name, value, fill) in shown.items():
            fills.setdefault(name, set()).add(fill)
            assert (np.isnan(listed[code]) and name == "No data") or listed[code] == pytest.approx(value, abs=0.005)
    assert all(len(found) == 1 for found in fills.values())
    assert len(chart.figure.to_json()) <= MOST_BYTES


@pytest.mark.parametrize("measure", SERIES)
def test_the_legend_of_small_maps_names_each_class_once_and_in_order(measure: str) -> None:
    chart = maps_by_period(tables(), view(measure, "utla"))
    named = [
        (trace.legendrank, trace.name)
        for trace in chart.figure.data
        if trace.type == "choropleth" and trace.showlegend is not False and trace.hoverinfo != "skip"
    ]
    assert len({name for _, name in named}) == len(named)
    assert len({rank for rank, _ in named}) == len(named)
    assert {name for _, name in named} == {
        name for geo in ("geo", "geo2", "geo3", "geo4") for name, _, _ in areas_on(chart, geo=geo).values()
    }


def test_small_maps_count_the_lowest_class_then_and_now() -> None:
    chart = maps_by_period(tables(), view("level", "utla"))
    then, now = ((chart.table[f"{period} (years)"] < 58).sum() for period in ("2013 to 2015", LATEST))
    assert chart.title == f"Women: authorities under 58 healthy years rose from {then} to {now} of 151"
    assert "2013 to 2015 to 2022 to 2024" in chart.alt


def test_a_title_about_few_of_the_areas_says_so() -> None:
    shown = MapView(measure="poor-health", area_type="utla", sex="female", period=FIRST)
    assert main_map(tables(), shown).title.startswith("Women: of 21 authorities with a figure, ")
    assert "with a figure" not in drawn("poor-health", "utla").title


def test_life_expectancy_of_two_releases_names_both() -> None:
    shown = MapView(measure="life-expectancy", area_type="utla", sex="female", period=FIRST)
    chart = main_map(tables(), shown)
    assert "released 10 December 2025" in chart.source
    assert "December 2024" in chart.source
    assert any("two releases" in caveat for caveat in chart.caveats)
    assert "December 2024" not in drawn("life-expectancy", "utla").source
