"""Entries about deprivation: how steep the slope is, who breaks the pattern, what averages hide."""

import pandas as pd

from charts.catalogue.entry import PLACE, Answer, Entry
from charts.catalogue.layout import compact, labels_outside
from charts.catalogue.view import View, period_of
from charts.deprivation.against_deprivation import against_deprivation
from charts.deprivation.lasting import lasting
from charts.deprivation.pockets import pockets_profile
from charts.deprivation.sentences import pockets_sentence, spread_sentence, summary_table
from charts.deprivation.slopes import slopes_over_time
from charts.deprivation.small_areas import small_area_list
from charts.deprivation.tenths import tenths
from charts.deprivation.two_slopes import two_slopes
from charts.kit.chart import Chart
from charts.kit.listing import Listing
from charts.kit.palette import Palette
from pipeline.answers.deprivation import (
    furthest_from_prediction,
    held_in_every_period,
    outside_most_deprived_fifth,
    rows_of,
    slope_trend,
    with_the_most_deprived_small_area,
)
from pipeline.answers.place.profile import place_of
from pipeline.answers.place.small_areas import small_areas_of
from pipeline.processed import Tables


def _tenths(tables: Tables, view: View, palette: Palette) -> Chart:
    deciles = tables.newest("hle_deciles")
    rows = rows_of(deciles, sex=view.sex, period=period_of(deciles, view))
    return tenths(rows, build=tables.build, palette=palette)


def _two_slopes(tables: Tables, view: View, palette: Palette) -> Chart:
    deciles = tables.newest("hle_deciles")
    period = period_of(deciles, view)
    rows = rows_of(deciles, sex=view.sex, period=period)
    lines = rows_of(tables.table("slopes"), groups="deciles", sex=view.sex, period=period)
    return two_slopes(rows, lines, build=tables.build, palette=palette)


def _slopes(tables: Tables, view: View, palette: Palette) -> Chart:
    release = str(tables.newest("hle_deciles")["release"].iloc[0]) if view.groups == "deciles" else tables.release
    return slopes_over_time(
        rows_of(tables.table("slopes"), groups=view.groups, sex=view.sex),
        index=view.index,
        trend=slope_trend(tables.table("trends"), groups=view.groups, sex=view.sex),
        release=release,
        build=tables.build,
        palette=palette,
    )


def _against_deprivation(tables: Tables, view: View, palette: Palette) -> Chart:
    residuals = tables.table("residuals")
    now = rows_of(residuals, sex=view.sex, period=str(residuals["period"].max()))
    return against_deprivation(
        now, tables.table("deprivation"), selected=view.place, build=tables.build, palette=palette
    )


def _lasting(tables: Tables, view: View, palette: Palette) -> Chart:
    held = held_in_every_period(tables.table("places"), sex=view.sex)
    furthest = furthest_from_prediction(tables.table("residuals"), sex=view.sex)
    return lasting(furthest, held, build=tables.build, palette=palette)


def _pockets(tables: Tables, view: View, palette: Palette) -> Chart:
    chart = pockets_profile(
        rows_of(tables.table("pockets"), area_code=view.place),
        name=place_of(tables, view.place).name,
        release=str(tables.table("deprivation")["release"].max()),
        build=tables.build,
        palette=palette,
    )
    return labels_outside(compact(chart, height=300), palette) if view.layout == "page" else chart


def _small_areas(tables: Tables, view: View) -> Listing:
    return small_area_list(
        small_areas_of(tables, view.place),
        name=place_of(tables, view.place).name,
        release=str(tables.table("deprivation")["release"].max()),
        build=tables.build,
    )


def _summary(tables: Tables, view: View) -> pd.DataFrame:
    return summary_table(rows_of(tables.table("inequality"), sex=view.sex))


def _spread(tables: Tables, view: View) -> str:
    latest = str(tables.table("residuals")["period"].max())
    return spread_sentence(rows_of(tables.table("spread"), sex=view.sex, period=latest).iloc[0])


def _outside(tables: Tables, _: View) -> str:
    return pockets_sentence(outside_most_deprived_fifth(tables.table("pockets"), tables.table("deprivation")))


def _plainest_pocket(tables: Tables, _: View) -> str:
    return with_the_most_deprived_small_area(tables.table("pockets"), tables.table("areas"))


SUMMARY = Answer(id="summary", needs=("sex",), ask=_summary)
"""Table of every summary measure of inequality across regions, first and latest period."""
SPREAD = Answer(id="spread", needs=("sex",), ask=_spread)
"""Sentence on how far authorities differ."""
OUTSIDE = Answer(id="outside", needs=(), ask=_outside)
"""Sentence on people in deprived small areas of less deprived authorities."""
PLAINEST_POCKET = Answer(id="plainest-pocket", needs=(), ask=_plainest_pocket)
"""Code of the authority with England's most deprived small area."""

SMALL_AREAS = Answer(id="small-areas", needs=PLACE, ask=_small_areas)
"""Every small area of a place, the most deprived first."""

ANSWERS = (SUMMARY, SPREAD, OUTSIDE, PLAINEST_POCKET, SMALL_AREAS)

ENTRIES = (
    Entry(
        id="tenths",
        label="Healthy life by tenth of small areas",
        needs=("sex", "period"),
        draw=_tenths,
        screen="deprivation",
    ),
    Entry(
        id="two-slopes",
        label="Slopes of length and health of life",
        needs=("sex", "period"),
        draw=_two_slopes,
        screen="deprivation",
    ),
    Entry(
        id="slopes",
        label="The slope of inequality over time",
        needs=("sex", "groups", "index"),
        draw=_slopes,
        screen="deprivation?tab=slopes",
    ),
    Entry(
        id="against-deprivation",
        label="Authorities against what deprivation predicts",
        needs=("sex", "place"),
        draw=_against_deprivation,
        screen="deprivation?tab=places",
    ),
    Entry(
        id="lasting",
        label="Better or worse than predicted, period after period",
        needs=("sex",),
        draw=_lasting,
        screen="deprivation?tab=places",
    ),
    Entry(
        id="pockets",
        label="Deprivation inside a place",
        needs=PLACE,
        on_screens=("layout",),
        draw=_pockets,
        screen="place?tab=inside",
    ),
)
