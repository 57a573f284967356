"""Entries about England as a whole: who holds the shortfall, when in life healthy years went, what was promised."""

from charts.catalogue.entry import QUESTION, Answer, Entry
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View, period_of, since_of
from charts.england.ages_lost import ages_lost_chart
from charts.england.shortfall_areas import shortfall_areas
from charts.england.shortfall_line import shortfall_line
from charts.england.two_levers import two_levers_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from pipeline.answers.ages import ages_lost
from pipeline.answers.deprivation import rows_of
from pipeline.answers.gap.shortfall import shortfall
from pipeline.processed import Tables


def _shortfall_line(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    held = shortfall(tables, one, area_type="utla")
    spread = rows_of(tables.table("spread"), sex=view.sex, period=str(one.latest["period"])).iloc[0]
    return shortfall_line(one, held, spread, build=tables.build, palette=palette)


def _shortfall_areas(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    held = shortfall(tables, one, area_type=view.level)
    residents = int(shortfall(tables, one, area_type="region").areas["population"].sum())
    return shortfall_areas(one, held, residents=residents, build=tables.build, palette=palette)


def _ages_lost(tables: Tables, view: View, palette: Palette) -> Chart:
    rows = tables.table("age_contributions")
    since, period = since_of(rows, view), period_of(rows, view)
    return ages_lost_chart(
        ages_lost(rows, sex=view.sex, since=since, period=period),
        sex=view.sex,
        since=since,
        period=period,
        release=str(rows["release"].iloc[0]),
        build=tables.build,
        palette=palette,
    )


def _two_levers(tables: Tables, view: View, palette: Palette) -> Chart:
    levers = tables.table("two_levers")
    rows = rows_of(levers, sex=view.sex, period=levers["period"].max())
    return two_levers_chart(rows, build=tables.build, palette=palette)


def _shortfall_words(tables: Tables, view: View) -> str:
    """Sentence on how few hold half, and how much would be left if every region were alike."""
    one = standing_of(tables, view).answer
    held = shortfall(tables, one, area_type="utla")
    spread = rows_of(tables.table("spread"), sex=view.sex, period=str(one.latest["period"])).iloc[0]
    between = spread["between_regions_share"]
    return (
        f"**{words.people(view.sex).capitalize()}:** half of the shortfall is in {held.hold_half} of the {held.below} "
        f"authorities below {words.years(held.floor_years)}. {words.percent(between)} of the differences between authorities "
        f"are between regions, {words.percent(1 - between)} within them: closing every gap between regions would leave about half."
    )


_SHORTFALL = ("sex", *QUESTION, "rule")

SHORTFALL_WORDS = Answer(id="shortfall-words", needs=_SHORTFALL, ask=_shortfall_words)

ANSWERS = (SHORTFALL_WORDS,)

ENTRIES = (
    Entry(
        id="shortfall",
        label="How few authorities hold the shortfall",
        needs=_SHORTFALL,
        draw=_shortfall_line,
        screen="progress?tab=holds",
    ),
    Entry(
        id="shortfall-areas",
        label="Who holds the shortfall",
        needs=(*_SHORTFALL, "level"),
        draw=_shortfall_areas,
        screen="progress?tab=holds",
    ),
    Entry(
        id="ages-lost",
        label="Which ages lost the healthy years",
        needs=("sex", "since", "period"),
        draw=_ages_lost,
        screen="progress?tab=ages",
    ),
    Entry(
        id="two-levers",
        label="Two levers: deaths and health",
        needs=("sex",),
        draw=_two_levers,
        screen="progress?tab=ages",
    ),
)
