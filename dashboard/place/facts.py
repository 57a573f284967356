"""One place in words and tables: a sentence, the place beside others, every figure of women and men with its interval."""

from collections.abc import Mapping, Sequence

import pandas as pd

from charts.catalogue.entry import PLACE, Answer
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View
from charts.kit import words
from charts.kit.settings_line import rule_line, settings_line
from pipeline.answers.place.neighbours import peers_by
from pipeline.answers.place.profile import (
    Peers,
    Profile,
    hle_lines,
    latest_lines,
    place_of,
    profile_of,
    standing_of_place,
)
from pipeline.areas import GROUP, number_of_areas
from pipeline.processed import Tables

_OTHERS = {"region": "other regions", "combined-authority": "other combined authorities", GROUP: "combined authorities"}
_SIMILAR, _NEIGHBOURS = "equally deprived places", "ONS neighbours"


def _peers(tables: Tables, view: View) -> dict[str, Peers]:
    """Sex -> the place among its peers, alike in what the view says."""
    place = place_of(tables, view.place)
    return {sex: peers_by(tables, place, sex=sex, alike_in=view.alike) for sex in words.PEOPLE}


def _summary(tables: Tables, view: View) -> str:
    """Healthy years of women and men, against England and against similar places, as one or two sentences."""
    place = place_of(tables, view.place)
    said = []
    for sex, who in words.PEOPLE.items():
        latest = latest_lines(hle_lines(tables, place, sex=sex)).set_index("area_code")["hle_years"]
        said.append((who, float(latest[place.code]), float(latest[place.within[-1][0]])))
    (first, years, england), (second, more_years, more_england) = said
    return (
        f"{words.sentence_start(first)} can expect {words.number(years)} healthy years, {words.more_or_fewer(years - england)} in "
        f"England; {second} {words.number(more_years)}, {words.more_or_fewer(more_years - more_england).removesuffix(' than')}"
        f"{'' if round(abs(more_years - more_england), 1) else ' England'}. {_beside_peers(tables, view)}"
    )


def _beside_peers(tables: Tables, view: View) -> str:
    """How the place compares with its peers: "Similar to equally deprived places."."""
    around = _peers(tables, view)
    area_type = place_of(tables, view.place).area_type
    kind = _NEIGHBOURS if around["female"].released else _OTHERS.get(area_type, _SIMILAR)
    found = {words.PEOPLE[sex]: _clearly(one.in_england, kind) for sex, one in around.items()}
    if len(set(found.values())) == 1:
        return f"{words.sentence_start(next(iter(found.values())))}."
    first, second = found.items()
    again = second[1].replace(kind, "such places")
    return f"{words.sentence_start(first[0])}: {first[1]}; {second[0]}: {again}."


def _clearly(signs: pd.Series, kind: str) -> str:
    if signs.empty:
        return f"none of its {kind} in England has a figure"
    higher, lower = int((signs == 1).sum()), int((signs == -1).sum())
    if higher == lower == 0:
        return f"similar to {kind}"
    if len(signs) in (higher, lower):
        return f"clearly {'fewer' if higher else 'more'} healthy years than all {len(signs)} {kind}"
    parts = [f"{word} healthy years than {count}" for word, count in (("fewer", higher), ("more", lower)) if count]
    return f"clearly {' and '.join(parts)} of {len(signs)} {kind}"


def beside(profiles: Sequence[Profile], around: Mapping[str, Peers], areas: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The place, the areas that hold it, its peers from lowest to highest and what halving needs, a column per sex.

    `profiles`: the same place for each sex; `around`: sex -> its peers; `areas`: sex -> `latest_lines`.
    """
    columns = {words.people(one.sex).capitalize(): _beside(one, around[one.sex], areas[one.sex]) for one in profiles}
    return pd.DataFrame(columns).rename_axis("Healthy life expectancy, years").reset_index()


def _beside(one: Profile, around: Peers, latest: pd.DataFrame) -> dict[str, str]:
    rows = {
        str(row["area_name"]): words.with_limits(row["hle_years"], row["hle_lci_95"], row["hle_uci_95"])
        for row in latest.to_dict("records")
    }
    years = around.rows.set_index("area_code")["hle_years"]
    others = years[around.in_england.index]
    kind = f"{_NEIGHBOURS} in England" if around.released else _OTHERS.get(one.place.area_type, "most similar places")
    needed = words.number(one.task.floor_years)
    short = f"{words.number(one.task.shortfall_years)} more" if one.task.shortfall_years > 0 else "already there"
    return rows | {
        f"{len(others)} {kind}, lowest to highest": _range(others),
        f"Needed for halving by {one.answer.question.target_year}": f"{needed}, {short}",
    }


def _range(years: pd.Series) -> str:
    return "no data" if years.empty else f"{words.number(years.min())} to {words.number(years.max())}"


def facts(profiles: Sequence[Profile], *, authorities: int) -> pd.DataFrame:
    """One row per fact and one column per sex.

    `profiles`: the same place for each sex; `authorities`: how many authorities are ranked.
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
        noise = "more than chance" if row["stands_out"] else "may be chance"
        lasting = "; on the same side in every period" if row["held_in_every_period"] else ""
        said |= {
            f"Rank among {authorities} authorities, 1 is the highest": f"{row['rank_lci_95']} to {row['rank_uci_95']}",
            "Chance of being in the lowest fifth": words.percent(float(row["p_lowest_fifth"])),
            "Years from what deprivation predicts": f"{words.signed(row['residual_years'])} ({noise}{lasting})",
        }
    return said | {
        "Share of England's shortfall, default settings": _share_held(one.shortfall, ranked=one.ranked_by_shortfall),
        "Needed for halving, years": words.number(one.task.floor_years),
        "Distance from the years needed": against_floor(float(own["hle_years"]), one.task.floor_years),
        f"Rise needed every year until {one.answer.question.target_year}, years": words.number(one.task.pace_needed, 2)
        if one.task.shortfall_years > 0
        else "none: it has the years needed",
        "Fastest sustained rise of any region, years a year": one.fastest_rise,
    }


def _share_held(held: pd.Series, *, ranked: int) -> str:
    """ "2.1%, ranks 12 to 40 of 151 (1 holds the most)": a row of table `shortfall`; a group of authorities has no rank."""
    share = f"{words.number(100 * held['shortfall_share'])}%"
    if pd.isna(held["rank_lci_95"]):
        return share
    return f"{share}, ranks {held['rank_lci_95']} to {held['rank_uci_95']} of {ranked} (1 holds the most)"


def against_floor(hle_years: float, floor_years: float) -> str:
    """How far a place is from the years needed, in words: "10.1 below", "0.4 above"."""
    away = words.number(abs(hle_years - floor_years))
    if float(away) == 0:
        return "has the years needed"
    return f"{away} {'below' if hle_years < floor_years else 'above'}"


def _or_none(value: float) -> str:
    return "no data" if pd.isna(value) else words.number(value)


def _profiles(tables: Tables, view: View) -> list[Profile]:
    place = place_of(tables, view.place)
    return [profile_of(tables, place, standing_of(tables, view.with_settings(sex=sex)).answer) for sex in words.PEOPLE]


def _settings(one: Profile) -> str:
    return f"{settings_line(one.answer)} {rule_line(one.answer.question)}"


def _facts(tables: Tables, view: View) -> tuple[pd.DataFrame, str]:
    profiles = _profiles(tables, view)
    return facts(profiles, authorities=number_of_areas(tables.table("places"))), _settings(profiles[0])


def _beside_all(tables: Tables, view: View) -> tuple[pd.DataFrame, str]:
    profiles = _profiles(tables, view)
    areas = {sex: latest_lines(hle_lines(tables, profiles[0].place, sex=sex)) for sex in words.PEOPLE}
    period = str(profiles[0].own["period"])
    return beside(profiles, _peers(tables, view), areas), f"{period}. {_settings(profiles[0])}"


def _ranks(tables: Tables, view: View) -> str:
    """What is known of the rank of an authority, women and men, one sentence each."""
    place, places = place_of(tables, view.place), tables.table("places")
    return " ".join(_rank(standing_of_place(tables, place, sex=sex), places, sex) for sex in words.PEOPLE)


def _rank(row: pd.Series | None, places: pd.DataFrame, sex: str) -> str:
    if row is None:
        return ""
    own = places[places["sex"] == sex]
    last = row["hle_years"] == own["hle_years"].min()
    sure = row["rank_lci_95"] == row["rank_uci_95"]
    listed = " (its figure is the lowest, but it may not be last)" if last and not sure else ""
    return (
        f"**{words.sentence_start(words.people(sex))}:** ranks {row['rank_lci_95']} to {row['rank_uci_95']} of {len(own)} fit "
        f"the figures{listed}; the chance of being in the lowest fifth is {words.percent(float(row['p_lowest_fifth']))}."
    )


_QUESTION = (*PLACE, "definition", "target")

SUMMARY = Answer(id="place-summary", needs=(*PLACE, "alike"), ask=_summary)
"""The sentence that sums up a place with healthy life expectancy."""
BESIDE = Answer(id="place-beside", needs=(*_QUESTION, "alike"), ask=_beside_all)
"""The table of a place beside others, and the settings that the years needed depend on."""
FACTS = Answer(id="facts", needs=_QUESTION, ask=_facts)
"""The table of all facts of a place, and the same settings."""
RANKS = Answer(id="place-rank-words", needs=PLACE, ask=_ranks)
