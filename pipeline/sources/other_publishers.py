"""Sources of other publishers: the Indices of Deprivation, Fingertips, and the cases of local action."""

from pipeline.sources.source import Release, Source

_MHCLG = "Ministry of Housing, Communities and Local Government"
_IOD_PAGE = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025"
_IOD_FILES = "https://assets.publishing.service.gov.uk/media"
_MHCLG_ATTRIBUTION = (
    "Source: Ministry of Housing, Communities and Local Government licensed under the Open Government Licence v.3.0"
)
_FINGERTIPS = "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
_OHID = "Office for Health Improvement and Disparities"
OHID_ATTRIBUTION = (
    "Source: Office for Health Improvement and Disparities licensed under the Open Government Licence v.3.0"
)

DEPRIVATION = Source(
    id="mhclg-iod2025-authorities",
    title="Index of Multiple Deprivation 2025, averages of upper-tier authorities (File 11)",
    publisher=_MHCLG,
    table="deprivation",
    landing_page=_IOD_PAGE,
    reader="",
    releases=(Release(date="2025-10"),),
    areas=(("utla", 153),),
    attribution=_MHCLG_ATTRIBUTION,
    caveats=(
        "Corrected files came out in November 2025; the prepared table does not say which it was taken from.",
        "The index as a whole, not its income domain: the two order the regions differently.",
    ),
    geography="Authorities of 2024: Barnsley and Sheffield with earlier codes, mapped to those in force.",
)
DEPRIVATION_WORKBOOK = Source(
    id="mhclg-iod2025-file-11",
    title="Index of Multiple Deprivation 2025, averages of upper-tier authorities (File 11, workbook)",
    publisher=_MHCLG,
    table="deprivation_published",
    role="second",
    landing_page=_IOD_PAGE,
    reader="iod-file-11",
    releases=(
        Release(
            date="2025-11",
            url=f"{_IOD_FILES}/6917414ab49cc44345161802/"
            "File_11_-_IoD2025_Local_Authority_District_Summaries__upper-tier__v2.xlsx",
        ),
    ),
    areas=(("utla", 153),),
    attribution=_MHCLG_ATTRIBUTION,
    caveats=(
        "Compared with the prepared table, which adds residents; the names of its columns are known from earlier "
        "editions only.",
    ),
    geography="Authorities of 2024: Barnsley and Sheffield with earlier codes, mapped to those in force.",
)
DEPRIVATION_LSOA = Source(
    id="mhclg-iod2025-small-areas",
    title="Index of Multiple Deprivation 2025, small areas (File 7)",
    publisher=_MHCLG,
    table="deprivation_lsoa",
    part="iod2025",
    landing_page=_IOD_PAGE,
    reader="iod-file-7",
    releases=(
        Release(date="2025-10"),
        Release(
            date="2025-11",
            url=f"{_IOD_FILES}/691ded56d140bbbaa59a2a7d/"
            "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
            sha256="b1b716aa2e476449f987b9de3e08255b4794eabfd270626de5de18b2f5eff3ef",
        ),
    ),
    areas=(("utla", 153),),
    attribution=_MHCLG_ATTRIBUTION,
    caveats=(
        "Until the file itself is fetched, residents are those of Census 2021, not the mid-2022 denominators of the "
        "index: authority means weighted with them are within 0.34 of the published ones, 0.05 on average.",
    ),
    geography="Lower layer super output areas of 2021; authorities mapped to codes in force.",
)
SMOKING = Source(
    id="ohid-smoking",
    title="Adults who smoke (Fingertips 92443)",
    publisher=_OHID,
    table="building_blocks",
    part="fingertips-smoking",
    landing_page="https://fingertips.phe.org.uk/search/92443",
    reader="",
    releases=(Release(date="2025-11"),),
    attribution=OHID_ATTRIBUTION,
    caveats=("Latest year only, no intervals. The month is that in which the survey's 2024 figures came out.",),
    geography="Authorities since April 2023.",
)
INACTIVITY = Source(
    id="ohid-inactivity",
    title="Physically inactive adults (Fingertips 93015)",
    publisher=_OHID,
    table="building_blocks",
    part="fingertips-inactivity",
    landing_page="https://fingertips.phe.org.uk/search/93015",
    reader="",
    releases=(Release(date="2026-05"),),
    attribution=OHID_ATTRIBUTION,
    caveats=("Latest year only, no intervals. The month is that in which the same survey's obesity figures came out.",),
    geography="Authorities since April 2023.",
)


def _fingertips(*, indicator: str, source_id: str, title: str, table: str, reader: str, release: str) -> Source:
    return Source(
        id=source_id,
        title=f"{title} (Fingertips {indicator})",
        publisher=_OHID,
        table=table,
        role="second",
        landing_page=f"https://fingertips.phe.org.uk/search/{indicator}",
        reader=reader,
        releases=(
            Release(
                date=release,
                url=f"{_FINGERTIPS}?indicator_ids={indicator}&child_area_type_id=502&parent_area_type_id=15"
                "&include_sortable_time_periods=yes",
                last_period="2022 to 2024",
            ),
        ),
        attribution=OHID_ATTRIBUTION,
        caveats=(
            "Republished from ONS; the date is that of the ONS release of the same periods. Held to be compared with it.",
        ),
        geography="Authorities since April 2023; Barnsley and Sheffield with earlier codes, mapped to those in force.",
    )


FINGERTIPS_HLE = _fingertips(
    indicator="90362",
    source_id="ohid-hle",
    title="Healthy life expectancy at birth",
    table="hle",
    reader="fingertips-hle",
    release="2026-02-19",
)
FINGERTIPS_LE = _fingertips(
    indicator="90366",
    source_id="ohid-le",
    title="Life expectancy at birth",
    table="life_expectancy",
    reader="fingertips-le",
    release="2025-12-10",
)
FINGERTIPS_SLOPE = _fingertips(
    indicator="90825",
    source_id="ohid-sii",
    title="Slope index of inequality in healthy life expectancy, England",
    table="slope_published",
    reader="fingertips-slope",
    release="2026-04-15",
)
LOCAL_ACTION = Source(
    id="national-syndemic-cases",
    title="Local action on health inequalities: thirteen cases",
    publisher="Institute of Health Equity and Public Policy Projects",
    table="local_action",
    landing_page="https://www.instituteofhealthequity.org/",
    reader="",
    releases=(Release(date="2021"),),
    licence="Facts read from the report; the report itself is its publishers'",
    attribution="Source: Institute of Health Equity and Public Policy Projects, Addressing the National Syndemic (2021)",
    caveats=("Area codes were added by us. What is recorded is the report's account, not proof of an effect.",),
)
