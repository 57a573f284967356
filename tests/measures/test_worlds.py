"""Claims about the simulated worlds that other tests run the whole chain in."""

import numpy as np
import pandas as pd
import pytest

from pipeline import store
from pipeline.measures.gap.gaps import gaps
from pipeline.measures.trend.variances import pooled_variances
from tests.measures.regional_figures import MID_POINTS
from tests.measures.worlds import NO_CHANGE, WANDERING, Z_95, Truth, world_of_areas, world_of_deciles


@pytest.fixture(scope="module")
def published() -> dict[str, pd.DataFrame]:
    tables = {
        name: pd.read_csv(store.PROCESSED_FOLDER / f"{name}.csv")
        for name in ("hle", "hle_deciles", "income", "deprivation", "areas")
    }
    newest = {name: tables[name]["release"].max() for name in ("hle", "hle_deciles")}
    return tables | {name: tables[name][tables[name]["release"] == release] for name, release in newest.items()}


def test_a_world_has_the_rows_codes_and_widths_of_intervals_of_the_published_table(published):
    hle = published["hle"]
    world = world_of_areas(hle, np.random.default_rng(1))
    same = ["area_code", "sex", "period", "release"]
    pd.testing.assert_frame_equal(world[same], hle[same])
    widths = [(one["hle_uci_95"] - one["hle_lci_95"]).to_numpy() for one in (world, hle)]
    assert widths[0] == pytest.approx(widths[1])
    assert (world["hle_years"] != hle["hle_years"]).mean() > 0.8


def test_gaps_can_be_made_in_a_world_and_deciles_keep_their_level(published):
    generator = np.random.default_rng(2)
    hle, deciles = published["hle"], published["hle_deciles"]
    tenths = world_of_deciles(deciles, hle, generator, WANDERING)
    found = gaps(
        hle=world_of_areas(hle, generator, WANDERING),
        income=published["income"],
        deprivation=published["deprivation"],
        areas=published["areas"],
        deciles=tenths,
    )
    assert found["definition"].nunique() == 8
    assert np.abs(tenths["hle_years"] - deciles["hle_years"]).mean() < 1


def test_errors_overlap_as_three_year_periods_do_and_are_as_large_as_published(published):
    regions = (
        published["hle"].query("area_type == 'region' and sex == 'male'").sort_values(["area_code", "period_start"])
    )
    generator = np.random.default_rng(3)
    drawn = [world_of_areas(regions, generator, Truth(tau=0.0))["hle_years"].to_numpy() for _ in range(600)]
    se = ((regions["hle_uci_95"] - regions["hle_lci_95"]) / (2 * Z_95)).to_numpy()
    noise = ((np.array(drawn) - np.mean(drawn, axis=0)) / se).reshape(600, 9, 12)
    assert noise.std() == pytest.approx(1, abs=0.02)
    for lag, correlation in ((1, 2 / 3), (2, 1 / 3), (3, 0)):
        assert np.mean(noise[..., lag:] * noise[..., :-lag]) == pytest.approx(correlation, abs=0.03)


@pytest.mark.parametrize(("truth", "sigma"), [(NO_CHANGE, 0.0), (WANDERING, 0.154)], ids=["still", "wandering"])
def test_the_variances_that_were_put_in_come_out_again(published, truth, sigma):
    regions = published["hle"].query("area_type == 'region'")
    generator, groups, errors = np.random.default_rng(4), [], []
    for _ in range(12):
        world = world_of_areas(regions, generator, truth).sort_values(["sex", "area_code", "period_start"])
        groups.append(world["hle_years"].to_numpy().reshape(2, 9, 12))
        errors.append(((world["hle_uci_95"] - world["hle_lci_95"]) / (2 * Z_95)).to_numpy().reshape(2, 9, 12))
    found = pooled_variances(np.concatenate(groups), np.concatenate(errors), MID_POINTS, drift=False)
    assert found.sigma == pytest.approx(sigma, abs=0.03)
    assert found.tau == pytest.approx(truth.tau, abs=0.015)
