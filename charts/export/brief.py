"""A brief to read and print: where the gap or a place stands, the charts, their tables, caveats and sources, in one file."""

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from charts.catalogue.catalogue import Shot
from charts.catalogue.gap import HEADLINE, standing_of
from charts.catalogue.packs import SEXES
from charts.catalogue.places_asked import estimate_line, with_places
from charts.catalogue.view import View, period_of
from charts.export.page import caveats, document, foot, table
from charts.gap.sentences import standing_sentences
from charts.kit import words
from charts.kit.chart import Chart
from pipeline.answers.place.comparison import against_england
from pipeline.answers.place.profile import place_of
from pipeline.processed import Tables

ROWS_IN_FULL = 26
ENDS_SHOWN = 9
"""Longer tables show this many rows of either end: a brief is read, a workbook is searched."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One chart of a brief."""

    shot: Shot
    chart: Chart
    svg: bytes
    """The figure alone as SVG; nothing where it could not be drawn."""


def brief(
    parts: Sequence[Part],
    *,
    title: str,
    sentences: Sequence[str],
    sources: Sequence[Mapping[str, str]],
    release: str,
    build: str,
    address: str = "",
) -> str:
    """The brief as one HTML document that needs no network and prints on A4.

    `sentences`: where things stand, which come first; `sources`: title and path of each publisher's page; `release`: date of
    the newest figures; `address`: where the dashboard runs, "" where not known.
    """
    first = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences)
    sections = "".join(_section(part, address) for part in parts)
    findings = "".join(f"<li>{html.escape(part.chart.title)}</li>" for part in parts)
    listed = "".join(
        f'<li><a href="{html.escape(source["path"])}">{html.escape(source["title"])}</a></li>' for source in sources
    )
    body = (
        f'<main><h1>{html.escape(title)}</h1><p class="foot">Newest figures: Office for National Statistics, released '
        f"{words.day(release)}. Build {html.escape(build)}.</p><h2>Where things stand</h2>{first}<h2>In this brief</h2><ol>{findings}</ol>{sections}"
        f"<h2>How to cite</h2><p>Healthy life expectancy gap dashboard, release {html.escape(release)}, build "
        f"{html.escape(build)}; figures by the publishers below.</p>"
        f'<h2>Sources</h2><p>Licensed under the Open Government Licence v3.0.</p><ul class="sources">{listed}</ul></main>'
    )
    return document(title, body)


def _section(part: Part, address: str) -> str:
    chart = part.chart
    live = (
        f'<p class="foot"><a href="{html.escape(f"{address}/{part.shot.live_view}")}">Live view</a></p>'
        if address
        else ""
    )
    return (
        f'<section><div class="together"><h2>{html.escape(chart.title)}</h2><p>{html.escape(chart.subtitle)}</p>'
        f"{_figure(part)}{foot(chart)}</div>{live}{caveats(chart)}{_shortened(chart.table)}</section>"
    )


def _figure(part: Part) -> str:
    if not part.svg:
        return ""
    picture = base64.b64encode(part.svg).decode()
    return (
        f'<figure style="margin:0"><img class="chart" alt="{html.escape(part.chart.alt)}" '
        f'src="data:image/svg+xml;base64,{picture}"></figure>'
    )


def _shortened(figures: pd.DataFrame) -> str:
    if len(figures) <= ROWS_IN_FULL:
        return table(figures, caption="The figures")
    ends = pd.concat([figures.head(ENDS_SHOWN), figures.tail(ENDS_SHOWN)])
    return table(ends, caption=f"The first and the last {ENDS_SHOWN} of {len(figures)} rows; the workbook has them all")


def sentences_about(tables: Tables, view: View) -> list[str]:
    """The answer to the question of a view, or where a place stands if it names one; what holds for women, and for men."""
    if not view.place:
        both = [standing_sentences(standing_of(tables, view.with_settings(sex=sex))) for sex in SEXES]
        return [HEADLINE.of(tables, view), *both]
    tables = with_places(tables, view)
    chosen = place_of(tables.table("areas"), view.place)
    hle = tables.newest("hle")
    period = period_of(hle, view)
    found = []
    for sex in SEXES:
        rows = against_england(hle, tables.table("areas"), area_type=chosen.area_type, sex=sex, period=period)
        found.append(_about_area(rows[rows["area_code"] == chosen.code].iloc[0], words.people(sex), period))
    return [*found, estimate_line(tables.table("areas"), chosen.code)] if chosen.estimated else found


def _about_area(row: pd.Series, who: str, period: str) -> str:
    name = words.place(str(row["area_name"]))
    if pd.isna(row["hle_years"]):
        reason = str(row["no_hle_reason"]).removeprefix(f"{row['area_name']}: ")
        return f"No healthy life expectancy is published for {who} in {name}: {reason}."
    years = words.with_interval(row["hle_years"], row["hle_lci_95"], row["hle_uci_95"])
    return (
        f"In {period}, {who} in {name} could expect {years} years in good health, {words.signed(row['difference_years'])} "
        f"years from England ({row['against_england']})."
    )
