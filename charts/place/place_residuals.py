"""Chart `place-residuals`: how far one place is from what its deprivation predicts, period after period."""

from collections.abc import Sequence

import pandas as pd

from charts.deprivation.against_deprivation import PREDICTED
from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, error_bars, note, points, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures, intervals, limits, yes_or_no
from charts.kit.theme import drawn
from pipeline.answers.place.profile import Place

_REACH = ((min, "lci_95"), (max, "uci_95"))


def place_residuals(rows: pd.DataFrame, place: Place, *, held: bool, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE of a place minus what its deprivation predicts, years, with 95% intervals, in periods that share no year.

    `rows`: table `residuals` of the place, one sex; `held`: whether it was on the same side in every period.
    """
    ordered = rows.sort_values("period_start", ascending=True).to_dict("records")
    latest, who = ordered[-1], words.people(str(ordered[-1]["sex"]))
    said = "; ".join(
        f"{row['period']} {words.signed(row['residual_years'])} ({interval})"
        for row, interval in zip(ordered, intervals(ordered, "residual"), strict=True)
    )
    return Chart(
        id="place-residuals",
        drawing=_drawing(ordered, palette),
        title=f"{place.name}, {who}: {_finding(latest, held=held)}",
        subtitle=f"Healthy life expectancy minus what deprivation predicts, {who}, years, with 95% intervals. Periods share no year"
        "",
        settings=f"{PREDICTED} A filled point is more than chance (false discovery rate 5%).",
        source=source_line(release=str(latest["release"]), build=build, extra=IMD_2025),
        alt=f"Points for {who}, years from what deprivation predicts: {said}.",
        table=figures(
            ordered,
            {
                "Period": "period",
                "Years from prediction": "residual_years",
                **limits("residual"),
                "More than chance": yes_or_no(row["stands_out"] for row in ordered),
            },
        ),
        caveats=(
            "Deprivation is that of the 2025 index in every period.",
            "By chance alone about one authority in eight is on the same side in all four periods.",
        ),
        file_stem=file_name("place-residuals", place.name, who, str(latest["period"])),
    )


_ZERO = {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": 0, "y1": 0}
"""The line of what is predicted."""


def _drawing(ordered: Sequence[Record], palette: Palette) -> Drawing:
    lowest, highest = (pick(float(row[f"residual_{limit}"]) for row in ordered) for pick, limit in _REACH)
    layout = {
        "margin": {"t": 12, "r": 44},
        "showlegend": False,
        "annotations": [_value(row, palette) for row in ordered],
        "shapes": [{**_ZERO, "line": {"width": 2, "color": palette.ink}}],
        "xaxis": {
            "type": "category",
            "tickvals": [str(row["period"]) for row in ordered],
            "ticktext": [str(row["period"]).replace(" to ", " to<br>") for row in ordered],
        },
        "yaxis": axis("Years from prediction", range=[min(lowest, 0) - 0.8, max(highest, 0) + 0.8]),
    }
    return drawn([_point(row, palette) for row in ordered], palette, height=300, layout=layout)


def _point(row: Record, palette: Palette) -> Mark:
    value, lower, upper = (float(row[f"residual_{part}"]) for part in ("years", "lci_95", "uci_95"))
    side = palette.better_off if value > 0 else palette.worse_off
    colour, symbol = (side, "circle") if row["stands_out"] else (palette.quiet, "circle-open")
    period = str(row["period"])
    return points(
        [period],
        [round(value, 3)],
        hover=f"{period}: <b>{words.signed(value)} years</b>",
        name=period,
        marker={"size": 12, "color": colour, "symbol": symbol, "line": {"width": 2}},
        error_y=error_bars([value], [lower], [upper], tinted(colour, 0.55), thickness=2),
    )


def _value(row: Record, palette: Palette) -> Mark:
    value = _drawn(row)
    clear_of_zero = 10 if value > 0 else -10
    return note(
        str(row["period"]),
        value,
        words.signed(value),
        xanchor="left",
        xshift=9,
        yshift=clear_of_zero,
        size=15,
        colour=palette.ink,
    )


def _drawn(row: Record) -> float:
    """The value as it is drawn, to three decimals: title and labels are rounded from what is drawn, as PowerPoint's are."""
    return round(float(row["residual_years"]), 3)


def _finding(latest: Record, *, held: bool) -> str:
    value = _drawn(latest)
    side = "above" if value > 0 else "below"
    certain = "" if latest["stands_out"] else "; may be chance"
    lasting = ", as always" if held else ""
    return f"{words.years(abs(value))} {side} prediction{lasting}{certain}"
