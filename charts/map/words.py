"""What a map says in words: its finding, its description, its caveats and its table."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from charts.kit import words
from charts.map.classes import Area, MapClass, two_way_label
from charts.map.measures import MapMeasure
from pipeline.answers.map.rows import apart

ENDS_NAMED = 3
MOSTLY = 0.9
"""Share of areas with a figure from which a title need not say that some have none."""


def title(known: Sequence[Area], measure: MapMeasure, *, places: int, area_type: str, who: str, since: str) -> str:
    """Return the finding of a map as a sentence.

    Args:
        known: areas with a figure.
        measure: what is shown.
        places: number of areas of the level, those without a figure included.
        area_type: level of the areas.
        who: "women" or "men".
        since: label of the earlier period of a change.
    """
    if not known:
        return f"{measure.label}: no figures at this level and period"
    level = words.LEVELS[area_type].lower()
    if measure.kind == "two-way":
        deprived = [area for area in known if area["imd_third"] == "highest"]
        both, third = sum(area["hle_third"] == "lowest" for area in deprived), len(deprived)
        which = "all" if both == third else _said(both)
        return (
            f"{who.capitalize()}: of the {third} most deprived {level}, {which} are also in the lowest third by healthy "
            "life expectancy"
        )
    if measure.kind == "clear":
        return f"{who.capitalize()}: {_clear_finding(known, measure, level=level, since=since)}"
    ordered = _ordered(known, measure)
    lowest, highest = ordered[0], ordered[-1]
    low, high = (words.number(row[measure.column]) for row in (lowest, highest))
    if measure.id == "deprivation":
        return f"Deprivation runs from {low} in {words.place(lowest['area_name'])} to {high} in {words.place(highest['area_name'])}"
    only = f"of the {len(known)} {level} with a figure, " if len(known) < MOSTLY * places else ""
    return (
        f"{who.capitalize()}: {only}from {measure.finding.format(value=low)} in {words.place(lowest['area_name'])} to {high} in "
        f"{words.place(highest['area_name'])}"
    )


def _clear_finding(known: Sequence[Area], measure: MapMeasure, *, level: str, since: str) -> str:
    standing, count = Counter(area[measure.standing] for area in known), len(known)
    if measure.id == "difference":
        lower, higher = (standing[f"{way} than England"] for way in ("lower", "higher"))
        return (
            f"{_said(lower)} of {count} {level} are clearly below England, {_said(higher)} clearly above, "
            f"{_said(count - lower - higher)} cannot be told"
        )
    if standing["not tested"]:
        fell = sum(area[measure.column] < 0 for area in known)
        return f"{_said(fell)} of {count} {level} are lower than in {since}; not tested, since the periods share years"
    fell, rose = standing["fell"], standing["rose"]
    return (
        f"{_said(fell)} of {count} {level} clearly fell since {since}, {_said(rose)} clearly rose, "
        f"{_said(count - fell - rose)} cannot be told"
    )


def _ordered(known: Sequence[Area], measure: MapMeasure) -> list[Area]:
    return [known[at] for at in np.argsort([area[measure.column] for area in known]).tolist()]


def _said(count: int) -> str:
    return str(count) if count else "none"


def subtitle(measure: MapMeasure, *, who: str, period: str, since: str) -> str:
    """Return measure, people, period and unit."""
    if not measure.by_period:
        return f"{measure.measured}; all people"
    when = f"{since} to {period}" if measure.id == "change" else period
    return f"{measure.measured}, {who}, {when}, years"


def description(
    known: Sequence[Area],
    classes: Sequence[MapClass],
    measure: MapMeasure,
    *,
    places: int,
    area_type: str,
    who: str,
    period: str,
    tiles: bool,
) -> str:
    """Return what the map shows, for people who cannot see it: form, range, ends, classes, and what is missing."""
    level = words.LEVELS[area_type].lower()
    form = (
        "Tile map of England, one square of the same size for each authority" if tiles else f"Map of England, {level}"
    )
    label = measure.label[0].lower() + measure.label[1:]
    of = f"{label}, {who}, {period}" if measure.by_period else label
    missing = f" {places - len(known)} have no figure and are grey." if places > len(known) else ""
    if not known:
        return f"{form}: {of}. No area has a figure; all are grey."
    ordered = _ordered(known, measure)
    lowest, highest = (
        ", ".join(f"{area['area_name']} {words.number(area[measure.column])}" for area in end)
        for end in (ordered[:ENDS_NAMED], ordered[: -ENDS_NAMED - 1 : -1])
    )
    held = "; ".join(f"{one.label.lower()}, {len(one.rows)}" for one in classes if len(one.rows))
    return (
        f"{form}, shaded by {of}, in {_unit(measure)}. Lowest: {lowest}. Highest: {highest}. Areas in each class: {held}."
        f"{missing} The table below the map lists all {places}."
    )


def _unit(measure: MapMeasure) -> str:
    return "points of its score" if measure.unit == "score" else "years"


def caveats(
    rows: pd.DataFrame, measure: MapMeasure, *, area_type: str, period: str, since: str, tiles: bool
) -> tuple[str, ...]:
    """Return what to bear in mind with a map, the missing areas first."""
    found = missing_reasons(rows, measure)
    if measure.id == "life-expectancy" and rows["le_release"].nunique() > 1:
        releases = " and ".join(words.day(release) for release in sorted(rows["le_release"].dropna().unique()))
        found.append(
            f"These figures come from two releases ({releases}); small differences between areas may be due to that."
        )
    if measure.id == "poor-health":
        found.append("The interval is that of healthy life expectancy; life expectancy's own is small beside it.")
    if measure.kind == "clear":
        found.append("With a 95% interval, about one area in twenty looks different by luck alone.")
    if measure.id == "change" and not apart(since, period):
        found.append("The two periods share years and so share samples: no interval is given.")
    if measure.kind == "two-way":
        found.append("Thirds ignore the intervals: an area near a cut may belong to the group beside it.")
    if measure.by_sex and area_type == "utla" and measure.id != "life-expectancy":
        found.append(
            "Figures of single authorities are uncertain: the usual 95% interval is 7 to 8 years wide, so small differences "
            "and ranks mean little."
        )
    if tiles:
        found.append("On the tile map only neighbourhood means something: size and distance do not.")
    return tuple(found)


def missing_reasons(rows: pd.DataFrame, measure: MapMeasure) -> list[str]:
    """Return one sentence for each reason why areas have no figure; many areas of one reason are counted, not named."""
    missing = rows[measure.column].isna().to_numpy()
    if not measure.reason or not missing.any():
        return []
    areas: dict[str, list[str]] = {}
    for name, reason in zip(
        *(rows[column].array[missing].tolist() for column in ("area_name", measure.reason)), strict=True
    ):
        areas.setdefault(str(reason), []).append(name)
    found = []
    for text, names in areas.items():
        if ": " in text:
            found.append(f"{text}.")
        elif len(names) <= ENDS_NAMED:
            found.append(f"{', '.join(names)}: {text}.")
        else:
            found.append(f"{len(names)} areas are grey, without a figure: {text}.")
    return found


def table(rows: pd.DataFrame, measure: MapMeasure, *, period: str, since: str) -> pd.DataFrame:
    """Return the figures of a map as a table, lowest first, areas without a figure last."""
    values, names = rows[measure.column].fillna(np.inf).tolist(), rows["area_name"].tolist()
    order = sorted(range(len(rows)), key=lambda at: (values[at], names[at]))

    def ordered(column: str) -> pd.Series:
        return rows[column].take(order).reset_index(drop=True)

    def rounded(column: str) -> NDArray[np.float64]:
        return rows[column].to_numpy()[order].round(2)

    heading = f"{'Change' if measure.id == 'change' else measure.label} ({measure.unit})"
    if measure.kind == "two-way":
        heading = "Healthy life expectancy (years)"
    columns: dict[str, object] = {"Area": ordered("area_name"), "Code": ordered("area_code")}
    if measure.id == "change":
        columns[f"{since} (years)"] = rounded("since_years")
        columns[f"{period} (years)"] = rounded("hle_years")
    if measure.id == "difference":
        columns["Healthy life expectancy (years)"] = rounded("hle_years")
    columns[heading] = rounded(measure.column)
    lower, upper = measure.limits
    if lower and rows[lower].notna().any():
        columns["Lower 95% limit"] = rounded(lower)
        columns["Upper 95% limit"] = rounded(upper)
    if measure.standing:
        columns["Standing"] = ordered(measure.standing)
    if measure.kind == "two-way":
        columns["IMD score"] = rounded("imd_score")
        columns["Group"] = [
            two_way_label(hle, imd) if isinstance(hle, str) and isinstance(imd, str) else "no figure"
            for hle, imd in zip(ordered("hle_third").tolist(), ordered("imd_third").tolist(), strict=True)
        ]
    return pd.DataFrame(columns)
