"""One place over time: its healthy life expectancy or life expectancy beside those of its region and of England."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import ONS_HLE, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import band, line
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn
from pipeline.answers.place.profile import Place

_LE = "Office for National Statistics, life expectancy"
_Record = Mapping[Hashable, Any]


def place_hle(rows: pd.DataFrame, place: Place, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return healthy life expectancy of a place over time, with intervals, beside its region and England.

    Args:
        rows: `pipeline.answers.place.profile.lines` of table `hle`, one release and sex.
        place: the place.
        build: build id for the source line.
        palette: colours.
    """
    areas = _by_area(rows)
    latest, england = (areas[code][-1] for code in (place.code, place.within[-1][0]))
    who = words.people(str(latest["sex"]))
    away = float(latest["hle_years"]) - float(england["hle_years"])
    compared = (
        "the same as England"
        if round(abs(away), 1) == 0
        else f"{words.number(abs(away))} {'more' if away > 0 else 'fewer'} than England"
    )
    return Chart(
        id="place-hle",
        drawing=_drawing(areas, place, "hle", palette=palette),
        title=f"{place.name}, {who}: {words.years(latest['hle_years'])} in good health, {compared}",
        subtitle=_subtitle("Healthy life expectancy", areas, who),
        settings="Bands show 95% intervals.",
        source=source_line(release=str(latest["release"]), build=build, publisher=ONS_HLE),
        alt=_alt("healthy life expectancy", "hle", areas, place, who),
        table=_table("hle", rows),
        caveats=(
            "Neighbouring periods share two of their three years, so they do not move independently.",
            "Differences between neighbouring years of one authority are mostly chance: look at the band.",
        ),
        file_stem=file_name("place-hle", place.name, who, str(latest["period"])),
    )


def place_le(rows: pd.DataFrame, place: Place, *, hle_years: float, build: str, palette: Palette = LIGHT) -> Chart:
    """Return life expectancy of a place over time, in good health or not, beside its region and England.

    Where a place's periods come from two releases, each release is a line of its own.

    Args:
        rows: `pipeline.answers.place.profile.lines` of table `life_expectancy`, one sex.
        place: the place; it must have rows.
        hle_years: its latest healthy life expectancy; NaN where none is published.
        build: build id for the source line.
        palette: colours.
    """
    areas = _by_area(rows)
    own = areas[place.code]
    latest = own[-1]
    who = words.people(str(latest["sex"]))
    caveats = ["Life expectancy is better known than healthy life expectancy: it rests on all deaths, not on a survey."]
    releases = {str(row["release"]) for row in own}
    seam = len(releases) > 1
    if seam:
        caveats.append(
            "Its periods come from two releases, and no line joins them: the population estimates changed in between."
        )
    if any(pd.isna(row["le_lci_95"]) for row in own):
        caveats.append("No intervals are held for this place's life expectancy.")
    split = (
        ""
        if pd.isna(hle_years)
        else f", of which {words.number(float(latest['le_years']) - hle_years)} not in good health"
    )
    return Chart(
        id="place-le",
        drawing=_drawing(areas, place, "le", palette=palette),
        title=f"{place.name}, {who}: {words.number(latest['le_years'])} years of life{split}",
        subtitle=_subtitle("Life expectancy", areas, who),
        settings="Bands show 95% intervals where they are held."
        + (" A gap in the line: its sides come from two releases." if seam else ""),
        source=source_line(release=max(releases), build=build, publisher=_LE),
        alt=_alt("life expectancy", "le", areas, place, who),
        table=_table("le", rows),
        caveats=tuple(caveats),
        file_stem=file_name("place-le", place.name, who, str(latest["period"])),
    )


def _by_area(rows: pd.DataFrame) -> dict[str, list[_Record]]:
    found: dict[str, list[_Record]] = {}
    for row in rows.to_dict("records"):
        found.setdefault(str(row["area_code"]), []).append(row)
    return found


def _drawing(areas: Mapping[str, Sequence[_Record]], place: Place, column: str, *, palette: Palette) -> Drawing:
    styles = {place.code: (palette.gap, "solid", True), place.within[-1][0]: (palette.england, "dot", False)}
    traces = []
    for code, name in [*reversed(place.within), (place.code, place.name)]:
        colour, dash, marked = styles.get(code, (palette.better_off, "dash", False))
        own = areas.get(code, ())
        for position, release in enumerate(sorted({row["release"] for row in own})):
            part = [row for row in own if row["release"] == release]
            middles, values, lower, upper = (
                [row[which] for row in part]
                for which in ("mid_point", f"{column}_years", f"{column}_lci_95", f"{column}_uci_95")
            )
            traces += band(middles, lower, upper, colour=colour, name=f"{name}, 95% interval", showlegend=False)
            periods = [row["period"] for row in part]
            one = line(middles, values, name=name, colour=colour, dash=dash, markers=marked, hover=periods)
            traces.append(one | {"showlegend": position == 0})
    middle_of = {row["period"]: row["mid_point"] for own in areas.values() for row in own}
    first, last = (end(middle_of, key=middle_of.__getitem__) for end in (min, max))
    return drawn(
        traces,
        palette,
        height=380,
        layout={
            "xaxis": {
                "tickvals": [middle_of[first], middle_of[last]],
                "ticktext": [period.replace(" to ", " to<br>") for period in (first, last)],
                "range": [middle_of[first] - 0.8, middle_of[last] + 0.8],
            },
            "yaxis": {"title": {"text": "Years", "font": {"size": 15}}},
        },
    )


def _subtitle(measure: str, areas: Mapping[str, Sequence[_Record]], who: str) -> str:
    periods = {str(row["period"]) for own in areas.values() for row in own}
    return f"{measure} at birth, {who}, {min(periods)} up to {max(periods)}, years. The axis does not start at zero"


def _alt(measure: str, column: str, areas: Mapping[str, Sequence[_Record]], place: Place, who: str) -> str:
    parts = []
    for code, name in [(place.code, place.name), *place.within]:
        if code in areas:
            first, last = areas[code][0], areas[code][-1]
            parts.append(
                f"{name} from {words.number(first[f'{column}_years'])} in {first['period']} to "
                f"{words.number(last[f'{column}_years'])} in {last['period']}"
            )
    own = [row[f"{column}_years"] for row in areas[place.code] if pd.notna(row[f"{column}_years"])]
    return (
        f"Line chart of {measure} at birth for {who}, years: {'; '.join(parts)}. "
        f"{place.name} ranges between {words.number(min(own))} and {words.number(max(own))}."
    )


def _table(column: str, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Area": rows["area_name"].array,
            "Period": rows["period"].array,
            "Years": rows[f"{column}_years"].to_numpy().round(2),
            "Lower 95% limit": rows[f"{column}_lci_95"].to_numpy().round(2),
            "Upper 95% limit": rows[f"{column}_uci_95"].to_numpy().round(2),
            "Released": [words.day(release) for release in rows["release"].tolist()],
        }
    )
