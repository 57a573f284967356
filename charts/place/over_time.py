"""What `place-hle` and `place-le` share: one place over time beside its region and England."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, line, period_axis
from charts.kit.palette import Palette
from charts.kit.table import Record, each, figures, limits
from charts.kit.theme import drawn
from pipeline.answers.place.profile import Place


def by_area(rows: pd.DataFrame) -> dict[str, Sequence[Record]]:
    """Code of an area -> its rows, in their order."""
    return {str(code): own.to_dict("records") for code, own in rows.groupby("area_code", sort=False)}


def lines_of(rows: pd.DataFrame, place: Place, measure: str, *, palette: Palette) -> Drawing:
    """Lines of a measure ("hle" or "le", years) with 95% bands for each area; each release is a line of its own."""
    areas = by_area(rows)
    styles = {place.code: (palette.gap, "solid", True), place.within[-1][0]: (palette.england, "dot", False)}
    traces = []
    for code, name in [*reversed(place.within), (place.code, place.name)]:
        style = styles.get(code, (palette.better_off, "dash", False))
        for position, (_, part) in enumerate(
            pd.DataFrame(areas.get(code, ()), columns=rows.columns).groupby("release")
        ):
            traces += _line(part.to_dict("records"), measure, name, style, showlegend=position == 0)
    ordered = rows.sort_values("mid_point")
    ends = [(ordered["mid_point"].iloc[at], ordered["period"].iloc[at]) for at in (0, -1)]
    return drawn(traces, palette, height=380, layout={"xaxis": period_axis(ends), "yaxis": axis("Years")})


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


def description(title: str, measure: str, rows: pd.DataFrame, place: Place, who: str) -> str:
    """What the lines show, for people who cannot see them: both ends of each line, and the range of the place."""
    areas, column = by_area(rows), f"{measure}_years"
    parts = [
        f"{name} from {words.number(areas[code][0][column])} in {areas[code][0]['period']} to "
        f"{words.number(areas[code][-1][column])} in {areas[code][-1]['period']}"
        for code, name in [(place.code, place.name), *place.within]
        if code in areas
    ]
    own = rows.loc[rows["area_code"] == place.code, column]
    return (
        f"Line chart of {title} at birth for {who}, years: {'; '.join(parts)}. "
        f"{place.name} ranges between {words.number(own.min())} and {words.number(own.max())}."
    )


def table(measure: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each area and period: years with 95% limits, and the release they are from."""
    released = [words.day(release) for release in rows["release"]]
    columns = {"Area": "area_name", "Period": "period", "Years": f"{measure}_years"}
    return figures(rows, columns | limits(measure) | {"Released": released})
