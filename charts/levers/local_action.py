"""Chart `local-action`: how each place of local action has fared since, against similar places."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures, limits
from charts.levers.action_record import REPORT, WHAT_IT_SHOWS
from charts.levers.rows import dots, in_rows


def action_differences(
    cases: pd.DataFrame, records: pd.DataFrame, *, sex: str, release: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Change of HLE in years since each case began minus that of similar places (right: fared better), 95% intervals.

    `cases`: table `local_action`; `records`: table `local_action_records` of one sex; `release`: date of the HLE figures.
    """
    joined = cases.merge(records, on="case", suffixes=("_told", "")).sort_values("case")
    rows = joined.to_dict("records")
    without = cases.loc[~cases["case"].isin(records["case"]), "place"].tolist()
    clear = sum(row["difference_lci_95"] > 0 or row["difference_uci_95"] < 0 for row in rows)
    who, counted = words.people(sex), words.number_of(len(rows), "case")
    differences = "; ".join(f"{row['place']} {words.signed(row['difference_years'])}" for row in rows)
    return Chart(
        id="local-action-all",
        drawing=_drawing(rows, palette),
        title=f"{who.capitalize()}: {clear or 'none'} of {counted} clearly moved apart from similar places",
        subtitle=f"Change in healthy life expectancy at birth, {who}, since each case began, minus the mean change of 15 "
        "equally deprived places, years, with 95% interval",
        settings="Baseline: the latest period that ended before the action began, or 2011 to 2013.",
        source=source_line(release=release, build=build, extra=f"Cases: {REPORT}."),
        alt=(
            f"Dot chart of {counted} of local action, {who}, difference from similar places in years, from the "
            f"latest period before each began (or 2011 to 2013) on: {differences}. Intervals of {len(rows) - clear} hold zero."
        ),
        table=_table(joined),
        caveats=(
            WHAT_IT_SHOWS,
            f"No comparison for {words.listed(without)}: the report gives no year, or the case is of a whole country.",
            "The interval is that of one place against 15: as wide as the differences among equally deprived places. Of "
            "twenty such comparisons one falls outside by luck.",
        ),
        file_stem=file_name("local-action-all", who),
    )


def _drawing(rows: Sequence[Record], palette: Palette) -> Drawing:
    differences, lower, upper = each(rows, "difference_years", "difference_lci_95", "difference_uci_95")
    marks = dots(
        differences,
        limits=(lower, upper),
        name="difference",
        hover="%{customdata[0]}, since %{customdata[1]}: <b>%{x:.1f} years</b>",
        colour=palette.gap,
        customdata=[[row["place"], row["baseline_period"]] for row in rows],
    )
    reach = max(map(abs, [*lower, *upper])) + 0.4
    return in_rows(
        [marks],
        [f"<b>{row['place']}</b> since {row['since']}: {words.signed(row['difference_years'])}" for row in rows],
        x_range=(-reach, reach),
        x_title="Years against similar places",
        directions=("fared worse", "fared better"),
        palette=palette,
    )


def _table(joined: pd.DataFrame) -> pd.DataFrame:
    columns = {
        "Case": "case",
        "Place": "place",
        "Since": "since",
        "Baseline": "baseline_period",
        "Change of the place (years)": "place_change_years",
        "Change of similar places (years)": "similar_change_years",
        "Difference (years)": "difference_years",
    }
    return figures(joined, columns | limits("difference"))
