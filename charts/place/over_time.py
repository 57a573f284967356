"""What `place-hle` and `place-le` share: one place over time beside its region and England."""

from collections.abc import Mapping, Sequence

import pandas as pd

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, line, period_axis
from charts.kit.palette import Palette
from charts.kit.table import Record, each, figures, limits
from charts.kit.theme import drawn
from pipeline.answers.place.profile import Place

ByArea = Mapping[str, Sequence[Record]]
"""Code of an area -> its rows, the earliest first."""


def by_area(rows: pd.DataFrame) -> ByArea:
    """Code of an area -> its rows, in their order."""
    found: dict[str, list[Record]] = {}
    for row in rows.to_dict("records"):
        found.setdefault(str(row["area_code"]), []).append(row)
    return found


def lines_of(areas: ByArea, place: Place, measure: str, *, palette: Palette) -> Drawing:
    """Lines of a measure ("hle" or "le", years) with 95% bands for each area; each release is a line of its own."""
    styles = {place.code: (palette.gap, "solid", True), place.within[-1][0]: (palette.england, "dot", False)}
    traces = []
    for code, name in [*reversed(place.within), (place.code, place.name)]:
        style, own = styles.get(code, (palette.better_off, "dash", False)), areas.get(code, ())
        for position, release in enumerate(sorted({row["release"] for row in own})):
            part = [row for row in own if row["release"] == release]
            traces += _line(part, measure, name, style, showlegend=position == 0)
    years = sorted({(row["mid_point"], row["period"]) for own in areas.values() for row in own})
    layout = {"xaxis": period_axis([years[0], years[-1]]), "yaxis": axis("Years")}
    return drawn(traces, palette, height=380, layout=layout)


def _line(
    part: Sequence[Record], measure: str, name: str, style: tuple[str, str, bool], *, showlegend: bool
) -> list[Mark]:
    colour, dash, marked = style
    years, values, lower, upper, periods = each(
        part, "mid_point", f"{measure}_years", f"{measure}_lci_95", f"{measure}_uci_95", "period"
    )
    own = line(years, values, name=name, colour=colour, dash=dash, markers=marked, hover=periods)
    shade = band(years, lower, upper, colour=colour, name=f"{name}, 95% interval", showlegend=False)
    return [*shade, own | {"showlegend": showlegend}]


def subtitle(measure: str, rows: pd.DataFrame, who: str) -> str:
    """Measure, people, periods and unit."""
    first, last = rows["period"].min(), rows["period"].max()
    return f"{measure} at birth, {who}, {first} up to {last}, years. The axis does not start at zero"


def description(title: str, measure: str, areas: ByArea, place: Place, who: str) -> str:
    """What the lines show, for people who cannot see them: both ends of each line, and the range of the place."""
    column = f"{measure}_years"
    parts = [
        f"{name} from {words.number(areas[code][0][column])} in {areas[code][0]['period']} to "
        f"{words.number(areas[code][-1][column])} in {areas[code][-1]['period']}"
        for code, name in [(place.code, place.name), *place.within]
        if code in areas
    ]
    own = [row[column] for row in areas[place.code] if pd.notna(row[column])]
    return (
        f"Line chart of {title} at birth for {who}, years: {'; '.join(parts)}. "
        f"{place.name} ranges between {words.number(min(own))} and {words.number(max(own))}."
    )


def table(measure: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each area and period: years with 95% limits, and the release they are from."""
    released = [words.day(release) for release in rows["release"]]
    columns = {"Area": "area_name", "Period": "period", "Years": f"{measure}_years"}
    return figures(rows, columns | limits(measure) | {"Released": released})
