"""Chart `place-early-signs`: one place beside similar places on the building blocks that answer soonest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import intervals
from charts.levers.early_signs import NO_CAUSE
from charts.levers.lever_weakest import weakest_blocks_chart
from charts.levers.words import running

LOSING = "losing ground"
DIRECTION = (
    "Gaining and losing ground are said where the place's change differs from those of similar places by more than such places "
    "differ among themselves (95%): 1 in 20 would be by chance. Changes are in standard deviations of all authorities, so prices that rise everywhere do not count."
)


def place_early_signs_chart(
    found: pd.DataFrame,
    levers: pd.DataFrame,
    *,
    place: str,
    similar: list[str],
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """One place against similar places on the early signs, then and now; arguments as `weakest_blocks_chart`.

    `found`: the signs alone, with the columns of `pipeline.measures.places.similar_places.moved_beside_similar`.
    """
    chart = weakest_blocks_chart(found, levers, place=place, similar=similar, build=build, palette=palette)
    weaker = int((found["difference_sd"] < 0).sum())
    moved = found["moved"].fillna("one period")
    told = {name: [running(label) for label in _labels(found, levers, moved == name)] for name in ("gaining", LOSING)}
    limits = intervals(found, "change_sd", 2, missing="one period")
    return replace(
        chart,
        id="place-early-signs",
        title=f"{place}: weaker than similar places on {weaker or 'none'} of {len(found)} early signs",
        subtitle=f"Building blocks linked most closely to healthy life that change soonest: {place} against (v) the {len(similar)} places "
        f"nearest in deprivation; open: first period since 2011, full: latest. {_moves(told)}",
        alt=f"{chart.alt} {_moves(told)}",
        table=chart.table.assign(
            **{
                "First period": found["first_period"].fillna("").array,
                "Difference then": (found["difference_sd"] - found["change_sd"]).round(2).array,
                "Moved since then (standard deviations)": found["change_sd"].round(2).array,
                "95% interval of the move": list(limits),
                "Direction beside similar places": moved.array,
            }
        ),
        caveats=(*NO_CAUSE, DIRECTION, *chart.caveats),
        file_stem=file_name("place-early-signs", place),
    )


def _labels(found: pd.DataFrame, levers: pd.DataFrame, wanted: pd.Series) -> list[str]:
    labels = levers.set_index("indicator")["label"]
    return [str(labels[indicator]) for indicator in found.loc[wanted, "indicator"]]


def _moves(told: Mapping[str, Sequence[str]]) -> str:
    """Which signs gained or lost ground: "Gaining on employment rate; losing ground on none"."""
    gained, lost = (words.listed(told[name]) if told[name] else "none" for name in ("gaining", LOSING))
    if gained == lost:
        return "None clearly gained or lost ground."
    return f"Gaining on {gained}; losing ground on {lost}."
