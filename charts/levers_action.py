"""What places did and how they have fared since, beside places of like deprivation; never the effect of what they did."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.marks import add_band, add_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed

WHAT_IT_SHOWS = (
    "This shows how the place has fared since, beside 15 places of like deprivation. It cannot show what the action did: "
    "the figure is an average over everyone in the area, most of whom it never reached, and much else happened there and in "
    "the other places."
)
REPORT = "Institute of Health Equity and Public Policy Projects, Addressing the National Syndemic (2021)"


def action_record(
    case: pd.Series,
    series: pd.DataFrame,
    record: pd.Series | None,
    *,
    similar: list[str],
    sex: str,
    release: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Return a place's HLE over time against the mean of similar places, with the year in which the action began.

    Args:
        case: row of table `local_action`.
        series: its rows of table `local_action_series` for one sex.
        record: its row of table `local_action_records` for that sex; None where there is nothing to compare.
        similar: names of the similar places; empty for a whole country.
        sex: "female" or "male".
        release: date of the HLE release.
        build: build id.
        palette: colours.
    """
    rows = series.sort_values("period_start").assign(mid_point=(series["period_start"] + series["period_end"] + 1) / 2)
    place, who = place_of(case), words.people(sex)
    figure = go.Figure()
    add_band(figure, rows["mid_point"], rows["place_lci_95"], rows["place_uci_95"], colour=palette.worse_off)
    figure.data[-1].showlegend = False
    if similar:
        add_line(
            figure,
            rows["mid_point"],
            rows["similar_years"],
            name=f"{len(similar)} similar places",
            colour=palette.quiet,
            dash="dash",
            hover=rows["period"],
        )
    add_line(
        figure,
        rows["mid_point"],
        rows["place_years"],
        name=place,
        colour=palette.worse_off,
        markers=True,
        hover=rows["period"],
    )
    themed(figure, palette)
    ticks = [rows["mid_point"].iloc[0], rows["mid_point"].iloc[-1]]
    left = ticks[0] - 0.8
    if pd.notna(case["since"]):
        began = max(float(case["since"]), left + 0.2)
        figure.add_vline(x=began, line={"color": palette.target, "width": 2, "dash": "dot"})
        figure.add_annotation(
            x=began,
            y=1,
            yref="paper",
            yanchor="top",
            xanchor="left",
            xshift=6,
            text=f"began {case['since']}",
            showarrow=False,
            font={"size": 15, "color": palette.target},
        )
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[
            rows["period"].iloc[0].replace(" to ", " to<br>"),
            rows["period"].iloc[-1].replace(" to ", " to<br>"),
        ],
        range=[left, ticks[-1] + 0.8],
    )
    figure.update_yaxes(title={"text": "Years", "font": {"size": 15}})
    return Chart(
        id="action-record",
        figure=figure,
        title=f"{who.capitalize()}: {_finding(case, rows, record)}",
        subtitle=f"Healthy life expectancy at birth, {who}, years; band: 95% interval. The axis does not start at zero",
        settings=_settings(similar, record),
        source=source_line(release=release, build=build, extra=f"Case: {REPORT}, case {case['case']}."),
        alt=(
            f"Line chart of healthy life expectancy of {who} in {place}, {rows['period'].iloc[0]} to "
            f"{rows['period'].iloc[-1]}, from {words.number(rows['place_years'].iloc[0])} to "
            f"{words.number(rows['place_years'].iloc[-1])} years"
            + (
                f"; the mean of {len(similar)} similar places from {words.number(rows['similar_years'].iloc[0])} to "
                f"{words.number(rows['similar_years'].iloc[-1])}."
                if similar
                else "; there are no similar places to a whole country."
            )
        ),
        table=_record_table(rows, place, similar=bool(similar)),
        caveats=_record_caveats(record, similar=bool(similar)),
        file_stem=file_name("local-action", str(case["case"]), who),
    )


def place_of(case: pd.Series) -> str:
    """Return the name under which a case's figures stand: England's for cases of several nations."""
    return (
        "England"
        if str(case["area_codes"])[0] == "K" or str(case["area_codes"]).startswith("E92")
        else str(case["place"])
    )


def _finding(case: pd.Series, rows: pd.DataFrame, record: pd.Series | None) -> str:
    place = place_of(case)
    if record is None:
        why = (
            "a whole country has no similar places"
            if rows["similar_years"].isna().all()
            else "the report gives no year"
        )
        return (
            f"healthy life expectancy in {place} is {words.years(rows['place_years'].iloc[-1])}; {why} to compare since"
        )
    within = record["difference_lci_95"] <= 0 <= record["difference_uci_95"]
    apart = (
        "no more than such places differ anyway"
        if within
        else "more than such places usually differ, for whatever reason"
    )
    return (
        f"since {record['baseline_period']} healthy life expectancy in {place} {words.moved(record['place_change_years'])}, in "
        f"similar places it {words.moved(record['similar_change_years'])}: {apart}"
    )


def _settings(similar: list[str], record: pd.Series | None) -> str:
    if not similar:
        return "England's figures stand in for a case of the whole country."
    compared = ""
    if record is not None:
        compared = (
            f" Difference in change, {record['baseline_period']} to {record['latest_period']}: "
            f"{words.signed(record['difference_years'])} years (95% interval of one place against {len(similar)}: "
            f"{words.interval(record['difference_lci_95'], record['difference_uci_95'])})."
        )
    return f"Similar places: nearest average IMD 2025 score, whatever the region: {'; '.join(similar)}.{compared}"


def _record_table(rows: pd.DataFrame, place: str, *, similar: bool) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Period": rows["period"],
            f"{place} (years)": rows["place_years"].round(2),
            "Lower 95% limit": rows["place_lci_95"].round(2),
            "Upper 95% limit": rows["place_uci_95"].round(2),
        }
    ).reset_index(drop=True)
    return table.assign(**{"Similar places (years)": rows["similar_years"].round(2).to_numpy()}) if similar else table


def _record_caveats(record: pd.Series | None, *, similar: bool) -> tuple[str, ...]:
    caveats = [WHAT_IT_SHOWS] if similar else []
    if record is not None:
        caveats.append(
            "The interval is as wide as places of like deprivation differ among themselves, by sampling and by ordinary ups "
            "and downs; one comparison in twenty falls outside it by luck."
        )
        if not record["baseline_is_before"]:
            caveats.append(
                f"The series starts with {record['baseline_period']}, after the action began or in its first years: what changed "
                "before that is not seen."
            )
    caveats.append("Neighbouring periods share two of their three years, so they do not move independently.")
    return tuple(caveats)
