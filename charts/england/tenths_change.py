"""Chart `tenths-change`: how healthy life expectancy changed in each deprivation tenth."""

import pandas as pd

from charts.deprivation.names import tenth
from charts.deprivation.tenths import ONS_DECILES, RANKED
from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, axis, flat_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn


def tenths_change(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Bars of the change of HLE in years from the first to the latest period by tenth (1 most deprived).

    `rows`: table `hle_deciles` of one release and sex.
    """
    wide = rows.pivot(index="imd_decile", columns="period", values="hle_years")
    first, latest = wide.columns.min(), wide.columns.max()
    found = pd.DataFrame({"then": wide[first], "now": wide[latest], "change": wide[latest] - wide[first]}).reset_index()
    most, least = float(found["change"].iloc[0]), float(found["change"].iloc[-1])
    who = words.people(str(rows["sex"].iloc[0]))
    spoken = "; ".join(
        f"{tenth(int(row['imd_decile']))} {words.signed(row['change'])}" for row in found.to_dict("records")
    )
    return Chart(
        id="tenths-change",
        drawing=_drawing(found, palette),
        title=f"{who.capitalize()}: {_finding(most, least)}",
        subtitle=f"Change of healthy life expectancy at birth by deprivation tenth, {who}, {first} to {latest}, years",
        settings=RANKED,
        source=source_line(release=str(rows["release"].iloc[0]), build=build, publisher=ONS_DECILES),
        alt=f"Ten bars of the change for {who}, {first} to {latest}, from the most to the least deprived tenth: {spoken} years.",
        table=figures(
            found,
            {
                "Tenth (1 is the most deprived)": "imd_decile",
                f"{first} (years)": "then",
                f"{latest} (years)": "now",
                "Change (years)": "change",
            },
        ),
        caveats=("We hold no intervals for these figures; ONS publishes them in its workbook.",),
        file_stem=file_name("tenths-change", who, str(latest)),
    )


def _finding(most: float, least: float) -> str:
    if max(most, least) < 0:
        return f"the most deprived tenth lost {words.number(-most)} healthy years, the least {words.number(-least)}"
    return f"{words.signed(most)} healthy years in the most deprived tenth, {words.signed(least)} in the least"


def _drawing(found: pd.DataFrame, palette: Palette) -> Drawing:
    change = found["change"]
    bars = flat_bars(
        change.round(2),
        found["imd_decile"].map(tenth),
        hover="Tenth %{y}: <b>%{x:+.1f} years</b>",
        marker={"color": [palette.worse_off if value < 0 else palette.better_off for value in change]},
        text=[f"<b>{words.signed(value)}</b>" for value in change],
        textfont={"size": 16, "color": palette.ink},
        showlegend=False,
        **OUTSIDE,
    )
    low, high = 1.2 * min(float(change.min()), 0), 1.2 * max(float(change.max()), 0)
    layout = {
        "bargap": 0.22,
        "xaxis": axis("Years", range=[low, high], showgrid=True, zeroline=True),
        "yaxis": axis("Deprivation tenth", type="category", **FIRST_ON_TOP),
    }
    return drawn([bars], palette, height=440, layout=layout)
