"""Chart `vertical-line`: one measure from the nation down to the region, the combined authority and the authority."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, error_bars, note, points, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures
from charts.kit.theme import drawn
from charts.levers.rows import mark_heights
from charts.levers.words import said

LEVEL_NAMES = {"country": "Nation", "region": "Region", "combined-authority": "Combined authority", "utla": "Authority"}


def vertical_line(
    rows: pd.DataFrame,
    *,
    measure: str,
    unit: str,
    period: str,
    can_act: str,
    source: str,
    palette: Palette = LIGHT,
) -> Chart:
    """One row per level, from the nation down, with the same measure in each and its 95% interval.

    `rows`: area_name, area_type, value (NaN where not published), lci_95, uci_95; `measure` as in running text
    ("Healthy life expectancy at birth, women"); `can_act`: who can act at which level, "" where the measure is no lever.
    """
    levels = rows.to_dict("records")
    known = [row for row in levels if pd.notna(row["value"])]
    ends = known[:1] + known[1:][-1:]
    found = ", ".join(f"{said(row['value'], unit)} in {words.place(row['area_name'])}" for row in ends)
    unknown = rows.loc[rows["value"].isna(), "area_name"].tolist()
    spoken = "; ".join(_row_words(row, unit).replace("<b>", "").replace("</b>", "") for row in levels)
    return Chart(
        id="vertical-line",
        drawing=_drawing(rows, measure, unit, palette),
        title=f"{measure.replace(' at birth', '')}: {found}",
        subtitle=f"{measure}, {period}, {_axis(unit).lower()}. The axis does not start at zero",
        settings=f"The same definition at every level. {can_act}".strip(),
        source=source,
        alt=f"Dot chart with a row for each level of government from nation to authority, {measure}, {period}: {spoken}.",
        table=figures(
            rows,
            {
                "Level": rows["area_type"].map(LEVEL_NAMES),
                "Area": "area_name",
                _axis(unit): "value",
                "Lower 95% limit": "lci_95",
                "Upper 95% limit": "uci_95",
            },
        ),
        caveats=(
            *([f"Not published for {', '.join(unknown)}."] if unknown else []),
            "Each level contains the next, so their differences are not between separate people.",
        ),
        file_stem=file_name("vertical-line", str(levels[-1]["area_name"]), measure, period),
    )


def _drawing(rows: pd.DataFrame, measure: str, unit: str, palette: Palette) -> Drawing:
    known = rows.assign(height=mark_heights(len(rows))).dropna(subset="value")
    values, lower, upper = known["value"], known["lci_95"], known["uci_95"]
    marks = points(
        values,
        known["height"],
        hover=f"%{{customdata}}: <b>%{{x:,.2f}}</b> {unit}",
        mode="lines+markers",
        name=measure,
        line={"color": palette.quiet, "width": 2, "dash": "dot"},
        marker={"size": 16, "color": [*[palette.gap] * (len(known) - 1), palette.worse_off]},
        error_x=error_bars(values, lower, upper, palette.gap),
        customdata=known["area_name"],
    )
    low, high = known[["value", "lci_95"]].min().min(), known[["value", "uci_95"]].max().max()
    room = 0.12 * (high - low) or 1.0
    layout = {
        "showlegend": False,
        "annotations": _row_notes(rows.to_dict("records"), unit, palette),
        "xaxis": axis(_axis(unit), range=[low - room, high + room], showgrid=True),
        "yaxis": {"visible": False, "range": [-len(rows) + 0.4, 0.6]},
    }
    return drawn([marks], palette, height=90 + 62 * len(rows), layout=layout)


def _row_notes(levels: Sequence[Record], unit: str, palette: Palette) -> list[Mark]:
    """The words above the mark of each row."""
    look: Mark = {"xref": "paper", "xanchor": "left", "size": 16, "colour": palette.ink}
    return [
        note(0, -position + 0.26, _row_words(row, unit), bgcolor=tinted(palette.paper, 0.85), **look)
        for position, row in enumerate(levels)
    ]


def _row_words(row: Record, unit: str) -> str:
    if pd.isna(row["value"]):
        return f"<b>{row['area_name']}</b> not published"
    limits = "" if pd.isna(row["lci_95"]) else f" ({said(row['lci_95'], unit)} to {said(row['uci_95'], unit)})"
    return f"<b>{row['area_name']}</b> {said(row['value'], unit)}{limits}"


def _axis(unit: str) -> str:
    return "Per cent" if unit == "%" else words.sentence_start(unit)
