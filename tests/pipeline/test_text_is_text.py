"""Words of data are words: what HTML or Markdown would act on comes into no table and no build."""

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.contracts import check
from pipeline.errors import ContractBroken, NotBuilt
from pipeline.processed import Tables
from pipeline.tables import Column, Table

PLACES = Table(
    name="places",
    meaning="Places.",
    key=("place",),
    columns=(Column(name="place", kind="text", meaning="Name of the place."),),
)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[Hull](https://elsewhere.example)",
    "![](https://elsewhere.example/pixel.png)",
    "**Hull**",
    "`Hull`",
    "$x$",
    ":material/error:",
    "Hull &lt;b&gt;",
    "Hull | York",
    "Hull\\",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_with_markup_breaks_the_contract(name: str) -> None:
    with pytest.raises(ContractBroken, match="must hold no markup"):
        check(PLACES, pd.DataFrame({"place": ["York", name]}), where="places.csv")


@pytest.mark.parametrize(
    "name", ["Kingston upon Hull, City of", "St. Helens", "Bournemouth, Christchurch & Poole", "Ynys Môn", "E08>E09"]
)
def test_a_name_without_keeps_it(name: str) -> None:
    assert check(PLACES, pd.DataFrame({"place": [name]}), where="places.csv")["place"].tolist() == [name]


@pytest.mark.parametrize("part", ["build", "version"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_build_with_such_an_id_or_date_is_none(tmp_path: Path, part: str, text: str) -> None:
    package = {"build": "0a1b2c3d", "version": "2026-02-19", "resources": []}
    (tmp_path / "datapackage.json").write_text(json.dumps(package | {part: text}), encoding="utf-8")
    with pytest.raises(NotBuilt):
        Tables.open(tmp_path)
