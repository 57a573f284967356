"""Chart `place-hle`: healthy life expectancy of one place over time."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.place.over_time import by_area, description, lines_of, subtitle, table
from pipeline.answers.place.profile import Place


def place_hle(rows: pd.DataFrame, place: Place, *, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE in years of a place, its region and England with 95% intervals.

    `rows`: `pipeline.answers.place.profile.lines` of table `hle`, one release and sex.
    """
    areas = by_area(rows)
    latest, england = (areas[code][-1] for code in (place.code, place.within[-1][0]))
    who = words.people(str(latest["sex"]))
    return Chart(
        id="place-hle",
        drawing=lines_of(rows, place, "hle", palette=palette),
        title=f"{place.name}, {who}: {words.years(latest['hle_years'])} in good health, "
        f"{_compared(float(latest['hle_years']) - float(england['hle_years']))}",
        subtitle=subtitle("Healthy life expectancy", rows, who),
        settings="Bands show 95% intervals.",
        source=source_line(release=str(latest["release"]), build=build),
        alt=description("healthy life expectancy", "hle", rows, place, who),
        table=table("hle", rows),
        caveats=(
            PERIODS_OVERLAP,
            "Differences between neighbouring years of one authority are mostly chance: look at the band.",
        ),
        file_stem=file_name("place-hle", place.name, who, str(latest["period"])),
    )


def _compared(years: float) -> str:
    """How far a place is from England, years: "2.1 fewer than England"."""
    if round(abs(years), 1) == 0:
        return "the same as England"
    return f"{words.number(abs(years))} {'more' if years > 0 else 'fewer'} than England"
