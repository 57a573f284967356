"""Entries about building blocks read closely: one of them over time, one place's, and what one place did."""

from typing import Any

import pandas as pd

from charts.catalogue.entry import PLACE, Answer, Entry
from charts.catalogue.levers import all_blocks
from charts.catalogue.places_asked import says_estimated
from charts.catalogue.view import HLE_LINE, View
from charts.kit import words
from charts.kit.chart import Chart, source_line
from charts.kit.palette import Palette
from charts.levers.action_record import REPORT, WHAT_IT_SHOWS, action_record
from charts.levers.early_signs import early_signs_chart
from charts.levers.lever_over_time import lever_over_time
from charts.levers.lever_weakest import weakest_blocks_chart
from charts.levers.place_early_signs import place_early_signs_chart
from charts.levers.vertical_line import vertical_line
from charts.levers.words import LEVELS, sources_of
from pipeline.answers.deprivation import rows_of
from pipeline.answers.early_signs import early_signs
from pipeline.answers.place.comparison import beside
from pipeline.answers.place.groups import authorities_in
from pipeline.areas import ENGLAND
from pipeline.errors import UsageError
from pipeline.measures.places.building_blocks import latest_figures
from pipeline.measures.places.local_action import authorities_of
from pipeline.measures.places.similar_places import moved_beside_similar, similar_places, weakest_blocks
from pipeline.processed import Tables
from pipeline.sources.levers import SIGNS


def _over_time(tables: Tables, view: View, palette: Palette) -> Chart:
    rows = all_blocks(tables)
    lever = _one(rows, "indicator", view.block or str(rows["indicator"].iloc[0]))
    series = rows_of(tables.table("lever_gaps"), indicator=lever["indicator"])
    return lever_over_time(lever, series, build=tables.build, palette=palette)


def _weakest(tables: Tables, view: View, palette: Palette) -> Chart:
    beside_similar = _beside_similar(tables, view)
    return weakest_blocks_chart(**beside_similar, levers=tables.table("levers"), build=tables.build, palette=palette)


def _beside_similar(tables: Tables, view: View) -> dict[str, Any]:
    """A place's building blocks beside those of similar places, weakest first: found, place and similar."""
    levers, scores = tables.table("levers"), _scores_with_hle(tables)
    names = _names(tables)
    place = str(_one(tables.table("areas"), "area_code", view.place)["area_code"])
    similar = similar_places(scores, authorities_in(tables.table("areas"), place))
    latest = latest_figures(tables.table("building_blocks"))
    found = weakest_blocks(
        latest[latest["area_code"].isin([*scores["area_code"], place])],
        area_code=place,
        similar=similar,
        signs=_polarity(levers),
    )
    if found.empty:
        raise UsageError(f"{names[place]} has no figures for the building blocks.", do="Choose another place.")
    return {"found": found, "place": names[place], "similar": [names[code] for code in similar]}


def _polarity(levers: pd.DataFrame) -> dict[str, int]:
    """Indicator -> +1 where more is better, -1 where it is worse."""
    named = zip(levers["indicator"].tolist(), levers["polarity"].tolist(), strict=True)
    return {indicator: SIGNS[polarity] for indicator, polarity in named}


def _signs(tables: Tables) -> pd.DataFrame:
    return early_signs(*(tables.table(name) for name in ("levers", "lever_associations", "lever_changes")))


def _early_signs(tables: Tables, _: View, palette: Palette) -> Chart:
    rows = _signs(tables).merge(all_blocks(tables), on="indicator")
    return early_signs_chart(rows, build=tables.build, palette=palette)


def _place_early_signs(tables: Tables, view: View, palette: Palette) -> Chart:
    beside_similar = _beside_similar(tables, view)
    found, signs = beside_similar.pop("found"), _signs(tables)
    own = signs[["indicator"]].merge(found, on="indicator")
    if own.empty:
        raise UsageError(f"{beside_similar['place']} has no figures for the early signs.", do="Choose another place.")
    levers, scores, blocks = tables.table("levers"), _scores_with_hle(tables), tables.table("building_blocks")
    moved = moved_beside_similar(
        blocks[blocks["indicator"].isin(own["indicator"]) & blocks["area_code"].isin(scores["area_code"])],
        area_code=view.place,
        similar=similar_places(scores, [view.place]),
        signs=_polarity(levers),
    )
    rows = own.merge(moved, on="indicator", how="left")
    return place_early_signs_chart(rows, levers, **beside_similar, build=tables.build, palette=palette)


def _vertical_line(tables: Tables, view: View, palette: Palette) -> Chart:
    areas = tables.table("areas")
    own = _one(areas, "area_code", view.place)
    above = (code for code in (own["region_code"], own["combined_authority_code"]) if pd.notna(code))
    at = {code: position for position, code in enumerate(areas["area_code"].tolist())}
    order = [at[code] for code in dict.fromkeys([ENGLAND, *above, view.place])]
    levels = areas[["area_code", "area_name", "area_type"]].take(order).reset_index(drop=True)
    if view.line == HLE_LINE:
        hle = tables.newest("hle")
        latest = (hle["sex"] == view.sex) & (hle["period_end"] == hle["period_end"].max())
        values, columns = hle, {"value": "hle_years", "lci_95": "hle_lci_95", "uci_95": "hle_uci_95"}
        measure, unit, period, can_act = (
            f"Healthy life expectancy at birth, {words.people(view.sex)}",
            "years",
            str(hle["period"].max()),
            "",
        )
        source = source_line(release=tables.release, build=tables.build)
    else:
        lever = _one(tables.table("levers"), "indicator", view.line)
        values, columns = tables.table("building_blocks"), {name: name for name in ("value", "lci_95", "uci_95")}
        latest = values["indicator"] == view.line
        latest &= values["period_start"] == values.loc[latest, "period_start"].max()
        measure, unit, period = str(lever["label"]), str(lever["unit"]), str(lever["latest_period"])
        can_act = f"Can act: {', '.join(LEVELS[name] for name in lever['level'].split())}."
        source = sources_of([lever["publisher"]], [lever["release"]], build=tables.build)
    figures = beside(levels["area_code"], values[latest], columns.values())
    return vertical_line(
        levels.join(figures.set_axis(list(columns), axis="columns")),
        measure=measure,
        unit=unit,
        period=period,
        can_act=can_act,
        source=source,
        palette=palette,
    )


def _action_record(tables: Tables, view: View, palette: Palette) -> Chart:
    cases, areas = tables.table("local_action"), tables.table("areas")
    case = _one(cases, "case", view.case or str(cases["case"].iloc[0]))
    record = rows_of(tables.table("local_action_records"), case=case["case"], sex=view.sex)
    series = rows_of(tables.table("local_action_series"), case=case["case"], sex=view.sex).reset_index(drop=True)
    similar: list[str] = []
    if series["similar_years"].notna().all():
        names = _names(tables)
        own = authorities_of(case["area_codes"].split(), areas)
        similar = [names[code] for code in similar_places(_scores_with_hle(tables), own)]
    return action_record(
        case,
        series,
        None if record.empty else record.iloc[0],
        similar=similar,
        sex=view.sex,
        release=tables.release,
        build=tables.build,
        palette=palette,
    )


def _names(tables: Tables) -> dict[str, str]:
    areas = tables.table("areas")
    return dict(zip(areas["area_code"].tolist(), areas["area_name"].tolist(), strict=True))


def _scores_with_hle(tables: Tables) -> pd.DataFrame:
    """Return the deprivation scores of the authorities that have healthy life expectancy."""
    areas, scores = tables.table("areas"), tables.table("deprivation")
    without = areas["area_code"].array[areas["no_hle_reason"].notna()].tolist()
    return scores[~scores["area_code"].isin(without)]


def _one(rows: pd.DataFrame, column: str, value: str) -> pd.Series:
    held = rows[column].tolist()
    if value not in held:
        raise UsageError(
            f"There are no figures for {value!r}." if value else "No place is chosen.",
            do=f"Choose one of {', '.join(map(str, held[:40]))}.",
        )
    one: pd.Series = rows.iloc[held.index(value)]
    return one


def _case(tables: Tables, view: View) -> str:
    case = _one(tables.table("local_action"), "case", view.case)
    recorded = case["what_is_recorded"] if pd.notna(case["what_is_recorded"]) else "The report gives no figure"
    since = f", since {case['since']}" if pd.notna(case["since"]) else ". The report gives no year"
    return (
        f"**What was done.** {case['action']}.\n\n**Who acted.** {case['sector']}{since}.\n\n"
        f"**What the report records.** {recorded}. This is its account, not proof of an effect."
    )


def _about_block(tables: Tables, view: View) -> str:
    lever = _one(tables.table("levers"), "indicator", view.block)
    levels = ", ".join(LEVELS[name] for name in lever["level"].split())
    return (
        f"**{lever['counts']}.** Part of {lever['block'].lower()}; {lever['capital']} capital; "
        f"{lever['horizon']} term. Led by the {lever['department']}. Can act: {levels}. Rests on: {lever['basis']}."
    )


def _authorities(tables: Tables, _: View) -> dict[str, str]:
    names = _names(tables)
    return {code: names[code] for code in sorted(_scores_with_hle(tables)["area_code"], key=lambda code: names[code])}


def _most_deprived(tables: Tables, _: View) -> str:
    return str(_scores_with_hle(tables).set_index("area_code")["imd_score"].idxmax())


CASE = Answer(id="case", needs=("case",), ask=_case)
"""A case of local action as the report has it, in Markdown."""
ABOUT_BLOCK = Answer(id="about-block", needs=("block",), ask=_about_block)
"""What a building block counts and who can act on it, in Markdown."""
AUTHORITIES = Answer(id="authorities", needs=(), ask=_authorities)
"""Code -> name of the authorities with healthy life expectancy, by name."""
MOST_DEPRIVED = Answer(id="most-deprived", needs=(), ask=_most_deprived)
"""Code of the most deprived of them."""
CASES_SHOW = WHAT_IT_SHOWS
"""What the record of a case can show, and what it cannot."""
CASES_FROM = REPORT
"""The report that the cases are from."""

ANSWERS = (CASE, ABOUT_BLOCK, AUTHORITIES, MOST_DEPRIVED)

ENTRIES = (
    Entry(
        id="early-signs",
        label="Early signs",
        needs=(),
        draw=_early_signs,
        screen="?tab=signs",
    ),
    Entry(
        id="place-early-signs",
        label="Early signs in a place",
        needs=("place",),
        draw=_place_early_signs,
        screen="place?tab=levers",
    ),
    Entry(
        id="lever-over-time",
        label="One building block over time",
        needs=("block",),
        draw=_over_time,
        screen="levers?view=gaps",
    ),
    Entry(
        id="lever-weakest",
        label="A place's weakest building blocks",
        needs=PLACE,
        draw=says_estimated(_weakest),
        screen="place?tab=levers",
    ),
    Entry(
        id="vertical-line",
        label="One measure from the nation to a place",
        needs=("sex", "place", "line"),
        draw=_vertical_line,
        screen="levers?view=place",
    ),
    Entry(
        id="action-record",
        label="One case of local action over time",
        needs=("sex", "case"),
        draw=_action_record,
        screen="levers?view=action",
    ),
)
