"""Chart `two-levers`: fewer deaths and better reported health, side by side."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, axis, flat_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn

LEVERS = {
    "death-rates": "Death rates 2% lower at every age",
    "good-health": "2% more people in good health at every age",
}
OHID = (
    "The Office for Health Improvement and Disparities did the same from the levels of 2017 to 2019: 0.1 years from death rates, "
    "1.3 from good health (Understanding the drivers of healthy life expectancy, 1 June 2023)."
)


def two_levers_chart(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Gain in years of HLE at birth from each of two levers; `rows`: table `two_levers` of one sex and period."""
    gains = rows.set_index("lever")["hle_gain_years"].reindex(list(LEVERS))
    first = rows.iloc[0]
    who, period = words.people(str(first["sex"])), str(first["period"])
    deaths, health = (words.number(gains[lever]) for lever in LEVERS)
    return Chart(
        id="two-levers",
        drawing=_drawing(gains, palette),
        title=f"{who.capitalize()}: 2% better health adds {health} healthy years, 2% fewer deaths {deaths}",
        subtitle=f"Gain in healthy life expectancy at birth, {who}, England, levels of {period}, years",
        settings="Each lever is moved alone, by the same share at every age.",
        source=source_line(release=str(first["release"]), build=build),
        alt=f"Two bars for {who} in England, {period}: {LEVERS['death-rates']}, {deaths} years; {LEVERS['good-health']}, {health}.",
        table=figures([], {"Lever": LEVERS.values(), "Gain in healthy life expectancy (years)": gains}),
        caveats=(
            OHID,
            "Arithmetic on life tables: it says what a change would be worth, not what it would cost or how to reach it.",
        ),
        file_stem=file_name("two-levers", who, period),
    )


def _drawing(gains: pd.Series, palette: Palette) -> Drawing:
    names = [said.replace(" at every age", "<br>at every age") for said in LEVERS.values()]
    bars = flat_bars(
        gains.round(2),
        names,
        hover="%{y}: <b>%{x:.2f} years</b>",
        marker={"color": [palette.better_off, palette.needed], "pattern": {"shape": ["/", ""]}},
        text=[f"<b>{words.signed(gain)}</b>" for gain in gains],
        textfont={"size": 18, "color": palette.ink},
        showlegend=False,
        **OUTSIDE,
    )
    layout = {
        "bargap": 0.4,
        "xaxis": axis("Years", range=[0, 1.2 * gains.max()], showgrid=True),
        "yaxis": {**FIRST_ON_TOP},
    }
    return drawn([bars], palette, height=280, layout=layout)
