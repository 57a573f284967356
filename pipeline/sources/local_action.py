"""The source of the cases of local action: a report of the Institute of Health Equity."""

from pipeline.sources.source import Release, Source

LOCAL_ACTION = Source(
    id="national-syndemic-cases",
    title="Local action on health inequalities: thirteen cases",
    publisher="Institute of Health Equity and Public Policy Projects",
    table="local_action",
    landing_page="https://www.instituteofhealthequity.org/",
    releases=(Release(date="2021"),),
    licence="Facts read from the report; the report itself is its publishers'",
    own_attribution="Source: Institute of Health Equity and Public Policy Projects, Addressing the National Syndemic (2021)",
    caveats=("Area codes were added by us. What is recorded is the report's account, not proof of an effect.",),
)
