"""Every source of figures: publisher, release, age, licence, and where its bytes came from."""

from datetime import date

import pandas as pd
import streamlit as st

from charts import words
from dashboard import link

_BUILDING_BLOCKS = "building_blocks"
_PREPARED, _MIRROR = "prepared table: ", "mirror:"


def show(sources: pd.DataFrame, *, today: date) -> None:
    """Show the list of sources and the details of a chosen one.

    Args:
        sources: table `sources`.
        today: the day against which ages are counted.
    """
    st.markdown(
        f"{len(sources)} files from {sources['publisher'].nunique()} publishers. The figures are kept as published, in one tidy layout, with the "
        "checksum of the bytes it was read from, so that every figure on every screen can be traced to its file."
    )
    blocks = sources["table"] == _BUILDING_BLOCKS
    for heading, rows in (
        ("Health, income, deprivation, people", sources[~blocks]),
        ("Building blocks", sources[blocks]),
    ):
        st.subheader(heading, anchor=False)
        st.table(_overview(rows, today=today), hide_index=True, alt=f"Sources of figures: {heading}")
    st.subheader("One source in full", anchor=False)
    titles = {row["file"]: f"{row['title']} ({words.day(row['release'])})" for row in sources.to_dict("records")}
    file = link.selectbox("Source", list(titles), format_func=lambda name: titles[name], key="source")
    _details(sources[sources["file"] == file].iloc[0], today=today)


def _overview(rows: pd.DataFrame, *, today: date) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Source": [f"[{_escaped(row['title'])}]({row['landing_page']})" for _, row in rows.iterrows()],
            "Publisher": rows["publisher"],
            "Released": [
                f"{words.day(release)} ({age_in_words(release, today=today)} days ago)" for release in rows["release"]
            ],
            "Read from": [
                "Prepared table" if text.startswith(_PREPARED) else "Publisher's file"
                for text in rows["retrieved_from"]
            ],
        }
    )


def _details(source: pd.Series, *, today: date) -> None:
    lines = {
        "What it is": _escaped(source["title"]),
        "Publisher": source["publisher"],
        "Released": f"{words.day(source['release'])}, {age_in_words(source['release'], today=today)} days ago",
        "Licence": source["licence"],
        "Attribution": source["attribution"],
        "What to bear in mind": source["caveats"],
        "Areas": source["geography"],
        "Codes replaced by those in force": source["replaced_codes"],
        "Publisher's page": f"<{source['landing_page']}>",
        "Address": f"<{source['url']}>",
        "Where its bytes came from": f"{origin(source['retrieved_from'])} on {words.day(source['retrieved'])}",
        "How far it can be trusted": source["trust"],
        "Checksum of those bytes (SHA-256)": f"`{source['upstream_sha256']}` ({source['upstream_bytes']:,} bytes)",
        "Our file": f"`data/raw/{source['file']}`",
        "Its checksum": f"`{source['table_sha256']}`",
    }
    facts = pd.DataFrame([(name, text) for name, text in lines.items() if not pd.isna(text)], columns=["Fact", "Value"])
    st.table(facts, hide_index=True, alt=f"Everything noted about the source {source['title']}")


def age_in_words(release: str, *, today: date) -> str:
    """Return how many days ago a release came out: "275", or "about 300" where only month or year is known."""
    known = release.split("-")
    start = date(*(int(part) for part in [*known, "1", "1"][:3]))
    days = f"{(today - start).days:,}"
    return days if len(known) == 3 else f"about {days}"


def origin(retrieved_from: str) -> str:
    """Return in words where bytes were read: from the publisher, from a copy of the publisher's file, from a prepared table."""
    if retrieved_from.startswith(_PREPARED):
        return f"Table prepared from the publication ({retrieved_from.removeprefix(_PREPARED)})"
    if retrieved_from.startswith(_MIRROR):
        return "Copy of the publisher's file, kept under its own address"
    return "Publisher's own address"


def _escaped(text: str) -> str:
    return text.replace("[", r"\[").replace("]", r"\]")
