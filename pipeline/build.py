"""From data/raw to data/processed: the whole order of work, readable from top to bottom."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline import areas as area_codes
from pipeline import store
from pipeline.answers.gap.outlook import fit_variances
from pipeline.answers.gap.standings import standings, variances_table
from pipeline.assemble.assembled import assembled
from pipeline.assemble.levers import lever_tables
from pipeline.assemble.local_action import local_action_tables
from pipeline.assemble.provenance import sources_table
from pipeline.assemble.vintages import vintages
from pipeline.contracts import check
from pipeline.errors import ContractBroken
from pipeline.geography.boundaries import boundary_files, simplified_layers
from pipeline.geography.tiles import tile_files, tile_layout
from pipeline.intake import lock
from pipeline.measures.gap import gaps as gap_measures
from pipeline.sources import SOURCES
from pipeline.tables import PROCESSED, RAW, metadata


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the build id, and which files it had to rewrite."""

    build: str
    release: str
    rewritten: tuple[str, ...]


def build(raw_folder: Path, processed_folder: Path, docs_folder: Path, static_folder: Path) -> BuildReport:
    """Make every processed table, its metadata and the boundaries from the published figures; no network.

    Everything is computed and checked before the first file is written, so a failure leaves the last good figures in
    place. Files whose bytes would not change are not touched.

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
    release = newest_release(raw["hle"])

    files = {processed_folder / f"{name}.csv": text for name, text in texts.items()}
    files |= {static_folder / "boundaries" / name: text for name, text in boundaries.items()}
    files |= {
        static_folder / "boundaries" / name: text for name, text in tile_files(tables["tiles"], tables["areas"]).items()
    }
    files[docs_folder / "data-dictionary.md"] = metadata.dictionary_text({"data/raw": RAW, "data/processed": PROCESSED})
    # last, since its digests vouch for the tables beside it
    files[processed_folder / "datapackage.json"] = metadata.datapackage_text(
        PROCESSED, texts, release=release, sources=[source.as_reference() for source in SOURCES.values()]
    )
    rewritten = tuple(path.name for path, text in files.items() if store.write_text(text, path))
    return BuildReport(build=metadata.build_id(texts), release=release, rewritten=rewritten)


def read_raw(raw_folder: Path) -> dict[str, pd.DataFrame]:
    """Return every published table, all releases together, each file checked against its contract."""
    return {name: _all_releases(name, raw_folder / name) for name in RAW}


def _all_releases(name: str, folder: Path) -> pd.DataFrame:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise ContractBroken(
            f"No published figures for table {name}.",
            where=f"data/raw/{name}",
            do="Restore the folder from version control, or run `python -m pipeline fetch`.",
        )
    return pd.concat([store.read(RAW[name], file) for file in files], ignore_index=True)


def newest_file(folder: Path, pattern: str) -> Path:
    """Return the file whose name (its release) is newest.

    Raises:
        ContractBroken: there is none.
    """
    files = sorted(folder.glob(pattern))
    if not files:
        raise ContractBroken(
            f"No file {pattern} in {folder.name}.",
            where=f"data/raw/{folder.name}",
            do="Restore the folder from version control, or run `python -m pipeline fetch`.",
        )
    return files[-1]


def newest_release(table: pd.DataFrame) -> str:
    """Return the date of the newest release in a table."""
    return str(table["release"].max())


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest release."""
    return table[table["release"] == newest_release(table)].reset_index(drop=True)


def compute(raw: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return every processed table from the published ones."""
    hle, income, deprivation = newest(raw["hle"]), newest(raw["income"]), newest(raw["deprivation"])
    deciles = newest(raw["hle_deciles"])
    areas = all_areas(newest(raw["lookup"]), hle)
    no_area_lost(areas, hle, deprivation)
    gaps = gap_measures.gaps(hle=hle, income=income, deprivation=deprivation, areas=areas, deciles=deciles)
    gaps["release"] = np.where(
        gaps["definition"].str.endswith("-deciles"), newest_release(deciles), newest_release(hle)
    )
    variances = fit_variances(gap_measures.with_standard_error(hle[hle["area_type"] == "region"]))
    latest = {name: newest(table) if "release" in table else table for name, table in raw.items()}
    return {
        "areas": areas,
        "hle": raw["hle"],
        "life_expectancy": raw["life_expectancy"],
        "income": income,
        "hle_deciles": raw["hle_deciles"],
        "deprivation": deprivation,
        "gaps": gaps,
        "variances": variances_table(variances),
        **standings(gaps, variances, england=hle[hle["area_type"] == "country"]),
        **assembled(latest, areas=areas, gaps=gaps),
        **lever_tables(latest | {"building_blocks": raw["building_blocks"]}, areas=areas),
        **local_action_tables(latest, areas=areas),
        "vintages": vintages(hle=raw["hle"], income=income, deprivation=deprivation, areas=areas),
    }


def all_areas(lookup: pd.DataFrame, hle: pd.DataFrame) -> pd.DataFrame:
    """Return table `areas`: England, regions and combined authorities as named in the figures, all authorities."""
    above = hle.loc[hle["area_type"] != "utla", ["area_code", "area_name", "area_type"]].drop_duplicates()
    authorities = lookup.assign(area_type="utla")
    rows = pd.concat([above, authorities], ignore_index=True)
    rows["no_hle_reason"] = rows["area_code"].map(area_codes.WITHOUT_HLE)
    columns = [column.name for column in PROCESSED["areas"].columns]
    return rows[columns].astype(object).where(rows[columns].notna(), None)


def no_area_lost(areas: pd.DataFrame, hle: pd.DataFrame, deprivation: pd.DataFrame) -> None:
    """Refuse figures in which an area has gone missing or come new without a word.

    Raises:
        ContractBroken: naming the codes.
    """
    authorities = set(areas.loc[areas["area_type"] == "utla", "area_code"])
    for name, found, expected in (
        ("hle", set(hle.loc[hle["area_type"] == "utla", "area_code"]), authorities - set(area_codes.WITHOUT_HLE)),
        ("deprivation", set(deprivation["area_code"]), authorities),
    ):
        lost, new = sorted(expected - found), sorted(found - expected)
        if lost or new:
            raise ContractBroken(
                f"Table {name} does not hold the authorities that the lookup holds: missing {', '.join(lost) or 'none'}; "
                f"not expected {', '.join(new) or 'none'}.",
                where=f"data/raw/{name}",
                do="If ONS has replaced a code, add it to SUCCESSORS in pipeline/areas.py and fetch again.",
            )


def every_area_drawn(areas: pd.DataFrame, boundaries: Mapping[str, str]) -> None:
    """Refuse boundaries that leave an area of the table without a shape.

    Raises:
        ContractBroken: naming the codes.
    """
    drawn = "".join(boundaries.values())
    missing = [
        code for code in areas.loc[areas["area_type"] != "country", "area_code"] if f'"id":"{code}"' not in drawn
    ]
    if missing:
        raise ContractBroken(
            f"{len(missing)} area(s) have no boundary: {', '.join(missing[:5])}.",
            where="data/raw/boundaries",
            do="If ONS has replaced a code, add it to SUCCESSORS in pipeline/areas.py and fetch the boundaries again.",
        )
