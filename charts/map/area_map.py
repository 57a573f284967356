"""Maps of England by region, combined authority or authority: as land, or as tiles of one size."""

from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import ONS_HLE, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.map import words as map_words
from charts.map.classes import MapClass, areas_of, map_classes
from charts.map.ground import (
    CONFIG,
    ENGLAND,
    LONDON,
    NORTH_SEA,
    class_traces,
    geo_axes,
    land_beyond,
    map_drawing,
    no_figure_trace,
    outline_traces,
    sign_traces,
)
from charts.map.legend import two_way_key
from charts.map.measures import MEASURES, MapMeasure
from charts.map.tile_grid import FILE, HEIGHT, region_outlines, tile_axes, tile_labels
from pipeline.answers.map.scale import Scale, rows_scale
from pipeline.areas import area_type_of

MAP_HEIGHT = 680
LONDON_CODE = "E12000007"
CROWN = "Contains OS data © Crown copyright and database right."
IMD = "Ministry of Housing, Communities and Local Government, Indices of Deprivation"


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
    since: str = "",
    scale: Scale | None = None,
    tiles: pd.DataFrame | None = None,
    palette: Palette = LIGHT,
) -> Chart:
    """Return a map of one measure.

    Args:
        places: one row per area, as `pipeline.answers.map.rows` makes them (measures "level" and "difference" need no more than
            `pipeline.answers.place.comparison` gives).
        measure_id: a key of `MEASURES`.
        area_type: level of the areas, which names the boundary file.
        sex: "female" or "male".
        period: label of the period.
        release: date of the release.
        build: build id.
        selected: code of a place to outline, or "".
        since: label of the earlier period, for a change.
        scale: where classes are cut; made from these areas alone where none is given.
        tiles: table `tiles`, for a tile map of authorities; None for land.
        palette: colours.
    """
    measure = MEASURES[measure_id]
    missing = places[measure.column].isna()
    unknown = places.loc[missing, [*_OF_UNKNOWN, *filter(None, [measure.reason])]]
    known = [area for area, empty in zip(areas_of(places, measure), missing.tolist(), strict=True) if not empty]
    classes = map_classes(known, measure, scale or _own_scale(places[~missing], measure), palette)
    on_tiles = tiles is not None and area_type == "utla"
    file = FILE if on_tiles else area_type
    two_way = measure.kind == "two-way"
    reasons = _reasons(unknown, measure)
    traces = land_beyond(palette) if area_type == "combined-authority" else []
    traces += class_traces(classes, measure, file=file, showlegend=not two_way)
    traces += no_figure_trace(unknown, file=file, palette=palette, reasons=reasons)
    layout: dict[str, Any] = {}
    if tiles is not None and on_tiles:
        layout["geo"] = tile_axes(tiles)
        traces += region_outlines(places, palette)
        traces.append(tile_labels(classes, unknown, tiles, palette))
    else:
        layout["geo"] = geo_axes(ENGLAND)
        traces += sign_traces(classes, file=file, palette=palette)
    chosen, chosen_file = chosen_place(places, selected, file=file)
    traces += outline_traces(chosen, file=chosen_file, palette=palette, name="Chosen place")
    if area_type == "utla" and not on_tiles:
        layout["geo2"] = geo_axes(LONDON, at=NORTH_SEA)
        traces += _london(classes, unknown, chosen, measure, palette)
    if two_way:
        layout["annotations"] = two_way_key(classes, palette)
    layout["legend"] = {"title": {"text": _legend_title(measure)}}
    drawing = map_drawing(
        traces,
        palette,
        height=HEIGHT if on_tiles else MAP_HEIGHT,
        border=palette.paper if measure.kind == "level" else palette.no_figure,
        layout=layout,
    )
    who = words.people(sex)
    return Chart(
        id="map",
        drawing=drawing,
        title=map_words.title(known, measure, places=len(places), area_type=area_type, who=who, since=since),
        subtitle=map_words.subtitle(measure, who=who, period=period, since=since),
        settings=form_line(area_type, on_tiles=on_tiles),
        source=_source(measure, release=release, build=build, places=places, on_tiles=on_tiles),
        alt=map_words.description(
            known,
            classes,
            measure,
            places=len(places),
            area_type=area_type,
            who=who,
            period=f"{since} to {period}" if measure.id == "change" else period,
            tiles=on_tiles,
        ),
        table=map_words.table(places, measure, period=period, since=since),
        caveats=map_words.caveats(places, measure, area_type=area_type, period=period, since=since, tiles=on_tiles),
        file_stem=_file_stem(measure, area_type=area_type, who=who, period=period, since=since),
        config=CONFIG,
    )


def form_line(area_type: str, *, on_tiles: bool) -> str:
    """Return which areas a map shows, and in which form."""
    form = ", one square for each" if on_tiles else ""
    beyond = " Land without a combined authority is left blank." if area_type == "combined-authority" else ""
    return f"{words.LEVELS[area_type]} of England{form}.{beyond}"


def chosen_place(places: pd.DataFrame, selected: str, *, file: str) -> tuple[pd.DataFrame, str]:
    """Return the chosen place, with the boundary file that holds it; on tiles a larger place is outlined by its tiles."""
    if not selected:
        return places.iloc[:0], file
    at_level = places[places["area_code"] == selected]
    if len(at_level):
        return at_level, file
    if file == FILE:
        return places[(places["region_code"] == selected) | (places["combined_authority_code"] == selected)], file
    return pd.DataFrame({"area_code": [selected], "region_code": [None]}), area_type_of(selected)


def _london(
    classes: list[MapClass], unknown: pd.DataFrame, chosen: pd.DataFrame, measure: MapMeasure, palette: Palette
) -> list[dict[str, Any]]:
    """Return London's authorities once more, on a map of their own."""
    inside = [one.inside(LONDON_CODE) for one in classes]
    missing = unknown[unknown["region_code"] == LONDON_CODE]
    outlined = chosen[chosen["region_code"] == LONDON_CODE]
    file, geo = "utla", "geo2"
    name = {
        "type": "scattergeo",
        "geo": geo,
        "lon": [sum(LONDON.x) / 2],
        "lat": [LONDON.y[1]],
        "mode": "text",
        "text": ["London, enlarged"],
        "textposition": "bottom center",
        "textfont": {"size": 14, "color": palette.quiet},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "London",
    }
    return [
        name,
        *class_traces(inside, measure, file=file, geo=geo, showlegend=False),
        *no_figure_trace(
            missing, file=file, palette=palette, reasons=_reasons(missing, measure), geo=geo, showlegend=False
        ),
        *sign_traces(inside, file=file, palette=palette, geo=geo),
        *outline_traces(outlined, file=file, palette=palette, name="Chosen place", geo=geo),
    ]


_OF_UNKNOWN = ("area_code", "region_code")


def _own_scale(known: pd.DataFrame, measure: MapMeasure) -> Scale:
    clear = known[measure.standing].isin(_CLEAR) if measure.standing else None
    return rows_scale(known, column=measure.column, clear=clear)


_CLEAR = ("rose", "fell", "lower than England", "higher than England")


def _reasons(unknown: pd.DataFrame, measure: MapMeasure) -> list[str]:
    if not measure.reason:
        return ["not published"] * len(unknown)
    return [str(reason).split(": ")[-1] for reason in unknown[measure.reason].tolist()]


def _legend_title(measure: MapMeasure) -> str:
    if measure.kind == "level":
        return measure.unit.capitalize()
    return ""


def _source(measure: MapMeasure, *, release: str, build: str, places: pd.DataFrame, on_tiles: bool) -> str:
    crown = "" if on_tiles else CROWN
    if measure.id == "deprivation":
        return source_line(release=places["imd_release"].iloc[0], build=build, publisher=f"{IMD} 2025", extra=crown)
    releases = sorted(places["le_release"].dropna().unique()) if "le_release" in places else []
    extra = crown
    if measure.kind == "two-way":
        extra = f"{IMD} 2025. {crown}".strip()
    if measure.id == "life-expectancy" and releases:
        publisher = "Office for National Statistics, life expectancy"
        earlier = f"Some areas: release of {', '.join(map(words.day, releases[:-1]))}." if releases[:-1] else ""
        extra = " ".join(part for part in (earlier, crown) if part)
        return source_line(release=releases[-1], build=build, publisher=publisher, extra=extra)
    if measure.id == "poor-health" and releases:
        extra = f"Life expectancy: released {words.day(releases[-1])}. {crown}".strip()
    return source_line(release=release, build=build, publisher=ONS_HLE, extra=extra)


def _file_stem(measure: MapMeasure, *, area_type: str, who: str, period: str, since: str) -> str:
    if not measure.by_period:
        return file_name("map", measure.id, area_type)
    return file_name("map", measure.id, area_type, who, *([since] if measure.id == "change" else []), period)
