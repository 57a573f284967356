"""Sources of other publishers: the Indices of Deprivation, Fingertips, and the cases of local action."""

from pipeline.sources.source import Release, Source

_MHCLG = "Ministry of Housing, Communities and Local Government"
_IOD_PAGE = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025"
_MHCLG_ATTRIBUTION = (
    "Source: Ministry of Housing, Communities and Local Government licensed under the Open Government Licence v.3.0"
)
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
DEPRIVATION_LSOA = Source(
    id="mhclg-iod2025-small-areas",
    title="Index of Multiple Deprivation 2025, small areas (File 7)",
    publisher=_MHCLG,
    table="deprivation_lsoa",
    landing_page=_IOD_PAGE,
    reader="",
    releases=(Release(date="2025-10"),),
    areas=(("utla", 153),),
    attribution=_MHCLG_ATTRIBUTION,
    caveats=(
        "Residents are those of Census 2021, not the mid-2022 denominators of the index: authority means weighted "
        "with them are within 0.34 of the published ones, 0.05 on average.",
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
