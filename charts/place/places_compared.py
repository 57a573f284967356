"""Chart `places-compared`: one measure of up to four places over time, and whether any two clearly differ."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import ONS_HLE, PERIODS_OVERLAP, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures
from charts.place.over_time import ByArea, Columns, Line, by_area, lines_of
from pipeline.answers.place.compared import QUANTITIES
from pipeline.areas import ENGLAND

_MORE = {
    "hle": "more healthy years",
    "le": "more years of life",
    "poor-health": "more years not in good health",
    "share": "points more of life in good health",
}
_LONGEST_TITLE = 70
_LE = "Office for National Statistics, healthy life expectancy and life expectancy"


def places_compared(
    rows: pd.DataFrame, pairs: pd.DataFrame, quantity: str, *, build: str, palette: Palette = LIGHT
) -> Chart:
    """One measure of a few places with 95% intervals, the first of them in bold.

    `rows`: `pipeline.answers.place.compared.compared`; `pairs`: what it says of each two places.
    """
    areas = by_area(rows)
    unit = "per cent" if quantity == "share" else "years"
    lines = _lines(areas, palette)
    latest = [areas[one.code][-1] for one in lines]
    who, period = words.people(str(rows["sex"].iloc[0])), str(rows["period"].iloc[-1])
    name = QUANTITIES[quantity]
    return Chart(
        id="places-compared",
        drawing=lines_of(areas, lines[::-1], Columns("value", "lci_95", "uci_95", unit), palette=palette),
        title=_title(who, pairs, quantity, len(lines)),
        subtitle=f"{name} at birth, {who}, {unit}, {rows['period'].min()} up to {rows['period'].max()}",
        settings="Bands show 95% intervals where there are any. The axis does not start at zero.",
        source=source_line(
            release=str(rows["release"].max()), build=build, publisher=ONS_HLE if quantity == "hle" else _LE
        ),
        alt=f"Line chart of {name.lower()} at birth for {who}, {unit}: {'; '.join(map(_said, latest))}. "
        f"Values of all periods range between {words.number(rows['value'].min())} and {words.number(rows['value'].max())}.",
        table=figures(
            rows,
            {"Place": "area_name", "Period": "period", f"{name} ({unit})": "value"}
            | {"Lower 95% limit": "lci_95", "Upper 95% limit": "uci_95"}
            | {"Released": [words.day(release) for release in rows["release"]]},
        ),
        caveats=_caveats(quantity),
        file_stem=file_name("places-compared", quantity, *(one.name for one in lines), who, period),
    )


def _lines(areas: ByArea, palette: Palette) -> list[Line]:
    others = iter((palette.better_off, palette.worse_off, palette.target))
    lines = []
    for position, (code, own) in enumerate(areas.items()):
        first, england = position == 0, code == ENGLAND
        colour = palette.gap if first else palette.england if england else next(others)
        dash = "dash" if england else "solid"
        name = str(own[0]["area_name"])
        lines.append(
            Line(code=code, name=name, colour=colour, dash=dash, width=4 if first else 3, banded=True, bold=first)
        )
    return lines


def _title(who: str, pairs: pd.DataFrame, quantity: str, places: int) -> str:
    known = pairs.dropna(subset=["lci_95", "uci_95"])
    clear = known[known["clearly"]]
    start = words.sentence_start(who)
    if known.empty:
        return f"{start}: {QUANTITIES[quantity].lower()} of {words.number_of(places, 'place')}"
    if clear.empty:
        return (
            f"{start}: no two of the {places} places clearly differ" if places > 2 else f"{start}: no clear difference"
        )
    widest = max(clear.to_dict("records"), key=lambda pair: abs(pair["difference"]))
    higher, lower = (widest[end] for end in (("one", "other") if widest["difference"] > 0 else ("other", "one")))
    size = words.number(abs(widest["difference"]))
    said = f"{start}: {size} {_MORE[quantity]} in {words.place(higher)} than in {words.place(lower)}"
    return (
        said
        if len(said) <= _LONGEST_TITLE
        else f"{start}: {len(clear)} of {words.number_of(len(pairs), 'pair')} of places differ clearly"
    )


def _said(row: Record) -> str:
    return f"{row['area_name']} {words.with_interval(row['value'], row['lci_95'], row['uci_95'])} in {row['period']}"


def _caveats(quantity: str) -> tuple[str, ...]:
    caveats = [
        PERIODS_OVERLAP,
        "Places are taken as independent: where one holds the other, intervals are a little wide.",
    ]
    if quantity in {"poor-health", "share"}:
        caveats.append("Intervals allow for the error of healthy life expectancy alone, which is much the larger one.")
    if quantity != "hle":
        caveats.append("Where periods come from two releases of life expectancy, no line joins them.")
    return tuple(caveats)


def pair_table(pairs: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Each two places: the difference with its interval, and whether it is clear."""
    unit = "percentage points" if quantity == "share" else "years"
    rows = pairs.to_dict("records")
    return pd.DataFrame(
        {
            "Places": [f"{row['one']} minus {row['other']}" for row in rows],
            f"Difference ({unit})": [
                f"{words.signed(row['difference'])} ({words.signed(row['lci_95'])} to {words.signed(row['uci_95'])})"
                if pd.notna(row["lci_95"])
                else words.signed(row["difference"])
                for row in rows
            ],
            "Clearly different": [
                "no interval" if pd.isna(row["lci_95"]) else "yes" if row["clearly"] else "not clear" for row in rows
            ],
        }
    )
