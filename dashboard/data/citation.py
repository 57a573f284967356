"""How to cite what is shown, and what exactly is running: the build, and the checksum of each of its tables."""

from datetime import date
from urllib.parse import urlsplit, urlunsplit

import pandas as pd
import streamlit as st

from charts.kit import words
from dashboard import tables
from pipeline.processed import Tables

_CHECKSUM = "Checksum (SHA-256)"
NAME = "Healthy life expectancy gap: is it being halved?"


def show(figures: Tables, *, today: date) -> None:
    """Show citations of the dashboard and of the figures, the words that licences ask for, and the running build.

    Args:
        figures: the running build.
        today: day of viewing.
    """
    st.subheader("The dashboard", anchor=False)
    st.code(of_dashboard(figures, today=today, address=public(st.context.url or "")), language=None, wrap_lines=True)
    st.subheader("The figures behind it", anchor=False)
    st.code(of_figures(figures), language=None, wrap_lines=True)
    st.markdown("When you pass figures on, the licence asks for these words:")
    said = sorted({text.rstrip(".") for text in figures.table("sources")["attribution"].dropna()})
    st.markdown("\n".join(f"- {text}." for text in said))
    st.subheader("The build that is running", anchor=False)
    st.markdown(
        f"Build **{figures.build}**, on the release of {words.day(figures.release)}. The name of a build is made from all "
        "its tables: the same figures give the same name on any machine."
    )
    tables.show(_tables(figures), label=f"Tables of build {figures.build} with size and checksum", markup=[_CHECKSUM])


def of_dashboard(figures: Tables, *, today: date, address: str) -> str:
    """Return the citation of the dashboard as it is seen today."""
    where = f" {address}" if address else ""
    return (
        f"{NAME} [dashboard]. Build {figures.build}, on figures released {words.day(figures.release)}. "
        f"Viewed {words.day(today.isoformat())}.{where}"
    )


def public(address: str) -> str:
    """Return an address as others can open it: without the screen's settings; "" for one on this machine alone."""
    parts = urlsplit(address)
    if (parts.hostname or "") in {"", "localhost", "127.0.0.1", "::1"}:
        return ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path.removesuffix("data").rstrip("/") + "/", "", ""))


def of_figures(figures: Tables) -> str:
    """Return the citation of the newest healthy life expectancy figures."""
    return (
        f"Office for National Statistics ({figures.release[:4]}). Healthy life expectancy at birth, England, regions and "
        f"local areas. Released {words.day(figures.release)}. Open Government Licence v3.0."
    )


def _tables(figures: Tables) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (resource["path"], f"{resource['bytes']:,}", tables.code(resource["hash"].removeprefix("sha256:")))
            for resource in figures.package["resources"]
        ],
        columns=["Table", "Bytes", _CHECKSUM],
    )
