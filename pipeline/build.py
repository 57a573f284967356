"""From data/raw to data/processed: the whole order of work, readable from top to bottom."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import store, swap
from pipeline.answers.gap.evidence import evidence_from
from pipeline.areas import ENGLAND
from pipeline.assemble.ages import age_contributions, two_levers
from pipeline.assemble.areas import all_areas, every_area_drawn, no_area_lost, regions_as_named
from pipeline.assemble.carried import carried
from pipeline.assemble.decomposition import decomposition
from pipeline.assemble.districts import districts
from pipeline.assemble.england_check import england_again
from pipeline.assemble.forecast_ends import forecast_ends
from pipeline.assemble.forecast_record import forecast_tables, regions_of
from pipeline.assemble.gap import gap_tables, gaps_of, standings
from pipeline.assemble.inequality import inequality, slopes
from pipeline.assemble.leverage import leverage
from pipeline.assemble.levers import lever_tables
from pipeline.assemble.local_action import local_action_tables
from pipeline.assemble.places import places, residuals, spread
from pipeline.assemble.pockets import pockets
from pipeline.assemble.population import population
from pipeline.assemble.promise.tables import promise_tables
from pipeline.assemble.promise.verdict_history import verdicts_by_release
from pipeline.assemble.provenance import sources_table
from pipeline.assemble.shortfall import shortfall
from pipeline.assemble.vintages import gaps_by_release, income_pairs, vintages
from pipeline.contracts import check
from pipeline.errors import ContractBroken
from pipeline.geography.boundaries import boundary_files, simplified_layers
from pipeline.geography.tiles import tile_files, tile_layout
from pipeline.intake import lock
from pipeline.sources import SOURCES
from pipeline.sources.facts import facts
from pipeline.tables import PROCESSED, RAW, metadata
from pipeline.tables.succession import SUCCESSION


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the build id, and which files it had to rewrite."""

    build: str
    release: str
    rewritten: tuple[str, ...]


def build(raw_folder: Path, processed_folder: Path, docs_folder: Path, static_folder: Path) -> BuildReport:
    """Make every processed table, its metadata and the boundaries from the published figures; no network.

    Everything is computed and checked before the first file is written, and all files are put in place at once, so a
    failure or a stop leaves the last good figures. Files whose bytes would not change are not touched.

    Raises:
        PipelineError: a published or computed table breaks its contract, or the disk cannot be written.
    """
    raw = read_raw(raw_folder)
    tables = compute(raw) | {"sources": sources_table(lock.read(raw_folder))}
    layers = simplified_layers(newest_file(raw_folder / "boundaries", "*.topojson"))
    boundaries = boundary_files(layers)
    every_area_drawn(tables["areas"], boundaries)
    tables["tiles"] = tile_layout(tables["areas"])
    texts = {
        name: store.csv_text(PROCESSED[name], check(PROCESSED[name], tables[name], where=f"computed table {name}"))
        for name in PROCESSED
    }
    release = str(raw["hle"]["release"].max())

    files = {processed_folder / f"{name}.csv": text for name, text in texts.items()}
    files |= {static_folder / "boundaries" / name: text for name, text in boundaries.items()}
    files |= {
        static_folder / "boundaries" / name: text for name, text in tile_files(tables["tiles"], tables["areas"]).items()
    }
    files[docs_folder / "data-dictionary.md"] = metadata.dictionary_text({"data/raw": RAW, "data/processed": PROCESSED})
    files[processed_folder / "datapackage.json"] = metadata.datapackage_text(
        PROCESSED, texts, release=release, sources=[source.as_reference() for source in SOURCES.values()]
    )
    rewritten = swap.write_all({path: text.encode() for path, text in files.items()}, processed_folder)
    return BuildReport(
        build=metadata.build_id(texts), release=release, rewritten=tuple(path.name for path in rewritten)
    )


def read_raw(raw_folder: Path) -> dict[str, pd.DataFrame]:
    """Read every published table, all releases together, each file checked against its contract."""
    return {name: _all_releases(name, raw_folder / name) for name in RAW}


def _all_releases(name: str, folder: Path) -> pd.DataFrame:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise _nothing_published(f"No published figures for table {name}.", folder)
    return pd.concat([store.read(RAW[name], file) for file in files], ignore_index=True)


def newest_file(folder: Path, pattern: str) -> Path:
    """The file whose name (its release) is newest.

    Raises:
        ContractBroken: there is none.
    """
    files = sorted(folder.glob(pattern))
    if not files:
        raise _nothing_published(f"No file {pattern} in {folder.name}.", folder)
    return files[-1]


def _nothing_published(what: str, folder: Path) -> ContractBroken:
    return ContractBroken(
        what,
        where=f"data/raw/{folder.name}",
        do="Restore the folder from version control, or run `python -m pipeline fetch`.",
    )


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest release."""
    rows: pd.DataFrame = table[table["release"] == table["release"].max()].reset_index(drop=True)
    return rows


def compute(raw: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Make every processed table that needs published figures alone."""
    raw = regions_as_named(raw)
    new = {name: newest(table) if "release" in table else table for name, table in raw.items()}
    areas = all_areas(new["lookup"], new["hle"])
    placed = districts(areas=areas, lookup=new["districts"])
    new = carried(new, districts=placed)
    hle, life, income, deprivation, deciles = (
        new[name] for name in ("hle", "life_expectancy", "income", "deprivation", "hle_deciles")
    )
    no_area_lost(areas, hle, deprivation)
    tables = {"areas": areas, "income": income, "deprivation": deprivation}
    tables |= {name: raw[name] for name in ("hle", "nations", "neighbours", "life_expectancy", "hle_deciles")}

    regions = regions_of(hle)
    fits = regions.fits_by_year()
    tables |= forecast_tables(regions, fits)
    tables["forecast_ends"] = forecast_ends(income=income, deprivation=deprivation, areas=areas)
    evidence = evidence_from(income=income, tables=tables)
    gaps = tables["gaps"] = gaps_of(new, areas=areas)
    found = standings(gaps, hle, evidence)
    tables |= gap_tables(found) | promise_tables(found, evidence, fits)
    by_release = gaps_by_release(hle=raw["hle"], income=income, deprivation=deprivation, areas=areas)
    tables["vintages"] = vintages(by_release)
    latest_fits = fits[regions.periods[-1].end]
    tables["verdicts_by_release"] = verdicts_by_release(by_release, raw["hle"], evidence, latest_fits)
    tables["income_pairs"] = income_pairs(income=raw["income"], hle=hle)

    tables["inequality"] = inequality(hle=hle, income=income, deprivation=deprivation, areas=areas)
    tables["slopes"] = slopes(hle=hle, life_expectancy=life, deciles=deciles, deprivation=deprivation, areas=areas)
    tables["decomposition"] = decomposition(gaps=gaps, life_expectancy=life, deciles=deciles, slopes=tables["slopes"])
    life_table, good_health = new["life_table"], new["good_health"]
    england_health = good_health[good_health["nation_code"] == ENGLAND]
    tables["leverage"] = leverage(life_table=life_table, good_health=england_health)
    tables["england_check"] = england_again(life_table=life_table, good_health=england_health)
    tables["two_levers"] = two_levers(life_table=life_table, good_health=england_health)
    tables["age_contributions"] = age_contributions(life_table=life_table, good_health=good_health)

    tables["population"] = population(areas=areas, residents=new["population"], by_sex=new["population_sex"])
    tables["residents"] = new["population"][[column.name for column in PROCESSED["residents"].columns]]
    tables["residuals"] = residuals(hle=hle, deprivation=deprivation)
    tables["places"] = places(
        hle=hle, gaps=gaps, against_deprivation=tables["residuals"], population=tables["population"]
    )
    tables["shortfall"] = shortfall(hle=hle, places=tables["places"], areas=areas)
    tables["spread"] = spread(hle=hle, areas=areas, population=tables["population"])
    tables["districts"] = placed
    tables["succession"] = facts(SUCCESSION)
    tables["small_areas"] = new["deprivation_lsoa"]
    tables["pockets"] = pockets(areas=areas, districts=placed, lsoas=new["deprivation_lsoa"])

    # each building block has a release of its own, so all releases are looked through
    tables |= lever_tables(new | {"building_blocks": raw["building_blocks"]}, areas=areas)
    return tables | local_action_tables(new, areas=areas)
