"""Chart `gap-by-release`: the same gap in each release of the figures, as separate lines."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, line, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Columns, by_period, figures
from charts.kit.theme import drawn
from pipeline.answers.gap.releases import Revisions
from pipeline.measures.gap.definitions import DEFINITIONS

_DASHES = ("dot", "dash", "dashdot", "longdash")
Releases = dict[str, pd.DataFrame]
"""Date of a release -> its rows, oldest release first."""


def gap_by_release(revisions: Revisions, *, build: str, palette: Palette = LIGHT) -> Chart:
    """One gap over time in years, a line for each release; the newest has its 95% interval."""
    releases = {release: revisions.rows[revisions.rows["release"] == release] for release in revisions.releases}
    *older, newest = releases
    who = words.people(revisions.sex)
    return Chart(
        id="gap-by-release",
        drawing=_drawing(revisions, releases, palette),
        title=f"{who.capitalize()}: {_finding(revisions)}",
        subtitle=f"Gap in healthy life expectancy at birth, {who}, England, by release, years",
        settings=f"{DEFINITIONS[revisions.definition_id].label} ({_ends(releases[newest])}).",
        source=source_line(
            release=newest,
            build=build,
            extra=f"Earlier releases: {', '.join(words.day(release) for release in older)}.",
        ),
        alt=_alt(revisions, releases),
        table=_table(revisions, releases),
        caveats=(
            "Each release stands on its own. Joining an old release's early years to a new release's late ones would mix "
            "two methods and show a change that is not there.",
            "Until 2022 the share in good health was taken from the survey as it came; since December 2024 it is modelled "
            "and the whole series was made anew from 2011 to 2013.",
            "Which regions are the two ends follows today's income and deprivation figures in every release.",
        ),
        file_stem=file_name("gap-by-release", revisions.definition_id, who),
    )


def _drawing(revisions: Revisions, releases: Releases, palette: Palette) -> Drawing:
    *older, latest = releases.values()
    limits = (latest["gap_lci_95"], latest["gap_uci_95"])
    traces = [
        *band(latest["mid_point"], *limits, colour=palette.gap, name="95% interval, newest"),
        *(
            _line(rows, colour=palette.quiet, dash=_DASHES[position % len(_DASHES)])
            for position, rows in enumerate(older)
        ),
        _line(latest, colour=palette.gap, dash="solid", markers=True),
    ]
    middles = dict(zip(revisions.rows["period"], revisions.rows["mid_point"], strict=True))
    named = (min(middles), str(revisions.last_common["period"].iloc[0]), max(middles))
    layout = {
        "xaxis": period_axis([(middles[period], period) for period in named], before=0.6),
        "yaxis": axis("Years", range=[0, revisions.rows["gap_uci_95"].max() * 1.1]),
    }
    return drawn(traces, palette, layout=layout)


def _line(rows: pd.DataFrame, *, colour: str, dash: str, markers: bool = False) -> Mark:
    name = f"Released {words.day(rows['release'].iloc[0])}"
    hover = rows["period"]
    return line(rows["mid_point"], rows["gap_years"], name=name, colour=colour, dash=dash, markers=markers, hover=hover)


def _ends(rows: pd.DataFrame) -> str:
    pairs = (rows["better_off"] + " minus " + rows["worse_off"]).unique()
    return str(pairs[0]) if len(pairs) == 1 else f"now {pairs[-1]}; the pair changes between periods"


def _finding(revisions: Revisions) -> str:
    common = revisions.last_common
    period, first, now = (
        common["period"].iloc[0],
        words.number(common["gap_years"].iloc[0]),
        words.number(common["gap_years"].iloc[-1]),
    )
    if first == now:
        return f"{now} years for {period}, as when first released"
    return f"{first} years for {period} when first released, {now} now"


def _alt(revisions: Revisions, releases: Releases) -> str:
    ends = {release: (rows.iloc[0], rows.iloc[-1]) for release, rows in releases.items()}
    lines = "; ".join(
        f"released {words.day(release)}, from {words.years(first['gap_years'])} in {first['period']} to "
        f"{words.number(last['gap_years'])} in {last['period']}"
        for release, (first, last) in ends.items()
    )
    common, gaps = revisions.last_common, revisions.rows["gap_years"]
    values = ", ".join(words.number(value) for value in common["gap_years"])
    return (
        f"Line chart of the gap in healthy life expectancy for {words.people(revisions.sex)}, one line for each of "
        f"{len(releases)} releases: {lines}. All values lie between {words.number(gaps.min())} and "
        f"{words.number(gaps.max())}. For {common['period'].iloc[0]}, the latest period in all of "
        f"them, they say {values}."
    )


def _table(revisions: Revisions, releases: Releases) -> pd.DataFrame:
    periods = sorted(revisions.rows["period"].unique())
    columns: Columns = {"Period": periods}
    for release, rows in releases.items():
        columns |= by_period(rows, periods, {f"Gap, released {words.day(release)} (years)": "gap_years"})
    newest = {"Newest, lower 95% limit": "gap_lci_95", "Newest, upper 95% limit": "gap_uci_95"}
    return figures([], columns | by_period(rows, periods, newest))
