"""Reads tables that somebody prepared by hand from a publisher's file that could not be downloaded.

The preparation is not ours: each table keeps the figures as they came, gets our names and types, and loses codes that have
ended.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipeline.areas import code_in_force
from pipeline.errors import SourceChanged
from pipeline.read.corrections import corrected_regions
from pipeline.read.delimited import csv_rows
from pipeline.read.reading import Asked, Reading, in_force, tidy
from pipeline.sources import BUILDING_BLOCKS, SOURCES, Source

Beside = Mapping[str, pd.DataFrame]
"""File name -> rows of the other files that a table needs."""


def _as_they_come(rows: pd.DataFrame, _: Beside) -> pd.DataFrame:
    return rows


@dataclass(frozen=True, kw_only=True)
class HandPrepared:
    """One table prepared by hand: its file, the source whose figures it holds, and how far it can be trusted."""

    file: str
    source_id: str
    trust: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our name -> the file's, where they differ."""
    reshape: Callable[[pd.DataFrame, Beside], pd.DataFrame] = _as_they_come
    """Makes one row of ours from the file's rows, before names and types."""
    beside: tuple[str, ...] = ()
    """Other files of the same folder that `reshape` needs."""

    @property
    def source(self) -> Source:
        """The source whose figures it holds."""
        return SOURCES[self.source_id]


def read_hand_prepared(prepared: HandPrepared, contents: Mapping[str, bytes]) -> dict[str, Reading]:
    """Release -> table, from the bytes of the table itself and of those it needs beside it (file name -> bytes).

    Raises:
        SourceChanged: a file is not the table we know.
    """
    frames = {name: csv_rows(content, where=name) for name, content in contents.items()}
    where, columns = prepared.file, prepared.source.contract.column_names
    asked = Asked(source=prepared.source, release=release_of(prepared.source), file=where)
    try:
        rows = prepared.reshape(frames[where], frames)
        rows = rows.rename(columns={theirs: ours for ours, theirs in prepared.columns.items()})
        replaced: dict[str, str] = {}
        if "area_code" in columns:
            rows, replaced = in_force(rows, where=where)
        if {"period", "period_end"} <= set(columns):
            rows = rows.assign(period=rows["period_start"] + " to " + rows["period_end"])
        frame = tidy(rows, asked, not_published=("",))
    except KeyError as error:
        raise SourceChanged(
            f"The prepared table has no column {error}.",
            where=where,
            do=f"Found: {', '.join(frames[where].columns)}.",
        ) from None
    if "release" not in frame:
        return {asked.release: Reading(frame, replaced)}
    return {str(release): Reading(rows.reset_index(drop=True), replaced) for release, rows in frame.groupby("release")}


def release_of(source: Source) -> str:
    """The release that a prepared table is of: the one whose file could not be downloaded."""
    without_address = [release.date for release in source.releases if not release.url and not release.page]
    return (without_address or [source.releases[-1].date])[-1]


def _small_areas(rows: pd.DataFrame, _: Beside) -> pd.DataFrame:
    return rows.assign(ltla_code=rows["ltla_code"].map(code_in_force))


def _lookup(rows: pd.DataFrame, beside: Beside) -> pd.DataFrame:
    """One row per authority: districts fold into their county, ended areas are left out."""
    combined = beside["combined_authority_to_utla.csv"].set_index("cauth_code")["cauth_name"].to_dict()
    current = rows[rows["end"] == ""].sort_values("ltla_code")
    names = dict(zip(current["ltla_code"], current["ltla_name"], strict=True))
    names |= dict(zip(beside["imd2025_utla.csv"]["utla_code"], beside["imd2025_utla.csv"]["utla_name"], strict=True))
    authorities = current.drop_duplicates("utla_code")
    return corrected_regions(
        pd.DataFrame(
            {
                "area_code": authorities["utla_code"],
                "area_name": authorities["utla_code"].map(names),
                "region_code": authorities["region_code"],
                "combined_authority_code": authorities["cauth_code"],
                "combined_authority_name": authorities["cauth_code"].map(combined).fillna(""),
            }
        )
    )


def _districts(rows: pd.DataFrame, _: Beside) -> pd.DataFrame:
    """Districts in force, and those that have ended with one authority as their successor."""
    return rows[rows["region_code"] != ""]


def _by_sex(rows: pd.DataFrame, _: Beside) -> pd.DataFrame:
    columns = {"female": "total_females", "male": "total_males"}
    return pd.concat(
        [rows.assign(sex=sex, population=rows[column]) for sex, column in columns.items()], ignore_index=True
    )


def _building_block(source_id: str) -> Callable[[pd.DataFrame, Beside], pd.DataFrame]:
    block = next(block for block in BUILDING_BLOCKS if block.source_id == source_id)
    # 2024 is a calendar year; 2024/25 is the survey's year, which starts in mid-November
    starts = {"2024": "2024-01-01", "2024/25": "2024-11-16"}

    def of_one_indicator(rows: pd.DataFrame, _: Beside) -> pd.DataFrame:
        ours = rows[rows["measure"] == block.published_name]
        return ours.assign(indicator=block.id, period_start=ours["period_raw"].map(starts))

    return of_one_indicator


def _local_action(rows: pd.DataFrame, _: Beside) -> pd.DataFrame:
    return rows.assign(
        case=rows["source"].str.extract(r"case (\d\.[A-Z])", expand=False),
        area_codes=rows["area_codes"].str.replace(";", " "),
    )


_AUTHORITY = {"area_code": "utla_code", "area_name": "utla_name"}

HAND_PREPARED: tuple[HandPrepared, ...] = (
    HandPrepared(
        file="ltla_utla_combined_authority_region.csv",
        source_id="ons-lookup",
        reshape=_lookup,
        beside=("combined_authority_to_utla.csv", "imd2025_utla.csv"),
        trust="Complete for the 153 authorities in force. Two regions were wrong and are corrected, see corrections.",
    ),
    HandPrepared(
        file="ltla_utla_combined_authority_region.csv",
        source_id="ons-districts",
        columns={"district_code": "ltla_code", "district_name": "ltla_name", "area_code": "utla_code"},
        reshape=_districts,
        trust="Complete for the districts in force and those of 2022.",
    ),
    HandPrepared(
        file="hle_before_2024_revision.csv",
        source_id="ons-hle-old-method",
        trust="Good for comparing releases; the method differs from later ones, so never to be spliced.",
    ),
    HandPrepared(
        file="hle_deciles.csv",
        source_id="ons-hle-deciles",
        trust="Good: two independent copies agreed in all 200 cells. Without the intervals that the workbook has.",
    ),
    HandPrepared(
        file="life_expectancy.csv",
        source_id="ons-le",
        trust="Good for levels: values to 2021 to 2023 agreed with a second copy in all 420 cells, regions of 2022 to "
        "2024 with population-weighted authorities within 0.2 years. Single-tier authorities lack intervals and "
        "come from two releases.",
    ),
    HandPrepared(
        file="life_table_england_2022_to_2024.csv",
        source_id="ons-life-table",
        columns={
            "mortality_rate": "mx",
            "death_probability": "qx",
            "survivors": "lx",
            "deaths": "dx",
            "le_years": "ex",
        },
        trust="Fair: its holder labelled it United Kingdom, but life expectancy at birth is England's.",
    ),
    HandPrepared(
        file="good_health_uk_by_age.csv",
        source_id="ons-good-health",
        columns={"nation_code": "area_code", "nation_name": "area_name"},
        trust="Good: with the life table it reproduces England's published healthy life expectancy. A second copy of "
        "England's figures agreed in all 480 rows; the other nations' have no second copy.",
    ),
    HandPrepared(
        file="population_utla.csv",
        source_id="ons-population",
        columns=_AUTHORITY,
        trust="Good. Which release of the estimates it was taken from is not recorded.",
    ),
    HandPrepared(
        file="population_utla_sex_census2021.csv",
        source_id="ons-census-2021-sex",
        columns=_AUTHORITY,
        reshape=_by_sex,
        trust="Good.",
    ),
    HandPrepared(
        file="imd2025_utla.csv",
        source_id="mhclg-iod2025-authorities",
        columns={
            **_AUTHORITY,
            "imd_score": "imd_average_score",
            "imd_rank": "imd_rank_of_average_score",
            "population": "population_mid_2022",
        },
        trust="Good: scores are the published averages.",
    ),
    HandPrepared(
        file="imd2025_lsoa.csv",
        source_id="mhclg-iod2025-small-areas",
        columns={"lsoa_code": "lsoa21_code", "district_code": "ltla_code", "residents": "census2021_residents"},
        reshape=_small_areas,
        trust="Good for scores and deciles. Residents are of Census 2021, so that averages over an authority differ "
        "from the published ones by 0.05 on average, 0.34 at most.",
    ),
    HandPrepared(
        file="building_blocks_fingertips.csv",
        source_id="ohid-smoking",
        columns={"period": "period_raw"},
        reshape=_building_block("ohid-smoking"),
        trust="Good: agreed with a second copy.",
    ),
    HandPrepared(
        file="building_blocks_fingertips.csv",
        source_id="ohid-inactivity",
        columns={"period": "period_raw"},
        reshape=_building_block("ohid-inactivity"),
        trust="Good: agreed with a second copy.",
    ),
    HandPrepared(
        file="local_action.csv",
        source_id="national-syndemic-cases",
        reshape=_local_action,
        trust="Read from the report by hand; area codes were added.",
    ),
)
