"""Chart `map` of four periods: small maps side by side, all with one scale."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, note
from charts.kit.palette import LIGHT, Palette
from charts.map import words as map_words
from charts.map.area_map import CROWN, form_line, layers_of
from charts.map.classes import MapClass, areas_of, map_classes
from charts.map.layers import CONFIG, ENGLAND, Box, geo_axes, map_drawing
from charts.map.tile_grid import region_outlines, tile_axes
from charts.map.views import MapView
from pipeline.answers.map.scale import Scale

SERIES = ("level", "difference")
"""Measures that have a series of one release, so that their periods may stand side by side."""
ACROSS = 2
ROW_HEIGHT = 300
TITLE_SHARE = 0.1
"""Share of a row that its periods' names take."""
ByPeriod = Mapping[str, list[MapClass]]
"""Label of a period -> its classes, earliest first."""


def small_multiples(
    periods: Mapping[str, pd.DataFrame],
    shown: MapView,
    *,
    scale: Scale,
    release: str,
    build: str,
    tiles: pd.DataFrame | None = None,
    palette: Palette = LIGHT,
) -> Chart:
    """One small map for each period, of a measure of `SERIES`.

    `periods`: label of a period -> its areas, as `area_map` takes them, earliest first; `scale`: where classes are cut;
    `release`: date of the HLE figures; `tiles`: table `tiles` for tile maps.
    """
    measure = shown.shows
    held = {
        period: map_classes(areas_of(rows.dropna(subset=measure.column), measure), measure, scale, palette)
        for period, rows in periods.items()
    }
    first, *_, last = periods
    not_enlarged = ["London is not enlarged on small maps; the map of one period enlarges it."]
    return Chart(
        id="map-periods",
        drawing=_drawing(periods, held, shown, tiles, palette),
        title=_title(held, shown, scale),
        subtitle=f"{measure.measured}, {shown.who}, {len(periods)} periods without a common year, one scale, years",
        settings=form_line(shown),
        source=source_line(release=release, build=build, extra="" if shown.on_tiles else CROWN),
        alt=_alt(held, shown),
        table=_table(periods, shown),
        caveats=(
            "The periods share no year, so no part of a change is due to the same survey answers counted twice.",
            *(not_enlarged if shown.area_type == "utla" and not shown.on_tiles else []),
            *map_words.caveats(periods[last], shown),
        ),
        file_stem=file_name("map-periods", measure.id, shown.area_type, shown.who, first, last),
        config=CONFIG,
    )


def _drawing(
    periods: Mapping[str, pd.DataFrame], held: ByPeriod, shown: MapView, tiles: pd.DataFrame | None, palette: Palette
) -> Drawing:
    down = -(-len(periods) // ACROSS)
    traces: list[Mark] = []
    layout: dict[str, Any] = {"annotations": []}
    in_legend: set[str] = set()
    for position, (period, rows) in enumerate(periods.items()):
        geo = "geo" if position == 0 else f"geo{position + 1}"
        at, top = _place(position, down)
        layout[geo] = geo_axes(ENGLAND, at=at) if tiles is None else tile_axes(tiles, at=at)
        layout["annotations"].append(_period_name(period, sum(at.x) / 2, top, palette))
        of_period = _small_map(rows, held[period], shown, palette, geo)
        for trace in of_period:
            if "legendrank" in trace and trace["name"] in in_legend:  # each class is in the legend once
                trace["showlegend"] = False
        in_legend |= {trace["name"] for trace in of_period}
        traces += of_period
    return map_drawing(traces, palette, shown.shows, height=ROW_HEIGHT * down, layout=layout)


def _small_map(rows: pd.DataFrame, classes: list[MapClass], shown: MapView, palette: Palette, geo: str) -> list[Mark]:
    layers, measure = layers_of(shown, palette, geo), shown.shows
    unknown = rows[rows[measure.column].isna()]
    named = layers.classes(classes, measure, intervals=False) + layers.no_figure(
        unknown, ["not published"] * len(unknown)
    )
    ranks = {one.name: rank for rank, one in enumerate(classes)}
    return [
        *(layers.land_beyond() if shown.area_type == "combined-authority" else []),
        *(trace | {"legendrank": ranks.get(trace["name"], len(classes))} for trace in named),
        *(layers.values(classes, measure, size=14) if shown.area_type == "region" else []),
        *(layers.signs(classes) if shown.area_type == "combined-authority" else []),
        *(region_outlines(layers, rows) if shown.on_tiles else []),
        *layers.chosen(rows, shown.selected, width=2),
    ]


def _place(position: int, down: int) -> tuple[Box, float]:
    """Where on the figure a small map stands, and the height at which its period is written."""
    row, column = divmod(position, ACROSS)
    bottom, top = 1 - (row + 1) / down, 1 - row / down
    at = Box(x=(column / ACROSS, (column + 1) / ACROSS), y=(bottom, top - TITLE_SHARE * (top - bottom)))
    return at, top - 0.01


def _period_name(period: str, x: float, y: float, palette: Palette) -> Mark:
    where = {"xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "top"}
    return note(x, y, f"<b>{period}</b>", size=16, colour=palette.ink, **where)


def _title(held: ByPeriod, shown: MapView, scale: Scale) -> str:
    first, *_, last = held
    count = sum(len(one.rows) for one in held[last])
    level = shown.shows.kind == "level"
    then, now = (sum(len(one.rows) for one in held[period][: 1 if level else 2]) for period in (first, last))
    which = f"under {scale.edges[0]:g} healthy years" if level and scale.edges else "clearly below England"
    if now == then:
        return f"{shown.who.capitalize()}: {now or 'no'} {shown.level} {which}, as in {first}"
    moved = "rose" if now > then else "fell"
    return f"{shown.who.capitalize()}: {shown.level} {which} {moved} from {then} to {now} of {count}"


def _alt(held: ByPeriod, shown: MapView) -> str:
    first, *_, last = held
    by_period = " ".join(f"{period}: {map_words.counted(classes)}." for period, classes in held.items())
    return (
        f"{len(held)} small {'tile maps' if shown.on_tiles else 'maps'} of England, {shown.level} shaded by "
        f"{map_words.running(shown.shows)}, {shown.who}, in years, from {first} to {last}. Areas in each class. {by_period}"
    )


def _table(periods: Mapping[str, pd.DataFrame], shown: MapView) -> pd.DataFrame:
    latest = list(periods.values())[-1].set_index("area_code")["area_name"]
    values = pd.DataFrame(
        {
            f"{period} (years)": rows.set_index("area_code")[shown.shows.column].round(2)
            for period, rows in periods.items()
        }
    )
    table = values.rename_axis("Code").reset_index()
    table.insert(0, "Area", table["Code"].map(latest))
    return table.sort_values(["Area", "Code"], na_position="last", ignore_index=True)
