"""Chart `place-le`: life expectancy of one place over time, in good health or not."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.place.over_time import LE, by_area, description, lines_of, place_lines, subtitle, table
from pipeline.answers.place.profile import Place

_LE = "Office for National Statistics, life expectancy"


def place_le(rows: pd.DataFrame, place: Place, *, hle_years: float, build: str, palette: Palette = LIGHT) -> Chart:
    """LE in years of a place, its region and England; where its periods come from two releases, as two lines.

    `rows`: `pipeline.answers.place.profile.lines` of table `life_expectancy`, one sex, some of them the place's;
    `hle_years`: its latest HLE, NaN where none is published.
    """
    areas = by_area(rows)
    own = areas[place.code]
    latest, releases = own[-1], {str(row["release"]) for row in own}
    who = words.people(str(latest["sex"]))
    two_releases = len(releases) > 1
    rest = "" if pd.isna(hle_years) else f", {words.number(latest['le_years'] - hle_years)} not in good health"
    earlier = f"Earlier periods: released {words.day(min(releases))}." if two_releases else ""
    return Chart(
        id="place-le",
        drawing=lines_of(areas, place_lines(place, areas, palette), LE, palette=palette),
        title=f"{place.name}, {who}: {words.number(latest['le_years'])} years of life{rest}, {latest['period']}",
        subtitle=subtitle("Life expectancy", rows),
        settings="The band shows 95% intervals where there are any. The axis does not start at zero."
        + (" A gap in the line: its sides come from two releases." if two_releases else ""),
        source=source_line(release=max(releases), build=build, publisher=_LE, extra=earlier),
        alt=description("life expectancy", "le", areas, place, who),
        table=table("le", rows),
        caveats=_caveats(two_releases=two_releases, without_intervals=any(pd.isna(row["le_lci_95"]) for row in own)),
        file_stem=file_name("place-le", place.name, who, str(latest["period"])),
    )


def _caveats(*, two_releases: bool, without_intervals: bool) -> tuple[str, ...]:
    caveats = [
        "Life expectancy is more certain than healthy life expectancy: it is based on all deaths, not on a survey."
    ]
    if two_releases:
        caveats.append(
            "The periods come from two releases, and no line joins them: the population estimates changed in between."
        )
    if without_intervals:
        caveats.append("We hold no intervals for the life expectancy of this place.")
    return tuple(caveats)
