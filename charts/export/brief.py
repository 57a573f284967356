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
from charts.export.page import document, foot, table
from charts.gap.sentences import standing_sentences
from charts.kit import words
from charts.kit.chart import Chart
from pipeline.answers.place.comparison import level_against_england
from pipeline.answers.place.profile import place_of
from pipeline.processed import Tables

BESIDE = 2
"""Charts that stand beside one another, as women's and men's of one kind do."""

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
    rows = "".join(_row(beside, address) for beside in _rows(parts))
    findings = "".join(f"<li>{html.escape(part.chart.title)}</li>" for part in parts)
    notes = "".join(
        f"<li>{html.escape(note)}</li>" for note in dict.fromkeys(n for p in parts for n in p.chart.caveats)
    )
    listed = "".join(
        f'<li><a href="{html.escape(source["path"])}">{html.escape(source["title"])}</a></li>' for source in sources
    )
    body = (
        f'<main class="brief"><h1>{html.escape(title)}</h1><p class="foot">Newest figures: Office for National Statistics, '
        f"released {words.day(release)}. Build {html.escape(build)}.</p><h2>Where things stand</h2>{first}"
        f"<h2>In this brief</h2><ol>{findings}</ol>{rows}<h2>Notes and limitations</h2><ul>{notes}</ul>"
        f"<h2>How to cite</h2><p>Healthy life expectancy gap dashboard, release {html.escape(release)}, build "
        f"{html.escape(build)}; figures by the publishers below.</p>"
        f'<h2>Sources</h2><p>Licensed under the Open Government Licence v3.0.</p><ul class="sources">{listed}</ul></main>'
    )
    return document(title, body)


def _rows(parts: Sequence[Part]) -> list[list[Part]]:
    """The charts, two of the same kind to a row."""
    rows: list[list[Part]] = []
    for part in parts:
        if rows and len(rows[-1]) < BESIDE and _kind(rows[-1][-1]) == _kind(part):
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def _kind(part: Part) -> tuple[str, View]:
    return part.shot.entry.id, part.shot.view.with_settings(sex="")


def _row(beside: Sequence[Part], address: str) -> str:
    figures = "".join(
        f"<details><summary>Data: {html.escape(part.chart.title)}</summary>{_shortened(part.chart.table)}</details>"
        for part in beside
    )
    return (
        f'<section><div class="beside">{"".join(_article(part, address) for part in beside)}</div>{figures}</section>'
    )


def _article(part: Part, address: str) -> str:
    chart = part.chart
    live = (
        f'<p class="foot"><a href="{html.escape(f"{address}/{part.shot.live_view}")}">Live view</a></p>'
        if address
        else ""
    )
    return (
        f"<article><h2>{html.escape(chart.title)}</h2><p>{html.escape(chart.subtitle)}</p>{_figure(part)}"
        f"<div>{foot(chart)}{live}</div></article>"
    )


def _figure(part: Part) -> str:
    if not part.svg:
        return ""
    picture = base64.b64encode(part.svg).decode()
    return (
        f'<figure><img class="chart" alt="{html.escape(part.chart.alt)}" '
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
    chosen = place_of(tables, view.place)
    period = period_of(tables.newest("hle"), view)
    found = []
    for sex in SEXES:
        rows = level_against_england(tables, area_type=chosen.area_type, sex=sex, period=period)
        found.append(_about_area(rows[rows["area_code"] == chosen.code].iloc[0], words.people(sex), period))
    return [*found, estimate_line(tables.table("areas"), chosen.code)] if chosen.estimated else found


def _about_area(row: pd.Series, who: str, period: str) -> str:
    name = words.place(str(row["area_name"]))
    if pd.isna(row["hle_years"]):
        reason = str(row["no_hle_reason"]).removeprefix(f"{row['area_name']}: ")
        return f"No healthy life expectancy is published for {who} in {name}: {reason}."
    years = words.with_interval(row["hle_years"], row["hle_lci_95"], row["hle_uci_95"])
    away = words.more_or_fewer(row["difference_years"])
    unclear = f" ({row['against_england']})" if row["against_england"] == "not clearly different" else ""
    return f"In {period}, {who} in {name} could expect {years} years in good health, {away} in England{unclear}."
