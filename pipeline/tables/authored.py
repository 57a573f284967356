"""Facts written by hand as CSV under pipeline/sources: levers, their laws, indicators, their files, groups of authorities."""

from pipeline.areas import AREA_TYPES
from pipeline.tables.columns import INDICATOR, RELEASE, boolean, text
from pipeline.tables.contract import Table
from pipeline.tables.levers import CURRENT_PRICES, WRITTEN_BY_HAND

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
        text("basis", "The law that established it"),
    ),
    key=("group",),
)
