"""Chart `early-signs`: the building blocks to watch before healthy life itself can answer."""

from collections import Counter
from dataclasses import replace

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.palette import LIGHT, Palette
from charts.levers.lever_gaps import lever_gaps

NO_CAUSE = (
    "These are signs, not causes: association does not prove causation, and all five go with deprivation.",
    "Chosen for the closest link with healthy life expectancy among the building blocks that can answer within about five years "
    "(our judgement) and are held for more than one period.",
)


def early_signs_chart(rows: pd.DataFrame, *, sex: str, build: str, palette: Palette = LIGHT) -> Chart:
    """The gap of each early sign then and now; `rows`: from `with_gaps`, with correlation, of the signs alone."""
    chart = lever_gaps(rows, chosen=f"{len(rows)} early signs.", build=build, palette=palette)
    moved = Counter(rows["moved"])
    who = words.people(sex)
    links = words.listed([f"{row['label']} {words.number(row['correlation'], 2)}" for row in rows.to_dict("records")])
    return replace(
        chart,
        id="early-signs",
        title=f"{who.capitalize()}: of {len(rows)} early signs, the gap narrowed on {moved['caught up'] or 'none'}, widened on "
        f"{moved['fell behind'] or 'none'}",
        subtitle=f"Building blocks closest to {who}'s healthy life: most deprived fifth against (v) the least",
        alt=f"{chart.alt} Correlation with healthy life expectancy, {who}: {links}.",
        table=chart.table.assign(**{"Correlation with healthy life expectancy": rows["correlation"].array}),
        caveats=(*NO_CAUSE, *chart.caveats),
        file_stem=file_name("early-signs", who),
    )
