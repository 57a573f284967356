"""One place in a table: women and men, every figure with its interval."""

from collections.abc import Sequence

import pandas as pd

from charts.catalogue.entry import Answer
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View
from charts.kit import words
from charts.kit.settings_line import rule_line, settings_line
from pipeline.answers.place.profile import Profile, place_of, profile_of
from pipeline.areas import number_of_areas
from pipeline.processed import Tables


def facts(profiles: Sequence[Profile], *, authorities: int) -> pd.DataFrame:
    """Return one row per fact and one column per sex.

    Args:
        profiles: the same place for each sex.
        authorities: how many authorities are ranked.
    """
    columns = {words.people(one.sex).capitalize(): _column(one, authorities=authorities) for one in profiles}
    return pd.DataFrame(columns).rename_axis(profiles[0].place.name).reset_index()


def _column(one: Profile, *, authorities: int) -> dict[str, str]:
    own, away = one.own, one.from_england
    said = {
        f"Healthy life expectancy, {own['period']}, years": words.with_limits(
            own["hle_years"], own["hle_lci_95"], own["hle_uci_95"]
        ),
        "Difference from England, years": f"{words.signed(away['difference_years'])} "
        f"({words.signed(away['difference_lci_95'])} to {words.signed(away['difference_uci_95'])}), {away['against_england']}",
        "Life expectancy, years": _or_none(one.le_years),
        "Years not in good health": _or_none(one.le_years - float(own["hle_years"])),
    }
    if one.standing is not None:
        row = one.standing
        noise = "more than noise" if row["stands_out"] else "may be noise"
        lasting = "; on the same side in every period" if row["held_in_every_period"] else ""
        said |= {
            f"Rank among {authorities} authorities, 1 the highest": f"{row['rank_lci_95']} to {row['rank_uci_95']}",
            "Chance of being among the lowest fifth": words.percent(float(row["p_lowest_fifth"])),
            "Years from what deprivation predicts": f"{words.signed(row['residual_years'])} ({noise}{lasting})",
        }
    return said | {
        "Floor: what halving the gap asks of every place, years": words.number(one.task.floor_years),
        "Against the floor, years": against_floor(float(own["hle_years"]), one.task.floor_years),
        f"Rise needed every year until {one.answer.question.target_year}, years": words.number(one.task.pace_needed, 2)
        if one.task.shortfall_years > 0
        else "none: it is not below the floor",
        "Fastest sustained rise of any region, years a year": one.fastest_rise,
    }


def against_floor(hle_years: float, floor_years: float) -> str:
    """Return how far a place is from the floor, in words: "10.1 below", "0.4 above"."""
    away = words.number(abs(hle_years - floor_years))
    if float(away) == 0:
        return "at the floor"
    return f"{away} {'below' if hle_years < floor_years else 'above'}"


def _or_none(value: float) -> str:
    return "none held" if pd.isna(value) else words.number(value)


def _facts(tables: Tables, view: View) -> tuple[pd.DataFrame, str]:
    place = place_of(tables.table("areas"), view.place)
    profiles = [
        profile_of(tables, place, standing_of(tables, view.with_settings(sex=sex)).answer) for sex in words.PEOPLE
    ]
    asked = profiles[0].answer
    table = facts(profiles, authorities=number_of_areas(tables.table("places")))
    return table, f"{settings_line(asked)} {rule_line(asked.question)}"


FACTS = Answer(id="facts", needs=("place", "definition", "target"), ask=_facts)
"""The table of facts of a place with healthy life expectancy, and the settings that its floor depends on."""
