"""Chart `tenths-change`: how healthy life expectancy changed in each deprivation tenth, women and men."""

from collections.abc import Mapping

import pandas as pd

from charts.deprivation.names import tenth
from charts.deprivation.tenths import ONS_DECILES, RANKED
from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, axis, flat_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Columns, figures
from charts.kit.theme import drawn


def tenths_change(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Bars of the change of HLE in years from the first to the latest period by tenth (1 most deprived), for each sex.

    `rows`: table `hle_deciles` of one release.
    """
    first, latest = str(rows["period"].min()), str(rows["period"].max())
    wide = rows.pivot(index=["sex", "imd_decile"], columns="period", values="hle_years")
    then, now = wide[first], wide[latest]
    changes = {sex: (now - then).xs(sex) for sex in words.PEOPLE}
    columns: Columns = {"Tenth (1 is the most deprived)": changes["female"].index}
    for sex, change in changes.items():
        who = words.people(sex).capitalize()
        columns |= {f"{who}, {first} (years)": then.xs(sex), f"{who}, {latest} (years)": now.xs(sex)}
        columns[f"{who}, change (years)"] = change
    spoken = ". ".join(
        f"{words.people(sex).capitalize()}: {', '.join(words.signed(value) for value in change)}"
        for sex, change in changes.items()
    )
    return Chart(
        id="tenths-change",
        drawing=_drawing(changes, palette),
        title=_finding(changes),
        subtitle=f"Change of healthy life expectancy at birth by deprivation tenth, {first} up to {latest}, years",
        settings=RANKED,
        source=source_line(release=str(rows["release"].iloc[0]), build=build, publisher=ONS_DECILES),
        alt=f"Two bars for each of {len(changes['female'])} tenths, {first} up to {latest}, change in years from the most to the least deprived. {spoken}.",
        table=figures([], columns),
        caveats=("We hold no intervals for these figures; ONS publishes them in its workbook.",),
        file_stem=file_name("tenths-change", latest),
    )


def _finding(changes: Mapping[str, pd.Series]) -> str:
    lost = {sex: int((change < 0).sum()) for sex, change in changes.items()}
    if all(count == len(changes[sex]) for sex, count in lost.items()):
        return f"All {len(changes['female'])} tenths lost healthy years, for women and for men"
    said = words.listed([f"{count} for {words.people(sex)}" for sex, count in lost.items()])
    return f"Tenths that lost healthy years: {said}"


def _drawing(changes: Mapping[str, pd.Series], palette: Palette) -> Drawing:
    looks = {"female": (palette.worse_off, ""), "male": (palette.better_off, "/")}
    bars = [
        flat_bars(
            change.round(2),
            [tenth(int(number)) for number in change.index],
            hover=f"Tenth %{{y}}, {words.people(sex)}: <b>%{{x:+.1f}} years</b>",
            name=words.people(sex).capitalize(),
            marker={"color": looks[sex][0], "pattern": {"shape": looks[sex][1]}},
            text=[words.signed(value) for value in change],
            textfont={"size": 12, "color": palette.ink},
            constraintext="none",  # bars are thinner than their numbers
            **OUTSIDE,
        )
        for sex, change in changes.items()
    ]
    every = pd.concat(list(changes.values()))
    layout = {
        "barmode": "group",
        "bargap": 0.25,
        "xaxis": axis("Years", range=[1.2 * min(every.min(), 0), 1.2 * max(every.max(), 0)], showgrid=True),
        "yaxis": axis("Deprivation tenth", type="category", **FIRST_ON_TOP),
    }
    return drawn(bars, palette, height=480, layout=layout)
