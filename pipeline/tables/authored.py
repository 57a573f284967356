"""Facts written by hand as CSV under pipeline/sources: levers and laws, indicators, promises, pension age, assumptions."""

from pipeline.areas import AREA_TYPES
from pipeline.tables.columns import INDICATOR, RELEASE, boolean, calendar_year, integer, number, text
from pipeline.tables.contract import Table
from pipeline.tables.levers import CURRENT_PRICES, WRITTEN_BY_HAND

_ADDRESS = r"https?://\S+"
_LAW = text("law", "Our name for the law or document", pattern=r"[a-z-]+")

LEVERS = Table(
    name="levers",
    meaning="Levers: who leads on each building block, who can act, how soon, and which direction is good.",
    columns=(
        *WRITTEN_BY_HAND,
        _LAW,
        boolean(
            "in_index",
            "Whether the index's own domains of income, work and skills count it, so that its figures must be worse where "
            "deprivation is higher: the build checks the polarity against that",
        ),
        CURRENT_PRICES,
    ),
    key=("indicator",),
)
LAWS = Table(
    name="laws",
    meaning="Laws and documents on which department and levels of government rest.",
    columns=(_LAW, text("basis", "What it says, and where")),
    key=("law",),
)
BUILDING_BLOCKS = Table(
    name="building_blocks",
    meaning="Indicators of the building blocks of health: in which source each is found, and under which name.",
    columns=(
        INDICATOR,
        text("source", "Id of its source"),
        text("published_name", "The publisher's name, as its file spells it"),
        text("unit", "Unit of the published values"),
        text(
            "not_a_lever_because",
            "Why it is held but no lever: whether more is better is not agreed; empty for levers",
            optional=True,
        ),
    ),
    key=("indicator",),
)
EXPLORE_LOCAL_STATISTICS = Table(
    name="explore_local_statistics",
    meaning="Files of ONS Explore Local Statistics that hold building blocks.",
    columns=(
        text("slug", "Name of the file and its folder", pattern=r"[a-z0-9-]+"),
        text("release", "Date of the release that is kept", pattern=r"\d{4}-\d{2}-\d{2}"),
        text("publisher", "Who first published the figures"),
        text("title", "What the file is about"),
        text("caveat", "What to beware of", optional=True),
    ),
    key=("slug",),
)
GROUPS = Table(
    name="groups",
    meaning="Groups of authorities that have a name in law and no healthy life expectancy of their own.",
    columns=(
        text("group", "Our name for it in an address", pattern=r"[a-z][a-z-]*"),
        text("name", "Its name"),
        text(
            "authorities",
            "Codes of the upper-tier authorities that make it up, in force today, a blank between them",
            pattern=rf"{AREA_TYPES['utla']}( {AREA_TYPES['utla']})+",
        ),
        text(
            "in_effect",
            "Date on which it took effect (ISO; month only where the day is not known)",
            pattern=RELEASE.pattern,
        ),
        text(
            "date_read_at",
            "Address where that date was read; empty while it is not confirmed, which the screens then say",
            pattern=_ADDRESS,
            optional=True,
        ),
        text("basis", "The law that established it"),
    ),
    key=("group",),
)
PROMISES = Table(
    name="promises",
    meaning="Promises of governments about healthy life and its gap. Each wording was read in its source; what became of a promise "
    "comes from a source too, or from our own figures where they can follow its metric.",
    columns=(
        text("promise", "Our name for the promise", pattern=r"[a-z0-9-]+"),
        text("label", "Short name, as charts write it"),
        text("announced", "When it was made: year, and month where known", pattern=r"([A-Z][a-z]+ )?\d{4}"),
        calendar_year("announced_year", "The year"),
        text("wording", "The promise in its own words", pattern=r"\S.+"),
        text("document", "Document that holds it", pattern=r"\S.+"),
        text("source", "Address where the wording was read", pattern=_ADDRESS),
        text("metric", "What it is measured by", pattern=r"\S.+"),
        text("area", "Where", pattern=r"\S.+"),
        text(
            "baseline", "Period that it is counted from; ours where the document names none", pattern=r"\d{4} to \d{4}"
        ),
        calendar_year("deadline", "Year by which it was to be kept; empty where none was named", optional=True),
        text(
            "gap_definition",
            "Definition of ours that is its own metric; empty where we cannot follow it",
            optional=True,
        ),
        number(
            "gap_left",
            "Share of the baseline gap that may be left: 1 for narrower at all",
            lowest=0,
            highest=1,
            optional=True,
        ),
        number(
            "level_rise_years",
            "Rise of healthy life expectancy promised with it",
            lowest=0,
            optional=True,
            unit="years",
        ),
        text("fate", "What a source says became of it; empty where none does", optional=True),
        text("fate_source", "Address of that source", pattern=_ADDRESS, optional=True),
    ),
    key=("promise",),
)
STATE_PENSION_AGE = Table(
    name="state_pension_age",
    meaning="State Pension ages of women and men in law, from October 2020 on.",
    columns=(
        integer("age", "State Pension age", unit="years", lowest=60, highest=80),
        text("reached_by", "Month by which it holds in full", pattern=r"\d{4}-\d{2}"),
        text("law", "Act that lays it down", pattern=r"\S.+"),
        text("source", "Address where it was read", pattern=_ADDRESS),
    ),
    key=("age",),
)
ASSUMPTIONS = Table(
    name="assumptions",
    meaning="Choices that the answers rest on, and what would change if they were wrong.",
    columns=(
        text("id", "Number of the assumption", pattern=r"A[1-9]\d?"),
        text("choice", "What is assumed"),
        text("why", "Why it was chosen"),
        text("effect_if_wrong", "What would change if it were wrong"),
    ),
    key=("id",),
)
