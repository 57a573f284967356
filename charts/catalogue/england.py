"""Entries about England as a whole: who holds the shortfall, when in life healthy years went, what was promised."""

from charts.catalogue.entry import QUESTION, Answer, Entry
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View, period_of, since_of
from charts.england.ages_lost import ages_lost_chart
from charts.england.level_and_pension import level_and_pension
from charts.england.promises import promises_chart
from charts.england.shortfall_areas import shortfall_areas
from charts.england.shortfall_line import shortfall_line
from charts.england.tenths_change import tenths_change
from charts.england.two_levers import two_levers_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from pipeline.answers.ages import ages_lost
from pipeline.answers.deprivation import rows_of
from pipeline.answers.gap.shortfall import shortfall
from pipeline.answers.map.rows import map_rows
from pipeline.answers.promises import followed
from pipeline.processed import Tables
from pipeline.sources.promises import PROMISES, STATE_PENSION_AGES


def _shortfall_line(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    held = shortfall(tables, one, area_type="utla")
    spread = rows_of(tables.table("spread"), sex=view.sex, period=str(one.latest["period"])).iloc[0]
    return shortfall_line(one, held, spread, release=tables.release, build=tables.build, palette=palette)


def _shortfall_areas(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    held = shortfall(tables, one, area_type=view.level)
    residents = int(shortfall(tables, one, area_type="region").areas["population"].sum())
    return shortfall_areas(one, held, residents=residents, release=tables.release, build=tables.build, palette=palette)


def _ages_lost(tables: Tables, view: View, palette: Palette) -> Chart:
    rows = tables.table("age_contributions")
    since, period = since_of(rows, view), period_of(rows, view)
    return ages_lost_chart(
        ages_lost(rows, sex=view.sex, since=since, period=period),
        life_table=str(tables.table("leverage")["period"].iloc[0]),
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


def _england_level(tables: Tables, _: View, palette: Palette) -> Chart:
    return level_and_pension(tables.england(), STATE_PENSION_AGES, build=tables.build, palette=palette)


def _tenths_change(tables: Tables, _: View, palette: Palette) -> Chart:
    return tenths_change(tables.newest("hle_deciles"), build=tables.build, palette=palette)


def _promises(tables: Tables, _: View, palette: Palette) -> Chart:
    found = [one for sex in words.PEOPLE for one in followed(tables, PROMISES, sex=sex)]
    releases = sorted(tables.table("hle")["release"].unique())
    return promises_chart(PROMISES, found, releases=releases, build=tables.build, palette=palette)


def _rose_or_fell(tables: Tables, view: View) -> str:
    """Sentence on how many authorities clearly rose and fell since the first period, women and men."""
    hle = tables.newest("hle")
    since, period = since_of(hle, view), period_of(hle, view)
    said = []
    for sex, who in words.PEOPLE.items():
        rows = map_rows(tables, area_type="utla", sex=sex, period=period, since=since)
        changed = rows["changed"].value_counts()
        of = int(rows["change_years"].notna().sum())
        rose, fell = (int(changed.get(word, 0)) for word in ("rose", "fell"))
        said.append(f"{who}, {rose or 'none'} of {of} authorities clearly rose and {fell or 'none'} clearly fell")
    return f"Since {since}: for {'; for '.join(said)}."


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

ROSE_OR_FELL = Answer(id="rose-or-fell", needs=("since", "period"), ask=_rose_or_fell)

ANSWERS = (SHORTFALL_WORDS, ROSE_OR_FELL)

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
        screen="progress?tab=causes",
    ),
    Entry(
        id="england-level",
        label="England's level and State Pension age",
        needs=(),
        draw=_england_level,
        screen="?tab=everyone",
    ),
    Entry(
        id="tenths-change",
        label="Change by deprivation tenth",
        needs=(),
        draw=_tenths_change,
        screen="?tab=everyone",
    ),
    Entry(
        id="promises",
        label="Promises and what became of them",
        needs=(),
        draw=_promises,
        screen="?tab=promises",
    ),
)
