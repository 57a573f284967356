"""Names of exported files: place, sex, measure, period, so that a file found later explains itself."""

import re

from charts.catalogue.catalogue import Shot
from charts.catalogue.places_asked import with_places
from charts.kit.chart import Chart
from charts.kit.words import people
from pipeline.processed import Tables

_PERIOD = re.compile(r"\d{4}-to-\d{4}$")


def file_stem(shot: Shot, chart: Chart, tables: Tables, *, period: bool = True) -> str:
    """The name of a chart's file without ending, as in "england-women-gap-path-income-regions-2022-to-2024".

    `tables`: for the name of the place; `period`: whether the name ends with the period.
    """
    needs, view = shot.entry.needs, shot.view
    areas = with_places(tables, view.only(needs)).table("areas").set_index("area_code")["area_name"]
    parts = [str(areas.get(view.place, "england")) if "place" in needs and view.place else "england"]
    if "sex" in needs:
        parts.append(people(view.sex))
    parts.append(shot.entry.id)
    parts += [str(getattr(view, name)) for name in ("definition", "level", "measure") if name in needs]
    found = _PERIOD.search(chart.file_stem)
    if period and found:
        parts.append(found.group())
    return slug(" ".join(parts))


def slug(text: str) -> str:
    """A text as lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
