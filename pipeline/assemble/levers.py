"""Building blocks of health: figures by area, who holds them, their gaps, and how they go with healthy life expectancy."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import pandas as pd

from pipeline.errors import ContractBroken
from pipeline.measures.places.building_blocks import (
    associations,
    block_gaps,
    deprived_ends,
    gap_changes,
    latest_figures,
    per_resident,
    rank_correlation,
)
from pipeline.sources import BUILDING_BLOCKS, SOURCES, BuildingBlock
from pipeline.sources.levers import LEVERS, SIGNS, WITHOUT_DIRECTION, Lever

FIRST_YEAR = 2011
"""Building blocks are kept from the first year of the HLE series on."""

INCOME_INDICATOR = "disposable-income"
PER_RESIDENT = {"air-pollution-removed": 1e6}
"""Indicators published as totals in millions, divided by residents here."""
_UNITS = {"air-pollution-removed": "pounds per resident"}


def lever_tables(
    newest: Mapping[str, pd.DataFrame],
    *,
    areas: pd.DataFrame,
    levers: Sequence[Lever] = LEVERS,
) -> dict[str, pd.DataFrame]:
    """Tables building_blocks, levers, lever_gaps, lever_changes and lever_associations.

    `newest` holds the newest release of every raw table; of building_blocks all releases, since indicators differ in
    date.

    Raises:
        ContractBroken: facts and figures disagree about which indicators there are or which direction is good.
    """
    every_indicator_spoken_for(levers)
    figures = block_figures(newest)
    authorities = _of_authorities(figures, newest["hle"])
    signs = {lever.indicator: SIGNS[lever.polarity] for lever in levers}
    polarity_holds(latest_figures(authorities), newest["deprivation"], levers=levers)
    ends = deprived_ends(newest["deprivation"], set(authorities["area_code"]))
    gaps = block_gaps(
        authorities,
        ends,
        signs=signs,
        in_current_prices=[lever.indicator for lever in levers if lever.current_prices],
    )
    return {
        "building_blocks": figures[figures["area_code"].isin(areas["area_code"])],
        "levers": lever_facts(figures, newest, levers),
        "lever_gaps": gaps,
        "lever_changes": gap_changes(gaps),
        "lever_associations": _associations(authorities, newest["hle"], newest["deprivation"], signs),
    }


def every_indicator_spoken_for(levers: Sequence[Lever], blocks: Sequence[BuildingBlock] = BUILDING_BLOCKS) -> None:
    """Refuse facts that leave an indicator out, speak of one that is not held, or speak of one twice.

    Raises:
        ContractBroken: naming the indicators.
    """
    held = {block.id for block in blocks if not block.not_a_lever_because}
    spoken_for = {lever.indicator for lever in levers}
    left_out, not_held = sorted(held - spoken_for), sorted(spoken_for - held)
    if left_out or not_held or len(spoken_for) != len(levers):
        raise ContractBroken(
            f"The facts about levers do not match the indicators held: left out {', '.join(left_out) or 'none'}; not held "
            f"{', '.join(not_held) or 'none'}.",
            where="pipeline/sources/levers.csv",
            do="Give every indicator of building_blocks.csv beside it one lever, or a reason in not_a_lever_because.",
        )


def polarity_holds(latest: pd.DataFrame, deprivation: pd.DataFrame, *, levers: Sequence[Lever]) -> None:
    """Refuse a polarity that would make deprived places better off on what deprivation is measured by.

    Checked for the levers that the index's own domains of income, work and skills count; the others may go either way.
    `latest` holds the latest figures of authorities.

    Raises:
        ContractBroken: naming the indicator.
    """
    for lever in levers:
        if not lever.in_index:
            continue
        rows = latest[latest["indicator"] == lever.indicator].merge(
            deprivation[["area_code", "imd_score"]], on="area_code"
        )
        found = rank_correlation(SIGNS[lever.polarity] * rows["value"], rows["imd_score"])["correlation"]
        if found >= 0:
            raise ContractBroken(
                f"{lever.label} has the wrong polarity: as {lever.polarity}, deprived authorities would be better off "
                f"(rank correlation {found:.2f}).",
                where="pipeline/sources/levers.csv or data/raw/building_blocks",
                do="The polarity or the column is reversed; compare with the publisher's own page.",
            )


def block_figures(newest: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Table building_blocks: every lever's figures since 2011, income among them, totals per resident."""
    blocks = newest["building_blocks"]
    is_newest = blocks["release"] == blocks.groupby("indicator")["release"].transform("max")
    blocks = blocks[is_newest & ~blocks["indicator"].isin(WITHOUT_DIRECTION)]
    blocks = blocks.assign(period_start=blocks["period_start"].str[:4].astype(int))
    income = newest["income"]
    income = pd.DataFrame(
        {
            "indicator": INCOME_INDICATOR,
            "area_code": income["area_code"],
            "period": income["year"].astype(str),
            "period_start": income["year"],
            "value": income["gdhi_per_head_gbp"].astype(float),
            "lci_95": float("nan"),
            "uci_95": float("nan"),
        }
    )
    rows = pd.concat([blocks[income.columns], income], ignore_index=True)
    rows = rows[rows["period_start"] >= FIRST_YEAR]
    totals = rows["indicator"].isin(PER_RESIDENT)
    per_head = [
        per_resident(group, newest["population"], factor=PER_RESIDENT[str(indicator)])
        for indicator, group in rows[totals].groupby("indicator")
    ]
    return pd.concat([rows[~totals], *per_head], ignore_index=True)


def lever_facts(
    figures: pd.DataFrame, newest: Mapping[str, pd.DataFrame], levers: Sequence[Lever] = LEVERS
) -> pd.DataFrame:
    """Table levers: the authored facts with unit, publisher, source, release and latest period."""
    blocks = {block.id: block for block in BUILDING_BLOCKS}
    periods = latest_figures(figures).groupby("indicator")["period"].first()
    releases = newest["building_blocks"].groupby("indicator")["release"].max().to_dict() | {
        INCOME_INDICATOR: newest["income"]["release"].max()
    }
    rows = []
    for lever in levers:
        name = lever.indicator
        source = SOURCES[blocks[name].source_id]
        found = {
            "unit": _UNITS.get(name) or blocks[name].unit,
            "publisher": source.publisher,
            "source": source.title,
            "release": releases[name],
            "latest_period": periods[name],
        }
        rows.append(asdict(lever) | found)
    return pd.DataFrame(rows).drop(columns="in_index")


def _of_authorities(figures: pd.DataFrame, hle: pd.DataFrame) -> pd.DataFrame:
    with_hle = hle.loc[hle["area_type"] == "utla", "area_code"]
    return figures[figures["area_code"].isin(with_hle)].reset_index(drop=True)


def _associations(
    authorities: pd.DataFrame, hle: pd.DataFrame, deprivation: pd.DataFrame, signs: Mapping[str, int]
) -> pd.DataFrame:
    latest = latest_figures(authorities)
    newest_hle = hle[(hle["area_type"] == "utla") & (hle["period_end"] == hle["period_end"].max())]
    periods = latest.groupby("indicator")["period"].first()
    tables = [
        associations(latest, rows, deprivation, signs=signs).assign(sex=sex, hle_period=rows["period"].iloc[0])
        for sex, rows in newest_hle.groupby("sex")
    ]
    table = pd.concat(tables, ignore_index=True)
    return table.assign(period=table["indicator"].map(periods))
