"""Maps: healthy life expectancy, or its difference from England, by region or authority."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed

BOUNDARIES_URL = "app/static/boundaries"
"""Where the browser finds the boundaries, relative to any page of the dashboard."""

TOPOLOGY_URL = "app/static/topology/"
"""Where it finds an empty set of world outlines, in place of the third party that it would ask otherwise."""

FRAME = {"longitude": (-6.5, 1.9), "latitude": (49.85, 55.85)}


@dataclass(frozen=True)
class MapMeasure:
    """One thing a map can show: which column, which words, which colours."""

    id: str
    column: str
    label: str
    signed: bool
    meaning: str


MEASURES = {
    measure.id: measure
    for measure in (
        MapMeasure(
            "level",
            "hle_years",
            "Healthy life expectancy",
            False,
            "Years that a newborn would live in good health if today's rates of death and ill health held for life.",
        ),
        MapMeasure(
            "difference",
            "difference_years",
            "Difference from England",
            True,
            "Healthy life expectancy of the place minus that of England.",
        ),
    )
}


def area_map(
    places: pd.DataFrame,
    *,
    measure_id: str,
    area_type: str,
    sex: str,
    period: str,
    release: str,
    build: str,
    selected: str = "",
    palette: Palette = LIGHT,
) -> Chart:
    """Return a map of one measure.

    Args:
        places: one row per area: area_code, area_name, hle_years with limits, difference_years, difference_lci_95,
            difference_uci_95 and no_hle_reason; hle_years is empty where nothing is published.
        measure_id: "level" or "difference".
        area_type: level of the areas, which names the boundary file.
        sex: "female" or "male".
        period: label of the period.
        release: date of the release.
        build: build id.
        selected: code of a place to outline, or "".
        palette: colours.
    """
    measure = MEASURES[measure_id]
    known = places[places[measure.column].notna()]
    figure = go.Figure()
    _add_areas(figure, known, measure, area_type, palette)
    unknown = places[places[measure.column].isna()]
    if not unknown.empty:
        _add_flat(figure, unknown, area_type, fill=palette.no_figure, line=palette.quiet)
    chosen = places[places["area_code"] == selected]
    if not chosen.empty:
        _add_outline(figure, chosen, area_type, palette)
    themed(figure, palette, height=640)
    figure.update_layout(
        geo={
            "visible": False,
            "bgcolor": palette.paper,
            "projection": {"type": "mercator"},
            "lonaxis": {"range": list(FRAME["longitude"])},
            "lataxis": {"range": list(FRAME["latitude"])},
        },
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        clickmode="event+select",
    )
    who = words.people(sex)
    return Chart(
        id="map",
        figure=figure,
        title=_title(known, who),
        subtitle=f"{measure.label} at birth, {who}, {period}, years",
        settings=f"{words.LEVELS[area_type]} of England.",
        source=source_line(
            release=release, build=build, extra="Contains OS data © Crown copyright and database right."
        ),
        alt=_alt(known, unknown, measure, area_type, who, period),
        table=_table(places),
        caveats=_caveats(unknown, area_type),
        file_stem=file_name("map", measure_id, area_type, who, period),
        config={"topojsonURL": TOPOLOGY_URL},
    )


def _add_areas(figure: go.Figure, known: pd.DataFrame, measure: MapMeasure, area_type: str, palette: Palette) -> None:
    colours = palette.diverging if measure.signed else palette.sequence
    values = known[measure.column]
    limit = max(abs(values.min()), abs(values.max()))
    figure.add_trace(
        go.Choropleth(
            geojson=f"{BOUNDARIES_URL}/{area_type}.geojson",
            locations=known["area_code"],
            z=values.round(2),
            zmin=-limit if measure.signed else values.min(),
            zmax=limit if measure.signed else values.max(),
            colorscale=[[i / (len(colours) - 1), colour] for i, colour in enumerate(colours)],
            marker={"line": {"color": palette.paper, "width": 0.6}},
            customdata=list(
                zip(
                    known["area_name"],
                    [words.with_interval(*row) for row in known[["hle_years", "hle_lci_95", "hle_uci_95"]].to_numpy()],
                    [words.signed(value) for value in known["difference_years"]],
                    known["against_england"],
                    strict=True,
                )
            ),
            hovertemplate=(
                "<b>%{customdata[0]}</b><br>%{customdata[1]} years<br>%{customdata[2]} from England: "
                "%{customdata[3]}<extra></extra>"
            ),
            colorbar={
                "orientation": "h",
                "y": 1,
                "yanchor": "top",
                "x": 0,
                "xanchor": "left",
                "len": 0.4,
                "thickness": 14,
                "tickfont": {"size": 15},
                "outlinewidth": 0,
                "title": {"text": "Years", "side": "top", "font": {"size": 15}},
            },
            name=measure.label,
        )
    )


def _add_flat(figure: go.Figure, rows: pd.DataFrame, area_type: str, *, fill: str, line: str) -> None:
    figure.add_trace(
        go.Choropleth(
            geojson=f"{BOUNDARIES_URL}/{area_type}.geojson",
            locations=rows["area_code"],
            z=[0] * len(rows),
            colorscale=[[0, fill], [1, fill]],
            showscale=False,
            marker={"line": {"color": line, "width": 1}},
            customdata=rows[["area_name", "no_hle_reason"]].to_numpy().tolist(),
            hovertemplate="<b>%{customdata[0]}</b><br>No figure: %{customdata[1]}<extra></extra>",
            name="No figure published",
        )
    )


def _add_outline(figure: go.Figure, rows: pd.DataFrame, area_type: str, palette: Palette) -> None:
    figure.add_trace(
        go.Choropleth(
            geojson=f"{BOUNDARIES_URL}/{area_type}.geojson",
            locations=rows["area_code"],
            z=[0] * len(rows),
            colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
            showscale=False,
            marker={"line": {"color": palette.ink, "width": 3}},
            hoverinfo="skip",
            name="Selected",
        )
    )


def _title(known: pd.DataFrame, who: str) -> str:
    ordered = known.sort_values("hle_years")
    lowest, highest = ordered.iloc[0], ordered.iloc[-1]
    return (
        f"{who.capitalize()}: from {words.number(lowest['hle_years'])} healthy years in {lowest['area_name']} to "
        f"{words.number(highest['hle_years'])} in {highest['area_name']}"
    )


def _alt(known: pd.DataFrame, unknown: pd.DataFrame, measure: MapMeasure, area_type: str, who: str, period: str) -> str:
    ordered = known.sort_values(measure.column)
    lowest, highest = (
        ", ".join(
            f"{name} {words.number(value)}" for name, value in zip(rows["area_name"], rows[measure.column], strict=True)
        )
        for rows in (ordered.head(3), ordered.tail(3).iloc[::-1])
    )
    missing = f" {len(unknown)} have no published figure." if len(unknown) else ""
    return (
        f"Map of England, {words.LEVELS[area_type].lower()} shaded by {measure.label.lower()}, {who}, {period}, in years. "
        f"Lowest: {lowest}. Highest: {highest}.{missing} The table beside it lists all {len(known) + len(unknown)}."
    )


def _table(places: pd.DataFrame) -> pd.DataFrame:
    rows = places.sort_values(["hle_years", "area_name"], na_position="last")
    return pd.DataFrame(
        {
            "Area": rows["area_name"],
            "Code": rows["area_code"],
            "HLE (years)": rows["hle_years"].round(2),
            "Lower 95% limit": rows["hle_lci_95"].round(2),
            "Upper 95% limit": rows["hle_uci_95"].round(2),
            "Difference from England (years)": rows["difference_years"].round(2),
            "Against England": rows["against_england"],
        }
    ).reset_index(drop=True)


def _caveats(unknown: pd.DataFrame, area_type: str) -> tuple[str, ...]:
    caveats = [f"{reason}." for reason in unknown["no_hle_reason"]]
    if area_type == "utla":
        caveats.append(
            "Figures of single authorities are uncertain: the usual 95% interval is 7 to 8 years wide, so small "
            "differences and ranks mean little."
        )
    return tuple(caveats)
