"""Search: a place, district, chart, term or definition by its name, former name or code."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.entry import Answer
from dashboard import glossary, kept, link, screen
from pipeline.areas import SUCCESSORS
from pipeline.geography.groups import NAMED_GROUPS
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.processed import Tables

MOST = 8
"""Results that are shown."""
_ASKED = "searched for"
_KINDS = {"region": "region", "combined-authority": "combined authority", "utla": "local authority"}


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing that can be searched for."""

    name: str
    what: str
    """What it is, as it follows the name: "local authority"."""
    page: str = ""
    """File of the screen that shows it; empty for a term, which is explained among the results."""
    query: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    """Other names and codes by which it is found."""


def index(tables: Tables) -> tuple[Found, ...]:
    """Everything that can be searched for, places first."""
    return (*_places(tables), *_groups(), *_districts(tables), *_charts(), *_definitions(), *_terms())


def _places(tables: Tables) -> list[Found]:
    areas = tables.table("areas")
    replaced: dict[str, list[str]] = {}
    for old, new in SUCCESSORS.items():
        replaced.setdefault(new, []).append(old)
    return [
        Found(
            name=row["area_name"],
            what=_KINDS[row["area_type"]],
            page="pages/place.py",
            query={"place": row["area_code"]},
            others=(row["area_code"], *replaced.get(row["area_code"], ())),
        )
        for row in areas[areas["area_type"] != "country"].to_dict("records")
    ]


def _groups() -> list[Found]:
    return [
        Found(name=one.name, what="strategic authority", page="pages/place.py", query={"place": one.group})
        for one in NAMED_GROUPS.values()
    ]


def _districts(tables: Tables) -> list[Found]:
    """Districts, former ones too, that are no area of their own; each leads to the authority that holds its figures."""
    areas = tables.table("areas").set_index("area_code")["area_name"]
    districts = tables.table("districts")
    inside = districts[~districts["district_code"].isin([*districts["area_code"], *SUCCESSORS])]
    return [_district(row, areas[row["area_code"]]) for row in inside.to_dict("records")]


def _district(row: Mapping[Hashable, Any], authority: str) -> Found:
    return Found(
        name=row["district_name"],
        what=f"district, see {authority}",
        page="pages/place.py",
        query={"place": row["district_code"]},  # the screen says of which authority it is
        others=(row["district_code"],),
    )


def _charts() -> list[Found]:
    found = []
    for entry in CATALOGUE.values():
        page, query = screen.home(entry)
        found.append(Found(name=entry.label, what="chart", page=page, query=query, others=(entry.id,)))
    return found


def _definitions() -> list[Found]:
    return [
        Found(name=one.label, what="definition of the gap", page="app.py", query={"definition": name}, others=(name,))
        for name, one in DEFINITIONS.items()
    ]


def _terms() -> list[Found]:
    return [Found(name=term.name, what=term.meaning) for term in glossary.terms().values()]


def matches(everything: Sequence[Found], asked: str) -> list[Found]:
    """What a search finds: exact names first, then names that start so, then those that hold the words; else near ones."""
    ranked = [(rank, one) for one in everything if (rank := _rank(one, _plain(asked))) is not None]
    if not ranked:
        names = {_plain(one.name): one for one in everything}
        return [names[name] for name in get_close_matches(_plain(asked), names, n=3, cutoff=0.75)]
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def _rank(one: Found, asked: str) -> int | None:
    names = [_plain(name) for name in (one.name, *one.others)]
    if asked in names:
        return 0
    if any(name.startswith(asked) for name in names):
        return 1
    return 2 if any(f" {asked}" in name for name in names) else None


def _plain(text: str) -> str:
    return " ".join(
        re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
    )


_INDEX: Answer[Sequence[Found]] = Answer(id="search", needs=(), ask=lambda tables, _: index(tables))


def show(figures: Tables, *, box: DeltaGenerator, found: DeltaGenerator) -> None:
    """Show the box, and beneath it what was found; the only thing of an exact name is opened at once."""
    with box:
        st.text_input(
            "Search",
            key="search",
            placeholder="Find a place, chart or term",
            label_visibility="collapsed",
            icon=":material/search:",
            on_change=_take,
        )
    asked = st.session_state.pop(_ASKED, "")
    if not _plain(asked):
        return
    hits = matches(kept.answer(_INDEX, figures), asked)
    exact = [one for one in hits if _rank(one, _plain(asked)) == 0]
    if len(exact) == 1 and exact[0].page:
        st.switch_page(exact[0].page, query_params=dict(exact[0].query))
    with found:
        _results(asked, hits)


def _take() -> None:
    """Take what was typed, and empty the box: the next run does not search again.

    Back calls this too, when the box of the screen that it leaves is gone already.
    """
    st.session_state[_ASKED] = st.session_state.get("search", "")
    st.session_state["search"] = ""


def _results(asked: str, hits: Sequence[Found]) -> None:
    with st.container(key="search-results", border=True, gap="xsmall"):
        if not hits:
            st.markdown(
                f"Nothing found for \N{LEFT DOUBLE QUOTATION MARK}{link.quoted(asked)}\N{RIGHT DOUBLE QUOTATION MARK}. "
                "Try the name or code of a place, a chart or a term."
            )
            return
        st.markdown(f"**Found for \N{LEFT DOUBLE QUOTATION MARK}{link.quoted(asked)}\N{RIGHT DOUBLE QUOTATION MARK}**")
        for one in hits[:MOST]:
            if one.page:
                st.page_link(one.page, label=f"{one.name} ({one.what})", query_params=dict(one.query))
            else:
                st.markdown(f"**{one.name}**: {one.what}")
