"""Places side by side: every case of local action beside similar places, and places that do better than predicted."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.levers_action import REPORT, WHAT_IT_SHOWS
from charts.levers_rows import in_rows, mark_heights
from charts.levers_words import listed, number_of
from charts.marks import error_bars
from charts.palette import LIGHT, Palette
from charts.settings import file_name


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
    rows = records.merge(cases, on="case", validate="one_to_one").sort_values("case").reset_index(drop=True)
    figure = go.Figure(
        go.Scatter(
            x=rows["difference_years"],
            y=mark_heights(len(rows)),
            mode="markers",
            name="difference",
            marker={"size": 14, "color": palette.gap},
            error_x=error_bars(
                rows["difference_years"].tolist(),
                rows["difference_lci_95"].tolist(),
                rows["difference_uci_95"].tolist(),
                palette.gap,
            ),
            customdata=rows[["place", "baseline_period"]],
            hovertemplate="%{customdata[0]}, since %{customdata[1]}: <b>%{x:.1f} years</b><extra></extra>",
        )
    )
    reach = rows[["difference_lci_95", "difference_uci_95"]].abs().max().max() + 0.4
    in_rows(
        figure,
        [
            f"<b>{row['place']}</b> since {row['since']}: {words.signed(row['difference_years'])}"
            for row in rows.to_dict("records")
        ],
        x_range=(-reach, reach),
        x_title="Years against similar places",
        directions=("fared worse", "fared better"),
        palette=palette,
    )
    who = words.people(sex)
    clear = int(((rows["difference_lci_95"] > 0) | (rows["difference_uci_95"] < 0)).sum())
    finding = "none" if clear == 0 else str(clear)
    without = cases.loc[~cases["case"].isin(rows["case"]), "place"].tolist()
    return Chart(
        id="local-action-all",
        figure=figure,
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
            + "; ".join(f"{row['place']} {words.signed(row['difference_years'])}" for row in rows.to_dict("records"))
            + f". Intervals of {len(rows) - clear} hold zero."
        ),
        table=pd.DataFrame(
            {
                "Case": rows["case"],
                "Place": rows["place"],
                "Since": rows["since"],
                "Baseline": rows["baseline_period"],
                "Change of the place (years)": rows["place_change_years"].round(2),
                "Change of similar places (years)": rows["similar_change_years"].round(2),
                "Difference (years)": rows["difference_years"].round(2),
                "Lower 95% limit": rows["difference_lci_95"].round(2),
                "Upper 95% limit": rows["difference_uci_95"].round(2),
            }
        ),
        caveats=(
            WHAT_IT_SHOWS,
            f"No comparison for {listed(without)}: the report gives no year, or the case is of a whole country.",
            "The interval is that of one place against 15: as wide as places of like deprivation differ among themselves. Of "
            "twenty such comparisons one falls outside by luck.",
        ),
        file_stem=file_name("local-action-all", who),
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
        found: from `pipeline.measures.better_than_predicted`.
        areas: how many authorities were looked at.
        by_luck: how many would qualify by luck alone.
        periods: labels of the periods.
        sex: "female" or "male".
        release: date of the HLE release.
        build: build id.
        at_most: how many rows to draw; the table has all.
        palette: colours.
    """
    shown = found.head(at_most)
    figure = go.Figure(
        go.Scatter(
            x=shown["mean_residual_years"],
            y=mark_heights(len(shown)),
            mode="markers",
            name="mean over the periods",
            marker={"size": 14, "color": palette.better_off},
            error_x=error_bars(
                shown["mean_residual_years"].tolist(),
                shown["mean_residual_lci_95"].tolist(),
                shown["mean_residual_uci_95"].tolist(),
                palette.better_off,
            ),
            customdata=shown["area_name"],
            hovertemplate="%{customdata}: <b>%{x:.1f} years</b> above what deprivation predicts<extra></extra>",
        )
    )
    in_rows(
        figure,
        [
            f"<b>{row['area_name']}</b> {words.signed(row['mean_residual_years'])} years"
            for row in shown.to_dict("records")
        ],
        x_range=(min(-0.8, shown["mean_residual_lci_95"].min() - 0.2), shown["mean_residual_uci_95"].max() + 0.3),
        x_title="Years above what deprivation predicts",
        directions=("", "better than predicted"),
        palette=palette,
    )
    who = words.people(sex)
    return Chart(
        id="better-than-predicted",
        figure=figure,
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
            + listed(
                [
                    f"{row['area_name']} {words.signed(row['mean_residual_years'])}"
                    for row in shown.head(5).to_dict("records")
                ]
            )
            + f" years lead; {len(found)} qualify in all."
        ),
        table=pd.DataFrame(
            {
                "Authority": found["area_name"],
                "Mean above prediction (years)": found["mean_residual_years"].round(2),
                "Lower 95% limit": found["mean_residual_lci_95"].round(2),
                "Upper 95% limit": found["mean_residual_uci_95"].round(2),
                "Smallest of the periods (years)": found["lowest_residual_years"].round(2),
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
