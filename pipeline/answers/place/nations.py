"""A place beside the four nations of the United Kingdom over time."""

from dataclasses import replace

import pandas as pd

from pipeline.answers.place.profile import Place, lines, place_of
from pipeline.areas import ENGLAND, NORTHERN_IRELAND, SCOTLAND, WALES
from pipeline.processed import Tables

_OTHERS = (SCOTLAND, WALES, NORTHERN_IRELAND)


def among_nations(tables: Tables, code: str = ENGLAND) -> Place:
    """A place, England if left out, with the nations of the United Kingdom to compare it with.

    Raises:
        UsageError: there is no such area.
    """
    held = tables.newest("nations").drop_duplicates("area_code").set_index("area_code")["area_name"]
    place = place_of(tables, code)
    england = () if code == ENGLAND else (place.within[-1],)
    return replace(place, within=(*england, *((other, str(held[other])) for other in _OTHERS)))


def beside_nations(tables: Tables, place: Place, *, sex: str) -> pd.DataFrame:
    """The rows of `among_nations` as `lines` gives them, from tables `hle` and `nations`, newest release of each."""
    both = pd.concat([tables.newest("hle"), tables.newest("nations")], ignore_index=True)
    return lines(both, place, sex=sex)
