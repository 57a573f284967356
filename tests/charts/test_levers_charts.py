"""The charts about building blocks and local action draw what the tables say, and claim no effect."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from held_periods import LATEST, PERIODS

from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT
from charts.kit.words import listed
from charts.levers.action_record import action_record
from charts.levers.better_than_predicted import better_than_predicted_chart
from charts.levers.lever_associations import lever_associations
from charts.levers.lever_departments import departments_table, lever_departments
from charts.levers.lever_gaps import lever_gaps, with_gaps
from charts.levers.lever_over_time import lever_over_time
from charts.levers.lever_weakest import weakest_blocks_chart
from charts.levers.local_action import action_differences
from charts.levers.rows import mark_heights
from charts.levers.vertical_line import vertical_line
from charts.levers.who_can_act import basis_table, holders_table, level_sentence
from charts.levers.words import said, scope, short_department
from pipeline.measures.places.better_than_predicted import better_than_predicted
from pipeline.measures.places.building_blocks import latest_figures
from pipeline.measures.places.similar_places import similar_places, weakest_blocks
from pipeline.processed import Tables
from pipeline.sources.levers import SIGNS

WIGAN = "E08000010"
CASES = ("4.A", "4.B", "5.A", "5.B", "6.A", "6.B", "7.A", "7.B", "8.A", "8.B", "8.C", "9.A", "9.B")
EFFECT_WORDS = ("because", "thanks to", "caused", "led to", "as a result", "succeeded", "worked", "impact")


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def rows() -> pd.DataFrame:
    return with_gaps(*(tables().table(name) for name in ("levers", "lever_gaps", "lever_changes")))


def traces(chart: Chart) -> dict[str, object]:
    return {trace.name: trace for trace in chart.figure.data}


def gaps_chart(**options: object) -> Chart:
    return lever_gaps(rows(), chosen=scope(len(rows())), build="x", **options)  # type: ignore[arg-type]


def associations_chart(sex: str = "female", **options: object) -> Chart:
    levers = tables().table("levers")
    return lever_associations(
        tables().table("lever_associations"), levers, sex=sex, chosen=scope(30), build="x", **options
    )  # type: ignore[arg-type]


def weakest_chart(**options: object) -> Chart:
    levers, areas = tables().table("levers"), tables().table("areas")
    names = areas.set_index("area_code")["area_name"]
    with_hle = set(areas.loc[(areas["area_type"] == "utla") & areas["no_hle_reason"].isna(), "area_code"])
    scores = tables().table("deprivation")
    similar = similar_places(scores[scores["area_code"].isin(with_hle)], [WIGAN])
    latest = latest_figures(tables().table("building_blocks"))
    found = weakest_blocks(
        latest[latest["area_code"].isin(with_hle)],
        area_code=WIGAN,
        similar=similar,
        signs={row["indicator"]: SIGNS[row["polarity"]] for row in levers.to_dict("records")},
    )
    return weakest_blocks_chart(
        found,
        levers,
        place="Wigan",
        similar=[names[code] for code in similar],
        build="x",
        **options,  # type: ignore[arg-type]
    )


def line_chart(**options: object) -> Chart:
    table = pd.DataFrame(
        {
            "area_name": ["England", "North West", "Greater Manchester", "Wigan"],
            "area_type": ["country", "region", "combined-authority", "utla"],
            "value": [61.3, 59.2, None, 55.1],
            "lci_95": [61.0, 58.4, None, 50.1],
            "uci_95": [61.6, 60.0, None, 60.1],
        }
    )
    return vertical_line(
        table,
        measure="Healthy life expectancy at birth, women",
        unit="years",
        period=LATEST,
        can_act="",
        source="Source: ONS",
        **options,  # type: ignore[arg-type]
    )


def record_chart(case: str, sex: str = "female", **options: object) -> Chart:
    cases, series, records = (
        tables().table(name) for name in ("local_action", "local_action_series", "local_action_records")
    )
    of_case = series[(series["case"] == case) & (series["sex"] == sex)]
    record = records[(records["case"] == case) & (records["sex"] == sex)]
    return action_record(
        cases[cases["case"] == case].iloc[0],
        of_case.reset_index(drop=True),
        None if record.empty else record.iloc[0],
        similar=[] if of_case["similar_years"].isna().all() else [f"Place {i}" for i in range(15)],
        sex=sex,
        release="2026-02-19",
        build="x",
        **options,  # type: ignore[arg-type]
    )


def differences_chart(sex: str = "female", **options: object) -> Chart:
    records = tables().table("local_action_records")
    return action_differences(
        tables().table("local_action"),
        records[records["sex"] == sex],
        sex=sex,
        release="2026-02-19",
        build="x",
        **options,
    )  # type: ignore[arg-type]


def learning_chart(sex: str = "female", **options: object) -> Chart:
    residuals = tables().table("residuals")
    residuals = residuals[residuals["sex"] == sex]
    return better_than_predicted_chart(
        better_than_predicted(residuals),
        areas=151,
        by_luck=151 / 16,
        periods=sorted(residuals["period"].unique()),
        sex=sex,
        release="2026-02-19",
        build="x",
        **options,
    )  # type: ignore[arg-type]


def over_time_chart(indicator: str = "claimant-count", **options: object) -> Chart:
    gaps = tables().table("lever_gaps")
    lever = rows().set_index("indicator", drop=False).loc[indicator]
    return lever_over_time(lever, gaps[gaps["indicator"] == indicator], build="x", **options)  # type: ignore[arg-type]


def departments_chart(**options: object) -> Chart:
    return lever_departments(rows(), build="x", **options)  # type: ignore[arg-type]


EVERY_CHART = {
    "gaps": gaps_chart,
    "over-time": over_time_chart,
    "associations": associations_chart,
    "departments": departments_chart,
    "weakest": weakest_chart,
    "line": line_chart,
    "record": lambda **options: record_chart("4.A", **options),
    "differences": differences_chart,
    "learning": learning_chart,
}


@pytest.mark.parametrize("name", EVERY_CHART)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_chart_says_its_finding_its_source_and_its_figures_in_words(name, palette):
    chart = EVERY_CHART[name](palette=palette)
    assert len(chart.title) > 20
    assert chart.alt != chart.title
    assert len(chart.alt) > 60
    assert chart.source.startswith("Source: ")
    assert chart.figure.layout.title.text is None
    assert not chart.table.empty
    assert chart.table.columns.is_unique
    words = " ".join([chart.title, chart.subtitle, chart.settings, chart.alt, chart.source, *chart.caveats])
    assert "nan" not in words.split()
    assert "  " not in words


@pytest.mark.parametrize("name", EVERY_CHART)
def test_every_drawn_mark_has_its_number_in_the_table(name):
    chart = EVERY_CHART[name]()
    numbers = chart.table.select_dtypes("number").to_numpy().astype(float)
    in_table = numbers[~np.isnan(numbers)]
    for trace in chart.figure.data:
        if trace.type == "bar" or "markers" in (trace.mode or ""):
            drawn = trace.y if name in {"record", "over-time"} else trace.x
            assert len(drawn) > 0
            assert max(np.abs(in_table - float(value)).min() for value in drawn) < 0.0051  # two decimals


def test_each_building_block_has_one_row_one_mark_and_its_name():
    chart = gaps_chart()
    drawn = traces(chart)
    assert len(drawn["Latest period"].x) == len(drawn["row names"].text) == 30
    assert list(drawn["Latest period"].y) == mark_heights(30)
    for label, text in zip(rows()["label"], drawn["row names"].text, strict=True):
        assert label in text


def test_the_first_period_is_drawn_only_where_there_is_one_before_the_latest():
    drawn = traces(gaps_chart())["First period since 2011"]
    single = (rows()["moved"] == "one period").sum()
    assert single > 0
    assert len(drawn.x) == 30 - single


def test_no_mark_lies_outside_the_axis():
    for name in ("gaps", "associations", "weakest", "differences", "learning"):
        chart = EVERY_CHART[name]()
        low, high = chart.figure.layout.xaxis.range
        for trace in chart.figure.data:
            if trace.mode == "markers":
                assert low < min(trace.x)
                assert max(trace.x) < high


def test_worse_off_and_better_off_differ_in_shape_as_well_as_colour():
    marker = traces(gaps_chart())["Latest period"].marker
    pairs = set(zip(marker.color, marker.symbol, strict=True))
    assert len(pairs) == len({symbol for _, symbol in pairs}) == 3


def test_the_title_counts_the_blocks_on_which_the_most_deprived_fifth_is_worse_off():
    worse = (rows()["gap_sd"] > 0.1).sum()
    assert f"worse off on {worse} of 30 building blocks" in gaps_chart().title


def test_a_slide_shows_the_widest_gaps_and_the_table_still_has_all():
    chart = gaps_chart(at_most=8)
    assert len(traces(chart)["Latest period"].x) == 8
    assert len(chart.table) == 30
    kept = rows().loc[rows()["gap_sd"].abs().nlargest(8).index, "label"]
    assert set(kept) == {text.split("</b>")[0][3:] for text in traces(chart)["row names"].text}


def test_missing_authorities_are_counted_in_the_table_and_spoken_of():
    chart = gaps_chart()
    counts = chart.table.set_index("Building block")["Authorities with a figure, most and least deprived fifth"]
    assert counts["Early cancer diagnosis"] == "25 of 31, 24 of 30"
    assert any("early cancer diagnosis" in caveat for caveat in chart.caveats)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_associations_say_that_they_are_no_cause_and_how_many_comparisons_were_made(sex):
    chart = associations_chart(sex)
    assert "Association does not prove causation" in chart.settings
    assert any("false discovery rate" in caveat for caveat in chart.caveats)
    assert any("index of deprivation itself" in caveat for caveat in chart.caveats)


def test_only_blocks_that_went_with_longer_lives_before_can_still_do_so_after():
    found = tables().table("lever_associations")
    wide = found[found["sex"] == "female"].pivot_table(
        index="indicator", columns="allowing_for", values=["correlation", "stands_out"]
    )
    before = (wide["correlation"]["nothing"] > 0) & (wide["stands_out"]["nothing"] > 0)
    after = before & (wide["correlation"]["deprivation"] > 0) & (wide["stands_out"]["deprivation"] > 0)
    title = associations_chart().title
    assert f"{before.sum()} of 30 go with longer healthy lives" in title
    assert f"{after.sum()} of these at equal deprivation" in title


def test_each_department_has_a_bar_as_long_as_what_it_leads_on():
    chart = departments_chart()
    bars = [trace for trace in chart.figure.data if trace.type == "bar"]
    totals = dict.fromkeys(bars[0].customdata, 0)
    for bar in bars:
        for name, count in zip(bar.customdata, bar.x, strict=True):
            totals[name] += count
    expected = tables().table("levers")["department"].value_counts().to_dict()
    assert totals == expected
    assert sum(totals.values()) == 30


def test_each_department_has_its_widest_gap_in_one_row_and_the_widest_of_all_is_first():
    table = departments_table(rows())
    widest = rows().groupby("department")["gap_sd"].max().sort_values(ascending=False)
    assert table["Department"].tolist() == [short_department(name) for name in widest.index]
    assert table["Leads on"].sum() == 30
    assert table["Widest gap"].iloc[0] == "Child poverty after housing costs"


def test_a_gap_narrows_or_widens_and_nobody_catches_up():
    title = over_time_chart("child-poverty-after-housing").title
    assert "39.3% against 18.2%; the gap has narrowed" in title
    for name in ("gaps", "over-time", "departments"):
        chart = EVERY_CHART[name]()
        assert "caught up" not in " ".join([chart.title, chart.subtitle, chart.alt, *chart.caveats]).lower()


def test_a_slide_of_ten_says_that_ten_are_drawn():
    assert gaps_chart(at_most=10).settings.startswith("The 10 widest gaps of 30 building blocks.")
    assert gaps_chart().settings.startswith("30 building blocks.")


def test_what_a_level_can_act_on_is_counted_from_the_facts():
    levels = tables().table("levers")["level"].str.split()
    combined = sum("combined-authority" in held for held in levels)
    assert f"can act on {combined} of 30 building blocks" in level_sentence(rows(), "combined-authority")
    assert (holders_table(tables().table("levers"))["Combined authority"] == "yes").sum() == combined


def test_every_building_block_has_the_law_or_document_behind_it():
    table = basis_table(tables().table("levers"))
    named = {label for cell in table["Building blocks"] for label in cell.split(", ")}
    assert named == set(tables().table("levers")["label"])


def test_the_weakest_blocks_come_first_and_the_similar_places_are_named():
    chart = weakest_chart()
    drawn = traces(chart)["Wigan"]
    assert list(drawn.x) == sorted(drawn.x)
    assert len(drawn.x) == 10
    assert "Sefton" in chart.settings
    assert "whatever the region" in chart.settings


def test_the_line_runs_from_the_nation_down_and_says_what_is_not_published():
    chart = line_chart()
    assert list(traces(chart)["Healthy life expectancy at birth, women"].customdata) == [
        "England",
        "North West",
        "Wigan",
    ]
    assert [note.text.split("</b>")[0][3:] for note in chart.figure.layout.annotations] == [
        "England",
        "North West",
        "Greater Manchester",
        "Wigan",
    ]
    assert "Not published for Greater Manchester." in chart.caveats
    assert chart.table["Level"].tolist() == ["Nation", "Region", "Combined authority", "Authority"]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("sex", ["female", "male"])
def test_no_case_claims_an_effect(case, sex):
    chart = record_chart(case, sex)
    words = " ".join([chart.title, chart.subtitle, chart.settings, chart.alt]).lower()
    assert not [word for word in EFFECT_WORDS if word in words]
    if chart.table.shape[1] == 5:
        assert any("cannot show what the action did" in caveat for caveat in chart.caveats)


def test_a_case_without_a_year_and_a_case_of_a_country_say_why_there_is_no_comparison():
    assert "gives no year" in record_chart("5.A").title
    assert "no similar places" in record_chart("8.B").title
    assert "England" in record_chart("8.B").title


def test_a_place_is_drawn_for_every_period_with_its_interval():
    chart = record_chart("9.A")
    place = traces(chart)["Wigan"]
    assert len(place.x) == len(place.y) == len(PERIODS)
    assert list(place.x) == sorted(place.x)
    assert len(traces(chart)["15 similar places"].y) == len(PERIODS)
    assert len(traces(chart)["95% interval"].y) == 24


def test_all_comparable_cases_stand_side_by_side_and_the_others_are_named():
    chart = differences_chart()
    assert len(chart.table) == 9
    assert any("Sunderland" in caveat and "UK" in caveat for caveat in chart.caveats)
    assert "none of 9 cases clearly moved apart" in chart.title


def test_the_list_to_learn_from_says_how_many_luck_alone_would_give():
    chart = learning_chart()
    assert "luck alone gives about 9" in chart.title
    assert (chart.table["Smallest of the periods (years)"] > 0).all()


@pytest.mark.parametrize(
    ("value", "unit", "short"),
    [
        (18.24, "%", "18.2%"),
        (29634.26, "pounds", "\N{POUND SIGN}29,634"),
        (9.23, "times earnings", "9.2 times"),
        (11.77, "minutes", "11.8 min"),
        (4305.8, "per 100,000 residents", "4,306"),
        (7.519, "score out of 10", "7.52"),
        (61.25, "years", "61.3"),
    ],
)
def test_each_unit_is_said_in_its_own_way(value, unit, short):
    assert said(value, unit) == short


def test_names_are_listed_as_people_say_them():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_the_settings_line_says_which_blocks_are_shown():
    assert scope(30) == "30 building blocks."
    assert scope(1, level="local", horizon="short") == "1 building block on which a council can act, short term."
    assert "led by HM Treasury" in scope(3, department="HM Treasury")
