"""What a map says in words: its finding, its description, its caveats and its table."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.table import Columns, figures
from charts.map.classes import Area, MapClass, two_way_label
from charts.map.measures import MapMeasure
from charts.map.views import MapView
from pipeline.answers.map.rows import apart

ENDS_NAMED = 3
MOSTLY = 0.9
"""Share of areas with a figure from which a title need not say that some have none."""


def title(known: Sequence[Area], shown: MapView, *, places: pd.DataFrame) -> str:
    """The finding of a map, for the chosen place where there is one: `known` are the areas with a figure, of all `places`."""
    measure = shown.shows
    if not known:
        return f"{measure.label}: no figures at this level and period"
    names = dict(zip(places["area_code"], places["area_name"], strict=True))
    if shown.selected in names and measure.by_sex and measure.kind != "two-way" and measure.id != "shortfall":
        name = words.sentence_start(words.place(names[shown.selected]))
        return f"{name}, {shown.who}: {_of_chosen(known, shown)}"
    return _of_all(known, shown, len(places))


def _of_all(known: Sequence[Area], shown: MapView, places: int) -> str:
    measure, who = shown.shows, shown.who.capitalize()
    if measure.kind == "two-way":
        return f"{who}: {_both_lowest(known, shown)}"
    if measure.kind == "clear":
        return f"{who}: {_clear_finding(known, shown)}"
    lowest, *_, highest = _ordered(known, measure)
    low, high = (words.number(area[measure.column]) for area in (lowest, highest))
    bottom, top = (words.place(area["area_name"]) for area in (lowest, highest))
    if measure.id == "deprivation":
        return f"Deprivation scores: {low} in {bottom}, {high} in {top}"
    if measure.id == "shortfall":
        return f"{who}: {top} holds the largest share of the shortfall, {high}%"
    only = f"of {len(known)} {shown.level} with a figure, " if len(known) < MOSTLY * places else ""
    return f"{who}: {only}{measure.finding.format(value=low)} in {bottom}, {high} in {top}"


def _of_chosen(known: Sequence[Area], shown: MapView) -> str:
    measure = shown.shows
    chosen = next((area for area in known if area["area_code"] == shown.selected), None)
    value = math.nan if chosen is None else chosen[measure.column]
    if chosen and measure.kind == "clear":
        return f"{words.signed(value)} years, {chosen[measure.standing]}"
    lowest, *_, highest = _ordered(known, measure)
    low, high = (words.number(area[measure.column]) for area in (lowest, highest))
    own = measure.finding.format(value=words.number(value)) if chosen else "no figure"
    return f"{own}; {shown.level} have {low} to {high}"


def _both_lowest(known: Sequence[Area], shown: MapView) -> str:
    deprived = [area for area in known if area["imd_third"] == "highest"]
    both = sum(area["hle_third"] == "lowest" for area in deprived)
    return f"fewest healthy years in {_said(both)} of the {len(deprived)} most deprived {shown.level}"


def _clear_finding(known: Sequence[Area], shown: MapView) -> str:
    measure, of = shown.shows, f"of {len(known)} {shown.level}"
    standing = Counter(area[measure.standing] for area in known)
    if standing["not tested"]:
        fell = sum(area[measure.column] < 0 for area in known)
        return f"{_said(fell)} {of} lower than in {shown.since} (not tested)"
    if measure.id == "difference":
        down, up = standing["lower than England"], standing["higher than England"]
        return f"{_said(down)} {of} clearly below England, {_said(up)} clearly above"
    down, up = standing["fell"], standing["rose"]
    return f"{_said(down)} {of} clearly fell, {_said(up)} clearly rose"


def _ordered(known: Sequence[Area], measure: MapMeasure) -> list[Area]:
    return [known[at] for at in np.argsort([area[measure.column] for area in known])]


def _said(count: int) -> str:
    return str(count) if count else "none"


def running(measure: MapMeasure) -> str:
    """The name of a measure in a sentence."""
    return measure.label[0].lower() + measure.label[1:]


def subtitle(shown: MapView) -> str:
    """Measure, people, period and unit."""
    measure, measured = shown.shows, shown.shows.measured
    if not measure.by_period:
        return f"{measured}; all people"
    return f"{measured}, {shown.who}, {shown.when}, {measure.unit_in_words}"


def counted(classes: Sequence[MapClass]) -> str:
    """How many areas each class holds: "under 58, 4; 58 to under 60, 12"."""
    return "; ".join(f"{one.label.lower()}, {len(one.rows)}" for one in classes if one.rows)


def description(known: Sequence[Area], classes: Sequence[MapClass], shown: MapView, *, places: int) -> str:
    """What the map shows, for people who cannot see it: form, range, ends, classes, and what is missing."""
    measure = shown.shows
    tiles = "Tile map of England, one square of the same size for each authority"
    form = tiles if shown.on_tiles else f"Map of England, {shown.level}"
    of = f"{running(measure)}, {shown.who}, {shown.when}" if measure.by_period else running(measure)
    if not known:
        return f"{form}: {of}. No area has a figure; all are grey."
    missing = f" {places - len(known)} have no data and are grey." if places > len(known) else ""
    ordered = _ordered(known, measure)
    lowest, highest = (
        ", ".join(f"{area['area_name']} {words.number(area[measure.column])}" for area in end[:ENDS_NAMED])
        for end in (ordered, ordered[::-1])
    )
    return (
        f"{form}, shaded by {of}, in {measure.unit_in_words}. Lowest: {lowest}. Highest: {highest}. Areas in each class: {counted(classes)}."
        f"{missing} The table below the map lists all {places}."
    )


def caveats(rows: pd.DataFrame, shown: MapView) -> tuple[str, ...]:
    """Notes and limitations of a map, the missing areas first."""
    measure = shown.shows
    found = missing_reasons(rows, measure)
    if measure.id == "life-expectancy" and rows["le_release"].nunique() > 1:
        releases = " and ".join(words.day(release) for release in sorted(rows["le_release"].dropna().unique()))
        found.append(
            f"These figures come from two releases ({releases}); small differences between areas may come from that."
        )
    if measure.id == "poor-health":
        found.append("The interval is that of healthy life expectancy; life expectancy's own is small beside it.")
    if measure.kind == "clear":
        found.append("With a 95% interval, about one area in twenty looks different by chance alone.")
    if measure.id == "change" and not apart(shown.since, shown.period):
        found.append("The two periods share years and so share samples: no interval is given.")
    if measure.kind == "two-way":
        found.append("Thirds ignore the intervals: an area near a cut may belong to the group beside it.")
    if measure.by_sex and shown.area_type == "utla" and measure.id != "life-expectancy":
        found.append(
            "Figures of single authorities are uncertain: the usual 95% interval is 7 to 8 years wide, so small differences "
            "between them mean little."
        )
    if shown.on_tiles:
        found.append("On the tile map only who is next to whom matters: size and distance do not.")
    return tuple(found)


def missing_reasons(rows: pd.DataFrame, measure: MapMeasure) -> list[str]:
    """One sentence for each reason why areas have no figure; many areas of one reason are counted, not named."""
    if not measure.reason:
        return []
    missing = rows[rows[measure.column].isna()]
    return [
        _missing(str(reason), names.tolist())
        for reason, names in missing.groupby(measure.reason, sort=False, dropna=False)["area_name"]
    ]


def _missing(reason: str, names: Sequence[str]) -> str:
    if ": " in reason:
        return f"{reason}."
    if len(names) <= ENDS_NAMED:
        return f"{', '.join(names)}: {reason}."
    return f"{len(names)} areas are grey: {reason}."


def table(rows: pd.DataFrame, shown: MapView) -> pd.DataFrame:
    """The figures of a map, lowest first, areas without a figure last."""
    measure = shown.shows
    ordered = rows.sort_values([measure.column, "area_name"], na_position="last")
    heading = f"{'Change' if measure.id == 'change' else measure.label} ({measure.unit})"
    hle = "Healthy life expectancy (years)"
    columns: Columns = {"Area": "area_name", "Code": "area_code"}
    if measure.id == "change":
        columns |= {f"{shown.since} (years)": "since_years", f"{shown.period} (years)": "hle_years"}
    if measure.id == "difference":
        columns[hle] = "hle_years"
    columns[hle if measure.kind == "two-way" else heading] = measure.column
    lower, upper = measure.limits
    if lower and rows[lower].notna().any():
        columns |= {"Lower 95% limit": lower, "Upper 95% limit": upper}
    if measure.standing:
        columns["Standing"] = measure.standing
    if measure.kind == "two-way":
        columns |= {"IMD score": "imd_score", "Group": _groups(ordered)}
    return figures(ordered, columns)


def _groups(rows: pd.DataFrame) -> list[str]:
    thirds = zip(rows["hle_third"], rows["imd_third"], strict=True)
    return ["no data" if pd.isna(hle) or pd.isna(imd) else two_way_label(hle, imd) for hle, imd in thirds]
