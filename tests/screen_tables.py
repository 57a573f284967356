"""Reads the tables of a screen back out of their HTML."""

import io

import pandas as pd
from streamlit.testing.v1 import AppTest


def tables_on(shown: AppTest) -> list[pd.DataFrame]:
    """Return the tables of a screen, in order."""
    bodies = [one.proto.body for one in shown.get("html")]
    return [pd.read_html(io.StringIO(body))[0] for body in bodies if 'class="data-table' in body]
