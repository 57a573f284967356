"""Sources of the Ministry of Housing, Communities and Local Government: the English Indices of Deprivation 2025."""

from pipeline.sources.source import Release, Source

_MHCLG = "Ministry of Housing, Communities and Local Government"
_IOD_PAGE = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025"
_IOD_FILES = "https://assets.publishing.service.gov.uk/media"

DEPRIVATION = Source(
    id="mhclg-iod2025-authorities",
    title="Index of Multiple Deprivation 2025, averages of upper-tier authorities (File 11)",
    publisher=_MHCLG,
    table="deprivation",
    landing_page=_IOD_PAGE,
    releases=(Release(date="2025-10"),),
    areas=(("utla", 153),),
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
    # scores with three decimals, shares with six, ranks exact
    tolerances={"imd_score": 0.0011, "imd_rank": 0, "share_lsoas_decile_1": 0.000_001_1},
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
    caveats=(
        "Compared with the prepared table, which adds residents; the names of its columns are known from earlier "
        "editions only.",
    ),
    geography="Authorities of 2024: Barnsley and Sheffield with earlier codes, mapped to those in force.",
    layout_not_seen="Sheet and columns of this edition; those of earlier editions are known.",
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
    caveats=(
        "Until the file itself is fetched, residents are those of Census 2021, not the mid-2022 denominators of the "
        "index: authority means weighted with them are within 0.34 of the published ones, 0.05 on average.",
    ),
    geography="Lower layer super output areas of 2021 and districts of 2024, mapped to codes in force.",
    layout_not_seen="The whole file; its columns, size and checksum are known from code that reads it.",
)
