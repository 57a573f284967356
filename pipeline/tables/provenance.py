"""Tables about the figures themselves: where each file came from, and how the same gap looked in earlier releases."""

from pipeline.tables.columns import PERIODS, RELEASE, SEX, difference_years, integer, text, years
from pipeline.tables.contract import Table
from pipeline.tables.gap import DEFINITION

SOURCES = Table(
    name="sources",
    meaning="Every file of published figures that is held: publisher, release, licence, where its bytes came from and how "
    "to tell that they are the same.",
    columns=(
        text("file", "File of our own tidy figures, under data/raw"),
        text("source", "Name of the source in pipeline/sources"),
        text("title", "What the publisher calls it"),
        text("publisher", "Who published it"),
        text("table", "Table that its figures fill"),
        text(
            "release",
            "When it was published (ISO; month or year alone where no more is known)",
            pattern=r"\d{4}(-\d{2}){0,2}",
        ),
        text("licence", "Licence"),
        text("attribution", "Words that the licence asks for", optional=True),
        text("caveats", "What to beware of", optional=True),
        text("geography", "Whose boundaries and codes it uses, where that matters", optional=True),
        text("landing_page", "The publisher's page about it"),
        text(
            "url",
            "The publisher's own address: of the file, or of the page to start from where the file could not be had",
        ),
        text(
            "retrieved_from",
            'Where the bytes were read: the address itself, "mirror:<host>/<path>" or "prepared table: <file>"',
        ),
        text("retrieved", "Day on which they were read (ISO)", pattern=r"\d{4}-\d{2}-\d{2}"),
        text("trust", "How far a prepared table can be trusted; empty for a publisher's own file", optional=True),
        text("replaced_codes", "Area codes in it that have been replaced, each as old>new", optional=True),
        text("upstream_sha256", "Checksum of the bytes read", pattern="[0-9a-f]{64}"),
        integer("upstream_bytes", "Their number", unit="bytes", lowest=1),
        text("table_sha256", "Checksum of the file under data/raw", pattern="[0-9a-f]{64}"),
    ),
    key=("file",),
)

VINTAGES = Table(
    name="vintages",
    meaning="The gap between regions as each release tells it. Methods differ between releases: rows of different releases "
    "stand side by side and are never one series. Which regions are the two ends follows today's income and deprivation "
    "figures in all of them, so that only healthy life expectancy differs.",
    columns=(
        DEFINITION,
        SEX,
        *PERIODS,
        RELEASE,
        text("better_off", "Name of the better-off end"),
        text("worse_off", "Name of the worse-off end"),
        difference_years("gap_years", "Better-off end minus worse-off end"),
        years("gap_se", "Standard error of the gap", lowest=0),
        difference_years("gap_lci_95", "Lower limit of the gap's 95% interval"),
        difference_years("gap_uci_95", "Upper limit of the gap's 95% interval"),
    ),
    key=("definition", "sex", "period", "release"),
    ordered=(("gap_lci_95", "gap_years", "gap_uci_95"),),
    series=("definition", "sex", "release"),
)

INCOME_PAIRS = Table(
    name="income_pairs",
    meaning="The richest and the poorest region by each release of income per head that is held, and the gap of that pair in "
    "the newest period of healthy life expectancy: it shows where new incomes have changed the pair.",
    columns=(
        text("release", "Release of income per head (ISO)", pattern=r"\d{4}-\d{2}-\d{2}"),
        integer("year", "Its latest year, which decides", unit="year", lowest=1997),
        SEX,
        *PERIODS,
        text("better_off", "Name of the richest region"),
        text("worse_off", "Name of the poorest region"),
        difference_years("gap_years", "Better-off end minus worse-off end"),
        difference_years("gap_lci_95", "Lower limit of the gap's 95% interval"),
        difference_years("gap_uci_95", "Upper limit of the gap's 95% interval"),
    ),
    key=("release", "sex"),
    ordered=(("gap_lci_95", "gap_years", "gap_uci_95"),),
)
