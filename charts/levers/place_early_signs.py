"""Chart `place-early-signs`: one place beside similar places on the building blocks that answer soonest."""

from dataclasses import replace

import pandas as pd

from charts.kit.chart import Chart, file_name
from charts.kit.palette import LIGHT, Palette
from charts.levers.early_signs import NO_CAUSE
from charts.levers.lever_weakest import weakest_blocks_chart


def place_early_signs_chart(
    found: pd.DataFrame,
    levers: pd.DataFrame,
    *,
    place: str,
    similar: list[str],
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """One place against similar places on the early signs; arguments as `weakest_blocks_chart`, of the signs alone."""
    chart = weakest_blocks_chart(found, levers, place=place, similar=similar, build=build, palette=palette)
    weaker = int((found["difference_sd"] < 0).sum())
    return replace(
        chart,
        id="place-early-signs",
        title=f"{place}: weaker than similar places on {weaker or 'none'} of {len(found)} early signs",
        subtitle=f"Building blocks linked most closely to healthy life that change soonest: {place} against (v) {len(similar)} equally deprived places",
        caveats=(*NO_CAUSE, *chart.caveats),
        file_stem=file_name("place-early-signs", place),
    )
