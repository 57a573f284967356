"""Sources of the Office for Health Improvement and Disparities: what Fingertips publishes."""

from pipeline.sources.source import Release, Source

_FINGERTIPS = "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
_OHID = "Office for Health Improvement and Disparities"

SMOKING = Source(
    id="ohid-smoking",
    title="Adults who smoke (Fingertips 92443)",
    publisher=_OHID,
    table="building_blocks",
    part="fingertips-smoking",
    landing_page="https://fingertips.phe.org.uk/search/92443",
    releases=(Release(date="2025-11"),),
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
    releases=(Release(date="2026-05"),),
    caveats=("Latest year only, no intervals. The month is that in which the same survey's obesity figures came out.",),
    geography="Authorities since April 2023.",
)


def _fingertips(*, indicator: str, source_id: str, title: str, table: str, reader: str, release: str) -> Source:
    # our slope is computed from rounded deciles, so it differs from the published one by more than a rounding
    tolerances = {"sii_years": 0.1} if table == "slope_published" else {}
    return Source(
        id=source_id,
        title=f"{title} (Fingertips {indicator})",
        publisher=_OHID,
        table=table,
        role="second",
        tolerances=tolerances,
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
        caveats=(
            "Republished from ONS; the date is that of the ONS release of the same periods. Held to be compared with it.",
        ),
        geography="Authorities since April 2023; Barnsley and Sheffield with earlier codes, mapped to those in force.",
        layout_not_seen="The whole answer; its 26 or 27 columns are known from tests of code that reads it.",
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
