"""Sources of the Office for National Statistics: healthy life expectancy, income, boundaries and the rest."""

from dataclasses import replace

from pipeline.sources.source import Latest, Release, Source
from pipeline.tables.neighbours import NEIGHBOUR_KINDS

_DATA = "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-data"
_APP = "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-app"
_APP_JANUARY_2026 = f"{_APP}/ca9faecc8cab26e33faff935b2b58a4fc10d6c0d"
DATA_FEBRUARY_2026 = f"{_DATA}/4972c588d0c192839afc8fa54ae82cb3dc7721ed"
"""The ONS data repository just after the healthy life expectancy release of 19 February 2026."""
_DATA_JANUARY_2026 = f"{_DATA}/4182826cddf63e6ca01414e4d19bc0c079d9387f"
DATA_NOW = f"{_DATA}/main"

ONS = "Office for National Statistics"
ONS_ATTRIBUTION = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0"

_HLE_PAGE = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/healthandsocialcare/healthandlifeexpectancies/"
    "bulletins/healthstatelifeexpectanciesuk/previousreleases"
)
_ONS_FILES = "https://www.ons.gov.uk/file?uri=/peoplepopulationandcommunity/healthandsocialcare"
_DECILES_PAGE = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/healthandsocialcare/healthinequalities/datasets/"
    "healthylifeexpectancybynationalareadeprivationenglandtimeseries"
)
_OBSOLETE_CODES = (
    "Barnsley and Sheffield still carry the codes they had before 2025; they are mapped to those in force."
)

HLE = Source(
    id="ons-hle",
    title="Healthy life expectancy at birth, local areas (Explore Local Statistics)",
    publisher=ONS,
    table="hle",
    landing_page=_HLE_PAGE,
    reader="ons-hle",
    releases=(
        Release(date="2024-12-12", url=f"{_DATA_JANUARY_2026}/healthy-life-expectancy/healthy-life-expectancy.csv"),
        Release(date="2026-02-19", url=f"{DATA_FEBRUARY_2026}/healthy-life-expectancy/healthy-life-expectancy.csv"),
    ),
    latest=Latest(
        url=f"{DATA_NOW}/healthy-life-expectancy/healthy-life-expectancy.csv",
        about_url=f"{DATA_NOW}/healthy-life-expectancy/healthy-life-expectancy.json",
    ),
    next_release="2027-02",  # the usual month; ONS has announced no day
    areas=(("country", 1), ("region", 9), ("utla", 151)),
    caveats=(
        "Since December 2024 good-health prevalence is modelled (an interim method) and the whole series was "
        "rebased to 2011 to 2013: releases before and after are not one series.",
        "City of London and Isles of Scilly are left out by the publisher: too few residents.",
        "Combined authorities appear first in the release of February 2026.",
        "The copy of the December 2024 release that we hold carries the date 16 January 2025 in its own notes.",
    ),
    geography="Authorities of 2025 in the 2026 release; Barnsley and Sheffield carry earlier codes in that of 2024.",
)
NATIONS = replace(
    HLE,
    id="ons-hle-nations",
    title="Healthy life expectancy at birth, nations of the United Kingdom and their authorities (Explore Local Statistics)",
    table="nations",
    reader="ons-nations",
    releases=HLE.releases[-1:],
    areas=(("nation", 4), ("nation-authority", 65)),
    caveats=(
        "England and its areas are in table hle, from the same file.",
        "Local government districts of Northern Ireland begin with 2014 to 2016.",
        "The release before has Wales only and is not held.",
    ),
    geography="Authorities of 2025.",
)
INCOME = Source(
    id="ons-gdhi",
    title="Gross disposable household income per head (Explore Local Statistics)",
    publisher=ONS,
    table="income",
    landing_page="https://www.ons.gov.uk/economy/regionalaccounts/grossdisposablehouseholdincome/bulletins/"
    "regionalgrossdisposablehouseholdincomegdhi/previousreleases",
    reader="ons-gdhi",
    releases=(
        Release(
            date="2025-09-10",
            url=f"{DATA_FEBRUARY_2026}/gross-disposable-household-income-per-head/"
            "gross-disposable-household-income-per-head.csv",
        ),
    ),
    latest=Latest(
        url=f"{DATA_NOW}/gross-disposable-household-income-per-head/gross-disposable-household-income-per-head.csv",
        about_url=f"{DATA_NOW}/gross-disposable-household-income-per-head/"
        "gross-disposable-household-income-per-head.json",
    ),
    areas=(("country", 1), ("region", 9), ("utla", 153)),
    caveats=(
        "Current prices, no intervals are published. A mean: a few high incomes weigh much.",
        "The file starts with a byte-order mark.",
    ),
    geography=f"Authorities of 2023. {_OBSOLETE_CODES}",
)
BOUNDARIES = Source(
    id="ons-boundaries",
    title="Boundaries of regions, combined authorities and upper-tier authorities (Explore Local Statistics)",
    publisher=ONS,
    table="boundaries",
    landing_page="https://github.com/ONSdigital/explore-local-statistics-app",
    reader="ons-topology",
    releases=(Release(date="2026-01", url=f"{_APP_JANUARY_2026}/src/lib/data/topo.json"),),
    areas=(("region", 9), ("combined-authority", 15), ("utla", 153)),
    own_attribution=f"{ONS_ATTRIBUTION}. Contains OS data © Crown copyright and database right",
    caveats=("Generalised for the web; areas that have ended are left out.",),
    geography="Areas in force in 2025 (Barnsley and Sheffield with their new codes).",
)
_NEIGHBOURS = Source(
    id="ons-neighbours",
    title="Statistical neighbours of each area",
    publisher=ONS,
    table="neighbours",
    landing_page="https://github.com/ONSdigital/explore-local-statistics-app",
    reader="ons-neighbours",
    releases=(),
    areas=(("combined-authority", 15), ("utla", 153)),
    caveats=(
        "Twenty for each authority, six or fewer for each combined authority. Districts and areas of Wales, Scotland and "
        "Northern Ireland are among them.",
    ),
    geography="Areas in force in 2025.",
)
NEIGHBOURS = tuple(
    replace(
        _NEIGHBOURS,
        id=f"ons-neighbours-{kind}",
        title=f"{_NEIGHBOURS.title}: {kind} (Explore Local Statistics)",
        part=kind,
        releases=(Release(date="2026-01", url=f"{_APP_JANUARY_2026}/scripts/config/clusters/{kind}-neighbours.csv"),),
    )
    for kind in NEIGHBOUR_KINDS
)
OLD_METHOD_HLE = Source(
    id="ons-hle-old-method",
    title="Healthy life expectancy at birth, method used until 2022",
    publisher=ONS,
    table="hle",
    landing_page=_HLE_PAGE,
    releases=(Release(date="2022-01"),),
    areas=(("country", 1), ("region", 9), ("utla", 150)),
    caveats=("Observed rather than modelled good-health prevalence: for comparing releases, never to be spliced.",),
    geography="Authorities of 2021: Cumbria, since split in two, carries a code that has ended.",
)
DECILES = Source(
    id="ons-hle-deciles",
    title="Healthy life expectancy by national area deprivation, England",
    publisher=ONS,
    table="hle_deciles",
    landing_page=_DECILES_PAGE,
    reader="ons-deciles-workbook",
    releases=(Release(date="2026-04-15", page=_DECILES_PAGE, last_period="2022 to 2024"),),
    caveats=(
        "Small areas are ranked by the Index of Multiple Deprivation of 2019, not of 2025.",
        "The address of the workbook itself is not known beforehand: it is looked up on the landing page. Until it is "
        "fetched, a prepared table stands in, which has no intervals.",
    ),
    layout_not_seen="The address of the workbook; sheets 1 and 4 are known from code that reads them.",
)
SLOPE = Source(
    id="ons-sii",
    title="Slope index of inequality in healthy life expectancy by national area deprivation, England",
    publisher=ONS,
    table="slope_published",
    role="second",
    landing_page=_DECILES_PAGE,
    reader="ons-slope-workbook",
    releases=(Release(date="2026-04-15", page=_DECILES_PAGE, last_period="2022 to 2024"),),
    # ours is computed from rounded deciles
    tolerances={"sii_years": 0.1},
    caveats=("Compared with the slope that we compute from the deciles.",),
    layout_not_seen="The address of the workbook; sheet 6 is known from code that reads it.",
)
HLE_WORKBOOK = Source(
    id="ons-hle-workbook",
    title="Healthy life expectancy, all ages, all areas (workbook)",
    publisher=ONS,
    table="hle",
    role="second",
    landing_page=_HLE_PAGE,
    reader="ons-hle-workbook",
    releases=(
        Release(
            date="2026-02-19",
            url=f"{_ONS_FILES}/healthandlifeexpectancies/datasets/healthstatelifeexpectancyallagesuk/current/"
            "healthylifeexpectancyuk.xlsx",
            last_period="2022 to 2024",
        ),
    ),
    areas=(("country", 1), ("region", 9), ("utla", 151)),
    caveats=("The same figures as on Explore Local Statistics; held to be compared with them.",),
    layout_not_seen="The whole workbook; sheet 1 is known from code that reads it.",
)
LIFE_EXPECTANCY = Source(
    id="ons-le",
    title="Life expectancy at birth for local areas",
    publisher=ONS,
    table="life_expectancy",
    landing_page="https://www.ons.gov.uk/peoplepopulationandcommunity/healthandsocialcare/healthandlifeexpectancies/"
    "datasets/lifeexpectancyforlocalareasoftheuk",
    reader="ons-le-workbook",
    releases=(
        Release(date="2024-12"),
        Release(
            date="2025-12-10",
            url=f"{_ONS_FILES}/healthandlifeexpectancies/datasets/lifeexpectancyforlocalareasoftheuk/"
            "between2001to2003and2022to2024/lifeexpectancylocalareas.xlsx",
            last_period="2022 to 2024",
        ),
    ),
    caveats=(
        "Until the workbook is fetched, single-tier and metropolitan authorities come from two releases (to 2021 to "
        "2023 from the earlier, 2022 to 2024 from the later) and have no intervals: no change may be taken across "
        "that seam.",
    ),
    layout_not_seen="The names of the interval columns; the rest is known from code that reads sheet 1.",
)
LIFE_TABLE = Source(
    id="ons-life-table",
    title="National life table, England, 2022 to 2024",
    publisher=ONS,
    table="life_table",
    landing_page="https://www.ons.gov.uk/peoplepopulationandcommunity/birthsdeathsandmarriages/lifeexpectancies/"
    "datasets/nationallifetablesenglandreferencetables",
    releases=(Release(date="2025-12"),),
    caveats=(
        "The copy it was prepared from was labelled United Kingdom; life expectancy at birth (79.39 and 83.30) is "
        "England's. The month of release is taken from the life expectancy release of the same period.",
    ),
)
GOOD_HEALTH = Source(
    id="ons-good-health",
    title="Modelled prevalence of good health by age, United Kingdom and its nations",
    publisher=ONS,
    table="good_health",
    landing_page=_HLE_PAGE,
    releases=(Release(date="2026-02-19"),),
    caveats=(
        "From the inputs that accompany the healthy life expectancy release; modelled, not observed. Shares under 15 "
        "rest on a census proxy, not on people's own answers.",
    ),
)
LOOKUP = Source(
    id="ons-lookup",
    title="Authorities, their regions and combined authorities, 2026",
    publisher=ONS,
    table="lookup",
    landing_page="https://geoportal.statistics.gov.uk/",
    releases=(Release(date="2026-01"),),
    areas=(("utla", 153),),
    caveats=("Month of the geography; the portal gives each lookup its own date.",),
    geography="Authorities in force in 2026; codes that ended are left out.",
)
DISTRICTS = Source(
    id="ons-districts",
    title="Districts and the upper-tier authorities they lie in, 2026",
    publisher=ONS,
    table="districts",
    landing_page="https://geoportal.statistics.gov.uk/",
    releases=(Release(date="2026-01"),),
    geography="Districts in force and those that ended in 2023.",
)
_ARCGIS = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
_ARCGIS_QUERY = "FeatureServer/0/query?where=1%3D1&outFields=*&outSR=4326&f=geojson"
_GENERALISED = {"*": 0.05}
"""Degrees: the two publishers generalise boundaries differently."""
OPEN_GEOGRAPHY_AUTHORITIES = Source(
    id="ons-open-geography-authorities",
    title="Boundaries of counties and unitary authorities, December 2024 (Open Geography)",
    publisher=ONS,
    table="boundary_extents",
    role="second",
    tolerances=_GENERALISED,
    landing_page="https://geoportal.statistics.gov.uk/",
    reader="open-geography",
    releases=(
        Release(
            date="2024-12",
            url=f"{_ARCGIS}/Counties_and_Unitary_Authorities_December_2024_Boundaries_UK_BUC/{_ARCGIS_QUERY}",
        ),
    ),
    areas=(("utla", 153),),
    own_attribution=BOUNDARIES.own_attribution,
    caveats=("Compared with the boundaries we draw: the same areas, reaching as far.",),
    geography=f"Authorities of December 2024. {_OBSOLETE_CODES}",
    layout_not_seen="The whole answer; its fields are known from code that asks the service.",
)
OPEN_GEOGRAPHY_REGIONS = Source(
    id="ons-open-geography-regions",
    title="Boundaries of regions, December 2023 (Open Geography)",
    publisher=ONS,
    table="boundary_extents",
    role="second",
    tolerances=_GENERALISED,
    landing_page="https://geoportal.statistics.gov.uk/",
    reader="open-geography",
    releases=(Release(date="2023-12", url=f"{_ARCGIS}/Regions_December_2023_Boundaries_EN_BUC/{_ARCGIS_QUERY}"),),
    areas=(("region", 9),),
    own_attribution=BOUNDARIES.own_attribution,
    geography="Regions, unchanged for decades.",
    layout_not_seen="The whole answer; its fields are known from code that asks the service.",
)
POPULATION = Source(
    id="ons-population",
    title="Residents of upper-tier authorities, mid-year estimates 2011 to 2023",
    publisher=ONS,
    table="population",
    landing_page="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates",
    releases=(Release(date="2024-07"),),
    areas=(("utla", 153),),
    caveats=(
        "The prepared table does not carry its release; the month is that in which mid-2023 first came out, and "
        "later releases revised it.",
    ),
    geography=_OBSOLETE_CODES,
)
POPULATION_BY_SEX = Source(
    id="ons-census-2021-sex",
    title="Residents by sex, Census 2021",
    publisher=ONS,
    table="population_sex",
    landing_page="https://www.ons.gov.uk/datasets/TS008",
    releases=(Release(date="2022-11"),),
    areas=(("utla", 153),),
    caveats=("Census day, 21 March 2021. The prepared table does not carry the day of its release.",),
    geography=_OBSOLETE_CODES,
)
