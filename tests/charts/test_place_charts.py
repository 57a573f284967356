"""The charts about one place draw its own figures, with their intervals, and say what they show in words."""

from functools import cache

import pytest

from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT, Palette
from charts.place.place_hle import place_hle
from charts.place.place_le import place_le
from charts.place.place_peers import place_peers
from charts.place.place_ranks import place_ranks
from charts.place.place_residuals import place_residuals
from charts.place.place_standing import place_standing
from pipeline.answers.place import profile
from pipeline.processed import Tables

HARTLEPOOL, SURREY, NORTH_EAST, TEES_VALLEY = "E06000001", "E10000030", "E12000001", "E47000006"
PEOPLE = {"female": "women", "male": "men"}


@cache
def tables() -> Tables:
    return Tables.open()


def hle_rows(code: str, sex: str):  # type: ignore[no-untyped-def]
    return profile.lines(tables().newest("hle"), profile.place_of(tables().table("areas"), code), sex=sex)


@cache
def all_charts(code: str, sex: str, palette: Palette = LIGHT) -> dict[str, Chart]:
    place = profile.place_of(tables().table("areas"), code)
    hle = hle_rows(code, sex)
    latest = hle[hle["period_end"] == hle["period_end"].max()].reset_index(drop=True)
    life = profile.lines(tables().table("life_expectancy"), place, sex=sex)
    task = profile.task(latest.iloc[0], floor_years=61.5, target_mid_point=2033.5)
    peers = profile.peers(tables().newest("hle"), tables().table("deprivation"), place, sex=sex)
    own = tables().table("places")
    own = own[own["area_code"] == code]
    expected = float(own.loc[own["sex"] == sex, "expected_hle_years"].iloc[0]) if len(own) else float("nan")
    more = {"build": "abc123", "palette": palette}
    charts = {
        "hle": place_hle(hle, place, **more),
        "le": place_le(life, place, hle_years=float(latest["hle_years"].iloc[0]), **more),
        "standing": place_standing(latest, place, task, expected_hle_years=expected, settings="Floor.", **more),
        "peers": place_peers(peers, place, **more),
    }
    if len(own):
        residuals = tables().table("residuals")
        rows = residuals[(residuals["area_code"] == code) & (residuals["sex"] == sex)]
        charts["ranks"] = place_ranks(own, place, of=151, **more)
        charts["residuals"] = place_residuals(rows, place, held=True, **more)
    return charts


CASES = [(HARTLEPOOL, "female"), (SURREY, "male"), (NORTH_EAST, "male"), (TEES_VALLEY, "female")]


@pytest.mark.parametrize(("code", "sex"), CASES)
def test_every_chart_names_the_place_its_source_and_build_and_describes_itself_apart_from_its_title(
    code: str, sex: str
) -> None:
    name = profile.place_of(tables().table("areas"), code).name
    for id_, chart in all_charts(code, sex).items():
        assert name in chart.title, id_
        assert "abc123" in chart.source
        assert "Office for National Statistics" in chart.source
        assert chart.alt != chart.title
        assert "20" in chart.alt, "a period"
        assert any(letter.isdigit() for letter in chart.alt)
        assert PEOPLE[sex] in chart.alt
        assert name.split()[0].lower() in chart.file_stem


@pytest.mark.parametrize(("code", "sex"), CASES)
def test_each_line_has_every_period_of_one_area_and_the_table_holds_the_same_numbers(code: str, sex: str) -> None:
    chart = all_charts(code, sex)["hle"]
    for trace in chart.figure.data:
        if trace.fill == "toself":
            assert len(trace.y) == 24
            continue
        rows = chart.table[chart.table["Area"] == trace.name]
        assert list(trace.customdata) == list(rows["Period"])
        assert list(trace.y) == pytest.approx(list(rows["Years"]), abs=0.005)
        assert len(trace.y) == 12


def test_life_expectancy_from_two_releases_is_drawn_as_two_lines_that_no_line_joins() -> None:
    chart = all_charts(HARTLEPOOL, "female")["le"]
    own = [trace for trace in chart.figure.data if trace.name == "Hartlepool"]
    assert [len(trace.y) for trace in own] == [11, 1]
    assert [trace.showlegend for trace in own] == [True, False]
    assert "two releases" in chart.settings
    assert any("two releases" in caveat for caveat in chart.caveats)


def test_life_expectancy_from_one_release_is_one_line_with_its_band() -> None:
    chart = all_charts(SURREY, "male")["le"]
    assert [len(trace.y) for trace in chart.figure.data if trace.name == "Surrey"] == [12]
    assert any(trace.name == "Surrey, 95% interval" for trace in chart.figure.data)
    assert "two releases" not in chart.settings


@pytest.mark.parametrize("kind", ["standing", "peers", "residuals"])
@pytest.mark.parametrize("code", [HARTLEPOOL, SURREY])
def test_every_row_of_points_stands_in_the_table_with_its_interval(kind: str, code: str) -> None:
    chart = all_charts(code, "male")[kind]
    values = chart.table.set_index(chart.table.columns[0])
    assert len(chart.figure.data) == len(values)
    for trace in chart.figure.data:
        row = values.loc[trace.name]
        assert list(trace.x) == pytest.approx([row.iloc[0]], abs=0.005)
        if trace.error_x.array is not None:
            assert trace.x[0] + trace.error_x.array[0] == pytest.approx(row["Upper 95% limit"], abs=0.01)
            assert trace.x[0] - trace.error_x.arrayminus[0] == pytest.approx(row["Lower 95% limit"], abs=0.01)


def test_the_bars_of_ranks_reach_from_the_best_to_the_worst_rank_of_the_table() -> None:
    chart = all_charts(HARTLEPOOL, "female")["ranks"]
    table = chart.table.set_index("For")
    for trace in chart.figure.data:
        best, worst = table.loc[trace.name, ["Best rank (95%)", "Worst rank (95%)"]]
        assert trace.base[0] == best - 0.5
        assert trace.base[0] + trace.x[0] == worst + 0.5


def test_no_single_rank_is_given() -> None:
    chart = all_charts(HARTLEPOOL, "female")["ranks"]
    assert "131st to 151st" in chart.alt
    assert "chance" in chart.title


def test_peers_are_told_apart_by_form_as_well_as_colour() -> None:
    chart = all_charts(HARTLEPOOL, "female")["peers"]
    against = chart.table.set_index("Place")["Against Hartlepool"]
    forms = {against[trace.name]: trace.marker.symbol for trace in chart.figure.data}
    assert len(set(forms.values())) == len(forms) >= 3


def test_the_finding_of_the_peers_counts_those_that_are_clearly_apart() -> None:
    chart = all_charts(HARTLEPOOL, "female")["peers"]
    against = list(chart.table["Against Hartlepool"])
    higher = against.count("clearly longer")
    assert f"{higher} have clearly more" in chart.title or higher in (0, 1)
    assert "of 10 authorities of like deprivation" in chart.title


def test_a_place_above_the_floor_is_not_said_to_fall_short() -> None:
    assert "below the floor" in all_charts(HARTLEPOOL, "female")["standing"].title
    assert "at or above the floor" in all_charts(SURREY, "male")["standing"].title


@pytest.mark.parametrize("kind", ["hle", "le", "standing", "peers", "ranks", "residuals"])
def test_the_dark_chart_shows_the_same_figures(kind: str) -> None:
    light, dark = (all_charts(HARTLEPOOL, "male", palette)[kind] for palette in (LIGHT, DARK))
    assert [list(trace.x) for trace in light.figure.data] == [list(trace.x) for trace in dark.figure.data]
    assert [list(trace.y) for trace in light.figure.data] == [list(trace.y) for trace in dark.figure.data]
    assert dark.figure.layout.paper_bgcolor != light.figure.layout.paper_bgcolor
