"""The same gap as told by each release of the figures: lines side by side, never joined."""

from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, source_line
from charts.kit.columns import Columns, columns, highest, in_step, rows_with
from charts.kit.marks import band, line
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings import file_name
from charts.kit.theme import drawn
from pipeline.assemble.vintages import Revisions
from pipeline.measures.gap.definitions import DEFINITIONS

_DASHES = ("dot", "dash", "dashdot", "longdash")


_COLUMNS = ("release", "period", "mid_point", "gap_years", "gap_lci_95", "gap_uci_95", "better_off", "worse_off")


def gap_by_release(revisions: Revisions, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the chart of one gap over time with a line for each release; the newest has its 95% interval."""
    told = columns(revisions.rows, _COLUMNS)
    rows = {release: rows_with(told, told["release"], release) for release in revisions.releases}
    *older, newest = rows
    latest = rows[newest]
    drawing = drawn(
        [
            *band(
                latest["mid_point"],
                latest["gap_lci_95"],
                latest["gap_uci_95"],
                colour=palette.gap,
                name="95% interval, newest",
            ),
            *(
                _line(rows[release], colour=palette.quiet, dash=_DASHES[position % len(_DASHES)])
                for position, release in enumerate(older)
            ),
            _line(latest, colour=palette.gap, dash="solid", markers=True),
        ],
        palette,
        layout={
            "xaxis": _axis(told, common=str(revisions.last_common["period"].iloc[0])),
            "yaxis": {
                "range": [0, highest(told["gap_uci_95"]) * 1.1],
                "title": {"text": "Years", "font": {"size": 15}},
            },
        },
    )
    who = words.people(revisions.sex)
    return Chart(
        id="gap-by-release",
        drawing=drawing,
        title=f"{who.capitalize()}: {_finding(revisions)}",
        subtitle=f"Gap in healthy life expectancy at birth, {who}, England, by release, years",
        settings=f"{DEFINITIONS[revisions.definition_id].label} ({_ends(latest)}).",
        source=source_line(
            release=newest,
            build=build,
            extra=f"Earlier releases: {', '.join(words.day(release) for release in older)}.",
        ),
        alt=_alt(revisions, told, rows),
        table=_table(told, rows),
        caveats=(
            "Each release stands on its own. Joining an old release's early years to a new release's late ones would mix "
            "two methods and show a change that is not there.",
            "Until 2022 the share in good health was taken from the survey as it came; since December 2024 it is modelled "
            "and the whole series was made anew from 2011 to 2013.",
            "Which regions are the two ends follows today's income and deprivation figures in every release.",
        ),
        file_stem=file_name("gap-by-release", revisions.definition_id, who),
    )


def _line(rows: Columns, *, colour: str, dash: str, markers: bool = False) -> dict[str, Any]:
    return line(
        rows["mid_point"],
        rows["gap_years"],
        name=f"Released {words.day(rows['release'][0])}",
        colour=colour,
        dash=dash,
        markers=markers,
        hover=rows["period"],
    )


def _axis(told: Columns, *, common: str) -> dict[str, Any]:
    """Return the axis of time, which names the first period, the latest that all releases hold, and the last."""
    middles = dict(zip(told["period"], told["mid_point"], strict=True))
    labels = [min(middles, key=middles.__getitem__), common, max(middles, key=middles.__getitem__)]
    ticks = [middles[label] for label in labels]
    return {
        "tickvals": ticks,
        "ticktext": [label.replace(" to ", " to<br>") for label in labels],
        "range": [ticks[0] - 0.6, ticks[-1] + 0.8],
    }


def _ends(rows: Columns) -> str:
    pairs = [f"{better} minus {worse}" for better, worse in zip(rows["better_off"], rows["worse_off"], strict=True)]
    return (
        pairs[0] if len(set(pairs)) == 1 else f"now {list(dict.fromkeys(pairs))[-1]}; the pair changes between periods"
    )


def _finding(revisions: Revisions) -> str:
    told, period = revisions.last_common["gap_years"].tolist(), revisions.last_common["period"].iloc[0]
    first, now = words.number(told[0]), words.number(told[-1])
    if first == now:
        return f"for {period} the first and the newest release tell the same gap, {now} years"
    return f"the gap of {period} was {first} years when first released, and is {now} in the newest release"


def _alt(revisions: Revisions, told: Columns, rows: dict[str, Columns]) -> str:
    lines = "; ".join(
        f"released {words.day(release)}, from {words.years(one['gap_years'][0])} in {one['period'][0]} to "
        f"{words.number(one['gap_years'][-1])} in {one['period'][-1]}"
        for release, one in rows.items()
    )
    common = revisions.last_common
    values = ", ".join(words.number(value) for value in common["gap_years"].tolist())
    return (
        f"Line chart of the gap in healthy life expectancy for {words.people(revisions.sex)}, one line for each of "
        f"{len(rows)} releases: {lines}. All values lie between {words.number(min(told['gap_years']))} and "
        f"{words.number(max(told['gap_years']))}. For {common['period'].iloc[0]}, the latest period in all of "
        f"them, they say {values}."
    )


def _table(told: Columns, rows: dict[str, Columns]) -> pd.DataFrame:
    periods = sorted(set(told["period"]))
    newest = list(rows.values())[-1]
    return pd.DataFrame(
        {
            "Period": periods,
            **{
                f"Gap, released {words.day(release)} (years)": in_step(periods, one["period"], one["gap_years"])
                for release, one in rows.items()
            },
            "Newest, lower 95% limit": in_step(periods, newest["period"], newest["gap_lci_95"]),
            "Newest, upper 95% limit": in_step(periods, newest["period"], newest["gap_uci_95"]),
        }
    )
