"""Tables about areas that the build makes."""

from pipeline.areas import AREA_TYPES
from pipeline.tables.columns import (
    AREA,
    AREA_CODE,
    AREA_NAME,
    IMD_DECILE,
    PERIOD,
    PERIODS,
    RELEASE,
    SEX,
    boolean,
    calendar_year,
    difference_years,
    integer,
    number,
    text,
    years,
)
from pipeline.tables.contract import Column, Table

AREAS = Table(
    name="areas",
    meaning="Every area on the dashboard: England, 9 regions, 15 combined authorities, 153 upper-tier authorities.",
    columns=(
        *AREA,
        text(
            "region_code",
            "Region that an authority lies in; empty for other levels",
            pattern=AREA_TYPES["region"],
            optional=True,
        ),
        text(
            "combined_authority_code",
            "Combined authority that an authority belongs to; empty where none, and for other levels",
            pattern=AREA_TYPES["combined-authority"],
            optional=True,
        ),
        text(
            "no_hle_reason",
            "Why no healthy life expectancy is published for the area; empty where it is",
            optional=True,
        ),
    ),
    key=("area_code",),
)

AREA_POPULATION = Table(
    name="population",
    meaning="Residents of every area: all persons at the middle of the latest year, women and men on Census day 2021 (so "
    "the two do not add up to the first). Larger areas are sums of their authorities.",
    columns=(
        RELEASE,
        *AREA,
        text("sex", "Whom the row counts", allowed=("persons", "female", "male")),
        calendar_year("year", "Year of the figure"),
        integer("population", "Residents", unit="persons", lowest=1),
    ),
    key=("area_code", "sex"),
)
RESIDENTS = Table(
    name="residents",
    meaning="Residents of every upper-tier authority in the middle of every year: the weights of groups of authorities.",
    columns=(
        RELEASE,
        AREA_CODE,
        calendar_year("year", "Year of the figure"),
        integer("population", "Residents, all persons", unit="persons", lowest=1),
    ),
    key=("area_code", "year"),
)

_STANDS_OUT = boolean(
    "stands_out",
    "Whether the residual is more than noise, after control of the false discovery rate at 5% among all "
    "authorities of the sex and period",
)
_EXPECTED = years("expected_hle_years", "HLE that the authority's IMD 2025 score predicts (weighted regression)")
_RESIDUAL = difference_years("residual_years", "HLE minus what deprivation predicts; positive is better than predicted")
_RESIDUAL_Z = number("residual_z", "Residual over its own standard error")

RESIDUALS = Table(
    name="residuals",
    meaning="Healthy life expectancy of authorities against what their deprivation predicts, in periods without a common "
    "year counted back from the latest. Deprivation is that of the IMD 2025 in every period. City of London and Isles of "
    "Scilly have no figure.",
    columns=(
        RELEASE,
        AREA_CODE,
        AREA_NAME,
        SEX,
        *PERIODS,
        years("hle_years", "Healthy life expectancy at birth"),
        _EXPECTED,
        _RESIDUAL,
        difference_years("residual_lci_95", "Lower 95% limit of the residual"),
        difference_years("residual_uci_95", "Upper 95% limit of the residual"),
        _RESIDUAL_Z,
        _STANDS_OUT,
    ),
    key=("area_code", "sex", "period"),
    ordered=(("residual_lci_95", "residual_years", "residual_uci_95"),),
)


def _rank(name: str, meaning: str) -> Column:
    return integer(name, meaning, lowest=1, highest=153)


PLACES = Table(
    name="places",
    meaning="What can be said of each upper-tier authority in the latest period when much of the difference between them is "
    "noise. City of London and Isles of Scilly have no figure.",
    columns=(
        RELEASE,
        AREA_CODE,
        AREA_NAME,
        SEX,
        PERIOD,
        years("hle_years", "Healthy life expectancy at birth"),
        number(
            "p_lowest_fifth",
            "Probability that the authority is among the lowest fifth, from 10,000 simulated sets of figures",
            unit="probability",
            lowest=0,
            highest=1,
        ),
        _rank("rank_lci_95", "Better end of the 95% interval of its rank; 1 is the highest HLE"),
        _rank("rank_uci_95", "Worse end of the 95% interval of its rank"),
        _EXPECTED,
        _RESIDUAL,
        _RESIDUAL_Z,
        _STANDS_OUT,
        boolean(
            "held_in_every_period",
            "Whether the residual had the same sign in every period of table residuals; by luck alone about one "
            "authority in eight would",
        ),
        years("floor_years", "HLE that halving asks of every authority, at the default settings of the gap"),
        years("shortfall_to_floor_years", "How far the authority is below the floor; 0 at or above it", lowest=0),
        integer("population", "Residents of the sex, Census 2021", unit="persons", lowest=1),
    ),
    key=("area_code", "sex"),
    ordered=(("rank_lci_95", "rank_uci_95"),),
    falls_with=("hle_years", "p_lowest_fifth"),
)


def _share(name: str, meaning: str) -> Column:
    return number(name, meaning, unit="share", lowest=0, highest=1, decimals=6)


SHORTFALL = Table(
    name="shortfall",
    meaning="Who holds the shortfall in the latest period: years below the floor times residents of the sex, for authorities and "
    "summed for the regions and combined authorities that hold them. The floor is that of the default settings of the gap.",
    columns=(
        RELEASE,
        *AREA,
        SEX,
        PERIOD,
        years("floor_years", "HLE that halving asks of every authority, at the default settings of the gap"),
        integer("population", "Residents of the sex in authorities with HLE, Census 2021", unit="persons", lowest=1),
        integer("authorities", "Authorities with HLE in the area; 1 for an authority", lowest=1),
        integer("authorities_below", "Those of them below the floor", lowest=0),
        number(
            "shortfall_person_years", "Years below the floor times residents", unit="person-years", lowest=0, decimals=1
        ),
        _share("shortfall_share", "Share of the shortfall of all England"),
        _rank("rank_lci_95", "Lower limit of its 95% rank interval among areas of its level; 1 holds the most"),
        _rank("rank_uci_95", "Upper limit of its 95% rank interval"),
    ),
    key=("area_code", "sex"),
    ordered=(("rank_lci_95", "rank_uci_95"), ("authorities_below", "authorities")),
)


def _score(name: str, meaning: str) -> Column:
    return number(name, meaning, lowest=0, highest=100, optional=True, decimals=3)


POCKETS = Table(
    name="pockets",
    meaning="How deprivation varies inside an area: its small areas (lower layer super output areas of 2021) by national "
    "tenth of the IMD 2025. Residents are those of Census 2021.",
    columns=(
        AREA_CODE,
        IMD_DECILE,
        integer("small_areas", "Small areas of the tenth in the area", lowest=0),
        _share("share_small_areas", "Their share of all small areas of the area"),
        integer("residents", "Residents of these small areas", unit="persons", lowest=0),
        _share("share_residents", "Their share of all residents of the area"),
        _score("lowest_imd_score", "Lowest score among them; empty where there is none"),
        _score("highest_imd_score", "Highest score among them; empty where there is none"),
    ),
    key=("area_code", "imd_decile"),
    ordered=(("lowest_imd_score", "highest_imd_score"),),
)

SPREAD = Table(
    name="spread",
    meaning="How far upper-tier authorities lie apart in healthy life expectancy: as published, and after the part that is "
    "sampling noise is taken out (variance matching: observed variance minus mean squared standard error).",
    columns=(
        RELEASE,
        SEX,
        *PERIODS,
        years("raw_range_years", "Highest minus lowest published figure", lowest=0),
        years("raw_sd_years", "Standard deviation of the published figures", lowest=0),
        years("adjusted_range_years", "Range of the figures shrunk to the adjusted standard deviation", lowest=0),
        years("adjusted_sd_years", "Standard deviation of the true values; 0 where noise explains all", lowest=0),
        _share(
            "between_regions_share",
            "Share of the variance between authorities, noise taken off, that lies between regions; authorities count by "
            "residents of the sex, Census 2021",
        ),
        _share("between_regions_share_less_noise", "The same with the noise of the means of regions taken off too"),
    ),
    key=("sex", "period"),
    ordered=(
        ("adjusted_range_years", "raw_range_years"),
        ("adjusted_sd_years", "raw_sd_years"),
        ("between_regions_share_less_noise", "between_regions_share"),
    ),
    series=("sex",),
)
