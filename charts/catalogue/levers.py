"""Entries about the building blocks of health: their gaps, who holds them, what places have done."""

from charts.catalogue.entry import Entry
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.levers.better_than_predicted import better_than_predicted_chart
from charts.levers.lever_associations import lever_associations
from charts.levers.lever_departments import lever_departments
from charts.levers.lever_gaps import lever_gaps, with_gaps
from charts.levers.local_action import action_differences
from charts.levers.words import scope
from pipeline.answers.deprivation import rows_of
from pipeline.areas import number_of_areas
from pipeline.measures.places.better_than_predicted import better_than_predicted, expected_by_luck
from pipeline.processed import Tables

MOST_ROWS = 10
"""Rows that can be read on a slide; the table beside the chart has all."""


def _lever_gaps(tables: Tables, view: View, palette: Palette) -> Chart:
    del view
    rows = with_gaps(tables.table("levers"), tables.table("lever_gaps"), tables.table("lever_changes"))
    return lever_gaps(rows, chosen=scope(len(rows)), build=tables.build, at_most=MOST_ROWS, palette=palette)


def _lever_associations(tables: Tables, view: View, palette: Palette) -> Chart:
    levers = tables.table("levers")
    return lever_associations(
        tables.table("lever_associations"),
        levers,
        sex=view.sex,
        chosen=scope(len(levers)),
        build=tables.build,
        at_most=MOST_ROWS,
        palette=palette,
    )


def _lever_departments(tables: Tables, view: View, palette: Palette) -> Chart:
    del view
    rows = with_gaps(tables.table("levers"), tables.table("lever_gaps"), tables.table("lever_changes"))
    return lever_departments(rows, build=tables.build, palette=palette)


def _local_action(tables: Tables, view: View, palette: Palette) -> Chart:
    return action_differences(
        tables.table("local_action"),
        rows_of(tables.table("local_action_records"), sex=view.sex),
        sex=view.sex,
        release=tables.release,
        build=tables.build,
        palette=palette,
    )


def _better_than_predicted(tables: Tables, view: View, palette: Palette) -> Chart:
    residuals = rows_of(tables.table("residuals"), sex=view.sex)
    periods = sorted(residuals["period"].unique())
    count = number_of_areas(residuals)
    return better_than_predicted_chart(
        better_than_predicted(residuals),
        areas=count,
        by_luck=expected_by_luck(count, len(periods)),
        periods=periods,
        at_most=MOST_ROWS,
        sex=view.sex,
        release=tables.release,
        build=tables.build,
        palette=palette,
    )


ENTRIES = (
    Entry(id="lever-gaps", label="Gaps in the building blocks", needs=(), draw=_lever_gaps, screen="levers?view=gaps"),
    Entry(
        id="lever-associations",
        label="Building blocks and healthy life",
        needs=("sex",),
        draw=_lever_associations,
        screen="levers?view=health",
    ),
    Entry(
        id="lever-departments",
        label="Who leads on the building blocks",
        needs=(),
        draw=_lever_departments,
        screen="levers?view=holders",
    ),
    Entry(
        id="local-action",
        label="Places of local action since it began",
        needs=("sex",),
        draw=_local_action,
        screen="levers?view=action",
    ),
    Entry(
        id="better-than-predicted",
        label="Places to learn from",
        needs=("sex",),
        draw=_better_than_predicted,
        screen="levers?view=action",
    ),
)
