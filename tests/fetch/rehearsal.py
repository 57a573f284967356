"""A made-up release day, in the publishers' own formats: the next period, revisions, a new year of incomes, changed areas.

What the publishers have not yet published that day (life expectancy, tenths, the life table) stays as it is held. Run as a
file, this puts that day's release into data/raw of the project that it lies in: for a clone to throw away.
"""

import csv
import json
import sys
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from publisher import as_bytes, published_hle

from pipeline import store, succession
from pipeline.intake import lock
from pipeline.intake.cache import place_of
from pipeline.intake.fetch import Fetcher
from pipeline.intake.outcomes import Outcome
from pipeline.intake.refresh import refresh
from pipeline.sources import HOSTS, SOURCES, Source
from pipeline.succession import Succession
from pipeline.tables import RAW

DAY = "2027-02-18"
RENAMED_REGION = ("East of England", "Eastern England")
RENAMED_AUTHORITY = ("Herefordshire, County of", "Herefordshire")
POOREST, RICHEST = "Yorkshire and The Humber", "London"
FOUNDED, FOUNDED_NAME, MEMBERS = "E47000098", "Cumbria", ("E06000063", "E06000064")
CHANGES = [
    Succession(
        from_date="2026-04-01", change="formed", old_code="", old_name="", new_code=FOUNDED, new_name=FOUNDED_NAME,
        law="The Cumbria Combined Authority Order 2026", law_url="https://www.legislation.gov.uk",
    )
]  # fmt: skip
"""What the runbook has an editor add to the file of changes of areas."""
_FIGURES = ["observation", "lci_95", "uci_95"]


def newest_held(table: str) -> pd.DataFrame:
    """Return the newest release of a raw table that the tests have."""
    return store.read(RAW[table], max((store.RAW_FOLDER / table).glob("*.csv")))


def next_start() -> int:
    """First year of the period to come."""
    return int(newest_held("hle")["period_start"].max()) + 1


def hle_file() -> bytes:
    """Healthy life expectancy: one more period, women 0.3 up and men 0.1 down; one in seven earlier figures 0.1 up."""
    rows = pd.concat([_published("hle"), _published("nations")])
    rows[_FIGURES] = rows[_FIGURES].astype(float)
    earlier = rows["period"].str[:4].astype(int) < next_start() - 1
    rows.loc[earlier & (rows.groupby("areacd").cumcount() % 7 == 3), _FIGURES] += 0.1
    newest = rows[~earlier].assign(period=f"{next_start()}-01-01/P3Y")
    change = newest["indicator"].map(lambda name: 0.3 if name.startswith("Female") else -0.1)
    newest[_FIGURES] = newest[_FIGURES].add(change, axis="index")
    rows = pd.concat([rows, newest])
    founded = rows[rows["areacd"] == MEMBERS[0]].assign(
        areacd=FOUNDED, areanm=FOUNDED_NAME, geography="Combined Authority or City Region"
    )
    rows = pd.concat([rows, founded])
    rows["areanm"] = rows["areanm"].replace(dict([RENAMED_REGION, RENAMED_AUTHORITY]))
    rows[_FIGURES] = rows[_FIGURES].round(2)
    return as_bytes(rows)


def _published(table: str) -> pd.DataFrame:
    held = newest_held(table)
    return published_hle(str(held["release"].iloc[0]), table)


def income_file() -> bytes:
    """Income per head: one more year, 4% up, but in one region lower than anywhere."""
    held = newest_held("income")
    last = held[held["year"] == held["year"].max()]
    new = last.assign(year=last["year"] + 1, gdhi_per_head_gbp=(last["gdhi_per_head_gbp"] * 1.04).round().astype(int))
    lowest = new.loc[new["area_type"] == "region", "gdhi_per_head_gbp"].min() - 200
    new.loc[new["area_name"] == POOREST, "gdhi_per_head_gbp"] = lowest
    rows = pd.concat([held, new])
    return as_bytes(
        pd.DataFrame(
            {
                "areacd": rows["area_code"],
                "areanm": rows["area_name"],
                "geography": rows["area_type"],
                "indicator": "Gross disposable household income",
                "period": rows["year"].astype(str) + "-01-01/P1Y",
                "observation": rows["gdhi_per_head_gbp"],
                "measure": "Pounds",
                "unit": "£",
                **dict.fromkeys(("lci_95", "uci_95", "status", "notes"), ""),
            }
        )
    )


def mirror(folder: Path) -> Path:
    """Make a folder with the files of that day, and the notes beside them, as a mirror holds them."""
    for source_id, content in (("ons-hle", hle_file()), ("ons-gdhi", income_file())):
        latest = SOURCES[source_id].latest
        assert latest is not None
        notes = {"ess-beta-metadata": {"sourceDate": "/".join(reversed(DAY.split("-")))}}
        for url, written in ((latest.url, content), (latest.about_url, json.dumps(notes).encode())):
            path = folder / place_of(url)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written)
    return folder


def with_founded(raw_folder: Path) -> None:
    """Bring in the lookup and the boundaries that hold the new combined authority, as the runbook says."""
    lookup = newest_held("lookup").assign(release=DAY)
    inside = lookup["area_code"].isin(MEMBERS)
    lookup.loc[inside, ["combined_authority_code", "combined_authority_name"]] = [FOUNDED, FOUNDED_NAME]
    hold(raw_folder, SOURCES["ons-lookup"], store.csv_text(RAW["lookup"], lookup))
    held = json.loads(max((raw_folder / "boundaries").glob("*.topojson")).read_text(encoding="utf-8"))
    _draw(held["objects"])
    hold(raw_folder, SOURCES["ons-boundaries"], json.dumps(held))


def _draw(layers: dict[str, Any]) -> None:
    own = [shape for shape in layers["utla"]["geometries"] if shape["id"] in MEMBERS]
    arcs = [ring for shape in own for ring in (shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]])]
    layers["cauth"]["geometries"].append(
        {
            "type": "MultiPolygon",
            "id": FOUNDED,
            "properties": {"area_code": FOUNDED, "area_name": FOUNDED_NAME},
            "arcs": arcs,
        }
    )


def hold(raw_folder: Path, source: Source, text: str, *, day: str = DAY) -> None:
    """Put a file of a day beside those held, and into their lock."""
    name = source.raw_name(day)
    (raw_folder / name).write_text(text, encoding="utf-8")
    entries = lock.read(raw_folder)
    latest = max((one for one in entries.values() if one.source == source.id), key=lambda one: one.release)
    own = lock.with_codes(latest, latest.replaced_codes, table_sha256=lock.sha256(text.encode("utf-8")))
    entries[name] = lock.replace(own, release=day)
    store.write_text(lock.text_of(entries), raw_folder / lock.NAME)


def fetched(raw_folder: Path, folder: Path) -> list[Outcome]:
    """Bring that day's files into `raw_folder`, as `fetch` does from a mirror, and the lookup and boundaries after it."""
    outcomes = refresh(
        [SOURCES[name] for name in ("ons-hle", "ons-hle-nations", "ons-gdhi")],
        fetcher=Fetcher(hosts=HOSTS, cache_folder=folder / "cache", mirror=str(mirror(folder / "mirror"))),
        raw_folder=raw_folder,
        today=date.fromisoformat(DAY),
    )
    with_founded(raw_folder)
    return outcomes


if __name__ == "__main__":
    with succession.FILE.open("a", encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows(asdict(one).values() for one in CHANGES)
    with tempfile.TemporaryDirectory() as beside:
        outcomes = fetched(store.RAW_FOLDER, Path(beside))
    sys.stdout.writelines(f"{one.source.id} {one.release}: {one.result}\n" for one in outcomes)
