"""The cases of local action that touch an area, for every screen that shows a place."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.catalogue.entry import Answer
from charts.catalogue.view import View
from dashboard import kept
from pipeline.processed import Tables

NATIONWIDE = ("K", "E92")
"""Starts of the codes of whole countries."""


@dataclass(frozen=True, kw_only=True)
class LocalCase:
    """One case of local action, as other screens name and link it."""

    case: str
    place: str
    since: int | None
    action: str
    nationwide: bool

    @property
    def label(self) -> str:
        """Place and year, short enough for a link."""
        since = "" if self.since is None else f", since {self.since}"
        return f"{self.place}{since}{' (nationwide)' if self.nationwide else ''}"

    @property
    def query(self) -> dict[str, str]:
        """Words of the address that opens it on the Levers screen."""
        return {"view": "action", "case": self.case}


def local_action_at(figures: Tables, area_code: str) -> tuple[LocalCase, ...]:
    """Return the cases of local action that touch an area: its own, its combined authority's, its members', then nationwide.

    Args:
        figures: the processed tables.
        area_code: code of any area; "" gives the nationwide cases only.
    """
    return kept.answer(_CASES, figures, View(place=area_code))


def _cases_at(tables: Tables, view: View) -> tuple[LocalCase, ...]:
    cases, touching = tables.table("local_action"), _touching(view.place, tables.table("areas"))
    found = []
    for row in cases.to_dict("records"):
        codes = set(row["area_codes"].split())
        nationwide = any(code.startswith(NATIONWIDE) for code in codes)
        if nationwide or codes & touching:
            found.append(
                LocalCase(
                    case=row["case"],
                    place=row["place"],
                    since=None if pd.isna(row["since"]) else int(row["since"]),
                    action=row["action"],
                    nationwide=nationwide,
                )
            )
    return tuple(sorted(found, key=lambda one: one.nationwide))


_CASES = Answer(id="local-action-at", needs=("place",), ask=_cases_at)


def show_local_action(figures: Tables, area_code: str) -> None:
    """Show links to the cases that touch an area, for the Map and Place screens."""
    for one in local_action_at(figures, area_code):
        st.page_link(
            "pages/levers.py",
            label=one.label,
            icon=":material/handshake:",
            query_params=one.query,
        )
        st.markdown(f":small[{one.action}.]")


def _touching(area_code: str, areas: pd.DataFrame) -> set[str]:
    members = areas[(areas["combined_authority_code"] == area_code) | (areas["region_code"] == area_code)]
    own = areas.loc[areas["area_code"] == area_code, "combined_authority_code"].dropna()
    above = set(members["combined_authority_code"].dropna()) if area_code.startswith("E12") else set()
    return {area_code, *members["area_code"], *own, *above}
