"""Chart `early-signs`: the building blocks to watch before healthy life itself can answer."""

from collections import Counter
from dataclasses import replace

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.palette import LIGHT, Palette
from charts.levers.lever_gaps import lever_gaps

NO_CAUSE = (
    "These are signs, not causes: association does not prove causation, and all of them go with deprivation.",
    "Chosen for the closest link with healthy life expectancy among the building blocks that can change within about five years "
    "(our judgement) and are held for more than one period.",
)


def early_signs_chart(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """The gap of each early sign then and now; `rows`: from `with_gaps`, the signs alone, with female and male correlation."""
    chart = lever_gaps(rows, chosen=f"{len(rows)} early signs.", build=build, palette=palette)
    moved = Counter(rows["moved"])
    links = {f"Correlation with HLE, {words.people(sex)}": rows[sex].array for sex in words.PEOPLE}
    spoken = words.listed(
        [
            f"{row['label']} {words.number(row['female'], 2)} and {words.number(row['male'], 2)}"
            for row in rows.to_dict("records")
        ]
    )
    return replace(
        chart,
        id="early-signs",
        title=f"Of {len(rows)} early signs, the gap narrowed on {moved['caught up'] or 'none'} and widened on "
        f"{moved['fell behind'] or 'none'}",
        subtitle="Building blocks linked most closely to healthy life that change soonest, most against (v) least deprived fifth. Small "
        "and uncertain changes count as none",
        alt=f"{chart.alt} Correlation with healthy life expectancy of women and men: {spoken}.",
        table=chart.table.assign(**links),
        caveats=(*NO_CAUSE, *chart.caveats),
        file_stem=file_name("early-signs"),
    )
