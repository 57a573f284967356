"""Places side by side: every case of local action beside similar places, and places that do better than predicted."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.levers.action import REPORT, WHAT_IT_SHOWS
from charts.levers.rows import dots, in_rows
from charts.levers.words import listed, number_of


def action_differences(
    cases: pd.DataFrame, records: pd.DataFrame, *, sex: str, release: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Return each case's change of HLE since it began minus that of similar places, with the interval of one place.

    Args:
        cases: table `local_action`.
        records: rows of table `local_action_records` of one sex.
        sex: "female" or "male".
        release: date of the HLE release.
        build: build id.
        palette: colours.
    """
    facts = {row["case"]: row for row in cases.to_dict("records")}
    rows = [facts[row["case"]] | row for row in records.to_dict("records") if row["case"] in facts]
    rows.sort(key=lambda row: row["case"])
    differences, lower, upper = (
        [row[name] for row in rows] for name in ("difference_years", "difference_lci_95", "difference_uci_95")
    )
    marks = dots(differences, lower, upper, name="difference", colour=palette.gap) | {
        "customdata": [[row["place"], row["baseline_period"]] for row in rows],
        "hovertemplate": "%{customdata[0]}, since %{customdata[1]}: <b>%{x:.1f} years</b><extra></extra>",
    }
    reach = max(map(abs, [*lower, *upper])) + 0.4
    drawing = in_rows(
        [marks],
        [f"<b>{row['place']}</b> since {row['since']}: {words.signed(row['difference_years'])}" for row in rows],
        x_range=(-reach, reach),
        x_title="Years against similar places",
        directions=("fared worse", "fared better"),
        palette=palette,
    )
    who = words.people(sex)
    clear = sum(low > 0 or high < 0 for low, high in zip(lower, upper, strict=True))
    finding = "none" if clear == 0 else str(clear)
    compared = {row["case"] for row in rows}
    without = [row["place"] for case, row in facts.items() if case not in compared]
    return Chart(
        id="local-action-all",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: of {number_of(len(rows), 'case')} that can be set beside similar places, {finding} moved apart "
            "from them by more than such places differ anyway"
        ),
        subtitle=f"Change in healthy life expectancy at birth, {who}, since each case began, minus the mean change of 15 places "
        "of like deprivation, years, with 95% interval",
        settings="Baseline: the latest period that ended before the action began, or 2011 to 2013.",
        source=source_line(release=release, build=build, extra=f"Cases: {REPORT}."),
        alt=(
            f"Dot chart of {number_of(len(rows), 'case')} of local action, {who}, difference from similar places in years, from the "
            f"latest period before each began (or 2011 to 2013) on: "
            + "; ".join(f"{row['place']} {words.signed(row['difference_years'])}" for row in rows)
            + f". Intervals of {len(rows) - clear} hold zero."
        ),
        table=_cases_table(rows),
        caveats=(
            WHAT_IT_SHOWS,
            f"No comparison for {listed(without)}: the report gives no year, or the case is of a whole country.",
            "The interval is that of one place against 15: as wide as places of like deprivation differ among themselves. Of "
            "twenty such comparisons one falls outside by luck.",
        ),
        file_stem=file_name("local-action-all", who),
    )


def _cases_table(rows: Sequence[Mapping[Hashable, Any]]) -> pd.DataFrame:
    def column(name: str) -> list[Any]:
        return [row[name] for row in rows]

    return pd.DataFrame(
        {
            "Case": column("case"),
            "Place": column("place"),
            "Since": pd.array(column("since"), dtype="Int64"),
            "Baseline": column("baseline_period"),
            "Change of the place (years)": np.round(column("place_change_years"), 2),
            "Change of similar places (years)": np.round(column("similar_change_years"), 2),
            "Difference (years)": np.round(column("difference_years"), 2),
            "Lower 95% limit": np.round(column("difference_lci_95"), 2),
            "Upper 95% limit": np.round(column("difference_uci_95"), 2),
        }
    )


def better_than_predicted_chart(
    found: pd.DataFrame,
    *,
    areas: int,
    by_luck: float,
    periods: list[str],
    sex: str,
    release: str,
    build: str,
    at_most: int = 15,
    palette: Palette = LIGHT,
) -> Chart:
    """Return the authorities that did better than their deprivation predicts in every period, largest mean first.

    Args:
        found: from `pipeline.measures.places.better_than_predicted`.
        areas: how many authorities were looked at.
        by_luck: how many would qualify by luck alone.
        periods: labels of the periods.
        sex: "female" or "male".
        release: date of the HLE release.
        build: build id.
        at_most: how many rows to draw; the table has all.
        palette: colours.
    """
    shown = found.head(at_most).to_dict("records")
    names = [row["area_name"] for row in shown]
    means, lower, upper = (
        [row[name] for row in shown] for name in ("mean_residual_years", "mean_residual_lci_95", "mean_residual_uci_95")
    )
    marks = dots(means, lower, upper, name="mean over the periods", colour=palette.better_off) | {
        "customdata": names,
        "hovertemplate": "%{customdata}: <b>%{x:.1f} years</b> above what deprivation predicts<extra></extra>",
    }
    drawing = in_rows(
        [marks],
        [f"<b>{name}</b> {words.signed(mean)} years" for name, mean in zip(names, means, strict=True)],
        x_range=(min(-0.8, min(lower) - 0.2), max(upper) + 0.3),
        x_title="Years above what deprivation predicts",
        directions=("", "better than predicted"),
        palette=palette,
    )
    who = words.people(sex)
    return Chart(
        id="better-than-predicted",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: {len(found)} of {areas} authorities did better than their deprivation predicts in each of "
            f"{len(periods)} periods; luck alone would give about {by_luck:.0f}"
        ),
        subtitle=f"Healthy life expectancy of {who} minus what the IMD 2025 score predicts, mean of {', '.join(periods)}, years, "
        f"with 95% interval; the {len(shown)} largest",
        settings="A regression of its own for each period. Periods without a common year.",
        source=source_line(release=release, build=build),
        alt=(
            f"Dot chart of the {len(shown)} authorities furthest above what deprivation predicts for {who}, mean of "
            f"{listed(list(periods))}: "
            + listed([f"{name} {words.signed(mean)}" for name, mean in zip(names[:5], means[:5], strict=True)])
            + f" years lead; {len(found)} qualify in all."
        ),
        table=pd.DataFrame(
            {
                "Authority": found["area_name"],
                "Mean above prediction (years)": found["mean_residual_years"].to_numpy().round(2),
                "Lower 95% limit": found["mean_residual_lci_95"].to_numpy().round(2),
                "Upper 95% limit": found["mean_residual_uci_95"].to_numpy().round(2),
                "Smallest of the periods (years)": found["lowest_residual_years"].to_numpy().round(2),
                "Periods in which it stands out from noise": found["stands_out_periods"],
            }
        ),
        caveats=(
            "A list to learn from, not a league table: the line knows deprivation only, and London lies above it for reasons "
            "that the score does not hold.",
            "Stands out: more than noise after control of the false discovery rate among all authorities of a period.",
            "Deprivation is that of 2025 in every period.",
        ),
        file_stem=file_name("better-than-predicted", who),
    )
