"""Tables about the gap that the build makes."""

from pipeline.measures.definitions import DEFINITIONS
from pipeline.tables.columns import PERIODS, RELEASE, SEX, difference_years, years
from pipeline.tables.contract import Column, Table

DEFINITION = Column(
    name="definition",
    kind="text",
    meaning="Which meaning of richest and poorest; see docs/methods.md, section 1",
    allowed=tuple(DEFINITIONS),
)

GAPS = Table(
    name="gaps",
    meaning="The gap in healthy life expectancy at birth by definition: better-off end minus worse-off end, of the latest "
    "release. A positive gap means that the worse-off end lives fewer healthy years.",
    columns=(
        DEFINITION,
        SEX,
        *PERIODS,
        RELEASE,
        Column(name="better_off", kind="text", meaning="Name of the better-off end"),
        Column(name="worse_off", kind="text", meaning="Name of the worse-off end"),
        years("better_off_years", "HLE of the better-off end"),
        years("better_off_se", "Standard error of it; empty where no interval is published", lowest=0, optional=True),
        years("worse_off_years", "HLE of the worse-off end"),
        years("worse_off_se", "Standard error of it; empty where no interval is published", lowest=0, optional=True),
        difference_years("gap_years", "Better-off end minus worse-off end"),
        years("gap_se", "Standard error of the gap; empty where no interval is published", lowest=0, optional=True),
        difference_years("gap_lci_95", "Lower limit of the gap's 95% interval; empty as gap_se", optional=True),
        difference_years("gap_uci_95", "Upper limit of the gap's 95% interval; empty as gap_se", optional=True),
        difference_years(
            "levelling_up_gap_years",
            "Highest value so far of the better-off end minus the worse-off end now: the gap without counting a fall of "
            "the better-off end as progress",
        ),
    ),
    key=("definition", "sex", "period"),
    ordered=(("gap_lci_95", "gap_years", "gap_uci_95"), ("gap_years", "levelling_up_gap_years")),
    series=("definition", "sex"),
    same_periods_within=("definition",),
)
