"""Claims about the early signs: close to healthy life, quick to answer, and with a past to move from."""

from scipy.stats import spearmanr

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from pipeline.answers.early_signs import early_signs
from pipeline.processed import Tables
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


def test_a_sign_of_a_place_gains_where_its_change_differs_from_those_of_places_alike_in_deprivation():
    chart = CATALOGUE["place-early-signs"].chart(Tables.open(), View(place="E09000012"))
    blocks = processed("building_blocks").query("indicator == 'disposable-income'")
    scores = processed("deprivation").set_index("area_code")["imd_score"]
    values = blocks.pivot(index="area_code", columns="period_start", values="value").reindex(scores.index)
    values = values[values.index != "E09000001"]  # City of London has no healthy life expectancy
    moved = ((values - values.mean()) / values.std()).pipe(lambda z: z[z.columns.max()] - z[z.columns.min()])
    nearest = (
        (scores.drop("E09000012") - scores["E09000012"]).abs().drop(["E09000001", "E06000053"]).nsmallest(15).index
    )
    others = moved[nearest]
    reach = 2.1448 * others.std() * (1 + 1 / 15) ** 0.5  # t with 14 degrees of freedom
    lower, upper = moved["E09000012"] - others.mean() - reach, moved["E09000012"] - others.mean() + reach
    row = chart.table.set_index("Building block").loc["Disposable income per head"]
    assert row["95% interval of the move"] == f"{lower:.2f} to {upper:.2f}"
    assert row["Direction beside similar places"] == "gaining"
    assert "Gaining on disposable income per head" in chart.subtitle
