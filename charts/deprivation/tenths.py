"""Chart `tenths`: length of life by deprivation tenth, and how much of it is in good health."""

import pandas as pd

from charts.deprivation.names import tenth
from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, axis, error_bars, flat_bars, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, limits
from charts.kit.theme import drawn

ONS_DECILES = "Office for National Statistics, healthy life expectancy by national area deprivation"
RANKED = "Small areas of England in ten groups of equal number, ranked by the Index of Multiple Deprivation 2019."


def tenths(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Bars of life expectancy in years by tenth (1 most deprived), split into years in good health and not.

    `rows`: table `hle_deciles` of one release, sex and period.
    """
    found = rows.sort_values("imd_decile")
    found["rest_years"] = found["le_years"] - found["hle_years"]
    most, least = found.iloc[0], found.iloc[-1]
    who, period = words.people(str(most["sex"])), str(most["period"])
    published = bool(found["hle_lci_95"].notna().all())
    return Chart(
        id="deprivation-tenths",
        drawing=_drawing(found, palette, with_intervals=published),
        title=(
            f"{who.capitalize()} in the most deprived tenth have "
            f"{words.number(least['hle_years'] - most['hle_years'])} fewer healthy years"
        ),
        subtitle=f"Life expectancy by deprivation tenth, {who}, {period}, years",
        settings=f"Lives in the most deprived tenth are {words.years(least['le_years'] - most['le_years'])} shorter than in the "
        f"least deprived. {RANKED}",
        source=source_line(release=str(most["release"]), build=build, publisher=ONS_DECILES),
        alt=_alt(found, who, period),
        table=_table(found, with_intervals=published),
        caveats=(
            *([] if published else ["We hold no intervals for these figures; ONS publishes them in its workbook."]),
            "A tenth is a group of small areas, not of people: many deprived people live outside the most deprived tenth.",
        ),
        file_stem=file_name("deprivation-tenths", who, period),
    )


def _drawing(found: pd.DataFrame, palette: Palette, *, with_intervals: bool) -> Drawing:
    labels, healthy, whole = found["imd_decile"].map(tenth), found["hle_years"], found["le_years"]
    good = flat_bars(
        healthy,
        labels,
        hover="Tenth %{y}<br>In good health: <b>%{x:.1f} years</b>",
        name="In good health",
        marker={"color": palette.gap},
        text=[f"<b>{words.number(value)}</b>" for value in healthy],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": 16, "color": palette.paper},
    )
    if with_intervals:
        good["error_x"] = error_bars(healthy, found["hle_lci_95"], found["hle_uci_95"], palette.ink)
        del good["error_x"]["width"]  # a stop at each end
    not_good = flat_bars(
        found["rest_years"],
        labels,
        hover="Tenth %{y}<br>Not in good health: <b>%{x:.1f} years</b><br>Whole life: %{customdata:.1f} years",
        name="Not in good health",
        marker={"color": tinted(palette.gap, 0.25)},
        text=[words.number(value) for value in whole],
        textfont={"size": 16, "color": palette.ink},
        customdata=whole,
        **OUTSIDE,
    )
    layout = {
        "barmode": "stack",
        "bargap": 0.22,
        "legend": {"traceorder": "normal"},
        "xaxis": axis("Years", range=[0, whole.max() * 1.1]),
        "yaxis": axis("Deprivation tenth", type="category", **FIRST_ON_TOP),
    }
    return drawn([good, not_good], palette, height=440, layout=layout)


def _alt(found: pd.DataFrame, who: str, period: str) -> str:
    most, least = found.iloc[0], found.iloc[-1]
    healthy, whole, rest = (
        f"from {words.number(most[column])} to {words.number(least[column])}"
        for column in ("hle_years", "le_years", "rest_years")
    )
    return (
        f"Ten bars for {who}, {period}, from the most to the least deprived tenth of small areas. Years in good health rise "
        f"{healthy} (range {words.number(found['hle_years'].min())} to {words.number(found['hle_years'].max())}), length of "
        f"life {whole}; years not in good health go {rest}."
    )


def _table(found: pd.DataFrame, *, with_intervals: bool) -> pd.DataFrame:
    columns = {
        "Tenth (1 is the most deprived)": "imd_decile",
        "Years in good health": "hle_years",
        "Years not in good health": "rest_years",
        "Life expectancy (years)": "le_years",
    }
    return figures(found, columns | (limits("hle") if with_intervals else {}))
