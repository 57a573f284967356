"""The Deprivation charts draw what the tables hold: every group, the intervals where published, the finding in words."""

import re
from functools import cache

import numpy as np
import pandas as pd
import pytest
from held_periods import LATEST, PERIODS

from charts.deprivation.against_deprivation import against_deprivation
from charts.deprivation.lasting import lasting
from charts.deprivation.pockets import pockets_profile
from charts.deprivation.sentences import pockets_sentence, spread_sentence, summary_table
from charts.deprivation.slopes import slopes_over_time
from charts.deprivation.tenths import tenths
from charts.deprivation.two_slopes import two_slopes
from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT
from pipeline import store
from pipeline.answers.deprivation import (
    furthest_from_prediction,
    outside_most_deprived_fifth,
    rows_of,
    slope_trend,
    with_the_most_deprived_small_area,
)
from pipeline.errors import UsageError
from pipeline.processed import Tables
from pipeline.tables import RAW

SEXES = ("female", "male")
ESSEX, BIRMINGHAM, WOKINGHAM = "E10000012", "E08000025", "E06000041"


@cache
def tables() -> Tables:
    return Tables.open()


def of_tenths() -> str:
    """Return the newest period of tenths, which are published on a day of their own."""
    return str(tables().newest("hle_deciles")["period"].max())


def decile_rows(sex: str, period: str = "") -> pd.DataFrame:
    return rows_of(tables().newest("hle_deciles"), sex=sex, period=period or of_tenths())


def tenths_chart(sex: str, **look: object) -> Chart:
    return tenths(decile_rows(sex), build="x", **look)


def two_slopes_chart(sex: str, **look: object) -> Chart:
    lines = rows_of(tables().table("slopes"), groups="deciles", sex=sex, period=of_tenths())
    return two_slopes(decile_rows(sex), lines, build="x", **look)


def slopes_chart(sex: str, groups: str = "regions", index: str = "sii", **look: object) -> Chart:
    return slopes_over_time(
        rows_of(tables().table("slopes"), groups=groups, sex=sex),
        index=index,
        trend=slope_trend(tables().table("trends"), groups=groups, sex=sex),
        release="2026-02-19",
        build="x",
        **look,
    )


def places_chart(sex: str, selected: str = ESSEX, **look: object) -> Chart:
    rows = rows_of(tables().table("residuals"), sex=sex, period=LATEST)
    return against_deprivation(rows, tables().table("deprivation"), selected=selected, build="x", **look)


def lasting_chart(sex: str, **look: object) -> Chart:
    held = rows_of(tables().table("places"), sex=sex).set_index("area_code")["held_in_every_period"]
    return lasting(furthest_from_prediction(tables().table("residuals"), sex=sex), held, build="x", **look)


def pockets_chart(area_code: str = ESSEX, **look: object) -> Chart:
    name = tables().table("areas").set_index("area_code").loc[area_code, "area_name"]
    rows = rows_of(tables().table("pockets"), area_code=area_code)
    return pockets_profile(rows, name=str(name), release="2025-10", build="x", **look)


def all_charts(**look: object) -> list[Chart]:
    return [
        *(draw(sex, **look) for draw in (tenths_chart, two_slopes_chart, places_chart, lasting_chart) for sex in SEXES),
        *(
            slopes_chart(sex, groups, index, **look)
            for sex in SEXES
            for groups in ("deciles", "regions", "authorities")
            for index in ("sii", "rii")
        ),
        *(pockets_chart(code, **look) for code in (ESSEX, BIRMINGHAM, WOKINGHAM)),
    ]


def traces(chart: Chart) -> dict[str, object]:
    return {trace.name: trace for trace in chart.figure.data}


def numbers_in(table: pd.DataFrame) -> np.ndarray:
    return table.select_dtypes("number").to_numpy(dtype=float).ravel()


@pytest.mark.parametrize("sex", SEXES)
def test_bars_of_each_tenth_reach_its_life_expectancy_in_two_parts(sex: str) -> None:
    good, rest = tenths_chart(sex).figure.data
    rows = decile_rows(sex)
    assert len(good.x) == len(rest.x) == 10
    assert list(good.x) == rows["hle_years"].tolist()
    assert np.asarray(good.x) + np.asarray(rest.x) == pytest.approx(rows["le_years"].to_numpy())
    assert [text.strip("</b>") for text in good.text] == [f"{value:.1f}" for value in rows["hle_years"]]


def test_the_tenths_say_that_no_interval_is_held_and_draw_it_as_soon_as_it_is() -> None:
    chart = tenths_chart("male")
    assert chart.figure.data[0].error_x.array is None
    assert any("no intervals" in caveat for caveat in chart.caveats)
    rows = decile_rows("male").assign(
        hle_lci_95=lambda t: t["hle_years"] - 0.4, hle_uci_95=lambda t: t["hle_years"] + 0.4
    )
    with_intervals = tenths(rows, build="x")
    assert list(with_intervals.figure.data[0].error_x.array) == pytest.approx([0.4] * 10)
    assert not any("no intervals" in caveat for caveat in with_intervals.caveats)
    assert "Lower 95% limit" in with_intervals.table


def test_the_title_of_the_tenths_gives_both_differences_that_ons_figures_give() -> None:
    chart = tenths_chart("female")
    assert chart.title == "Women in the most deprived tenth have 20.3 fewer healthy years"
    assert "8.1 years shorter" in chart.settings


@pytest.mark.parametrize(("sex", "published"), [("male", 19.3), ("female", 20.1)])
def test_the_fitted_line_climbs_by_the_published_slope_index(sex: str, published: float) -> None:
    line = traces(two_slopes_chart(sex))["Healthy life expectancy, slope"]
    assert len(line.y) == 2
    assert line.y[1] - line.y[0] == pytest.approx(published, abs=0.1)


def test_both_slopes_stand_on_one_axis_so_that_they_can_be_compared() -> None:
    figure = two_slopes_chart("male").figure
    assert {trace.yaxis for trace in figure.data} == {None}
    low, high = figure.layout.yaxis.range
    drawn = [value for trace in figure.data for value in trace.y]
    assert low < min(drawn)
    assert max(drawn) < high


@pytest.mark.parametrize(
    ("groups", "count"), [("deciles", 10), ("regions", len(PERIODS)), ("authorities", len(PERIODS))]
)
@pytest.mark.parametrize("index", ["sii", "rii"])
def test_every_period_has_one_point_and_bands_stand_where_intervals_are_published(
    groups: str, count: int, index: str
) -> None:
    named = traces(slopes_chart("female", groups, index))
    line = named["Healthy life expectancy"]
    assert len(line.x) == len(line.y) == count
    assert list(line.x) == sorted(line.x)
    assert ("Healthy life expectancy, 95% interval" in named) == (groups != "deciles")
    assert ("Life expectancy" in named) == (groups != "authorities")


def test_an_unclear_trend_is_called_unclear_and_a_clear_one_is_named() -> None:
    assert "no clear trend" in slopes_chart("female", "deciles").title
    rows = rows_of(tables().table("slopes"), groups="regions", sex="female")
    trend = slope_trend(tables().table("trends"), groups="regions", sex="female")
    assert trend is not None
    for pace, low, high, word in ((0.3, 0.1, 0.5, "steepening by 0.30"), (-0.3, -0.5, -0.1, "flattening by 0.30")):
        changed = trend.copy()
        changed[["pace_years_per_year", "pace_lci_95", "pace_uci_95"]] = [pace, low, high]
        chart = slopes_over_time(rows, index="sii", trend=changed, release="2026-02-19", build="x")
        assert word in chart.title


def test_slopes_without_an_interval_say_so_beside_the_chart() -> None:
    assert any("no intervals" in caveat for caveat in slopes_chart("male", "deciles").caveats)
    assert not any("no intervals" in caveat for caveat in slopes_chart("male", "regions").caveats)


@pytest.mark.parametrize("sex", SEXES)
def test_every_authority_is_one_point_and_the_line_falls_with_deprivation(sex: str) -> None:
    named = traces(places_chart(sex, selected=""))
    points = [trace for name, trace in named.items() if name != "Predicted by deprivation"]
    assert sum(len(trace.x) for trace in points) == 151
    line = named["Predicted by deprivation"]
    assert len(line.x) == 2
    assert line.y[0] > line.y[1]


@pytest.mark.parametrize(("sex", "place"), [("male", "Birmingham"), ("female", "Croydon")])
def test_who_stands_out_is_named_in_title_label_and_description(sex: str, place: str) -> None:
    chart = places_chart(sex, selected="")
    assert place in chart.title
    assert place in chart.alt
    assert [place in annotation.text for annotation in chart.figure.layout.annotations] == [True]


def test_the_most_deprived_are_on_the_left_as_on_the_other_charts() -> None:
    assert places_chart("female").figure.layout.xaxis.autorange == "reversed"
    assert two_slopes_chart("female").figure.layout.xaxis.ticktext[0].endswith("most")


@pytest.mark.parametrize("sex", SEXES)
def test_authorities_better_and_worse_than_predicted_have_a_heading_each(sex: str) -> None:
    chart = lasting_chart(sex)
    latest = dict(zip(chart.table["Authority"], chart.table[f"{LATEST} (years)"], strict=True))
    rows = chart.figure.layout.yaxis.tickvals
    at = rows.index("Worse than predicted")
    assert rows[0] == "Better than predicted"
    assert all(latest[name] > 0 for name in rows[1:at])
    assert all(latest[name] < 0 for name in rows[at + 1 :])


def test_nobody_is_named_when_noise_explains_all() -> None:
    rows = rows_of(tables().table("residuals"), sex="male", period=LATEST).assign(stands_out=False)
    chart = against_deprivation(rows, tables().table("deprivation"), selected="", build="x")
    assert "none of 151 authorities" in chart.title
    assert not chart.figure.layout.annotations


def test_several_that_stand_out_are_counted_by_side() -> None:
    rows = rows_of(tables().table("residuals"), sex="male", period=LATEST)
    rows["stands_out"] = rows["residual_z"].abs() >= rows["residual_z"].abs().nlargest(6).min()
    title = against_deprivation(rows, tables().table("deprivation"), selected="", build="x").title
    better, worse = ((rows["stands_out"] & (rows["residual_years"] * sign > 0)).sum() for sign in (1, -1))
    assert f"{better} clearly better" in title
    assert f"{worse} clearly worse" in title


def test_the_chosen_place_is_ringed_and_a_region_is_not_an_authority() -> None:
    chosen = traces(places_chart("female", selected=ESSEX))["Chosen place"]
    assert [name for name, _ in chosen.customdata] == ["Essex"]
    assert "Chosen place" not in traces(places_chart("female", selected="E12000001"))


@pytest.mark.parametrize("sex", SEXES)
def test_those_furthest_away_have_one_point_in_each_of_four_periods(sex: str) -> None:
    chart = lasting_chart(sex)
    earlier = traces(chart)["Earlier periods"]
    latest = [trace for name, trace in traces(chart).items() if name.startswith("Latest")]
    assert len(earlier.x) == 3 * 12
    assert sum(len(trace.x) for trace in latest) == 12
    assert all(trace.error_x.array is not None for trace in latest)


def test_a_place_counts_as_lasting_only_if_all_its_points_lie_on_one_side() -> None:
    chart = lasting_chart("female")
    periods = [column for column in chart.table if column.endswith("(years)")]
    same_side = chart.table[periods].gt(0).all(axis=1) | chart.table[periods].lt(0).all(axis=1)
    assert (chart.table["Same side every time"] == "yes").tolist() == same_side.tolist()
    assert f"{same_side.sum()} were so in all 4 periods" in chart.title
    assert 0 < same_side.sum() < 12


def test_the_shares_of_a_place_add_up_to_all_its_residents() -> None:
    bars = pockets_chart(BIRMINGHAM).figure.data[0]
    assert len(bars.x) == 10
    assert sum(bars.x) == pytest.approx(100, abs=0.05)


def test_a_place_without_deprived_small_areas_is_said_to_have_none() -> None:
    assert "none live in England's most deprived tenth" in pockets_chart(WOKINGHAM).title


def test_the_screen_opens_on_the_authority_with_the_most_deprived_small_area() -> None:
    # Part of Jaywick in Tendring, Essex, has been ranked first since the index of 2010.
    assert with_the_most_deprived_small_area(tables().table("pockets"), tables().table("areas")) == ESSEX


def test_people_missed_by_a_policy_for_the_most_deprived_authorities_are_counted_from_small_areas() -> None:
    small = store.read(RAW["deprivation_lsoa"], max((store.RAW_FOLDER / "deprivation_lsoa").glob("*.csv")))
    first_fifth = tables().table("deprivation").query("imd_rank <= 31")["area_code"]  # 31 of 153
    authority = tables().table("districts").set_index("district_code")["area_code"]
    small["area_code"] = small["district_code"].map(authority)
    tenth = small[small["imd_decile"] == 1]
    missed = tenth.loc[~tenth["area_code"].isin(first_fifth), "residents"].sum()
    found = outside_most_deprived_fifth(tables().table("pockets"), tables().table("deprivation"))
    assert found.people == missed
    assert found.share == pytest.approx(missed / tenth["residents"].sum())
    assert f"{found.share:.0%}" in pockets_sentence(found)


def test_the_spread_is_said_with_and_without_noise() -> None:
    row = rows_of(tables().table("spread"), sex="male", period=LATEST).iloc[0]
    assert "18.4 years" in spread_sentence(row)
    assert "about 16 years" in spread_sentence(row)


def test_the_summary_table_has_every_measure_once_in_both_periods() -> None:
    rows = rows_of(tables().table("inequality"), sex="male")
    table = summary_table(rows)
    assert list(table.columns) == ["Measure", "Unit", "2011 to 2013", LATEST]
    assert table["Measure"].is_unique
    assert len(table) == len(rows.drop_duplicates(["measure", "order"]))
    difference = table.set_index("Measure").loc["Difference, by income", LATEST]
    assert difference == "5.90 (4.70 to 7.10)"


def test_every_chart_differs_in_title_and_description_and_gives_range_and_period() -> None:
    for chart in all_charts():
        assert chart.alt != chart.title
        assert len(chart.alt) > 80
        assert re.search(r"\d{4} to \d{4}|2025", chart.alt), chart.id
        assert len(re.findall(r"\d+\.\d", chart.alt)) >= 2, chart.id
        assert "nan" not in f"{chart.title} {chart.subtitle} {chart.alt}".lower().replace("finance", "")
        assert "released" in chart.source
        assert "Build x" in chart.source


def test_every_drawn_figure_of_a_group_or_place_stands_in_the_table() -> None:
    for chart in all_charts():
        held = numbers_in(chart.table)
        for trace in chart.figure.data:
            if trace.hoverinfo == "skip" or trace.name == "Predicted by deprivation":  # bands, and the line's two ends
                continue
            for value in trace.x if trace.orientation == "h" or chart.id == "deprivation-lasting" else trace.y:
                assert np.nanmin(np.abs(held - float(value))) < 0.0051, (chart.id, trace.name, value)


def test_a_chart_in_the_dark_shows_the_same_figures_in_other_colours() -> None:
    for light, dark in zip(all_charts(palette=LIGHT), all_charts(palette=DARK), strict=True):
        assert light.title == dark.title
        assert light.figure.layout.paper_bgcolor != dark.figure.layout.paper_bgcolor
        for one, other in zip(light.figure.data, dark.figure.data, strict=True):
            assert list(one.x) == list(other.x)


def test_file_names_say_chart_sex_and_period_and_are_distinct() -> None:
    stems = [chart.file_stem for chart in all_charts()]
    assert len(set(stems)) == len(stems)
    assert all(re.fullmatch(r"[a-z0-9-]+", stem) for stem in stems)


def test_rows_that_are_not_there_are_refused_in_plain_words() -> None:
    with pytest.raises(UsageError, match="no figures for sex male, period 1999 to 2001"):
        decile_rows("male", "1999 to 2001")
