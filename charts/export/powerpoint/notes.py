"""What a speaker needs beside a slide: definition, method, interval, caveats and figures, so that each number can be defended."""

import pandas as pd

from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.framed import interval_note
from pipeline.measures.gap.definitions import DEFINITIONS

MOST_ROWS = 30
"""Rows of figures that notes can hold; longer tables are in the workbook."""

HLE_METHOD = (
    "Healthy life expectancy at birth is the number of years a newborn would live in good health if today's rates of death "
    "and of ill health held for life. It rests on how people rate their own health, and is published for rolling periods of "
    "three years with 95% confidence intervals."
)
INTERVAL_METHOD = (
    "A 95% interval is the range that the sampling error of the figures allows: of a hundred such ranges about 95 would hold "
    "the true value. Intervals of a gap are computed from the published intervals of its two ends, taken as independent."
)


def speaker_notes(chart: Chart, *, view: View, needs: tuple[str, ...], live_view: str) -> str:
    """The notes of one slide as plain text, one thing a paragraph.

    `needs`: settings of the view that the chart depends on; `live_view`: address of the same view on the dashboard.
    """
    parts = [
        f"Finding: {chart.title}.",
        f"What is shown: {chart.subtitle}.",
    ]
    if "definition" in needs:
        definition = DEFINITIONS[view.definition]
        parts.append(f"Definition: {definition.label}. {definition.ends}")
    parts.append(f"Settings: {chart.settings}" if chart.settings else "")
    parts.append(f"Method: {HLE_METHOD}")
    parts.append(f"Intervals: {interval_note(chart)} {INTERVAL_METHOD}")
    parts += [f"Note: {caveat}" for caveat in chart.caveats]
    parts.append(f"Description: {chart.alt}")
    parts.append(f"Figures:\n{table_text(chart.table)}")
    parts.append(chart.source)
    parts.append(f"Live view: {live_view}")
    return "\n\n".join(part for part in parts if part)


def table_text(table: pd.DataFrame) -> str:
    """A table as lines of text, one a row, empty cells left out."""
    lines = []
    for row in table.head(MOST_ROWS).to_dict("records"):
        (_, first), *others = row.items()
        told = "; ".join(f"{name} {value}" for name, value in others if not pd.isna(value) and value != "")
        lines.append(f"{first}: {told}" if told else str(first))
    if len(table) > MOST_ROWS:
        lines.append(f"… and {len(table) - MOST_ROWS} more rows, in the workbook and in the table beside the chart.")
    return "\n".join(lines)
