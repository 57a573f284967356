"""Claims about the ledger of promises: every row has a source, and what became of each is told on its own metric."""

from functools import cache

import pandas as pd
import pytest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.england import ROSE_OR_FELL
from charts.catalogue.view import View
from pipeline import store
from pipeline.contracts import check
from pipeline.errors import ContractBroken
from pipeline.processed import Tables
from pipeline.sources.facts import facts
from pipeline.sources.promises import PROMISES, STATE_PENSION_AGES
from pipeline.tables import authored
from tests.pipeline.processed import processed


@cache
def raw_hle() -> pd.DataFrame:
    return pd.read_csv(max((store.RAW_FOLDER / "hle").glob("*.csv")))


@pytest.mark.parametrize("column", ["source", "wording", "document", "metric"])
def test_a_promise_without_a_source_or_wording_breaks_the_contract(column):
    ledger = facts(authored.PROMISES)
    ledger[column] = ledger[column].where(ledger.index != 1, "")
    with pytest.raises(ContractBroken, match=column):
        check(authored.PROMISES, ledger, where="test")


def test_what_became_of_a_promise_comes_from_a_source_or_from_our_own_figures():
    assert all(one.fate_source.startswith("http") if one.fate else one.followed for one in PROMISES)
    assert {one.gap_definition for one in PROMISES if one.followed} <= set(processed("gaps")["definition"])


def test_the_ledger_is_told_with_the_figures_of_its_own_metric():
    told = CATALOGUE["promises"].chart(Tables.open(), View()).table.set_index("Promise")["What became of it"]
    hle = raw_hle().query("area_type in ('region', 'country')").set_index(["area_name", "sex", "period"])["hle_years"]
    mission = told["Health mission"]
    for sex, who in (("female", "women"), ("male", "men")):
        gaps = [
            hle["London", sex, period] - hle["North East", sex, period] for period in ("2011 to 2013", "2022 to 2024")
        ]
        assert f"{who} {gaps[0]:.1f} to {gaps[1]:.1f}" in mission
    levels = [hle["England", sex, "2022 to 2024"] - hle["England", sex, "2017 to 2019"] for sex in ("female", "male")]
    assert (
        "Level: {:.1f}, {:.1f}, not +5".format(*levels).replace("-", "\N{MINUS SIGN}") in told["Levelling Up mission 7"]
    )


def test_england_is_about_five_years_short_of_the_state_pension_age_of_66():
    assert [one.age for one in STATE_PENSION_AGES] == [66, 67, 68]
    chart = CATALOGUE["england-level"].chart(Tables.open(), View())
    assert "4.7 (women) and 5.1 (men) years short" in chart.title  # 66 less 61.3 and 60.9, as ONS published


def test_the_screen_says_how_many_authorities_clearly_rose_and_fell():
    said = ROSE_OR_FELL.of(Tables.open(), View())
    assert "women, none of 151 authorities clearly rose and 40 clearly fell" in said
    assert "men, none of 151 authorities clearly rose and 28 clearly fell" in said
