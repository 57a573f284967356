"""Charts `nations` and `place-nations`: healthy life expectancy of the four nations over time, a place beside them."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.place.over_time import HLE, by_area, description, lines_of, place_lines, subtitle, table
from charts.place.place_peers import finding
from pipeline.answers.place.profile import Place, differences, latest_lines
from pipeline.areas import ENGLAND, NORTHERN_IRELAND, SCOTLAND, WALES


def nations(rows: pd.DataFrame, place: Place, *, id: str, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE in years of England, Scotland, Wales and Northern Ireland with 95% intervals; one place is emphasised.

    `rows`: `pipeline.answers.place.nations.beside_nations`, one sex; `place`: the same place with the nations as `within`.
    """
    areas, latest = by_area(rows), latest_lines(rows)
    clearly = differences(latest, from_code=place.code)["clearly"]
    who, newest = words.people(str(rows["sex"].iloc[0])), latest.iloc[0]
    kind = "other nations" if place.code == ENGLAND else "nations"
    found = finding(int((clearly == 1).sum()), int((clearly == -1).sum()), len(clearly), kind)
    colours = {SCOTLAND: palette.better_off, WALES: palette.worse_off, NORTHERN_IRELAND: palette.target}
    return Chart(
        id=id,
        drawing=lines_of(areas, place_lines(place, areas, palette, colours_of_others=colours), HLE, palette=palette),
        title=f"{place.name}, {who}: {found}",
        subtitle=f"{subtitle('Healthy life expectancy', rows)}, with 95% intervals",
        settings="The axis does not start at zero.",
        source=source_line(release=str(newest["release"]), build=build),
        alt=description("healthy life expectancy", "hle", areas, place, who),
        table=table("hle", rows),
        caveats=(
            f"The title counts nations whose figure for {newest['period']} is clearly different: the 95% interval of the "
            "difference leaves out zero.",
            "The goal to halve the gap is about regions of England. The other nations set their own aims for health.",
            PERIODS_OVERLAP,
        ),
        file_stem=file_name(id, place.name, who, str(newest["period"])),
    )
