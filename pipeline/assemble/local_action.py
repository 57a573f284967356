"""Local action: each case's place over time beside places of like deprivation."""

from collections.abc import Mapping

import pandas as pd

from pipeline.areas import ENGLAND
from pipeline.measures.places.local_action import authorities_of, baseline_period, place_series, record_since
from pipeline.measures.places.similar_places import similar_places

UNITED_KINGDOM = "K02000001"
"""Code of the one place for which England's figures stand in."""


def local_action_tables(newest: Mapping[str, pd.DataFrame], *, areas: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables local_action (as published), local_action_series and local_action_records.

    `newest` holds the newest release of every raw table.
    """
    cases, hle, deprivation = newest["local_action"], newest["hle"], newest["deprivation"]
    residents = deprivation.set_index("area_code")["population"]
    with_hle = set(hle.loc[hle["area_type"] == "utla", "area_code"])
    scores = deprivation[deprivation["area_code"].isin(with_hle)]
    series, records = [], []
    for case in cases.to_dict("records"):
        codes = [ENGLAND if code == UNITED_KINGDOM else code for code in case["area_codes"].split()]
        own = authorities_of(codes, areas)
        similar = similar_places(scores, own) if own else []
        for sex, rows in hle.groupby("sex"):
            place = place_series(rows, codes, residents)
            beside = rows[rows["area_code"].isin(similar)].pivot_table(
                index="period", columns="area_code", values="hle_years"
            )
            means = place["period"].map(beside.mean(axis=1)) if similar else float("nan")
            series.append(place.assign(case=case["case"], sex=sex, similar_years=means))
            if similar and pd.notna(case["since"]):
                baseline = baseline_period(place, int(case["since"]))
                found = record_since(place, beside, baseline)
                ended = int(place.loc[place["period"] == baseline, "period_end"].iloc[0])
                records.append(
                    {
                        "case": case["case"],
                        "sex": sex,
                        "baseline_period": baseline,
                        "latest_period": place["period"].iloc[-1],
                        "baseline_is_before": ended < int(case["since"]),
                        "place_change_years": found.place_change,
                        "similar_change_years": found.similar_change,
                        "difference_years": found.difference,
                        "difference_lci_95": found.lower,
                        "difference_uci_95": found.upper,
                        "similar_codes": " ".join(similar),
                    }
                )
    return {
        "local_action": cases,
        "local_action_series": pd.concat(series, ignore_index=True),
        "local_action_records": pd.DataFrame(records),
    }
