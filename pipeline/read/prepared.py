"""Reads tables that somebody prepared by hand from a publisher's file that could not be had.

The preparation is not ours: each table keeps the figures as they came, gets our names, and loses codes that have ended.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.areas import area_type_of
from pipeline.corrections import corrected_regions
from pipeline.errors import SourceChanged
from pipeline.read.reading import Reading, in_force, numbers
from pipeline.sources import BUILDING_BLOCKS, SOURCES

_Read = Callable[[pd.DataFrame, Mapping[str, pd.DataFrame]], pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """One prepared table: its file, the source whose figures it holds, and how far it can be trusted."""

    file: str
    source_id: str
    trust: str
    read: _Read
    beside: tuple[str, ...] = ()
    """Other files of the same folder that the reader needs."""


def read_prepared(prepared: Prepared, contents: Mapping[str, bytes]) -> dict[str, Reading]:
    """Return release -> table from the bytes of a prepared table.

    Args:
        prepared: which table.
        contents: file name -> bytes of the table itself and of those it needs beside it.

    Raises:
        SourceChanged: a file is not the table we know.
    """
    frames = {name: _cells(content, where=name) for name, content in contents.items()}
    source = SOURCES[prepared.source_id]
    try:
        table = prepared.read(frames[prepared.file], frames)
    except KeyError as error:
        raise SourceChanged(
            f"The prepared table has no column {error}.",
            where=prepared.file,
            do=f"Found: {', '.join(frames[prepared.file].columns)}.",
        ) from None
    replaced: dict[str, str] = {}
    if "area_code" in table:
        table, replaced = in_force(table)
    if "release" not in table:
        return {source.releases[-1].date: Reading(table, replaced)}
    return {str(release): Reading(rows.reset_index(drop=True), replaced) for release, rows in table.groupby("release")}


def _cells(content: bytes, *, where: str) -> pd.DataFrame:
    try:
        return pd.read_csv(io.StringIO(content.decode("utf-8-sig")), dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SourceChanged(f"The prepared table cannot be read as CSV: {error}.", where=where) from None


def _number(rows: pd.DataFrame, column: str) -> pd.Series:
    return numbers(rows[column], rows, where=column)


def _integer(rows: pd.DataFrame, column: str) -> pd.Series:
    return numbers(rows[column], rows, where=column, missing=()).round().astype("int64")


def _release(source_id: str) -> str:
    return SOURCES[source_id].releases[-1].date


def _area(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "area_code": rows["area_code"],
        "area_name": rows["area_name"],
        "area_type": rows["area_code"].map(area_type_of),
    }


def _span(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "period": rows["period_start"] + " to " + rows["period_end"],
        "period_start": _integer(rows, "period_start"),
        "period_end": _integer(rows, "period_end"),
    }


def _old_method_hle(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    values = {name: _number(rows, name) for name in ("hle_years", "hle_lci_95", "hle_uci_95")}
    return pd.DataFrame({"release": rows["release"], **_area(rows), "sex": rows["sex"], **_span(rows), **values})


def _life_expectancy(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    values = {name: _number(rows, name) for name in ("le_years", "le_lci_95", "le_uci_95")}
    return pd.DataFrame({"release": rows["release"], **_area(rows), "sex": rows["sex"], **_span(rows), **values})


def _deciles(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


def _deprivation(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


def _deprivation_lsoa(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "lsoa_code": rows["lsoa21_code"],
            "area_code": rows["utla_code"],
            "imd_score": _number(rows, "imd_score"),
            "imd_decile": _integer(rows, "imd_decile"),
            "residents": _integer(rows, "census2021_residents"),
        }
    )


def _lookup(rows: pd.DataFrame, beside: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


def _population(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "release": _release("ons-population"),
            "area_code": rows["utla_code"],
            "area_name": rows["utla_name"],
            "year": _integer(rows, "year"),
            "population": _integer(rows, "population"),
        }
    )


def _population_sex(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


def _life_table(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


def _good_health(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


def _building_block(source_id: str) -> _Read:
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


def _local_action(rows: pd.DataFrame, _: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
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


PREPARED: tuple[Prepared, ...] = (
    Prepared(
        file="ltla_utla_combined_authority_region.csv",
        source_id="ons-lookup",
        beside=("combined_authority_to_utla.csv", "imd2025_utla.csv"),
        trust="Complete for the 153 authorities in force. Two regions were wrong and are corrected, see corrections.",
        read=_lookup,
    ),
    Prepared(
        file="hle_before_2024_revision.csv",
        source_id="ons-hle-old-method",
        trust="Good for comparing releases; the method differs from later ones, so never to be spliced.",
        read=_old_method_hle,
    ),
    Prepared(
        file="hle_deciles.csv",
        source_id="ons-hle-deciles",
        trust="Good: two independent copies agreed in all 200 cells. Without the intervals that the workbook has.",
        read=_deciles,
    ),
    Prepared(
        file="life_expectancy.csv",
        source_id="ons-le",
        trust="Good for levels: values to 2021 to 2023 agreed with a second copy in all 420 cells, regions of 2022 to "
        "2024 with population-weighted authorities within 0.2 years. Single-tier authorities lack intervals and "
        "come from two releases.",
        read=_life_expectancy,
    ),
    Prepared(
        file="life_table_england_2022_to_2024.csv",
        source_id="ons-life-table",
        trust="Fair: its holder labelled it United Kingdom, but life expectancy at birth is England's.",
        read=_life_table,
    ),
    Prepared(
        file="good_health_england_by_age.csv",
        source_id="ons-good-health",
        trust="Good: with the life table it reproduces England's published healthy life expectancy.",
        read=_good_health,
    ),
    Prepared(
        file="population_utla.csv",
        source_id="ons-population",
        trust="Good. Which release of the estimates it was taken from is not recorded.",
        read=_population,
    ),
    Prepared(
        file="population_utla_sex_census2021.csv",
        source_id="ons-census-2021-sex",
        trust="Good.",
        read=_population_sex,
    ),
    Prepared(
        file="imd2025_utla.csv",
        source_id="mhclg-iod2025-authorities",
        trust="Good: scores are the published averages.",
        read=_deprivation,
    ),
    Prepared(
        file="imd2025_lsoa.csv",
        source_id="mhclg-iod2025-small-areas",
        trust="Good for scores and deciles. Residents are of Census 2021, so that averages over an authority differ "
        "from the published ones by 0.05 on average, 0.34 at most.",
        read=_deprivation_lsoa,
    ),
    Prepared(
        file="building_blocks_fingertips.csv",
        source_id="ohid-smoking",
        trust="Good: agreed with a second copy.",
        read=_building_block("ohid-smoking"),
    ),
    Prepared(
        file="building_blocks_fingertips.csv",
        source_id="ohid-inactivity",
        trust="Good: agreed with a second copy.",
        read=_building_block("ohid-inactivity"),
    ),
    Prepared(
        file="local_action.csv",
        source_id="national-syndemic-cases",
        trust="Read from the report by hand; area codes were added.",
        read=_local_action,
    ),
)
