"""Building blocks of health: which published indicators we use, what they count and which direction is good."""

from dataclasses import dataclass
from typing import Literal

from pipeline.sources.ons import DATA_FEBRUARY_2026, DATA_NOW, ONS, ONS_ATTRIBUTION
from pipeline.sources.other import INACTIVITY, SMOKING
from pipeline.sources.source import Latest, Release, Source

_DFE = "Department for Education"
_DWP = "Department for Work and Pensions"
_OHID = "Office for Health Improvement and Disparities"
_MHCLG = "Ministry of Housing, Communities and Local Government"


@dataclass(frozen=True, kw_only=True)
class BuildingBlock:
    """One indicator of a building block of health."""

    id: str
    """Our name for it: the `indicator` column of the building_blocks table."""
    published_name: str
    """The publisher's name, as its file spells it."""
    label: str
    unit: str
    high_is: Literal["good", "bad", "neither"]
    source_id: str


@dataclass(frozen=True, kw_only=True)
class _File:
    slug: str
    release: str
    publisher: str
    title: str
    indicators: tuple[tuple[str, str, str, str, Literal["good", "bad", "neither"]], ...]
    """(our id, published name, label, unit, which direction is good)."""
    caveats: tuple[str, ...] = ()


_FILES = (
    _File(
        slug="adult-obesity-prevalence",
        release="2026-05-06",
        publisher=_OHID,
        title="Adult obesity",
        indicators=(("adult-obesity", "Adult obesity prevalence", "Adults living with obesity", "%", "bad"),),
    ),
    _File(
        slug="apprenticeships",
        release="2025-11-27",
        publisher=_DFE,
        title="Apprenticeships",
        indicators=(
            (
                "apprenticeship-starts",
                "Apprenticeship starts (England)",
                "Apprenticeship starts",
                "per 100,000 residents",
                "good",
            ),
        ),
    ),
    _File(
        slug="average-travel-time",
        release="2021-11-04",
        publisher="Department for Transport",
        title="Travel time to work",
        indicators=(
            (
                "travel-time-public-transport",
                "Public transport or walk to work",
                "Travel time to work by public transport or on foot",
                "minutes",
                "bad",
            ),
        ),
        caveats=("Ends in 2019.",),
    ),
    _File(
        slug="cancer-diagnosis-at-stage-1-and-2",
        release="2025-11-04",
        publisher=_OHID,
        title="Cancer found early",
        indicators=(
            (
                "early-cancer-diagnosis",
                "Cancer diagnosis at stage 1 and 2",
                "Cancers diagnosed at stage 1 or 2",
                "%",
                "good",
            ),
        ),
    ),
    _File(
        slug="children-in-relative-poverty",
        release="2026-03-26",
        publisher=_DWP,
        title="Children in relative low income",
        indicators=(
            (
                "child-poverty-after-housing",
                "Children in relative poverty after housing costs",
                "Children in relative poverty after housing costs",
                "%",
                "bad",
            ),
            (
                "child-poverty-before-housing",
                "Children in relative poverty before housing costs",
                "Children in relative poverty before housing costs",
                "%",
                "bad",
            ),
        ),
    ),
    _File(
        slug="claimant-count",
        release="2026-01-20",
        publisher=ONS,
        title="Claimant count",
        indicators=(("claimant-count", "Claimant Count", "Residents claiming out-of-work benefits", "%", "bad"),),
    ),
    _File(
        slug="early-years",
        release="2025-11-27",
        publisher=_DFE,
        title="Early years foundation stage",
        indicators=(
            (
                "early-years-communication",
                "Communication and language",
                "Five-year-olds at the expected level in communication and language",
                "%",
                "good",
            ),
        ),
    ),
    _File(
        slug="employment-rate",
        release="2024-04-16",
        publisher=ONS,
        title="Employment",
        indicators=(
            ("employment-rate", "Employment rate", "Residents aged 16 to 64 in work", "%", "good"),
            (
                "economic-inactivity",
                "Economically inactive",
                "Residents aged 16 to 64 neither in work nor seeking it",
                "%",
                "bad",
            ),
        ),
    ),
    _File(
        slug="engagement-with-culture-and-heritage",
        release="2024-07-24",
        publisher="Department for Culture, Media and Sport",
        title="Culture and heritage",
        indicators=(("engaged-with-arts", "Engaged with the arts", "Adults engaged with the arts", "%", "good"),),
        caveats=("One year only.",),
    ),
    _File(
        slug="environment-regulating",
        release="2025-12-05",
        publisher=ONS,
        title="Natural capital",
        indicators=(
            (
                "air-pollution-removed",
                "Air pollution regulating",
                "Value of air pollution removed by vegetation",
                "million pounds",
                "good",
            ),
        ),
        caveats=("A total, not a rate: larger areas have more.",),
    ),
    _File(
        slug="food-outlets",
        release="2025-09-24",
        publisher=ONS,
        title="Food outlets",
        indicators=(("food-outlets", "Food outlets", "Food outlets", "per 1,000 residents", "neither"),),
    ),
    _File(
        slug="further-education-and-skills-participation",
        release="2025-11-27",
        publisher=_DFE,
        title="Further education and skills",
        indicators=(
            (
                "further-education",
                "Further education and skills participation",
                "Adults in further education and skills",
                "per 100,000 residents",
                "good",
            ),
        ),
    ),
    _File(
        slug="gcses-in-english-and-maths",
        release="2026-04-23",
        publisher=_DFE,
        title="GCSEs in English and mathematics by 19",
        indicators=(
            (
                "gcse-english-maths",
                "GCSEs in English and Maths",
                "Young people with English and mathematics GCSEs by 19",
                "%",
                "good",
            ),
        ),
    ),
    _File(
        slug="greenhouse-gas-emissions",
        release="2025-07-03",
        publisher="Department for Energy Security and Net Zero",
        title="Greenhouse gas emissions",
        indicators=(
            (
                "greenhouse-gas-emissions",
                "Greenhouse gas emissions",
                "Greenhouse gas emissions per resident",
                "tonnes of CO2 equivalent",
                "bad",
            ),
        ),
    ),
    _File(
        slug="gross-median-weekly-pay",
        release="2025-10-23",
        publisher=ONS,
        title="Pay",
        indicators=(("median-weekly-pay", "Gross median weekly pay", "Median weekly pay", "pounds", "good"),),
    ),
    _File(
        slug="gross-value-added",
        release="2025-06-19",
        publisher=ONS,
        title="Productivity",
        indicators=(("gva-per-hour", "Gross value added per hour worked", "Output per hour worked", "pounds", "good"),),
    ),
    _File(
        slug="housing-affordability-ratio",
        release="2026-03-26",
        publisher=ONS,
        title="House prices against earnings",
        indicators=(
            (
                "house-price-to-earnings",
                "Housing affordability ratio (residence-based)",
                "House prices as a multiple of yearly earnings",
                "times earnings",
                "bad",
            ),
        ),
        caveats=("The publisher's file gives the unit as a percentage; the figures are ratios.",),
    ),
    _File(
        slug="library-walk",
        release="2024-10-17",
        publisher=ONS,
        title="Libraries",
        indicators=(
            (
                "library-within-walk",
                "Residents within a 30 minute walk of their nearest library",
                "Residents within 30 minutes' walk of a library",
                "%",
                "good",
            ),
        ),
        caveats=("One date only.",),
    ),
    _File(
        slug="net-additions-to-the-housing-stock",
        release="2025-11-20",
        publisher=_MHCLG,
        title="New homes",
        indicators=(
            (
                "net-new-homes",
                "Net additions to the housing stock (England)",
                "Net new homes",
                "per 1,000 homes",
                "good",
            ),
        ),
    ),
    _File(
        slug="persistent-absences-for-all-pupils",
        release="2026-03-26",
        publisher=_DFE,
        title="Absence from school",
        indicators=(
            (
                "persistent-absence",
                "Persistent absences for all pupils",
                "Pupils who miss a tenth of school sessions or more",
                "%",
                "bad",
            ),
        ),
    ),
    _File(
        slug="personal-wellbeing-estimates",
        release="2023-11-07",
        publisher=ONS,
        title="Personal well-being",
        indicators=(
            ("life-satisfaction", "Satisfaction", "Life satisfaction", "score out of 10", "good"),
            ("anxiety", "Anxiety", "Anxiety", "score out of 10", "bad"),
        ),
    ),
    _File(
        slug="preventable-cardiovascular-mortality-england",
        release="2025-11-04",
        publisher=_OHID,
        title="Preventable cardiovascular deaths",
        indicators=(
            (
                "preventable-cardiovascular-deaths",
                "Preventable cardiovascular mortality (England)",
                "Preventable deaths from cardiovascular disease under 75",
                "per 100,000 residents",
                "bad",
            ),
        ),
    ),
    _File(
        slug="pupils-at-expected-standards-by-end-of-primary-school",
        release="2025-12-11",
        publisher=_DFE,
        title="End of primary school",
        indicators=(
            (
                "primary-expected-standard",
                "Pupils meeting the expected standard in reading, writing and maths",
                "Pupils at the expected standard at the end of primary school",
                "%",
                "good",
            ),
        ),
    ),
    _File(
        slug="qualifications-none-gb",
        release="2024-04-16",
        publisher=ONS,
        title="No qualifications",
        indicators=(
            ("no-qualifications", "No qualifications", "Residents aged 16 to 64 without qualifications", "%", "bad"),
        ),
    ),
    _File(
        slug="sports-facilities",
        release="2024-03-07",
        publisher=ONS,
        title="Sports facilities",
        indicators=(("sports-facilities", "Sports facilities", "Sports facilities", "per 10,000 residents", "good"),),
        caveats=("One date only.",),
    ),
    _File(
        slug="supermarkets",
        release="2024-03-07",
        publisher=ONS,
        title="Supermarkets",
        indicators=(("supermarkets", "Supermarkets", "Chain supermarkets", "per 10,000 residents", "neither"),),
        caveats=("One date only.",),
    ),
)

BUILDING_BLOCK_SOURCES: tuple[Source, ...] = tuple(
    Source(
        id=f"els-{file.slug}",
        title=f"{file.title} (Explore Local Statistics)",
        publisher=file.publisher,
        table="building_blocks",
        part=file.slug,
        landing_page=f"https://github.com/ONSdigital/explore-local-statistics-data/tree/main/{file.slug}",
        reader="ons-building-block",
        releases=(Release(date=file.release, url=f"{DATA_FEBRUARY_2026}/{file.slug}/{file.slug}.csv"),),
        latest=Latest(
            url=f"{DATA_NOW}/{file.slug}/{file.slug}.csv",
            about_url=f"{DATA_NOW}/{file.slug}/{file.slug}.json",
        ),
        attribution=ONS_ATTRIBUTION,
        caveats=file.caveats,
        geography="Areas that have ended are left out; replaced codes are mapped to those in force.",
    )
    for file in _FILES
)

BUILDING_BLOCKS: tuple[BuildingBlock, ...] = (
    *(
        BuildingBlock(
            id=block_id,
            published_name=published_name,
            label=label,
            unit=unit,
            high_is=high_is,
            source_id=f"els-{file.slug}",
        )
        for file in _FILES
        for block_id, published_name, label, unit, high_is in file.indicators
    ),
    BuildingBlock(
        id="smoking",
        published_name="Adults who smoke (APS, 18+)",
        label="Adults who smoke",
        unit="%",
        high_is="bad",
        source_id=SMOKING.id,
    ),
    BuildingBlock(
        id="physical-inactivity",
        published_name="Physically inactive adults",
        label="Physically inactive adults",
        unit="%",
        high_is="bad",
        source_id=INACTIVITY.id,
    ),
)
