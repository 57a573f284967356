"""Chart `place-le`: life expectancy of one place over time, in good health or not."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.place.over_time import description, lines_of, subtitle, table
from pipeline.answers.place.profile import Place

_LE = "Office for National Statistics, life expectancy"


def place_le(rows: pd.DataFrame, place: Place, *, hle_years: float, build: str, palette: Palette = LIGHT) -> Chart:
    """LE in years of a place, its region and England; where its periods come from two releases, as two lines.

    `rows`: `pipeline.answers.place.profile.lines` of table `life_expectancy`, one sex, some of them the place's;
    `hle_years`: its latest HLE, NaN where none is published.
    """
    own = rows[rows["area_code"] == place.code]
    latest = own.iloc[-1]
    who = words.people(str(latest["sex"]))
    two_releases = own["release"].nunique() > 1
    rest = "" if pd.isna(hle_years) else f", of which {words.number(latest['le_years'] - hle_years)} not in good health"
    return Chart(
        id="place-le",
        drawing=lines_of(rows, place, "le", palette=palette),
        title=f"{place.name}, {who}: {words.number(latest['le_years'])} years of life{rest}",
        subtitle=subtitle("Life expectancy", rows, who),
        settings="Bands show 95% intervals where they are held."
        + (" A gap in the line: its sides come from two releases." if two_releases else ""),
        source=source_line(release=own["release"].max(), build=build, publisher=_LE),
        alt=description("life expectancy", "le", rows, place, who),
        table=table("le", rows),
        caveats=_caveats(two_releases=two_releases, without_intervals=bool(own["le_lci_95"].isna().any())),
        file_stem=file_name("place-le", place.name, who, str(latest["period"])),
    )


def _caveats(*, two_releases: bool, without_intervals: bool) -> tuple[str, ...]:
    caveats = ["Life expectancy is better known than healthy life expectancy: it rests on all deaths, not on a survey."]
    if two_releases:
        caveats.append(
            "Its periods come from two releases, and no line joins them: the population estimates changed in between."
        )
    if without_intervals:
        caveats.append("No intervals are held for this place's life expectancy.")
    return tuple(caveats)
