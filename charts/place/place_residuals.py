"""Chart `place-residuals`: how far one place is from what its deprivation predicts, period after period."""

from collections.abc import Sequence

import pandas as pd

from charts.deprivation.against_deprivation import PREDICTED
from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures, intervals, limits, yes_or_no
from charts.place.rows import dotted_rows, row_of, span
from pipeline.answers.place.profile import Place


def place_residuals(rows: pd.DataFrame, place: Place, *, held: bool, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE of a place minus what its deprivation predicts, years, with 95% intervals, in periods that share no year.

    `rows`: table `residuals` of the place, one sex; `held`: whether it was on the same side in every period.
    """
    ordered = rows.sort_values("period_start", ascending=False).to_dict("records")
    latest, who = ordered[0], words.people(str(ordered[0]["sex"]))
    said = "; ".join(
        f"{row['period']} {words.signed(row['residual_years'])} ({interval})"
        for row, interval in zip(ordered, intervals(ordered, "residual"), strict=True)
    )
    return Chart(
        id="place-residuals",
        drawing=_drawing(ordered, palette),
        title=f"{place.name}, {who}: {_finding(latest, held=held)}",
        subtitle=f"Healthy life expectancy minus what deprivation predicts, {who}, periods without a common year, years, with 95% "
        "intervals",
        settings=f"{PREDICTED} A filled point is more than noise (false discovery rate 5%).",
        source=source_line(release=str(latest["release"]), build=build, extra=IMD_2025),
        alt=f"Points for {who}, years from what deprivation predicts: {said}.",
        table=figures(
            ordered,
            {
                "Period": "period",
                "Years from prediction": "residual_years",
                **limits("residual"),
                "More than noise": yes_or_no(row["stands_out"] for row in ordered),
            },
        ),
        caveats=(
            "Deprivation is that of the 2025 index in every period.",
            "By luck alone about one authority in eight is on the same side in all four periods.",
        ),
        file_stem=file_name("place-residuals", place.name, who, str(latest["period"])),
    )


def _drawing(ordered: Sequence[Record], palette: Palette) -> Drawing:
    points = []
    for position, row in enumerate(ordered):
        side = palette.better_off if row["residual_years"] > 0 else palette.worse_off
        colour, symbol = (side, "circle") if row["stands_out"] else (palette.quiet, "circle-open")
        said = words.signed(float(row["residual_years"]))
        points.append(row_of(row, "residual", "period", colour=colour, symbol=symbol, bold=position == 0, said=said))
    lowest, highest = span(points)
    return dotted_rows(
        points,
        palette=palette,
        x_title="Years above (+) or below (\N{MINUS SIGN}) prediction",
        x_range=(min(lowest, 0) - 0.8, max(highest, 0) + 0.8),
        at=0,
        at_line={"color": palette.ink, "width": 2},
    )


def _finding(latest: Record, *, held: bool) -> str:
    value = float(latest["residual_years"])
    side = "above" if value > 0 else "below"
    certain = "more than noise explains" if latest["stands_out"] else "which may be noise"
    lasting = f", and {side} in every period" if held else ""
    return f"{words.years(abs(value))} {side} what deprivation predicts, {certain}{lasting}"
