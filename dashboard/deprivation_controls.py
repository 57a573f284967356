"""The controls of the Deprivation screen, each tied to one word in the address."""

import pandas as pd

from charts.deprivation.slopes import INDICES
from dashboard import link
from dashboard.place.choice import place_labels
from dashboard.shared import shared
from pipeline.answers.deprivation import SLOPE_GROUPS
from pipeline.areas import SUCCESSORS


def slope_groups() -> str:
    """Let the visitor choose what the slope is fitted through."""
    return _one_of("Slope across", SLOPE_GROUPS, key="groups")


def slope_index() -> str:
    """Let the visitor choose the slope index (years) or the relative index (ratio)."""
    return _one_of("Measured by", INDICES, key="index")


def any_place(areas: pd.DataFrame, *, default: str) -> str:
    """Let the visitor choose a region, a combined authority or an authority; returns its code."""
    names = shared(place_labels, areas)
    codes = list(names)
    return link.selectbox(
        "Place",
        codes,
        index=codes.index(default),
        format_func=lambda code: names[code],
        key="place",
        others={old: new for old, new in SUCCESSORS.items() if new in names},
        help="Marked among the authorities, and shown in detail below. Regions and combined authorities can be chosen too.",
    )


def _one_of(label: str, options: dict[str, str], *, key: str) -> str:
    ids = list(options)
    return str(link.segmented_control(label, ids, default=ids[0], format_func=lambda name: options[name], key=key))
