"""Chart `map` of one period: England by region, combined authority or authority, as land or as tiles of one size."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import ONS_HLE, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark
from charts.kit.palette import LIGHT, Palette
from charts.map import words as map_words
from charts.map.classes import MapClass, areas_of, map_classes
from charts.map.layers import CONFIG, ENGLAND, LONDON, NORTH_SEA, TILES_FILE, Layers, geo_axes, map_drawing
from charts.map.measures import MapMeasure
from charts.map.tile_grid import HEIGHT, region_outlines, tile_axes, tile_labels
from charts.map.two_way_key import two_way_key
from charts.map.views import MapView
from pipeline.answers.map.scale import FEW_AREAS, Scale, rows_scale

MAP_HEIGHT = 680
LONDON_CODE = "E12000007"
CROWN = "Contains OS data © Crown copyright and database right."
IMD = "Ministry of Housing, Communities and Local Government, Indices of Deprivation 2025"
_CLEAR = ("rose", "fell", "lower than England", "higher than England")


def area_map(
    places: pd.DataFrame,
    shown: MapView,
    *,
    release: str,
    build: str,
    scale: Scale | None = None,
    tiles: pd.DataFrame | None = None,
    palette: Palette = LIGHT,
) -> Chart:
    """A map of one measure.

    `places`: one row per area from `pipeline.answers.map.rows` (for "level" and "difference" those of
    `pipeline.answers.place.comparison` will do); `release`: date of the HLE figures; `scale`: where classes are cut, made
    from these areas where none is given; `tiles`: table `tiles` for a tile map.
    """
    measure = shown.shows
    missing = places[measure.column].isna()
    known = areas_of(places[~missing], measure)
    classes = map_classes(known, measure, scale or own_scale([places[~missing]], measure), palette)
    return Chart(
        id="map",
        drawing=_drawing(places, places[missing], classes, shown, tiles, palette),
        title=map_words.title(known, shown, places=places),
        subtitle=map_words.subtitle(shown),
        settings=form_line(shown),
        source=_source(measure, release=release, build=build, places=places, crown="" if shown.on_tiles else CROWN),
        alt=map_words.description(known, classes, shown, places=len(places)),
        table=map_words.table(places, shown),
        caveats=map_words.caveats(places, shown),
        file_stem=_file_stem(shown),
        config=CONFIG,
    )


def _drawing(
    places: pd.DataFrame,
    unknown: pd.DataFrame,
    classes: list[MapClass],
    shown: MapView,
    tiles: pd.DataFrame | None,
    palette: Palette,
) -> Drawing:
    measure, layers = shown.shows, layers_of(shown, palette)
    two_way = measure.kind == "two-way"
    layout: dict[str, Any] = {"geo": geo_axes(ENGLAND) if tiles is None else tile_axes(tiles)}
    traces = layers.land_beyond() if shown.area_type == "combined-authority" else []
    traces += layers.classes(classes, measure, legend=not two_way)
    traces += layers.no_figure(unknown, _reasons(unknown, measure))
    if tiles is None:
        traces += layers.values(classes, measure, but=shown.selected) if _written(shown) else layers.signs(classes)
    else:
        traces += [*region_outlines(layers, places), tile_labels(layers, classes, unknown, tiles)]
    traces += layers.chosen(places, shown.selected)
    traces += layers.told(classes, measure, places, shown.selected)
    if tiles is None and shown.area_type == "utla":
        layout["geo2"] = geo_axes(LONDON, at=NORTH_SEA)
        traces += _london(places, unknown, classes, shown, replace(layers, geo="geo2"))
    if two_way:
        layout["annotations"] = two_way_key(classes, palette)
    return map_drawing(traces, palette, measure, height=MAP_HEIGHT if tiles is None else HEIGHT, layout=layout)


def _written(shown: MapView) -> bool:
    """Whether there is room for the figure of each area on it."""
    return shown.area_type == "region" and shown.shows.kind != "two-way"


def layers_of(shown: MapView, palette: Palette, geo: str = "geo") -> Layers:
    """The layers of a view on one map of a figure."""
    return Layers(TILES_FILE if shown.on_tiles else shown.area_type, palette, geo)


def _london(
    places: pd.DataFrame, unknown: pd.DataFrame, classes: Sequence[MapClass], shown: MapView, layers: Layers
) -> list[Mark]:
    """London's authorities once more, on a map of their own."""
    inside = [one.inside(LONDON_CODE) for one in classes]
    missing, here = (rows[rows["region_code"] == LONDON_CODE] for rows in (unknown, places))
    chosen = here.loc[here["area_code"] == shown.selected, "area_code"]
    name = {
        "type": "scattergeo",
        "geo": layers.geo,
        "lon": [sum(LONDON.x) / 2],
        "lat": [LONDON.y[1]],
        "mode": "text",
        "text": ["London, enlarged"],
        "textposition": "bottom center",
        "textfont": {"size": 14, "color": layers.palette.quiet},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "London",
    }
    return [
        name,
        *layers.classes(inside, shown.shows, legend=False),
        *layers.no_figure(missing, _reasons(missing, shown.shows), legend=False),
        *layers.signs(inside),
        *layers.outline(chosen.tolist(), "Chosen place"),
    ]


def form_line(shown: MapView) -> str:
    """Which areas a map shows, and in which form."""
    form = ", one square for each" if shown.on_tiles else ""
    return f"{words.LEVELS[shown.area_type]} of England{form}."


def own_scale(maps: Sequence[pd.DataFrame], measure: MapMeasure) -> Scale:
    """Where classes are cut that serve these maps alone."""
    rows = pd.concat(maps, ignore_index=True)
    clear = rows[measure.standing].isin(_CLEAR) if measure.standing else None
    return rows_scale(rows, column=measure.column, clear=clear, few=len(maps[0]) <= FEW_AREAS)


def _reasons(unknown: pd.DataFrame, measure: MapMeasure) -> list[str]:
    if not measure.reason:
        return ["not published"] * len(unknown)
    return [str(reason).split(": ")[-1] for reason in unknown[measure.reason]]


def _source(measure: MapMeasure, *, release: str, build: str, places: pd.DataFrame, crown: str) -> str:
    releases = sorted(places["le_release"].dropna().unique()) if "le_release" in places else []
    publisher, also = ONS_HLE, ""
    if measure.id == "deprivation":
        publisher, release = IMD, places["imd_release"].iloc[0]
    elif measure.kind == "two-way":
        also = f"{IMD}."
    elif measure.id == "life-expectancy" and releases:
        *earlier, release = releases
        publisher = "Office for National Statistics, life expectancy"
        also = f"Some areas: release of {', '.join(map(words.day, earlier))}." if earlier else ""
    elif measure.id == "poor-health" and releases:
        also = f"Life expectancy: released {words.day(releases[-1])}."
    return source_line(release=release, build=build, publisher=publisher, extra=f"{also} {crown}".strip())


def _file_stem(shown: MapView) -> str:
    if not shown.shows.by_period:
        return file_name("map", shown.measure, shown.area_type)
    since = [shown.since] if shown.measure == "change" else []
    return file_name("map", shown.measure, shown.area_type, shown.who, *since, shown.period)
