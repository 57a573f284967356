"""The charts about one place draw its own figures, with their intervals, and say what they show in words."""

from functools import cache
from itertools import pairwise

import pytest
from held_periods import PERIODS

from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT, Palette
from charts.kit.words import number
from charts.place.place_hle import place_hle
from charts.place.place_le import place_le
from charts.place.place_peers import place_peers
from charts.place.place_ranks import place_ranks
from charts.place.place_residuals import place_residuals
from charts.place.place_standing import place_standing
from pipeline.answers.place import profile
from pipeline.processed import Tables

HARTLEPOOL, MIDDLESBROUGH, SURREY, NORTH_EAST, TEES_VALLEY = (
    *("E06000001", "E06000002", "E10000030"),
    *("E12000001", "E47000006"),
)
PEOPLE = {"female": "women", "male": "men"}


@cache
def tables() -> Tables:
    return Tables.open()


def hle_rows(code: str, sex: str):  # type: ignore[no-untyped-def]
    return profile.lines(tables().newest("hle"), profile.place_of(tables(), code), sex=sex)


@cache
def all_charts(code: str, sex: str, palette: Palette = LIGHT) -> dict[str, Chart]:
    place = profile.place_of(tables(), code)
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
    name = profile.place_of(tables(), code).name
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
            assert trace.name.startswith(chart.table["Area"].iloc[0])
            assert len(trace.y) == 24
            continue
        rows = chart.table[chart.table["Area"] == trace.name]
        assert list(trace.customdata) == list(rows["Period"])
        assert list(trace.y) == pytest.approx(list(rows["Years"]), abs=0.005)
        assert len(trace.y) == len(PERIODS)


def test_life_expectancy_from_two_releases_is_drawn_as_two_lines_that_no_line_joins() -> None:
    chart = all_charts(HARTLEPOOL, "female")["le"]
    own = [trace for trace in chart.figure.data if trace.name == "Hartlepool"]
    assert [len(trace.y) for trace in own] == [11, 1]
    assert "two releases" in chart.settings
    assert any("two releases" in caveat for caveat in chart.caveats)


def test_life_expectancy_from_one_release_is_one_line_with_its_band() -> None:
    chart = all_charts(SURREY, "male")["le"]
    assert [len(trace.y) for trace in chart.figure.data if trace.name == "Surrey"] == [12]
    assert any(trace.name == "Surrey, 95% interval" for trace in chart.figure.data)
    assert "two releases" not in chart.settings


@pytest.mark.parametrize("kind", ["standing", "peers"])
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


def test_each_line_is_named_at_its_end_with_the_latest_figure_of_the_table() -> None:
    for kind in ("hle", "le"):
        chart = all_charts(HARTLEPOOL, "female")[kind]
        said = " ".join(note.text for note in chart.figure.layout.annotations)
        for area in ("Hartlepool", "North East", "England"):
            latest = chart.table[chart.table["Area"] == area]["Years"].iloc[-1]
            assert f"{area} {number(latest)}" in said


@pytest.mark.parametrize(("code", "sex"), CASES)
def test_names_at_the_ends_of_lines_do_not_touch(code: str, sex: str) -> None:
    for kind in ("hle", "le"):
        figure = all_charts(code, sex)[kind].figure
        low, high = figure.layout.yaxis.range
        names = [note for note in figure.layout.annotations if note.xanchor == "left"]
        heights = sorted((note.y - low) / (high - low) * 230 + note.yshift for note in names)
        assert all(above - below >= 17 for below, above in pairwise(heights))


def test_periods_with_2020_or_2021_are_shaded_and_named() -> None:
    figure = all_charts(HARTLEPOOL, "female")["hle"].figure
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (2019.5, 2022.5)  # 2018 to 2020, 2021 to 2023
    assert "pandemic" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize(
    ("code", "said"), [(HARTLEPOOL, "down 6.1 healthy years"), (MIDDLESBROUGH, "down 4.6 healthy years")]
)
def test_the_change_since_the_first_period_is_the_difference_of_the_published_figures(code: str, said: str) -> None:
    assert said in all_charts(code, "female")["hle"].title  # Hartlepool 57.3 to 51.2, Middlesbrough 58.8 to 54.2


def test_a_change_whose_interval_holds_zero_is_not_called_one() -> None:
    assert "no clear change" in all_charts(HARTLEPOOL, "male")["hle"].title


def test_title_and_label_of_life_expectancy_state_the_same_number_and_period() -> None:
    for code in (HARTLEPOOL, MIDDLESBROUGH, SURREY):
        chart = all_charts(code, "male")["le"]
        own = chart.table["Area"] == chart.table["Area"].iloc[0]
        latest = chart.table[own].iloc[-1]
        assert f"{number(latest['Years'])} years of life" in chart.title
        assert latest["Period"] in chart.title


def test_time_runs_from_left_to_right_in_the_residuals_and_each_stands_in_the_table_with_its_interval() -> None:
    chart = all_charts(HARTLEPOOL, "male")["residuals"]
    assert list(chart.table["Period"]) == sorted(chart.table["Period"])
    assert [trace.x[0] for trace in chart.figure.data] == list(chart.table["Period"])
    for trace, (_, row) in zip(chart.figure.data, chart.table.iterrows(), strict=True):
        assert trace.y[0] == pytest.approx(row["Years from prediction"], abs=0.005)
        assert trace.y[0] + trace.error_y.array[0] == pytest.approx(row["Upper 95% limit"], abs=0.01)
        assert trace.y[0] - trace.error_y.arrayminus[0] == pytest.approx(row["Lower 95% limit"], abs=0.01)


@pytest.mark.parametrize("kind", ["standing", "peers"])
def test_figures_of_rows_stand_right_of_the_plot_clear_of_bars(kind: str) -> None:
    figure = all_charts(HARTLEPOOL, "female")[kind].figure
    assert all(note.xref == "paper" and note.x == 1 for note in figure.layout.annotations)


def test_the_lines_of_ranks_reach_from_the_best_to_the_worst_rank_of_the_table() -> None:
    chart = all_charts(HARTLEPOOL, "female")["ranks"]
    table = chart.table.set_index("Sex")
    for trace in chart.figure.data:
        best, worst = table.loc[trace.name, ["Best rank (95%)", "Worst rank (95%)"]]
        assert trace.x[0] - trace.error_x.arrayminus[0] == best
        assert trace.x[0] + trace.error_x.array[0] == worst
        assert trace.marker.opacity == 0, "the middle is no estimate of a rank"


def test_no_single_rank_is_given() -> None:
    chart = all_charts(HARTLEPOOL, "female")["ranks"]
    assert "131st to 151st" in chart.alt
    assert chart.title == "Hartlepool: women 131st to 151st, men 130th to 151st of 151"


def test_peers_are_told_apart_by_form_as_well_as_colour() -> None:
    chart = all_charts(HARTLEPOOL, "female")["peers"]
    against = chart.table.set_index("Place")["Against Hartlepool"]
    forms = {against[trace.name]: trace.marker.symbol for trace in chart.figure.data}
    assert len(set(forms.values())) == len(forms) >= 3


def test_the_finding_of_the_peers_counts_those_that_are_clearly_apart() -> None:
    chart = all_charts(HARTLEPOOL, "female")["peers"]
    against = list(chart.table["Against Hartlepool"])
    higher = against.count("clearly longer")
    assert f"below {higher} of 10 equally deprived authorities" in chart.title


def test_a_place_that_no_peer_is_clearly_apart_from_is_called_similar() -> None:
    chart = all_charts(MIDDLESBROUGH, "female")["peers"]
    assert set(chart.table["Against Middlesbrough"]) == {"the place itself", "not clearly different"}
    assert chart.title == "Middlesbrough, women: similar to all 10 equally deprived authorities"


@pytest.mark.parametrize("code", [HARTLEPOOL, MIDDLESBROUGH, SURREY])
def test_titles_are_short(code: str) -> None:
    for chart in all_charts(code, "female").values():
        assert len(chart.title) <= 90, chart.title


def test_a_place_above_the_floor_is_not_said_to_fall_short() -> None:
    assert "below the 61.5 needed" in all_charts(HARTLEPOOL, "female")["standing"].title
    assert "already has the 61.5 years needed" in all_charts(SURREY, "male")["standing"].title


@pytest.mark.parametrize("kind", ["hle", "le", "standing", "peers", "ranks", "residuals"])
def test_the_dark_chart_shows_the_same_figures(kind: str) -> None:
    light, dark = (all_charts(HARTLEPOOL, "male", palette)[kind] for palette in (LIGHT, DARK))
    assert [list(trace.x) for trace in light.figure.data] == [list(trace.x) for trace in dark.figure.data]
    assert [list(trace.y) for trace in light.figure.data] == [list(trace.y) for trace in dark.figure.data]
    assert dark.figure.layout.paper_bgcolor != light.figure.layout.paper_bgcolor
