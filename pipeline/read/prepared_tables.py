"""Prepared tables, one function each: their columns in, ours out."""

from collections.abc import Callable, Mapping

import pandas as pd

from pipeline.read.corrections import corrected_regions
from pipeline.read.reading import area_columns, numbers
from pipeline.sources import BUILDING_BLOCKS, SOURCES, Source

Read = Callable[[pd.DataFrame, Mapping[str, pd.DataFrame]], pd.DataFrame]
"""From the rows of a prepared table, and of those beside it by file name, to a table of ours."""


def release_of(source: Source) -> str:
    """Return the release that a prepared table stands for: the one whose file could not be had."""
    without_address = [release.date for release in source.releases if not release.url and not release.page]
    return (without_address or [source.releases[-1].date])[-1]


def _number(rows: pd.DataFrame, column: str) -> pd.Series:
    return numbers(rows[column], rows, where=column)


def _integer(rows: pd.DataFrame, column: str) -> pd.Series:
    return numbers(rows[column], rows, where=column, missing=()).round().astype("int64")


def _release(source_id: str) -> str:
    return release_of(SOURCES[source_id])


def _span(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "period": rows["period_start"] + " to " + rows["period_end"],
        "period_start": _integer(rows, "period_start"),
        "period_end": _integer(rows, "period_end"),
    }


def old_method_hle(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `hle` of the method used until 2022."""
    values = {name: _number(rows, name) for name in ("hle_years", "hle_lci_95", "hle_uci_95")}
    return pd.DataFrame({"release": rows["release"], **area_columns(rows), "sex": rows["sex"], **_span(rows), **values})


def life_expectancy(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `life_expectancy`, releases side by side."""
    values = {name: _number(rows, name) for name in ("le_years", "le_lci_95", "le_uci_95")}
    return pd.DataFrame({"release": rows["release"], **area_columns(rows), "sex": rows["sex"], **_span(rows), **values})


def deciles(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `hle_deciles`, without intervals."""
    return pd.DataFrame(
        {
            "release": rows["release"],
            "imd_decile": _integer(rows, "imd_decile"),
            "sex": rows["sex"],
            **_span(rows),
            "hle_years": _number(rows, "hle_years"),
            "hle_lci_95": float("nan"),
            "hle_uci_95": float("nan"),
            "le_years": _number(rows, "le_years"),
        }
    )


def deprivation(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `deprivation`."""
    return pd.DataFrame(
        {
            "release": _release("mhclg-iod2025-authorities"),
            "area_code": rows["utla_code"],
            "area_name": rows["utla_name"],
            "imd_score": _number(rows, "imd_average_score"),
            "imd_rank": _integer(rows, "imd_rank_of_average_score"),
            "share_lsoas_decile_1": _number(rows, "share_lsoas_decile_1"),
            "population": _integer(rows, "population_mid_2022"),
        }
    )


def deprivation_lsoa(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `deprivation_lsoa`."""
    return pd.DataFrame(
        {
            "lsoa_code": rows["lsoa21_code"],
            "area_code": rows["utla_code"],
            "imd_score": _number(rows, "imd_score"),
            "imd_decile": _integer(rows, "imd_decile"),
            "residents": _integer(rows, "census2021_residents"),
        }
    )


def lookup(rows: pd.DataFrame, beside: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per authority: districts fold into their county, ended areas are left out."""
    combined = beside["combined_authority_to_utla.csv"].set_index("cauth_code")["cauth_name"].to_dict()
    current = rows[rows["end"] == ""].sort_values("ltla_code")
    names = dict(zip(current["ltla_code"], current["ltla_name"], strict=True))
    names |= dict(zip(beside["imd2025_utla.csv"]["utla_code"], beside["imd2025_utla.csv"]["utla_name"], strict=True))
    authorities = current.drop_duplicates("utla_code")
    table = pd.DataFrame(
        {
            "release": _release("ons-lookup"),
            "area_code": authorities["utla_code"],
            "area_name": authorities["utla_code"].map(names),
            "region_code": authorities["region_code"],
            "combined_authority_code": authorities["cauth_code"],
            "combined_authority_name": authorities["cauth_code"].map(combined),
        }
    )
    for column in ("combined_authority_code", "combined_authority_name"):
        table[column] = table[column].where(table["combined_authority_code"] != "", None)
    return corrected_regions(table)


def districts(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every district that still stands or has one authority as its successor."""
    known = rows[rows["region_code"] != ""]
    return pd.DataFrame(
        {"release": _release("ons-districts"), "district_code": known["ltla_code"], "area_code": known["utla_code"]}
    )


def population(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `population`."""
    return pd.DataFrame(
        {
            "release": _release("ons-population"),
            "area_code": rows["utla_code"],
            "area_name": rows["utla_name"],
            "year": _integer(rows, "year"),
            "population": _integer(rows, "population"),
        }
    )


def population_sex(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `population_sex`."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "release": _release("ons-census-2021-sex"),
                    "area_code": rows["utla_code"],
                    "area_name": rows["utla_name"],
                    "sex": sex,
                    "population": _integer(rows, column),
                }
            )
            for sex, column in (("female", "total_females"), ("male", "total_males"))
        ],
        ignore_index=True,
    )


def life_table(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `life_table`."""
    return pd.DataFrame(
        {
            "release": _release("ons-life-table"),
            "sex": rows["sex"],
            "period_start": _integer(rows, "period_start"),
            "period_end": _integer(rows, "period_end"),
            "age": _integer(rows, "age"),
            "mortality_rate": _number(rows, "mx"),
            "death_probability": _number(rows, "qx"),
            "survivors": _number(rows, "lx"),
            "deaths": _number(rows, "dx"),
            "le_years": _number(rows, "ex"),
        }
    )


def good_health(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `good_health`."""
    return pd.DataFrame(
        {
            "release": _release("ons-good-health"),
            "sex": rows["sex"],
            **_span(rows),
            "age": _integer(rows, "age"),
            "good_health_share": _number(rows, "good_health_share"),
            "hle_years": _number(rows, "hle_years"),
        }
    )


def building_block(source_id: str) -> Read:
    """Return the reader of table `building_blocks` for one indicator."""
    block = next(block for block in BUILDING_BLOCKS if block.source_id == source_id)

    def read(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        ours = rows[rows["measure"] == block.published_name].reset_index(drop=True)
        # 2024 is a calendar year; 2024/25 is the survey's year, which starts in mid-November
        starts = {"2024": "2024-01-01", "2024/25": "2024-11-16"}
        return pd.DataFrame(
            {
                "release": _release(source_id),
                "indicator": block.id,
                "area_code": ours["area_code"],
                "period": ours["period_raw"],
                "period_start": ours["period_raw"].map(starts),
                "value": _number(ours, "value"),
                "lci_95": float("nan"),
                "uci_95": float("nan"),
            }
        )

    return read


def local_action(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `local_action`."""
    return pd.DataFrame(
        {
            "case": rows["source"].str.extract(r"case (\d\.[A-Z])", expand=False),
            "place": rows["place"],
            "area_codes": rows["area_codes"].str.replace(";", " "),
            "sector": rows["sector"],
            "since": numbers(rows["since"], rows, where="since").astype("Int64"),
            "action": rows["action"],
            "what_is_recorded": rows["what_is_recorded"].where(rows["what_is_recorded"] != "", None),
        }
    )
