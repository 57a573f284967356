"""Tables of figures as published: one file per release under data/raw."""

from dataclasses import replace

from pipeline.areas import AREA_TYPES, NATION_TYPES
from pipeline.tables.columns import (
    AREA,
    AREA_CODE,
    AREA_NAME,
    IMD_DECILE,
    PERIODS,
    RELEASE,
    SEX,
    calendar_year,
    integer,
    number,
    text,
    years,
)
from pipeline.tables.contract import Table

HLE = Table(
    name="hle",
    meaning="Healthy life expectancy at birth with 95% confidence intervals. High is good. One release is one "
    "method: releases stand side by side and are never spliced into one series.",
    columns=(
        RELEASE,
        *AREA,
        SEX,
        *PERIODS,
        years("hle_years", "Healthy life expectancy at birth"),
        years("hle_lci_95", "Lower limit of its 95% confidence interval"),
        years("hle_uci_95", "Upper limit of its 95% confidence interval"),
    ),
    key=("release", "area_code", "sex", "period"),
    ordered=(("hle_lci_95", "hle_years", "hle_uci_95"),),
    series=("release", "area_code", "sex"),
    same_periods_within=("release",),
)
NATIONS = replace(
    HLE,
    name="nations",
    meaning="Healthy life expectancy at birth outside England: the United Kingdom, Wales, Scotland and Northern Ireland "
    "(nation), and their authorities (nation-authority), held to stand beside authorities in England. High is good. No "
    "definition of the gap, rank or map uses them.",
    columns=(
        RELEASE,
        text("area_code", "ONS nine-character code", pattern="|".join(NATION_TYPES.values())),
        AREA_NAME,
        text("area_type", "Level of the area", allowed=tuple(NATION_TYPES)),
        *HLE.columns[len(AREA) + 1 :],
    ),
    # authorities of Northern Ireland begin later than the others
    same_periods_within=(),
)
INCOME = Table(
    name="income",
    meaning="Gross disposable household income (GDHI) per head, current prices. High is better off.",
    columns=(
        RELEASE,
        *AREA,
        calendar_year("year", "Calendar year"),
        number(
            "gdhi_per_head_gbp",
            "Gross disposable household income per head",
            unit="pounds",
            lowest=1000,
            highest=300_000,
            decimals=0,
        ),
    ),
    key=("release", "area_code", "year"),
)
HLE_DECILES = Table(
    name="hle_deciles",
    meaning="Healthy life expectancy and life expectancy at birth by national deprivation decile of small areas "
    "(ranked by IMD 2019).",
    columns=(
        RELEASE,
        IMD_DECILE,
        SEX,
        *PERIODS,
        years("hle_years", "Healthy life expectancy at birth"),
        years("hle_lci_95", "Lower limit of its 95% confidence interval; empty where unpublished", optional=True),
        years("hle_uci_95", "Upper limit of its 95% confidence interval; empty where unpublished", optional=True),
        years("le_years", "Life expectancy at birth"),
    ),
    key=("release", "imd_decile", "sex", "period"),
    ordered=(("hle_lci_95", "hle_years", "hle_uci_95"), ("hle_years", "le_years")),
    series=("release", "imd_decile", "sex"),
    same_periods_within=("release",),
    rises_with=("hle_years", "imd_decile"),
)
DEPRIVATION = Table(
    name="deprivation",
    meaning="Index of Multiple Deprivation 2025 of upper-tier authorities. A high score is more deprived; rank 1 is "
    "the most deprived.",
    columns=(
        RELEASE,
        AREA_CODE,
        AREA_NAME,
        number("imd_score", "Average IMD 2025 score of the authority's small areas", lowest=0, highest=100),
        integer(
            "imd_rank", "Rank of that average among the authorities; 1 is the most deprived", lowest=1, highest=200
        ),
        number(
            "share_lsoas_decile_1",
            "Share of the authority's small areas that are among the most deprived tenth in England",
            unit="share",
            lowest=0,
            highest=1,
            decimals=6,
        ),
        integer("population", "Residents, mid-2022, as used by the index", unit="persons", lowest=1),
    ),
    key=("area_code",),
    falls_with=("imd_rank", "imd_score"),
)
LOOKUP = Table(
    name="lookup",
    meaning="Which region and combined authority each upper-tier authority belongs to.",
    columns=(
        RELEASE,
        AREA_CODE,
        AREA_NAME,
        text("region_code", "Region that the authority lies in", pattern=AREA_TYPES["region"]),
        text(
            "combined_authority_code",
            "Combined authority that the authority belongs to; empty where none",
            pattern=AREA_TYPES["combined-authority"],
            optional=True,
        ),
        text("combined_authority_name", "Its name; empty where none", optional=True),
    ),
    key=("area_code",),
)
