"""The same gap as told by each release of the figures: lines side by side, never joined."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.marks import add_band, add_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed
from pipeline.assemble.vintages import Revisions
from pipeline.measures.definitions import DEFINITIONS

_DASHES = ("dot", "dash", "dashdot", "longdash")


def gap_by_release(revisions: Revisions, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the chart of one gap over time with a line for each release; the newest has its 95% interval."""
    *older, newest = revisions.releases
    rows = {release: revisions.rows[revisions.rows["release"] == release] for release in revisions.releases}
    figure = go.Figure()
    latest = rows[newest]
    add_band(figure, latest["mid_point"], latest["gap_lci_95"], latest["gap_uci_95"], colour=palette.gap)
    figure.data[-1].name = "95% interval, newest"
    for position, release in enumerate(older):
        _add_release(figure, rows[release], colour=palette.quiet, dash=_DASHES[position % len(_DASHES)])
    _add_release(figure, latest, colour=palette.gap, dash="solid", markers=True)
    themed(figure, palette)
    figure.update_yaxes(
        range=[0, float(revisions.rows["gap_uci_95"].max()) * 1.1], title={"text": "Years", "font": {"size": 15}}
    )
    _ticks(figure, revisions)
    who = words.people(revisions.sex)
    return Chart(
        id="gap-by-release",
        figure=figure,
        title=f"{who.capitalize()}: {_finding(revisions)}",
        subtitle=f"Gap in healthy life expectancy at birth, {who}, England, by release, years",
        settings=f"{DEFINITIONS[revisions.definition_id].label} ({_ends(latest)}).",
        source=source_line(
            release=newest,
            build=build,
            extra=f"Earlier releases: {', '.join(words.day(release) for release in older)}.",
        ),
        alt=_alt(revisions, rows),
        table=_table(revisions),
        caveats=(
            "Each release stands on its own. Joining an old release's early years to a new release's late ones would mix "
            "two methods and show a change that is not there.",
            "Until 2022 the share in good health was taken from the survey as it came; since December 2024 it is modelled "
            "and the whole series was made anew from 2011 to 2013.",
            "Which regions are the two ends follows today's income and deprivation figures in every release.",
        ),
        file_stem=file_name("gap-by-release", revisions.definition_id, who),
    )


def _add_release(figure: go.Figure, rows: pd.DataFrame, *, colour: str, dash: str, markers: bool = False) -> None:
    add_line(
        figure,
        rows["mid_point"],
        rows["gap_years"],
        name=f"Released {words.day(str(rows['release'].iloc[0]))}",
        colour=colour,
        dash=dash,
        markers=markers,
        hover=rows["period"],
    )


def _ticks(figure: go.Figure, revisions: Revisions) -> None:
    rows = revisions.rows.drop_duplicates("period").set_index("period")["mid_point"].sort_values()
    common = str(revisions.last_common["period"].iloc[0])
    labels = [rows.index[0], common, rows.index[-1]]
    figure.update_xaxes(
        tickvals=[rows[label] for label in labels],
        ticktext=[label.replace(" to ", " to<br>") for label in labels],
        range=[rows.iloc[0] - 0.6, rows.iloc[-1] + 0.8],
    )


def _ends(rows: pd.DataFrame) -> str:
    pairs = (rows["better_off"] + " minus " + rows["worse_off"]).unique()
    return str(pairs[0]) if len(pairs) == 1 else f"now {pairs[-1]}; the pair changes between periods"


def _finding(revisions: Revisions) -> str:
    told = revisions.last_common
    first, now = (words.number(told["gap_years"].iloc[position]) for position in (0, -1))
    period = told["period"].iloc[0]
    if first == now:
        return f"for {period} the first and the newest release tell the same gap, {now} years"
    return f"the gap of {period} was {first} years when first released, and is {now} in the newest release"


def _alt(revisions: Revisions, rows: dict[str, pd.DataFrame]) -> str:
    lines = "; ".join(
        f"released {words.day(release)}, from {words.years(one['gap_years'].iloc[0])} in {one['period'].iloc[0]} to "
        f"{words.number(one['gap_years'].iloc[-1])} in {one['period'].iloc[-1]}"
        for release, one in rows.items()
    )
    told = revisions.last_common
    values = ", ".join(words.number(value) for value in told["gap_years"])
    return (
        f"Line chart of the gap in healthy life expectancy for {words.people(revisions.sex)}, one line for each of "
        f"{len(rows)} releases: {lines}. All values lie between {words.number(revisions.rows['gap_years'].min())} and "
        f"{words.number(revisions.rows['gap_years'].max())}. For {told['period'].iloc[0]}, the latest period in all of "
        f"them, they say {values}."
    )


def _table(revisions: Revisions) -> pd.DataFrame:
    wide = revisions.rows.sort_values("period_start").pivot(index="period", columns="release", values="gap_years")
    headings = {release: f"Gap, released {words.day(str(release))} (years)" for release in wide.columns}
    newest = revisions.rows[revisions.rows["release"] == revisions.releases[-1]].set_index("period")
    wide = wide.assign(
        lower=newest["gap_lci_95"].reindex(wide.index), upper=newest["gap_uci_95"].reindex(wide.index)
    ).round(2)
    return (
        wide.rename(columns=headings | {"lower": "Newest, lower 95% limit", "upper": "Newest, upper 95% limit"})
        .rename_axis(columns=None)
        .reset_index(names="Period")
    )
