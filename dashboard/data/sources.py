"""Every source of figures: publisher, release, age, licence, and where its bytes came from."""

import html
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.kit import words
from dashboard import link, tables
from pipeline.sources.levers import WITHOUT_DIRECTION

_BUILDING_BLOCKS = "building_blocks"
_PREPARED, _MIRROR = "prepared table: ", "mirror:"

SHOWN_ON: Mapping[str, str] = {
    "lookup": "Every screen with places",
    "districts": "Search, Place, Levers: which authority holds the figures of a district",
    "boundaries": "Map, Slides",
    "hle": "Every screen",
    "nations": "The gap, Place",
    "neighbours": "Place",
    "hle_deciles": "The gap, What it would take, Deprivation",
    "income": "The gap and every other screen with a gap: which region is richest",
    "deprivation": "Every screen with a gap, Map, Deprivation, Place, Levers",
    "deprivation_lsoa": "Deprivation, Place",
    "population": "What it would take, Place, Levers: residents, and weights of averages",
    "population_sex": "What it would take, Map, Place: people below the level needed, and who holds the shortfall",
    "life_expectancy": "Map, What it would take, Place",
    "life_table": "What it would take",
    "good_health": "What it would take",
    "building_blocks": "Levers",
    "local_action": "Levers, Map, Place",
}
"""Table of published figures -> the screens that show it."""


def show(sources: pd.DataFrame, *, today: date) -> None:
    """Show the list of sources and the details of a chosen one.

    Args:
        sources: table `sources`.
        today: the day against which ages are counted.
    """
    st.markdown(
        f"{len(sources)} files from {sources['publisher'].nunique()} publishers. The figures are kept as published, in one tidy layout, with the "
        "checksum of the bytes they were read from, so that every figure on every screen can be traced to its file."
    )
    for heading, blocks in (("Health, income, deprivation, people", False), ("Building blocks", True)):
        st.subheader(heading, anchor=False)
        overview = _overview(sources, building_blocks=blocks, today=today)
        with st.container(key=f"long-table-{'blocks' if blocks else 'figures'}"):
            tables.show(overview, label=f"Sources of figures: {heading}", markup=["Source"])
    st.subheader("One source in full", anchor=False)
    titles = _titles(sources)
    file = link.selectbox("Source", list(titles), format_func=lambda name: titles[name], key="source")
    tables.show(
        _details(sources, file, today=today),
        label=f"Everything noted about the source {titles[file]}",
        markup=["Value"],
    )


def _titles(sources: pd.DataFrame) -> dict[str, str]:
    return {row["file"]: f"{row['title']} ({words.day(row['release'])})" for row in sources.to_dict("records")}


def _overview(sources: pd.DataFrame, *, building_blocks: bool, today: date) -> pd.DataFrame:
    rows = sources[(sources["table"] == _BUILDING_BLOCKS) == building_blocks]
    return pd.DataFrame(
        {
            "Source": [tables.address(row["landing_page"], row["title"]) for _, row in rows.iterrows()],
            "Publisher": rows["publisher"],
            "Released": [
                f"{words.day(release)} ({age_in_words(release, today=today)} ago)" for release in rows["release"]
            ],
            "Shown on": [shown_on(row["table"], row["file"]).partition(".")[0] for _, row in rows.iterrows()],
        }
    )


def shown_on(table: str, file: str) -> str:
    """Return the screens that show the figures of a file, or why none does.

    Args:
        table: table of published figures that the file is a release of.
        file: the file, under data/raw.
    """
    without_direction = WITHOUT_DIRECTION.get(Path(file).stem, "")
    return f"No screen. {without_direction}" if without_direction else SHOWN_ON[table]


def _details(sources: pd.DataFrame, file: str, *, today: date) -> pd.DataFrame:
    source = sources[sources["file"] == file].iloc[0]
    lines = {
        "What it is": source["title"],
        "Publisher": source["publisher"],
        "Released": f"{words.day(source['release'])}, {age_in_words(source['release'], today=today)} ago",
        "Shown on": shown_on(source["table"], source["file"]),
        "Licence": source["licence"],
        "Attribution": source["attribution"],
        "Notes and limitations": source["caveats"],
        "Areas": source["geography"],
        "Codes replaced by those in force": source["replaced_codes"],
        "Where its bytes came from": f"{origin(source['retrieved_from'])} on {words.day(source['retrieved'])}",
        "How far it can be trusted": source["trust"],
    }
    plain = {name: html.escape(text) for name, text in lines.items() if not pd.isna(text)}
    facts = plain | {
        "Publisher's page": tables.address(source["landing_page"]),
        "Address": tables.address(source["url"]),
        "Checksum of those bytes (SHA-256)": f"{tables.code(source['upstream_sha256'])} ({source['upstream_bytes']:,} bytes)",
        "Our file": tables.code(f"data/raw/{source['file']}"),
        "Its checksum": tables.code(source["table_sha256"]),
    }
    return pd.DataFrame(list(facts.items()), columns=["Fact", "Value"])


def age_in_words(release: str, *, today: date) -> str:
    """Return how old a release is: "20 days", "9 months", "about 4 years" where only month or year is known."""
    known = release.split("-")
    start = date(*(int(part) for part in [*known, "1", "1"][:3]))
    months = 12 * (today.year - start.year) + today.month - start.month - (today.day < start.day)
    if len(known) == 1:
        return f"about {_counted(max(round(months / 12), 1), 'year')}"
    about = "" if len(known) == 3 else "about "
    if months == 0:
        return f"{about}{_counted((today - start).days, 'day')}"
    parts = [_counted(number, unit) for number, unit in ((months // 12, "year"), (months % 12, "month")) if number]
    return about + " ".join(parts)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def origin(retrieved_from: str) -> str:
    """Return in words where bytes were read: from the publisher, from a copy of the publisher's file, from a prepared table."""
    if retrieved_from.startswith(_PREPARED):
        return f"Table prepared from the publication ({retrieved_from.removeprefix(_PREPARED)})"
    if retrieved_from.startswith(_MIRROR):
        return "Copy of the publisher's file, kept under its own address"
    return "Publisher's own address"
