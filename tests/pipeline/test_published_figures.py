"""Figures that others have published from the releases held here are reproduced, each within its rounding.

Those that the held releases cannot give are listed with the reason, and it is shown that they cannot.
"""

from pathlib import Path

import pandas as pd
import pytest

from tests.pipeline.processed import processed

FIGURES = pd.read_csv(Path(__file__).parent.parent / "reference" / "published_figures.csv", dtype={"value": float})
HELD = FIGURES[FIGURES["held_release"].notna()]
NOT_HELD = FIGURES[FIGURES["held_release"].isna()]
OLD_METHOD = "2022-01"
ROUNDING = 0.05


def hle(release: str, sex: str, period: str, **where: str) -> pd.Series:
    table = processed("hle")
    for column, value in {"release": release, "sex": sex, "period": period, **where}.items():
        table = table[table[column] == value]
    return table["hle_years"]


def of_area(release: str, sex: str, period: str, name: str) -> float:
    found = processed("hle")
    levels = {"England": "country", "London": "region", "North East": "region"}
    rows = found[
        (found["release"] == release)
        & (found["sex"] == sex)
        & (found["period"] == period)
        & (found["area_name"] == name)
        & (found["area_type"] == levels.get(name, "utla"))
    ]
    return float(rows["hle_years"].item())


def slope_index(measure: str, sex: str, period: str) -> float | None:
    table = processed("slopes").query("groups == 'deciles'")
    rows = table[(table["measure"] == measure) & (table["sex"] == sex) & (table["period"] == period)]
    return None if rows.empty else float(rows["sii_years"].item())


def reproduced(figure: pd.Series) -> float:
    """The same figure from the tables held here."""
    release, sex, period = (str(figure[name]) for name in ("held_release", "sex", "period"))
    match figure["measure"]:
        case "hle":
            return of_area(release, sex, period, str(figure["area"]))
        case "change-hle":
            return of_area(release, sex, period, "England") - of_area(release, sex, str(figure["since"]), "England")
        case "range-regions":
            values = hle(release, sex, period, area_type="region")
            return float(values.max() - values.min())
        case "range-growth-authorities":
            now, then = (hle(release, sex, when, area_type="utla") for when in (period, str(figure["since"])))
            return float(100 * ((now.max() - now.min()) / (then.max() - then.min()) - 1))
        case "sii-hle":
            value = slope_index("hle", sex, period)
            assert value is not None
            return value
    raise AssertionError(figure["measure"])


def label(figure: pd.Series) -> str:
    return f"{figure['measure']} {figure['area']} {figure['sex']} {figure['period']}"


@pytest.mark.parametrize("figure", [row for _, row in HELD.iterrows()], ids=label)
def test_a_published_figure_comes_out_of_the_held_release_within_its_rounding(figure: pd.Series) -> None:
    assert reproduced(figure) == pytest.approx(figure["value"], abs=figure["tolerance"])


def test_the_comparison_would_notice_a_figure_of_the_other_sex() -> None:
    swapped = HELD.assign(sex=HELD["sex"].map({"female": "male", "male": "female"}))
    wrong = [abs(reproduced(figure) - figure["value"]) > figure["tolerance"] for _, figure in swapped.iterrows()]
    assert sum(wrong) >= 0.8 * len(wrong)


def test_tolerances_are_the_rounding_of_what_was_published_and_of_what_is_held() -> None:
    plain = HELD[HELD["measure"].isin(["hle", "range-regions", "change-hle"])]
    assert plain["tolerance"].to_numpy() == pytest.approx(ROUNDING + 0.001)  # a hair, for halves
    others = set(HELD["measure"]) - set(plain["measure"])
    assert others == {"range-growth-authorities", "sii-hle"}  # made from figures that are rounded themselves


def test_every_figure_that_is_not_reproduced_says_why() -> None:
    assert len(HELD) + len(NOT_HELD) == len(FIGURES)
    assert NOT_HELD["why_not"].str.len().gt(40).all()
    assert HELD["why_not"].isna().all()


def test_the_old_method_is_held_only_up_to_2018_to_2020() -> None:
    asked = NOT_HELD[NOT_HELD["measure"] == "hle"]
    periods = set(processed("hle").query("release == @OLD_METHOD")["period"])
    assert max(periods) == "2018 to 2020"
    assert not set(asked["period"]) & periods


def test_slopes_of_the_old_method_are_not_those_of_the_new_one() -> None:
    asked = NOT_HELD[NOT_HELD["measure"] == "sii-hle"]
    held = [
        (figure["value"], found)
        for _, figure in asked.iterrows()
        if (found := slope_index("hle", str(figure["sex"]), str(figure["period"]))) is not None
    ]
    assert held
    assert sum(abs(published - found) > ROUNDING for published, found in held) == len(held)
    assert all(abs(published - found) < 1 for published, found in held)  # another method, not another quantity


def test_slopes_in_life_expectancy_have_been_revised_by_less_than_a_fifth_of_a_year() -> None:
    for _, figure in NOT_HELD[NOT_HELD["measure"] == "sii-le"].iterrows():
        found = slope_index("le", str(figure["sex"]), str(figure["period"]))
        assert found == pytest.approx(figure["value"], abs=0.2)
