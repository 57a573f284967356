"""Table of succession, written by hand in pipeline/sources/succession.csv."""

from pipeline.tables.columns import text
from pipeline.tables.contract import Table

SUCCESSION = Table(
    name="succession",
    meaning="Which area follows which: splits, mergers, new codes and new names, those to come too. An area that was split "
    "has several rows, and so has one that was formed of several.",
    columns=(
        text("from_date", "Day from which it holds", pattern=r"\d{4}-\d{2}-\d{2}"),
        text(
            "change",
            "boundary (a stretch moved), one-tier (a county and its districts became one authority) and name: the area goes on; "
            "split, merger: it ended; formed: a new area of others that stay",
            allowed=("boundary", "one-tier", "name", "split", "merger", "formed"),
        ),
        text("old_code", "Code of the older area; empty where there is none", pattern=r"E\d{8}", optional=True),
        text("old_name", "Its name; empty where there is none", optional=True),
        text(
            "new_code",
            "Code of the area that follows; empty until ONS publishes figures under it, until then the change is announced",
            pattern=r"E\d{8}",
            optional=True,
        ),
        text("new_name", "Its name"),
        text("law", "Law that it rests on"),
        text("law_url", "Where that can be read", pattern=r"https://.+"),
    ),
    key=("old_code", "new_name", "from_date"),
)
