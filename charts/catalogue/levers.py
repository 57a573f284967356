"""Entries about the building blocks of health: their gaps, who holds them, what places have done."""

import pandas as pd

from charts.catalogue.entry import Answer, Entry
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.levers.better_than_predicted import better_than_predicted_chart
from charts.levers.lever_associations import lever_associations
from charts.levers.lever_departments import departments_table, lever_departments
from charts.levers.lever_gaps import lever_gaps, with_gaps
from charts.levers.local_action import action_differences
from charts.levers.who_can_act import basis_table, holders_table, level_sentence
from charts.levers.words import scope
from pipeline.answers.deprivation import rows_of
from pipeline.areas import number_of_areas
from pipeline.errors import UsageError
from pipeline.measures.places.better_than_predicted import better_than_predicted, expected_by_luck
from pipeline.processed import Tables

MOST_ROWS = 10
"""Rows that can be read on a slide; the table beside the chart has all."""

MOST_PLACES = 15
"""Places to learn from that a screen shows."""


CHOSEN = ("part", "department", "acts", "term")
"""Settings that choose among the building blocks."""


def all_blocks(tables: Tables) -> pd.DataFrame:
    """Return one row per building block: its facts, its gap then and now, and how it moved; the widest gap first."""
    return with_gaps(tables.table("levers"), tables.table("lever_gaps"), tables.table("lever_changes"))


def _blocks(tables: Tables, view: View) -> pd.DataFrame:
    rows = all_blocks(tables)
    kept = rows[
        (rows["block"].eq(view.part) | (view.part == ""))
        & (rows["department"].eq(view.department) | (view.department == ""))
        & (rows["level"].str.split().map(lambda levels: view.acts in levels) | (view.acts == ""))
        & (rows["horizon"].eq(view.term) | (view.term == ""))
    ]
    if kept.empty:
        raise UsageError("Nothing matches these filters. Try removing one.", do="Try removing one.")
    return kept.reset_index(drop=True)


def _scope(rows: pd.DataFrame, view: View) -> str:
    return scope(len(rows), department=view.department, level=view.acts, horizon=view.term, block=view.part)


def _most_rows(view: View) -> int | None:
    return None if view.rows == "screen" else MOST_ROWS


def _lever_gaps(tables: Tables, view: View, palette: Palette) -> Chart:
    rows = _blocks(tables, view)
    return lever_gaps(rows, chosen=_scope(rows, view), build=tables.build, at_most=_most_rows(view), palette=palette)


def _lever_associations(tables: Tables, view: View, palette: Palette) -> Chart:
    rows, levers = _blocks(tables, view), tables.table("levers")
    return lever_associations(
        tables.table("lever_associations"),
        levers[levers["indicator"].isin(rows["indicator"])],
        sex=view.sex,
        chosen=_scope(rows, view),
        build=tables.build,
        at_most=_most_rows(view),
        palette=palette,
    )


def _lever_departments(tables: Tables, view: View, palette: Palette) -> Chart:
    del view
    return lever_departments(all_blocks(tables), build=tables.build, palette=palette)


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
        at_most=_most_rows(view) or MOST_PLACES,
        sex=view.sex,
        release=tables.release,
        build=tables.build,
        palette=palette,
    )


BLOCKS = Answer(id="blocks", needs=CHOSEN, ask=_blocks)
SCOPE = Answer(id="scope", needs=CHOSEN, ask=lambda tables, view: _scope(_blocks(tables, view), view))
"""Which building blocks the filters leave in, as a sentence."""
"""The building blocks chosen, one row each; the widest gap first."""
DEPARTMENTS = Answer(id="departments", needs=(), ask=lambda tables, _: departments_table(all_blocks(tables)))
"""Table of each department's widest gap, the widest first."""
HOLDERS = Answer(id="holders", needs=(), ask=lambda tables, _: holders_table(tables.table("levers")))
"""Table of who leads on each building block and who can act."""
BASIS = Answer(id="basis", needs=(), ask=lambda tables, _: basis_table(tables.table("levers")))
"""Table of the law or document that each of these rests on."""
CAN_ACT = Answer(id="can-act", needs=("acts",), ask=lambda tables, view: level_sentence(all_blocks(tables), view.acts))
"""Sentence on what a level of government can act on."""

ANSWERS = (BLOCKS, SCOPE, DEPARTMENTS, HOLDERS, BASIS, CAN_ACT)

ENTRIES = (
    Entry(
        id="lever-gaps",
        label="Gaps in the building blocks",
        needs=(),
        on_screens=(*CHOSEN, "rows"),
        draw=_lever_gaps,
        screen="levers?view=gaps",
    ),
    Entry(
        id="lever-associations",
        label="Building blocks and healthy life",
        needs=("sex",),
        on_screens=(*CHOSEN, "rows"),
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
        on_screens=("rows",),
        draw=_better_than_predicted,
        screen="levers?view=action",
    ),
)
