"""Claims about the early signs: close to healthy life, quick to answer, and with a past to move from."""

from scipy.stats import spearmanr

from pipeline.answers.early_signs import early_signs
from tests.pipeline.processed import processed


def test_early_signs_can_answer_soon_and_have_a_past_and_none_left_out_is_closer():
    levers, links, changes = (processed(name) for name in ("levers", "lever_associations", "lever_changes"))
    signs = early_signs(levers, links, changes)
    assert len(signs) == 5
    facts = levers.merge(changes, on="indicator").set_index("indicator").loc[signs["indicator"]]
    assert set(facts["horizon"]) == {"short"}
    assert "one period" not in set(facts["moved"])
    every = early_signs(levers, links, changes, count=99)
    closeness = (every["female"] + every["male"]) / 2
    assert closeness[:5].min() >= closeness[5:].max()


def test_disposable_income_is_an_early_sign_with_the_rank_correlation_of_its_figures():
    levers, links, changes = (processed(name) for name in ("levers", "lever_associations", "lever_changes"))
    found = early_signs(levers, links, changes).set_index("indicator")
    income = processed("building_blocks").query("indicator == 'disposable-income'")
    latest = income[income["period_start"] == income["period_start"].max()].set_index("area_code")["value"]
    hle = processed("hle").query("area_type == 'utla' and sex == 'female' and period == '2022 to 2024'")
    newest = hle[hle["release"] == hle["release"].max()].set_index("area_code")["hle_years"]
    assert found.loc["disposable-income", "female"] == round(spearmanr(newest, latest.reindex(newest.index))[0], 3)
