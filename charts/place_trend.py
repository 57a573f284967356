"""One place over time: its healthy life expectancy or life expectancy beside those of its region and of England."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import ONS_HLE, Chart, source_line
from charts.marks import add_band, add_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed
from pipeline.profile import Place

_LE = "Office for National Statistics, life expectancy"


def place_hle(rows: pd.DataFrame, place: Place, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return healthy life expectancy of a place over time, with intervals, beside its region and England.

    Args:
        rows: `pipeline.profile.lines` of table `hle`, one release and sex.
        place: the place.
        build: build id for the source line.
        palette: colours.
    """
    figure = _figure(rows, place, "hle", palette=palette)
    sex = str(rows["sex"].iloc[0])
    own, england = (rows[rows["area_code"] == code] for code in (place.code, place.within[-1][0]))
    latest = own.iloc[-1]
    away = float(latest["hle_years"]) - float(england["hle_years"].iloc[-1])
    compared = (
        "the same as England"
        if round(abs(away), 1) == 0
        else f"{words.number(abs(away))} {'more' if away > 0 else 'fewer'} than England"
    )
    return Chart(
        id="place-hle",
        figure=figure,
        title=f"{place.name}, {words.people(sex)}: {words.years(latest['hle_years'])} in good health, {compared}",
        subtitle=_subtitle("Healthy life expectancy", rows),
        settings="Bands show 95% intervals.",
        source=source_line(release=str(latest["release"]), build=build, publisher=ONS_HLE),
        alt=_alt("healthy life expectancy", "hle", rows, place),
        table=_table("hle", rows),
        caveats=(
            "Neighbouring periods share two of their three years, so they do not move independently.",
            "Differences between neighbouring years of one authority are mostly chance: look at the band.",
        ),
        file_stem=file_name("place-hle", place.name, words.people(sex), str(latest["period"])),
    )


def place_le(rows: pd.DataFrame, place: Place, *, hle_years: float, build: str, palette: Palette = LIGHT) -> Chart:
    """Return life expectancy of a place over time, in good health or not, beside its region and England.

    Where a place's periods come from two releases, each release is a line of its own.

    Args:
        rows: `pipeline.profile.lines` of table `life_expectancy`, one sex.
        place: the place; it must have rows.
        hle_years: its latest healthy life expectancy; NaN where none is published.
        build: build id for the source line.
        palette: colours.
    """
    figure = _figure(rows, place, "le", palette=palette)
    sex = str(rows["sex"].iloc[0])
    own = rows[rows["area_code"] == place.code]
    latest = own.iloc[-1]
    caveats = ["Life expectancy is better known than healthy life expectancy: it rests on all deaths, not on a survey."]
    seam = own["release"].nunique() > 1
    if seam:
        caveats.append(
            "Its periods come from two releases, and no line joins them: the population estimates changed in between."
        )
    if own["le_lci_95"].isna().any():
        caveats.append("No intervals are held for this place's life expectancy.")
    split = (
        ""
        if pd.isna(hle_years)
        else f", of which {words.number(float(latest['le_years']) - hle_years)} not in good health"
    )
    return Chart(
        id="place-le",
        figure=figure,
        title=f"{place.name}, {words.people(sex)}: {words.number(latest['le_years'])} years of life{split}",
        subtitle=_subtitle("Life expectancy", rows),
        settings="Bands show 95% intervals where they are held."
        + (" A gap in the line: its sides come from two releases." if seam else ""),
        source=source_line(release=str(own["release"].max()), build=build, publisher=_LE),
        alt=_alt("life expectancy", "le", rows, place),
        table=_table("le", rows),
        caveats=tuple(caveats),
        file_stem=file_name("place-le", place.name, words.people(sex), str(latest["period"])),
    )


def _figure(rows: pd.DataFrame, place: Place, column: str, *, palette: Palette) -> go.Figure:
    figure = go.Figure()
    styles = {place.code: (palette.gap, "solid", True), place.within[-1][0]: (palette.england, "dot", False)}
    for code, name in [*reversed(place.within), (place.code, place.name)]:
        colour, dash, marked = styles.get(code, (palette.better_off, "dash", False))
        for position, (_, part) in enumerate(rows[rows["area_code"] == code].groupby("release")):
            add_band(
                figure,
                part["mid_point"],
                part[f"{column}_lci_95"],
                part[f"{column}_uci_95"],
                colour=colour,
                name=f"{name}, 95% interval",
            )
            if figure.data and "interval" in figure.data[-1].name:
                figure.data[-1].showlegend = False
            add_line(
                figure,
                part["mid_point"],
                part[f"{column}_years"],
                name=name,
                colour=colour,
                dash=dash,
                markers=marked,
                hover=part["period"],
            )
            figure.data[-1].showlegend = position == 0
    themed(figure, palette, height=380)
    periods = rows.drop_duplicates("period").sort_values("mid_point")
    ends = periods.iloc[[0, -1]]
    figure.update_xaxes(
        tickvals=list(ends["mid_point"]),
        ticktext=[label.replace(" to ", " to<br>") for label in ends["period"]],
        range=[ends["mid_point"].iloc[0] - 0.8, ends["mid_point"].iloc[1] + 0.8],
    )
    figure.update_yaxes(title={"text": "Years", "font": {"size": 15}})
    return figure


def _subtitle(measure: str, rows: pd.DataFrame) -> str:
    first, last = rows["period"].min(), rows["period"].max()
    return f"{measure} at birth, {words.people(str(rows['sex'].iloc[0]))}, {first} up to {last}, years. The axis does not start at zero"


def _alt(measure: str, column: str, rows: pd.DataFrame, place: Place) -> str:
    parts = []
    for code, name in [(place.code, place.name), *place.within]:
        one = rows[rows["area_code"] == code]
        if not one.empty:
            first, last = one.iloc[0], one.iloc[-1]
            parts.append(
                f"{name} from {words.number(first[f'{column}_years'])} in {first['period']} to "
                f"{words.number(last[f'{column}_years'])} in {last['period']}"
            )
    own = rows[rows["area_code"] == place.code][f"{column}_years"]
    return (
        f"Line chart of {measure} at birth for {words.people(str(rows['sex'].iloc[0]))}, years: {'; '.join(parts)}. "
        f"{place.name} ranges between {words.number(own.min())} and {words.number(own.max())}."
    )


def _table(column: str, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Area": rows["area_name"],
            "Period": rows["period"],
            "Years": rows[f"{column}_years"].round(2),
            "Lower 95% limit": rows[f"{column}_lci_95"].round(2),
            "Upper 95% limit": rows[f"{column}_uci_95"].round(2),
            "Released": rows["release"].map(words.day),
        }
    ).reset_index(drop=True)
