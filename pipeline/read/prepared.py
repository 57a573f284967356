"""Reads tables that somebody prepared by hand from a publisher's file that could not be had.

The preparation is not ours: each table keeps the figures as they came, gets our names, and loses codes that have ended.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import SourceChanged
from pipeline.read import prepared_tables
from pipeline.read.reading import Reading, csv_rows, in_force
from pipeline.sources import SOURCES


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """One prepared table: its file, the source whose figures it holds, and how far it can be trusted."""

    file: str
    source_id: str
    trust: str
    read: prepared_tables.Read
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
    frames = {name: csv_rows(content, where=name) for name, content in contents.items()}
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
        table, replaced = in_force(table, where=prepared.file)
    if "release" not in table:
        return {prepared_tables.release_of(source): Reading(table, replaced)}
    return {str(release): Reading(rows.reset_index(drop=True), replaced) for release, rows in table.groupby("release")}


PREPARED: tuple[Prepared, ...] = (
    Prepared(
        file="ltla_utla_combined_authority_region.csv",
        source_id="ons-lookup",
        beside=("combined_authority_to_utla.csv", "imd2025_utla.csv"),
        trust="Complete for the 153 authorities in force. Two regions were wrong and are corrected, see corrections.",
        read=prepared_tables.lookup,
    ),
    Prepared(
        file="ltla_utla_combined_authority_region.csv",
        source_id="ons-districts",
        trust="Complete for the districts in force and those of 2022.",
        read=prepared_tables.districts,
    ),
    Prepared(
        file="hle_before_2024_revision.csv",
        source_id="ons-hle-old-method",
        trust="Good for comparing releases; the method differs from later ones, so never to be spliced.",
        read=prepared_tables.old_method_hle,
    ),
    Prepared(
        file="hle_deciles.csv",
        source_id="ons-hle-deciles",
        trust="Good: two independent copies agreed in all 200 cells. Without the intervals that the workbook has.",
        read=prepared_tables.deciles,
    ),
    Prepared(
        file="life_expectancy.csv",
        source_id="ons-le",
        trust="Good for levels: values to 2021 to 2023 agreed with a second copy in all 420 cells, regions of 2022 to "
        "2024 with population-weighted authorities within 0.2 years. Single-tier authorities lack intervals and "
        "come from two releases.",
        read=prepared_tables.life_expectancy,
    ),
    Prepared(
        file="life_table_england_2022_to_2024.csv",
        source_id="ons-life-table",
        trust="Fair: its holder labelled it United Kingdom, but life expectancy at birth is England's.",
        read=prepared_tables.life_table,
    ),
    Prepared(
        file="good_health_england_by_age.csv",
        source_id="ons-good-health",
        trust="Good: with the life table it reproduces England's published healthy life expectancy.",
        read=prepared_tables.good_health,
    ),
    Prepared(
        file="population_utla.csv",
        source_id="ons-population",
        trust="Good. Which release of the estimates it was taken from is not recorded.",
        read=prepared_tables.population,
    ),
    Prepared(
        file="population_utla_sex_census2021.csv",
        source_id="ons-census-2021-sex",
        trust="Good.",
        read=prepared_tables.population_sex,
    ),
    Prepared(
        file="imd2025_utla.csv",
        source_id="mhclg-iod2025-authorities",
        trust="Good: scores are the published averages.",
        read=prepared_tables.deprivation,
    ),
    Prepared(
        file="imd2025_lsoa.csv",
        source_id="mhclg-iod2025-small-areas",
        trust="Good for scores and deciles. Residents are of Census 2021, so that averages over an authority differ "
        "from the published ones by 0.05 on average, 0.34 at most.",
        read=prepared_tables.deprivation_lsoa,
    ),
    Prepared(
        file="building_blocks_fingertips.csv",
        source_id="ohid-smoking",
        trust="Good: agreed with a second copy.",
        read=prepared_tables.building_block("ohid-smoking"),
    ),
    Prepared(
        file="building_blocks_fingertips.csv",
        source_id="ohid-inactivity",
        trust="Good: agreed with a second copy.",
        read=prepared_tables.building_block("ohid-inactivity"),
    ),
    Prepared(
        file="local_action.csv",
        source_id="national-syndemic-cases",
        trust="Read from the report by hand; area codes were added.",
        read=prepared_tables.local_action,
    ),
)
