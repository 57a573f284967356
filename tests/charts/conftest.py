"""Charts are drawn without Plotly's templates, as `charts.kit.theme` asks, whatever Streamlit has set since."""

import plotly.io as pio
import pytest


@pytest.fixture(autouse=True)
def _no_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pio.templates, "default", None)
