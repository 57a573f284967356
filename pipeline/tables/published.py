"""Tables of figures as published: one file per release under data/raw."""

from pipeline.areas import AREA_TYPES
from pipeline.tables.columns import (
    AREA,
    AREA_CODE,
    AREA_NAME,
    PERIODS,
    RELEASE,
    SEX,
    imd_decile,
    years,
)
from pipeline.tables.contract import Column, Table

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
INCOME = Table(
    name="income",
    meaning="Gross disposable household income (GDHI) per head, current prices. High is better off.",
    columns=(
        RELEASE,
        *AREA,
        Column(name="year", kind="integer", meaning="Calendar year", lowest=1990, highest=2100),
        Column(
            name="gdhi_per_head_gbp",
            kind="number",
            meaning="Gross disposable household income per head",
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
        imd_decile(),
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
        Column(
            name="imd_score",
            kind="number",
            meaning="Average IMD 2025 score of the authority's small areas",
            lowest=0,
            highest=100,
        ),
        Column(
            name="imd_rank",
            kind="integer",
            meaning="Rank of that average among the 153 authorities; 1 is the most deprived",
            lowest=1,
            highest=153,
        ),
        Column(
            name="share_lsoas_decile_1",
            kind="number",
            meaning="Share of the authority's small areas that are among the most deprived tenth in England",
            unit="share",
            lowest=0,
            highest=1,
            decimals=6,
        ),
        Column(
            name="population",
            kind="integer",
            meaning="Residents, mid-2022, as used by the index",
            unit="persons",
            lowest=1,
        ),
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
        Column(
            name="region_code",
            kind="text",
            meaning="Region that the authority lies in",
            pattern=AREA_TYPES["region"],
        ),
        Column(
            name="combined_authority_code",
            kind="text",
            meaning="Combined authority that the authority belongs to; empty where none",
            pattern=AREA_TYPES["combined-authority"],
            optional=True,
        ),
        Column(
            name="combined_authority_name",
            kind="text",
            meaning="Its name; empty where none",
            optional=True,
        ),
    ),
    key=("area_code",),
)
